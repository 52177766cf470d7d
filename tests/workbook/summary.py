#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the executive's book, and what a stored sweep adds to it: every figure is worked out a second time from the rows of the plan and of the runs.

    summary.py FABPLAN FOLDER

A random fab with a budget is planned, then swept over budgets, prices and quantities with weights. Checked are: fills by customer and year, compute, money by year, the levers, p10 and p90 (percentiles of this script's
own), the sheets Commit, Scenarios and Budget curve, and that every sentence of Decisions leads to a row that speaks of the same thing. Without a sweep (data/mini) there are no ranges, and firm is what was promised.
"""
import collections
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(TESTS, "support"))
from checking import expect, run  # noqa: E402
import recalculate  # noqa: E402

SEED, LEVERS, CLOSE = "1", 5, 1e-9
SWEEP = "kind,name,weight,table,key,column,operation,values\n" + "".join(row + "\n" for row in (
    "run,half,2,capex_budget,*,usd,scale,0.5", "run,none,1,capex_budget,*,usd,scale,0", "run,double,1,capex_budget,*,usd,scale,2", "run,cheap,3,demand,*,price_usd,scale,0.8", "run,more,2,demand,*,quantity,scale,1.3"))
BUDGETS = {"none": 0.0, "half": 0.5, "this plan": 1.0, "double": 2.0}


def close(a, b):
    return abs(a - b) <= CLOSE * max(1, abs(a), abs(b))


def percentile(values, share):
    """The least value that at least that share of the weight does not exceed; values: (value, weight)."""
    whole, below = sum(weight for _, weight in values), 0.0
    for value, weight in sorted(values):
        below += weight
        if below >= share * whole * (1 - 1e-12):
            return value
    return None


def block(cells, first):
    """[(label, {header: value})] of the rows under the header that begins with a text, up to an empty row."""
    header = next(row for (row, column), (value, _) in cells.items() if column == 1 and isinstance(value, str) and value.startswith(first))
    names = {column: value for (row, column), (value, _) in cells.items() if row == header and value is not None}
    rows, row = [], header + 1
    while cells.get((row, 1), (None,))[0] is not None:
        rows.append((cells[(row, 1)][0], {name if isinstance(name, str) else int(name): cells[(row, column)][0] for column, name in names.items() if cells.get((row, column), (None,))[0] is not None}))
        row += 1
    return rows


def table(cells, first):
    """The rows of a list as dictionaries by header."""
    header = next(row for (row, column), (value, _) in cells.items() if column == 1 and value == first)
    names = {column: value for (row, column), (value, _) in cells.items() if row == header}
    last = max(row for row, _ in cells)
    return [{name: cells.get((row, column), (None,))[0] for column, name in names.items()} for row in range(header + 1, last + 1) if cells.get((row, 1), (None,))[0] is not None]


class Book:
    def __init__(self, program, folder, name, data):
        self.name, self.database, self.path = name, os.path.join(folder, name + ".db"), os.path.join(folder, name + ".xlsx")
        run(program, "init", self.database, "-q")
        run(program, "import", self.database, data, "-q")
        run(program, "optimise", self.database, "-q", "--values", "8")

    def load(self, program):
        run(program, "report", self.database, "--book", "executive", "-o", self.path, "-q")
        self.sheets = recalculate.read_book(self.path)
        self.rows = sqlite3.connect(self.database)
        return self

    def all(self, sql, *values):
        return self.rows.execute(sql, values).fetchall()

    def years(self):
        return {period: int(start[:4]) for period, start in self.all("SELECT period, start_date FROM plan_period WHERE plan = 1")}

    def check_fills(self):
        years, cells = self.years(), dict(block(self.sheets["Summary"], "Customers: fill"))
        wanted, shipped, gw = collections.Counter(), collections.Counter(), collections.Counter()
        for customer, period, quantity, sent, price in self.all("SELECT customer, period, quantity, shipped, price_usd FROM plan_demand WHERE plan = 1"):
            for key in ((customer, years[period]), (customer, "All years"), ("", years[period]), ("", "All years")):
                wanted[key] += quantity * price
                shipped[key] += sent * price
        for period, quantity, watts in self.all("SELECT s.period, s.quantity, coalesce(i.compute_watts, 0) FROM plan_shipment AS s JOIN item AS i ON i.item = s.item WHERE s.plan = 1"):
            if period in years:
                gw[years[period]] += quantity * watts / 1e9
                gw["All years"] += quantity * watts / 1e9
        names = dict(self.all("SELECT customer, coalesce(nullif(name, customer) || ' (' || customer || ')', customer) FROM customer"))
        for (customer, year), usd in wanted.items():
            row = cells[names[customer] if customer else "All customers"]
            expect(close(row[year], shipped[customer, year] / usd), self.name, customer, year, row, shipped[customer, year] / usd)
        for year, watts in gw.items():
            expect(close(cells["Compute shipped"].get(year, 0), watts), self.name, "compute", year, cells["Compute shipped"], watts)
        return cells, names

    def check_money(self):
        years, cells = self.years(), dict(block(self.sheets["Summary"], "Profit and cash"))
        sums = collections.Counter()
        costs = ("SELECT period, cost_usd FROM plan_start", "SELECT period, fixed_usd FROM plan_start", "SELECT period, holding_usd + substitution_usd + discard_usd FROM plan_stock", "SELECT period, usd FROM plan_offload",
                 "SELECT period, power_usd FROM plan_power", "SELECT period, usd FROM plan_purchase WHERE event = 'removal' AND")
        kinds = {"Revenue": ("SELECT period, revenue_usd FROM plan_shipment",), "Costs of starts, stock, power": costs, "Tools ordered, cash": ("SELECT period, usd FROM plan_purchase WHERE event = 'order' AND",)}
        for kind, selects in kinds.items():
            for sql in selects:
                for period, usd in self.all(sql + (" " if sql.endswith("AND") else " WHERE ") + "plan = 1"):
                    if period in years:
                        sums[kind, years[period]] += usd or 0
        for (kind, year), usd in sums.items():
            expect(close(cells[kind][year], usd), self.name, kind, year, cells[kind], usd)
        for year in set(years.values()):
            row = {kind: values.get(year, 0) for kind, values in cells.items()}
            expect(close(row["Profit before penalties"], row["Revenue"] - row["Costs of starts, stock, power"] - row["Tools charged"]), self.name, "profit", row)
            expect(close(row["Cash flow"], row["Revenue"] - row["Costs of starts, stock, power"] - row["Tools ordered, cash"]), self.name, "cash", row)
        charged, = self.all("SELECT total(charged_usd) FROM plan_purchase WHERE plan = 1 AND event = 'order'")[0]
        expect(close(cells["Tools charged"]["All years"], charged), self.name, "charged", cells["Tools charged"], charged)
        expect(close(cells["Profit, discounted"]["All years"], self.all("SELECT profit_usd FROM plan WHERE plan = 1")[0][0]), self.name, "profit, discounted", cells["Profit, discounted"])
        return cells

    def check_levers(self):
        cells = block(self.sheets["Summary"], "The best levers")
        tested = self.all("SELECT gain_usd, iif(what = 'tool', step * (SELECT price_usd FROM tool_group AS g WHERE g.tool_group = v.key), iif(what = 'usd', step, 0)) FROM plan_step AS v WHERE plan = 1 AND tested AND lever")
        best = sorted(((-gain / price if price else 0, -gain, gain, price) for gain, price in tested), key=lambda row: (not row[3], row[0], row[1]))[:LEVERS]
        shown = [(row.get(next(key for key in row if str(key).startswith("Gain, "))), next((row[key] for key in row if str(key).startswith("Price, ")), None)) for _, row in cells]
        expect(len(shown) == len(best), self.name, "levers", shown, best)
        for (gain, price), (_, _, wanted, cost) in zip(shown, best):
            expect(close(gain, wanted) and (close(price, cost) if cost else price is None), self.name, "lever", gain, price, wanted, cost)

    def check_links(self):
        """Every sentence leads to a row of another sheet in which what it speaks of stands."""
        cells, names = self.sheets["Decisions"], list(self.sheets)
        with zipfile.ZipFile(self.path) as archive:
            part = ET.fromstring(archive.read(f"xl/worksheets/sheet{names.index('Decisions') + 1}.xml"))
        links = {recalculate.address(link.get("ref")): link.get("location") for link in part.iter(recalculate.MAIN + "hyperlink")}
        sentences = {row: value for (row, column), (value, _) in cells.items() if column == 2 and isinstance(value, str) and value != "What the plan says"}
        expect(sentences and len(links) == len(sentences), self.name, "links", links, sentences)
        for (row, _), location in links.items():
            sheet, cell = re.fullmatch(r"'?([^'!]+)'?!\$?A\$?(\d+)", location).groups()
            there = [str(value) for (r, _), (value, _) in self.sheets[sheet].items() if r == int(cell)]
            said = sentences[row]
            expect(sheet == "Cover" or any(text and (text in said or any(word in said for word in text.split() if len(word) > 3)) for text in there), self.name, said, "leads to", sheet, there)

    def check_sweep(self, fills, names, money):
        solved = self.all("SELECT run, name, weight, profit_usd, objective_usd FROM sweep_solved WHERE run > 0")
        row = money["Profit, discounted"]
        for header, share in (("p10", 0.1), ("p90", 0.9)):
            expect(close(row[header], percentile([(profit, weight) for _, _, weight, profit, _ in solved], share)), self.name, header, row)
            for customer, name in names.items():
                values = self.all("SELECT c.fill, r.weight FROM sweep_customer AS c JOIN sweep_solved AS r ON r.run = c.run WHERE r.run > 0 AND c.customer = ? AND c.fill IS NOT NULL", customer)
                expect(not values or close(fills[name][header], percentile(values, share)), self.name, customer, header, fills.get(name), values)
        scenarios = {line["Scenario"]: line for line in table(self.sheets["Scenarios"], "Scenario")}
        base, = self.all("SELECT profit_usd FROM plan WHERE plan = 1")[0]
        for _, name, _, profit, objective in solved:
            expect(close(scenarios[name]["Change"], profit - base) and close(scenarios[name]["Objective"], objective), self.name, name, scenarios)
        curve = table(self.sheets["Budget curve"], "Run")
        expect([line["Run"] for line in curve] == list(BUDGETS), self.name, "budget curve", curve)
        profits, whole = {name: profit for _, name, _, profit, _ in solved} | {"this plan": base}, self.all("SELECT max(budget_usd) FROM plan_budget WHERE plan = 1")[0][0]
        for before, line in zip([None] + curve, curve):
            expect(close(line["Budget"], BUDGETS[line["Run"]] * whole) and close(line["Profit before penalties"], profits[line["Run"]]), self.name, line)
            expect(not before or close(line["Profit of one dollar more"], (profits[line["Run"]] - profits[before["Run"]]) / (line["Budget"] - before["Budget"])), self.name, line)
        return {run_: weight for run_, _, weight, _, _ in solved}

    def check_sensitivity(self, program):
        """The finance book's sheet has each run of the sweep, and what it changes of the plan."""
        path = self.path[:-5] + "-finance.xlsx"
        run(program, "report", self.database, "--book", "finance", "-o", path, "-q")
        cells = recalculate.read_book(path)
        expect(self.name == "swept" or "Sensitivity" not in cells, self.name, "has a sheet without a scenario")
        if self.name != "swept":
            return
        profit, objective = self.all("SELECT profit_usd, objective_usd FROM plan WHERE plan = 1")[0]
        rows = {line["Stored as"]: line for line in table(cells["Sensitivity"], "Scenario")}
        runs = self.all("SELECT r.run, r.name, r.profit_usd, r.objective_usd, (SELECT total(usd) FROM sweep_tool AS t WHERE t.sweep = r.sweep AND t.run = r.run) FROM sweep_solved AS r WHERE run > 0")
        expect(len(rows) == len(runs), "rows of Sensitivity", list(rows))
        for number, name, with_profit, with_objective, tools in runs:
            line = rows[f"sweep 1, run {number}"]
            expect(line["Scenario"] == name and close(line["Profit with it"], with_profit) and close(line["Change of profit"], with_profit - profit), line, name, with_profit, profit)
            expect(close(line["Change, share of profit"], (with_profit - profit) / abs(profit)) and close(line["Objective with it"], with_objective), line)
            expect(close(line["Change of objective"], with_objective - objective) and close(line["Tools ordered"], tools), line)
        order = [-abs(line["Change of profit"]) for line in rows.values()]
        expect(order == sorted(order), "the largest change first", order)

    def check_commit(self, weights):
        """Firm, likely, upside of every customer, chip and period; without runs firm is the promise and there is no upside."""
        cells = self.sheets["Commit"]
        header = next(row for (row, column), (value, _) in cells.items() if column == 3 and value == "Measure")
        periods = {value: column for (row, column), (value, _) in cells.items() if row == header and column > 4}
        got = {(cells[(row, 1)][0], cells[(row, 3)][0]): row for row in range(header + 1, max(r for r, _ in cells) + 1) if cells.get((row, 3), (None,))[0]}
        likely, promised, seen = collections.Counter(), collections.Counter(), 0
        for customer, item, period, units in self.all("SELECT customer, item, period, quantity FROM plan_shipment WHERE plan = 1"):
            likely[customer, item, period] += units
        for customer, item, period, units in self.all("SELECT customer, item, period, promised FROM plan_demand WHERE plan = 1"):
            promised[customer, item, period] += units
        swept = {(run_, *key): units for run_, *key, units in self.all("SELECT run, customer, item, period, quantity FROM sweep_shipment")}
        for customer, item, name in self.all("SELECT DISTINCT d.customer, d.item, coalesce(i.name, d.item) FROM plan_demand AS d LEFT JOIN item AS i ON i.item = d.item WHERE plan = 1"):
            rows = {measure: got[f"{customer} · {name}", measure] for measure in ("Firm", "Likely (the plan)", "Upside (p90)")}
            for period, column in periods.items():
                runs = [(swept.get((run_, customer, item, period), 0.0), weight) for run_, weight in weights.items()]
                wanted = {"Firm": percentile(runs, 0.1) if runs else promised[customer, item, period], "Likely (the plan)": likely[customer, item, period], "Upside (p90)": percentile(runs, 0.9) if runs else None}
                for measure, units in wanted.items():
                    value = cells.get((rows[measure], column), (None,))[0]
                    expect(value is None if units is None else close(value, units), self.name, customer, item, period, measure, value, units)
                    seen += bool(units)
        expect(seen, self.name, "nothing to promise")


def main():
    program, folder = sys.argv[1:]
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    mini = Book(program, folder, "mini", os.path.join(os.path.dirname(TESTS), "data", "mini")).load(program)
    drawn, data, sweep, jobs = None, *(os.path.join(folder, name) for name in ("data", "sweep.csv", "jobs"))
    subprocess.run([sys.executable, os.path.join(TESTS, "support", "random_fab.py"), "--seed", SEED, data], check=True)
    drawn = Book(program, folder, "swept", data)
    with open(sweep, "w", encoding="utf-8") as file:
        file.write(SWEEP)
    run(program, "sweep", "plan", drawn.database, sweep, jobs, "-q")
    run(program, "sweep", "run", jobs, "-q")
    run(program, "sweep", "merge", jobs, drawn.database, "-q")
    drawn.load(program)
    for book in (mini, drawn):
        fills, names = book.check_fills()
        money = book.check_money()
        book.check_levers()
        book.check_links()
        book.check_sensitivity(program)
        book.check_commit(book.check_sweep(fills, names, money) if book is drawn else {})
    for name in ("Scenarios", "Budget curve"):
        expect(name not in mini.sheets, name, "is there without a sweep")
    expect(not any(value in ("p10", "p90") for value, _ in mini.sheets["Summary"].values()), "ranges without a sweep")
    print("two summaries, a sweep and its ranges agree")


if __name__ == "__main__":
    main()
