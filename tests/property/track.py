#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""track.py FABPLAN SOURCE FIRST_SEED LAST_SEED: a plan against simulated lots (plan track), worked out again from the CSV files.

data/mini with a process and a die, so that `sample history` can simulate it, and with a supplier whose receipts name it. Starts, good units, yields and cycle times of every period are added up here from
the rows of the history and from the plan's own starts; the parts of the difference sum to it; costs are the plan's multipliers; and all differences together are solved a second time: the linear program
(`model --mps`) with the balances moved, by glpsol.
"""
import collections
import csv
import datetime
import json
import math
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

SAME = 1e-7
LEAD, GROSS, START = 3.5, 100.0, datetime.datetime(2027, 1, 4)
TABLES = {
    "process": "process,model,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days\nP,poisson,0.4,0.1,2026-12-01,30\n",
    "die": "item,width_mm,height_mm,gross_die\nDIE,10,10,100\n",
    "item": "item,kind,name,unit_value_usd\nCHIP,chip,The chip,1\nDIE,die,Its die,0.2\nLID,component,Bought,0.1\n",
    "source": "source,item,line,route,process,lead_time_days,consumes_bom\nDIE@R,DIE,FAB,R,P,,\nPACK,CHIP,OUT,,,0,1\nLIDS,LID,OUT,,,7,\n",
    "source_cost": "source,from_date,usd_per_start\nDIE@R,2027-01-01,10\nPACK,2027-01-01,0.01\nLIDS,2027-01-01,0.02\n",
    "line": "line,site,kind,name\nFAB,HOME,logic,Fab\nOUT,HOME,external,Suppliers\n",
    "bom": "item,component,quantity\nCHIP,DIE,1\nCHIP,LID,1\n",
    "receipt": "item,date,quantity,source\nLID,2027-01-05,3000,LIDS\n",
    "stock": "item,on_hand\nDIE,2000\nLID,3000\n",
    "calendar": "period,start_date,end_date\nW1,2027-01-04,2027-01-11\nW2,2027-01-11,2027-01-18\nW3,2027-01-18,2027-01-25\nW4,2027-01-25,2027-02-08\n",
    "demand": "demand,customer,item,due_date,quantity,price_usd,late_usd_per_week,max_late_days\n"
              "D1,BUYER,CHIP,2027-01-04,9000,1,0.1,30\nD2,BUYER,CHIP,2027-01-11,14000,1.1,0.1,30\nD3,BUYER,CHIP,2027-01-18,14000,1,0.1,30\nD4,BUYER,CHIP,2027-01-25,20000,1,,\n",
}
BORDERS = [0, 7, 14, 21, 35]


def rows_of(folder, table):
    with open(os.path.join(folder, table + ".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return (datetime.datetime.fromisoformat(text) - START).total_seconds() / 86400


def overlap(a, b, c, d):
    return max(0, min(b, d) - max(a, c))


def unit_yield(at):
    """Of starts on a day: D0 learns from 2026-12-01 on."""
    since = at + (START - datetime.datetime(2026, 12, 1)).days
    return math.exp(-(0.1 + 0.3 * 0.5 ** (max(0, since) / 30)))


def families(folder):
    """{root: (start, end, started wafers, finished?)} of lots with all that was split off them."""
    lots = {row["lot"]: row for row in rows_of(folder, "lot")}
    events = collections.defaultdict(list)
    for row in rows_of(folder, "lot_event"):
        events[row["lot"]].append(row)
    def root(lot):
        return root(lots[lot]["parent_lot"]) if lots[lot]["parent_lot"] else lot
    out = {}
    members = collections.defaultdict(list)
    for lot in lots:
        members[root(lot)].append(lot)
    for name, all_lots in members.items():
        first = min(events[name], key=lambda row: int(row["seq"]))
        last = max(max(events[lot], key=lambda row: int(row["seq"]))["time"] for lot in all_lots)
        finished = all(lots[lot]["status"] in ("done", "scrapped") for lot in all_lots)
        come = sum(float(lots[lot]["wafers"]) for lot in all_lots if lots[lot]["status"] == "done")
        out[name] = {"start": day(lots[name]["start_time"]), "end": day(last), "started": float(first["wafers_after"]), "finished": finished, "lots": all_lots, "out": come}
    return out


def expected_rows(folder, path, plan, cut):
    """{period: figures} of DIE@R."""
    starts = {row["period"]: row["starts"] for row in plan["starts"] if row["source"] == "DIE@R"}
    periods = [k for k in range(4) if BORDERS[k] < cut]
    ends = [min(BORDERS[k + 1], cut) for k in periods]
    good = collections.Counter()
    tested = collections.Counter()
    with sqlite3.connect(path) as database:
        for lot, units in database.execute("SELECT w.lot, r.good FROM wafer_result AS r JOIN wafer AS w ON w.wafer = r.wafer WHERE r.stage = 'sort'"):
            good[lot] += units
            tested[lot] += 1
    out = {}
    lots = families(folder)
    for k in periods:
        x = [starts.get("W%d" % (t + 1), 0.0) for t in periods]
        share = [overlap(BORDERS[t] + LEAD, BORDERS[t + 1] + LEAD, BORDERS[k], ends[k]) / (BORDERS[t + 1] - BORDERS[t]) for t in periods]
        gives = [GROSS * unit_yield(BORDERS[t]) for t in periods]
        row = {"starts_planned": x[k] * (ends[k] - BORDERS[k]) / (BORDERS[k + 1] - BORDERS[k]), "starts_actual": sum(f["started"] for f in lots.values() if BORDERS[k] <= f["start"] < ends[k]),
               "units_planned": sum(x[t] * share[t] * gives[t] for t in periods)}
        mine = [f for f in lots.values() if f["finished"] and BORDERS[k] <= f["end"] < ends[k]]
        units, started = 0.0, sum(f["started"] for f in mine)
        expected = 0.0
        for f in mine:
            wafers = sum(tested[lot] for lot in f["lots"])
            first = max([b for b in BORDERS if b <= f["start"]], default=None) if f["start"] >= 0 else None
            at = first if first is not None else math.floor(f["start"])
            units += sum(good[lot] for lot in f["lots"]) * f["out"] / wafers if wafers else f["out"] * GROSS * unit_yield(math.floor(f["start"]))
            expected += f["started"] * GROSS * unit_yield(at)
        row["units_actual"] = units
        row["yield_actual"] = units / (GROSS * started) if started else None
        row["days_actual"] = sum(f["started"] * (f["end"] - f["start"]) for f in mine) / started if started else None
        row["days_planned"] = LEAD if row["units_planned"] else None
        row["units_by_yield"] = units - expected
        row["units_by_starts"] = 0.0
        for t in periods:
            made = sum(f["started"] for f in lots.values() if BORDERS[t] <= f["start"] < ends[t]) - x[t] * (ends[t] - BORDERS[t]) / (BORDERS[t + 1] - BORDERS[t])
            row["units_by_starts"] += made * gives[t] * overlap(BORDERS[t] + LEAD, ends[t] + LEAD, BORDERS[k], ends[k]) / (ends[t] - BORDERS[t])
        out["W%d" % (k + 1)] = row
    return out


def close(a, b, size=1):
    return (a is None) == (b is None) and (a is None or abs(a - b) <= SAME * max(1, abs(a), abs(size)))


def solve_moved(fabplan, path, folder, moved):
    """The optimum of the plan's program with balances moved, by glpsol."""
    mps, solution = os.path.join(folder, "plan.mps"), os.path.join(folder, "plan.sol")
    subprocess.run([fabplan, "model", path, "--plan", "1", "--mps", mps, "-q"], check=True)
    lines, rhs, section, left = [], None, None, dict(moved)
    for line in open(mps, encoding="utf-8"):
        words = line.split()
        if not line.startswith(" "):
            if section == "RHS":
                lines += [" %s %s %.17g\n" % (rhs or "RHS", row, -units) for row, units in left.items()]
            section = words[0] if words else section
        elif section == "RHS":
            rhs = words[0]
            if words[1] in left:
                line = " %s %s %.17g\n" % (words[0], words[1], float(words[2]) - left.pop(words[1]))
        lines.append(line)
    with open(mps, "w", encoding="utf-8") as file:
        file.writelines(lines)
    subprocess.run(["glpsol", "--freemps", mps, "-w", solution, "--simplex"], check=True, stdout=subprocess.DEVNULL)
    for line in open(solution, encoding="utf-8"):
        if line.startswith("s bas"):
            words = line.split()
            assert words[5:6] != ["i"], line
            return -float(words[-1])
    return None


def check(fabplan, source, folder, seed):
    def run(*arguments):
        return subprocess.run([fabplan, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    data, path, history = (os.path.join(folder, name) for name in ("data", "fab.db", "history"))
    shutil.copytree(os.path.join(source, "data", "mini"), data)
    os.remove(os.path.join(data, "source_yield.csv"))
    for table, text in TABLES.items():
        with open(os.path.join(data, table + ".csv"), "w", encoding="utf-8") as file:
            file.write(text)
    run("init", path)
    run("import", path, data)
    plan = json.loads(run("optimise", path, "--values", "0", "--json"))
    run("sample", "history", data, "--until", "2027-01-%02d" % (19 + seed % 5), "--months", "2", "--seed", str(seed), "-o", history)
    run("import", path, history)
    receipts = os.path.join(folder, "receipt.csv")
    with open(receipts, "w", encoding="utf-8") as file:
        file.write("item,date,quantity,source\nLID,2027-01-06,2500,LIDS\nLID,2027-01-12,%d,LIDS\nLID,2027-02-01,900,LIDS\n" % (9000 + 100 * seed))
    run("import", path, receipts, "--replace")
    tracked = json.loads(run("plan", "track", path, "--json"))
    lots = families(history)
    cut = max([day(row["time"]) for row in rows_of(history, "lot_event")] + [day(row["start_time"]) for row in rows_of(history, "lot")])
    assert close(day(tracked["as_of"]), cut), (tracked["as_of"], cut)
    expected = expected_rows(history, path, plan, cut)
    seen = 0
    with sqlite3.connect(path) as database:
        worth = {(key, period): -usd for key, period, usd in database.execute("SELECT key, period, multiplier FROM plan_row WHERE plan = 1 AND family = 'BAL'")}
    total, moved = 0.0, collections.Counter()
    for row in tracked["track"]:
        difference = row["units_actual"] - row["units_planned"]
        usd = worth.get((row["item"], row["period"]), 0.0)
        assert close(row["usd_per_unit"], usd), (row, usd)
        assert close(row["costs_usd"], -difference * usd, row["units_planned"]), row
        total += row["costs_usd"]
        moved["BAL[%s,%s]" % (row["item"], row["period"])] += difference
        if row["source"] == "LIDS":
            came = {"W1": 2500, "W2": 9000 + 100 * seed}.get(row["period"], 0)
            assert row["units_actual"] == came and row["starts_actual"] is None and close(row["units_by_time"], difference), row
            continue
        assert row["source"] == "DIE@R", row
        mine = expected[row["period"]]
        for figure, value in mine.items():
            assert close(row[figure], value, row["units_planned"]), (seed, row["period"], figure, row[figure], value)
        assert close(row["units_by_starts"] + row["units_by_yield"] + row["units_by_time"], difference, row["units_planned"]), row
        seen += 1
    assert seen == len(expected) and lots
    assert close(tracked["costs_at_least_usd"], total, tracked["objective_usd"])
    second = solve_moved(fabplan, path, folder, moved)
    assert close(tracked["tested_objective_usd"], second, tracked["objective_usd"]), (seed, tracked["tested_objective_usd"], second)
    assert close(tracked["tested_usd"], tracked["objective_usd"] - second, tracked["objective_usd"])
    assert tracked["tested_usd"] >= total - SAME * abs(tracked["objective_usd"]), (tracked["tested_usd"], total)
    return tracked["tested_usd"], total


def main():
    fabplan, source, first, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            print(seed, "tested %.6g, at least %.6g" % check(fabplan, source, folder, seed), flush=True)


main()
