#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recalculates workbooks from scratch with LibreOffice and compares every cell with what the file says.

    recalculate.py FILE.xlsx...

LibreOffice gets a profile of its own in which files are always recalculated on loading (OOXMLRecalcMode 0), so the cached values of the file do
not help it; all files are opened by one process. Numbers must agree to 1e-9, or to 1e-13 of the numbers that the formula refers to (what cancels cannot be better); texts must be equal. Prints
the differences; fails on any, and when no formula was seen.
"""
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import office  # noqa: E402

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIVE, CANCELLED, SHOWN = 1e-9, 1e-13, 40
REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(cell):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    return int(row), column_number(letters)


def shared_strings(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ET.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(MAIN + "t")) for item in root.iter(MAIN + "si")]


def unescape(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m.group(1), 16)), text)


def read_cell(cell, strings):
    """(value, formula): a float, a text, or None."""
    kind, value, formula = cell.get("t"), cell.find(MAIN + "v"), cell.find(MAIN + "f")
    text = value.text if value is not None else None
    if kind == "s":
        result = unescape(strings[int(text)])
    elif kind == "inlineStr":
        result = "".join(t.text or "" for t in cell.iter(MAIN + "t"))
    elif kind in ("str", "e"):
        result = (text or "") if kind == "str" else "error " + (text or "")
    elif kind == "b":
        result = "boolean " + text
    else:
        result = float(text) if text else None
    return result, (formula.text or "shared") if formula is not None else None


def read_book(path):
    """{sheet: {(row, column): (value, formula)}}"""
    with zipfile.ZipFile(path) as archive:
        strings = shared_strings(archive)
        targets = {r.get("Id"): r.get("Target") for r in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))}
        book = {}
        for sheet in ET.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet"):
            part = targets[sheet.get(REL + "id")].lstrip("/")
            root = ET.fromstring(archive.read(part if part.startswith("xl/") else "xl/" + part))
            book[sheet.get("name")] = {address(c.get("r")): read_cell(c, strings) for c in root.iter(MAIN + "c")}
        return book


def recalculate(path, folder):
    profile = os.path.join(folder, "profile")
    os.makedirs(os.path.join(profile, "user"))
    with open(os.path.join(profile, "user", "registrymodifications.xcu"), "w") as file:
        file.write(office.REGISTRY)
    out = os.path.join(folder, "out")
    command = ["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280)
    result = os.path.join(out, os.path.splitext(os.path.basename(path))[0] + ".xlsx")
    if done.returncode or not os.path.exists(result):
        sys.exit("LibreOffice failed: " + done.stdout + done.stderr)
    return result


class Scale:
    """Sum of the absolute numbers that a formula refers to."""

    def __init__(self, book):
        self.book, self.known = book, {}

    def of(self, sheet, formula):
        return sum(self.area(match.group(1).replace("''", "'") if match.group(1) else sheet, *match.groups()[1:]) for match in REFERENCE.finditer(formula))

    def area(self, sheet, left, top, right, bottom):
        key = (sheet, left, top, right, bottom)
        if key not in self.known:
            first, last = (int(top), column_number(left)), (int(bottom or top), column_number(right or left))
            cells = self.book.get(sheet, {})
            values = (cells.get((r, c), (None, None))[0] for r in range(first[0], last[0] + 1) for c in range(first[1], last[1] + 1))
            self.known[key] = sum(abs(v) for v in values if isinstance(v, float))
        return self.known[key]


def same(old, new, formula, sheet, scale):
    old, new = (None if v == "" else v for v in (old, new))
    if isinstance(old, float) and isinstance(new, float):
        difference, bound = abs(old - new), RELATIVE * max(abs(old), abs(new))
        return difference <= bound or bool(formula) and difference <= CANCELLED * scale.of(sheet, formula)
    return old == new


def compare(path, after):
    """after: {sheet: {(row, column): value}}, as LibreOffice has calculated it."""
    before = read_book(path)
    formulas = differences = cells = 0
    scale = Scale(before)
    if list(before) != list(after):
        sys.exit(f"{path}: the sheets differ: {list(before)} and {list(after)}")
    for sheet, old_cells in before.items():
        new_cells = after[sheet]
        for place in sorted(set(old_cells) | set(new_cells)):
            old, formula = old_cells.get(place, (None, None))
            new = new_cells.get(place)
            formulas += formula is not None
            cells += old is not None
            if same(old, new, formula, sheet, scale):
                continue
            differences += 1
            if differences <= SHOWN:
                print(f"{path}: {sheet} row {place[0]} column {place[1]}: file {old!r}, recalculated {new!r}, formula {formula!r}")
    print(f"{path}: {len(before)} sheets, {cells} cells, {formulas} formulas, {differences} differences")
    return differences == 0 and formulas > 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as FOLDER:
        PATHS = [os.path.abspath(path) for path in sys.argv[1:]]
        BOOKS = office.play([step for path in PATHS for step in (("open", path), ("read",))], FOLDER)
    sys.exit(0 if all([compare(path, book) for path, book in zip(PATHS, BOOKS, strict=True)]) else 1)
