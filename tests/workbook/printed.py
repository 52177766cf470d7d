#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is printed of the books: under 40 pages for executive, finance and planner together, none of them blank, none of a data sheet.

    printed.py FABPLAN DATABASE FOLDER [--whole]

LibreOffice prints the books of the newest plan into PDF. A sheet that is not marked has a page, one that is marked has none. --whole: sheets may take several pages (data/terafab).
"""
import os
import re
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "support"))
from checking import expect  # noqa: E402
import recalculate  # noqa: E402

BOOKS, MOST_PAGES, MARK, EXECUTIVE_PAGES = ("executive", "finance", "planner"), 40, "not printed", 2
MOST_OF_FOOTERS = 12  # texts of a page that has nothing but its footers


def pages(path):
    """Texts that each page shows, as runs of glyphs."""
    data = open(path, "rb").read()
    objects = {int(number): body for number, body in re.findall(rb"(?s)(\d+) 0 obj(.*?)endobj", data)}
    counts = []
    for body in objects.values():
        contents = re.search(rb"/Contents (\d+) 0 R", body)
        if not re.search(rb"/Type\s*/Page\b", body) or not contents:
            continue
        stream = re.search(rb"(?s)stream\r?\n(.*?)\r?\nendstream", objects[int(contents[1])])[1]
        counts.append(len(re.findall(rb"\bT[jJ]\b", zlib.decompress(stream))))
    return counts


def main():
    program, database, folder = sys.argv[1:4]
    whole = "--whole" in sys.argv
    os.makedirs(folder, exist_ok=True)
    done = subprocess.run([program, "report", database, "--book", "all", "-o", os.path.join(folder, "printed.xlsx"), "--force"], capture_output=True, text=True)
    expect(done.returncode == 0, done.stderr)
    files = [os.path.join(folder, f"printed-{book}.xlsx") for book in BOOKS]
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to", "pdf", "--outdir", folder, *files], check=True, capture_output=True, timeout=600)
    total = 0
    for file in files:
        counts = pages(file[:-4] + "pdf")
        sheets = recalculate.read_book(file)
        marked = [name for name, cells in sheets.items() if str(cells[(1, 1)][0]).endswith(MARK)]
        expect(len(marked) > 5, file, "sheets that are not printed", marked)
        expect(not file.endswith("executive.xlsx") or len(counts) == EXECUTIVE_PAGES, file, len(counts), "pages: the summary and the decisions")
        expect(min(counts) > MOST_OF_FOOTERS, file, "a page is blank:", counts)
        expect(len(counts) >= len(sheets) - len(marked) if whole else len(counts) == len(sheets) - len(marked), file, len(counts), "pages of", len(sheets), "sheets,", len(marked), "marked as not printed")
        total += len(counts)
    expect(total < MOST_PAGES, total, "pages")
    print(f"{total} pages")


main()
