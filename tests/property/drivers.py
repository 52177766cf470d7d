#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Demand from drivers: data/terafab-drivers beside data/terafab, against its README and against a computation of its own (tests/oracle/drivers.py).

    drivers.py FABPLAN SOURCE

1. Beside terafab as it is the drivers make no order, and the program is that of terafab.
2. With the orders that the README keeps they make the rest: as many as it says, each of the quantity and the terms of the second computation, sums and optimum as printed there.
3. The tables come back from a database as they went in, and a scenario that doubles a driver doubles its orders, whatever changes of orders are numbered before it."""
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, os.pardir, "oracle"))
import drivers  # noqa: E402
import oracle  # noqa: E402

SAME = 1e-12
FILES = ("driver.csv", "driver_use.csv")


def expect(what, actual, expected, relative=0):
    if not (actual == expected or (relative and abs(actual - expected) <= relative * abs(expected))):
        sys.exit(f"{what} is {actual!r}, not {expected!r}")


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def plan(fabplan, folder, *options):
    return json.loads(run(fabplan, "optimise", folder, "-q", "--values", "0", "--json", *options))


def program(fabplan, folder, path):
    """The lines of the linear program, without the comments that name its data."""
    run(fabplan, "model", folder, "-q", "--mps", path)
    with open(path, encoding="utf-8") as file:
        return [line for line in file if not line.startswith("*")]


def number(text):
    return float(text.replace(",", ""))


def read_readme(path):
    """{row of the table: (demand.csv, drivers)} and the number of orders made."""
    text = open(path, encoding="utf-8").read()
    rows = {}
    for name, left, right in re.findall(r"^\| ([^|]+) \| ([\d,]+) \| ([\d,]+)[^|]*\|$", text, re.MULTILINE):
        rows[name] = (number(left), number(right))
    return rows, int(re.search(r"make (\d+) orders", text)[1])


def with_drivers(source, work, name, keep):
    """terafab with the drivers beside it and those rows of demand.csv that `keep` takes."""
    folder = os.path.join(work, name)
    shutil.copytree(os.path.join(source, "data", "terafab"), folder)
    os.chmod(folder, 0o755)
    for file in FILES:
        shutil.copy(os.path.join(source, "data", "terafab-drivers", file), folder)
    path = os.path.join(folder, "demand.csv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    os.remove(path)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0]] + [row for row in rows[1:] if keep(dict(zip(rows[0], row)))])
    return folder


def check_orders(shown, data, made):
    """The plan's orders are those of the table and those of the second computation."""
    wanted = {row["demand"]: row for row in data["demand"] + made}
    expect("orders", sorted(row["demand"] for row in shown), sorted(wanted))
    for row in shown:
        order = wanted[row["demand"]]
        expect(f"quantity of {row['demand']}", row["quantity"], order["quantity"], SAME)
        expect(f"customer and item of {row['demand']}", (row["customer"], row["item"]), (order["customer"], order["item"]))


def stored_in(fabplan, work, folder):
    database = os.path.join(work, "fab.db")
    run(fabplan, "init", database, "-q")
    run(fabplan, "import", database, folder, "-q")
    return database


def check_terms(database, made):
    """Prices, penalties and promises, where a plan shows them: in its table of orders."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        stored = {row[0]: row[1:] for row in db.execute("SELECT demand, price_usd, promised, class, period FROM plan_demand")}
    for order in made:
        expect(f"terms of {order['demand']}", stored[order["demand"]][:1] + stored[order["demand"]][2:],
               (order["price_usd"], order["class"], order["due_date"].isoformat()[:7]))
        expect(f"promise of {order['demand']}", stored[order["demand"]][1], order["quantity"] * order["min_fill"], SAME)


def check_tables(fabplan, work, folder, database):
    copy = os.path.join(work, "copy")
    run(fabplan, "export", database, copy)
    for file in FILES:
        expect(file, oracle.read_table(copy, file[:-4]), sorted(oracle.read_table(folder, file[:-4]), key=lambda row: [str(value or "") for value in row.values()][:4]))


def check_scenario(fabplan, work, folder, shown):
    path = os.path.join(work, "twice.csv")
    with open(path, "w", encoding="utf-8") as file:
        file.write("scenario,number,table,key,column,operation,value,from,to\n"
                   "twice,1,demand,TSL_TSL_AI6_R:2029-01,quantity,set,7,,\n"
                   "twice,2,driver,optimus,quantity,scale,2,,\n")
    twice = {row["demand"]: row["quantity"] for row in plan(fabplan, folder, "--scenario", path)["demands"]}
    for row in shown:
        if row["item"] == "TSL_AI6_R" and row["period"] != "2029-01":
            expect(f"twice {row['demand']}", twice[row["demand"]], 2 * row["quantity"], SAME)
    expect("the order that a change has set", twice["TSL_TSL_AI6_R:2029-01"], 7.0)


def main():
    fabplan, source = sys.argv[1:]
    rows, count = read_readme(os.path.join(source, "data", "terafab-drivers", "README.md"))
    optimum = rows.pop("optimum of the plan, USD")
    with tempfile.TemporaryDirectory(prefix="fabplan-drivers-") as work:
        beside = with_drivers(source, work, "beside", lambda row: True)
        expect("orders made beside terafab", drivers.orders(oracle.read_folder(beside, with_orders=False)), [])
        if program(fabplan, beside, os.path.join(work, "beside.mps")) != program(fabplan, os.path.join(source, "data", "terafab"), os.path.join(work, "terafab.mps")):
            sys.exit("the program beside terafab is not that of terafab")
        folder = with_drivers(source, work, "over", lambda row: row["item"] == "SPX_D3" and row["due_date"] >= "2028-07")
        data = oracle.read_folder(folder, with_orders=False)
        database = stored_in(fabplan, work, folder)
        made, shown = drivers.orders(data), plan(fabplan, database)
        expect("orders made", len(made), count)
        check_orders(shown["demands"], data, made)
        expect("optimum", round(shown["objective_usd"]), round(optimum[1]))
        for name, (_, units) in rows.items():
            item, _, before = name.partition(" 2028-01..")
            expect(f"units of {name}", round(sum(row["quantity"] for row in shown["demands"] if row["item"] == item and (not before or row["period"] <= "2028-" + before))), units)
        check_terms(database, made)
        check_tables(fabplan, work, folder, database)
        check_scenario(fabplan, work, folder, shown["demands"])
    print(f"{count} orders, optimum {shown['objective_usd']:.17g}")


if __name__ == "__main__":
    main()
