#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""csv_formulas.py FABPLAN DATA: no text of the data becomes a formula in LibreOffice, and every text comes back.

Customers with names that spreadsheets run are imported, exported as CSV, planned, and a table of the plan is printed as CSV. LibreOffice opens the files with its formulas evaluated: no cell has one. The same file
without the marks has formulas, so the test sees them. What was exported is imported and exported again: the same bytes, the same texts.
"""
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import recalculate  # noqa: E402

# comma, quote, UTF-8, from line 1, ..., formulas evaluated
FILTER = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
IDS = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "'=1", "''", "'x", "=cmd|' /C calc'!A0", "\uff1d1+1", "%3D1"]
NAMES = IDS + ["\t=1+1", "\r=1+1", "=HYPERLINK(\"http://x\",\"y\")", "a\t=1", "lines\n=1+1", " =1+1", "'\t", "-", "</t><f>1</f>", "_x0041_"]


def write_customers(folder):
    with open(os.path.join(folder, "customer.csv"), "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["customer", "name"])
        rows.writerow(["BUYER", "x"])
        for n, name in enumerate(NAMES):
            marked = "'" + name if name[0] == "'" else name  # of these the import takes a mark away, of none that has none
            rows.writerow([("'" + IDS[n] if IDS[n][0] == "'" else IDS[n]) if n < len(IDS) else f"C{n}", marked])
    with open(os.path.join(folder, "demand.csv"), "a", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(["=2+2", "=1+1", "CHIP", "2027-01-04", "1", "1", "0"])


def formulas_of(path, folder):
    os.makedirs(folder)
    out = os.path.join(folder, "out")
    command = ["soffice", "-env:UserInstallation=file://" + os.path.join(folder, "profile"), "--headless", "--infilter=" + FILTER, "--convert-to",
               "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    result = os.path.join(out, os.path.splitext(os.path.basename(path))[0] + ".xlsx")
    assert done.returncode == 0 and os.path.exists(result), done.stdout + done.stderr
    cells = [cell for sheet in recalculate.read_book(result).values() for cell in sheet.values()]
    assert len(cells) > 4, path
    return [cell for cell in cells if cell[1] is not None]


def texts(path):
    database = sqlite3.connect(path)
    try:
        return database.execute("SELECT customer, name FROM customer ORDER BY customer").fetchall()
    finally:
        database.close()


def main():
    fabplan, data = sys.argv[1:]
    with tempfile.TemporaryDirectory() as work:
        def path(*names):
            return os.path.join(work, *names)

        def run(*arguments):
            return subprocess.run([fabplan, *arguments, "--quiet"], check=True, capture_output=True).stdout

        shutil.copytree(data, path("data"))
        write_customers(path("data"))
        for n, source in ((1, "data"), (2, "out1")):
            run("init", path(f"fab{n}.db"))
            run("import", path(f"fab{n}.db"), path(source))
            run("export", path(f"fab{n}.db"), path(f"out{n}"))
        first = texts(path("fab1.db"))
        assert sorted(name for _, name in first) == sorted(NAMES + ["x"]), first
        assert set(IDS) <= {customer for customer, _ in first}, first
        assert texts(path("fab2.db")) == first
        for name in os.listdir(path("out1")):
            with open(path("out1", name), "rb") as one, open(path("out2", name), "rb") as other:
                assert one.read() == other.read(), name
        run("optimise", path("fab1.db"))
        with open(path("demands.csv"), "wb") as file:
            file.write(run("show", "demands", path("fab1.db"), "--csv"))
        for number, name in enumerate(("out1/customer.csv", "out1/demand.csv", "demands.csv")):
            found = formulas_of(path(name), path(f"office{number}"))
            assert not found, (name, found)
        assert len(formulas_of(path("data", "customer.csv"), path("office"))) >= 4, "the test does not see formulas"


main()
