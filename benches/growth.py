"""How cost grows with the number of events: a table for docs/performance.md on stdout, and the plot docs/growth.svg.

    cargo build --release && cargo build --release --example generate
    python3 benches/growth.py [--most 10000000] [--lanes 1000] [--frames 300] [--runs 1] [--bin target/release/chronolane]

Makes files of 1,000, 10,000, … events by the generator (kept in target/growth, about 4 GB for the largest) and runs `chronolane bench` on each. With several runs the
one with the least p99 counts. The plot needs matplotlib; `--no-plot` leaves it out. The same figures give the same bytes of the plot.
"""
import argparse
import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "target" / "growth"
LEAST = 1_000

# Heading, digits, value: from the figures of one size.
COLUMNS = [
    ("events", 0, lambda row: row["events"]),
    ("file", 1, lambda row: row["bytes"] / 1e6),
    ("first part", 1, lambda row: row["first_part_ms"] or row["load_ms"]),
    ("load", 1, lambda row: row["load_ms"]),
    ("first frame", 1, lambda row: row["first_frame_ms"]),
    ("frame p50", 2, lambda row: row["frame_ms"]["p50"]),
    ("p95", 1, lambda row: row["frame_ms"]["p95"]),
    ("p99", 1, lambda row: row["frame_ms"]["p99"]),
    ("slowest", 1, lambda row: row["frame_ms"]["max"]),
    ("hover", 2, lambda row: row["hover_ms"]),
    ("filter", 1, lambda row: row["filter_ms"]),
    ("search", 1, lambda row: row["search_ms"]),
    ("index made in", 0, lambda row: row["index_ms"]),
    ("index", 1, lambda row: row["index_mb"]),
    ("text", 1, lambda row: row["text_mb"]),
    ("peak memory", 0, lambda row: row["peak_rss_mb"] or float("nan")),
]
# What the plot shows, and how each line is named there.
TIMES = {"load": "load", "first part": "first part", "filter": "filter", "search": "search", "p99": "frame, p99", "hover": "pointer moves"}
SIZES = {"peak memory": "peak memory", "file": "file on disk", "index": "search index"}
VALUES = {heading: value for heading, _, value in COLUMNS}


def made(generate, events, lanes):
    """The file of so many events, made once."""
    path = KEPT / f"made-{events}-{lanes}.jsonl"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with open(part, "wb") as out:
            subprocess.run([generate, "--events", str(events), "--lanes", str(lanes), "--format", "jsonl"], stdout=out, check=True)
        os.replace(part, path)
    return path


def measured(binary, path, frames, runs):
    """The figures of the best of the runs."""
    found = []
    for _ in range(runs):
        done = subprocess.run([binary, "bench", path, "--frames", str(frames), "--json"], stdout=subprocess.PIPE, check=True)
        found.append(json.loads(done.stdout))
    return min(found, key=lambda row: row["frame_ms"]["p99"])


def as_table(rows):
    lines = ["| " + " | ".join(heading for heading, _, _ in COLUMNS) + " |", "|" + "---:|" * len(COLUMNS)]
    for row in rows:
        lines.append("| " + " | ".join(f"{value(row):,.{digits if value(row) < 1000 else 0}f}" for _, digits, value in COLUMNS) + " |")
    return "\n".join(lines)


def spread(places, least):
    """The places, given from low to high, moved apart so that no two are nearer than `least`."""
    moved = []
    for place in places:
        moved.append(max(place, moved[-1] + least) if moved else place)
    return moved


def panel(axes, rows, headings, unit, title):
    """Lines over a grid of both logarithms, each named at its right end."""
    from math import log10

    events = [row["events"] for row in rows]
    colors = ["#1b5fa8", "#8a6d1f", "#b3501e", "#2f7d4f", "#7a3b8f", "#55585c"]
    lines = []
    for (heading, name), color in zip(headings.items(), colors):
        values = [max(VALUES[heading](row), 1e-3) for row in rows]
        axes.plot(events, values, color=color, marker="o", markersize=3.5, linewidth=1.6)
        lines.append((log10(values[-1]), name, color))
    axes.set_xscale("log")
    axes.set_yscale("log")
    low, high = (log10(bound) for bound in axes.get_ylim())
    lines.sort()
    for (_, name, color), place in zip(lines, spread([line[0] for line in lines], (high - low) * 0.06)):
        axes.annotate(name, (events[-1], 10**place), xytext=(9, 0), textcoords="offset points", va="center", color=color, annotation_clip=False)
    axes.set_title(title, loc="left")
    axes.set_xlabel("events")
    axes.set_ylabel(unit)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
    axes.grid(which="major", color="#d9dbde", linewidth=0.6)
    axes.minorticks_off()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def plot(rows, path):
    import matplotlib

    matplotlib.use("svg")
    # Text stays text, ids depend on this word alone, and no date is written: the same figures give the same bytes.
    matplotlib.rcParams.update({"svg.hashsalt": "chronolane", "svg.fonttype": "none", "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 10})
    from matplotlib import pyplot

    figure, (times, sizes) = pyplot.subplots(1, 2, figsize=(12.4, 4.6))
    panel(times, rows, TIMES, "ms", "Time")
    panel(sizes, rows, SIZES, "MB (10⁶ bytes)", "Memory")
    figure.patch.set_facecolor("white")
    figure.subplots_adjust(left=0.065, right=0.915, wspace=0.42, top=0.9, bottom=0.13)
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--most", type=int, default=10_000_000, help="events of the largest file")
    arguments.add_argument("--lanes", type=int, default=1_000)
    arguments.add_argument("--frames", type=int, default=300)
    arguments.add_argument("--runs", type=int, default=1)
    arguments.add_argument("--bin", default=str(ROOT / "target/release/chronolane"))
    arguments.add_argument("--generate", default=str(ROOT / "target/release/examples/generate"))
    arguments.add_argument("--plot", type=Path, default=ROOT / "docs" / "growth.svg")
    arguments.add_argument("--no-plot", action="store_true")
    arguments = arguments.parse_args()
    rows, events = [], LEAST
    while events <= arguments.most:
        rows.append(measured(arguments.bin, made(arguments.generate, events, arguments.lanes), arguments.frames, arguments.runs))
        events *= 10
    print(as_table(rows))
    if not arguments.no_plot:
        plot(rows, arguments.plot)


if __name__ == "__main__":
    main()
