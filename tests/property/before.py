#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""before.py FABPLAN SOURCE_FOLDER: a database of before opens, migrates, is found as it was, and is planned to the same plans.

tests/cases/before/fab.sql is the dump of a database that the program of schema 32 made, before the planning language's second part, with a plan of data/mini and one of the case `everything`; beside it is what
`optimise --json --no-times` said then. No command but those that write brings it up to date. Then every digest holds; what a plan keeps of its inputs, planned again, has the content of then over the columns of then
(worked out here from the rows), and the same JSON but for versions and members that did not exist.
"""
import contextlib
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

OLDER = 7
LEFT_OUT = {"plan", "name", "created_utc", "iterations", "versions", "input_sha256"}  # columns of `plan` that are no content
APART = {"plan_value", "plan_hash", "plan_digest", "plan_basis", "plan_release", "plan_input"}
DIFFER = {"content_sha256", "versions"}


def number_text(number):
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return next(text for digits in (15, 16, 17) for text in [f"{number:.{digits}g}"] if digits == 17 or float(text) == number)


def cell_text(name, value):
    if value is None:
        return ""
    text = "='" + value if isinstance(value, str) else "=" + number_text(value)
    return f"{name}{text}\x1f"


def columns_of(database):
    """The tables of plans and their columns."""
    tables = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = 'plan' OR name LIKE 'plan\\_%' ESCAPE '\\') ORDER BY name")]
    return {table: [row[1] for row in database.execute(f"PRAGMA table_info({table})")] for table in tables if table not in APART}


def content_sha256(database, columns, plan):
    """Over the columns that are given, whatever the tables have by now."""
    sha256 = hashlib.sha256()
    for table, names in columns.items():
        order, quoted = ", ".join(str(k) for k in range(1, len(names) + 1)), ", ".join(f'"{name}"' for name in names)
        for row in database.execute(f"SELECT {quoted} FROM {table} WHERE plan = ? ORDER BY {order}", (plan,)):
            said = [cell_text(name, value) for name, value in zip(names, row) if name != "plan" and not (table == "plan" and (name in LEFT_OUT or name.startswith("seconds_")))]
            sha256.update((table + "\x1d" + "".join(said) + "\x1e").encode())
    return sha256.hexdigest()


def differences(then, now, path=""):
    """What was said then and is not said now; members that have come since do not count."""
    if isinstance(then, dict) and isinstance(now, dict):
        return [found for key in then if key not in DIFFER for found in (differences(then[key], now[key], f"{path}/{key}") if key in now else [f"{path}/{key} is gone"])]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [found for k, (a, b) in enumerate(zip(then, now)) for found in differences(a, b, f"{path}/{k}")]
    return [] if type(then) is type(now) and then == now else [f"{path}: {then!r} then, {now!r} now"]


class Before:
    def __init__(self, fabplan, source, folder):
        self.fabplan, self.cases, self.folder = fabplan, os.path.join(source, "tests", "cases", "before"), folder
        self.path = os.path.join(folder, "fab.db")
        with contextlib.closing(sqlite3.connect(self.path)) as database, open(os.path.join(self.cases, "fab.sql"), encoding="utf-8") as dump:
            database.executescript(dump.read())
            self.columns = columns_of(database)
            self.content = dict(database.execute("SELECT plan, content_sha256 FROM plan_hash"))
            self.worked_out(database, self.content)

    def worked_out(self, database, content):
        """What this file makes of the rows of then is what the program of then has stored."""
        for plan, stored in content.items():
            assert content_sha256(database, self.columns, plan) == stored, f"plan {plan}: another content"

    def run(self, *arguments, expect=0):
        done = subprocess.run([self.fabplan, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == expect, (arguments, done.returncode, done.stderr)
        return done

    def only_read(self):
        """What only reads changes no byte and says how to bring it up to date."""
        with open(self.path, "rb") as file:
            before = file.read()
        said = self.run("doctor", self.path, expect=OLDER).stderr
        with open(self.path, "rb") as file:
            assert file.read() == before, "doctor has written"
        assert "schema 32 is older than this program's" in said, said

    def again(self, plan, path, kept, said):
        """The data of a database planned again, kept there under a number, against a plan of before."""
        now = json.loads(self.run("optimise", path, "--json", "--no-times").stdout)
        with open(os.path.join(self.cases, said), encoding="utf-8") as file:
            found = differences(json.load(file), now)
        assert not found, f"{said}: " + "; ".join(found[:5])
        with contextlib.closing(sqlite3.connect(path)) as database:
            self.worked_out(database, {kept: self.content[plan]})

    def sealed(self, plans):
        lines = self.run("doctor", self.path).stdout.splitlines()
        assert [line.split()[2] for line in lines if line.startswith("plan ")] == ["verified"] * plans, lines


def main():
    fabplan, source = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        before = Before(fabplan, source, folder)
        before.only_read()
        before.again(2, before.path, 3, "everything.json")
        before.sealed(3)
        inputs, new = os.path.join(folder, "inputs"), os.path.join(folder, "new.db")
        before.run("export", before.path, inputs, "--plan", "1")
        before.run("init", new)
        before.run("import", new, inputs)
        before.again(1, new, 1, "mini.json")
    print(f"{sum(map(len, before.columns.values()))} columns of {len(before.columns)} tables are what they were")


if __name__ == "__main__":
    main()
