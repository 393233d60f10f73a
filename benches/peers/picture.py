"""How long a whole-range picture of a large chronology takes, beside matplotlib drawing the same numbers, in one run on one machine.

    cargo run --release --example generate -- --events 100000 --lanes 50 > made.jsonl
    pip install matplotlib
    python3 benches/peers/picture.py made.jsonl [--bin target/release/chronolane] [--runs 3]

Both read the file and write a PNG of 3840 by 2160 pixels in which every lane is a strip of counts by time. Each is a whole process, start to end; matplotlib is
given what is quickest there: lists of the standard json module, one histogram of numpy and one filled staircase a lane, no anti-aliasing. Printed is the best of the runs.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLOT = """
import json, sys
from collections import defaultdict
import numpy
import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot

lanes = defaultdict(list)
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        record = json.loads(line)
        when = (record["when"] + "-01-01")[:10]
        day = numpy.datetime64(when, "D").astype(int)
        for actor in record.get("actors", []):
            lanes[actor if isinstance(actor, str) else actor["name"]].append(day)
low = min(min(days) for days in lanes.values())
high = max(max(days) for days in lanes.values()) + 1
figure, axes = pyplot.subplots(figsize=(38.4, 21.6), dpi=100)
for at, (name, days) in enumerate(sorted(lanes.items(), key=lambda lane: -len(lane[1]))):
    counts, edges = numpy.histogram(days, bins=900, range=(low, high))
    heights = numpy.sqrt(counts / counts.max()) * 0.9
    axes.stairs(heights - at, edges, baseline=-at, fill=True, color="#7d8b9e", antialiased=False, linewidth=0)
    axes.text(low, -at + 0.4, name, ha="right", fontsize=9)
axes.set_xlim(low, high)
figure.savefig(sys.argv[2])
"""


def best(runs, command):
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return min(times)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--bin", default="target/release/chronolane")
    arguments.add_argument("--runs", type=int, default=3)
    arguments = arguments.parse_args()
    arguments.file.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        own_png, other_png = os.path.join(folder, "own.png"), os.path.join(folder, "other.png")
        own = best(arguments.runs, [arguments.bin, "render", str(arguments.file), "-o", own_png, "--width", "3840", "--height", "2160"])
        print(f"Chronolane  {own:7.2f} s  {os.path.getsize(own_png) / 1e6:.1f} MB")
        other = best(arguments.runs, [sys.executable, "-c", PLOT, str(arguments.file), other_png])
        print(f"matplotlib  {other:7.2f} s  {os.path.getsize(other_png) / 1e6:.1f} MB  {other / own:.1f} times as long")


if __name__ == "__main__":
    main()
