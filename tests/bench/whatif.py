#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""whatif.py FABPLAN [--csv FILE]: ten kinds of change of data/terafab, each solved to its proof from the base plan's basis, against the same data set planned from nothing.

The changes are the runs of one sweep on one worker: seconds of each as its result has them (the program is changed, solved to its own optimum, proven, and solved and proven once more with the base's tools), against
`optimise --values 0` of the same change as a scenario, a whole process. `nothing` is a run without a change. Asked is at most a tenth where a change touches one product or one tool group.
"""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile

from process import run

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data", "terafab")
# name, what it touches, table, key, column, operation, value
CHANGES = (
    ("nothing", "-", "", "", "", "", ""),
    ("price", "one product", "demand", "*;item=XAI_X2", "price_usd", "scale", "1.05"),
    ("order", "one order", "demand", "XAI_X2:2029-03", "quantity", "scale", "1.1"),
    ("demand", "one product", "demand", "*;item=XAI_X2", "quantity", "scale", "0.9"),
    ("cost", "one product", "source_cost", "D_AI6@R_L2N", "usd_per_start", "scale", "1.05"),
    ("yield", "one product", "process", "R_L2N", "d0_mature_per_cm2", "scale", "1.1"),
    ("tools", "one tool group", "tool_count", "L_EUV", "tools", "add", "1"),
    ("availability", "one tool group", "tool_group", "P_PNLR", "availability", "add", "-0.02"),
    ("minutes", "one tool group", "route_step", "R_L2N/10", "minutes_per_unit", "scale", "1.02"),
    ("cycle_time", "one product", "cycle_time", "R_L2N", "days", "add", "7"),
    ("budget", "every line", "capex_budget", "*", "usd", "scale", "1.05"),
)


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows((head, *rows))


def call(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}{done.stdout}")


def run_seconds(fabplan, folder):
    """{name: seconds} of the runs of a sweep over CHANGES."""
    database, sweep, jobs = (os.path.join(folder, name) for name in ("fab.db", "sweep.csv", "jobs"))
    write(sweep, ("kind", "name", "table", "key", "column", "operation", "values"), [("run", name, *change) for name, _, *change in CHANGES])
    for command in (("init", database), ("import", database, DATA), ("optimise", database, "--values", "0"), ("sweep", "plan", database, sweep, jobs), ("sweep", "run", jobs)):
        call(fabplan, *command)
    seconds = {}
    for name in os.listdir(jobs):
        if name.startswith("run-"):
            with open(os.path.join(jobs, name), encoding="utf-8") as file:
                result = json.load(file)
            seconds[result["run"]] = result["seconds"]
    return {name: seconds[number] for number, (name, *_) in enumerate(CHANGES, 1)}


def cold_seconds(fabplan, folder, name, change):
    scenario = os.path.join(folder, name + ".csv")
    write(scenario, ("scenario", "number", "table", "key", "column", "operation", "value", "from", "to"), [(name, 1, *change, "", "")])
    return run([fabplan, "optimise", DATA, "--values", "0", "-q", *(("--scenario", scenario) if change[0] else ())]).wall_seconds


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("--csv")
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        warm = run_seconds(options.fabplan, folder)
        for name, touches, *change in CHANGES:
            cold = cold_seconds(options.fabplan, folder, name, change)
            rows.append((name, touches, f"{warm[name]:.2f}", f"{cold:.2f}", f"{warm[name] / cold:.3f}"))
            print(f"{name:14}{touches:16}{warm[name]:7.2f} s  from nothing {cold:7.2f} s  ratio {warm[name] / cold:.3f}", flush=True)
    print(f"median of ten: {statistics.median(float(row[4]) for row in rows[1:]):.3f}")
    if options.csv:
        write(options.csv, ("change", "touches", "seconds", "cold_seconds", "ratio"), rows)


if __name__ == "__main__":
    main()
