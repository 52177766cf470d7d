#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lots to release are whole, their sums hold by largest remainder, and they come as evenly as the starts: worked out a second time from the plan's starts.

    release.py FABPLAN FINANCE FOLDER

The plans are those of the test of the finance book (its folder FINANCE): data/mini and random fabs. The sheets are read as CSV.
"""
import collections
import contextlib
import csv
import datetime
import io
import math
import os
import shutil
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
SOURCE = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "support"))
from checking import expect, run  # noqa: E402
import tables  # noqa: E402

DAYS, SEEDS = 28, (2, 5, 18)


def sheet(program, database, name, folder):
    path = os.path.join(folder, name + ".csv")
    run(program, "report", database, "--plan", "1", "-o", path, "--book", name, "--force", "-q")
    return list(csv.DictReader(io.StringIO(open(path, encoding="utf-8").read())))


def check(program, folder, database, data):
    name = os.path.basename(database)
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        starts_of = connection.execute("SELECT source, period, starts FROM plan_start WHERE plan = 1").fetchall()
    sources = {row["source"]: row for row in tables.read(data, "source") if row.get("route")}
    lot_size = {row["route"]: float(row.get("lot_size") or 25) for row in tables.read(data, "route")}
    calendar = {row["period"]: [datetime.date.fromisoformat(row[key]) for key in ("start_date", "end_date")] for row in tables.read(data, "calendar")}
    first, wanted = min(start for start, _ in calendar.values()), collections.defaultdict(float)
    last = min(first + datetime.timedelta(DAYS), max(end for _, end in calendar.values()))
    for source, period, starts in starts_of:
        start, end = calendar[period]
        days = (min(end, last) - max(start, first)).days
        if source in sources and starts > 1e-9 and days > 0:
            wanted[source] += starts * days / (end - start).days
    exact = {source: starts / lot_size[sources[source]["route"]] for source, starts in wanted.items()}
    lots = {source: math.floor(number + 1e-9) for source, number in exact.items()}
    for line in {sources[source]["line"] for source in exact}:
        members = sorted((source for source in exact if sources[source]["line"] == line), key=lambda source: (-round(exact[source] - lots[source], 9), source))
        for source in members[: math.floor(sum(exact[source] for source in members) + 0.5) - sum(lots[source] for source in members)]:
            lots[source] += 1
    shown, by_day = sheet(program, database, "release", folder), collections.Counter()
    expect({row["source"] for row in shown} == set(exact), name, shown, exact)
    for row in sheet(program, database, "release_days", folder):
        expect(float(row["lots"]) == int(float(row["lots"])) > 0 and float(row["units"]) == float(row["lots"]) * float(row["lot_size"]), name, row)
        by_day[row["source"]] += float(row["lots"])
    for row in shown:
        source = row["source"]
        expect(abs(float(row["starts"]) - wanted[source]) <= 1e-9 * wanted[source], name, row, wanted[source])
        expect(float(row["lots"]) == lots[source] == by_day[source] == sum(float(row[f"week{week}"]) for week in (1, 2, 3, 4)), name, row, lots[source], by_day[source])
        expect(abs(float(row["lots"]) - exact[source]) < 1, name, "a lot or more from the plan", row)
    return len(shown), sum(by_day.values())


def main():
    program, finance, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    mini = os.path.join(finance, "mini.db")
    found = [check(program, folder, mini, os.path.join(SOURCE, "data", "mini"))]
    found += [check(program, folder, os.path.join(finance, f"random-{seed}.db"), os.path.join(finance, f"data-{seed}")) for seed in SEEDS]
    expect(any(sources > 1 for sources, _ in found) and any(lots > 3 for _, lots in found), "too little to see", found)
    for file in ("m.pdf", "m", "m.xls"):
        done = subprocess.run([program, "report", mini, "-o", os.path.join(folder, file)], capture_output=True, text=True, timeout=300)
        expect(done.returncode == 2 and file in done.stderr and ".xlsx" in done.stderr and not os.path.exists(os.path.join(folder, file)), file, done.returncode, done.stderr)
    print("sources and lots:", found)


main()
