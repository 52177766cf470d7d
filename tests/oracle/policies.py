#!/usr/bin/env python3
"""The policies priority, fair and entitlement, fills, least capital, lists of stages and hard promises, a second time: their stages are solved with glpsol on the LP of fabplan.mod and compared,
stage by stage, with `fabplan optimise --policy P --json`, on random fabs with random customers.

    policies.py FABPLAN --seeds SEED [SEED ...] [--language FEATURE ...] [--verbose]

Written from planning-model.md, section Policies, alone. Fair's customers without more to gain are found by brute force (the most that each could
get), not by multipliers. Exit 1 on any difference.
"""
import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile

import horizon
import oracle

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import random_fab  # noqa: E402

SAME = 1e-6                 # relative, of values of stages and of objectives
ACCURATE = 1e-8             # largest gap and violation of a row of an answer of glpsol
STUCK = 1e-5                # part of what is wanted below which a customer has no more to gain
NOTHING = 1e-9              # a value below this part of what is wanted is 0
ROUNDING = 1e-12            # of a kept value: its last digit may be beyond the best, and the row that keeps it then leaves a point to a solver's tolerance alone
SHARP = 1e4                 # largest coefficient of an objective: reduced costs of 1e-7 of 1 left a level 1e-7 below the best, and a profit that keeps it 5e-5 above


class Difference(Exception):
    """The two differ."""


class Infeasible(Exception):
    """No point keeps all that it should."""


# ---------------------------------------------------------------------------------------------------- linear programs
def indices(name):
    """('y', ['ACME:Chip 1:1', '3']) of y['ACME:Chip 1:1',3]."""
    head, _, rest = name.partition("[")
    out, text, k = [], rest[:-1] if rest else "", 0
    while k < len(text):
        if text[k] == "'":
            end = k + 1
            while text[end:end + 1] != "'" or text[end:end + 2] == "''":
                end += 2 if text[end:end + 2] == "''" else 1
            out.append(text[k + 1:end].replace("''", "'"))
        else:
            end = (text + ",").index(",", k) - 1
            out.append(text[k:end + 1])
        k = end + 2
    return head, out


class Program:
    """An LP: columns and rows by name; values are floats, None is no bound."""

    def __init__(self, lp):
        self.bounds = {name: self.pair(lp, "j", col) for col, name in lp.col_name.items()}
        self.money = {lp.col_name[col]: float(cost) for col, cost in lp.cost.items()}
        self.constant = float(lp.constant)
        names = {row: name for row, name in lp.row_name.items() if name != oracle.OBJECTIVE}
        self.rows = {name: ({}, *self.pair(lp, "i", row)) for row, name in names.items()}
        for row, col, value in lp.entries:
            if row in names:
                self.rows[names[row]][0][lp.col_name[col]] = float(value)

    @staticmethod
    def pair(lp, kind, index):
        return tuple(None if limit is None else float(limit) for limit in lp.bounds_of(kind, index))

    @staticmethod
    def descriptor(lower, upper):
        if lower is None and upper is None:
            return "f"
        if upper is None:
            return "l %r" % lower
        if lower is None:
            return "u %r" % upper
        return "s %r" % lower if lower == upper else "d %r %r" % (lower, upper)

    @staticmethod
    def scaled(terms, lower, upper):
        """The row over its largest coefficient; what is rounding residue of 1 - sum w goes."""
        most = max(map(abs, terms.values()), default=0.0) or 1.0
        return {col: value / most for col, value in terms.items() if abs(value) > 1e-13 * most}, lower if lower is None else lower / most, upper if upper is None else upper / most

    def write(self, path, objective, rows, extra):
        cols = list(self.bounds) + [name for name in extra]
        number = {name: k + 1 for k, name in enumerate(cols)}
        entries = [(i + 1, number[col], value) for i, (terms, _, _) in enumerate(rows) for col, value in terms.items() if value]
        entries += [(0, number[col], value) for col, value in objective.items() if value]
        with open(path, "w", encoding="utf-8") as file:
            file.write("p lp max %d %d %d\n" % (len(rows), len(cols), sum(entry[0] > 0 for entry in entries)))
            for i, (_, lower, upper) in enumerate(rows):
                file.write("i %d %s\n" % (i + 1, self.descriptor(lower, upper)))
            for name, k in number.items():
                file.write("j %d %s\n" % (k, self.descriptor(*self.bounds.get(name, (0.0, None)))))
            for entry in entries:
                file.write("a %d %d %r\n" % entry)
            file.write("e o f\n")
        return cols

    def most(self, objective, kept=(), extra=()):
        """(largest value of the objective, point), or (None, None) if there is no point; kept: rows (terms, lower, upper) beside the program's."""
        scale = (max(map(abs, objective.values()), default=0.0) or 1.0) / SHARP
        kept = [self.scaled(*row) for row in kept]
        with tempfile.TemporaryDirectory(prefix="policies.") as work:
            files = os.path.join(work, "lp.glp"), os.path.join(work, "lp.sol")
            cols = self.write(files[0], {col: value / scale for col, value in objective.items()}, list(self.rows.values()) + list(kept), extra)
            verdicts = []
            for options in (["--nopresol", "--dual"], ["--nopresol", "--noscale"], ["--presol"], ["--nopresol", "--dual", "--noscale"], ["--nopresol", "--dual", "--norelax"], ["--nopresol", "--bib"], ["--nopresol", "--std", "--norelax"]):
                log = subprocess.run(["glpsol", "--glp", files[0], "-w", files[1], *options], capture_output=True, text=True).stdout
                if not os.path.exists(files[1]):
                    raise oracle.SolveError(log[-300:])
                lp = oracle.Lp(*files)
                verdict = oracle.verdict(lp, log)
                verdicts.append(verdict)
                if verdict != "optimal":
                    continue                     # a wrong "infeasible" happens: all have to say it
                value, (bound, left_out) = lp.objective(), lp.bound()
                if abs(bound - value) + left_out <= ACCURATE * max(1, abs(value)) and lp.residual() <= ACCURATE:
                    return float(value) * scale, {name: float(lp.primal["j", k + 1]) for k, name in enumerate(cols)}
        if set(verdicts) == {"infeasible"}:
            return None, None
        raise oracle.SolveError("no answer that passes its check: " + ", ".join(verdicts))


def value_of(terms, point):
    return sum(value * point[col] for col, value in terms.items())


# ---------------------------------------------------------------------------------------------------- the fab
class Fab:
    """A data set, its LP, what customers want (W) and the value served of each (V, terms over the columns y)."""

    def __init__(self, folder):
        self.data = oracle.read_folder(folder)
        setting = {**oracle.SETTINGS, **{row["key"]: row["value"] for row in self.data["setting"]}}
        self.full = horizon.add_tail(self.data, float(setting["tail_days"]))
        with tempfile.TemporaryDirectory(prefix="policies.") as work:
            _, lp = oracle.solve(folder, work)
        self.program = Program(lp)
        calendar = sorted(self.full["calendar"], key=lambda row: row["start_date"])
        self.start = calendar[0]["start_date"]
        self.begin = [(row["start_date"] - self.start).days for row in calendar]
        rate = float(setting["discount_rate"])
        self.delta = [1 / (1 + rate) ** (day / 365.25) for day in self.begin]
        self.end = max(row["end_date"] for row in self.data["calendar"])
        self.orders = {row["demand"]: row for row in self.full["demand"]}
        own = {row["demand"] for row in self.data["demand"] if row["due_date"] < self.end}
        able = {name for name, row in self.orders.items() if (self.start - row["due_date"]).days <= oracle.default(row["max_late_days"], 0.0)}
        self.horizon_orders = own & able
        self.able = able
        self.customers = [row for row in self.data["customer"] if any(self.orders[name]["customer"] == row["customer"] for name in self.horizon_orders)]
        self.V = {row["customer"]: {} for row in self.data["customer"]}
        self.W = dict.fromkeys(self.V, 0.0)
        for name in self.horizon_orders:
            row = self.orders[name]
            self.W[row["customer"]] += row["quantity"] * row["price_usd"] * self.delta[self.due(row)]
        self.lack = {}
        for col in self.program.bounds:
            head, index = indices(col)
            if head == "y" and index[0] in self.horizon_orders:
                row = self.orders[index[0]]
                self.V[row["customer"]][col] = row["price_usd"] * self.delta[int(index[1]) - 1]
            if head == "lack":
                row = self.orders[index[0]]
                self.lack[col] = float(setting["commitment_factor"]) * row["price_usd"] * self.delta[self.due(row)]

    def due(self, row):
        day = (row["due_date"] - self.start).days
        return max(t for t, begin in enumerate(self.begin) if begin <= max(0, day))


# ---------------------------------------------------------------------------------------------------- what leads to whom
def leads(fab):
    """{(kind, id): customers whose orders it leads to}."""
    data, out = fab.data, {}
    outputs = {}
    for row in data["source_output"]:
        outputs.setdefault(row["source"], set()).add((row["item"], row["share"]))
    made = {row["source"]: {i for i, share in outputs[row["source"]] if share > 0} if row["source"] in outputs else {row["item"]}
            for row in data["source"]}
    item = {row["item"]: set() for row in data["item"]}
    for name in fab.able:
        item[fab.orders[name]["item"]].add(fab.orders[name]["customer"])
    source = {name: set() for name in made}
    changed = True
    while changed:
        before = sum(map(len, item.values())) + sum(map(len, source.values()))
        for row in data["source"]:
            source[row["source"]] |= set().union(*[item[i] for i in made[row["source"]]])
            if oracle.default(row["consumes_bom"], float(row["route"] is not None)) == 1:
                for bill in data["bom"]:
                    if bill["item"] == row["item"] and bill["quantity"] > 0:
                        item[bill["component"]] |= source[row["source"]]
        for row in data["substitute"]:
            item[row["item"]] |= item[row["instead_of"]]
        changed = sum(map(len, item.values())) + sum(map(len, source.values())) > before
    routes = {}
    for row in data["source"]:
        routes.setdefault(row["route"], set()).update(source[row["source"]])
    own = {row["tool_group"]: set() for row in data["tool_group"]}
    for row in data["route_step"]:
        own[row["tool_group"]] |= routes.get(row["route"], set())
    group = {name: set(customers) for name, customers in own.items()}
    for row in data["tool_alternate"]:
        group[row["alternate"]] |= own[row["tool_group"]]
    line = {row["line"]: set() for row in data["line"]}
    for row in data["source"]:
        line[row["line"]] |= source[row["source"]]
    for row in data["tool_group"]:
        line[row["line"]] |= group[row["tool_group"]]
    site = {row["site"]: set() for row in data["site"]}
    for row in data["line"]:
        site[row["site"]] |= line[row["line"]]
    at = {row["line"]: row["site"] for row in data["line"]}
    for row in data["tool_group"]:
        if oracle.default(row["floor_m2"], 0) < 0:
            group[row["tool_group"]] |= line[row["line"]]
        if oracle.default(row["supply_mw"], 0) > 0:
            group[row["tool_group"]] |= site[at[row["line"]]]
    budget = set().union(*[group[row["tool_group"]] for row in data["tool_group"] if oracle.default(row["buyable"], 0) == 1], set())
    for kind, table in (("item", item), ("source", source), ("group", group), ("line", line), ("site", site)):
        out.update({(kind, name): customers for name, customers in table.items()})
    out["budget", ""] = budget
    return out


def alone(fab, customer, share, led):
    """The program of one customer with its part."""
    data, whole = fab.full, fab.program
    part = Program.__new__(Program)

    def times(kind, name):
        customers = led[kind, name]
        return share if len(customers) != 1 else float(customer in customers)

    def other(name):
        return fab.orders[name]["customer"] != customer

    part.bounds, part.money, part.constant, part.rows = {}, dict(whole.money), 0.0, {}
    for col, (lower, upper) in whole.bounds.items():
        head, index = indices(col)
        if head in ("short", "lack", "lackmin", "under", "behind"):
            part.money[col] = 0.0
        if head == "y" and other(index[0]):
            upper = 0.0
        if head == "I" and upper:
            upper *= times("item", index[0])
        part.bounds[col] = lower, upper
    groups_on = {}
    for row in data["tool_group"]:
        groups_on.setdefault(row["line"], []).append(row)
    installed = {tuple(indices(name)[1]): lower for name, (_, lower, _) in whole.rows.items() if name.startswith("TLS[")}
    base = {tuple(indices(name)[1]): lower for name, (_, lower, _) in whole.rows.items() if name.startswith("MWD[")}
    for name, (terms, lower, upper) in whole.rows.items():
        head, index = indices(name)
        if head in ("MIN", "SRC_min", "TGT", "CUM_min") or head == "DEM" and other(index[0]):
            continue
        if head == "MWD":                        # the base load is nobody's: rows count the power above it
            factor = 0.0
        elif head == "PWR":
            upper -= base[tuple(index)]
            factor = times("site", index[0])
        elif head in ("DEM", "SHP", "CUM_max", "MIX_min", "MIX_max", "SUB_item", "SUB_customer", "CAP", "WHR", "OFF_all", "OFF_route", "OFF_step"):
            factor = 1.0
        else:
            factor = {"BAL": lambda: times("item", index[0]), "TLS": lambda: times("group", index[0]),
                      "WIP_all": lambda: times("source", wip_source(fab, int(index[0]))),
                      "SRC_max": lambda: times("source", data["source_limit"][int(index[0]) - 1]["source"]),
                      "LIN_max": lambda: times("line", data["line_limit"][int(index[0]) - 1]["line"]),
                      "LIN_ramp": lambda: times("line", data["line_limit"][int(index[0]) - 1]["line"]),
                      "LIN_drop": lambda: times("line", data["line_limit"][int(index[0]) - 1]["line"]),
                      "DLV": lambda: times("group", data["tool_delivery_limit"][int(index[0]) - 1]["tool_group"]),
                      "FLR": lambda: times("line", index[0]), "BUD": lambda: times("budget", "")}[head]()
        lower, upper = [None if limit is None else limit * factor for limit in (lower, upper)]
        if head == "FLR":                        # what is left of the floor; below 0 it goes by share
            used = [(oracle.default(g["floor_m2"], 0.0) * installed[g["tool_group"], index[1]], times("group", g["tool_group"])) for g in groups_on[index[0]]]
            left = upper - sum(area * part_of for area, part_of in used)
            if left < 0:
                floor = next(row["floor_m2"] for row in data["line"] if row["line"] == index[0])
                upper += share * (floor - sum(area for area, _ in used)) - left
        part.rows[name] = terms, lower, upper
    return part


def wip_source(fab, number):
    if not hasattr(fab, "wip"):
        most = next((row["value"] for row in fab.data["setting"] if row["key"] == "wip_groups"), oracle.SETTINGS["wip_groups"])
        fab.wip = oracle.wip_groups(fab.full, float(most))
    return fab.wip[number - 1]["source"]


# ---------------------------------------------------------------------------------------------------- stages
class Stages:
    """The stages of one policy: named values, and the rows that later stages keep."""

    def __init__(self, fab, within, profit, give=None, promises=True, kept=()):
        self.fab, self.within = fab, within
        self.values, self.kept, self.fixed = {}, list(kept), {}
        if give is not None:
            self.kept.append((fab.program.money, profit - give * abs(profit) - fab.program.constant, None))
        if fab.lack and promises:
            least, _ = fab.program.most({col: -cost for col, cost in fab.lack.items()}, self.kept)
            if least is None:
                raise Difference("no point keeps the profit")
            wanted = sum(self.fab.lack[col] * self.fab.orders[indices(col)[1][0]]["quantity"] for col in fab.lack)
            least = 0.0 if -least < NOTHING * max(1.0, wanted) else -least
            self.values["promises"] = least
            self.kept.append((fab.lack, None, least * (1 + within + ROUNDING)))

    def keep(self, terms, value):
        self.kept.append((terms, value - (self.within + ROUNDING) * abs(value), None))

    def least(self, name, terms, within):
        """The least of what has positive terms, kept."""
        value, _ = self.fab.program.most({col: -cost for col, cost in terms.items()}, self.kept)
        if value is None:
            raise Infeasible(name)
        value = 0.0 if name != "movement" and -value < NOTHING * sum(self.fab.W.values()) else -value
        self.values[name] = value
        self.kept.append((terms, None, value * (1 + within + ROUNDING)))

    def money(self):
        value, self.point = self.fab.program.most(self.fab.program.money, self.kept)
        if value is None:
            raise Infeasible("money")
        self.values["money"] = value + self.fab.program.constant

    def priority(self):
        fab, ranks = self.fab, {}
        for row in fab.customers:
            ranks.setdefault(oracle.default(row["priority"], 1), []).append(row["customer"])
        for rank in sorted(ranks)[:-1]:
            wanted = sum(fab.W[name] for name in ranks[rank])
            if wanted <= 0:
                continue
            terms = {col: price for name in ranks[rank] for col, price in fab.V[name].items()}
            value, _ = fab.program.most(terms, self.kept)
            value = 0.0 if value < NOTHING * wanted else value
            self.values["priority %g" % rank] = value
            self.keep(terms, value)

    def rounds(self, aims, name, most=None, chosen=None):
        """The largest l with V_c >= l aim_c for all, then again for those that can have more, until nobody is left.
        chosen: {customer: name of the stage that fixed it} of another solver, which is followed where it fixes fewer than all that are stuck."""
        fab, number = self.fab, 0
        aims = dict(aims)
        bounds = fab.program.bounds
        while aims:
            number += 1
            stage = "%s %d" % (name, number)
            rows = [({**fab.V[c], "level": -aim}, 0.0, None) for c, aim in aims.items()]
            bounds["level"] = 0.0, most
            try:
                level, _ = fab.program.most({"level": max(aims.values())}, self.kept + rows)
            finally:
                del bounds["level"]
            level = level / max(aims.values())
            self.values[stage], tops = level, {}
            if most is not None and level >= most * (1 - 1e-9):
                stuck = list(aims)
            else:
                stuck = []
                for c, aim in aims.items():
                    held = [(fab.V[o], level * other * (1 - 1e-10), None) for o, other in aims.items()]
                    top, _ = fab.program.most(fab.V[c], self.kept + held)
                    tops[c] = top / aim
                    if top <= level * aim + STUCK * fab.W[c]:
                        stuck.append(c)
            if chosen is not None:
                theirs = [c for c in aims if chosen.get(c) == stage]
                if set(theirs) - set(stuck) or not theirs:
                    raise Difference("%s fixes %s, stuck are %s, level %.9g, could have %s" % (stage, theirs, stuck, level, tops))
                stuck = theirs
            for c in stuck:
                value = level * aims.pop(c)
                value = 0.0 if value < NOTHING * fab.W[c] else value
                self.fixed[c] = value
                self.keep(fab.V[c], value)



    def fair(self, chosen):
        aims = {row["customer"]: oracle.default(row["weight"], 1.0) * self.fab.W[row["customer"]] for row in self.fab.customers}
        self.rounds({c: aim for c, aim in aims.items() if aim > 0}, "fair", None, chosen)

    def entitlement(self, chosen, stages):
        fab, led = self.fab, leads(self.fab)
        levels = {}
        for row in fab.customers:
            c, share = row["customer"], oracle.default(row["entitlement"], 0.0)
            part = alone(fab, c, share, led)
            own, _ = part.most(part.money)
            value, _ = part.most(fab.V[c], [(part.money, own - self.within * abs(own), None)])
            value = 0.0 if value < NOTHING * fab.W[c] else value
            self.values["alone " + c] = value
            if value > 0:
                levels[c] = (1 - self.within) * value
        rows = [(fab.V[c], level, None) for c, level in levels.items()]
        together, _ = fab.program.most({}, self.kept + rows)
        if together is not None:
            self.kept += rows
            self.fixed = {c: self.values["alone " + c] for c in levels}
            if "entitlement 1" in stages:        # a round that finds l = 1 says the same
                self.values["entitlement 1"] = 1.0
        else:
            self.rounds(levels, "entitlement", 1.0, chosen)


# ---------------------------------------------------------------------------------------------------- comparing
def draw_customers(folder, seed):
    """Priorities with equal ranks, weights with 0, entitlements whose sum is at most 1; the rest of customer.csv as it was."""
    dice = random_fab.Dice("customers of %d" % seed)
    path = os.path.join(folder, "customer.csv")
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    part = [dice.pick((0, 1, 1, 2, 3)) for _ in rows]
    total = max(1, sum(part)) / dice.pick((1, 0.8, 0.5))
    for row, mine in zip(rows, part):
        row["priority"] = dice.pick(("", 1, 2, 2, 3))
        row["weight"] = dice.pick(("", 0, 1, dice.real(0.2, 3, 1), dice.real(0.2, 3, 1)))
        row["entitlement"] = int(mine / total * 1000) / 1000
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def close(a, b, scale=0.0):
    return abs(a - b) <= SAME * max(1.0, abs(a), abs(b), scale)


def differences(fab, plan, mine):
    """Lines on what differs between the stages of a plan and those of this file."""
    theirs = {stage["name"]: stage["value"] for stage in plan["stages"] if stage["name"] != "ties"}
    out = []
    for name in {**mine.values, **theirs}:
        a, b = mine.values.get(name), theirs.get(name)
        if a is None or b is None or not close(a, b, sum(fab.W.values()) * 1e-3 if name == "promises" else 0.0):
            out.append("stage %s: %s here, %s in the plan" % (name, a, b))
    if not close(plan["objective_usd"], mine.values["money"]):
        out.append("objective %.12g here, %.12g in the plan" % (mine.values["money"], plan["objective_usd"]))
    served = dict.fromkeys(fab.V, 0.0)
    period = {row["period"]: t for t, row in enumerate(sorted(fab.full["calendar"], key=lambda row: row["start_date"]))}
    for row in plan["shipments"]:
        if row["demand"] in fab.horizon_orders:
            served[fab.orders[row["demand"]]["customer"]] += row["revenue_usd"] * fab.delta[period[row["period"]]]
    for row in plan["customers"]:
        c = row["customer"]
        if fab.W[c] > 0 and not close(row["share"], served[c] / fab.W[c]):
            out.append("share of %s: %s, shipments say %s" % (c, row["share"], served[c] / fab.W[c]))
        if c in mine.fixed and served[c] < mine.fixed[c] * (1 - mine.within) - SAME * max(1.0, fab.W[c]):
            out.append("%s is served %s, kept are %s" % (c, served[c], mine.fixed[c]))
    return out


def run_plan(fabplan, folder, *options):
    done = subprocess.run([fabplan, "optimise", folder, "--json", "--values", "0", *options], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise Difference("exit %d: %s" % (done.returncode, " | ".join(line for line in done.stderr.splitlines() if "warning" not in line)))
    return json.loads(done.stdout)


def compare(fabplan, folder, fab, profit, policy, within, give):
    options = ["--policy", policy, "--within", repr(within)] + (["--give", repr(give)] if give is not None else [])
    plan = run_plan(fabplan, folder, *options)
    mine = Stages(fab, within, profit, give)
    chosen = {row["customer"]: row["policy_row"] for row in plan["customers"]}
    if policy == "priority":
        mine.priority()
    elif policy == "fair":
        mine.fair(chosen)
    else:
        mine.entitlement(chosen, {stage["name"] for stage in plan["stages"]})
    mine.money()
    if policy == "entitlement":
        whole = sum(value * (1 - within) for name, value in mine.values.items() if name.startswith("alone "))
        mine.values = {name: value * whole if name.startswith("entitlement ") else value for name, value in mine.values.items()}
    if policy == "fair":
        whole = sum(fab.W[row["customer"]] for row in fab.customers if row["weight"] != 0)
        mine.values = {name: value * whole if name.startswith("fair") else value for name, value in mine.values.items()}
    return differences(fab, plan, mine)


# ---------------------------------------------------------------------------------------------------- fills, capital, lists, hard promises
def capital(fab):
    price = {row["tool_group"]: oracle.default(row["price_usd"], 0.0) for row in fab.data["tool_group"]}
    return {col: price[index[0]] for col in fab.program.bounds for head, index in [indices(col)] if head == "n" and price[index[0]]}


def lateness(fab):
    """Weeks late x price of every unit."""
    out = {}
    for col in fab.program.bounds:
        head, index = indices(col)
        if head == "y":
            row = fab.orders[index[0]]
            due = (row["due_date"] - fab.start).days
            days = fab.begin[int(index[1]) - 1] - (due if due < 0 else fab.begin[fab.due(row)])
            if days and row["price_usd"]:
                out[col] = days / 7 * row["price_usd"]
    return out


def follow_movement(fab):
    """Adds the rises and falls of weekly starts to the program; their terms and rows."""
    own = {row["line"] for row in fab.data["line"] if row["kind"] != "external"}
    sources = {row["source"] for row in fab.data["source"] if row["line"] in own}
    calendar = sorted(fab.full["calendar"], key=lambda row: row["start_date"])
    length = [(row["end_date"] - row["start_date"]).days for row in calendar]
    starts = {}
    for col in list(fab.program.bounds):
        head, index = indices(col)
        if head == "x" and index[0] in sources:
            starts[index[0], int(index[1]) - 1] = col
    terms, rows = {}, []
    for source in sorted(sources):
        for t in range(1, sum(row["start_date"] < fab.end for row in calendar)):
            row = {starts[source, u]: sign * 7 / length[u] for u, sign in ((t, 1), (t - 1, -1)) if (source, u) in starts}
            if row:
                rise, fall = "rise %s %d" % (source, t), "fall %s %d" % (source, t)
                fab.program.bounds[rise] = fab.program.bounds[fall] = (0.0, None)
                terms[rise] = terms[fall] = 1.0
                rows.append(({**row, rise: -1.0, fall: 1.0}, 0.0, 0.0))
    return terms, rows


def run_either(fabplan, folder, *options):
    """The plan, or None where there is none and the program says so."""
    done = subprocess.run([fabplan, "optimise", folder, "--json", "--values", "0", *options], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode == 4:
        return None
    if done.returncode != 0:
        raise Difference("exit %d: %s" % (done.returncode, " | ".join(line for line in done.stderr.splitlines() if "warning" not in line)))
    return json.loads(done.stdout)


def judge(plan, mine, solve):
    """Lines on what differs; both may have no plan."""
    try:
        solve()
    except Infeasible:
        return [] if plan is None else ["no plan here, one there"]
    return ["no plan there, one here"] if plan is None else differences(mine.fab, plan, mine)


def check_fill(fabplan, folder, fab, dice, goal):
    fills = {row["customer"]: dice.real(0.1, 0.9, 2) for row in fab.customers if fab.W[row["customer"]] > 0 and dice.pick((0, 1, 1))}
    if not fills:
        return []
    options = [text for c, share in fills.items() for text in ("--fill", "%s=%g" % (c, share))] + (["--goal", "capital"] if goal else [])
    mine = Stages(fab, 0.001, None, None, False, [(fab.V[c], share * fab.W[c], None) for c, share in fills.items()])

    def solve():
        if goal and capital(fab):
            mine.least("capital", capital(fab), 0.001)
        elif goal:
            mine.values["capital"] = 0.0
        mine.money()
    plan = run_either(fabplan, folder, *options)
    lines = judge(plan, mine, solve)
    for row in plan["customers"] if plan else []:
        if row["customer"] in fills and row["share"] < fills[row["customer"]] - SAME:
            lines.append("%s has share %g, asked are %g" % (row["customer"], row["share"], fills[row["customer"]]))
    return lines


def check_list(fabplan, folder, fab, dice):
    kinds = sorted(("capital", "lateness", "movement", "fill", "profit"), key=lambda kind: dice.real(0, 1, 9))[:dice.pick((2, 3, 4))]
    group = [row["customer"] for row in fab.customers if dice.pick((0, 1))] or [fab.customers[0]["customer"]]
    movement, rows = follow_movement(fab)
    mine = Stages(fab, 0.001, None, None, False, rows)
    path, within = os.path.join(folder, "list.of_stages"), {kind: dice.pick((0.01, 0.05, 0.2)) for kind in kinds}
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("number,name,objective,sense,within\n")
        for n, kind in enumerate(kinds):
            objective = "fill:" + "+".join(group) if kind == "fill" else kind
            file.write("%d,%s,%s,%s,%g\n" % (n + 1, kind, objective, "max" if kind in ("fill", "profit") else "min", within[kind]))

    def solve():
        for n, kind in enumerate(kinds):
            if kind == "profit" and n == len(kinds) - 1:
                continue
            if kind in ("fill", "profit"):
                terms = fab.program.money if kind == "profit" else {col: price for c in group for col, price in fab.V[c].items()}
                constant = fab.program.constant if kind == "profit" else 0.0
                value, _ = fab.program.most(terms, mine.kept)
                mine.values[kind] = value + constant
                mine.kept.append((terms, value + constant - within[kind] * abs(value + constant) - constant, None))
            else:
                mine.least(kind, {"capital": capital, "lateness": lateness, "movement": lambda fab: movement}[kind](fab), within[kind])
        mine.money()
    try:
        return judge(run_either(fabplan, folder, "--stages", path), mine, solve)
    finally:
        for col in movement:
            del fab.program.bounds[col]


def check_hard(fabplan, folder, fab):
    before = dict(fab.program.bounds)
    for col in before:
        head, _ = indices(col)
        if head in ("lack", "behind") or head == "lackmin" and fab.program.money.get(col, 0.0) < 0:
            fab.program.bounds[col] = 0.0, 0.0
    mine = Stages(fab, 0.001, None, None, False)
    try:
        return judge(run_either(fabplan, folder, "--hard"), mine, mine.money)
    finally:
        fab.program.bounds = before


def check_asked(fabplan, folder, fab, seed):
    """{name: lines that differ} of what is no policy of a name."""
    dice = random_fab.Dice("asked %d" % seed)
    checks = {"--fill": lambda: check_fill(fabplan, folder, fab, dice, False), "--goal capital": lambda: check_fill(fabplan, folder, fab, dice, True),
              "--stages": lambda: check_list(fabplan, folder, fab, dice), "--hard": lambda: check_hard(fabplan, folder, fab)}
    out = {}
    for name, run in checks.items():
        try:
            out[name] = run()
        except (Difference, oracle.SolveError) as error:
            out[name] = [str(error)]
    return out


def check(fabplan, seed, options):
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, random_fab.__file__, "--seed", str(seed), folder, *(["--language", *options.language] if options.language else [])], check=True)
        draw_customers(folder, seed)
        fab = Fab(folder)
        profit = fab.program.most(fab.program.money)[0] + fab.program.constant
        give = random_fab.Dice("give %d" % seed).pick((0.0001, 0.01, 0.1))
        for policy in ("priority", "fair", "entitlement"):
            for within, most in ((0.001, None), (0.0, None), (0.001, give)):
                name = "seed %d --policy %s --within %g%s" % (seed, policy, within, "" if most is None else " --give %g" % most)
                try:
                    lines = compare(fabplan, folder, fab, profit, policy, within, most)
                except (Difference, oracle.SolveError) as error:
                    lines = [str(error)]
                for line in lines:
                    print("%s: %s" % (name, line), flush=True)
                failures += bool(lines)
                if options.verbose and not lines:
                    print(name, "same", flush=True)
        for name, lines in check_asked(fabplan, folder, fab, seed).items():
            for line in lines:
                print("seed %d %s: %s" % (seed, name, line), flush=True)
            failures += bool(lines)
            if options.verbose and not lines:
                print("seed %d %s same" % (seed, name), flush=True)
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("--seeds", nargs="+", type=int, required=True)
    parser.add_argument("--language", nargs="+", default=[], help="parts of the planning language's second part that the fabs have, as of random_fab.py")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    failures = sum(check(options.fabplan, seed, options) for seed in options.seeds)
    print("%d differences" % failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
