#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What books cost: for each book of a plan its sheets, cells and formulas, seconds of processor time and MB, and both for 100,000 cells.

    books.py FABPLAN [DATABASE]        # of the newest plan; without a database data/terafab is planned first, and `report --book all` is held against its `optimise`

Memory is the most that the process has held while it wrote the book.
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(SOURCE, "tests", "support"))
import recalculate  # noqa: E402

BOOKS, UNIT, MB = ("executive", "planner", "finance"), 100_000, 1e6


def cost(*command):
    """Seconds of processor time and MB held."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / MB


def plan(program, folder):
    database = os.path.join(folder, "fab.db")
    for command in (("init", database), ("import", database, os.path.join(SOURCE, "data", "terafab"))):
        cost(program, *command, "-q")
    seconds, held = cost(program, "optimise", database, "-q")
    print(f"optimise: {seconds:.2f} s, {held:.0f} MB held")
    return database, seconds


def main():
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        database, limit = (os.path.abspath(sys.argv[2]), None) if len(sys.argv) > 2 else plan(program, folder)
        print(f"{'book':10}{'sheets':>7}{'cells':>9}{'formulas':>9}{'s':>7}{'MB':>7}{'held, MB':>9}{'s/100,000':>11}{'MB/100,000':>11}{'longest sheet':>22}")
        for book in BOOKS:
            path = os.path.join(folder, book + ".xlsx")
            seconds, held = cost(program, "report", database, "--book", book, "-o", path, "-q")
            sheets = recalculate.read_book(path)
            cells = sum(value is not None for rows in sheets.values() for value, _ in rows.values())
            formulas = sum(formula is not None for rows in sheets.values() for _, formula in rows.values())
            longest = max((max((row for row, _ in rows), default=0), name) for name, rows in sheets.items())
            size = os.path.getsize(path) / MB
            print(f"{book:10}{len(sheets):7}{cells:9}{formulas:9}{seconds:7.2f}{size:7.2f}{held:9.0f}{seconds * UNIT / cells:11.2f}{size * UNIT / cells:11.2f}{longest[1]:>14} {longest[0]:7}")
        seconds, held = cost(program, "report", database, "--book", "all", "-o", os.path.join(folder, "all.xlsx"), "-q")
        print(f"all: {seconds:.2f} s, {held:.0f} MB held" + (f", {seconds / limit:.2f} of optimise" if limit else ""))


if __name__ == "__main__":
    main()
