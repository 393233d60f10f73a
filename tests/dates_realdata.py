#!/usr/bin/env python3
"""Tries a built binary on real files of dates and prints how many are read, and how many agree with what is known of them.

    python3 tests/dates_realdata.py [--bin PATH] [--show]

The files stand beside the repository, in ../shared/realdata; without that folder there is nothing to do. The figures are those of
docs/dates.md. `--show` lists what is not read and what does not agree.
"""
import argparse
import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PLACES = [HERE.parent / "../shared/realdata", HERE.parent / "../../shared/realdata"]

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--bin", default=str(HERE.parent / "target/release/chronolane"))
parser.add_argument("--real", default=None, help="the folder of real files")
parser.add_argument("--show", action="store_true")
ARGS = parser.parse_args()
REAL = Path(ARGS.real) if ARGS.real else next((place for place in PLACES if place.is_dir()), PLACES[0])


def run(*args):
    return subprocess.run([ARGS.bin, *map(str, args)], capture_output=True, text=True, encoding="utf-8")


def read_all(texts, *options):
    """The readings of many dates by one call: a table of one column of dates, one row each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dates.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            writer = csv.writer(out)
            writer.writerow(["id", "when", "title", "actors"])
            writer.writerows([f"e{i}", text, "x", "A"] for i, text in enumerate(texts))
        done = run("list", "--json", *options, path)
        rows = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    return [rows.get(f"e{i}", {}) for i in range(len(texts))]


def year_of(day):
    match = re.match(r"(-?\d+)-\d\d-\d\d", day or "")
    return int(match.group(1)) if match else None


def percent(part, whole):
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} in 100)"


def show(title, lines):
    if ARGS.show and lines:
        print(f"  {title}:")
        for line in lines[:60]:
            print(f"    {line}")


def edtf_validate():
    rows = [line.split("\t") for line in (REAL / "edtf_validate/derived_valid_invalid.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    for wanted in ("valid", "invalid"):
        texts = [row[0] for row in rows if row[2].split(":")[0] == wanted and row[0].strip()]
        read = read_all(texts, "--dates", "edtf")
        plotted = [text for text, row in zip(texts, read) if row.get("earliest") or row.get("latest")]
        known = [text for text, row in zip(texts, read) if row.get("edtf")]
        print(f"edtf_validate, {wanted}: {percent(len(known), len(texts))} read, {len(plotted)} on the axis")
        show("not read" if wanted == "valid" else "read", [t for t in texts if (t in known) != (wanted == "valid")])


def edtf_js():
    rows = [line.split("\t") for line in (REAL / "edtf_js/derived_parser_expectations.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    for wanted in ("valid", "invalid"):
        texts = [row[0] for row in rows if row[2] == wanted]
        read = read_all(texts, "--dates", "edtf")
        known = [text for text, row in zip(texts, read) if row.get("edtf")]
        print(f"edtf_js, {wanted}: {percent(len(known), len(texts))} read")
        show("not read" if wanted == "valid" else "read", [t for t in texts if (t in known) != (wanted == "valid")])


def historicaldate():
    total = read = agree = known = 0
    unread, wrong = [], []
    for path in sorted((REAL / "historicaldate_data").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for column in ("hdate", "hdate_end", "hdate_birth", "hdate_death"):
            cells = [(row[column].strip(), row.get("approx_year") if column == "hdate" else None) for row in rows if (row.get(column) or "").strip()]
            if not cells:
                continue
            for (text, year), got in zip(cells, read_all([text for text, _ in cells])):
                total += 1
                if not got.get("edtf"):
                    unread.append(f"{path.name} {column}: {text}")
                    continue
                read += 1
                if re.fullmatch(r"-?\d+", year or ""):
                    known += 1
                    low, high = year_of(got["earliest"]), year_of(got["latest"])
                    # Its authors count -54 for 55 BC, or -55: both are allowed.
                    fits = any((low is None or low <= y) and (high is None or y <= high) for y in (int(year), int(year) + (int(year) < 0)))
                    agree += fits
                    if not fits:
                        wrong.append(f"{path.name}: {text}: {got['edtf']}, wanted about {year}")
    print(f"historicaldate_data: {percent(read, total)} read; year given: {percent(agree, known)} agree")
    show("not read", unread)
    show("does not agree", wrong)


def ufo():
    total = plotted = 0
    for path in sorted((REAL / "ufo").glob("*.json")):
        done = run("check", "--json", path)
        ledger = json.loads(done.stdout)
        total, plotted = total + ledger["rows"], plotted + ledger["plotted"]
        unread = [problem for file in ledger["files"] for problem in file["problems"] if problem["severity"] == "error"]
        print(f"ufo, {path.name}: {percent(ledger['plotted'], ledger['rows'])} on the axis")
        show("not read", [f"line {p['line']}: {p['text']}: {p['message']}" for p in unread])
    print(f"ufo: {percent(plotted, total)} on the axis")


def periodo():
    rows = [line.split("\t") for line in (REAL / "periodo/derived_labels.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    rows = [(row + [""] * 6)[:6] for row in rows if not row[0].startswith("p06v8w4")]
    # Each label by itself: those of one authority are not a column.
    read = [read_one(row[2]) for row in rows]
    unread = [row for row, got in zip(rows, read) if not got.get("edtf")]
    known = agree = 0
    wrong = []
    for (_, end, label, year, earliest, latest), got in zip(rows, read):
        if not got.get("edtf") or not (year or earliest or latest):
            continue
        known += 1
        wanted = (int(earliest or year or latest), int(latest or year or earliest))
        low, high = year_of(got["earliest"]), year_of(got["latest"])
        fits = (low, high) == wanted
        agree += fits
        if not fits:
            wrong.append(f"{label} ({end}): {got['edtf']}, wanted {wanted}")
    print(f"periodo: {percent(len(rows) - len(unread), len(rows))} read; of those with a year {percent(agree, known)} agree")
    show("not read", sorted({row[2] for row in unread}))
    show("does not agree", wrong)


CACHE = {}


def read_one(text):
    return CACHE.get(text.strip(), {})


def fill_cache(texts):
    """Reads each text by itself, many in one call: files of one row, so that no column settles anything."""
    texts = sorted({text.strip() for text in texts})
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, text in enumerate(texts):
            path = Path(folder) / f"{i:05}.csv"
            with path.open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows([["id", "when", "title", "actors"], [f"e{i}", text, "x", "A"]])
            paths.append(path)
        for start in range(0, len(paths), 500):
            done = run("list", "--json", *paths[start : start + 500])
            for row in map(json.loads, done.stdout.splitlines()):
                number = int(re.match(r"e(\d+)", row["id"]).group(1))
                CACHE[texts[number]] = row


# Counting in hours and less, and times of day without a date.
CLOCK = re.compile(r"(\b|\d)(hours?|hrs?|minutes?|mins?|seconds?|secs?)\b|^[-+]\d|^[\d:\s.-]+(am|pm)?[\d:\s.-]*(am|pm)?$|^now$", re.I)


def chrono_node():
    cases = [json.loads(line) for line in (REAL / "chrono_node/derived_cases.jsonl").read_text(encoding="utf-8").splitlines()]
    dated = [case for case in cases if case.get("start")]
    plain = [case for case in dated if not CLOCK.search(case.get("matched") or case["text"])]
    agree = first = exact = 0
    skipped, wrong = 0, []

    def holds(reading, day):
        low, high = (reading["earliest"] or "")[: len(day)], (reading["latest"] or "9999-12-31")[: len(day)]
        return low == day or (not day.startswith("-") and low <= day <= high)

    for case in plain:
        text = case.get("matched") or case["text"]
        anchor = (case.get("ref") or "")[:10]
        if not anchor:
            # Without a day on which it was said, only a whole date can be read.
            anchor = case["start"][:10] if re.search(r"\d{4}|BC", text) else ""
        if not anchor:
            skipped += 1
            continue
        order = "dmy" if case["parser"].endswith(("GB",)) else "mdy"
        done = run("date", "--json", "--on", anchor, "--date-order", order, "--", text)
        readings = [json.loads(line) for line in done.stdout.splitlines()]
        wanted = case["start"][:10]
        if wanted.startswith("-"):
            number, rest = re.match(r"-(\d+)(-\d\d-\d\d)", case["start"]).groups()
            wanted = f"-{int(number) - 1:04}{rest}"
        days = [wanted] + ([case["end"][:10]] if case.get("end") else [])
        fitting = [all(holds(reading, day) for day in days) for reading in readings]
        fits = any(fitting)
        first += fitting[:1] == [True]
        exact += fits and any(r["earliest"] == r["latest"] for r, fit in zip(readings, fitting) if fit)
        agree += fits
        if not fits:
            wrong.append(f"{text!r} on {anchor}: {[r['edtf'] for r in readings]}, wanted {wanted} {case.get('end') or ''}")
    tried = len(plain) - skipped
    print(f"chrono_node: {len(cases)} cases, {len(dated)} with a date, {len(plain)} not clock arithmetic, {skipped} of them without an anchor; {percent(agree, tried)} agree (the day lies in a reading; in {first} in the first, in {exact} it is that day alone)")
    show("does not agree", wrong)


def main():
    if not REAL.is_dir():
        print("the folder of real files is not here; nothing to try")
        return
    rows = [line.split("\t") for line in (REAL / "periodo/derived_labels.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    fill_cache(row[2] for row in rows if not row[0].startswith("p06v8w4"))
    for suite in (edtf_validate, edtf_js, historicaldate, ufo, periodo, chrono_node):
        suite()


if __name__ == "__main__":
    sys.exit(main())
