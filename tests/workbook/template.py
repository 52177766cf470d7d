#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""template.py FABPLAN FOLDER: workbooks to be filled in.

Of data/mini, data/terafab and a data set of odd values: template, import and export give the same CSV files, byte for byte, directly and by way of
LibreOffice, which recalculates the workbook without an error and keeps its rules. Then a cell is changed, and that alone is a difference.
"""
import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
from recalculate import MAIN, read_book, recalculate  # noqa: E402

FABPLAN, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DATA = os.path.join(HERE, "..", "..", "data")

# Values that a workbook may lose: 17 digits, large and small numbers, texts that look like formulas, numbers or dates, characters that XML does not
# hold, times, days before a spreadsheet's calendar is right.
ODD = {
    "customer": "customer,name\nBUYER,=1+1\n007,+1\n1e3,'quoted\nTRUE,@SUM(A1)\n2027-01-04,\"a,\"\"b\"\"\"\n_x0041_,_x000D_ and <&> \u00e9\u20ac\U0001F600\n",
    "demand": "demand,customer,item,due_date,quantity,price_usd,max_late_days,note\nD1,BUYER,CHIP,2027-01-04,0.30000000000000004,123456789012345.66,0,\"two\nlines\"\n"
              "D2,007,CHIP,2027-01-11,1e-300,0.1,,\nD3,1e3,CHIP,2027-01-04,1e15,3.3333333333333335,7,-\n",
    "lot": "lot,source,start_time,wafers,status\nL1,CHIP@R,2026-12-01T08:30:15,25,active\nL2,CHIP@R,2026-12-01T00:00:00,25,held\nL3,CHIP@R,2026-12-31T23:59:59,25,done\n",
    "source_cost": "source,from_date,usd_per_start\nCHIP@R,1900-01-05,1\nCHIP@R,1900-03-01,2\nCHIP@R,2199-12-31,3\n",
}


def run(*arguments):
    done = subprocess.run([FABPLAN, *arguments, "-q"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def read(path):
    with open(path, "rb") as file:
        return file.read()


def exported(name, inputs):
    database, folder = os.path.join(FOLDER, name + ".db"), os.path.join(FOLDER, name)
    run("init", database)
    run("import", database, inputs)
    run("export", database, folder)
    return {file: read(os.path.join(folder, file)) for file in sorted(os.listdir(folder))}


def expect_same(name, expected, got):
    differing = [file for file in sorted({*expected, *got}) if expected.get(file) != got.get(file)]
    if differing:
        sys.exit(f"{name}: {', '.join(differing)} differ from {FOLDER}")


def odd_data():
    folder = os.path.join(FOLDER, "odd-data")
    shutil.copytree(os.path.join(DATA, "mini"), folder)
    for table, text in ODD.items():
        with open(os.path.join(folder, table + ".csv"), "w", encoding="utf-8", newline="") as file:
            file.write(text)
    return folder


def sheet_parts(path):
    """name -> XML of each sheet."""
    with zipfile.ZipFile(path) as archive:
        names = re.findall(r'<sheet name="([^"]+)"', archive.read("xl/workbook.xml").decode())
        return {name: archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n, name in enumerate(names, 1)}


def check_form(path, folder):
    """A sheet for each table, its names in the first row, a rule for each column; nothing protected."""
    parts, book = sheet_parts(path), read_book(path)
    for table in sorted(name[:-4] for name in os.listdir(folder)):
        with open(os.path.join(folder, table + ".csv"), newline="", encoding="utf-8") as file:
            columns = next(csv.reader(file))
        header = [value for (row, _), (value, _) in sorted(book[table].items()) if row == 1]
        assert set(columns) <= set(header), (table, columns, header)
        assert header[-2:] == ["basis", "note"], header
        assert parts[table].count("<dataValidation ") == len(header), (table, len(header))
        assert "sheetProtection" not in parts[table], table
    assert "=OFFSET('customer'!$A$2,0,0,MAX(1,COUNTA('customer'!$A$2:$A$".replace("=", "", 1) in parts["demand"].replace("&apos;", "'"), parts["demand"][-3000:]
    assert '"logic,memory,packaging,external"' in parts["line"].replace("&quot;", '"')
    assert re.search(r'<dataValidation type="decimal"[^>]*sqref="G2:[^>]*>.*?<formula1>0</formula1><formula2>1</formula2>', parts["tool_group"]) or \
        "<formula1>0</formula1><formula2>1</formula2>" in parts["tool_group"]
    guide = " ".join(str(value) for value, _ in book["Guide"].values())
    for word in ("tool_group", "required", "USD", "a number, 0 to 1", "one of sheet customer", "a date, YYYY-MM-DD"):
        assert word in guide, word


def check_data(name, folder):
    template, again = (os.path.join(FOLDER, f"{name}{n}.xlsx") for n in ("", "-again"))
    run("template", folder, "-o", template)
    run("template", folder, "-o", again)
    assert read(template) == read(again), f"{name}: another template of the same data"
    expected = exported(name + "-csv", folder)
    expect_same(name, expected, exported(name + "-xlsx", template))
    check_form(template, folder)
    saved = recalculate(template, os.path.join(FOLDER, "office-" + name))
    expect_same(name + " by way of LibreOffice", expected, exported(name + "-office", saved))
    book, parts = read_book(saved), sheet_parts(saved)
    errors = [(sheet, cell, value) for sheet, cells in book.items() for cell, (value, _) in cells.items() if isinstance(value, str) and value.startswith("#")
              and sheet == "Guide"]
    assert not errors, errors
    assert "OFFSET(" in parts["demand"] and "dataValidation" in parts["line"], f"{name}: LibreOffice has lost the rules"
    print(f"{name}: {len(expected)} tables the same, directly and by way of LibreOffice")
    return template


def change_one(template):
    """The price in the file is another one: that is the one difference."""
    changed, database = os.path.join(FOLDER, "changed.xlsx"), os.path.join(FOLDER, "mini-csv.db")
    names = list(sheet_parts(template))
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part == f"xl/worksheets/sheet{names.index('demand') + 1}.xml":
                content = re.sub(rb'(<c r="F2"[^>]*><v>)100(</v>)', rb"\g<1>101.5\2", content)
            new.writestr(part, content)
    said = run("import", database, changed, "--dry-run")
    rows = said.split("Differences\n")[1].splitlines()[1:]
    assert [row.split() for row in rows] == [["demand", "D1", "changed", "price_usd", "100", "101.5"]], said
    assert "Differences" not in run("import", database, template, "--dry-run", "--replace")


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    assert MAIN
    check_data("odd", odd_data())
    mini = check_data("mini", os.path.join(DATA, "mini"))
    check_data("terafab", os.path.join(DATA, "terafab"))
    change_one(mini)


if __name__ == "__main__":
    main()
