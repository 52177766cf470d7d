#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make_history.py FOLDER: a small data set with a wafer-lot history that is the same everywhere (no random numbers): 60 lots of one source, a learning curve, a pattern of noise,
one excursion (L041), one lot on hold, a few tool states."""
import datetime
import math
import os
import sys

FOLDER = sys.argv[1]
BEGIN = datetime.datetime(2026, 1, 1)
LOTS, WAFERS, DIE = 60, 10, 500


def write(table, header, rows):
    with open(os.path.join(FOLDER, table + ".csv"), "w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def time(days):
    return (BEGIN + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S")


def date(days):
    return time(days)[:10]


os.makedirs(FOLDER, exist_ok=True)
write("site", "site,name", [("S", "Site")])
write("line", "line,site,kind,name", [("L1", "S", "logic", "Logic")])
write("calendar", "period,start_date,end_date", [(f"2027-Q{q + 1}", f"2027-{3 * q + 1:02d}-01", f"{2027 + (q == 3)}-{(3 * q + 3) % 12 + 1:02d}-01") for q in range(4)])
write("tool_group", "tool_group,line,name,tools,availability,max_utilisation", [("LITHO", "L1", "Litho", 4, 0.9, 0.9)])
write("route", "route,line,name,lot_size", [("R", "L1", "Route", 10)])
write("route_step", "route,step,name,tool_group,visits,minutes_per_unit", [("R", 10, "Expose", "LITHO", 20, 3), ("R", 20, "Expose again", "LITHO", 20, 3)])
write("cycle_time", "route,from_date,days", [("R", "2026-01-01", 30)])
write("item", "item,kind,name", [("D", "die", "Die")])
write("process", "process,model,alpha,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,systematic_yield",
      [("P", "negative_binomial", 2, 1, 0.3, "2026-01-01", 90, 0.95)])
write("die", "item,width_mm,height_mm", [("D", 10, 10)])
write("source", "source,item,line,route,process,units_per_start", [("D@R", "D", "L1", "R", "P", DIE)])
write("source_cost", "source,from_date,usd_per_start", [("D@R", "2026-01-01", 5000)])
write("customer", "customer,name", [("BUYER", "Buyer")])
write("demand", "demand,customer,item,due_date,quantity,price_usd", [("D1", "BUYER", "D", "2027-06-01", 1000, 50)])

lots, wafers, events, tests = [], [], [], []
for n in range(LOTS):
    lot, start, end = f"L{n:03d}", 5 * n, 5 * n + 28 + n % 5
    done = n < LOTS - 4
    basis = "simulated: by the tests" if n == 0 else None
    lots.append((lot, "D@R", "BUYER", time(start), time(start + 31), WAFERS if n <= LOTS - 4 else WAFERS + 1, None if done else round(1 - (n - LOTS + 4) * 0.25, 2), "done" if done else "held" if n == LOTS - 1 else "active", basis))
    events.append((lot, 1, time(start), "start", None, WAFERS + 1, WAFERS + 1, None))
    if n % 7 == 0 or n == LOTS - 1:
        events.append((lot, 2, time(start + 1), "hold", 10, WAFERS + 1, WAFERS + 1, "inspection"))
    if n % 7 == 0:
        events.append((lot, 3, time(start + 2), "release", 10, WAFERS + 1, WAFERS + 1, None))
    if done or n == LOTS - 4:
        events.append((lot, 4, time(start + 3), "scrap", 10, WAFERS + 1, WAFERS, "particles" if n % 3 else "broken"))
    if done:
        events.append((lot, 5, time(end), "move_out", 20, WAFERS, WAFERS, None))
    for w in range(WAFERS):
        wafers.append((f"{lot}.{w:02d}", lot))
        if done:
            d0 = 0.3 + 0.7 * 0.5 ** (end / 90)
            noise = 0.15 * math.sin(2.4 * n + 1) + 0.3 * math.sin(1.7 * w + n)
            good = round(DIE * 0.95 / (1 + d0 * (4 if n == 41 else 1) * math.exp(noise) / 2) ** 2)
            tests.append((f"{lot}.{w:02d}", "sort", 1, time(end + 2), DIE, good))
write("lot", "lot,source,customer,start_time,due_time,wafers,progress,status,basis", lots)
write("wafer", "wafer,lot", wafers)
write("lot_event", "lot,seq,time,event,step,wafers_before,wafers_after,reason", events)
write("wafer_test", "wafer,stage,run,time,tested,good", tests)
write("tool_event", "tool,tool_group,time,state",
      [(f"T{t}", "LITHO", time(day + hour / 24), state) for t in range(2) for day in range(3)
       for hour, state in ((0, "productive"), (15, "standby"), (18, "engineering"), (19, "scheduled_down"), (20, "unscheduled_down"), (22, "nonscheduled"))])
