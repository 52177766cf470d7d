#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""language.py FABPLAN [SEED...]: what safety stock for every item, dated bills and components taken on the way cost, as a ratio of processor seconds in one run.

A drawn fab of 10 chips, 26 weeks and 40 tool groups, as it is and with a stock target for every item that can be stocked, each row of a bill cut in two at the half of the horizon, and its components taken when 30 % of the
time has passed. The goal is a ratio of at most 1.3 (median of three runs, alternating); both plans are proven optimal.
"""
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile

GOAL, RUNS = 1.3, 3


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def say_more(folder):
    """The same fab in the language's second part."""
    calendar = read(os.path.join(folder, "calendar.csv"))
    half = calendar[len(calendar) // 2]["start_date"]
    path = os.path.join(folder, "bom.csv")
    write(path, [dict(row, at_frac="0.3", from_date=first, to_date=last) for row in read(path) for first, last in (("", half), (half, ""))])
    binned = {row["item"] for row in read(os.path.join(folder, "die.csv"))}
    whole = {row["source"]: row["item"] for row in read(os.path.join(folder, "source.csv"))}
    sorted_out = {whole[row["source"]] for row in read(os.path.join(folder, "source_output.csv"))}
    write(os.path.join(folder, "stock_target.csv"), [{"item": row["item"], "from_date": calendar[0]["start_date"], "cover_days": "7", "shortfall_usd_per_unit_week": "0.5"}
                                                     for row in read(os.path.join(folder, "item.csv")) if row["item"] not in binned & sorted_out])


def plan(fabplan, data):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = subprocess.run([fabplan, "optimise", data, "--values", "0", "--json", "-q"], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if answer.returncode != 0:
        sys.exit(f"{data}: exit {answer.returncode}: {answer.stderr}")
    found = json.loads(answer.stdout)
    if found["status"] != "optimal":
        sys.exit(f"{data}: {found['status']}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, found["model"]


def main():
    fabplan, seeds = sys.argv[1], sys.argv[2:] or ["1", "2", "3"]
    ratios = []
    for seed in seeds:
        with tempfile.TemporaryDirectory() as top:
            plain, more = os.path.join(top, "plain"), os.path.join(top, "more")
            for folder in (plain, more):
                subprocess.run([fabplan, "sample", "fab", "--products", "10", "--periods", "26", "--tool-groups", "40", "--seed", seed, "-o", folder, "-q"], check=True, stdout=subprocess.DEVNULL)
            say_more(more)
            times = [(plan(fabplan, plain), plan(fabplan, more)) for _ in range(RUNS)]
            ratios.append(statistics.median(b[0] / a[0] for a, b in times))
            print(f"seed {seed}: {statistics.median(a[0] for a, b in times):.2f} s ({times[0][0][1]['rows']} rows) and {statistics.median(b[0] for a, b in times):.2f} s "
                  f"({times[0][1][1]['rows']} rows): ratio {ratios[-1]:.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f}, goal {GOAL}")


if __name__ == "__main__":
    main()
