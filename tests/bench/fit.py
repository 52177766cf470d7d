#!/usr/bin/env python3
"""How long a year of history of a large fab takes: `fabplan import`, `yield fit`, `yield spc`, `report --book yield`.

    fit.py FABPLAN [DATA] [--months N] [--wafers-per-month N] [--until DATE] [--seed S] [--folder DIR]

The history is simulated for DATA (default data/terafab) with as many times the tools as it takes: 12 months of 100,000 wafer starts each, 1.2 million wafers with their bin counts. Printed: rows and wafers, seconds and peak
memory of every step, and the last progress line that the fit shows on a terminal. The speed of the import against `sqlite3 .import` is measured by import.py.
"""
import argparse
import csv
import json
import math
import os
import pty
import re
import shutil
import sys
import tempfile
import threading

from process import run

HERE = os.path.dirname(os.path.abspath(__file__))
WAFERS_OF_TOOLS = 2500  # a month that the tools of data/terafab can start with certainty


def run_on_terminal(command):
    """The measure of a command whose errors go to a terminal, and the lines that it showed there."""
    ours, theirs = pty.openpty()
    shown = bytearray()

    def read():
        try:
            while chunk := os.read(ours, 4096):
                shown.extend(chunk)
        except OSError:  # the other side is closed
            pass

    reader = threading.Thread(target=read)
    reader.start()
    os.environ.setdefault("TERM", "xterm")
    measure = run(command, errors=theirs)
    os.close(theirs)
    reader.join()
    os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", shown.decode(errors="replace"))
    return measure, [line.strip() for line in re.split(r"[\r\n]+", plain) if line.strip()]


def with_tools(data, folder, factor):
    """The data with so many times the tools: a history makes no more than its tools can."""
    shutil.copytree(data, folder)
    for table in ("tool_group", "tool_count"):
        path = os.path.join(folder, table + ".csv")
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(dict(row, tools=repr(float(row["tools"]) * factor)) for row in rows)
    return folder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("data", nargs="?", default=os.path.join(HERE, "..", "..", "data", "terafab"))
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--wafers-per-month", type=int, default=100_000)
    parser.add_argument("--until", default="2029-12-01")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where the files go, some 2.5 GB")
    options = parser.parse_args()
    fabplan = os.path.abspath(options.fabplan)
    steps = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        history, database, book = (os.path.join(folder, name) for name in ("history", "fab.db", "yield.xlsx"))
        large = with_tools(options.data, os.path.join(folder, "large"), math.ceil(options.wafers_per_month / WAFERS_OF_TOOLS))
        steps["sample history"] = run([fabplan, "sample", "history", large, "-o", history, "--months", str(options.months), "--until", options.until,
                                       "--seed", str(options.seed), "--wafers-per-month", str(options.wafers_per_month), "-q"])
        run([fabplan, "init", database])
        run([fabplan, "import", database, options.data])
        steps["import"] = run([fabplan, "import", database, history, "--json"])
        rows = sum(table["rows_added"] for table in json.loads(steps["import"].output)["tables"])
        steps["yield fit"], shown = run_on_terminal([fabplan, "yield", "fit", database, "--json"])
        steps["yield spc"] = run([fabplan, "yield", "spc", database, "--json"])
        steps["report --book yield"] = run([fabplan, "report", database, "--book", "yield", "-o", book])
    fit = json.loads(steps["yield fit"].output)
    print(f"{fit['wafers']} tested wafers of {fit['lots']} lots, {rows} rows imported, {rows / steps['import'].wall_seconds:.0f} rows a second with every cross-check")
    for name, step in steps.items():
        promise = " (promised for 1.2 million wafers: below 60 s and 500 MB)" if name == "yield fit" else ""
        print(f"{name}: {step.wall_seconds:.1f} s, {step.megabytes:.0f} MB{promise}")
    progress = [line for line in shown if "wafers" in line]
    print(f"progress of the fit: {len(progress)} lines, the last: {progress[-1] if progress else None}")
    return 0 if progress else 1


if __name__ == "__main__":
    sys.exit(main())
