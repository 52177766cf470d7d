#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""explained.py FABPLAN FIRST_SEED LAST_SEED [POLICY]: what `explain` says a step gains is what the program with that step is worth more, from nothing, by another solver.

Of random fabs, planned by policies profit, priority and fair (or the one that is named, and then of one source and one route): a point of yield of a source, a day of cycle time of a route. The data are changed in
their CSV files and made into a program again (`model --mps`), the limits of a policy (rows POL, constants) are taken from the plan's own program; glpsol solves what comes out. The figures that `explain` gave must
be those, and the plan's objective that of its program."""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import tables  # noqa: E402

GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
SAME = 1e-7  # of the objective


class Mps:
    """A program of `fabplan model --mps`: minus the objective is to be minimised."""

    def __init__(self, path):
        self.sense, self.columns, self.sides, self.bounds, self.ranges, self.head = {}, {}, {}, {}, {}, ""
        section = None
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith("*") or not line.strip():
                    continue
                words = line.split()
                if not line.startswith(" "):
                    section = words[0]
                    self.head = line if section == "NAME" else self.head
                elif section == "ROWS":
                    self.sense[words[1]] = words[0]
                elif section == "COLUMNS":
                    self.columns.setdefault(words[0], {}).update(zip(words[1::2], map(float, words[2::2])))
                elif section == "RHS":
                    self.sides.update(zip(words[1::2], map(float, words[2::2])))
                elif section == "RANGES":
                    self.ranges.update(zip(words[1::2], map(float, words[2::2])))
                elif section == "BOUNDS":
                    self.bounds.setdefault(words[2], []).append((words[0], words[3:]))
        self.objective = next(name for name, kind in self.sense.items() if kind == "N")

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.head + "ROWS\n" + "".join(" %s %s\n" % (kind, row) for row, kind in self.sense.items()) + "COLUMNS\n")
            for column, terms in self.columns.items():
                for row, value in terms.items():
                    file.write(" %s %s %r\n" % (column, row, value))
            file.write("RHS\n" + "".join(" RHS %s %r\n" % side for side in self.sides.items()))
            file.write("RANGES\n" + "".join(" RNG %s %r\n" % side for side in self.ranges.items()) + "BOUNDS\n")
            for column, kinds in self.bounds.items():
                for kind, rest in kinds:
                    file.write(" %s BND %s %s\n" % (kind, column, " ".join(rest)))
            file.write("ENDATA\n")

    def take_kept(self, other):
        """The rows of another program's policy, on the columns that both have."""
        for row, kind in other.sense.items():
            if row.startswith("POL"):
                self.sense[row] = kind
                self.sides.update({row: other.sides[row]} if row in other.sides else {})
                self.ranges.update({row: other.ranges[row]} if row in other.ranges else {})
        for column, terms in other.columns.items():
            kept = {row: value for row, value in terms.items() if row.startswith("POL")}
            if kept:
                self.columns[column].update(kept)

    def widen(self, other):
        """Upper bounds that are no limits of the data differ: as much as either has."""
        for column, kinds in self.bounds.items():
            for n, (kind, rest) in enumerate(kinds):
                theirs = [float(limit[0]) for same, limit in other.bounds.get(column, []) if same == kind == "UP"]
                if theirs and float(rest[0]) < theirs[0]:
                    kinds[n] = kind, [repr(theirs[0])]

    def optimum(self, folder):
        """None: there is no point. Two ways of glpsol, since one alone is sometimes wrong."""
        path, report, values = os.path.join(folder, "asked.mps"), os.path.join(folder, "asked.txt"), []
        self.write(path)
        for options in (["--nopresol", "--dual"], ["--presol"]):
            subprocess.run(["glpsol", "--freemps", path, "-o", report, *options], check=True, capture_output=True)
            with open(report, encoding="utf-8") as file:
                text = file.read()
            if "OPTIMAL" in text.split("Objective:")[0]:
                values.append(-float(re.search(r"Objective: .*? = (\S+)", text).group(1)))
        return values[0] if values and abs(values[0] - values[-1]) <= SAME * max(1.0, abs(values[0])) else None


class Plan:
    """A stored plan of a folder's data."""

    def __init__(self, fabplan, folder, data, policy):
        self.fabplan, self.folder, self.data, self.policy = fabplan, folder, data, policy
        self.database = os.path.join(folder, "%s.db" % policy)
        self.good = self.run("init", self.database).returncode == 0 and self.run("import", self.database, data).returncode == 0
        self.good = self.good and self.run("optimise", self.database, "--values", "0", "--policy", policy).returncode == 0

    def run(self, *arguments):
        return subprocess.run([self.fabplan, *arguments, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)

    def program(self):
        path = os.path.join(self.folder, "plan.mps")
        assert self.run("model", self.database, "--plan", "1", "--mps", path).returncode == 0
        return Mps(path)

    def changed(self, change):
        """The program of data that a function has changed, with the rows of this plan's policy; None: they cannot be read."""
        folder, path, database = (os.path.join(self.folder, name) for name in ("changed", "changed.mps", "changed.db"))
        subprocess.run(["rm", "-rf", folder], check=True)
        subprocess.run(["cp", "-r", self.data, folder], check=True)
        change(folder)
        if os.path.exists(database):
            os.remove(database)
        for command in (("init", database), ("import", database, folder), ("optimise", database, "--values", "0"), ("model", database, "--plan", "1", "--mps", path)):
            if self.run(*command).returncode != 0:
                return None
        mps, own = Mps(path), self.program()
        mps.take_kept(own)
        mps.widen(own)
        return mps

    def explain(self, *arguments):
        done = self.run("explain", self.database, "--plan", "1", "--json", *arguments)
        return json.loads(done.stdout) if done.returncode == 0 else None


def write_rows(folder, table, rows):
    with open(os.path.join(folder, table + ".csv"), "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def add_to(table, key, name, column, step):
    """A change of a folder: column += step in all rows of a key."""
    def change(folder):
        rows = tables.read(folder, table)
        for row in rows:
            if row[key] == name:
                row[column] = repr(float(row[column] or 1) + step)
        write_rows(folder, table, rows)
    return change


def check_gain(plan, said, mps, seen, what):
    if mps is None:
        return
    worth, before = mps.optimum(plan.folder), plan.program().optimum(plan.folder)
    assert before is None or abs(before - said["plan_objective_usd"]) <= SAME * max(1.0, abs(before)), (what, before, said["plan_objective_usd"])
    if worth is None or before is None:
        seen["unsolved"] = seen.get("unsolved", 0) + 1
        return
    assert abs(worth - said["objective_usd"]) <= SAME * max(1.0, abs(worth)), (what, worth, said["objective_usd"])
    assert abs(worth - before - said["gain_usd"]) <= 2 * SAME * max(1.0, abs(worth)), (what, worth - before, said["gain_usd"])
    seen[what[1]] = seen.get(what[1], 0) + 1
    seen["moved"] = seen.get("moved", 0) + (abs(worth - before) > SAME * max(1.0, abs(worth)))


def check_yields(plan, seed, seen, most):
    for source in sorted({row["source"] for row in tables.read(plan.data, "source_yield")})[:most]:
        said = plan.explain("--yield", source)
        if said is None:
            continue  # its yield is 1 already
        column = "line_yield" if "line" in said["unit"] else "unit_yield"
        check_gain(plan, said, plan.changed(add_to("source_yield", "source", source, column, said["step"])), seen, (seed, "yield", plan.policy, source))


def check_routes(plan, seed, seen, most):
    for route in sorted({row["route"] for row in tables.read(plan.data, "cycle_time")})[:most]:
        said = plan.explain("--cycle-time", route)
        if said is not None:
            check_gain(plan, said, plan.changed(add_to("cycle_time", "route", route, "days", -1.0)), seen, (seed, "cycle time", plan.policy, route))


def main():
    fabplan, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    policies, most = (sys.argv[4:], 1) if len(sys.argv) > 4 else (("profit", "priority", "fair"), 2)
    seen = {}
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            data = os.path.join(folder, "data")
            subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), data], check=True)
            for policy in policies:
                plan = Plan(fabplan, folder, data, policy)
                if plan.good:
                    check_yields(plan, seed, seen, most)
                    check_routes(plan, seed, seen, most)
    print(seen)
    assert seen.get("yield", 0) > 0 and seen.get("cycle time", 0) > 0 and seen.get("moved", 0) > 0, "nothing was compared"


main()
