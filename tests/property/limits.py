#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""limits.py FABPLAN FIRST_SEED LAST_SEED: one definition of full and binding, for every limit.

The views plan_limit, plan_full and plan_binding read the tables of a plan. Here the same is worked out from the linear program (`model --mps`) and the stored point and multipliers: what a limit leaves, what one
more unit is worth, and which limits bind (planning-model.md, "Values"). Both must name the same limits.
"""
import collections
import os
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
WHAT = {"CAP": "hours", "BUD": "budget", "PWR": "power", "FLR": "floor", "DLV": "delivery", "SHP": "shipments", "LIN": "rate"}
FULL, BINDING, SAME = 1e-6, 1e-9, 1e-9


def read_mps(path):
    rows, columns, objective = [], [], []
    upper, entries, place = {}, collections.defaultdict(list), {}
    section = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("*") or not line.strip():
                continue
            words = line.split()
            if not line.startswith(" "):
                section = words[0]
            elif section == "ROWS" and words[0] != "N":
                place[words[1]] = len(rows)
                rows.append(words[1])
            elif section == "COLUMNS":
                if not columns or columns[-1] != words[0]:
                    columns.append(words[0])
                    objective.append(0.0)
                if words[1] in place:
                    entries[len(columns) - 1].append((place[words[1]], float(words[2])))
                else:
                    objective[-1] -= float(words[2])  # the file minimises
            elif section == "RHS" and words[1] in place:
                upper[place[words[1]]] = float(words[2])
    return rows, columns, objective, upper, entries


def limit_of(family, key, period):
    """(what, key, part, period) of a row's tag as the plan stores it."""
    parts = key.split(",")
    if family == "LIN":
        kinds = {"ramp": "growth", "fall": "fall", "drop": "fall"}
        return (kinds[parts[1]] if len(parts) > 1 else "rate", parts[0], "", period)
    if family in ("DLV", "SHP"):
        return (WHAT[family], parts[0], parts[1], None if family == "DLV" else period)
    return (WHAT[family], "*" if family == "BUD" else parts[0], "", period)


def by_program(database, mps, seen):
    """The limits that bind, from the program; the slack and the price of each is compared with the view on the way."""
    rows, columns, objective, upper, entries = read_mps(mps)
    x = dict(database.execute("SELECT number, value FROM plan_column WHERE plan = 1"))
    multiplier = dict(database.execute("SELECT number, multiplier FROM plan_row WHERE plan = 1"))
    activity, reduced = collections.Counter(), list(objective)
    for column in range(len(columns)):
        for row, value in entries[column]:
            activity[row] += value * x.get(column, 0.0)
            reduced[column] -= value * multiplier.get(row, 0.0)
    worth = abs(database.execute("SELECT objective_usd FROM plan WHERE plan = 1").fetchone()[0])
    limits = {}
    for what, key, part, period, used, available, usd in database.execute("SELECT what, key, part, period, used, available, usd FROM plan_limit WHERE plan = 1 AND available IS NOT NULL"):
        limits[(what, key, part, None if what == "delivery" else period)] = (used, available, usd)
    slack, price = {}, collections.Counter()
    for number, family, key, period in database.execute("SELECT number, family, key, period FROM plan_row WHERE plan = 1"):
        if family in WHAT and not (period or "").startswith("tail+"):  # tables are of the horizon
            limit = limit_of(family, key, period)
            left = upper.get(number, 0.0) - activity[number]
            slack[limit] = min(left, slack.get(limit, left))
            price[limit] += multiplier[number]
    for number, key, period in database.execute("SELECT number, key, period FROM plan_column WHERE plan = 1 AND family = 'x'"):
        limit = ("starts", key, "", period)
        if limit in limits:
            slack[limit] = limits[limit][1] - x[number]
            price[limit] = max(0.0, reduced[number])
    for limit, left in slack.items():
        used, available, usd = limits[limit]
        assert abs(available - used - left) <= 1e-7 * max(1, abs(available)), (limit, left, used, available)
        assert limit[0] == "starts" or abs(usd - price[limit] * available) <= 1e-7 * max(1, abs(usd)), (limit, usd, price[limit])
        seen[limit[0]] += 1
    return {limit for limit, left in slack.items()
            if limits[limit][1] > 0 and left <= FULL * limits[limit][1] and price[limit] * limits[limit][1] > BINDING * worth}


def compare(fabplan, folder, seed, seen):
    def run(*arguments):
        return subprocess.run([fabplan, *arguments, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    data, path, mps = (os.path.join(folder, name) for name in ("data", "fab.db", "fab.mps"))
    subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), data], check=True)
    assert run("init", path).returncode == 0 and run("import", path, data).returncode == 0
    if run("optimise", path, "--values", "0").returncode != 0:
        return 0
    assert run("model", path, "--plan", "1", "--mps", mps).returncode == 0
    database = sqlite3.connect(path)
    found = by_program(database, mps, seen)
    view = {(what, key, part, None if what == "delivery" else period)
            for what, key, part, period in database.execute("SELECT what, key, part, period FROM plan_binding WHERE plan = 1")}
    database.close()
    assert found == view, (seed, found ^ view)
    return len(view)


def main():
    fabplan, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seen, binding = collections.Counter(), 0
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            binding += compare(fabplan, folder, seed, seen)
    print(dict(seen), binding, "bind")
    assert binding > last - first, "hardly a limit binds: the test says nothing"
    assert len([what for what in seen if what != "hours"]) >= 5, seen


main()
