#!/usr/bin/env python3
"""Whole decisions a second time: tools ordered and removed, fixed charges, minimum lots, multiples of starts and shipments, whole orders are added to the LP of fabplan.mod, and glpsol's branch and cut solves it.

    whole.py FABPLAN --seeds SEED [SEED ...] [--policies SEED ...] [--verbose]

Written from language.md ("Whole decisions") and solving.md, on drawn fabs (random_fab.py --whole). Asked of each: no plan of glpsol is better than the bound that
fabplan has proven, and fabplan's plan is no better than what glpsol says is the most. The policies priority and fair, and least capital, with whole
tools likewise: their stages are solved with parts of tools (policies.py), what they keep gives way at commitment_factor a USD in the money stage, least capital is that of whole tools, and the price of a policy is what plan
`profit` with whole tools earns more. glpsol's point counts only as far as the rest, solved again with its whole numbers fixed, passes the exact check of oracle.py. Exit 1 on any difference.
"""
import argparse
import csv
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

    def write(self, path, money, kept, extra):
        """The program in GLPK's format, whole columns as such."""
        cols = self.program.write(path, money, list(self.program.rows.values()) + list(kept), extra)
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

    def search(self, money, kept, extra):
        """(glpsol's value of the objective money, its point or None) by branch and cut."""
        with tempfile.TemporaryDirectory(prefix="whole.") as work:
            files = os.path.join(work, "lp.glp"), os.path.join(work, "lp.sol")
            cols = self.write(files[0], money, kept, extra)
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
        return value, point

    def most(self, kept=(), extra=None):
        """(proven value of a plan, what glpsol says is the most), or (None, None) where there is no plan. extra: {column: its money}."""
        value, claim = self.best({**self.program.money, **(extra or {})}, kept, tuple(extra or ()))
        return (None, None) if value is None else (value + self.program.constant, claim + self.program.constant)

    def best(self, money, kept=(), extra=()):
        """The same of any objective, without its constant."""
        claim, point = self.search(money, kept, extra)
        if claim is None:
            return None, None
        before = dict(self.program.bounds)
        for col in self.columns:
            if abs(point[col] - round(point[col])) > NEAR:
                raise oracle.SolveError("glpsol's %s is %r" % (col, point[col]))
            self.program.bounds[col] = float(round(point[col])), float(round(point[col]))
        try:
            value, _ = self.program.most(money, kept, extra)
        finally:
            self.program.bounds = before
        if value is None:
            raise oracle.SolveError("glpsol's whole numbers leave no point")
        return value, claim


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


def without_charges(folder):
    """No fixed charges and minimum lots: what they are worth in part, in the stages before the money stage, depends on a bound of starts."""
    path = os.path.join(folder, "source.csv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [column for column in rows[0] if column not in ("fixed_usd", "min_lot")], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def give_way(stages, factor):
    """What is kept, with a column for what is missing of each, and what these cost."""
    kept, extra = [], {}
    for n, (terms, lower, upper) in enumerate(stages.kept):
        name = "under %d" % n
        extra[name] = -factor
        kept.append(({**terms, name: 1.0 if upper is None else -1.0}, lower, upper))
    return kept, extra


def check_policy(fabplan, folder, policy, profit):
    """Lines on what differs; profit: (proven value, claim) of the plan of policy `profit`."""
    plan = policies.run_plan(fabplan, folder, "--integer", "--gap", "0.00001", "--policy", policy)
    fab = policies.Fab(folder)
    stages = policies.Stages(fab, 0.001, profit[0])
    stages.priority() if policy == "priority" else stages.fair({row["customer"]: row["policy_row"] for row in plan["customers"]})
    setting = {**oracle.SETTINGS, **{row["key"]: row["value"] for row in fab.data["setting"]}}
    value, claim = Whole(fab, plan["objective_usd"]).most(*give_way(stages, float(setting["commitment_factor"])))
    lines = ["no plan here, one there"] if value is None else differences(plan, value, claim)
    wanted = sum(fab.W[row["customer"]] for row in fab.customers if row["weight"] != 0) if policy == "fair" else 1.0
    for stage in plan["stages"]:
        mine = stages.values.get(stage["name"])
        mine = mine * wanted if mine is not None and stage["name"].startswith("fair") else mine
        if stage["name"] not in ("money", "ties") and (mine is None or not policies.close(stage["value"], mine, sum(fab.W.values()) * 1e-3)):
            lines.append("stage %s: %s here, %s in the plan" % (stage["name"], mine, stage["value"]))
    doubt = 3e-5 * max(1.0, abs(profit[0]), abs(value))
    if abs(plan["policy_price_usd"] - (profit[0] - value)) > doubt:
        lines.append("the price of the policy is %.12g here, %.12g in the plan" % (profit[0] - value, plan["policy_price_usd"]))
    return lines


def check_capital(fabplan, folder, share):
    fab = policies.Fab(folder)
    fills = {row["customer"]: share for row in fab.customers if fab.W[row["customer"]] > 0}
    plan = policies.run_either(fabplan, folder, "--integer", "--gap", "0.00001", "--goal", "capital", *[text for c in fills for text in ("--fill", "%s=%g" % (c, share))])
    price = policies.capital(fab)
    value, _ = Whole(fab, 0.0).best({col: -usd for col, usd in price.items()}, [(fab.V[c], share * fab.W[c], None) for c in fills])
    if value is None or plan is None:
        return [] if value is None and plan is None else ["least capital: %s here, %s there" % (value, plan and plan["stages"])]
    found = next(stage["value"] for stage in plan["stages"] if stage["name"] == "capital")
    ordered = sum(row["price_usd"] for row in plan["purchases"])
    out = [] if policies.close(-value, found, sum(price.values()) * 1e-3) else ["least capital is %.12g here, %.12g in the plan" % (-value, found)]
    return out + ([] if ordered <= found * 1.001 + 1e-6 else ["tools for %.12g are ordered, least are %.12g" % (ordered, found)])


def check_policies(fabplan, seed, verbose):
    """Whether something differs."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, policies.random_fab.__file__, "--seed", str(seed), "--whole", folder], check=True)
        without_charges(folder)
        policies.draw_customers(folder, seed)
        try:
            profit = Whole(policies.Fab(folder), 0.0).most()
            for policy in ("priority", "fair"):
                lines += ["--policy %s: %s" % (policy, line) for line in check_policy(fabplan, folder, policy, profit)]
            lines += check_capital(fabplan, folder, 0.3)
        except (policies.Difference, oracle.SolveError) as error:
            lines.append(str(error))
    for line in lines:
        print("seed %d: %s" % (seed, line), flush=True)
    if verbose and not lines:
        print("seed %d: policies the same" % seed, flush=True)
    return bool(lines)


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
    parser.add_argument("--seeds", nargs="+", type=int, default=[])
    parser.add_argument("--policies", nargs="+", type=int, default=[])
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    failures = sum(check(options.fabplan, seed, options.verbose) for seed in options.seeds) + sum(check_policies(options.fabplan, seed, options.verbose) for seed in options.policies)
    print("%d differences" % failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
