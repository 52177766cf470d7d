#!/usr/bin/env python3
"""How fast `fabplan import` takes wafer bins into the indexed tables, against `.import` of the sqlite3 shell.

    import.py FABPLAN [--rows N] [--runs N] [--folder DIR]

Both import the same file of N rows (default 5 million) into the same database: a fabplan one with the lots, wafers and tests that the bins belong to. They are run in turn, so that a
busy machine slows both; the shell has the settings that fabplan works with (foreign keys, page cache). Unlike the shell, fabplan also runs the cross-checks: bins add up to tested die,
good bins to good die. Printed: medians of rows a second, the ratio of the times, peak resident memory, and what importing the same file again changes.
"""
import argparse
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile

from process import run

HERE = os.path.dirname(os.path.abspath(__file__))
MINI = os.path.join(HERE, "..", "..", "data", "mini")
BINS, LOT = 10, 25
SETTINGS = "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA cell_size_check = ON; PRAGMA temp_store = FILE;"


def write_files(folder, rows):
    """A history of rows / BINS tested wafers; bins 1 and 2 are good. The columns are those of the tables, so that the shell can read the files."""
    wafers = (rows + BINS - 1) // BINS
    def opened(table, columns):
        file = open(os.path.join(folder, table + ".csv"), "w", encoding="ascii", newline="\n")
        file.write(columns + "\n")
        return file
    with opened("bin", "item,bin,name,good,sells_as,basis,note") as file:
        for b in range(1, BINS + 1):
            file.write(f"CHIP,{b},bin {b},{int(b <= 2)},,made,up\n")
    with opened("lot", "lot,source,customer,priority,start_time,due_time,wafers,parent_lot,progress,status,basis,note") as file:
        for lot in range((wafers + LOT - 1) // LOT):
            file.write(f"L{lot:06d},CHIP@R,BUYER,10,2026-01-01T00:00:00,2026-03-01T00:00:00,{LOT},,,done,made,up\n")
    with opened("wafer", "wafer,lot,slot,basis,note") as file, \
            opened("wafer_test", "wafer,stage,run,time,tested,good,basis,note") as tests, \
            opened("wafer_bin", "wafer,stage,run,bin,count,basis,note") as bins:
        for w in range(wafers):
            lot, slot = w // LOT, w % LOT + 1
            wafer = f"L{lot:06d}.{slot:02d}"
            count = min(BINS, rows - w * BINS)
            good = [400 + w % 50, 60 - w % 7][:count]
            file.write(f"{wafer},L{lot:06d},{slot},made,up\n")
            tests.write(f"{wafer},sort,1,2026-02-{w % 28 + 1:02d}T{w % 24:02d}:10:00,{sum(good) + 12 * max(0, count - 2)},{sum(good)},made,up\n")
            bins.write("".join(f"{wafer},sort,1,{b + 1},{good[b] if b < 2 else 12},made,up\n" for b in range(count)))


def contents(database):
    connection = sqlite3.connect(database)
    rows = connection.execute("SELECT COUNT(*), SUM(count), SUM(bin * count), COUNT(basis), COUNT(note) FROM wafer_bin").fetchone()
    connection.close()
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", help="where the files go, some 150 bytes a row")
    options = parser.parse_args()
    fabplan = os.path.abspath(options.fabplan)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        write_files(folder, options.rows)
        base, own, shell = (os.path.join(folder, name) for name in ("base.db", "fabplan.db", "shell.db"))
        table = {name: os.path.join(folder, name + ".csv") for name in ("bin", "lot", "wafer", "wafer_test", "wafer_bin")}
        run([fabplan, "init", base])
        run([fabplan, "import", base, MINI])
        run([fabplan, "import", base] + [path for name, path in table.items() if name != "wafer_bin"])
        script = f"{SETTINGS}\n.bail on\n.mode csv\n.import --skip 1 {table['wafer_bin']} wafer_bin\n"
        theirs, ours = [], []
        for _ in range(options.runs):
            shutil.copyfile(base, shell)
            theirs.append(run(["sqlite3", shell], script))
            shutil.copyfile(base, own)
            ours.append(run([fabplan, "import", own, table["wafer_bin"], "--json"]))
        if contents(own) != contents(shell):
            raise SystemExit(f"the databases differ: {contents(own)}, {contents(shell)}")
        again = run([fabplan, "import", own, table["wafer_bin"], "--json"])
        counts = json.loads(again.output)["tables"][0]
        size = os.path.getsize(own) / 1e6
    rates = {name: options.rows / statistics.median(row.wall_seconds for row in rows) for name, rows in (("fabplan", ours), ("sqlite3", theirs))}
    print(f"{options.rows} rows of wafer_bin, {options.runs} runs each, medians; database {size:.0f} MB")
    print(f"rows a second: fabplan {rates['fabplan']:.0f} (promised: at least 300000), sqlite3 .import {rates['sqlite3']:.0f}")
    for place, unit in (("wall_seconds", "wall seconds"), ("processor_seconds", "processor seconds")):
        a, b = (statistics.median(getattr(row, place) for row in rows) for rows in (ours, theirs))
        print(f"{unit}: fabplan {a:.2f}, sqlite3 .import {b:.2f}, ratio {a / b:.2f} (promised: at most 2)")
    print(f"peak memory: fabplan {max(row.megabytes for row in ours):.0f} MB (promised: below 200), sqlite3 {max(row.megabytes for row in theirs):.0f} MB")
    print(f"the same file again: {again.wall_seconds:.2f} s, rows added {counts['rows_added']}, changed {counts['rows_changed']}, deleted {counts['rows_deleted']} (promised: 0), "
          f"{again.megabytes:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
