#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The load of the orders on the tool groups of a data set, worked out from its CSV files alone.

    fab_load.py FOLDER        prints a row for every tool group

Independent of the program: the yields, gross die and hours are those of planning-model.md and yield.md, written anew. The orders of the mean
week go down the bills; a die before binning covers each bin together with the better ones; what sources without a route can deliver at most is
taken off, the rest is started on the source with a route, with the mean of 1 / yield over the starts of all periods.
"""
import datetime
import functools
import math
import os
import sys
from collections import defaultdict

from tables import read


def number(text, default=None):
    return float(text) if text not in (None, "") else default


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


@functools.cache
def gross_die(width, height, scribe=0.1, edge=3, wafer=300):
    """Whole dies in the circle: the best of the four half-pitch phases."""
    radius, best = wafer / 2 - edge, 0
    across, up = width + scribe, height + scribe
    for phase_x in (0, 0.5):
        for phase_y in (0, 0.5):
            count = 0
            for i in range(-int(wafer / across) - 1, int(wafer / across) + 2):
                for j in range(-int(wafer / up) - 1, int(wafer / up) + 2):
                    x, y = abs((i + phase_x) * across) + width / 2, abs((j + phase_y) * up) + height / 2
                    count += math.hypot(x, y) <= radius + 1e-9
            best = max(best, count)
    return best


class Load:
    def __init__(self, folder):
        self.table = {name: read(folder, name) for name in (
            "calendar", "demand", "bom", "source", "source_limit", "source_output", "source_yield", "process", "die", "route_step", "tool_group")}
        self.begins = [day(row["start_date"]) for row in self.table["calendar"]]
        self.weeks = (day(self.table["calendar"][-1]["end_date"]) - self.begins[0]) / 7
        self.die = {row["item"]: row for row in self.table["die"]}
        self.process = {row["process"]: row for row in self.table["process"]}
        self.need = defaultdict(float)                 # units a week
        self.starts = defaultdict(float)               # a week, of sources with a route
        self.fixed = {}
        for row in self.table["source_yield"]:
            self.fixed.setdefault(row["source"], float(row["line_yield"]) * float(row["unit_yield"]))
        self.limit = {}
        for row in self.table["source_limit"]:
            self.limit.setdefault(row["source"], []).append(number(row["max_starts_per_week"]))
        self.go_down()

    # ---- yields
    def of_process(self, source, begin):
        process, die = self.process[source["process"]], self.die[source["item"]]
        days = max(0, begin - day(process["learning_start"]))
        left = 0.5 ** (days / float(process["halflife_days"]))
        defects = float(process["d0_mature_per_cm2"]) + (float(process["d0_start_per_cm2"]) - float(process["d0_mature_per_cm2"])) * left
        line = float(process["line_yield_mature"]) + (float(process["line_yield_start"]) - float(process["line_yield_mature"])) * left
        area, alpha = float(die["width_mm"]) * float(die["height_mm"]) / 100, float(process["alpha"])
        return line * float(process["systematic_yield"]) * (1 + area * defects / alpha) ** -alpha

    def good(self, source, begin):
        """Good units of a start."""
        gross = number(source["units_per_start"])
        if gross is None:
            gross = gross_die(float(self.die[source["item"]]["width_mm"]), float(self.die[source["item"]]["height_mm"])) if source["item"] in self.die else 1
        if source["source"] in self.fixed:
            return gross * self.fixed[source["source"]]
        return gross * (self.of_process(source, begin) if source["process"] else 1)

    # ---- from the orders down
    def go_down(self):
        for row in self.table["demand"]:
            self.need[row["item"]] += float(row["quantity"]) / self.weeks
        uses, sources, outputs = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in self.table["bom"]:
            uses[row["item"]].append((row["component"], float(row["quantity"])))
        for row in self.table["source"]:
            sources[row["item"]].append(row)
        for row in self.table["source_output"]:
            pair = (row["item"], float(row["share"]))
            of = next(source["item"] for source in self.table["source"] if source["source"] == row["source"])
            if pair not in outputs[of]:
                outputs[of].append(pair)
        before = {bin_: die for die, bins in outputs.items() for bin_, _ in bins}
        users = defaultdict(set)
        for item, parts in uses.items():
            for part, _ in parts:
                users[part].add(item)
                if part in before:
                    users[before[part]].add(item)
        done, items = set(), list(dict.fromkeys(list(self.need) + list(users) + list(sources)))
        while len(done) < len(items):
            for item in items:
                if item not in done and users[item] <= done:
                    self.settle(item, sources[item], uses[item], outputs[item])
                    done.add(item)

    def settle(self, item, sources, parts, bins):
        total = share = 0
        for bin_, part in bins:
            total, share = total + self.need[bin_], share + part
            self.need[item] = max(self.need[item], total / share)
        rest, own = self.need[item], [source for source in sources if source["route"]]
        for source in sources:
            if not source["route"]:
                most = max(self.limit[source["source"]])
                rest -= most * self.good(source, self.begins[0])
                self.pass_on(source, most, parts)
        for source in own:
            inverse = sum(1 / self.good(source, begin) for begin in self.begins) / len(self.begins)
            self.starts[source["source"]] = max(rest, 0) * inverse
            self.pass_on(source, self.starts[source["source"]], parts)

    def pass_on(self, source, starts, parts):
        takes = source["consumes_bom"] == "1" if source["consumes_bom"] else bool(source["route"])
        for part, quantity in parts if takes else ():
            self.need[part] += starts * quantity

    # ---- hours
    def groups(self):
        """{tool group: hours a week that the orders take / hours that there are}"""
        starts, hours = defaultdict(float), defaultdict(float)
        for source in self.table["source"]:
            if source["route"]:
                starts[source["route"]] += self.starts[source["source"]]
        for step in self.table["route_step"]:
            visit = float(step["minutes_per_unit"]) / 60 * number(step["sample_frac"], 1) / (1 - number(step["rework_frac"], 0))
            hours[step["tool_group"]] += starts[step["route"]] * number(step["visits"], 1) * visit
        return {row["tool_group"]: hours[row["tool_group"]] / (168 * float(row["tools"]) * float(row["availability"]) * float(row["max_utilisation"]))
                for row in self.table["tool_group"]}


if __name__ == "__main__":
    for group, load in sorted(Load(sys.argv[1]).groups().items()):
        print("%-12s %.4f" % (group, load))
