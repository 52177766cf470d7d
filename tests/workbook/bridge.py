#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bridge between two plans, and the way of a price through the finance book.

    bridge.py FABPLAN FOLDER

A random fab is planned, then planned again at other prices, yields and quantities. Every step of the bridge is worked out from the database of plans and from the cost flow of cost_flow.py, and the steps
add up to the cent; between two equal plans every step is nothing. Then one blue price is changed in LibreOffice: revenue, margin, profit and the step Price move by units x change, every other step stays, and
the master check says OK on every sheet.
"""
import json
import os
import shutil
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "support")]
import cost_flow  # noqa: E402
import live  # noqa: E402
from checking import expect, run  # noqa: E402
import office  # noqa: E402
import recalculate  # noqa: E402

SEED, CENT, MASTER = "2", 0.005, "All checks OK"
CHANGES = "scenario,number,table,key,column,operation,value\n" + "".join(
    f"next,{number},{row}\n" for number, row in enumerate(("demand,*,price_usd,scale,1.07", "demand,*,quantity,scale,1.2", "source_yield,*,unit_yield,scale,0.9", "source_cost,*,usd_per_start,scale,1.03"), 1))


def close(a, b, scale=1.0):
    return abs(a - b) <= CENT + 1e-9 * abs(scale)


def figures(book, sheet, label=1, value=2):
    """{text: number} of two columns of a sheet."""
    cells = book[sheet]
    return {cells[(row, label)][0]: cells[(row, value)][0] for row in sorted({row for row, _ in cells}) if (row, label) in cells and isinstance(cells.get((row, value), (None,))[0], float)}


def steps(book):
    """The money of each step, by name; the profits are `before` and `now`."""
    found = figures(book, "Bridge")
    return {("before" if name.startswith("Profit of plan") else "now" if name.startswith("Profit of this") else name): usd for name, usd in found.items()}


def chips(base, plan):
    return {row[0]: (row[1], row[2] / row[1]) for row in base.execute(
        "SELECT s.item, sum(s.quantity), sum(s.revenue_usd) FROM plan_shipment AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period WHERE s.plan = ? GROUP BY s.item HAVING sum(s.quantity) > 1e-9", (plan,))}


def expected_steps(base, flow):
    """Volume, mix, price and yield between plans 1 and 2."""
    before, now = chips(base, 1), chips(base, 2)
    cost = {}
    for (item, _), (units, parts) in flow.sales().items():
        sum_units, usd = cost.get(item, (0.0, 0.0))
        cost[item] = sum_units + units, usd + sum(parts.values())
    share = sum(usd for _, usd in cost.values()) / sum(units * price for units, price in now.values())
    revenue_before = revenue_now = margin_before = margin_now = price_step = 0.0
    for item in set(before) | set(now):
        old_price = before[item][1] if item in before else now[item][1]
        price = now[item][1] if item in now else old_price
        unit_cost = cost[item][1] / cost[item][0] if item in now else old_price * share
        old_units, units = before.get(item, (0.0,))[0], now.get(item, (0.0,))[0]
        revenue_before += old_units * old_price
        revenue_now += units * old_price
        margin_before += old_units * (old_price - unit_cost)
        margin_now += units * (old_price - unit_cost)
        price_step += units * (price - old_price)
    grown, yields = revenue_now / revenue_before, 0.0
    good = {plan: dict(base.execute("SELECT source, sum(good_units) / sum(starts) FROM plan_start WHERE plan = ? AND starts > 1e-9 GROUP BY source", (plan,))) for plan in (1, 2)}
    for start in flow.starts:
        source = start["source"]
        if good[1].get(source, 0) > 1e-9 and good[2][source] > 1e-9:
            yields += sum(start["own"].values()) * (good[2][source] / good[1][source] - 1)
    return {"Volume": (grown - 1) * margin_before, "Mix": margin_now - grown * margin_before, "Price": price_step, "Yield": yields}


def check_bridge(program, database, path, folder):
    run(program, "model", database, "--plan", "2", "--mps", os.path.join(folder, "two.mps"), "-q")
    base, found = sqlite3.connect(database), steps(recalculate.read_book(path))
    expected = expected_steps(base, cost_flow.Flow(database, os.path.join(folder, "two.mps"), 2))
    for name, usd in expected.items():
        expect(close(found[name], usd, found["now"]), name, found[name], usd)
        expect(name == "Mix" or abs(found[name]) > 1, name, "is nothing")
    expect(close(found["before"], base.execute("SELECT sum(s.revenue_usd) FROM plan_shipment AS s JOIN plan_period AS p ON p.plan = s.plan AND p.period = s.period WHERE s.plan = 1").fetchone()[0] - cost_of(base, 1), found["now"]), "profit before")
    expect(close(found["now"], found["before"] + sum(usd for name, usd in found.items() if name not in ("before", "now"))), "the steps do not add up", found)


def cost_of(base, plan):
    """What a plan pays in its horizon, tools as they are charged: another way than that of the query."""
    sums = ("SELECT sum(cost_usd) FROM plan_start", "SELECT sum(fixed_usd) FROM plan_start", "SELECT sum(holding_usd + substitution_usd + discard_usd) FROM plan_stock", "SELECT sum(usd) FROM plan_offload",
            "SELECT sum(power_usd) FROM plan_power", "SELECT sum(charged_usd) FROM plan_purchase WHERE event = 'order' AND", "SELECT sum(usd) FROM plan_purchase WHERE event = 'removal' AND")
    return sum(base.execute(sql + (" " if sql.endswith("AND") else " WHERE ") + "plan = ?", (plan,)).fetchone()[0] or 0 for sql in sums)


def check_price(path, folder):
    """One blue price, changed as a user does it."""
    book = recalculate.read_book(path)
    row, driver = max(((row, driver) for row, driver in live.drivers(book).items() if driver[0] == "Demand price"), key=lambda pair: shipped(book, pair[1][1]))
    units, more = shipped(book, driver[1]), 0.25 * driver[3]
    played = office.play([("open", path), ("set", "Drivers", row, live.VALUE, repr(driver[3] + more)), ("calculate",), ("read",)], os.path.join(folder, "office"))
    changed = {sheet: {place: (value, None) for place, value in cells.items()} for sheet, cells in played[0].items()}
    was, now = steps(book), steps(changed)
    for name in was:
        moved = units * more if name in ("Price", "now") else 0.0
        expect(close(now[name] - was[name], moved, was["now"]), "step", name, "moves by", now[name] - was[name], "and should by", moved)
    for sheet, label in (("Profit and loss", "Revenue"), ("Profit and loss", "Profit")):
        before, after = (figures(some, sheet, 3, 4)[label] for some in (book, changed))
        expect(close(after - before, units * more, after), sheet, label, before, after, units * more)
    margins = [figures(some, "Checks")["Margin of chips = revenue - cost of sales"] for some in (book, changed)]
    expect(close(margins[1] - margins[0], units * more, margins[1]), "margin", margins)
    for sheet, cells in changed.items():
        verdicts = [value for (_, column), (value, _) in cells.items() if column == 1 and value == MASTER]
        expect(verdicts == [MASTER], "the master check of sheet", sheet, verdicts)


def check_compare(program, database, stored):
    """A comparison of any two plans has the steps of the finance book, whatever is stored between them."""
    bridge = json.loads(run(program, "compare", database, "1", "2", "3", "--json", "-q"))["bridge"]
    for plan in (2, 3):
        found = {row["step"]: row["usd"] for row in bridge if row["plan"] == plan}
        expect(list(found) == ["before", "volume", "mix", "price", "yield", "other", "now"], "steps of a comparison", found)
        for name, usd in stored.items():
            expect(close(found[{"Other costs": "other"}.get(name, name.lower())], usd, stored["now"]), "comparison of plans 1 and", plan, name, found, stored)


def shipped(book, demand):
    cells = book["Revenue"]
    header = next(row for (row, column), (value, _) in cells.items() if value == "Order" and column == 1)
    quantity = next(column for (row, column), (value, _) in cells.items() if row == header and value == "Quantity")
    return sum(cells[(row, quantity)][0] for row in {row for row, _ in cells} if row > header and cells.get((row, 1), (None,))[0] == demand)


def main():
    program, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    data, database, changes, path = (os.path.join(folder, name) for name in ("data", "fab.db", "next.csv", "bridge.xlsx"))
    subprocess.run([sys.executable, os.path.join(os.path.dirname(HERE), "support", "random_fab.py"), "--seed", SEED, data, "--language", "all"], check=True)
    with open(changes, "w", encoding="utf-8") as file:
        file.write(CHANGES)
    run(program, "init", database, "-q")
    run(program, "import", database, data, "-q")
    run(program, "optimise", database, "--values", "0", "-q")
    run(program, "optimise", database, "--values", "0", "--scenario", changes, "-q")
    run(program, "optimise", database, "--values", "0", "--scenario", changes, "-q")
    for plan, file in (("2", path), ("3", path[:-5] + "-same.xlsx"), ("1", path[:-5] + "-first.xlsx")):
        run(program, "report", database, "--plan", plan, "--book", "finance", "-o", file, "-q")
    check_bridge(program, database, path, folder)
    same = steps(recalculate.read_book(path[:-5] + "-same.xlsx"))
    expect(all(abs(usd) <= CENT for name, usd in same.items() if name not in ("before", "now")), "between equal plans", same)
    expect("Bridge" not in recalculate.read_book(path[:-5] + "-first.xlsx"), "the first plan has no bridge")
    check_compare(program, database, steps(recalculate.read_book(path)))
    check_price(path, folder)
    print("the bridge adds up, and a price goes its way")


main()
