#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Very many orders of one item on data/mini: solved folded, against data sets that say the same with few orders.

    orders.py FABPLAN SOURCE ORDERS MOST_SECONDS

ORDERS: how many (100,000; with sanitizers 30,000, which are no less folded). MOST_SECONDS of processor time for a whole run, reading to printing.

1. Orders of 200 prices: the optimum, and the units shipped of each price, of the same orders added up by their terms; each order is shipped and short of its quantity.
2. As many orders of as many prices: the optimum and the shipments of the 500 dearest alone, for which a fab of so few units works.
3. The first is stored as a plan that `doctor` proves again.
4. SIGINT while it is read or checked ends it, with nothing stored."""
import csv
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict

DEAREST = 500
SAME = 1e-9
DUE = ("2027-01-04", "2027-01-11")
HEAD = "demand customer item due_date quantity price_usd max_late_days".split()


def expect_same(what, actual, expected):
    if abs(actual - expected) > SAME * max(1, abs(expected)):
        sys.exit(f"{what} is {actual!r}, not {expected!r}")


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr[:2000]}")
    return done.stdout


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def folder_of(source, work, name, rows):
    folder = os.path.join(work, name)
    shutil.copytree(os.path.join(source, "data", "mini"), folder)
    with open(os.path.join(folder, "demand.csv"), "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return folder


def plan(fabplan, folder):
    return json.loads(run(fabplan, "optimise", folder, "-q", "--json"))


def draw(count, prices):
    """The orders of shared/cases/faults/demands-1e5, at prices of one's own."""
    drawn = random.Random(1)
    return [(f"D{n}", "BUYER", "CHIP", DUE[n % 2], drawn.randint(0, 5), prices(drawn, n), drawn.choice((0, 7))) for n in range(count)]


def added_up(rows):
    units = defaultdict(int)
    for _, _, _, due, quantity, price, late in rows:
        units[due, price, late] += quantity
    return [(f"T{n}", "BUYER", "CHIP", due, quantity, price, late) for n, ((due, price, late), quantity) in enumerate(sorted(units.items()))]


def shipped_by_price(made, rows):
    price_of, units = {row[0]: row[5] for row in rows}, defaultdict(float)
    for row in made["demands"]:
        units[price_of[row["demand"]]] += row["shipped"]
        expect_same(f"shipped and short of {row['demand']}", row["shipped"] + row["short"], row["quantity"])
    return {price: round(total, 6) for price, total in units.items() if total > SAME}


def compare(what, made, rows, reference, few):
    expect_same(f"{what}: the objective", made["objective_usd"], reference["objective_usd"])
    if shipped_by_price(made, rows) != shipped_by_price(reference, few):
        sys.exit(f"{what}: shipped by price {shipped_by_price(made, rows)}, not {shipped_by_price(reference, few)}")


def timed(fabplan, folder, most):
    before = processor_seconds()
    made = plan(fabplan, folder)
    used = processor_seconds() - before
    if used > most:
        sys.exit(f"{folder}: {used:.1f} s of processor time, not at most {most}")
    print(f"{os.path.basename(folder)}: {used:.1f} s")
    return made


def stop_early(fabplan, folder):
    for delay in (0.5, 1.5):
        process = subprocess.Popen([fabplan, "optimise", folder], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGINT)
        if process.wait(timeout=60) != 130:
            sys.exit(f"SIGINT after {delay} s: exit {process.returncode}, not 130")


def main():
    fabplan, source, count, most = sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
    with tempfile.TemporaryDirectory() as work:
        rows = draw(count, lambda drawn, n: drawn.randint(1, 200))
        few = added_up(rows)
        like = folder_of(source, work, "like", rows)
        compare("200 prices", timed(fabplan, like, most), rows, plan(fabplan, folder_of(source, work, "terms", few)), few)
        prices = random.Random(2).sample(range(100, 100 * count), count)
        rows = draw(count, lambda drawn, n: prices[n] / 100)
        few = sorted(rows, key=lambda row: -row[5])[:DEAREST]
        compare("all prices different", timed(fabplan, folder_of(source, work, "different", rows), most), rows, plan(fabplan, folder_of(source, work, "dearest", few)), few)
        database = os.path.join(work, "like.db")
        run(fabplan, "init", database)
        run(fabplan, "import", database, like)
        run(fabplan, "optimise", database, "-q")
        run(fabplan, "doctor", database)
        stop_early(fabplan, like)


main()
