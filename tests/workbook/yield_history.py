#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""yield_history.py FABPLAN CASE FOLDER: the yield workbook of a made-up history whose truth is known.

    drop     two products; the lots of one fall off their curve in the last weeks, three of them badly, all through one tool
    little   one lot, no bins, no events, no tools: next to nothing
    terafab  data/terafab with the year 2028 that `fabplan sample history` simulates, in which one tool spoils lots for two weeks

Writes FOLDER/CASE.xlsx and compares what its sheets say with the truth and with `fabplan yield spc`. recalculate.py then checks its formulas.
"""
import datetime
import json
import os
import random
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from recalculate import read_book  # noqa: E402

FABPLAN, CASE, FOLDER = sys.argv[1:4]
BEGIN = datetime.datetime(2026, 1, 5)
LOTS, WAFERS, DIE, OFF_FROM, BAD = 90, 5, 400, 78, (82, 83, 84)
EXCEL_EPOCH = datetime.date(1899, 12, 30)


def time(days):
    return (BEGIN + datetime.timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S")


def write(folder, table, header, rows):
    with open(os.path.join(folder, table + ".csv"), "w", encoding="utf-8") as file:
        file.write(header + "\n")
        file.writelines(",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def write_fab(folder):
    write(folder, "site", "site,name", [("S", "Site")])
    write(folder, "line", "line,site,kind,name", [("L1", "S", "logic", "Logic")])
    write(folder, "calendar", "period,start_date,end_date",
          [(f"2027-Q{q + 1}", f"2027-{3 * q + 1:02d}-01", f"{2027 + (q == 3)}-{(3 * q + 3) % 12 + 1:02d}-01") for q in range(4)])
    write(folder, "customer", "customer,name", [("C", "Customer & sons")])
    write(folder, "item", "item,kind,name", [("FALLS", "die", "Falls < & off"), ("HOLDS", "die", "Holds")])
    write(folder, "die", "item,width_mm,height_mm,gross_die,repairable_defects", [("FALLS", 10, 10, DIE, 2), ("HOLDS", 8, 8, DIE, 0)])
    write(folder, "process", "process,model,alpha,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days",
          [("P", "negative_binomial", 2, 0.3, 0.1, "2026-01-01", 200)])
    write(folder, "tool_group", "tool_group,line,name,tools,availability,max_utilisation", [("ETCH", "L1", "Etch", 2, 0.9, 0.9)])
    write(folder, "route", "route,line,name", [("R", "L1", "Route")])
    write(folder, "cycle_time", "route,from_date,days", [("R", "2026-01-01", 30)])
    write(folder, "route_step", "route,step,tool_group,minutes_per_unit", [("R", 10, "ETCH", 5), ("R", 20, "ETCH", 5)])
    write(folder, "source", "source,item,line,route,process", [("FALLS@R", "FALLS", "L1", "R", "P"), ("HOLDS@R", "HOLDS", "L1", "R", "P")])


def good_die(chance, lot, product):
    """Good die of a wafer. One product is off by 12 points from a lot on, and some of its lots by 45."""
    yield_ = 0.72 + chance.gauss(0, 0.02)
    if product == "FALLS" and lot >= OFF_FROM:
        yield_ -= 0.45 if lot in BAD else 0.12
    return round(DIE * yield_)


def write_history(folder):
    chance = random.Random(1)
    lots, events, wafers, tests, bins = [], [], [], [], []
    for product in ("FALLS", "HOLDS"):
        for lot in range(LOTS):
            name, start, out = f"{product[0]}{lot:03d}", 3 * lot - 30, 3 * lot
            tool = "ETCH-BAD" if product == "FALLS" and lot in BAD else f"ETCH-{lot % 2}"
            lots.append((name, product + "@R", "C", time(start), time(start + 31), WAFERS, "done"))
            bad_day = 3 * BAD[0] - 6  # the lots that met the bad tool did so in the same week
            steps = [("start", None, None, 0, WAFERS + 1, start), ("hold", None, None, WAFERS + 1, WAFERS + 1, start + 1),
                     ("release", None, None, WAFERS + 1, WAFERS + 1, start + 2),
                     ("move_in", 10, tool, WAFERS + 1, WAFERS + 1, bad_day if tool == "ETCH-BAD" else start + 3),
                     ("scrap", 10, None, WAFERS + 1, WAFERS, out - 2), ("ship", 20, None, WAFERS, WAFERS, out)]
            events += [(name, seq + 1, time(day), event, step, tool, before, after, {"hold": "question", "scrap": "breakage"}.get(event))
                       for seq, (event, step, tool, before, after, day) in enumerate(steps)]
            for slot in range(WAFERS):
                wafer, good = f"{name}-{slot}", good_die(chance, lot, product)
                leakage = (DIE - good) * 3 // 4 if tool == "ETCH-BAD" else (DIE - good) // 4
                wafers.append((wafer, name, slot + 1))
                tests.append((wafer, "sort", 1, time(out + 1), DIE, good))
                bins += [(wafer, "sort", 1, number, count) for number, count in ((1, good), (7, leakage), (8, DIE - good - leakage)) if count]
    lots.append(("WIP", "HOLDS@R", None, time(3 * LOTS - 10), time(3 * LOTS + 20), 25, "active"))
    events.append(("WIP", 1, time(3 * LOTS - 10), "start", None, None, 0, 25, None))
    write(folder, "lot", "lot,source,customer,start_time,due_time,wafers,status", lots)
    write(folder, "lot_event", "lot,seq,time,event,step,tool,wafers_before,wafers_after,reason", events)
    write(folder, "wafer", "wafer,lot,slot", wafers)
    write(folder, "wafer_test", "wafer,stage,run,time,tested,good", tests)
    write(folder, "bin", "item,bin,name,good", [(i, b, n, g) for i in ("FALLS", "HOLDS") for b, n, g in ((1, "good", 1), (7, "leakage", 0), (8, "scan", 0))])
    write(folder, "wafer_bin", "wafer,stage,run,bin,count", bins)
    write(folder, "tool_event", "tool,tool_group,time,state",
          [(f"ETCH-{t}", "ETCH", time(day), state) for t in (0, 1) for day, state in ((0, "productive"), (100 + t, "scheduled_down"), (110, "standby"))])


def write_little(folder):
    write(folder, "lot", "lot,source,start_time,wafers,status", [("ONE", "FALLS@R", time(0), 1, "done")])
    write(folder, "wafer", "wafer,lot", [("ONE-1", "ONE")])
    write(folder, "wafer_test", "wafer,stage,run,time,tested,good", [("ONE-1", "sort", 1, time(30), DIE, 300)])


def run(*arguments):
    done = subprocess.run([FABPLAN, *arguments], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"fabplan {' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def read_table(sheet, first):
    """The rows under the header whose first cell is `first`, as dictionaries."""
    header = next(row for (row, column), cell in sorted(sheet.items()) if column == 1 and cell[0] == first)
    names = {column: cell[0] for (row, column), cell in sheet.items() if row == header}
    rows = sorted({row for row, column in sheet if row > header and column == 1})
    return [{name: sheet.get((row, column), (None,))[0] for column, name in names.items()} for row in rows]


def text_of(day):
    return str(EXCEL_EPOCH + datetime.timedelta(days=int(day))) if day is not None else None


def expect(what, actual, wanted):
    if actual != wanted:
        sys.exit(f"{what}: {actual!r}, not {wanted!r}")


def check_drop(book, spc):
    falls, holds = sorted(read_table(book["Off the curve"], "Product"), key=lambda row: row["Product"])
    expect("products", [falls["Product"], holds["Product"]], ["FALLS@R · Falls < & off", "HOLDS@R · Holds"])
    expect("off", [falls["Off its curve"], falls["Side"], holds["Off its curve"]], ["yes", "below", "no"])
    since = text_of(falls["Since"])
    if not time(3 * OFF_FROM)[:10] <= since <= time(3 * BAD[1])[:10]:
        sys.exit(f"FALLS is off since {since}")
    expect("worst lots", sorted(word for word in falls["Worst lots"].replace(",", "").split() if word.startswith("F")), [f"F{lot:03d}" for lot in BAD])
    charts = {chart["source"]: chart for chart in spc["charts"]}
    expect("since", since, charts["FALLS@R"]["since"])
    shifts = [(row["Product"].split(" · ")[0], row["Side"], text_of(row["Since"]), text_of(row["Until"]), row["Lots"])
              for row in read_table(book["Shifts"], "Product")]
    expect("shifts", sorted(map(str, shifts)), sorted(str((s["source"], s["side"], s["since"], s["until"], float(s["lots"]))) for s in spc["shifts"]))
    outside = {row["Lot"]: row["Outside"] for row in read_table(book["Excursions"], "Product") if row["Outside"] in ("below", "above")}
    expect("lots outside limits", outside, {s["lot"]: s["side"] for s in spc["signals"]})
    named = {row["Lot"]: row for row in read_table(book["Excursions"], "Product")}
    for lot in BAD:
        row = named[f"F{lot:03d}"]
        if not (row["Tool it shares"] or "").startswith("ETCH-BAD") or not row["Bin it shows"].startswith("leakage"):
            sys.exit(f"F{lot:03d} points to {row['Tool it shares']!r}, {row['Bin it shows']!r}")
    defects = {row["Product"].split("@")[0]: row for row in read_table(book["Defects"], "Product")}
    falls, holds = defects["FALLS"], defects["HOLDS"]  # the wafers of one vary less than independent die do
    expect("repairable defects", [falls["Repairable defects"], holds["Repairable defects"]], [2, 0])
    expect("alpha that is not identified", [holds["Alpha"], holds["Yield of D0 and alpha"]], [None, None])
    if abs(falls["Yield of D0 and alpha"] - falls["Yield of the wafers"]) > 0.01:
        sys.exit(f"D0 and alpha give back {falls['Yield of D0 and alpha']}, not {falls['Yield of the wafers']}")
    expect("shared tool", read_table(book["Shared tools"], "Rank")[0]["Tool"], "ETCH-BAD")


def check_terafab(book, data):
    """The tool that spoilt lots is found, and most of its lots are named."""
    with open(os.path.join(data, "truth.txt"), encoding="utf-8") as file:
        truth = [line.split("\t") for line in file]
    tool, spoilt = next(row[1] for row in truth if row[0] == "excursion"), {row[1] for row in truth if row[0] == "excursion lot"}
    shared = read_table(book["Shared tools"], "Rank")
    expect("shared tools that chance does not explain", {row["Tool"] for row in shared if row["Such cases by chance, at most"] < 0.5}, {tool})
    named = spoilt & {row["Lot"] for row in read_table(book["Excursions"], "Product")}
    if 2 * len(named) < len(spoilt):
        sys.exit(f"of the spoilt lots {sorted(spoilt)} only {sorted(named)} are named")


def make_data(data, database):
    run("init", database, "--quiet")
    if CASE == "terafab":
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "terafab")
        run("import", database, folder, "--quiet")
        run("sample", "history", database, "--months", "12", "--until", "2029-01-01", "--seed", "1", "-o", data, "--quiet")
    else:
        write_fab(data)
        (write_history if CASE == "drop" else write_little)(data)
    run("import", database, data, "--quiet")


def main():
    data, database, workbook = (os.path.join(FOLDER, CASE + ending) for ending in ("", ".db", ".xlsx"))
    shutil.rmtree(data, ignore_errors=True)
    os.makedirs(data)
    for path in (database, workbook):
        if os.path.exists(path):
            os.remove(path)
    make_data(data, database)
    run("yield", "fit", database, "--quiet")
    run("report", database, "--book", "yield", "-o", workbook, "--quiet")
    book = read_book(workbook)
    expect("checks", {row["Result"] for row in read_table(book["Checks"], "Check")}, {"OK"})
    if CASE == "drop":
        check_drop(book, json.loads(run("yield", "spc", database, "--json", "--quiet")))
    if CASE == "terafab":
        check_terafab(book, data)
    # a simulated history is marked on every sheet, a measured one on none
    marked = [name for name, sheet in book.items() if any(isinstance(cell[0], str) and cell[0].startswith("SIMULATED") for cell in sheet.values())]
    expect("sheets marked as simulated", marked, list(book) if CASE == "terafab" else [])


main()
