#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""thresholds.py SOURCE: no threshold is written outside reports/constants.

In a definition (conditions and formulas), in a SELECT, and in a text of a SELECT that is a formula, a number with a fraction or an exponent
is a threshold; whole ones such as 1.0 or 24.0 are arithmetic. The queries of the store may not repeat a constant that decides what is full
or binding. First of all the finder itself: it finds what it must and nothing else.
"""
import glob
import os
import re
import sys

NUMBER = re.compile(r"(?<![\w.:])(\d+\.\d*|\.\d+|\d+)([eE][-+]?\d+)?(?![\w.])")
FORMULA_KEYS = ("when", "formula")


def is_threshold(match):
    return match.group(2) is not None or float(match.group(1)) != int(float(match.group(1)))


def find_numbers(text):
    return [match.group(0) for match in NUMBER.finditer(text) if is_threshold(match)]


def sql_parts(text):
    """What is computed: without remarks, and of the texts those that are formulas."""
    text = re.sub(r"--[^\n]*", "", text)
    for part in re.split(r"('(?:[^']|'')*')", text):
        if not part.startswith("'") or "{" in part:
            yield part


def report_parts(text):
    text = re.sub(r"\n[ \t]+", " ", text)
    for line in text.splitlines():
        if line.split(" ", 1)[0] in FORMULA_KEYS:
            yield line


def find(name, text):
    parts = sql_parts(text) if name.endswith(".sql") else report_parts(text)
    return [number for part in parts for number in find_numbers(part)]


def read_constants(path):
    with open(path, encoding="utf-8") as file:
        return dict(line.split() for line in file if line.strip() and not line.startswith("#"))


def check_finder():
    assert find("a.sql", "SELECT x >= 0.9999, y > 1e-6, 1.0 * z, '0.5 of it', '={x}>0.25' -- 0.1\n") == ["0.9999", "1e-6", "0.25"]
    assert find("a.report", "title 0.5\nwhen   >= 0.95\nformula =IF({x}>0.9,\n  {y}*0.1,1)\nwhen = 1\n") == ["0.95", "0.9", "0.1"]


def main():
    source = sys.argv[1]
    folder, wrong = os.path.join(source, "reports"), []
    check_finder()
    constants = read_constants(os.path.join(folder, "constants"))
    used = set()
    for name in sorted(os.listdir(folder)):
        if not name.endswith((".sql", ".report")):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = file.read()
        used.update(re.findall(r"\{([A-Z][A-Z0-9_]*)\}", text))
        wrong += [f"reports/{name}: {number} belongs into reports/constants" for number in find(name, text)]
    for path in glob.glob(os.path.join(source, "src", "sheet", "*.c")):  # what the program itself asks for
        with open(path, encoding="utf-8") as file:
            used.update(re.findall(r'"([A-Z][A-Z0-9_]*)"', file.read()))
    wrong += [f"reports/constants: nothing uses {name}" for name in sorted(set(constants) - used)]
    if abs(float(constants["FILLED"]) + float(constants["SHORT"]) - 1) > 1e-15:
        wrong.append("reports/constants: FILLED is 1 - SHORT: an order is filled when it is not short")
    decisive = {constants[name] for name in ("FULL", "NEARLY_FULL", "BINDING", "FILLED")}
    queries = os.path.join(source, "schema", "queries")
    for name in sorted(os.listdir(queries)):
        with open(os.path.join(queries, name), encoding="utf-8") as file:
            wrong += [f"schema/queries/{name}: {number} stands in reports/constants" for number in find(name, file.read())
                      if number in decisive]
    print("\n".join(wrong) or f"{len(constants)} constants, each used, none repeated")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
