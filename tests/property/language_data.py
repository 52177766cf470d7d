#!/usr/bin/env python3
"""data/language is the smallest fab that uses every input table of plans, and its README explains it line by line.

    language_data.py FABPLAN SOURCE_FOLDER [STEP]

Every table of the schema that a plan reads has a row, every column of the planning language's second part (COLUMNS below) has a cell; the README shows every line of every file, in the block of its table;
and no row is for show: without it (every STEP-th row is tried; 1: all) the linear program is another one, or the data have a finding. All of it comes back from a database as CSV files, and from a template as the same files.
"""
import concurrent.futures
import contextlib
import csv
import filecmp
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

# columns that language.md adds or gives a new meaning, by table
COLUMNS = {
    "stock_target": "item target from_date quantity cover_days shortfall_usd_per_unit_week",
    "stock_limit": "item from_date max_stock holding_frac_per_year",
    "bom": "item component source at_frac from_date to_date quantity",
    "source_output": "source item from_date share at_frac",
    "source_mix": "item source from_date min_share max_share",
    "substitute": "item instead_of consumer from_date to_date rate usd_per_unit",
    "item": "discard_usd",
    "ship_target": "customer item by_date shipped_before min_quantity max_quantity shortfall_usd_per_unit",
    "tool_alternate": "from_date usd_per_hour",
    "source": "fixed_usd min_lot starts_multiple",
    "demand": "whole ship_multiple",
    "route_step": "minutes_per_unit minutes_per_lot minutes_per_batch batch_max batch_fill interval_minutes_per_unit setup_minutes units_per_setup lead_minutes units_per_train rework_to",
    "tool_down": "tool_group cause hours_between units_between hours",
    "tool_group": "availability payment",
}
HISTORY = {"lot", "wafer", "lot_event", "wafer_test", "wafer_bin", "bin", "die_map", "tool_event"}
# what no linear program of policy profit reads: policies, layers of independence
ELSEWHERE = {"layer", "layer_share", "dependency"}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def program_of(fabplan, data):
    """The linear program as text without its comments, or the exit code where the data have findings."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.mps")
        answer = subprocess.run([fabplan, "model", data, "--mps", path, "-q"], capture_output=True, text=True)
        if answer.returncode != 0:
            return answer.returncode
        with open(path, encoding="utf-8") as file:
            return [line for line in file if not line.startswith("*")]


def without(fabplan, data, table, line):
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "data")
        shutil.copytree(data, copy)
        rows = read(os.path.join(copy, table + ".csv"))
        with open(os.path.join(copy, table + ".csv"), "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(row for number, row in enumerate(rows) if number != line)
        return program_of(fabplan, copy)


def input_tables(fabplan):
    """Tables of an empty database that say where their figures come from: the inputs."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fab.db")
        subprocess.run([fabplan, "init", path, "-q"], check=True, stdout=subprocess.DEVNULL)
        with contextlib.closing(sqlite3.connect(path)) as database:
            tables = [name for name, in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table for table in tables if any(row[1] == "basis" for row in database.execute(f"PRAGMA table_info({table})"))}


def check_readme(data, tables):
    failures = []
    with open(os.path.join(data, "README.md"), encoding="utf-8") as file:
        text = file.read()
    shown = "".join(text.split("```")[1::2])
    for table in tables:
        with open(os.path.join(data, table + ".csv"), encoding="utf-8") as file:
            if "csv\n" + file.read() not in shown:
                failures.append(f"README.md does not show {table}.csv as it is")
        if f"**{table}**" not in text:
            failures.append(f"README.md does not explain {table}")
    return failures


def cells(path):
    """The rows of a file as sets of the cells that are not empty."""
    rows = read(path)
    return sorted(sorted(pair for pair in zip(rows[0], row) if pair[1] != "") for row in rows[1:])


def come_back(fabplan, data, tables):
    """Files that are not what was imported, directly or by way of a template."""
    def run(*arguments):
        subprocess.run([fabplan, *arguments, "-q"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def exported(inputs, folder):
        run("init", folder + ".db")
        run("import", folder + ".db", inputs)
        run("export", folder + ".db", folder)

    with tempfile.TemporaryDirectory() as top:
        direct, filled = os.path.join(top, "direct"), os.path.join(top, "filled")
        exported(data, direct)
        run("template", data, "-o", filled + ".xlsx")
        exported(filled + ".xlsx", filled)
        names = [table + ".csv" for table in tables]
        failures = [f"{name} does not come back" for name in names if cells(os.path.join(data, name)) != cells(os.path.join(direct, name))]
        _, mismatch, errors = filecmp.cmpfiles(direct, filled, os.listdir(direct), shallow=False)
        return failures + [f"{name} is another one by way of a template" for name in mismatch + errors]


def main():
    fabplan, source = sys.argv[1:3]
    data = os.path.join(source, "data", "language")
    tables = sorted(name[:-4] for name in os.listdir(data) if name.endswith(".csv"))
    step = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    wanted = input_tables(fabplan)
    failures = [f"no {name}.csv" for name in sorted(wanted - HISTORY - {"scenario_change"} - set(tables))] + check_readme(data, tables) + come_back(fabplan, data, tables)
    for table, columns in COLUMNS.items():
        rows = read(os.path.join(data, table + ".csv"))
        for column in columns.split():
            if column not in rows[0] or not any(row[rows[0].index(column)] for row in rows[1:]):
                failures.append(f"{table}.{column} has no cell")
    base = program_of(fabplan, data)
    if not isinstance(base, list):
        sys.exit(f"data/language: exit {base}")
    lines = [(table, line) for table in tables if table not in ELSEWHERE for line in range(1, len(read(os.path.join(data, table + ".csv"))))][::step]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (table, line), program in zip(lines, pool.map(lambda at: without(fabplan, data, *at), lines)):
            if program == base:
                failures.append(f"{table}.csv:{line + 1} changes nothing")
    print("\n".join(failures) or f"{len(tables)} tables, {len(lines)} rows, none for show")
    sys.exit(bool(failures))


main()
