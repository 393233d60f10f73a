"""How long others need for the file that Chronolane loads, in one run on one machine.

    python3 benches/peers/load.py FILE.jsonl|FILE.csv [--bin target/release/chronolane] [--runs 3]

Prints the best of the runs: `wc -l`, DuckDB with two threads reading the file into a table (`pip install duckdb`), Python's json or csv, and the load of
`chronolane bench`, which ends with lanes ready to draw. The file is read once before, so that all find it in memory.
"""
import argparse
import csv
import json
import subprocess
import time
from pathlib import Path


def best(runs, work):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def duckdb_reads(path):
    import duckdb

    connection = duckdb.connect(config={"threads": 2})
    reader = "read_csv_auto" if path.suffix == ".csv" else "read_json_auto"
    connection.execute(f"create table events as select * from {reader}(?)", [str(path)])
    connection.close()


def python_reads(path):
    with open(path, encoding="utf-8", newline="") as lines:
        for _ in csv.reader(lines) if path.suffix == ".csv" else map(json.loads, lines):
            pass


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--bin", default="target/release/chronolane")
    arguments.add_argument("--runs", type=int, default=3)
    arguments = arguments.parse_args()
    path = arguments.file
    path.read_bytes()
    rows = {"wc -l": best(arguments.runs, lambda: subprocess.run(["wc", "-l", path], stdout=subprocess.DEVNULL, check=True))}
    try:
        rows["DuckDB, two threads"] = best(arguments.runs, lambda: duckdb_reads(path))
    except ImportError:
        print("DuckDB is not installed: pip install duckdb")
    rows["Python"] = best(1, lambda: python_reads(path))
    loads = []
    for _ in range(arguments.runs):
        done = subprocess.run([arguments.bin, "bench", path, "--json"], stdout=subprocess.PIPE, check=True)
        loads.append(json.loads(done.stdout)["load_ms"] / 1e3)
    own = min(loads)
    rows["Chronolane, ready to draw"] = own
    for name, seconds in rows.items():
        print(f"{name:28} {seconds:8.3f} s   {seconds / own:6.2f} of Chronolane's")


if __name__ == "__main__":
    main()
