#!/usr/bin/env python3
"""data/terafab-floor is data/terafab with its tools described as they are: what a tool of each group can do of each route stays within 2 %.

    floor.py DATA_FOLDER

Worked out here from the two folders alone: starts a day and tool = 24 x availability x max_utilisation / tool hours of a start, rework passes included. Everything else of the network is the same to the byte, but for what test wafers add to it.
Exit 1 on any difference.
"""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tables import read as rows  # noqa: E402

WITHIN = 0.02
SAME = ("site", "calendar", "tool_count", "tool_delivery_limit", "route", "cycle_time", "source_limit", "source_yield", "process", "die", "demand", "customer", "power_limit", "capex_budget")
# test wafers are rows of their own; the lines' own sources take them, so they read their bill
MORE = {"line": (), "item": (), "source": ("consumes_bom",), "source_cost": (), "dependency": ()}
TEST_WAFERS = re.compile(r"^(SO_)?TW_|^X_(TEST_WAFERS|WAFER_)")


def cell(row, column, preset=0.0):
    return float(row[column]) if row.get(column) else preset


def availability(folder):
    out = {row["tool_group"]: cell(row, "availability", 1.0) for row in rows(folder, "tool_group")}
    for row in rows(folder, "tool_down"):
        if row["hours_between"]:
            out[row["tool_group"]] -= cell(row, "hours") / (cell(row, "hours_between") + cell(row, "hours"))
    return out


def minutes(row, lot_size, upkeep):
    unit = cell(row, "interval_minutes_per_unit") if row.get("interval_minutes_per_unit") else cell(row, "minutes_per_unit")
    return (unit + cell(row, "minutes_per_lot") / lot_size + cell(row, "minutes_per_batch") / (cell(row, "batch_max", 1.0) * cell(row, "batch_fill", 1.0))
            + cell(row, "setup_minutes") / cell(row, "units_per_setup", 1.0) + cell(row, "lead_minutes") / cell(row, "units_per_train", 1.0) + upkeep.get(row["tool_group"], 0.0))


def hours(folder):
    """{(route, tool group): minutes of a start}."""
    sizes = {row["route"]: cell(row, "lot_size", 25.0) for row in rows(folder, "route")}
    upkeep, routes, out = {}, {}, {}
    for row in rows(folder, "tool_down"):
        if row["units_between"]:
            upkeep[row["tool_group"]] = upkeep.get(row["tool_group"], 0.0) + 60 * cell(row, "hours") / cell(row, "units_between")
    for row in rows(folder, "route_step"):
        routes.setdefault(row["route"], []).append(row)
    for route, steps in routes.items():
        steps.sort(key=lambda row: int(row["step"]))
        times, units = [], 1.0
        for row in steps:
            times.append(cell(row, "visits", 1.0) * cell(row, "sample_frac", 1.0) * units)
            units *= 1 - cell(row, "scrap_frac")
        passes = [0.0] * len(steps)
        back = [int(row["rework_to"]) if row.get("rework_to") else int(row["step"]) for row in steps]
        for k in reversed(range(len(steps))):
            share = cell(steps[k], "rework_frac")
            passes[k] = share / (1 - share) * (times[k] + sum(passes[j] for j in range(k + 1, len(steps)) if back[j] <= int(steps[k]["step"])))
            for j in range(k + 1):
                times_more = passes[k] if int(steps[j]["step"]) >= back[k] else 0.0
                key = (route, steps[j]["tool_group"])
                out[key] = out.get(key, 0.0) + (times_more + (times[k] if j == k else 0.0)) * minutes(steps[j], sizes[route], upkeep)
    return out


def main():
    data = sys.argv[1]
    old, new = os.path.join(data, "terafab"), os.path.join(data, "terafab-floor")
    failures = []
    for table in SAME:
        with open(os.path.join(old, table + ".csv"), "rb") as a, open(os.path.join(new, table + ".csv"), "rb") as b:
            if a.read() != b.read():
                failures.append("%s.csv is not that of data/terafab" % table)
    for table, but in MORE.items():
        without = [[{column: value for column, value in row.items() if column not in but} for row in rows(folder, table)] for folder in (old, new)]
        more = [row for row in without[1] if TEST_WAFERS.match(next(iter(row.values())))]
        if [row for row in without[1] if row not in more] != without[0] or not more:
            failures.append("%s.csv is not that of data/terafab and test wafers" % table)
    up, up_new = availability(old), availability(new)
    most = {row["tool_group"]: cell(row, "max_utilisation") for row in rows(old, "tool_group")}
    most_new = {row["tool_group"]: cell(row, "max_utilisation") for row in rows(new, "tool_group")}
    before, after = hours(old), hours(new)
    if set(before) != set(after):
        failures.append("the routes have other tool groups")
    widest = 0.0
    for key in sorted(set(before) & set(after)):
        group = key[1]
        ratio = (up_new[group] * most_new[group] / after[key]) / (up[group] * most[group] / before[key])
        widest = max(widest, abs(ratio - 1))
        if abs(ratio - 1) > WITHIN:
            failures.append("%s of route %s: %.4f of the capacity" % (group, key[0], ratio))
    print("%d groups of routes, largest difference %.2f %%" % (len(before), 100 * widest))
    print("\n".join(failures))
    return 1 if failures or len(before) < 200 else 0


if __name__ == "__main__":
    sys.exit(main())
