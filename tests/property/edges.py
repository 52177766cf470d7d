#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""edges.py FABPLAN SOURCE_FOLDER: a dated row of the planning language holds in the periods that start inside its dates, neither a day more nor less.

One row of each dated table of data/language (four weeks, and a tail of two) is given other dates. All dates that leave the row in force at the same starts of periods make the same linear program, of all tables together; a date on the
other side of a start makes another one, of each table by itself. Dates before the horizon, on its first day, between starts, on the last day before one, at the horizon's end and behind it, and with a start of the plan inside of a week.
"""
import csv
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile

# the row of each table: columns that name it; its cells besides the dates
ROWS = {
    "bom": ({"item": "CHIP", "component": "DIE.FAST"}, {}),
    "source_output": ({"source": "DIE@R", "item": "DIE.FAST", "from_date": "2027-01-18"}, {"share": "0.5"}),
    "stock_limit": ({"item": "SUB"}, {"max_stock": "700"}),
    "stock_target": ({"item": "DIE.FAST"}, {}),
    "source_mix": ({"item": "SUB"}, {}),
    "substitute": ({"item": "DIE.FAST"}, {}),
    "tool_alternate": ({"tool_group": "BOND"}, {}),
}
UNDATED_END = {"source_output"}  # its rows hold until the next one


class Edges:
    def __init__(self, fabplan, source, folder):
        self.fabplan, self.data, self.copy = fabplan, os.path.join(source, "data", "language"), os.path.join(folder, "fab")
        with open(os.path.join(self.data, "calendar.csv"), encoding="utf-8", newline="") as file:
            periods = sorted(csv.DictReader(file), key=lambda row: row["start_date"])
        self.starts = [datetime.date.fromisoformat(row["start_date"]) for row in periods]
        self.end = datetime.date.fromisoformat(periods[-1]["end_date"])
        self.failures, self.tried = [], 0

    def write(self, tables, first, last):
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.data, self.copy)
        for table in tables:
            names, cells = ROWS[table]
            path = os.path.join(self.copy, table + ".csv")
            with open(path, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            chosen, = [row for row in rows if all(row[column] == value for column, value in names.items())]
            chosen.update(cells, from_date=str(first or ""), **({} if table in UNDATED_END else {"to_date": str(last or "")}))
            with open(path, "w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    def run(self, *arguments):
        done = subprocess.run([self.fabplan, *arguments, "-q"], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(arguments)}: exit {done.returncode}: {done.stderr}")
        self.tried += 1
        return done.stdout

    def program(self, tables, first, last):
        self.write(tables, first, last)
        path = os.path.join(self.copy, "model.mps")
        self.run("model", self.copy, "--mps", path)
        with open(path, encoding="utf-8") as file:
            return [line for line in file if not line.startswith("*")]

    def plan(self, tables, first, last, start):
        self.write(tables, first, last)
        plan = json.loads(self.run("optimise", self.copy, "--start", str(start), "--values", "0", "--no-times", "--json"))
        return {key: plan[key] for key in ("objective_usd", "totals", "model")}

    def same(self, what, answers):
        if any(answer != answers[0] for answer in answers):
            self.failures.append(f"{what}: not the same")

    def classes(self, what, dates, make, apart):
        """Dates of one class make the same of all tables at once; the last of each and the first of the next differ, of each of `apart` by itself."""
        for days in dates:
            self.same(f"{what} {', '.join(map(str, days))}", [make(ROWS, day) for day in days])
        for before, after in zip(dates, dates[1:]):
            for tables in apart:
                if make(tables, before[-1]) == make(tables, after[0]):
                    self.failures.append(f"{what} {before[-1]} and {after[0]}, {', '.join(tables)}: the same")

    def since(self, tables, day):
        return self.program(tables, day, None)

    def until(self, tables, day):
        return self.program(tables, self.starts[0], day)

    def all(self):
        day, (first, second, third, fourth) = datetime.timedelta(1), self.starts
        each = [(table,) for table in ROWS]
        self.classes("from", [(first - 30 * day, first - day, first), (first + day, second - day, second)], self.since, each)
        self.classes("to", [(third + day, fourth - day, fourth), (fourth + day, self.end - day)], self.until, [tables for tables in each if tables[0] not in UNDATED_END])
        # a window that reaches the end is in force in the tail
        self.same("to the end and open", [self.until(ROWS, date) for date in (self.end, self.end + 30 * day, None)])
        start = second + 3 * day
        self.classes(f"with --start {start}, from", [(first, second + day, start), (start + day, third)], lambda tables, date: self.plan(tables, date, None, start), [tuple(ROWS)])


def main():
    with tempfile.TemporaryDirectory() as folder:
        edges = Edges(*sys.argv[1:3], folder)
        edges.all()
    print("\n".join(edges.failures) or f"{edges.tried} programs and plans")
    sys.exit(bool(edges.failures))


if __name__ == "__main__":
    main()
