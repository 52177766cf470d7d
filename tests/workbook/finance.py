#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The finance book is reconciled: every check is OK, every kind of money is that of the database to the cent, and its figures are those of the plan's JSON.

    finance.py FABPLAN FOLDER

The books stay in FOLDER for the test that recalculates them. Data: data/mini and random fabs with every part of the planning language.
"""
import json
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
SOURCE = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "support"))
import recalculate  # noqa: E402

SEEDS = (2, 3, 5, 18, 20, 24)
CENT = 0.005


def expect(condition, *what):
    if not condition:
        sys.exit("finance: " + " ".join(str(w) for w in what))


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=300)
    expect(done.returncode == 0, arguments, "exit", done.returncode, done.stderr)
    expect("a check of sheet" not in done.stderr, done.stderr)
    return done.stdout


def column(cells, header):
    """The values under a header, in the order of rows, with the row before the first as its place."""
    place = next((row, number) for (row, number), (value, _) in cells.items() if value == header)
    return [cells[(row, place[1])][0] for row in sorted({row for row, _ in cells}) if row > place[0] and (row, place[1]) in cells]


def close(a, b):
    return abs(a - b) <= CENT + 1e-12 * abs(b)


def check_book(name, path, plan):
    book = recalculate.read_book(path)
    results = column(book["Checks"], "Result")
    expect(len(results) >= 10 and set(results) == {"OK"}, name, results)
    differences = column(book["Reconciliation"], "Difference")
    expect(all(abs(value) <= CENT for value in differences), name, differences)
    cover = {cells: value for cells, (value, _) in book["Cover"].items()}
    figures = {cover[(row, 2)]: cover.get((row, 3)) for row in sorted({row for row, _ in cover}, reverse=True) if (row, 2) in cover}
    expect(close(figures["Objective"], plan["objective_usd"]), name, "objective", figures["Objective"], plan["objective_usd"])
    expect(figures["Drivers changed"] == 0, name, "drivers are as planned")
    periods = {row["period"] for row in plan["stock"]}
    shipped = sum(row["revenue_usd"] for row in plan["shipments"] if row["period"] in periods)
    expect(close(figures["Revenue"], shipped), name, "revenue", figures["Revenue"], shipped)
    keys = [cells for cells, (value, formula) in book["Drivers"].items() if cells[1] == 6 and formula is None and isinstance(value, float)]
    expect(len(keys) > 3, name, "drivers")


def main():
    program, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    data = {"mini": os.path.join(SOURCE, "data", "mini")}
    for seed in SEEDS:
        data[f"random-{seed}"] = os.path.join(folder, f"data-{seed}")
        subprocess.run([sys.executable, os.path.join(TESTS, "support", "random_fab.py"), "--seed", str(seed), data[f"random-{seed}"], "--language", "all"], check=True)
    for name, source in data.items():
        database, path = os.path.join(folder, name + ".db"), os.path.join(folder, name + ".xlsx")
        run(program, "init", database, "-q")
        run(program, "import", database, source, "-q")
        plan = json.loads(run(program, "optimise", database, "--json", "-q"))
        run(program, "report", database, "--book", "finance", "-o", path)
        first = open(path, "rb").read()
        run(program, "report", database, "--book", "finance", "-o", path)
        expect(first == open(path, "rb").read(), name, "the same plan gives the same bytes")
        check_book(name, path, plan)
    print(f"{len(data)} books are reconciled")


main()
