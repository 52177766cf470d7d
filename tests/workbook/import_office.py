#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""import_office.py FABPLAN FOLDER: workbooks that LibreOffice has written are read as what they were made of.

data/mini and data/terafab are made workbooks by tests/property/xlsx_writer.py, opened and saved again by LibreOffice, imported, and exported: the same
files as from CSV, byte for byte.
"""
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "property"), os.path.join(HERE, "..", "support")]
from recalculate import recalculate  # noqa: E402
from xlsx_writer import Workbook, read_folder  # noqa: E402

FABPLAN, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
DATA = os.path.join(HERE, "..", "..", "data")


def run(*arguments):
    subprocess.run([FABPLAN, *arguments, "-q"], check=True, stdout=subprocess.DEVNULL)


def exported(name, inputs):
    """The files of a database with these inputs alone."""
    database, folder = os.path.join(FOLDER, name + ".db"), os.path.join(FOLDER, name)
    run("init", database)
    run("import", database, inputs)
    run("export", database, folder)
    result = {}
    for file in sorted(os.listdir(folder)):
        with open(os.path.join(folder, file), "rb") as stream:
            result[file] = stream.read()
    return result


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    for name in ("mini", "terafab"):
        made = Workbook(read_folder(os.path.join(DATA, name))).save(os.path.join(FOLDER, name + ".xlsx"))
        saved = recalculate(made, os.path.join(FOLDER, "office-" + name))
        expected, got = exported(name + "-csv", os.path.join(DATA, name)), exported(name + "-office", saved)
        differing = [file for file in sorted({*expected, *got}) if expected.get(file) != got.get(file)]
        if differing:
            sys.exit(f"data/{name} by way of LibreOffice: {', '.join(differing)} differ")
        print(f"data/{name}: {len(got)} tables, {sum(map(len, got.values()))} bytes, the same by way of LibreOffice")


if __name__ == "__main__":
    main()
