#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The finance book is reconciled: every check is OK, every kind of money is that of the database to the cent, and its figures are those of the plan's JSON.

    finance.py FABPLAN FOLDER

The books stay in FOLDER for the test that recalculates them. Data: data/mini and random fabs with every part of the planning language.
"""
import datetime
import json
import os
import shutil
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
SOURCE = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "support"))
sys.path.insert(0, HERE)
import cost_flow  # noqa: E402
from checking import expect, run  # noqa: E402
import recalculate  # noqa: E402

SEEDS = (2, 3, 5, 18, 20, 24)
TWICE = ("mini", "random-18")  # written twice
CENT = 0.005


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


def check_cost_flow(name, path, database, mps):
    """Unit costs by chip, year and part, and what goes in, are those of a second computation."""
    book, flow = recalculate.read_book(path), cost_flow.Flow(database, mps)
    margin, sales = book["Margin"], flow.sales()
    shown = list(zip(*(column(margin, header) for header in ("Chip", "Year", "Units", "Wafers", "Assembly", "Bought parts", "Power", "Tools, charged", "Stock, receipts"))))
    expect(len(shown) == len(sales), name, "rows of Margin", len(shown), len(sales))
    for chip, year, units, *parts in shown:
        expected, cost = sales[(chip, int(year))]
        expect(close(units, expected), name, chip, year, units, expected)
        for part, value in zip(cost_flow.PARTS, parts):
            expect(abs(value * units - cost[part]) <= CENT + 1e-9 * sum(cost.values()), name, chip, year, part, value * units, cost[part])
    lines = {what: value for what, value in zip(column(book["Cost flow"], "What"), column(book["Cost flow"], "Money"))}
    for part, what in (("power", "Power of the hours of starts"), ("tools", "Depreciation of the hours of starts")):
        expected = sum(start["own"][part] for start in flow.starts)
        expect(abs(lines[what] - expected) <= CENT + 1e-9 * expected, name, what, lines[what], expected)
    depreciation = sum(value for what, value in lines.items() if what.startswith("Depreciation"))
    expect(abs(depreciation - flow.depreciation) <= CENT + 1e-9 * flow.depreciation, name, "depreciation", depreciation, flow.depreciation)
    return lines


def cash_of(plan):
    return sum(usd for name, usd in plan["totals"].items() if name in ("revenue_usd", "cost_usd", "power_usd", "holding_usd", "substitution_usd", "discard_usd", "moved_usd"))


def series(cells, measure, sign):
    """The periods of a measure of a series of one block."""
    row = next(row for (row, place), (value, _) in cells.items() if place == 3 and value == measure)
    return [sign * cells[(row, place)][0] for place in sorted(place for r, place in cells if r == row) if place > 4]


def plan_scenarios(program, folder, database):
    """Plans of scenarios beside plan 1, one of them without orders, and a scenario that nobody has planned."""
    scenarios = os.path.join(folder, "scenarios")
    os.makedirs(scenarios)
    for name, change in (("no_tools", "tool_group,*,buyable,set,0"), ("cheap", "demand,*,price_usd,scale,0.8"), ("more", "demand,*,quantity,scale,1.3"), ("left", "demand,*,quantity,scale,1.4")):
        with open(os.path.join(scenarios, name + ".csv"), "w", encoding="utf-8") as file:
            file.write(f"scenario,number,table,key,column,operation,value\n{name},1,{change}\n")
    run(program, "scenario", database, "add", scenarios, "-q")
    return {name: json.loads(run(program, "optimise", database, "--scenario", name, "--values", "0", "--json", "-q")) for name in ("no_tools", "cheap", "more")}


def check_sensitivity(cells, plan, others):
    """Each scenario with its own plan's profit, the largest change first, and what is stored without a plan."""
    names, changes = column(cells, "Scenario"), [usd for usd in column(cells, "Change of profit") if usd is not None]
    expected = {name: other["profit_usd"] - plan["profit_usd"] for name, other in others.items()}
    expect(names == [*sorted(expected, key=lambda name: -abs(expected[name])), "left"], "scenarios", names, expected)
    expect(len(changes) == 3 and all(close(usd, expected[name]) for name, usd in zip(names, changes)), "changes of the profit", changes, expected)
    expect([note for note in column(cells, "Note") if note] == ["no plan of it is stored"], column(cells, "Note"))


def check_payments(program, folder):
    """Tools are paid for when tool_group.payment says: months of the cash and its net present value, worked out from the plan's purchases."""
    fab, database, path = (os.path.join(folder, name) for name in ("paying", "paying.db", "paying.xlsx"))
    shutil.copytree(os.path.join(SOURCE, "data", "mini"), fab)
    with open(os.path.join(fab, "tool_group.csv"), "w", encoding="utf-8") as file:
        file.write("tool_group,line,name,tools,availability,max_utilisation,price_usd,buyable,lead_time_days,payment\nTESTER,FAB,Tester,1,1,1,100,1,0,0.3@-40;0.6@0;0.1@90\n")
    with open(os.path.join(fab, "setting.csv"), "w", encoding="utf-8") as file:
        file.write("key,value\nplan_name,Paying\ndiscount_rate,0.2\nend_value_frac,0\n")
    run(program, "init", database, "-q")
    run(program, "import", database, fab, "-q")
    plan = json.loads(run(program, "optimise", database, "--values", "0", "--json", "-q"))
    others = plan_scenarios(program, folder, database)
    run(program, "report", database, "--plan", "1", "--book", "finance", "-o", path, "--force", "-q")
    book = recalculate.read_book(path)
    check_sensitivity(book["Sensitivity"], plan, others)
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    expect([chart for chart in charts if "Change of profit with each" in chart and "<c:min " not in chart], "the axis of the losses begins at 0")
    first, paid, worth = datetime.date(2027, 1, 4), {}, 0.0
    for purchase in plan["purchases"]:
        for share, days in ((0.3, -40), (0.6, 0), (0.1, 90)):
            day = datetime.date.fromisoformat(purchase["delivered"]) + datetime.timedelta(days)
            paid[str(day)[:7]] = paid.get(str(day)[:7], 0) + share * purchase["price_usd"]
            worth += share * purchase["price_usd"] / 1.2 ** ((day - first).days / 365.25)
    expect(len(paid) == 3, "payments in", paid)
    months, payments = column(book["Payments"], "Month"), column(book["Payments"], "Payment")
    shown = {month: sum(usd for name, usd in zip(months, payments) if name == month) for month in months}
    expect(set(shown) == set(paid) and all(close(shown[month], usd) for month, usd in paid.items()), shown, paid)
    expect(all(any(value == month for value, _ in book["Cash"].values()) for month in paid), "a month of the payments is not in the cash")
    cash = cash_of(plan)
    cover = {cells: value for cells, (value, _) in book["Cover"].items()}
    npv = next(cover[(row, 3)] for (row, place), value in cover.items() if place == 2 and value == "Net present value of the cash")
    expect(close(npv, cash - worth), "net present value", npv, cash - worth)
    tools = {value: cover[(row, 3)] for (row, place), value in sorted(cover.items()) if place == 2 and (row, 3) in cover}
    expect(tools["Measured against"] == "plan 2", tools)
    expect(close(tools["Net present value"], cash - worth - cash_of(others["no_tools"])), "net present value of the tools", tools["Net present value"], cash - worth, cash_of(others["no_tools"]))
    flows = [sum(values) for values in zip(*(series(book["Return of tools"], what, sign) for what, sign in (("Net cash of this plan", 1), ("Net cash without orders", -1))))]
    rate = (1 + tools["Internal rate of return"]) ** (1 / 12)
    expect(rate > 1 and abs(sum(usd / rate**month for month, usd in enumerate(flows))) < 1e-6 * max(flows), "rate of return of the tools", rate, flows)
    cumulated = [sum(flows[: month + 1]) for month in range(len(flows))]
    header = next(row for (row, place), (value, _) in book["Return of tools"].items() if place == 3 and value == "Measure")
    names = [book["Return of tools"][(header, place)][0] for place in range(5, 5 + len(flows))]
    expect(tools["Paid back"] == names[max(month for month, usd in enumerate(cumulated) if usd < 0) + 1], "paid back", tools["Paid back"], cumulated)


def main():
    program, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    bears = set()
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
        if name in TWICE:
            first = open(path, "rb").read()
            run(program, "report", database, "--book", "finance", "-o", path)
            expect(first == open(path, "rb").read(), name, "the same plan gives the same bytes")
        check_book(name, path, plan)
        run(program, "model", database, "--plan", "1", "--mps", path + ".mps", "-q")
        lines = check_cost_flow(name, path, database, path + ".mps")
        bears = {what for what, value in lines.items() if value > CENT} | bears
    for what in ("Power of the hours of starts", "Depreciation of the hours of starts", "Base load", "Power of lots of the first day"):
        expect(what in bears, "no data set has", what)
    check_payments(program, folder)
    print(f"{len(data)} books are reconciled, and tools are paid for when they say")


main()
