#!/usr/bin/env python3
"""Whole decisions a second time: tools ordered and removed, fixed charges, minimum lots, multiples of starts and shipments, whole orders are added to the LP of fabplan.mod, and glpsol's branch and cut solves it.

    whole.py FABPLAN --seeds SEED [SEED ...] [--verbose]

Written from language.md ("Whole decisions") and solving.md, on drawn fabs (random_fab.py --whole). Asked of each: no plan of glpsol is better than the bound that
fabplan has proven, and fabplan's plan is no better than what glpsol says is the most. glpsol's point counts only as far as the rest, solved again with its whole numbers fixed, passes the exact check of oracle.py. Exit 1 on any difference.
"""
import argparse
import math
import os
import subprocess
import sys
import tempfile

import oracle
import policies

SAME = 1e-7        # relative: of two objectives
GAP = 1e-6         # that glpsol is asked for
SECONDS = 20       # that each may take
NEAR = 1e-5        # glpsol's own measure of a whole number


class Whole:
    """The program of a fab with whole decisions: columns that are whole beside its own."""

    def __init__(self, fab, least):
        """least: what some plan is worth; it bounds starts."""
        self.fab, self.program, self.columns = fab, fab.program, set()
        sources = {row["source"]: row for row in fab.data["source"]}
        orders = fab.orders
        for col in list(self.program.bounds):
            head, index = policies.indices(col)
            if head in ("n", "r"):
                self.columns.add(col)
            elif head == "x" and self.program.bounds[col][1] != 0:
                self.add_starts(col, sources[index[0]], int(index[1]) - 1, least)
            elif head == "y" and orders[index[0]]["ship_multiple"]:
                self.add_multiple(col, orders[index[0]]["ship_multiple"])
            elif head == "short" and orders[index[0]]["whole"]:
                taken = self.add("taken", col, 1.0)
                self.program.rows["WHO " + col] = {col: 1.0, taken: orders[index[0]]["quantity"]}, *[orders[index[0]]["quantity"]] * 2

    def add(self, name, col, upper):
        name = name + " " + col
        self.program.bounds[name] = 0.0, upper
        self.columns.add(name)
        return name

    def add_multiple(self, col, multiple):
        self.program.rows["MUL " + col] = {col: 1.0, self.add("times", col, None): -multiple}, 0.0, 0.0

    def add_starts(self, col, source, t, least):
        fixed, lot = oracle.default(source["fixed_usd"], 0.0), oracle.default(source["min_lot"], 0.0)
        if source["starts_multiple"]:
            self.add_multiple(col, source["starts_multiple"])
        if not fixed and not lot:
            return
        # no plan worth as much as a known one starts more
        most, _ = self.program.most({col: 1.0}, [(self.program.money, least - self.program.constant, None)])
        use = self.add("use", col, 1.0)
        self.program.rows["USE " + col] = {col: 1.0, use: -most * (1 + SAME)}, None, 0.0
        self.program.rows["LOT " + col] = {col: 1.0, use: -lot}, 0.0, None
        if fixed:
            self.program.money[use] = -fixed * self.fab.delta[t]

    def write(self, path, kept, extra):
        """The program in GLPK's format, whole columns as such."""
        cols = self.program.write(path, self.program.money, list(self.program.rows.values()) + list(kept), extra)
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
        lines[0] = lines[0].replace("p lp", "p mip")
        for n, line in enumerate(lines):
            words = line.split()
            if words[0] == "j":
                lines[n] = " ".join(["j", words[1], "i" if cols[int(words[1]) - 1] in self.columns else "c", *words[2:]])
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        return cols

    def search(self, kept, extra):
        """(glpsol's bound of the objective, its point or None) by branch and cut."""
        with tempfile.TemporaryDirectory(prefix="whole.") as work:
            files = os.path.join(work, "lp.glp"), os.path.join(work, "lp.sol")
            cols = self.write(files[0], kept, extra)
            log = subprocess.run(["glpsol", "--glp", files[0], "-w", files[1], "--cuts", "--mipgap", repr(GAP), "--tmlim", str(SECONDS)], capture_output=True, text=True).stdout
            if not os.path.exists(files[1]):
                raise oracle.SolveError(log[-300:])
            point, value, status = {}, None, None
            for words in oracle.Lp.lines(files[1]):
                if words[0] == "s":
                    status, value = words[4], float(words[5])
                elif words[0] == "j":
                    point[cols[int(words[1]) - 1]] = float(words[2])
        if status == "n" or status == "u" and any(mark in log for mark in ("NO PRIMAL FEASIBLE", "NO INTEGER FEASIBLE", "NO FEASIBLE")):
            return None, None
        if status != "o":
            raise oracle.SolveError("glpsol does not finish within %d s: status %s" % (SECONDS, status))
        return value + self.program.constant, point

    def most(self, kept=(), extra=()):
        """(proven value of a plan, what glpsol says is the most), or (None, None) where there is no plan."""
        claim, point = self.search(kept, extra)
        if claim is None:
            return None, None
        before = dict(self.program.bounds)
        for col in self.columns:
            if abs(point[col] - round(point[col])) > NEAR:
                raise oracle.SolveError("glpsol's %s is %r" % (col, point[col]))
            self.program.bounds[col] = float(round(point[col])), float(round(point[col]))
        try:
            value, _ = self.program.most(self.program.money, kept, extra)
        finally:
            self.program.bounds = before
        if value is None:
            raise oracle.SolveError("glpsol's whole numbers leave no point")
        return value + self.program.constant, claim


def near(value):
    return SAME * max(1.0, abs(value))


def differences(plan, value, claim):
    """Lines on what cannot both be true."""
    bound, objective, gap = plan["bound_usd"], plan["objective_usd"], plan["gap"]
    out = []
    if value > bound + near(bound):
        out.append("a plan is worth %.17g, the proven bound is %.17g" % (value, bound))
    if objective > claim + GAP * max(1, abs(claim)) + near(claim):
        out.append("the plan is worth %.17g, glpsol finds %.17g at most" % (objective, claim))
    if plan["status"] == "optimal" and objective < value - gap * max(1, abs(objective)) - near(value):
        out.append("the plan is worth %.17g with a gap of %.3g, another %.17g" % (objective, gap, value))
    if any(abs(row["tools"] - round(row["tools"])) > 0 for row in plan["purchases"] + plan["removals"]):
        out.append("tools are not whole")
    if not math.isclose(math.fsum(plan["totals"].values()), objective, rel_tol=1e-9, abs_tol=1e-6):
        out.append("totals do not sum to the objective")
    return out


def solve(fabplan, seed):
    """A fab's plan, its program here, and what glpsol finds."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, policies.random_fab.__file__, "--seed", str(seed), "--whole", folder], check=True)
        plan = policies.run_plan(fabplan, folder, "--integer", "--gap", "0.00001", "--time-limit", str(SECONDS), "--worst-gap", "10")
        whole = Whole(policies.Fab(folder), plan["objective_usd"])
        value, claim = whole.most()
    return plan, whole, value, claim


def check(fabplan, seed, verbose):
    try:
        plan, whole, value, claim = solve(fabplan, seed)
        lines = ["no plan here, one there"] if value is None else differences(plan, value, claim)
    except (policies.Difference, oracle.SolveError) as error:
        lines = [str(error)]
    for line in lines:
        print("seed %d: %s" % (seed, line), flush=True)
    if verbose and not lines:
        print("seed %d: %d whole, %s, plan %.12g, bound %.12g, glpsol %.12g" % (seed, len(whole.columns), plan["status"], plan["objective_usd"], plan["bound_usd"], value), flush=True)
    return bool(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("--seeds", nargs="+", type=int, required=True)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    failures = sum(check(options.fabplan, seed, options.verbose) for seed in options.seeds)
    print("%d differences" % failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
