#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""soak.py FABPLAN SECONDS SEED: four users of one database, who are killed in the middle of what they do.

Each user draws, with a seed of its own: import of drawn numbers (some wrong), a plan (policy, scenario, limit of time), a report, a comparison, an explanation, a release, an export, `doctor`; every third command is
interrupted (SIGINT, SIGTERM) or killed (SIGKILL) after a drawn time. After every round of commands, when nobody is at work:

- every exit code is one of command-line.md that the command may have; a signal only where one was sent
- `doctor` finds nothing wrong, and the chain of plans is whole
- plans that were there are there, row for row (content_sha256), whatever came after
- every workbook at a final name opens, and is the one of a plan that is stored
- no temporary file is left of a command that was not killed; those of killed ones go with the next output
"""
import csv
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
FAB = os.path.join(HERE, "..", "cases", "everything")
USERS, COMMANDS = 4, 3  # a round: so many commands of each user
MAY = {"import": {0, 3, 8}, "optimise": {0, 4, 5, 8}, "report": {0, 2, 8}, "compare": {0, 2, 8}, "explain": {0, 2, 3, 8}, "plans": {0, 2, 8}, "export": {0, 8}, "doctor": {0, 8}, "show": {0, 2, 8}}
STOPPED = {signal.SIGINT: {130, -2}, signal.SIGTERM: {143, -15}, signal.SIGKILL: {-9}}  # -2, -15: before the program listens


class User(threading.Thread):
    def __init__(self, soak, number, seed):
        super().__init__()
        self.soak, self.number, self.draw, self.failed = soak, number, random.Random(seed), None
        self.counts = {"done": 0, "stopped": 0, "killed": 0}

    def own(self, name):
        return os.path.join(self.soak.folder, f"user{self.number}-{name}")

    def drawn_table(self):
        """A table of the fab with one number drawn anew; now and then one that is no number, or negative."""
        table, column, largest = self.draw.choice([("demand", "quantity", 300), ("demand", "price_usd", 200), ("source_yield", "unit_yield", 1), ("source_cost", "usd_per_start", 30), ("tool_group", "tools", 4)])
        with open(os.path.join(FAB, table + ".csv"), newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        row = self.draw.choice(rows[1:])
        row[rows[0].index(column)] = self.draw.choice([f"{self.draw.uniform(0, largest):.3f}"] * 6 + ["-1", "x"])
        folder = self.own("in")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, table + ".csv")
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        return path

    def command(self):
        draw, database = self.draw, self.soak.database
        kind = draw.choice(["import", "import", "optimise", "optimise", "optimise", "report", "report", "compare", "explain", "plans", "export", "doctor", "show"])
        if kind == "import":
            return [kind, database, self.drawn_table()]
        if kind == "optimise":
            options = draw.choice([[], ["--policy", "priority"], ["--policy", "fair"], ["--time-limit", "0.05"], ["--scenario", os.path.join(FAB, "scenarios", "less.csv")], ["--calm", "0.01"], ["-o", self.own("plan.xlsx")]])
            return [kind, database, "--values", str(draw.randrange(3)), *options]
        if kind == "report":
            return [kind, database, "-o", self.own("report.xlsx"), "--book", draw.choice(["planner", "executive"])]
        if kind == "compare":
            return [kind, database, "1", draw.choice(["2", "3"])]
        if kind == "explain":
            return [kind, database, "--demand", "D1"]
        if kind == "plans":
            return [kind, database, *draw.choice([[], ["--release", "1"]])]
        if kind == "export":
            return [kind, database, self.own("out")]
        if kind == "show":
            return [kind, "starts", database]
        return [kind, database]

    def one(self):
        command = self.command()
        process = subprocess.Popen([self.soak.program, *command, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        sent = self.draw.choice(list(STOPPED)) if self.draw.random() < 1 / 3 else None
        if sent:
            time.sleep(self.draw.uniform(0, 0.3))
            process.send_signal(sent)
        error = process.communicate(timeout=300)[1]
        may = MAY[command[0]] | (STOPPED[sent] if sent else set())
        if process.returncode not in may:
            raise AssertionError(f"{' '.join(command)}: exit {process.returncode}, signal {sent}\n{error}")
        self.counts["killed" if process.returncode == -9 else "stopped" if process.returncode in (130, 143) else "done"] += 1

    def run(self):
        try:
            for _ in range(COMMANDS):
                self.one()
        except Exception as error:  # for the main thread
            self.failed = error


class Soak:
    def __init__(self, program, folder, seed):
        self.program, self.folder, self.seed = program, folder, seed
        self.database = os.path.join(folder, "fab.db")
        self.known = {}
        self.counts = {"done": 0, "stopped": 0, "killed": 0}
        for command in (["init", self.database], ["import", self.database, FAB], ["optimise", self.database, "--values", "0"]):
            subprocess.run([program, *command, "--quiet"], check=True, stdout=subprocess.DEVNULL)

    def plans(self):
        connection = sqlite3.connect(self.database)
        rows = dict(connection.execute("SELECT plan, content_sha256 FROM plan_hash"))
        connection.close()
        return rows

    def check(self):
        done = subprocess.run([self.program, "doctor", self.database], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        plans = self.plans()
        assert all(plans.get(plan) == content for plan, content in self.known.items()), "a stored plan is gone or another one"
        self.known = plans
        for name in os.listdir(self.folder):
            if name.endswith(".xlsx"):
                assert zipfile.ZipFile(os.path.join(self.folder, name)).testzip() is None, name
        # the next output of a folder takes away what killed ones left there
        subprocess.run([self.program, "model", FAB, "--mps", os.path.join(self.folder, "last.mps"), "--quiet"], check=True)
        left = [name for name in os.listdir(self.folder) if re.search(r"^\.fabplan-", name)]
        assert not left, left

    def round(self, number):
        users = [User(self, u, f"{self.seed}-{number}-{u}") for u in range(USERS)]
        for user in users:
            user.start()
        for user in users:
            user.join()
        for user in users:
            if user.failed:
                raise AssertionError(f"round {number}, user {user.number}: {user.failed}")
            for kind, count in user.counts.items():
                self.counts[kind] += count
        self.check()


def main():
    program, seconds, seed = os.path.abspath(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    folder = tempfile.mkdtemp(prefix="fabplan-soak-")
    soak, began, rounds = Soak(program, folder, seed), time.monotonic(), 0
    try:
        while rounds < 2 or time.monotonic() - began < seconds:
            soak.round(rounds)
            rounds += 1
    except AssertionError as error:
        sys.exit(f"soak: seed {seed}: {error}\n(kept in {folder})")
    print(f"seed {seed}: {rounds} rounds, commands {soak.counts}, {len(soak.known)} plans, nothing wrong")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
