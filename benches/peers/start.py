"""How long the program takes from its start to its first complete frame, beside an empty window of the same make, on the running display.

    cargo build --release && cargo build --release --example empty_window
    python3 benches/peers/start.py [--bin target/release/chronolane] [--empty target/release/examples/empty_window] [--file FILE] [--runs 20]

Both close by themselves once they have shown what they have; what is measured is the life of the process. They run in turns, each pair in the other order
than the one before, so that what else the machine does meets both alike. Printed are the medians and the median of the ratios within the pairs. Settings
are kept in a folder of this run, so that the user's own neither count nor change.

Without a display of its own this runs under one without a screen: `xvfb-run -s "-screen 0 1440x960x24" python3 benches/peers/start.py`.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data" / "dprk_russia_2023.json"
LONGEST_S = 60


def life_ms(command, env):
    """Milliseconds from the start of a process to its end."""
    began = time.perf_counter()
    done = subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=LONGEST_S, check=False)
    spent_ms = (time.perf_counter() - began) * 1e3
    if done.returncode != 0:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()}")
    return spent_ms


def settings_in(home):
    env = dict(os.environ, HOME=home, XDG_CONFIG_HOME=f"{home}/config", XDG_DATA_HOME=f"{home}/data")
    env.setdefault("XDG_RUNTIME_DIR", home)
    return env


def row(name, times):
    times = sorted(times)
    print(f"{name:14} median {statistics.median(times):8.1f} ms   from {times[0]:8.1f} to {times[-1]:8.1f}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--bin", default=str(ROOT / "target/release/chronolane"))
    arguments.add_argument("--empty", default=str(ROOT / "target/release/examples/empty_window"))
    arguments.add_argument("--file", default=str(SAMPLE))
    arguments.add_argument("--runs", type=int, default=20)
    arguments = arguments.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        sys.exit("there is no display; start this under one, such as xvfb-run")
    full = [arguments.bin, "--exit-when-shown", arguments.file]
    empty = [arguments.empty]
    with tempfile.TemporaryDirectory() as home:
        env = settings_in(home)
        # The first of each finds nothing in memory and is not counted.
        life_ms(full, env)
        life_ms(empty, env)
        times = {"full": [], "empty": []}
        for run in range(arguments.runs):
            for name, command in [("full", full), ("empty", empty)][:: 1 if run % 2 == 0 else -1]:
                times[name].append(life_ms(command, env))
    row("Chronolane", times["full"])
    row("empty window", times["empty"])
    ratios = sorted(one / other for one, other in zip(times["full"], times["empty"]))
    print(f"{'ratio':14} median {statistics.median(ratios):8.2f}      from {ratios[0]:8.2f} to {ratios[-1]:8.2f}, {len(ratios)} pairs")


if __name__ == "__main__":
    main()
