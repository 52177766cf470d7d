#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""racing.py FABPLAN SHIM [EVERY]: somebody else imports between two reads of a run.

Before the k-th statement of `optimise` (every k from the first on, or each EVERY-th) another process imports the same tables with other numbers: orders halved, another yield, lots in process of another size.
Whatever happens, a plan that is stored is one of the two that a single user would get, with the inputs that it says (content_sha256 of one of them, the digest of
kept inputs beside it, `doctor` good); else nothing is stored and the exit code is 8. Then eight writers import at once while four plans are made.
"""
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUSY = 8
OPTIONS = ["--values", "0", "--quiet"]
FAB = os.path.join(HERE, "..", "cases", "everything")  # a small fab with lots in process


class Race:
    def __init__(self, program, shim, folder):
        self.program, self.shim, self.folder = program, shim, folder
        self.data = {name: os.path.join(folder, name) for name in ("before", "after")}
        self.database = {name: os.path.join(folder, name + ".db") for name in self.data}
        shutil.copytree(FAB, self.data["before"])
        shutil.copytree(FAB, self.data["after"])
        self.change("demand", "quantity", lambda text: str(float(text) / 2))
        self.change("source_yield", "unit_yield", lambda text: "0.9")
        self.change("lot", "wafers", lambda text: str(int(text) // 2))
        self.prepare()

    def change(self, table, column, edit):
        path = os.path.join(self.data["after"], table + ".csv")
        rows = list(csv.reader(open(path, newline="", encoding="utf-8")))
        place = rows[0].index(column)
        for row in rows[1:]:
            row[place] = edit(row[place])
        csv.writer(open(path, "w", newline="", encoding="utf-8")).writerows(rows)

    def must(self, *arguments):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, (arguments, done.stderr)
        return done.stdout

    def prepare(self):
        for name in self.data:
            self.must("init", self.database[name])
            self.must("import", self.database[name], self.data[name], "--quiet")

    def hashes(self, database):
        connection = sqlite3.connect(database)
        rows = connection.execute("SELECT p.inputs_sha256, p.input_sha256, h.content_sha256 FROM plan AS p JOIN plan_hash AS h USING (plan) ORDER BY plan").fetchall()
        connection.close()
        return rows

    def alone(self, name):
        """What a single user gets."""
        database = os.path.join(self.folder, "alone.db")
        shutil.copy(self.database[name], database)
        self.must("optimise", database, *OPTIONS)
        return self.hashes(database)[0]

    def environment(self, at, command, count):
        options = ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0")))
        return {**os.environ, "LD_PRELOAD": self.shim, "BETWEEN_AT": str(at), "BETWEEN_DO": "unset LD_PRELOAD; " + command, "BETWEEN_MS": "400", "BETWEEN_COUNT": count, "ASAN_OPTIONS": options}

    def run(self, at, command):
        """Exit code, statements that were prepared, and what is stored."""
        database, count = os.path.join(self.folder, "raced.db"), os.path.join(self.folder, "count")
        shutil.copy(self.database["before"], database)
        done = subprocess.run([self.program, "optimise", database, *OPTIONS], env=self.environment(at, command.format(database=database), count), capture_output=True, text=True, check=False)
        subprocess.run([self.program, "doctor", database, "--quiet"], check=True, capture_output=True)
        return done, int(open(count, encoding="utf-8").read()), self.hashes(database)


def expect(condition, *what):
    if not condition:
        sys.exit("racing: " + " ".join(str(w) for w in what))


def between_reads(race, every):
    right = [race.alone(name) for name in race.data]
    expect(right[0] != right[1], "both states give the same plan")
    command = f'"{race.program}" import {{database}} "{race.data["after"]}" --replace --quiet >/dev/null 2>&1'
    _, statements, stored = race.run(0, "true")
    expect(stored == right[:1], "a run alone is not what it was")
    refused, at = 0, 1
    while at <= statements:
        done, _, stored = race.run(at, command)
        expect(done.returncode in (0, BUSY), "statement", at, "exit", done.returncode, done.stderr)
        expect(bool(stored) == (done.returncode == 0), "statement", at, "exit", done.returncode, "and stored", len(stored))
        expect(all(row in right for row in stored), "statement", at, "stored a plan of neither state", stored)
        refused += done.returncode == BUSY
        at += every
    expect(refused > 0, "no import came in between: the test shows nothing")
    print(f"{statements} statements, an import before {(statements + every - 1) // every} of them: {refused} plans refused, all others those of a single user")


def many_writers(race):
    database = os.path.join(race.folder, "many.db")
    shutil.copy(race.database["before"], database)
    writers = [subprocess.Popen([race.program, "import", database, race.data[("before", "after")[k % 2]], "--replace", "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for k in range(8)]
    plans = [subprocess.Popen([race.program, "optimise", database, *OPTIONS], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(4)]
    codes = [process.wait(timeout=300) for process in writers + plans]
    expect(all(code in (0, BUSY) for code in codes), "exit codes", codes)
    race.must("doctor", database, "--quiet")
    known = {race.alone(name) for name in race.data}
    stored = race.hashes(database)
    expect(all(row in known for row in stored), "a plan of neither state")
    print(f"eight writers and four plans at once: {len(stored)} stored, each of one of the two states")


def main():
    program, shim = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    every = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.TemporaryDirectory(prefix="fabplan-racing-") as folder:
        race = Race(program, shim, folder)
        between_reads(race, every)
        many_writers(race)


if __name__ == "__main__":
    main()
