#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook of a comparison has the figures of its JSON: every number and text of every list stands in the sheet of the list, row by row, in their order.

    compare.py FABPLAN DATA FOLDER"""
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LISTS = ["plans", "money", "bridge", "customers", "chips", "lines", "tools", "bottlenecks", "help", "reasons", "differences"]


def read_rows(book, number, texts):
    """The rows of a sheet as lists of their values, without empty cells."""
    rows = []
    for row in ET.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).iter(f"{MAIN}row"):
        cells = []
        for cell in row.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v")
            if value is not None:
                cells.append(texts[int(value)] if cell.get("t") == "s" else value if cell.get("t") == "str" else float(value))
        rows.append(cells)
    return rows


def same(left, right):
    return abs(left - right) <= 1e-12 * max(1, abs(right)) if isinstance(left, float) and isinstance(right, (int, float)) else left == right


def is_step(cells, step):
    """A row of the sheet Bridge: plan, what the step is, its money, the levels of the chart."""
    return len(cells) > 3 and cells[0] == step[0] and isinstance(cells[2], float) and abs(cells[2] - step[2]) <= 1e-9 * max(1, abs(step[2]))


def main():
    program, data, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    book_path, changes = os.path.join(folder, "compare.xlsx"), []
    head = "scenario,number,table,key,column,operation,value\n"
    for name, rows in (("cheap", "cheap,1,demand,*,price_usd,scale,0.5\ncheap,2,tool_group,*,tools,set,2\n"), ("more", "more,1,demand,D1,quantity,scale,0.3\n")):
        changes.append(os.path.join(folder, f"{name}.csv"))
        with open(changes[-1], "w", encoding="utf-8") as file:
            file.write(head + rows)
    done = subprocess.run([program, "compare", data, "base", *changes, "--json", "-o", book_path, "-q"], stdout=subprocess.PIPE, check=True)
    answer = json.loads(done.stdout)
    assert [row["plan"] for row in answer["plans"]] == [1, 2, 3] and {row["plan"] for row in answer["reasons"]} == {2, 3}, answer["plans"]
    with zipfile.ZipFile(book_path) as book:
        names = re.findall(r'sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        assert len(names) == len(LISTS), names
        texts = ["".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in ET.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")]
        for number, name in enumerate(LISTS, 1):
            rows = read_rows(book, number, texts)
            wanted = [[value for value in row.values() if value not in (None, "")] for row in answer[name]]
            at = 0
            for row in wanted:
                while at < len(rows) and not (is_step(rows[at], row) if name == "bridge" else len(rows[at]) == len(row) and all(same(a, b) for a, b in zip(rows[at], row))):
                    at += 1
                assert at < len(rows), (name, row, rows)
                at += 1
    print(f"{len(LISTS)} sheets agree")


main()
