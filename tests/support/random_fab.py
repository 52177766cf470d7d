#!/usr/bin/env python3
"""Writes a small random data set: valid, feasible and bounded, the same for the same seed on every Python 3.

    random_fab.py --seed N [--drivers] OUTDIR

The fab is built backwards from a weekly rate of finished chips: flows through the bill of materials give the starts each
source needs, and step times, budgets, floor and power are drawn around what those starts load. So every equation family
binds in some seeds. Feasible: no starts at all satisfies every hard row (installed tools fit the floor, base load the power
limit). Bounded: what is not limited by a row of its own costs more than its output is worth, and tools that can be bought
have a budget or a delivery limit.
"""
import argparse
import datetime
import os
import random

NO_CSV_QUOTE = set(",\"\r\n")
MODELS = ("poisson", "murphy", "seeds", "bose_einstein", "negative_binomial")
WEEK = 7


class Dice:
    """The only source of chance: random.Random.random(), whose sequence Python guarantees."""

    def __init__(self, seed):
        self.random = random.Random(seed).random

    def chance(self, probability):
        return self.random() < probability

    def whole(self, low, high):
        """Integer in [low, high]."""
        return low + int(self.random() * (high - low + 1))

    def real(self, low, high, digits=3):
        return round(low + (high - low) * self.random(), digits)

    def pick(self, values):
        return values[self.whole(0, len(values) - 1)]

    def some(self, values, probability):
        return [value for value in values if self.chance(probability)]

    def shuffled(self, values):
        left, out = list(values), []
        while left:
            out.append(left.pop(self.whole(0, len(left) - 1)))
        return out


def tidy(value, figures=6):
    """A number of few significant figures: what a person would type."""
    return float("%.*g" % (figures, value))


def text_of(value):
    """Plain decimal text, no exponent."""
    if value is None:
        return ""
    if isinstance(value, float):
        if value == int(value) and abs(value) < 1e15:
            return str(int(value))
        return ("%.12f" % value).rstrip("0")
    return str(value)


class Fab:
    """Tables under construction: {table: [row]}."""

    def __init__(self, seed):
        self.seed = seed
        self.dice = Dice(seed)
        self.more_dice = Dice("more of %d" % seed)     # of what is drawn last: the rest of a fab is the same without it
        self.tables = {}
        self.feature = {}

    def has(self, name, probability):
        """Whether this fab has a feature; drawn once."""
        if name not in self.feature:
            self.feature[name] = self.dice.chance(probability)
        return self.feature[name]

    def add(self, table, **row):
        self.tables.setdefault(table, []).append(row)
        return row

    def rows(self, table):
        return self.tables.get(table, [])

    # -------------------------------------------------------------------------------------------- time
    def make_calendar(self):
        dice = self.dice
        self.start = datetime.date(2027, 1, 4) + datetime.timedelta(days=dice.whole(0, 20) * WEEK)
        count = dice.whole(3, 10)
        weeks = dice.whole(0, count)
        lengths = [WEEK] * weeks + [dice.pick((28, 30, 31, 14, 91 if count < 5 else 30)) for _ in range(count - weeks)]
        if dice.chance(0.3):
            lengths = dice.shuffled(lengths)
        self.begin, day = [], 0
        for t, length in enumerate(lengths):
            self.add("calendar", period="P%02d" % (t + 1), start_date=self.date(day), end_date=self.date(day + length))
            self.begin.append(day)
            day += length
        self.horizon, self.length, self.T = day, lengths, count

    def date(self, day):
        return (self.start + datetime.timedelta(days=int(day))).isoformat()

    def window(self, whole=False):
        """[from, to): the whole horizon, or a random part of it."""
        if whole or self.dice.chance(0.4):
            return {"from_date": self.date(-self.dice.whole(0, 30)), "to_date": self.date(self.horizon + self.dice.whole(1, 60))}
        first = self.dice.whole(-10, self.horizon - 2)
        return {"from_date": self.date(first), "to_date": self.date(self.dice.whole(first + 1, self.horizon + 30))}

    def dates(self, most):
        """1..most increasing from_dates; the first is often, but not always, the start of the plan."""
        first = 0 if self.dice.chance(0.6) else self.dice.whole(-40, self.horizon // 2)
        days = {first} | {self.dice.whole(first, self.horizon + 10) for _ in range(self.dice.whole(0, most - 1))}
        return [self.date(day) for day in sorted(days)]

    # -------------------------------------------------------------------------------------------- network
    def make_network(self):
        dice = self.dice
        sites = ["HOME", "SECOND"][:dice.whole(1, 2)]
        for site in sites + ["OUTSIDE"]:
            self.add("site", site=site, name="Site " + site.lower())
        kinds = ["packaging"] if dice.chance(0.2) else ["logic", "packaging"] if dice.chance(0.5) else ["logic", "memory", "packaging"]
        self.own = []
        for kind in kinds:
            line = self.add("line", line=kind.upper()[:5], site=dice.pick(sites), kind=kind, name=kind + " line",
                            base_load_mw=dice.real(0, 1, 2) if dice.chance(0.6) else None,
                            facility_power_factor=dice.real(1, 2, 2) if dice.chance(0.6) else None, floor_m2=None)
            self.own.append(line)
        self.external = []
        for k in range(dice.whole(1, 2)):
            line = self.add("line", line="X%d Partner" % (k + 1), site="OUTSIDE", kind="external", name='Partner "%d", Ltd' % (k + 1),
                            base_load_mw=None, facility_power_factor=None, floor_m2=None)
            self.external.append(line)
        self.groups = {}
        for line in self.own:
            self.groups[line["line"]] = [self.make_group(line, k) for k in range(dice.whole(2, 5))]

    def make_group(self, line, k):
        dice = self.dice
        name = "%s.T%d" % (line["line"][0], k + 1)
        group = self.add("tool_group", tool_group=name, line=line["line"], name="Tool %s" % name, area=None,
                         tools=dice.whole(1, 5), availability=dice.real(0.6, 1, 2), max_utilisation=dice.real(0.7, 1, 2),
                         power_kw=dice.real(5, 300, 1) if dice.chance(0.8) else None, price_usd=None,
                         floor_m2=dice.real(5, 60, 1) if dice.chance(0.8) else None, lead_time_days=None, buyable=None,
                         removal_usd=None, life_days=None, supply_mw=None)
        if dice.chance(0.3):
            for date in self.dates(3):
                self.add("tool_count", tool_group=name, from_date=date, tools=max(1, group["tools"] + dice.whole(-2, 2)))
        return group

    def installed(self, group):
        """Largest installed number of tools over the horizon."""
        counts = [row["tools"] for row in self.rows("tool_count") if row["tool_group"] == group["tool_group"]]
        return max(counts + [group["tools"]])

    def hours(self, group):
        """Hours a week of the installed tools."""
        return group["tools"] * 24 * WEEK * group["availability"] * group["max_utilisation"]

    # -------------------------------------------------------------------------------------------- items
    def make_items(self):
        """Chips, the parts in them, and what a week needs of each: need (units), worth (USD a unit)."""
        dice = self.dice
        levels = dice.whole(1, 3)
        dies = ["D%d" % (k + 1) for k in range(dice.whole(1, 3))]
        parts = ["C%d" % (k + 1) for k in range(dice.whole(1, 2))]
        modules = ["M%d" % (k + 1) for k in range(dice.whole(1, 2))] if levels > 1 else []
        tops = ["Chip %d" % (k + 1) for k in range(dice.whole(1, 3))]
        self.die_items, self.part_items, self.built = dies, parts, modules + tops
        self.tops = tops
        self.need = {item: dice.real(50, 500, 0) for item in tops}
        self.worth = {item: dice.real(100, 2000, 0) for item in tops}
        self.bins = {}
        for die in dies:
            if dice.chance(0.45):
                shares = dice.pick(((0.6, 0.4), (0.5, 0.3, 0.2), (0.7, 0.2), (0.85, 0.15)))
                names = [die + "." + "ABC"[k] for k in range(len(shares))]
                if dice.chance(0.15):
                    names[0] = die                     # the item is one of its own bins
                self.bins[die] = list(zip(names, shares))
        sellable = [name for die in dies for name in ([n for n, _ in self.bins[die]] if die in self.bins else [die])]
        stages = [tops, modules] if levels < 3 or not modules else [tops, modules[:1], modules[1:]]
        lower = []
        for stage in reversed(stages):
            for item in stage:
                self.make_bom(item, lower, sellable, parts)
            lower = stage or lower
        for item in tops + modules:                    # top down: every parent is priced before its parts
            self.pass_down(item)
        for item in dies + [n for n in sellable if n not in dies] + parts + modules + tops:
            self.need.setdefault(item, dice.real(20, 100, 0))
            self.worth.setdefault(item, dice.real(5, 50, 1))
        for die, bins in self.bins.items():
            self.need[die] = max(self.need[name] / share for name, share in bins)
            self.worth[die] = max(self.worth[name] for name, _ in bins)
        kinds = dict.fromkeys(tops, "chip")
        kinds.update(dict.fromkeys(modules + parts, "component"))
        self.items = list(dict.fromkeys(dies + sellable + parts + modules + tops))
        for item in self.items:
            self.add("item", item=item, kind=kinds.get(item, "die"), name="Item " + item,
                     unit_value_usd=tidy(self.worth[item], 4) if dice.chance(0.85) else None,
                     holding_frac_per_year=dice.real(0.05, 0.6, 2) if dice.chance(0.5) else None,
                     max_stock=tidy(self.need[item] * dice.real(0, 6, 1), 4) if dice.chance(0.5) else None,
                     compute_watts=dice.whole(10, 900) if kinds.get(item) == "chip" and dice.chance(0.5) else None)
        for item in self.items:
            if dice.chance(0.25):
                self.add("stock", item=item, on_hand=tidy(self.need[item] * dice.real(0, 3, 1), 4))
            if dice.chance(0.2):
                for day in sorted({dice.whole(-5, self.horizon + 10) for _ in range(2)}):
                    self.add("receipt", item=item, date=self.date(day), quantity=tidy(self.need[item] * dice.real(0.1, 2, 1), 4))

    def make_bom(self, item, lower, dies, parts):
        dice = self.dice
        components = [dice.pick(lower)] if lower else []
        components += [dice.pick(dies)] if dice.chance(0.7) or not components else []
        components += [dice.pick(parts)] if dice.chance(0.6) else []
        for component in dict.fromkeys(components):
            quantity = dice.whole(1, 4) if dice.chance(0.85) else dice.real(0.2, 2, 2)
            self.add("bom", item=item, component=component, quantity=quantity)

    def pass_down(self, item):
        self.need.setdefault(item, self.dice.real(20, 100, 0))
        self.worth.setdefault(item, self.dice.real(50, 300, 0))
        parts = [row for row in self.rows("bom") if row["item"] == item]
        for row in parts:
            name = row["component"]
            self.need[name] = self.need.get(name, 0) + self.need[item] * row["quantity"]
            share = self.worth[item] * self.dice.real(0.3, 0.6) / len(parts) / row["quantity"]
            self.worth[name] = min(share, self.worth.get(name, share))

    def make_substitutes(self):
        dice = self.dice
        pairs = [(bins[k][0], bins[k + 1][0]) for bins in self.bins.values() for k in range(len(bins) - 1)]
        pairs += [(a, b) for a in self.part_items for b in self.part_items if a < b]
        pairs += [(a, b) for a in self.tops for b in self.tops if a < b]
        for item, instead in dice.some(pairs, 0.4):
            self.add("substitute", item=item, instead_of=instead, usd_per_unit=dice.real(0, 5, 2) if dice.chance(0.6) else None)

    # -------------------------------------------------------------------------------------------- yield
    def make_dies(self):
        dice = self.dice
        self.gross, self.repair = {}, {}
        for die in self.die_items:
            side, other = dice.real(6, 30, 2), dice.real(6, 30, 2)
            wafer = dice.pick((300, 300, 200, 150))
            edge, scribe = dice.pick((2, 3, 5)), dice.pick((0.05, 0.1, 0.2))
            about = 3.1416 * (wafer / 2 - edge) ** 2 / ((side + scribe) * (other + scribe)) * 0.85
            counted = dice.chance(0.6)
            self.gross[die] = about
            self.repair[die] = dice.whole(1, 4) if dice.chance(0.3) else 0
            self.add("die", item=die, width_mm=side, height_mm=other, scribe_mm=None if scribe == 0.1 else scribe,
                     edge_mm=None if edge == 3 else edge, wafer_mm=None if wafer == 300 else wafer,
                     critical_area_cm2=dice.real(0.2, side * other / 100, 3) if dice.chance(0.5) else None,
                     repairable_defects=self.repair[die] or None, gross_die=None if counted else int(about))

    def make_process(self, source, die):
        dice = self.dice
        models = [m for m in MODELS if not self.repair[die] or m in ("poisson", "negative_binomial")]
        model = dice.pick(models)
        layers = dice.whole(5, 20) if model == "bose_einstein" else None
        mature = dice.real(0.02, 0.3, 3) / (layers or 1)
        name = "Process " + source
        self.add("process", process=name, model=model, alpha=dice.real(0.5, 8, 2) if model == "negative_binomial" else None,
                 critical_layers=layers, d0_start_per_cm2=tidy(mature * dice.real(1, 4), 4), d0_mature_per_cm2=tidy(mature, 4),
                 learning_start=self.date(dice.whole(-200, self.horizon)), halflife_days=dice.real(20, 400, 1),
                 systematic_yield=dice.real(0.8, 1, 2) if dice.chance(0.6) else None,
                 line_yield_start=dice.real(0.6, 0.9, 2) if dice.chance(0.6) else None,
                 line_yield_mature=dice.real(0.9, 1, 2) if dice.chance(0.6) else None,
                 line_halflife_days=dice.real(20, 300, 1) if dice.chance(0.4) else None)
        return name

    # -------------------------------------------------------------------------------------------- sources
    def make_sources(self):
        dice = self.dice
        self.limited_lines = set()
        for line in self.own + self.external:
            if dice.chance(0.35):
                self.limited_lines.add(line["line"])
        self.starts = {}                               # planned starts a week of each source
        self.routes = {}
        for item in self.die_items + self.part_items + self.built:
            buy_only = item in self.part_items or (item in self.die_items and len(self.own) == 1)
            make = not buy_only and dice.chance(0.85)
            if make:
                self.make_source(item, item + "@fab", self.home(item), True)
            for k in range(0 if make and dice.chance(0.5) else 2 if dice.chance(0.25) else 1):
                self.make_source(item, "buy/%s:%d" % (item, k + 1), dice.pick(self.external), False)

    def home(self, item):
        """The own line that makes an item."""
        fronts = [line for line in self.own if line["kind"] != "packaging"]
        return self.dice.pick(fronts) if item in self.die_items else self.own[-1]

    def make_source(self, item, name, line, make):
        dice = self.dice
        die = item in self.die_items
        units = None
        gross = self.gross[item] if die else 1
        if die and dice.chance(0.4):
            units = int(gross * 0.95) + 1
        elif die and not make and dice.chance(0.3):
            units = gross = 1                          # bought by the die
        elif not die and dice.chance(0.15):
            units = gross = dice.pick((2, 4))          # panels
        route = self.route_for(line) if make else None
        bought_bom = not make and item in self.built and dice.chance(0.5)
        with_process = die and dice.chance(0.55)
        row = self.add("source", source=name, item=item, line=line["line"], route=route, supplier=None if make else "Partner",
                       region=dice.pick(("US", "TW", "KR", None)), units_per_start=units,
                       consumes_bom=1 if bought_bom else None, lead_time_days=None,
                       process=self.make_process(name, item) if with_process else None, available_from=None, available_to=None)
        if not make and dice.chance(0.85):
            row["lead_time_days"] = dice.real(0, self.horizon * 0.4, dice.whole(0, 2))
        if dice.chance(0.12):
            row["available_from"] = self.date(dice.whole(1, self.horizon // 2))
        if dice.chance(0.12):
            row["available_to"] = self.date(dice.whole(self.horizon // 2, self.horizon + 20))
        if not with_process and dice.chance(0.7) or with_process and dice.chance(0.1):
            for date in self.dates(3):
                self.add("source_yield", source=name, from_date=date, line_yield=dice.real(0.5, 1, 3), unit_yield=dice.real(0.4, 1, 3))
        self.starts[name] = max(0.01, self.need[item] / gross / 0.6)
        if die and item in self.bins and (make or dice.chance(0.7)):
            for output, share in self.bins[item]:
                self.add("source_output", source=name, item=output, share=share)
        limited = line["line"] in self.limited_lines
        if not limited and (not make or dice.chance(0.3)):
            limited = self.make_source_limit(name, make)
        dear = not make and not limited                # nothing limits it: it must cost more than it is worth
        worth = gross * self.worth[item]
        factor = dice.real(1.2, 2.5) if dear else dice.real(0.05, 0.5) if make else dice.real(0.3, 1.4)
        own_share = 0.5 if item in self.built and (make or bought_bom) and not dear else 1
        dates = self.dates(3)
        if dice.chance(0.08):
            dates = [self.date(0)[:7]]                 # a month means its first day
        if dear or dice.chance(0.95):
            for date in dates:
                self.add("source_cost", source=name, from_date=date, usd_per_start=tidy(worth * factor * own_share * dice.real(1, 1.2), 5))

    def make_source_limit(self, name, make):
        """True if a maximum holds over the whole horizon."""
        dice = self.dice
        whole = not make and dice.chance(0.85)
        if not whole and not make:
            return False
        most = self.starts[name] * dice.real(0.4, 2.5)
        parts = [self.window(whole)]
        if whole and dice.chance(0.4):                 # two contiguous parts
            middle = self.date(dice.whole(1, self.horizon - 1))
            parts = [{"from_date": self.date(-3), "to_date": middle}, {"from_date": middle, "to_date": self.date(self.horizon + 5)}]
        for part in parts:
            least = dice.chance(0.45)
            self.add("source_limit", source=name, min_starts_per_week=tidy(most * dice.real(0.2, 1), 4) if least else None,
                     max_starts_per_week=tidy(most * dice.real(1, 1.3), 4) if whole or dice.chance(0.8) else None,
                     shortfall_usd_per_start=dice.pick((None, 0, dice.real(1, 2000, 1))) if least else None, **part)
        return whole

    def route_for(self, line):
        """A new route of the line, or sometimes one it has already."""
        dice = self.dice
        known = self.routes.setdefault(line["line"], [])
        if known and dice.chance(0.35):
            return dice.pick(known)
        name = "R%d %s" % (len(known) + 1, line["line"])
        known.append(name)
        self.add("route", route=name, line=line["line"], name="Route " + name, lot_size=dice.pick((None, 25, 13)))
        front = line["kind"] != "packaging"
        for date in self.dates(3):
            days = dice.real(0.05, 0.4) * self.horizon if front else dice.real(0.5, 15)
            self.add("cycle_time", route=name, from_date=date, days=0 if dice.chance(0.02) else round(days, dice.whole(0, 3)))
        return name

    # -------------------------------------------------------------------------------------------- steps
    def make_steps(self):
        """Step times, drawn so that the planned starts load each tool group between half and three times what it can do."""
        dice = self.dice
        for line in self.own:
            visits = []
            for route in self.routes.get(line["line"], []):
                groups = [dice.pick(self.groups[line["line"]]) for _ in range(dice.whole(2, 5))]
                rate = sum(self.starts[row["source"]] for row in self.rows("source") if row["route"] == route)
                visits += [(route, k, group, rate) for k, group in enumerate(groups)]
            for route, k, group, rate in visits:
                sharing = sum(1 for visit in visits if visit[2] is group)
                hours = self.hours(group) * dice.real(0.5, 3 if self.has("tight tools", 0.6) else 1.5) / sharing / rate
                self.make_step(line, route, k, group, hours)

    def make_step(self, line, route, k, group, hours):
        dice = self.dice
        times = dice.whole(2, 6) if dice.chance(0.4) else None
        row = {"from_frac": None, "to_frac": None}
        if k == 0 and line["line"] not in self.limited_lines:
            row = {"from_frac": 0, "to_frac": dice.pick((0, 1, dice.real(0.1, 1, 2)))}   # starts always load something
        else:
            shape = dice.whole(0, 5)
            low, high = sorted((dice.real(0, 1, 2), dice.real(0, 1, 2)))
            row = ({"from_frac": None, "to_frac": None}, {"from_frac": low, "to_frac": low}, {"from_frac": low, "to_frac": None},
                   {"from_frac": None, "to_frac": high}, {"from_frac": low, "to_frac": high}, {"from_frac": 0, "to_frac": 1})[shape]
        self.add("route_step", route=route, step=10 * (k + 1), name=None if dice.chance(0.5) else "Step %d" % (k + 1),
                 tool_group=group["tool_group"], visits=times, minutes_per_unit=tidy(hours * 60 / (times or 1), 5),
                 sample_frac=dice.real(0.3, 1, 2) if dice.chance(0.2) else None,
                 rework_frac=dice.real(0, 0.2, 2) if dice.chance(0.3) else None,
                 scrap_frac=dice.real(0, 0.08, 3) if dice.chance(0.3) else None, **row)

    def make_alternates(self):
        dice = self.dice
        steps = self.rows("route_step")
        groups = [group for line in self.own for group in self.groups[line["line"]]]
        seen = set()
        for step in dice.some(steps, 0.35):
            onto = dice.pick([g for g in groups if g["tool_group"] != step["tool_group"]])["tool_group"]
            kind = dice.whole(0, 2)
            row = {"tool_group": step["tool_group"], "alternate": onto, "route": step["route"] if kind else None,
                   "step": step["step"] if kind == 2 else None}
            if tuple(row.values()) not in seen:
                seen.add(tuple(row.values()))
                self.add("tool_alternate", hours_ratio=dice.real(0.7, 2, 2) if dice.chance(0.7) else None, **row)

    # -------------------------------------------------------------------------------------------- tools, floor, power, money
    def make_purchases(self):
        dice = self.dice
        weekly = sum(self.need[item] * self.worth[item] for item in self.tops)
        budget = dice.chance(0.5)
        self.spend = 0
        for line in self.own:
            groups = list(self.groups[line["line"]])
            for group in groups:
                if dice.chance(0.7):
                    price = weekly / group["tools"] * dice.real(0.02, 2.5)
                    self.make_buyable(group, price, budget)
                if dice.chance(0.5):
                    group["removal_usd"] = tidy(weekly * dice.real(0, 0.02, 4), 4)
            if dice.chance(0.75):
                self.make_floor(line, groups, weekly, budget)
        for site in dict.fromkeys(line["site"] for line in self.own):
            if dice.chance(0.75):
                self.make_power(site, weekly, budget)
        if budget:
            for date in self.dates(3):
                self.add("capex_budget", from_date=date, usd=tidy(self.spend * dice.real(0.01, 0.3), 4))
            if not self.spend:
                self.tables.pop("capex_budget")

    def make_buyable(self, group, price, budget, lead=None):
        dice = self.dice
        group["buyable"] = 1
        group["price_usd"] = tidy(price, 4)
        group["lead_time_days"] = lead if lead is not None else dice.pick((None, 0, dice.whole(1, self.horizon), dice.real(0, self.horizon / 4, 1)))
        group["life_days"] = dice.whole(100, 3000) if dice.chance(0.6) else None
        self.spend += group["price_usd"]
        if not budget or dice.chance(0.5):
            self.add("tool_delivery_limit", tool_group=group["tool_group"], max_tools=dice.whole(0, 3), **self.window(True))
            if dice.chance(0.3):                       # and a tighter part of it
                last = self.rows("tool_delivery_limit")[-1]
                part = self.window()
                if part["from_date"] != last["from_date"]:
                    self.add("tool_delivery_limit", tool_group=group["tool_group"], max_tools=dice.whole(0, 2), **part)

    def make_floor(self, line, groups, weekly, budget):
        dice = self.dice
        used = sum(self.installed(group) * (group["floor_m2"] or 0) for group in groups)
        line["floor_m2"] = round(used * dice.real(1, 1.1) + 0.1, 1)
        if dice.chance(0.5):
            shell = self.empty_group(line, "Shell", floor_m2=-dice.real(20, 100, 0))
            self.make_buyable(shell, weekly * dice.real(0.05, 0.8), budget, dice.whole(0, self.horizon // 2))

    def empty_group(self, line, name, **cells):
        """A group without tools and hours: a cleanroom shell, a power block."""
        row = dict.fromkeys(("area", "power_kw", "price_usd", "floor_m2", "lead_time_days", "buyable", "removal_usd", "life_days",
                             "supply_mw"))
        row.update(tool_group="%s %s" % (name, line["line"]), line=line["line"], name=name, tools=0, availability=1,
                   max_utilisation=1, **cells)
        return self.add("tool_group", **row)

    def make_power(self, site, weekly, budget):
        dice = self.dice
        lines = [line for line in self.own if line["site"] == site]
        base = sum(line["base_load_mw"] or 0 for line in lines)
        full = sum((line["facility_power_factor"] or 1) * (g["power_kw"] or 0) / 1000 * g["tools"] * g["availability"] * g["max_utilisation"]
                   for line in lines for g in self.groups[line["line"]])
        for date in self.dates(4):
            self.add("power_limit", site=site, from_date=date, mw=round(base + full * dice.real(0.15, 0.9) + 0.001, 4),
                     usd_per_mwh=dice.real(20, 300, 1) if dice.chance(0.8) else None)
        if dice.chance(0.5):
            block = self.empty_group(lines[0], "Power", supply_mw=round(full * dice.real(0.1, 0.6) + 0.001, 4))
            self.make_buyable(block, weekly * dice.real(0.05, 2), budget, dice.whole(0, self.horizon // 2))

    def make_line_limits(self):
        dice = self.dice
        for line in self.own + self.external:
            name = line["line"]
            rate = sum(self.starts[row["source"]] for row in self.rows("source") if row["line"] == name)
            if name in self.limited_lines:
                ramp = tidy(rate * dice.real(0.02, 0.5), 4) if dice.chance(0.4) else None
                self.add("line_limit", line=name, max_starts_per_week=tidy(max(rate, 0.1) * dice.real(0.5, 1.5), 4), max_ramp_per_week=ramp,
                         **self.window(True))
            elif dice.chance(0.35):
                self.add("line_limit", line=name, max_starts_per_week=None, max_ramp_per_week=tidy(max(rate, 0.1) * dice.real(0.01, 0.3), 4),
                         **self.window())

    # -------------------------------------------------------------------------------------------- demand
    def make_demand(self):
        dice = self.dice
        customers = ["ACME", "B & Co", "Zeta"][:dice.whole(1, 3)]
        for k, name in enumerate(customers):
            self.add("customer", customer=name, name="Customer " + name, priority=k + 1 if dice.chance(0.7) else None,
                     weight=dice.real(0.3, 1, 1) if dice.chance(0.5) else None, entitlement=round(1 / len(customers), 2) if dice.chance(0.5) else None,
                     min_fill=dice.real(0.3, 1, 2) if dice.chance(0.5) else None, parent=None)
        wanted = list(self.tops)
        makeable = {row["item"] for row in self.rows("source_output")}
        binned = {row["source"] for row in self.rows("source_output")}
        makeable |= {row["item"] for row in self.rows("source") if row["source"] not in binned}
        wanted += [item for item in self.items if item not in wanted and item in makeable and dice.chance(0.15)]
        for item in wanted:
            lateness = dice.chance(0.6)
            for name in customers:
                if len(customers) > 1 and dice.chance(0.25) and name != customers[0]:
                    continue
                for t in range(self.T):
                    if dice.chance(0.85):
                        self.make_order(item, name, t, len(customers), lateness)
        for row in dice.some(self.rows("customer"), 0.5):
            item = dice.pick(wanted)
            rate = self.need[item] / len(customers) * dice.real(0.2, 1)
            self.add("shipment_limit", customer=row["customer"], item=item, max_per_week=tidy(rate, 4), **self.window())

    def make_order(self, item, customer, t, customers, lateness):
        dice = self.dice
        quantity = self.need[item] / customers * self.length[t] / WEEK * dice.real(0.5, 1.5)
        price = self.worth[item] * dice.real(1.0, 1.5)
        self.add("demand", demand="%s:%s:%d" % (customer, item, t + 1), customer=customer, item=item,
                 due_date=self.date(self.begin[t] + dice.whole(0, self.length[t] - 1)), quantity=tidy(quantity, 4), price_usd=tidy(price, 4),
                 shortage_usd=tidy(price * dice.real(0, 2), 4) if dice.chance(0.5) else None,
                 late_usd_per_week=tidy(price * dice.real(0, 0.2), 4) if lateness and dice.chance(0.7) else None,
                 max_late_days=dice.pick((7, 30, 61, 45.5)) if lateness and dice.chance(0.8) else None,
                 min_fill=dice.pick((0, dice.real(0.2, 1, 2), None, None)) if self.has("own min_fill", 0.7) else None,
                 **{"class": dice.pick(("firm", "forecast", None))})

    def make_settings(self):
        dice = self.dice
        if dice.chance(0.8):
            self.add("setting", key="discount_rate", value=dice.pick((0, 0.1, dice.real(0.02, 0.3, 3))))
        if dice.chance(0.7):
            self.add("setting", key="end_value_frac", value=dice.real(0, 0.9, 2))
        if dice.chance(0.4):
            self.add("setting", key="commitment_factor", value=dice.real(0, 12, 1))
        if self.has("tail", 0.3):
            self.add("setting", key="tail_days", value=dice.pick((self.horizon // 4, self.horizon, min(730, 2 * self.horizon), dice.whole(1, 60))))
        if dice.chance(0.5):
            self.add("setting", key="plan_name", value="Random fab, nobody's plan")

    # -------------------------------------------------------------------------------------------- work in process
    def make_lots(self):
        """In half of the fabs: lots on their way, of weeks of starts or of far too many wafers, some held, some with events, some split."""
        dice = self.dice
        if not dice.chance(0.5):
            return
        routes = {}
        for row in self.rows("route_step"):
            routes.setdefault(row["route"], []).append(row)
        weeks = dice.pick((1, 4, 20))
        for row in dice.some(self.rows("source"), 0.7):
            steps = sorted(routes.get(row["route"], []), key=lambda step: step["step"])
            places = [dice.real(0, 1, 2) for _ in range(dice.whole(1, 3))]
            for k in range(dice.whole(1, 6)):
                wafers = max(1, round(self.starts[row["source"]] * weeks * dice.real(0.05, 0.5)))
                lot = {"lot": "L%d %s" % (k + 1, row["source"]), "source": row["source"], "start_time": self.date(-dice.whole(1, 120)) + "T%02d:00:00" % dice.whole(0, 23),
                       "wafers": wafers, "parent_lot": None, "progress": dice.pick(places) if dice.chance(0.7) else None,
                       "status": "held" if dice.chance(0.3) else "active"}
                self.add("lot", **lot)
                if steps and dice.chance(0.5):
                    self.make_moves(lot, steps)
        if dice.chance(0.4):
            self.add("setting", key="wip_groups", value=dice.whole(1, 6))
        if dice.chance(0.4):
            self.add("setting", key="wip_wait_days", value=dice.whole(0, self.horizon))
        if dice.chance(0.4):
            self.add("setting", key="hold_days", value=dice.whole(0, self.horizon // 2))

    def make_moves(self, lot, steps):
        """Moves of a lot through its first steps, then sometimes a part of it that is split off and moves on by itself."""
        dice = self.dice
        moves, seq, wafers = dice.whole(1, len(steps)), 0, lot["wafers"]
        day = lot["start_time"][:10]

        def event(name, what, number, before, after, step=None):
            self.add("lot_event", lot=name, seq=number, time="%sT23:%02d:00" % (day, 10 + number), event=what, step=step, wafers_before=before, wafers_after=after,
                     reason=None)

        for step in steps[:moves]:
            seq += 1
            event(lot["lot"], "move_out", seq, wafers, wafers, step["step"])
        if wafers < 2 or not dice.chance(0.4):
            return
        part = dice.whole(1, wafers - 1)
        lot["wafers"] = self.rows("lot")[-1]["wafers"] = wafers - part
        child = dict(lot, lot=lot["lot"] + ".1", wafers=part, parent_lot=lot["lot"], progress=lot["progress"] if dice.chance(0.3) else None)
        event(lot["lot"], "split", seq + 1, wafers, wafers - part)
        event(child["lot"], "split", seq + 1, 0, part)
        if moves < len(steps):                         # what the parent does after the split is not the child's
            event(lot["lot"], "move_out", seq + 2, wafers - part, wafers - part, steps[moves]["step"])
        if moves + 1 < len(steps) and dice.chance(0.4):
            event(child["lot"], "move_out", seq + 3, part, part, steps[moves + 1]["step"])
        self.add("lot", **child)

    # -------------------------------------------------------------------------------------------- overdue, chains
    def make_outside(self):
        """In half of the fabs: orders that are overdue, some by more than they may be late, and orders due behind the end."""
        dice = self.more_dice
        if not dice.chance(0.5):
            return
        for k, order in enumerate(dice.some(self.rows("demand"), 0.2)[:6]):
            behind = dice.chance(0.2)
            day = self.horizon + dice.whole(0, 30) if behind else -dice.whole(1, 40)
            self.add("demand", **dict(order, demand="%s:outside %d" % (order["demand"], k + 1), due_date=self.date(day),
                                      late_usd_per_week=tidy(order["price_usd"] * dice.real(0, 0.1), 4) if dice.chance(0.7) else None,
                                      max_late_days=dice.pick((None, 10, 40, 45.5, 90))))

    def make_chains(self):
        """Tool groups that others move hours to, and that may move hours of their own further or back."""
        dice = self.more_dice
        groups = [group["tool_group"] for line in self.own for group in self.groups[line["line"]]]
        known = {(row["tool_group"], row["alternate"]) for row in self.rows("tool_alternate")}
        for row in dice.some(self.rows("tool_alternate"), 0.4):
            onto = dice.pick([name for name in groups if name != row["alternate"]])
            if (row["alternate"], onto) not in known:
                known.add((row["alternate"], onto))
                self.add("tool_alternate", tool_group=row["alternate"], alternate=onto, route=None, step=None, hours_ratio=dice.real(0.7, 1.3, 2))

    def make_drops(self):
        """Limits on the fall of a line's starts, beside those on their growth."""
        dice = self.more_dice
        for row in self.rows("line_limit"):
            most = row["max_ramp_per_week"] or row["max_starts_per_week"]
            row["max_drop_per_week"] = tidy(most * dice.real(0.02, 0.8), 4) if dice.chance(0.5) else None

    def make_drivers(self):
        """Drivers that order some items of some customers in place of most rows of demand; two of them share an item now and then."""
        dice = Dice("drivers of %d" % self.seed)
        pairs = sorted({(row["customer"], row["item"]) for row in self.rows("demand")})
        for n, (customer, item) in enumerate(dice.shuffled(pairs)[:3]):
            mine = [row for row in self.rows("demand") if (row["customer"], row["item"]) == (customer, item)]
            gone = {row["demand"] for row in dice.some(mine, 0.8)}
            self.tables["demand"] = [row for row in self.rows("demand") if row["demand"] not in gone] or mine[:1]
            yearly = sum(row["quantity"] for row in mine) * 365.25 / self.horizon
            for k in range(dice.pick((1, 1, 2))):
                name = "driver %d.%d" % (n + 1, k + 1)
                for place in sorted({dice.whole(-60, self.horizon + 60) for _ in range(dice.whole(1, 4))}):
                    self.add("driver", driver=name, date=self.date(place), quantity=dice.pick((0, 1)) if dice.chance(0.1) else dice.real(0.5, 30), unit="things")
                lead = dice.pick((None, 0, 7, 45.5))
                places = sorted({dice.whole(-30, self.horizon + 30) for _ in range(dice.whole(0, 3))})
                for place in ([None] if dice.chance(0.5) or not places else []) + places:
                    self.add("driver_use", driver=name, item=item, customer=customer, from_date=None if place is None else self.date(place),
                             units_per_driver=0 if dice.chance(0.15) else tidy(yearly / 12 * dice.real(0.3, 1.5), 4), replacement_frac=dice.pick((None, 0.15)), lead_days=lead,
                             **{term: mine[0].get(term) for term in ("price_usd", "shortage_usd", "late_usd_per_week", "max_late_days", "min_fill", "class")})

    # -------------------------------------------------------------------------------------------- the planning language, second part
    def parts_of_horizon(self, dice, most=2):
        """1..most windows that do not overlap; the ends may be open."""
        days = sorted({dice.whole(-20, self.horizon + 20) for _ in range(2 * dice.whole(1, most))})
        if len(days) < 2 or dice.chance(0.3):
            return [{"from_date": self.date(days[0]), "to_date": None}]
        return [{"from_date": self.date(a), "to_date": self.date(b)} for a, b in zip(days[::2], days[1::2])]

    def make_discards(self, dice):
        """What is thrown away costs; much of it is worth nothing, so that some of it is thrown away all the same."""
        for row in self.rows("item"):
            row["discard_usd"] = dice.real(0, self.worth[row["item"]] * 0.3, 2) if dice.chance(0.6) else None

    def make_moves_priced(self, dice):
        """Alternates that are qualified for some of the time, and cost."""
        more = []
        for row in self.rows("tool_alternate"):
            row["usd_per_hour"] = dice.real(0, 50, 1) if dice.chance(0.7) else None
            windows = self.parts_of_horizon(dice) if dice.chance(0.6) else [{"from_date": None, "to_date": None}]
            for window in windows[1:]:
                more.append(dict(row, usd_per_hour=dice.real(0, 50, 1), **window))
            row.update(windows[0])
            if row["from_date"] and dice.chance(0.3) and len(windows) == 1:
                row["from_date"] = None
        if more:
            self.tables["tool_alternate"] += more

    def make_stock_limits(self, dice):
        for row in dice.some(self.rows("item"), 0.6):
            for window in self.parts_of_horizon(dice, 3):
                self.add("stock_limit", item=row["item"], max_stock=dice.pick((0, tidy(self.need[row["item"]] * dice.real(0, 4, 1), 4), None)),
                         holding_frac_per_year=dice.real(0, 0.8, 2) if dice.chance(0.5) else None, **window)

    FLOOR_COLUMNS = ("minutes_per_lot", "minutes_per_batch", "batch_max", "batch_fill", "interval_minutes_per_unit", "setup_minutes",
                     "units_per_setup", "lead_minutes", "units_per_train", "rework_to")
    FLOOR_WAYS = ("lot", "batch", "interval", "setup", "lead", "rework", "down", "upkeep")

    def make_tools_as_they_are(self, dice):
        """Steps by lots, batches, cascades, setups and trains, rework to earlier steps, stops by time and by units: one of these, or all. Minutes of a unit stay about the same."""
        ways = self.FLOOR_WAYS if dice.chance(0.5) else (dice.pick(self.FLOOR_WAYS),)
        for row in self.rows("route"):
            row["lot_size"] = dice.pick((None, 10, 12.5)) if "lot" in ways else row.get("lot_size")
        lot_size = {row["route"]: row["lot_size"] or 25 for row in self.rows("route")}
        for row in self.rows("route_step"):
            row.update(dict.fromkeys(self.FLOOR_COLUMNS))
            self.split_minutes(dice, row, ways, lot_size[row["route"]])
            before = [other["step"] for other in self.rows("route_step") if other["route"] == row["route"] and other["step"] <= row["step"]]
            if "rework" in ways and dice.chance(0.5):
                row["rework_frac"] = dice.real(0.01, 0.25, 2)
                row["rework_to"] = dice.pick(before) if dice.chance(0.8) else None
        for group in self.rows("tool_group"):
            self.make_stops(dice, group, ways)

    def split_minutes(self, dice, row, ways, lot_size):
        minutes = row["minutes_per_unit"]
        units = dice.whole(2, 60)
        if "interval" in ways and dice.chance(0.3):
            row["interval_minutes_per_unit"], row["minutes_per_unit"] = minutes, dice.pick((None, minutes * 9))
        for way, column, per, shared in (("lot", "minutes_per_lot", None, lot_size), ("setup", "setup_minutes", "units_per_setup", units),
                                         ("lead", "lead_minutes", "units_per_train", units)):
            if way in ways and dice.chance(0.4):
                row[column] = tidy(minutes * dice.real(0, 0.4) * shared, 4)
                row.update({per: shared} if per else {})
        if "batch" in ways and dice.chance(0.5):
            fill = dice.pick((None, 0.8, 1, 0.333))
            row.update(minutes_per_batch=tidy(minutes * units * (fill or 1), 5), batch_max=units, batch_fill=fill)
            row["minutes_per_unit"] = dice.pick((None, 0)) if row["interval_minutes_per_unit"] is None else row["minutes_per_unit"]

    def make_stops(self, dice, group, ways):
        """The availability, rounded, by one or two causes; and upkeep by units, of a tool that does some."""
        lost, name = 1 - group["availability"], group["tool_group"]
        if "down" in ways and 0 < lost < 1 and dice.chance(0.7):
            part = dice.pick((1, 0.5, 0.9))
            for cause, share in (("breakdown", lost * part), ("maintenance", lost * (1 - part))):
                if share > 0:
                    between = dice.whole(20, 500)
                    self.add("tool_down", tool_group=name, cause=cause, hours_between=between, units_between=None, hours=tidy(between * share / (1 - share), 4))
            group["availability"] = None
        if "upkeep" in ways and dice.chance(0.6):
            minutes = [row["minutes_per_unit"] for row in self.rows("route_step") if row["tool_group"] == name and row["minutes_per_unit"]]
            units = dice.whole(100, 5000)
            if minutes:
                self.add("tool_down", tool_group=name, cause="by units", hours_between=None, units_between=units, hours=tidy(min(minutes) * units * dice.real(0, 0.2) / 60, 4))
                group["availability"] = None if group["availability"] == 1 and dice.chance(0.5) else group["availability"]

    def make_stock_targets(self, dice):
        unstocked = {die for die, bins in self.bins.items() if die not in [name for name, _ in bins]}
        for item in dice.some([item for item in self.items if item not in unstocked], 0.6):
            for name in dice.pick(((None,), ("bank",), (None, "safety"))):
                for window in self.parts_of_horizon(dice):
                    self.add("stock_target", item=item, target=name, quantity=tidy(self.need[item] * dice.real(0, 3, 1), 4) if dice.chance(0.7) else None,
                             cover_days=dice.pick((None, 3, dice.real(0, self.horizon, 1))), shortfall_usd_per_unit_week=tidy(self.worth[item] * dice.real(0, 0.3), 4), **window)

    def make_ship_targets(self, dice):
        for customer, item in dice.some(sorted({(row["customer"], row["item"]) for row in self.rows("demand")}), 0.7):
            weekly = self.need[item] / len(self.rows("customer"))
            for day in sorted({dice.whole(-10, self.horizon + 15) for _ in range(dice.whole(1, 3))}):
                before, most = tidy(weekly * dice.real(0, 2, 1), 4), tidy(weekly * (2 + max(0, day) / WEEK) * dice.real(0.2, 1.2), 4)
                self.add("ship_target", customer=customer, item=item, by_date=self.date(day), shipped_before=before if dice.chance(0.5) else None,
                         min_quantity=tidy(max(before, most) * dice.real(0.3, 1), 4) if dice.chance(0.7) else None, max_quantity=max(before, most) if dice.chance(0.4) else None,
                         shortfall_usd_per_unit=dice.real(0, self.worth[item] * 2, 1) if dice.chance(0.6) else None)

    def make_bills(self, dice):
        """Bills by source and date, components taken on the way and at several times."""
        consumers = [row for row in self.rows("source") if row["consumes_bom"] or (row["consumes_bom"] is None and row["route"])]
        plain, more = self.rows("bom"), []
        for row in plain:
            row.update(source=None, at_frac=dice.pick((None, 0.5, dice.real(0, 1, 2), 1)), from_date=None, to_date=None)
            if dice.chance(0.3):
                row["to_date"] = self.date(dice.whole(1, self.horizon + 20))
                more.append(dict(row, quantity=tidy(row["quantity"] * dice.real(0.5, 1.5), 3), from_date=row["to_date"], to_date=None))
            if dice.chance(0.3):
                more.append(dict(row, quantity=dice.real(0.1, 1, 2), at_frac=dice.pick((0.25, 0.75)) if row["at_frac"] != 0.25 else 0.3, to_date=None))
        for source in dice.some(consumers, 0.4):
            for row in plain:
                if row["item"] == source["item"] and dice.chance(0.8):
                    more.append(dict(row, source=source["source"], quantity=tidy(row["quantity"] * dice.real(0.5, 1.2), 3), at_frac=dice.real(0, 1, 2)))
        if more:
            plain += more

    def make_outputs_dated(self, dice):
        """Shares of bins that change by date, and bins that come out before the end."""
        more = []
        for row in self.rows("source_output"):
            row.update(from_date=dice.pick((None, self.date(dice.whole(-20, 20)))), at_frac=dice.pick((None, 1, 0.5, dice.real(0, 1, 2))))
            for day in sorted({dice.whole(25, self.horizon + 25) for _ in range(dice.whole(0, 2))}):
                more.append(dict(row, from_date=self.date(day), share=tidy(row["share"] * dice.real(0.6, 1), 3), at_frac=dice.pick((None, dice.real(0, 1, 2)))))
        if more:
            self.tables["source_output"] += more

    def make_substitutes_of_one(self, dice):
        """Substitutes at rates, for some of the time, and for one consumer alone."""
        for row in self.rows("substitute"):
            row.update(consumer=None, rate=dice.pick((None, 0.5, 2, dice.real(0.6, 1.5, 2))), **(dice.pick(self.parts_of_horizon(dice, 1)) if dice.chance(0.4) else {"from_date": None, "to_date": None}))
        leaves = self.part_items + [name for die in self.die_items for name in ([n for n, _ in self.bins[die]] if die in self.bins else [die])]
        wants = [(row["item"], row["component"]) for row in self.rows("bom")] + sorted({(row["customer"], row["item"]) for row in self.rows("demand")})
        for consumer, instead in dice.some(sorted(set(wants)), 0.5):
            item = dice.pick(leaves)
            if item != instead and item != consumer:
                for window in self.parts_of_horizon(dice):
                    self.add("substitute", item=item, instead_of=instead, usd_per_unit=dice.real(0, 5, 2) if dice.chance(0.5) else None, consumer=consumer,
                             rate=dice.pick((None, dice.real(0.2, 3, 2))), **window)

    def make_mixes(self, dice):
        """Splits between the sources of an item."""
        by_item = {}
        for row in self.rows("source"):
            by_item.setdefault(row["item"], []).append(row["source"])
        for item, sources in sorted(by_item.items()):
            if len(sources) > 1 and dice.chance(0.8):
                for source in dice.some(sources, 0.7):
                    for window in self.parts_of_horizon(dice):
                        self.add("source_mix", item=item, source=source, min_share=dice.real(0.05, 0.3, 2) if dice.chance(0.6) else None,
                                 max_share=dice.real(0.5, 1, 2) if dice.chance(0.5) else None, **window)

    def make_loops(self, dice):
        """Used parts that come out of what they went into, and are made good as new: less comes back than was taken."""
        binned = {row["source"] for row in self.rows("source_output")}
        consumers = [row for row in self.rows("source") if (row["consumes_bom"] or (row["consumes_bom"] is None and row["route"])) and row["source"] not in binned]
        for part in [item for item in self.part_items if any(row["component"] == item for row in self.rows("bom"))]:
            users = [row for row in consumers if any(bom["item"] == row["item"] and bom["component"] == part and bom["quantity"] >= 0.5 for bom in self.rows("bom"))]
            users = [row for row in users if row["source"] not in {out["source"] for out in self.rows("source_output")}]
            if not users or dice.chance(0.2):
                continue
            used = "used " + part
            self.items.append(used)
            self.add("item", **dict.fromkeys(self.rows("item")[0]) | {"item": used, "kind": "component", "name": used, "unit_value_usd": 0})
            dated = {column: None for column in ("from_date", "at_frac") if any(column in row for row in self.rows("source_output"))}
            for row in users:
                self.add("source_output", source=row["source"], item=row["item"], share=0.8, **dated)
                self.add("source_output", source=row["source"], item=used, share=dice.real(0.05, 0.2, 2), **dated)
            self.add("source", **dict.fromkeys(self.rows("source")[0]) | {"source": "reclaim " + part, "item": part, "line": self.external[0]["line"], "consumes_bom": 1, "lead_time_days": dice.pick((0, 3, 12))})
            self.add("source_cost", source="reclaim " + part, from_date=self.date(0), usd_per_start=tidy(self.worth[part] * dice.real(0, 0.5), 3))
            self.add("bom", **dict.fromkeys(self.rows("bom")[0]) | {"item": part, "component": used, "quantity": 1})

    def make_whole(self, dice):
        """Few decisions that are whole with --integer: fixed charges, minimum lots, multiples of starts and of shipments, all of an order or nothing; tools of few groups."""
        for table, columns in (("source", ("fixed_usd", "min_lot", "starts_multiple")), ("demand", ("whole", "ship_multiple"))):
            for row in self.rows(table):
                row.update(dict.fromkeys(columns))
        for row in dice.shuffled(self.rows("source"))[:2]:
            starts, worth = self.starts.get(row["source"], 1.0), self.worth[row["item"]]
            way = dice.whole(0, 2)
            row.update(fixed_usd=tidy(starts * worth * dice.real(0, 0.5), 3) if way == 0 else None, min_lot=tidy(starts * dice.real(0.1, 2), 2) if way < 2 else None,
                       starts_multiple=tidy(starts * dice.real(0.5, 2), 2) if way == 2 else None)
        for row in dice.shuffled(self.rows("demand"))[:3]:
            row.update(whole=1 if dice.chance(0.5) else None, ship_multiple=tidy(row["quantity"] * dice.real(0.1, 0.4), 2) if dice.chance(0.5) else None)
        for row in dice.shuffled(self.rows("tool_group"))[2:]:
            row.update(removal_usd=None, buyable=None if dice.chance(0.5) else row["buyable"])
        buyable = {row["tool_group"] for row in self.rows("tool_group") if row["buyable"]}
        limits = [row for row in self.tables.pop("tool_delivery_limit", []) if row["tool_group"] in buyable]
        self.tables.update({"tool_delivery_limit": limits} if limits else {})

    LANGUAGE = {"discards": make_discards, "moves": make_moves_priced, "stock_limits": make_stock_limits, "stock_targets": make_stock_targets,
                "ship_targets": make_ship_targets, "bills": make_bills, "outputs": make_outputs_dated,
                "substitutes": make_substitutes_of_one, "mixes": make_mixes, "loops": make_loops,
                "floor": make_tools_as_they_are}

    def make_language(self, names):
        """Features of the planning language's second part, each with dice of its own: the rest of the fab is the same without it."""
        for name in names:
            self.LANGUAGE[name](self, Dice("%s of %d" % (name, self.seed)))

    def build(self):
        for part in (self.make_calendar, self.make_network, self.make_items, self.make_substitutes, self.make_dies,
                     self.make_sources, self.make_steps, self.make_alternates, self.make_purchases, self.make_line_limits,
                     self.make_demand, self.make_settings, self.make_lots, self.make_outside, self.make_chains,
                     self.make_drops):
            part()

    # -------------------------------------------------------------------------------------------- writing
    def write(self, folder):
        """One file per table; columns nobody fills are left out half of the time, columns are in any order."""
        os.makedirs(folder, exist_ok=True)
        for table, rows in self.tables.items():
            columns = [c for c in rows[0] if any(row[c] is not None for row in rows) or self.dice.chance(0.5)]
            if self.dice.chance(0.3):
                columns = self.dice.shuffled(columns)
            lines = [columns + (["basis"] if self.dice.chance(0.1) else [])]
            lines += [[text_of(row.get(c)) if c != "basis" else "drawn at random" for c in lines[0]] for row in rows]
            with open(os.path.join(folder, table + ".csv"), "w", encoding="utf-8", newline="") as file:
                for cells in lines:
                    file.write(",".join(quote(cell) for cell in cells) + "\n")


def quote(cell):
    return '"' + cell.replace('"', '""') + '"' if NO_CSV_QUOTE & set(cell) else cell


def main():
    parser = argparse.ArgumentParser(description="writes a small random data set")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("folder", metavar="OUTDIR")
    parser.add_argument("--drivers", action="store_true", help="drivers make some of the orders")
    parser.add_argument("--whole", action="store_true", help="decisions that are whole with --integer")
    parser.add_argument("--language", nargs="*", default=[], metavar="FEATURE", help="parts of the planning language's second part: %s; all: every one" % ", ".join(Fab.LANGUAGE))
    args = parser.parse_args()
    fab = Fab(args.seed)
    fab.build()
    if args.drivers:
        fab.make_drivers()
    fab.make_language(Fab.LANGUAGE if args.language == ["all"] else args.language)
    if args.whole:
        fab.make_whole(Dice("whole of %d" % args.seed))
    fab.write(args.folder)


if __name__ == "__main__":
    main()
