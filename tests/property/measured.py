#!/usr/bin/env python3
"""Batches, setups and stops of a simulated history: found again from the files alone, and near what the plan says.

    measured.py FABPLAN SEED...

A fab of four routes shares furnaces (batches), implanters (setups) and etchers (stops by time and by units). Every figure of `history --json` is worked out a second time from lot_event.csv and tool_event.csv, by
walking through the moves of every tool in order; with tools and lots enough, fills, units per setup and hours of stops come out near the plan's, within the error of so many; no batch is larger than batch_max; and
`--measured` makes changes of exactly what was measured.
"""
import collections
import datetime
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tables import read  # noqa: E402

ROUTES = ("A", "B", "C", "D")
BATCH_MAX, FILL, UNITS_PER_SETUP = 100, 0.8, 200
STOPS = {("ETCH", "breakdown"): (60.0, None, 4.0), ("ETCH", "calibration"): (160.0, None, 2.0), ("ETCH", "clean"): (None, 500.0, 3.0)}

TABLES = {
    "site": "site,name\nS,Site\n",
    "line": "line,site,kind,name\nFAB,S,logic,Fab\n",
    "calendar": "period,start_date,end_date\n2027-01,2027-01-01,2027-02-01\n2027-02,2027-02-01,2027-03-01\n",
    "tool_group": "tool_group,line,name,tools,availability,max_utilisation\nFURN,FAB,Furnace,6,0.95,0.9\nIMPL,FAB,Implanter,8,0.9,0.9\nETCH,FAB,Etcher,6,,0.9\n",
    "tool_down": "tool_group,cause,hours_between,units_between,hours\n" + "".join(
        f"{group},{cause},{between or ''},{units or ''},{hours}\n" for (group, cause), (between, units, hours) in STOPS.items()),
    "route": "route,line,name,lot_size\n" + "".join(f"{r},FAB,Route {r},25\n" for r in ROUTES),
    "route_step": "route,step,tool_group,minutes_per_unit,minutes_per_batch,batch_max,batch_fill,setup_minutes,units_per_setup\n" + "".join(
        f"{r},10,ETCH,3,,,,,\n{r},20,FURN,,240,{BATCH_MAX},{FILL},,\n{r},30,IMPL,2,,,,30,{UNITS_PER_SETUP}\n{r},40,FURN,,200,{BATCH_MAX},{FILL},,\n{r},50,IMPL,2,,,,30,{UNITS_PER_SETUP}\n" for r in ROUTES),
    "cycle_time": "route,from_date,days\n" + "".join(f"{r},2025-01-01,40\n" for r in ROUTES),
    "item": "item,kind,name\n" + "".join(f"DIE_{r},die,Die\n" for r in ROUTES),
    "process": "process,model,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,line_yield_start,line_yield_mature\nP,poisson,0.2,0.2,2025-01-01,100,0.98,0.98\n",
    "die": "item,width_mm,height_mm,wafer_mm\n" + "".join(f"DIE_{r},20,25,300\n" for r in ROUTES),
    "source": "source,item,line,route,process\n" + "".join(f"S_{r},DIE_{r},FAB,{r},P\n" for r in ROUTES),
    "customer": "customer,name\nX,X\n",
    "demand": "demand,customer,item,due_date,quantity,price_usd\n" + "".join(f"O_{r},X,DIE_{r},2027-02-20,100,100\n" for r in ROUTES),
}


def say(text):
    print(text, flush=True)


def fabplan(program, *arguments):
    answer = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if answer.returncode != 0:
        sys.exit(f"{' '.join(arguments)} exited {answer.returncode}: {answer.stderr}")
    return answer.stdout


def moment(text):
    return datetime.datetime.fromisoformat(text).timestamp()


def loadings(folder):
    """{tool: [(time, {(route, step): wafers})]} in order of time"""
    route = {row["lot"]: row["source"][2:] for row in read(folder, "lot")}
    by_tool = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(float)))
    for row in read(folder, "lot_event"):
        if row["event"] == "move_in" and row["tool"]:
            by_tool[row["tool"]][row["time"]][route[row["lot"]], int(row["step"])] += float(row["wafers_after"])
    return {tool: sorted(times.items()) for tool, times in by_tool.items()}


def count_batches(loads):
    wafers, batches = collections.Counter(), collections.Counter()
    for tool, times in loads.items():
        for _, content in times:
            for key, count in content.items():
                wafers[key] += count
                batches[key] += count / sum(content.values())
    return {key: (batches[key], wafers[key], wafers[key] / batches[key] / BATCH_MAX) for key in wafers if key[1] in (20, 40)}


def count_setups(loads):
    units, setups = collections.Counter(), collections.Counter()
    for tool, times in loads.items():
        for (_, before), (_, now) in zip(times, times[1:]):
            for key, count in now.items():
                units[key] += count
                setups[key] += key not in before
    return {key: (units[key], setups[key]) for key in units if key[1] in (30, 50)}


def count_stops(folder):
    """{(group, cause): (stops, hours)}, {group: hours}"""
    rows = collections.defaultdict(list)
    for row in read(folder, "tool_event"):
        rows[row["tool"]].append(row)
    last = max(row["time"] for tool in rows.values() for row in tool)
    stops, hours, watched = collections.Counter(), collections.Counter(), collections.Counter()
    for events in rows.values():
        before = None
        for row, then in zip(events, [event["time"] for event in events[1:]] + [last]):
            length = (moment(then) - moment(row["time"])) / 3600
            key = (row["tool_group"], row["cause"] or row["state"]) if row["state"].endswith("_down") else None
            watched[row["tool_group"]] += length * (row["state"] != "nonscheduled")
            if key:
                stops[key] += key != before
                hours[key] += length
            before = key
    return {key: (stops[key], hours[key]) for key in stops}, watched


def near(what, found, wanted, share):
    if abs(found - wanted) > share * abs(wanted):
        sys.exit(f"{what}: {found!r}, expected {wanted!r} within {share:.2g} of it")


def compare(folder, shown):
    """The program's figures against those worked out here."""
    loads = loadings(folder)
    for what, key_of, mine, columns in (("batches", ("route", "step"), count_batches(loads), ("batches", "wafers", "batch_fill")), ("setups", ("route", "step"), count_setups(loads), ("units", "setups")),
                                        ("stops", ("tool_group", "cause"), count_stops(folder)[0], ("stops", "stopped_hours"))):
        rows = {tuple(row[column] for column in key_of): row for row in shown[what]}
        if set(rows) != set(mine):
            sys.exit(f"{what}: {sorted(rows)} shown, {sorted(mine)} in the files")
        for key, figures in mine.items():
            for column, figure in zip(columns, figures):
                near(f"{what} {key} {column}", rows[key][column], figure, 1e-9)
    watched = count_stops(folder)[1]
    for row in shown["stops"]:
        near(f"{row['tool_group']} hours", row["tool_hours"], watched[row["tool_group"]], 1e-9)
        if row["hours_between"] is not None:
            near("hours between", row["hours_between"], (row["tool_hours"] - row["stopped_hours"]) / row["stops"], 1e-9)
    fullest = max(sum(content.values()) for tool, times in loads.items() if tool.startswith("FURN") for _, content in times)
    if fullest > BATCH_MAX:
        sys.exit(f"a batch has {fullest} wafers of {BATCH_MAX}")


def recovered(shown):
    """Near the plan: shares of the mean of so many draws, four standard errors of their shape; fills and setups are not drawn, and depend on the lots that come."""
    for row in shown["batches"]:
        near(f"fill of {row['route']}/{row['step']}", row["batch_fill"], FILL, 0.1)
    for row in shown["setups"]:
        near(f"units per setup of {row['route']}/{row['step']}", row["units_per_setup"], UNITS_PER_SETUP, 0.35)
    for row in shown["stops"]:
        if (row["tool_group"], row["cause"]) in STOPS:
            error = 4 / row["stops"] ** 0.5
            near(f"{row['cause']} hours", row["hours"], row["planned_hours"], error)
            near(f"{row['cause']} between", row["hours_between"] or row["units_between"], row["planned_hours_between"] or row["planned_units_between"], error + (0.1 if row["units_between"] else 0))


def changes_agree(program, data, shown):
    plan = json.loads(fabplan(program, "optimise", data, "--measured", "batch_fill,units_per_setup,tool_down", "--values", "0", "--json", "--no-times", "--start", "2027-01-01"))
    made = {(row["table"], row["key"], row["column"]): row["value"] for row in plan["changes"]}
    wanted = {("route_step", f"{row['route']}/{row['step']}", column): row[column] for what, column in (("batches", "batch_fill"), ("setups", "units_per_setup")) for row in shown[what]}
    for row in shown["stops"]:
        if row["planned_hours"] is not None:
            between = "units_between" if row["planned_units_between"] is not None else "hours_between"
            wanted.update({("tool_down", f"{row['tool_group']}/{row['cause']}", column): row[column] for column in (between, "hours")})
    for key, value in wanted.items():
        if key not in made or abs(float(made[key]) - value) > 1e-12 * value:
            sys.exit(f"change of {key}: {made.get(key)}, measured {value}")


def main():
    program, seeds = sys.argv[1], sys.argv[2:]
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            data, history = os.path.join(folder, "data"), os.path.join(folder, "history")
            os.mkdir(data)
            for name, text in TABLES.items():
                with open(os.path.join(data, name + ".csv"), "w", encoding="utf-8") as file:
                    file.write(text)
            fabplan(program, "sample", "history", data, "-o", history, "--seed", seed, "--wafers-per-month", "9000", "--months", "4")
            database = os.path.join(folder, "fab.db")
            fabplan(program, "init", database)
            fabplan(program, "import", database, data)
            fabplan(program, "import", database, history)
            shown = json.loads(fabplan(program, "history", database, "--json"))
            compare(history, shown)
            recovered(shown)
            changes_agree(program, database, shown)
            say(f"seed {seed}: {len(shown['batches'])} fills, {len(shown['setups'])} steps with setups, {sum(row['stops'] for row in shown['stops'])} stops agree")


main()
