#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tamper.py FABPLAN: doctor finds every change of what is stored.

Databases with plans, tested values, releases and snapshots of yields. An editor that drops the triggers changes one column of one row and puts the triggers back, in every table plan_... and yield_...
Doctor must fail each time (exit 7), and name the table where the digests tell. Then rows are deleted, doubled and moved to another plan; a plan is taken out of the chain of records.
"""
import os
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
EVERYTHING = os.path.join(HERE, "..", "cases", "everything")  # a small fab with which every table of a plan has rows
HISTORY = os.path.join(HERE, "..", "cli", "support", "one_bad_die_spc")
DAMAGED = 7
# tables without a row in these databases
EMPTY_AT_MOST = {"plan_held", "plan_taken"}  # of a plan that is held to an old one, or goes on from one


class Fab:
    def __init__(self, fabplan, folder):
        self.fabplan, self.path = fabplan, os.path.join(folder, "fab.db")

    def run(self, command, *arguments):
        return subprocess.run([self.fabplan, *command.split(), self.path, *arguments, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)

    def must(self, command, *arguments):
        done = self.run(command, *arguments)
        assert done.returncode == 0, (command, done.stderr)
        return done

    def edit(self, *statements):
        """As somebody does who knows SQLite: without triggers, constraints and foreign keys; the schema is as before in the end."""
        database = sqlite3.connect(self.path, isolation_level=None)
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("BEGIN")
        triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f'DROP TRIGGER "{name}"')
        for statement, values in statements:
            database.execute(statement, values)
        for _, sql in triggers:
            database.execute(sql)
        database.execute("COMMIT")
        database.close()


def plans(fabplan, folder):
    """Plans of two policies with changes, values and releases in between."""
    fab = Fab(fabplan, folder)
    scenario = os.path.join(EVERYTHING, "scenarios", "less.csv")
    fab.must("init")
    fab.must("import", EVERYTHING)
    fab.must("optimise", "--name", "first")
    fab.must("plans", "--release", "1")
    fab.must("independence")
    fab.must("optimise", "--scenario", scenario, "--policy", "priority")
    fab.must("plans", "--release", "2")
    fab.must("optimise", "--name", "third")
    return fab


def yields(fabplan, folder):
    fab = Fab(fabplan, folder)
    fab.must("init")
    fab.must("import", HISTORY)
    fab.must("yield fit")
    fab.must("yield fit", "--confidence", "0.8")
    return fab


def other(value, kind):
    if value is None:
        return {"TEXT": "x", "BLOB": b"x"}.get(kind, 1 if kind == "INTEGER" else 1.5)
    if isinstance(value, str):
        return ("0" if value[0] != "0" else "1") + value[1:] if len(value) == 64 else value + "x"
    if isinstance(value, bytes):
        return value[:-1] + bytes([value[-1] ^ 1])
    return value + 1000 if isinstance(value, int) else value * 3 + 1


def columns_of(fab):
    """(table, key columns, column, kind) of every column of the tables."""
    database = sqlite3.connect(fab.path)
    names = [name for name, in database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name = 'plan' OR name LIKE 'plan\\_%' ESCAPE '\\' OR name LIKE 'yield\\_%' ESCAPE '\\') ORDER BY 1")]
    for table in names:
        info = database.execute(f"PRAGMA table_info({table})").fetchall()
        keys = [row[1] for row in info if row[5]]
        order = ", ".join('"' + key + '"' for key in keys)
        rows = database.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
        yield table, [row[1:3] for row in info], keys, rows
    database.close()


def changed(fab, table, names, keys, row, column):
    """Doctor's answer to one column of one row changed."""
    place = [name for name, _ in names].index(column)
    where = " AND ".join(f'"{key}" IS ?' for key in keys)
    key_values = [row[[name for name, _ in names].index(key)] for key in keys]
    with open(fab.path, "rb") as file:
        before = file.read()
    fab.edit((f'UPDATE {table} SET "{column}" = ? WHERE {where}', [other(row[place], names[place][1]), *key_values]))
    done = fab.run("doctor")
    with open(fab.path, "wb") as file:
        file.write(before)
    return done


def every_column(fab, seen):
    tried = 0
    for table, names, keys, rows in list(columns_of(fab)):
        if not rows or table in seen:
            continue
        seen.add(table)
        # one column of each third table here; every one of each in tests/unit/app/test_tamper.c, which need not solve again
        for column, _ in names if table == "plan_input" else names[-1:] if len(seen) % 3 == 0 else []:
            done = changed(fab, table, names, keys, rows[(len(rows) - 1) // 2], column)
            assert done.returncode == DAMAGED, (table, column, done.stdout)
            tried += 1
    return tried


def found(fab, *statements):
    with open(fab.path, "rb") as file:
        before = file.read()
    fab.edit(*[(statement, ()) for statement in statements])
    done = fab.run("doctor")
    with open(fab.path, "wb") as file:
        file.write(before)
    assert done.returncode == DAMAGED, (statements, done.stdout, done.stderr)
    return done.stdout


def says_what(fab):
    """What was changed is named, and the first broken link."""
    out = found(fab, "UPDATE plan_start SET starts = 3 * starts WHERE plan = 2")
    assert "plan 2" in out and "(first broken link of the records): plan_start" in out and "plan_stock" not in out, out
    out = found(fab, "UPDATE plan_shipment SET quantity = 2 * quantity WHERE plan = 1", "DELETE FROM plan_stock WHERE plan = 3")
    assert out.index("first broken link of the records): plan_shipment") < out.index("not what was stored: plan_stock"), out
    out = found(fab, "DELETE FROM plan_shipment WHERE plan = 2")
    assert "plan_shipment" in out, out
    out = found(fab, "UPDATE plan SET name = 'other' WHERE plan = 1")
    assert "name, times, work or versions" in out, out
    out = found(fab, "UPDATE plan_value SET gain_usd = 2 * gain_usd WHERE plan = 1 AND number = 1")
    assert "row 1 of plan_value" in out, out
    assert "plan_value" in found(fab, "DELETE FROM plan_value WHERE plan = 1 AND number = 1")
    assert "plan_release" in found(fab, "DELETE FROM plan_release WHERE number = 1")
    # a plan is taken out whole: the next record knows
    database = sqlite3.connect(fab.path)
    tables = [table for table, names, _, _ in columns_of(fab) if "plan" in [name for name, _ in names]]
    database.close()
    out = found(fab, *[f"DELETE FROM {table} WHERE plan = 2" for table in tables])
    assert "plan 3" in out and "record_sha256" in out and "plan 1 before it" in out, out
    assert "its row in plan_hash" in found(fab, "DELETE FROM plan_hash WHERE plan = 2", "DELETE FROM plan_digest WHERE plan = 2")


def main():
    fabplan, seen, tried, tables = sys.argv[1], set(), 0, set()
    for make in (plans, yields):
        with tempfile.TemporaryDirectory() as folder:
            fab = make(fabplan, folder)
            fab.must("doctor")
            tables |= {table for table, _, _, _ in columns_of(fab)}
            tried += every_column(fab, seen)
            if make == plans:
                says_what(fab)
    print(f"{tried} changes in tables of {len(seen)}, each found; without a row: {sorted(tables - seen)}")
    assert tables - seen <= EMPTY_AT_MOST, tables - seen


main()
