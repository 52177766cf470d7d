#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The live rule: a blue cell that is changed in the workbook gives, recalculated by LibreOffice, cell by cell what `report --revalue` writes with the same price.

    live.py FABPLAN FOLDER [--terafab]

Every blue cell of data/mini one by one, one seeded cell of each kind of a random fab, and all of its cells at once with factors 0.9 to 1.1: set, calculated and read in one office process. What does
not follow stays, and every check holds. --terafab: the same of data/terafab, as of the random fab (some minutes).
"""
import csv
import os
import random
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
SOURCE = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "support"))
from checking import expect, run  # noqa: E402
import office  # noqa: E402
import recalculate  # noqa: E402

BOOK = "finance"
KIND, WHAT, FROM, VALUE = 1, 2, 4, 6  # columns of sheet Drivers
TABLES = {
    "Settings": ("setting", "value"), "Demand price": ("demand", "price_usd"), "Shortage penalty": ("demand", "shortage_usd"),
    "Late penalty": ("demand", "late_usd_per_week"), "Cost of a start": ("source_cost", "usd_per_start"), "Power": ("power_limit", "usd_per_mwh"),
    "Unit value": ("item", "unit_value_usd"), "Holding": ("item", "holding_frac_per_year"), "Tool price": ("tool_group", "price_usd"),
    "Removal of a tool": ("tool_group", "removal_usd"), "Substitution": ("substitute", "usd_per_unit"),
}


def drivers(book):
    """{row: (kind, what, from, value)} of the blue cells."""
    cells = book["Drivers"]
    header = next(row for (row, column), (value, _) in cells.items() if value == "As planned")
    rows = sorted({row for row, _ in cells if row > header})
    return {row: tuple(cells.get((row, column), (None, None))[0] for column in (KIND, WHAT, FROM, VALUE)) for row in rows}


def table_rows(source, table):
    with open(os.path.join(source, table + ".csv"), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def date_of(serial):
    import datetime
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(serial))).isoformat()


def row_of(source, driver):
    """Key, from and to of the row of the data that a driver is of."""
    kind, what, start, _ = driver
    what = what.replace("/", "\\/")
    if kind == "Substitution":
        return what.replace("|", "/"), "", ""
    if kind not in ("Cost of a start", "Power"):
        return what, "", ""
    table, name = ("source_cost", "source") if kind == "Cost of a start" else ("power_limit", "site")
    dates = sorted(row["from_date"] for row in table_rows(source, table) if row[name] == driver[1])
    first = max([date for date in dates if date <= date_of(start)] or dates[:1])
    return what, first, min((date for date in dates if date > first), default="")


def steps_of(cases):
    """Each workbook is opened once; each job's cells are changed, read and changed back."""
    for case in cases:
        yield ("open", case.path)
        for _, _, values in case.jobs:
            yield from (("set", "Drivers", row, VALUE, repr(value)) for row, value in values.items())
            yield ("calculate",)
            yield ("read",)
            yield from (("set", "Drivers", row, VALUE, repr(case.drivers[row][3])) for row in values)


def compare(name, edited, written):
    """The workbook that was edited and recalculated has the values of the one that was written at these prices."""
    scale, follows = recalculate.Scale(written), 0
    for sheet, cells in written.items():
        for place, (value, formula) in cells.items():
            got = edited[sheet].get(place)
            expect(recalculate.same(value, got, formula, sheet, scale), name, sheet, place, "recalculated", got, "written", value, formula)
            follows += formula is not None
    checks = [value for value in edited["Checks"].values() if value in ("OK", "ERROR")]
    expect(checks and set(checks) == {"OK"}, name, "checks", checks)
    return follows


class Case:
    def __init__(self, program, folder, name, source):
        self.program, self.folder, self.name, self.source = program, folder, name, source
        self.database, self.path = os.path.join(folder, name + ".db"), os.path.join(folder, name + ".xlsx")
        run(program, "init", self.database, "-q")
        run(program, "import", self.database, source, "-q")
        run(program, "optimise", self.database, "-q")
        run(program, "report", self.database, "--book", BOOK, "-o", self.path, "-q")
        self.before = recalculate.read_book(self.path)
        self.drivers, self.jobs = drivers(self.before), []
        self.holding = {row["item"] for row in table_rows(source, "stock_limit")} if os.path.exists(os.path.join(source, "stock_limit.csv")) else set()

    def can(self, driver):
        """Holding of limits has no key of its own here, and a setting that is not given has no row to change."""
        if driver[0] == "Settings" and driver[1] not in {row["key"] for row in table_rows(self.source, "setting")}:
            return False
        return not (driver[0] == "Holding" and driver[1] in self.holding)

    def add(self, label, values):
        """What the book must come to, written by --revalue."""
        stem = os.path.join(self.folder, f"{self.name}-{label}")
        with open(stem + ".csv", "w", encoding="utf-8") as file:
            file.write("scenario,number,table,key,column,operation,value,from,to\n")
            for number, (row, value) in enumerate(values.items(), 1):
                table, column = TABLES[self.drivers[row][0]]
                key, start, end = row_of(self.source, self.drivers[row])
                file.write(f'p,{number},{table},"{key}",{column},set,{value!r},{start},{end}\n')
        run(self.program, "report", self.database, "--book", BOOK, "--revalue", stem + ".csv", "-o", stem + "-written.xlsx", "-q")
        self.jobs.append((f"{self.name}-{label}", stem + "-written.xlsx", values))

    def other(self, row, factor):
        value = self.drivers[row][3]
        return value * factor if value else 0.07

    def draw(self, random_):
        """One cell of each kind, then all of them at once."""
        rows = [row for row in self.drivers if self.can(self.drivers[row])]
        for kind in sorted({self.drivers[row][0] for row in rows}):
            row = random_.choice([row for row in rows if self.drivers[row][0] == kind])
            self.add(f"row{row}", {row: self.other(row, random_.uniform(0.9, 1.1))})
        self.add("all", {row: self.other(row, random_.uniform(0.9, 1.1)) for row in rows})

    def check(self, job, edited):
        written = recalculate.read_book(job[1])
        compare(job[0], edited, written)
        changed = {(sheet, place) for sheet, cells in written.items() for place, (value, formula) in cells.items() if self.before[sheet].get(place, (None, None))[0] != value}
        values = {("Drivers", (row, VALUE)) for row in job[2]}
        formulas = {(sheet, place) for sheet, place in changed if written[sheet][place][1] is not None}
        expect(changed - formulas == values, job[0], "only the blue cells change of themselves", sorted(changed - formulas - values)[:5])
        expect(any(sheet != "Drivers" for sheet, _ in formulas), job[0], "nothing follows from the blue cell")


def refuses_quantities(case):
    changes, book = os.path.join(case.folder, "quantity.csv"), os.path.join(case.folder, "no.xlsx")
    with open(changes, "w", encoding="utf-8") as file:
        file.write("scenario,number,table,key,column,operation,value\np,1,demand,*,quantity,scale,2\n")
    said = run(case.program, "report", case.database, "--book", BOOK, "--revalue", changes, "-o", book, exit_code=2)
    expect("other prices" in said and not os.path.exists(book), "a quantity is no price", said)


def main():
    program, folder = sys.argv[1], os.path.abspath(sys.argv[2])
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    random_ = random.Random(17)
    if "--terafab" in sys.argv:
        cases = [Case(program, folder, "terafab", os.path.join(SOURCE, "data", "terafab"))]
        cases[0].draw(random_)
    else:
        drawn = os.path.join(folder, "data")
        subprocess.run([sys.executable, os.path.join(TESTS, "support", "random_fab.py"), "--seed", "18", drawn], check=True)
        cases = [Case(program, folder, "mini", os.path.join(SOURCE, "data", "mini")), Case(program, folder, "random", drawn)]
        for row in cases[0].drivers:
            cases[0].add(f"row{row}", {row: cases[0].other(row, 1.17)})
        cases[1].draw(random_)
        refuses_quantities(cases[0])
    jobs = [(case, job) for case in cases for job in case.jobs]
    books = office.play(steps_of(cases), os.path.join(folder, "office"))
    expect(len(books) == len(jobs), len(books), "books read of", len(jobs))
    for (case, job), edited in zip(jobs, books):
        case.check(job, edited)
    print(f"{len(jobs)} workbooks with other prices agree")


if __name__ == "__main__":
    main()
