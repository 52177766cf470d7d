#!/usr/bin/env python3
"""The second formulation: solves the planning LP of a folder of CSV files with glpsol and fabplan.mod.

    oracle.py DATA_FOLDER [--start DATE] [--keep DIR] [--json] [--families] [--mps FILE] [--glpsol OPTION ...]

Prints `status` and `objective_usd` (17 significant digits). Nothing here or in fabplan.mod was taken from src/.

This script only normalises: defaults, day numbers, the row in force, yields, gross die. The model is fabplan.mod.
The objective is evaluated exactly (rational arithmetic) from the written LP and the written solution, and a weak-duality
bound from the same two files is printed with it: if they differ by more than 1e-9 of the objective, it fails.
glpsol's own --xcheck is no help: it rounds the coefficients to 1e-9 before it is exact.
Exit: 0 optimal, 1 failure, 2 usage, 3 data, 4 infeasible or unbounded.
"""
import argparse
import csv
import datetime
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

import drivers
import horizon

HERE = os.path.dirname(os.path.abspath(__file__))
EXIT_FAILURE, EXIT_DATA, EXIT_NO_PLAN = 1, 3, 4
MINUTES_PER_HOUR = 60
OBJECTIVE = "profit"        # name of the objective in fabplan.mod
SAME_GAP = 1e-9             # largest relative gap between primal and dual objective

# Columns of the tables the LP reads: key*, optional?, >table = id of that table, #f number, #d date.
TABLES = {
    "site": "site* name",
    "line": "line* site>site kind name base_load_mw?# facility_power_factor?# floor_m2?#",
    "calendar": "period* start_date#d end_date#d",
    "tool_group": "tool_group* line>line name area? tools# availability?# max_utilisation# power_kw?# price_usd?# floor_m2?# "
                  "lead_time_days?# buyable?# removal_usd?# life_days?# supply_mw?# payment?",
    "tool_down": "tool_group*>tool_group cause* hours_between?# units_between?# hours#",
    "tool_count": "tool_group*>tool_group from_date*#d tools#",
    "tool_delivery_limit": "tool_group*>tool_group from_date*#d to_date#d max_tools#",
    "tool_alternate": "tool_group*>tool_group alternate*>tool_group route*?>route step*?# hours_ratio?# from_date*?#d to_date?#d usd_per_hour?#",
    "route": "route* line>line name lot_size?#",
    "cycle_time": "route*>route from_date*#d days#",
    "route_step": "route*>route step*# name? tool_group>tool_group visits?# minutes_per_unit?# from_frac?# to_frac?# "
                  "sample_frac?# rework_frac?# scrap_frac?# minutes_per_lot?# minutes_per_batch?# batch_max?# batch_fill?# "
                  "interval_minutes_per_unit?# setup_minutes?# units_per_setup?# lead_minutes?# units_per_train?# rework_to?#",
    "item": "item* kind name unit_value_usd?# holding_frac_per_year?# max_stock?# compute_watts?# discard_usd?#",
    "stock": "item*>item on_hand#",
    "stock_limit": "item*>item from_date*#d to_date?#d max_stock?# holding_frac_per_year?#",
    "stock_target": "item*>item target*? from_date*#d to_date?#d quantity?# cover_days?# shortfall_usd_per_unit_week#",
    "receipt": "item*>item date*#d quantity# source?>source",
    "bom": "item*>item component*>item quantity# source*?>source at_frac*?# from_date*?#d to_date?#d",
    "substitute": "item*>item instead_of*>item usd_per_unit?# consumer*? from_date*?#d to_date?#d rate?#",
    "source": "source* item>item line>line route?>route supplier? region? units_per_start?# consumes_bom?# lead_time_days?# "
              "process?>process available_from?#d available_to?#d fixed_usd?# min_lot?# starts_multiple?#",
    "source_cost": "source*>source from_date*#d usd_per_start#",
    "source_limit": "source*>source from_date*#d to_date#d min_starts_per_week?# max_starts_per_week?# "
                    "shortfall_usd_per_start?#",
    "line_limit": "line*>line from_date*#d to_date#d max_starts_per_week?# max_ramp_per_week?# max_drop_per_week?#",
    "source_output": "source*>source item*>item share# from_date*?#d at_frac?#",
    "source_mix": "item*>item source*>source from_date*#d to_date?#d min_share?# max_share?#",
    "source_yield": "source*>source from_date*#d line_yield# unit_yield#",
    "customer": "customer* name priority?# weight?# entitlement?# min_fill?# parent?",
    "demand": "demand* customer>customer item>item due_date#d quantity# price_usd# shortage_usd?# late_usd_per_week?# "
              "max_late_days?# min_fill?# class? whole?# ship_multiple?#",
    "driver": "driver* date*#d quantity# unit",
    "driver_use": "driver* item*>item customer*>customer from_date?*#d units_per_driver# replacement_frac?# lead_days?# price_usd# "
                  "shortage_usd?# late_usd_per_week?# max_late_days?# min_fill?# class?",
    "shipment_limit": "customer*>customer item*>item from_date*#d to_date#d max_per_week#",
    "ship_target": "customer*>customer item*>item by_date*#d shipped_before?# min_quantity?# max_quantity?# shortfall_usd_per_unit?#",
    "power_limit": "site*>site from_date*#d mw# usd_per_mwh?#",
    "capex_budget": "from_date*#d usd#",
    "setting": "key* value",
    "lot": "lot* source>source customer?>customer priority?# start_time due_time? wafers# parent_lot?>lot progress?# status",
    "lot_event": "lot*>lot seq*# time event step?# tool? wafers_before# wafers_after# reason?",
    "process": "process* model alpha?# critical_layers?# d0_start_per_cm2# d0_mature_per_cm2# learning_start#d "
               "halflife_days# systematic_yield?# line_yield_start?# line_yield_mature?# line_halflife_days?#",
    "die": "item*>item width_mm?# height_mm?# scribe_mm?# edge_mm?# wafer_mm?# critical_area_cm2?# "
           "repairable_defects?# gross_die?#",
}
REQUIRED_TABLES = ("site", "line", "calendar", "item", "source")
FREE_COLUMNS = ("basis", "note")
SETTINGS = {"plan_name": "", "currency": "USD", "discount_rate": "0", "end_value_frac": "0.6", "commitment_factor": "10",
            "hold_days": "14", "wip_wait_days": "182", "wip_groups": "200", "tail_days": "0", "as_of": ""}


class DataError(Exception):
    """The folder is not a valid data set."""


class SolveError(Exception):
    """glpsol failed, or its answer did not pass the check."""


# ---------------------------------------------------------------------------------------------------- reading
def to_date(text):
    """YYYY-MM-DD, YYYY-MM or YYYY-Www: the first day meant."""
    if "W" in text:
        return datetime.date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
    if len(text) == 7:
        text += "-01"
    return datetime.date.fromisoformat(text)


def columns_of(spec):
    """[(name, key, optional, referenced table or None, type: s, f, d)] of a line of TABLES."""
    out = []
    for word in spec.split():
        kind = "d" if word.endswith("#d") else "f" if word.endswith("#") else "s"
        word = word.split("#")[0]
        word, _, table = word.partition(">")
        out.append((word.rstrip("*?"), "*" in word, "?" in word, table or None, kind))
    return out


def read_cell(text, kind):
    if text == "":
        return None
    if kind == "d":
        return to_date(text)
    if kind == "f":
        value = float(text)
        if not math.isfinite(value):
            raise ValueError("not finite")
        return value
    return text


def read_table(folder, name):
    """Rows of a table as dictionaries with every column of the dictionary; empty cells are None."""
    path = os.path.join(folder, name + ".csv")
    if not os.path.exists(path):
        if name in REQUIRED_TABLES:
            raise DataError("%s.csv is missing" % name)
        return []
    columns = columns_of(TABLES[name])
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        known = [c[0] for c in columns] + list(FREE_COLUMNS)
        for head in reader.fieldnames or []:
            if head not in known:
                raise DataError("%s.csv: unknown column %s" % (name, head))
        rows, seen = [], set()
        for raw in reader:
            if None in raw or None in raw.values():
                raise DataError("%s.csv:%d: wrong number of cells" % (name, reader.line_num))
            row = {}
            for column, _, optional, _, kind in columns:
                try:
                    row[column] = read_cell(raw.get(column, ""), kind)
                except ValueError as error:
                    raise DataError("%s.csv:%d:%s: %s" % (name, reader.line_num, column, error))
                if row[column] is None and not optional:
                    raise DataError("%s.csv:%d:%s: missing" % (name, reader.line_num, column))
            key = tuple(row[c[0]] for c in columns if c[1])
            if key in seen:
                raise DataError("%s.csv:%d: duplicate key %s" % (name, reader.line_num, key))
            seen.add(key)
            rows.append(row)
    return rows


def read_folder(folder, with_orders=True):
    """The tables of a data set; demand with the orders that drivers make."""
    data = {name: read_table(folder, name) for name in TABLES}
    ids = {name: {row[columns_of(TABLES[name])[0][0]] for row in rows} for name, rows in data.items()}
    for name, rows in data.items():
        for column, _, _, table, _ in columns_of(TABLES[name]):
            for row in rows if table else []:
                if row[column] is not None and row[column] not in ids[table]:
                    raise DataError("%s.csv: %s %s is not in %s.csv" % (name, column, row[column], table))
    for row in data["setting"]:
        if row["key"] not in SETTINGS:
            raise DataError("setting.csv: unknown key %s" % row["key"])
    if with_orders:
        data["demand"] = data["demand"] + drivers.orders(data)
    return data


def default(value, otherwise):
    return otherwise if value is None else value


# ---------------------------------------------------------------------------------------------------- yield
def gross_die(width, height, scribe, edge, wafer):
    """Whole die on a wafer, the best of the four half-pitch phases; arguments and arithmetic are exact Fractions."""
    radius2 = (wafer / 2 - edge) ** 2
    if wafer / 2 < edge:
        return 0
    best = 0
    pitch_x, pitch_y = width + scribe, height + scribe
    for phase_x in (Fraction(0), Fraction(1, 2)):
        for phase_y in (Fraction(0), Fraction(1, 2)):
            count = 0
            for i in range(-int(wafer / pitch_x) - 2, int(wafer / pitch_x) + 3):
                far_x = abs((i + phase_x) * pitch_x) + width / 2
                for j in range(-int(wafer / pitch_y) - 2, int(wafer / pitch_y) + 3):
                    far_y = abs((j + phase_y) * pitch_y) + height / 2
                    count += far_x * far_x + far_y * far_y <= radius2
            best = max(best, count)
    return best


def die_count(die):
    if die["gross_die"] is not None:
        return die["gross_die"]
    if die["width_mm"] is None or die["height_mm"] is None:
        raise DataError("die.csv: %s has neither gross_die nor width and height" % die["item"])
    exact = [Fraction(repr(default(die[k], v))) for k, v in
             (("width_mm", 0), ("height_mm", 0), ("scribe_mm", 0.1), ("edge_mm", 3.0), ("wafer_mm", 300.0))]
    return gross_die(*exact)


def first_defects(repair, mean, alpha):
    """Probability of at most `repair` defects: Poisson (alpha None) or negative binomial."""
    term = math.exp(-mean) if alpha is None else math.exp(-alpha * math.log1p(mean / alpha))
    total = term
    for k in range(repair):
        term *= mean / (k + 1) if alpha is None else (k + alpha) / (k + 1) * mean / (mean + alpha)
        total += term
    return total


def model_yield(process, d0, area, repair):
    """Random yield of the five models of yield.md."""
    model, mean = process["model"], area * d0
    if model == "poisson":
        return first_defects(repair, mean, None)
    if model in ("seeds", "negative_binomial"):
        return first_defects(repair, mean, 1.0 if model == "seeds" else process["alpha"])
    if repair:
        raise DataError("repairable_defects with model %s: the design gives no distribution" % model)
    if model == "murphy":
        return 1.0 - mean if mean < 1e-12 else (-math.expm1(-mean) / mean) ** 2
    if model == "bose_einstein":
        return math.exp(-process["critical_layers"] * math.log1p(mean))
    raise DataError("process.csv: unknown model %s" % model)


def learned(start, mature, days, halflife):
    """Learning curve: `start` before day 0, then half of the way to `mature` per half-life."""
    return start if days <= 0 else mature + (start - mature) * 0.5 ** (days / halflife)


def process_yield(process, die, date):
    days = (date - process["learning_start"]).days
    d0 = learned(process["d0_start_per_cm2"], process["d0_mature_per_cm2"], days, process["halflife_days"])
    line = learned(default(process["line_yield_start"], 1.0), default(process["line_yield_mature"], 1.0), days,
                   default(process["line_halflife_days"], process["halflife_days"]))
    area = die["critical_area_cm2"]
    if area is None:
        area = die["width_mm"] * die["height_mm"] / 100
    unit = default(process["systematic_yield"], 1.0) * model_yield(
        process, d0, area, int(default(die["repairable_defects"], 0)))
    return line, unit


# ---------------------------------------------------------------------------------------------------- starting WIP
def lot_places(data):
    """{lot: (part f of the cycle time that is done, steps with a move_out of its own)} of the lots in process."""
    lots = {row["lot"]: row for row in data["lot"]}
    route = {row["source"]: row["route"] for row in data["source"]}
    steps = {}
    for row in sorted(data["route_step"], key=lambda r: r["step"]):
        steps.setdefault(row["route"], []).append(row["step"])
    events = {}
    for row in sorted(data["lot_event"], key=lambda r: r["seq"]):
        events.setdefault(row["lot"], []).append(row)

    def split_time(lot):
        born = [row["time"] for row in events.get(lot, []) if row["event"] in ("split", "start") and row["wafers_before"] == 0]
        return born[0] if born else lots[lot]["start_time"]

    def finished(source, lot, until):
        """Steps done after the last move_out of the lot, else of the lot it was split off, by then."""
        order = steps.get(route[source], [])
        out = [order.index(row["step"]) + 1 for row in events.get(lot, [])
               if row["event"] == "move_out" and row["step"] in order and (until is None or row["time"] <= until)]
        if out:
            return max(out) / len(order)
        parent = lots[lot]["parent_lot"]
        if parent is None:
            return 0.0
        time = split_time(lot)
        return finished(source, parent, time if until is None else min(until, time))

    places = {}
    for name, row in lots.items():
        if row["status"] in ("active", "held") and row["wafers"] > 0:
            f = row["progress"] if row["progress"] is not None else finished(row["source"], name, None)
            places[name] = f, {e["step"] for e in events.get(name, []) if e["event"] == "move_out"}
    return places


def wip_groups(data, most):
    """Groups of lots of one source, status and place: source, held, f, wafers, first start date, {step: wafers that have it behind them}."""
    groups = {}
    for name, (f, done) in lot_places(data).items():
        lot = next(row for row in data["lot"] if row["lot"] == name)
        key = lot["source"], lot["status"] == "held", f
        group = groups.setdefault(key, {"source": key[0], "held": key[1], "f": f, "wafers": 0.0, "start": "9", "done": {}, "parts": []})
        group["wafers"] += lot["wafers"]
        group["start"] = min(group["start"], lot["start_time"][:10])
        group["parts"].append((f, lot["wafers"]))
        for step in done:
            group["done"][step] = group["done"].get(step, 0.0) + lot["wafers"]
    ordered = [groups[key] for key in sorted(groups)]
    while len(ordered) > most:
        gaps = [(b["f"] - a["f"], k) for k, (a, b) in enumerate(zip(ordered, ordered[1:])) if (a["source"], a["held"]) == (b["source"], b["held"])]
        if not gaps:
            break
        k = min(gaps)[1]
        one, other = ordered[k], ordered.pop(k + 1)
        wafers = one["wafers"] + other["wafers"]
        one["f"] = (one["wafers"] * one["f"] + other["wafers"] * other["f"]) / wafers
        one["wafers"] = wafers
        one["start"] = min(one["start"], other["start"])
        one["parts"] += other["parts"]
        for step, count in other["done"].items():
            one["done"][step] = one["done"].get(step, 0.0) + count
    return ordered


# ---------------------------------------------------------------------------------------------------- normalising
def dated(rows, key):
    """{key: rows in order of from_date}."""
    out = {}
    for row in sorted(rows, key=lambda r: r["from_date"]):
        out.setdefault(row[key], []).append(row)
    return out


def in_force(rows, date, before=None):
    """The last row that starts by `date`; before the first one `before`, else the first row."""
    now = [row for row in rows if row["from_date"] <= date]
    if now:
        return now[-1]
    return before if before is not None else rows[0] if rows else None


class Dat:
    """Writes a GMPL data section."""

    def __init__(self, file):
        self.file = file

    @staticmethod
    def symbol(value):
        return "'" + str(value).replace("'", "''") + "'"

    def one(self, value):
        if isinstance(value, bool):
            return str(int(value))
        if isinstance(value, (int, float)):
            return repr(value)
        return self.symbol(value)

    def scalar(self, name, value):
        self.file.write("param %s := %s;\n" % (name, repr(value)))

    def set(self, name, members):
        self.file.write("set %s :=\n" % name)
        for member in members:
            member = member if isinstance(member, tuple) else (member,)
            self.file.write("  (%s)\n" % ",".join(map(self.one, member)) if len(member) > 1 else "  %s\n" % self.one(member[0]))
        self.file.write(";\n")

    def param(self, name, values):
        """values: {index or tuple of indices: number or string}."""
        self.file.write("param %s :=\n" % name)
        for index, value in values.items():
            index = index if isinstance(index, tuple) else (index,)
            self.file.write("  [%s] %s\n" % (",".join(map(self.one, index)), self.one(value)))
        self.file.write(";\n")


def write_dat(data, file):
    """Normalises the data set into the data section of fabplan.mod."""
    dat = Dat(file)
    calendar = sorted(data["calendar"], key=lambda row: row["start_date"])
    for before, after in zip(calendar, calendar[1:]):
        if before["end_date"] != after["start_date"]:
            raise DataError("calendar.csv: periods are not contiguous at %s" % after["period"])
    start = calendar[0]["start_date"]
    periods = [(t + 1, row["start_date"]) for t, row in enumerate(calendar)]

    def day(date):
        return (date - start).days

    def columns(rows, key, **named):
        """Writes one parameter per name: the column of each row, or its default (name=(column, default))."""
        for name, column in named.items():
            column, otherwise = column if isinstance(column, tuple) else (column, None)
            values = {key(i, row): default(row[column], otherwise) for i, row in enumerate(rows)}
            dat.param(name, {k: day(v) if isinstance(v, datetime.date) else v for k, v in values.items() if v is not None})

    def numbered(name, rows, *subsets):
        """A set 1..n of the rows of a table, and subsets of the rows with a cell filled."""
        dat.set(name, range(1, len(rows) + 1))
        for subset, column in subsets:
            dat.set(subset, [i + 1 for i, row in enumerate(rows) if row[column] is not None])

    def number(i, row):
        return i + 1

    def by(column):
        return lambda i, row: row[column]

    dat.file.write("data;\n")
    dat.scalar("T", len(calendar))
    dat.scalar("Th", sum(not row.get("tail") for row in calendar))
    dat.param("b", {t + 1: day(row["start_date"]) for t, row in enumerate(calendar)})
    dat.param("e", {t + 1: day(row["end_date"]) for t, row in enumerate(calendar)})
    setting = dict(SETTINGS)
    setting.update({row["key"]: row["value"] for row in data["setting"]})
    for key in ("discount_rate", "end_value_frac", "commitment_factor"):
        dat.scalar(key, float(setting[key]))

    # network
    dat.set("SITE", [row["site"] for row in data["site"]])
    lines = data["line"]
    dat.set("LINE", [row["line"] for row in lines])
    columns(lines, by("line"), line_site="site", base_load_mw=("base_load_mw", 0.0),
            power_factor=("facility_power_factor", 1.0), line_floor="floor_m2")
    dat.set("FLOORED", [row["line"] for row in lines if row["floor_m2"] is not None])
    power = dated(data["power_limit"], "site")
    dat.set("POWERED", power)
    dat.param("mw_limit", {(s, t): in_force(rows, date)["mw"] for s, rows in power.items() for t, date in periods})
    dat.param("usd_per_mwh", {(s, t): default(in_force(rows, date)["usd_per_mwh"], 0.0)
                              for s, rows in power.items() for t, date in periods})
    groups = data["tool_group"]
    dat.set("GROUP", [row["tool_group"] for row in groups])
    dat.set("BUYABLE", [row["tool_group"] for row in groups if default(row["buyable"], 0) == 1])
    dat.set("REMOVABLE", [row["tool_group"] for row in groups if row["removal_usd"] is not None])
    columns(groups, by("tool_group"), group_line="line", given_availability="availability", max_utilisation="max_utilisation",
            power_kw=("power_kw", 0.0), price_usd=("price_usd", 0.0), floor_m2=("floor_m2", 0.0), lead=("lead_time_days", 0.0),
            life=("life_days", 1826.0), supply_mw=("supply_mw", 0.0), removal_usd="removal_usd")
    dat.set("GIVEN", [row["tool_group"] for row in groups if row["availability"] is not None])
    stops = data["tool_down"]
    dat.set("STOP", [(row["tool_group"], row["cause"]) for row in stops])
    for name, column in (("STOP_H", "hours_between"), ("STOP_U", "units_between")):
        dat.set(name, [(row["tool_group"], row["cause"]) for row in stops if row[column] is not None])
    columns(stops, lambda i, row: (row["tool_group"], row["cause"]), stop_hours="hours", hours_between="hours_between", units_between="units_between")
    counts = dated(data["tool_count"], "tool_group")
    dat.param("tools", {(row["tool_group"], t): in_force(counts.get(row["tool_group"], []), date, row)["tools"]
                        for row in groups for t, date in periods})
    routes = {row["route"]: [] for row in data["route"]}
    for row in sorted(data["route_step"], key=lambda r: r["step"]):
        routes[row["route"]].append(row)
    steps = [row for rows in routes.values() for row in rows]
    places = {(row["route"], row["step"]): k + 1 for rows in routes.values() for k, row in enumerate(rows)}

    def place(i, row):
        return row["route"], places[row["route"], row["step"]]

    dat.set("ROUTE", routes)
    dat.set("STEP", [place(0, row) for row in steps])
    columns(steps, place, step_no="step", step_group="tool_group", visits=("visits", 1.0), minutes="minutes_per_unit",
            lot_minutes="minutes_per_lot", batch_minutes="minutes_per_batch", batch_max="batch_max", batch_fill="batch_fill",
            interval="interval_minutes_per_unit", setup_minutes="setup_minutes", units_per_setup="units_per_setup",
            lead_minutes="lead_minutes", units_per_train="units_per_train", sample=("sample_frac", 1.0), rework=("rework_frac", 0.0), scrap=("scrap_frac", 0.0))
    dat.set("CASCADE", [place(0, row) for row in steps if row["interval_minutes_per_unit"] is not None])
    columns(data["route"], by("route"), lot_size=("lot_size", 25.0))
    dat.param("back", {place(0, row): places[row["route"], row["rework_to"]] for row in steps if row["rework_to"] is not None})
    middle = {place(0, row): (places[row["route"], row["step"]] - 0.5) / len(routes[row["route"]]) for row in steps}
    for name, column, other in (("f1", "from_frac", "to_frac"), ("f2", "to_frac", "from_frac")):
        dat.param(name, {place(0, row): default(row[column], default(row[other], middle[place(0, row)])) for row in steps})
    cycles = dated(data["cycle_time"], "route")
    for row in data["source"]:
        if row["route"] is not None and row["route"] not in cycles:
            raise DataError("cycle_time.csv: route %s of source %s has no row" % (row["route"], row["source"]))
    dat.param("cycle", {(r, t): in_force(cycles[r], date)["days"] if r in cycles else 0.0
                        for r in routes for t, date in periods})
    alternates = data["tool_alternate"]
    numbered("ALT", alternates, ("ALT_R", "route"), ("ALT_S", "step"))
    columns(alternates, number, alt_from="tool_group", alt_onto="alternate", alt_route="route", alt_step="step",
            ratio=("hours_ratio", 1.0), alt_begin="from_date", alt_end="to_date", alt_usd=("usd_per_hour", 0.0))

    # items and sources
    items = data["item"]
    dat.set("ITEM", [row["item"] for row in items])
    columns(items, by("item"), unit_value=("unit_value_usd", 0.0), holding_frac=("holding_frac_per_year", 0.2),
            max_stock="max_stock", discard=("discard_usd", 0.0))
    numbered("SKL", data["stock_limit"], ("SKL_MAX", "max_stock"), ("SKL_HOLD", "holding_frac_per_year"))
    columns(data["stock_limit"], number, sk_item="item", sk_from="from_date", sk_to="to_date", sk_max="max_stock", sk_hold="holding_frac_per_year")
    columns(data["stock"], by("item"), on_hand="on_hand")
    numbered("STG", data["stock_target"])
    columns(data["stock_target"], number, tg_item="item", tg_from="from_date", tg_to="to_date", tg_qty=("quantity", 0.0), tg_cover=("cover_days", 0.0),
            tg_usd="shortfall_usd_per_unit_week")
    numbered("RECEIPT", data["receipt"])
    columns(data["receipt"], number, receipt_item="item", receipt_day="date", receipt_qty="quantity")
    numbered("BILL", data["bom"], ("BL_S", "source"))
    columns(data["bom"], number, bl_item="item", bl_comp="component", bl_qty="quantity", bl_at=("at_frac", 0.0), bl_from="from_date", bl_to="to_date", bl_source="source")
    numbered("SUBST", data["substitute"], ("SUB_C", "consumer"))
    columns(data["substitute"], number, sub_item="item", sub_instead="instead_of", sub_usd=("usd_per_unit", 0.0), sub_rate=("rate", 1.0), sub_from="from_date", sub_to="to_date", sub_consumer="consumer")
    sources = data["source"]
    dies = {row["item"]: row for row in data["die"]}
    processes = {row["process"]: row for row in data["process"]}
    yields = dated(data["source_yield"], "source")
    costs = dated(data["source_cost"], "source")

    def units(row):
        if row["units_per_start"] is not None:
            return row["units_per_start"]
        return float(die_count(dies[row["item"]])) if row["item"] in dies else 1.0

    def yields_of(row, date):
        if row["source"] in yields:
            now = in_force(yields[row["source"]], date)
            return now["line_yield"], now["unit_yield"]
        if row["process"] is None:
            return 1.0, 1.0
        if row["item"] not in dies:
            raise DataError("source.csv: %s has a process, but item %s has no die" % (row["source"], row["item"]))
        return process_yield(processes[row["process"]], dies[row["item"]], date)

    def good(row, date):
        line, unit = yields_of(row, date)
        return line * unit

    dat.set("SOURCE", [row["source"] for row in sources])
    dat.set("MADE", [row["source"] for row in sources if row["route"] is not None])
    columns(sources, by("source"), item="item", source_line="line", route="route", lead_days="lead_time_days",
            available_from="available_from", available_to="available_to")
    for row in sources:
        if row["route"] is not None and row["lead_time_days"] is not None:
            raise DataError("source.csv: %s has a route and a lead_time_days" % row["source"])
    dat.param("U", {row["source"]: units(row) for row in sources})
    dat.param("consumes_bom", {row["source"]: default(row["consumes_bom"], float(row["route"] is not None)) for row in sources})
    dat.param("Y", {(row["source"], t): good(row, date) for row in sources for t, date in periods})
    dat.param("c", {(row["source"], t): in_force(costs[row["source"]], date)["usd_per_start"] if row["source"] in costs
                    else 0.0 for row in sources for t, date in periods})
    outputs = {}
    for row in data["source_output"]:
        outputs.setdefault((row["source"], row["item"]), []).append(dict(row, from_date=default(row["from_date"], datetime.date.min)))
    outputs = {key: sorted(rows, key=lambda row: row["from_date"]) for key, rows in outputs.items()}
    dat.set("OUTPUT", outputs)
    dat.param("share", {(*key, t): in_force(rows, date)["share"] for key, rows in outputs.items() for t, date in periods})
    dat.param("out_at", {(*key, t): default(in_force(rows, date)["at_frac"], 1.0) for key, rows in outputs.items() for t, date in periods})
    numbered("MIX", data["source_mix"], ("MIX_MIN", "min_share"), ("MIX_MAX", "max_share"))
    columns(data["source_mix"], number, mx_item="item", mx_source="source", mx_from="from_date", mx_to="to_date", mx_min="min_share", mx_max="max_share")
    numbered("SLIM", data["source_limit"], ("SLIM_MAX", "max_starts_per_week"), ("SLIM_FALL", "shortfall_usd_per_start"))
    columns(data["source_limit"], number, sl_source="source", sl_from="from_date", sl_to="to_date",
            sl_min=("min_starts_per_week", 0.0), sl_max="max_starts_per_week", sl_fall="shortfall_usd_per_start")
    numbered("LLIM", data["line_limit"], ("LLIM_MAX", "max_starts_per_week"), ("LLIM_RAMP", "max_ramp_per_week"),
             ("LLIM_DROP", "max_drop_per_week"))
    columns(data["line_limit"], number, ll_line="line", ll_from="from_date", ll_to="to_date", ll_max="max_starts_per_week",
            ll_ramp="max_ramp_per_week", ll_drop="max_drop_per_week")

    # starting WIP
    cycles = dated(data["cycle_time"], "route")
    by_id = {row["source"]: row for row in sources}
    numbers = {}
    for row in sorted(data["route_step"], key=lambda r: r["step"]):
        numbers.setdefault(row["route"], []).append(row["step"])
    groups = wip_groups(data, float(setting["wip_groups"]))
    dat.scalar("wip_wait_days", float(setting["wip_wait_days"]))
    dat.set("WIP", range(1, len(groups) + 1))
    known = {k + 1: (group, by_id[group["source"]], to_date(group["start"])) for k, group in enumerate(groups)}
    dat.param("wip_source", {k: group["source"] for k, (group, _, _) in known.items()})
    dat.param("wafers", {k: group["wafers"] for k, (group, _, _) in known.items()})
    dat.param("place", {k: group["f"] for k, (group, _, _) in known.items()})
    dat.param("ready", {k: float(setting["hold_days"]) if group["held"] else 0.0 for k, (group, _, _) in known.items()})
    dat.param("wip_L", {k: in_force(cycles[row["route"]], date)["days"] if row["route"] in cycles else default(row["lead_time_days"], 0.0)
                        for k, (_, row, date) in known.items()})
    binned = {source for source, _ in outputs}
    at_start = {(k, i): in_force(rows, date) for k, (_, source, date) in known.items() for (s, i), rows in outputs.items() if s == source["source"]}
    at_start.update({(k, source["item"]): {"share": 1.0, "at_frac": None} for k, (_, source, _) in known.items() if source["source"] not in binned})
    dat.set("WIP_OUT", at_start)
    dat.param("wip_share", {key: row["share"] for key, row in at_start.items()})
    dat.param("wip_at", {key: default(row["at_frac"], 1.0) for key, row in at_start.items()})
    dat.param("wip_gone", {(k, i): sum(wafers for f, wafers in known[k][0]["parts"] if default(row["at_frac"], 1.0) < 1 and row["at_frac"] <= f + 1e-9) / known[k][0]["wafers"]
                           for (k, i), row in at_start.items()})
    own_bill = {row["source"] for row in data["bom"]}
    takes = {}
    for k, (group, source, date) in known.items():
        if default(source["consumes_bom"], float(source["route"] is not None)) == 1:
            for j, row in enumerate(data["bom"]):
                if row["item"] == source["item"] and row["source"] == (source["source"] if source["source"] in own_bill else None) and \
                        default(row["from_date"], date) <= date < default(row["to_date"], datetime.date.max):
                    takes[k, j + 1] = sum(wafers for f, wafers in group["parts"] if default(row["at_frac"], 0.0) <= f + 1e-9) / group["wafers"]
    dat.set("WIP_BILL", takes)
    dat.param("wip_taken", takes)
    dat.param("wip_line_yield", {k: yields_of(row, date)[0] for k, (_, row, date) in known.items()})
    dat.param("wip_unit_yield", {k: yields_of(row, date)[1] for k, (_, row, date) in known.items()})
    dat.param("wip_done", {(k, numbers[row["route"]].index(step) + 1): count / group["wafers"]
                           for k, (group, row, _) in known.items() for step, count in group["done"].items()})

    # demand and limits
    # left out: due behind the horizon, or overdue by more than they may be late
    demand = [row for row in data["demand"] if row["due_date"] < calendar[-1]["end_date"]
              and (start - row["due_date"]).days <= default(row["max_late_days"], 0.0)]
    fill = {row["customer"]: default(row["min_fill"], 0.0) for row in data["customer"]}
    dat.set("DEMAND", [row["demand"] for row in demand])
    dat.set("ORDERS", [row["demand"] for row in demand if not row.get("copy")])
    numbered("CUM", data["ship_target"], ("CUM_MIN", "min_quantity"), ("CUM_MAX", "max_quantity"), ("CUM_USD", "shortfall_usd_per_unit"))
    columns(data["ship_target"], number, cu_customer="customer", cu_item="item", cu_day="by_date", cu_before=("shipped_before", 0.0), cu_min="min_quantity",
            cu_max="max_quantity", cu_usd="shortfall_usd_per_unit")
    columns(demand, by("demand"), dem_customer="customer", dem_item="item", dem_day="due_date", quantity="quantity",
            price="price_usd", shortage_usd=("shortage_usd", 0.0), late_usd=("late_usd_per_week", 0.0),
            max_late=("max_late_days", 0.0))
    dat.param("min_fill", {row["demand"]: default(row["min_fill"], fill[row["customer"]]) for row in demand})
    numbered("SHIP", data["shipment_limit"])
    columns(data["shipment_limit"], number, sh_customer="customer", sh_item="item", sh_from="from_date", sh_to="to_date",
            sh_max="max_per_week")
    numbered("DELIVERY", data["tool_delivery_limit"])
    columns(data["tool_delivery_limit"], number, dl_group="tool_group", dl_from="from_date", dl_to="to_date", dl_max="max_tools")
    numbered("CAPEX", data["capex_budget"])
    columns(data["capex_budget"], number, cx_day="from_date", cx_usd="usd")
    dat.file.write("end;\n")


# ---------------------------------------------------------------------------------------------------- solving
class Lp:
    """The LP that glpsol wrote (--wglp) and its solution (-w). Exact numbers; row and column 0 are the objective."""

    def __init__(self, lp_path, sol_path):
        self.cost, self.constant, self.entries = {}, Fraction(0), []
        self.row_name, self.col_name, self.bounds = {}, {}, {}
        for words in self.lines(lp_path):
            if words[0] == "p":
                self.rows, self.cols, self.nonzeros = map(int, words[3:6])
                self.sign = 1 if words[2] == "max" else -1
            elif words[0] == "n" and words[1] == "i":
                self.row_name[int(words[2])] = " ".join(words[3:])
            elif words[0] == "n" and words[1] == "j":
                self.col_name[int(words[2])] = " ".join(words[3:])
            elif words[0] in "ij":
                self.bounds[words[0], int(words[1])] = self.interval(words[2:], words[0])
            elif words[0] == "a":
                row, col, value = int(words[1]), int(words[2]), Fraction(words[3])
                if row:
                    self.entries.append((row, col, value))
                elif col:
                    self.cost[col] = value
                else:
                    self.constant = value
        self.nonzeros = len(self.entries)
        self.status, self.state, self.primal, self.dual = None, {}, {}, {}
        for words in self.lines(sol_path):
            if words[0] == "s":
                self.status = words[4] + words[5]
            elif words[0] in "ij":
                at = words[0], int(words[1])
                self.state[at], self.primal[at], self.dual[at] = words[2], Fraction(words[3]), Fraction(words[4])

    @staticmethod
    def lines(path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                words = line.split()
                if words and words[0] != "c":
                    yield words

    @staticmethod
    def interval(words, kind):
        """(lower, upper), None = infinite, of a bound descriptor of the GLPK format."""
        kind_of_bound, values = words[0] if words else "", [Fraction(w) for w in words[1:] if w not in ("i", "b")]
        return {"f": lambda: (None, None), "l": lambda: (values[0], None), "u": lambda: (None, values[0]),
                "d": lambda: (values[0], values[1]), "s": lambda: (values[0], values[0])}[kind_of_bound]()

    def bounds_of(self, kind, index):
        """Columns without a descriptor are >= 0, rows are free or fixed at 0 as the format's defaults state."""
        return self.bounds.get((kind, index), (Fraction(0), None) if kind == "j" else (Fraction(0), Fraction(0)))

    def objective(self):
        """Exact value of the written solution."""
        return self.constant + sum(cost * self.primal["j", col] for col, cost in self.cost.items())

    def bound(self):
        """Weak-duality bound of the maximum from the written row multipliers, and what it had to leave out: reduced costs
        of the wrong sign on columns without a bound (rounding) are charged at the larger of 1 and the column's value."""
        reduced = dict(self.cost)
        total = self.constant
        for row, col, value in self.entries:
            reduced[col] = reduced.get(col, 0) - self.dual["i", row] * value
        charges = [("i", row, self.dual["i", row]) for row in range(1, self.rows + 1)]
        charges += [("j", col, value) for col, value in reduced.items()]
        left_out = Fraction(0)
        for kind, index, price in charges:
            lower, upper = self.bounds_of(kind, index)
            limit = upper if price * self.sign > 0 else lower
            if price and limit is None:
                left_out += abs(price) * max(1, abs(self.primal[kind, index]))
            elif price:
                total += price * limit
        return total, left_out

    def residual(self):
        """Largest relative violation of a row or column bound by the written columns."""
        activity = {}
        size = {}
        for row, col, value in self.entries:
            term = float(value) * float(self.primal["j", col])
            activity.setdefault(row, []).append(term)
            size[row] = max(size.get(row, 0.0), abs(term))
        worst = 0.0
        checks = [("i", row, math.fsum(terms), size[row]) for row, terms in activity.items()]
        checks += [("j", col, float(self.primal["j", col]), 0.0) for col in range(1, self.cols + 1)]
        for kind, index, value, scale in checks:
            lower, upper = self.bounds_of(kind, index)
            for limit, miss in ((lower, -1), (upper, 1)):
                if limit is not None:
                    worst = max(worst, miss * (value - float(limit)) / max(1.0, scale, abs(float(limit))))
        return worst

    def families(self):
        """{family: (rows, binding rows)}; binding: at a bound with a multiplier that is not zero."""
        out = {}
        for row, name in self.row_name.items():
            family = name.split("[")[0]
            if family != OBJECTIVE:
                rows, binding = out.get(family, (0, 0))
                out[family] = rows + 1, binding + (self.state["i", row] != "b" and abs(self.dual["i", row]) > 1e-9)
        return out

    def variables(self):
        """{variable: (columns, columns that are not zero)}."""
        out = {}
        for col, name in self.col_name.items():
            name = name.split("[")[0]
            cols, used = out.get(name, (0, 0))
            out[name] = cols + 1, used + (abs(self.primal["j", col]) > 1e-9)
        return out


def run_glpsol(folder, options, mps, model):
    """Solves FOLDER/fabplan.dat; returns the log and the seconds. The LP and the solution stay in FOLDER."""
    command = ["glpsol", "-m", model, "-d", os.path.join(folder, "fabplan.dat"),
               "--wglp", os.path.join(folder, "lp.glp"), "-w", os.path.join(folder, "lp.sol"), "--dual"] + options
    if mps:
        command += ["--wfreemps", mps]
    begin = time.monotonic()
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    except FileNotFoundError:
        raise SolveError("glpsol is not installed (package glpk-utils)")
    seconds = time.monotonic() - begin
    with open(os.path.join(folder, "glpsol.log"), "w", encoding="utf-8") as file:
        file.write(done.stdout)
    if done.returncode:
        raise SolveError("glpsol failed:\n" + "\n".join(done.stdout.splitlines()[-8:]))
    return done.stdout, seconds


def verdict(lp, log):
    """optimal, infeasible, unbounded or error; with presolve only the log tells the last three apart."""
    if lp.status == "ff" and "OPTIMAL LP SOLUTION FOUND" in log or "OPTIMAL SOLUTION FOUND" in log:
        return "optimal"
    for status, marks in (("infeasible", ("NO PRIMAL FEASIBLE SOLUTION", "NO FEASIBLE SOLUTION")),
                          ("unbounded", ("NO DUAL FEASIBLE SOLUTION", "UNBOUNDED"))):
        if any(mark in log for mark in marks):
            return status
    return "error"


def with_decisions(data, work, decided):
    """A model with decisions of a plan, and their values behind the data section. decided: {family: {(key, period's number): value}}, and "k": those of periods 1..k are fixed (fixed.mod), or "freeze" and
    "stability": the new plan is held to them (held.mod)."""
    held = "freeze" in decided
    with open(os.path.join(HERE, "fabplan.mod"), encoding="utf-8") as file, open(os.path.join(HERE, "held.mod" if held else "fixed.mod"), encoding="utf-8") as more:
        text, added = file.read(), more.read()
    if held:
        before, after = text.split("maximize profit:", 1)
        money, after = after.split(";", 1)
        text = before + added + "maximize profit:" + money + " - change_usd;" + after
    else:
        text = text.rsplit("end;", 1)[0] + added + "end;\n"
    path = os.path.join(work, "decided.mod")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    groups = {}
    setting = {**SETTINGS, **{row["key"]: row["value"] for row in data["setting"]}}
    for number, group in enumerate(wip_groups(data, float(setting["wip_groups"])), 1):
        groups["%s,%s%s" % (group["source"], float(group["f"]), " held" if group["held"] else "")] = number
    pairs = {"%s>%s" % (row["item"], row["instead_of"]): number for number, row in enumerate(data["substitute"], 1)}

    def index(family, key, t):
        if family in ("go", "go_in"):
            source, place = key.rsplit(",", 1)
            on_hold = place.endswith(" held")
            group = groups["%s,%s%s" % (source, float(place.replace(" held", "")), " held" if on_hold else "")]
            return (group,) if family == "go" else (group, t)
        return (pairs[key] if family == "m" else key, t)

    with open(os.path.join(work, "fabplan.dat"), encoding="utf-8") as file:
        text = file.read().rsplit("end;", 1)[0]
    with open(os.path.join(work, "fabplan.dat"), "w", encoding="utf-8") as file:
        file.write(text)
        dat = Dat(file)
        for name, parameter in (("k", "k_fixed"), ("freeze", "freeze"), ("stability", "stability")):
            if name in decided:
                dat.scalar(parameter, decided[name])
        for family in ("x", "n", "r", "go", "go_in") if held else ("x", "n", "r", "y", "m", "z", "go", "go_in"):
            dat.param(("held_" if held else "fixed_") + family, {index(family, key, t): value for (key, t), value in decided.get(family, {}).items()})
        file.write("end;\n")
    return path


def solve(data_folder, work, options=(), mps=None, start=None, decided=None):
    """The result of the second formulation as a dictionary; decided: decisions of an old plan (with_decisions)."""
    model = os.path.join(HERE, "fabplan.mod")
    data = read_folder(data_folder)
    data = horizon.add_tail(data, float(next((row["value"] for row in data["setting"] if row["key"] == "tail_days"), 0)))
    if start:
        data = horizon.start_at(data, to_date(start))
    with open(os.path.join(work, "fabplan.dat"), "w", encoding="utf-8") as file:
        write_dat(data, file)
    if decided:
        model = with_decisions(data, work, decided)
    log, seconds = run_glpsol(work, list(options), mps, model)
    lp = Lp(os.path.join(work, "lp.glp"), os.path.join(work, "lp.sol"))
    result = {"status": verdict(lp, log), "rows": lp.rows, "columns": lp.cols, "nonzeros": lp.nonzeros, "seconds": seconds}
    if result["status"] == "error":
        raise SolveError("glpsol ended without an answer:\n" + "\n".join(log.splitlines()[-8:]))
    if result["status"] != "optimal":
        return result, lp
    objective, (bound, left_out) = lp.objective(), lp.bound()
    result["objective_usd"] = float(objective)
    result["bound_usd"] = float(bound)
    result["gap"] = float((abs(bound - objective) + left_out) / max(1, abs(objective)))
    result["residual"] = lp.residual()
    if result["gap"] > SAME_GAP or result["residual"] > SAME_GAP:
        raise SolveError("the answer failed its check: gap %.3g, residual %.3g" % (result["gap"], result["residual"]))
    return result, lp


def main():
    parser = argparse.ArgumentParser(description="second formulation of the planning LP, solved by glpsol")
    parser.add_argument("data", help="folder of CSV files")
    parser.add_argument("--keep", metavar="DIR", help="keep fabplan.dat, lp.glp, lp.sol and glpsol.log there")
    parser.add_argument("--start", metavar="DATE", help="plan from this day on")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--families", action="store_true", help="count rows and binding rows per family, columns in use per variable")
    parser.add_argument("--mps", metavar="FILE", help="also write the LP as free MPS (the objective is to be maximised)")
    parser.add_argument("--glpsol", metavar="OPTION", nargs="+", default=[], help="options for glpsol, without the dashes")
    args = parser.parse_args()
    options = ["--" + option for option in args.glpsol]
    with tempfile.TemporaryDirectory(prefix="oracle.") as scratch:
        work = args.keep or scratch
        os.makedirs(work, exist_ok=True)
        try:
            result, lp = solve(args.data, work, options, args.mps, args.start)
        except DataError as error:
            print("oracle: %s: %s" % (args.data, error), file=sys.stderr)
            return EXIT_DATA
        except SolveError as error:
            print("oracle: %s: %s" % (args.data, error), file=sys.stderr)
            return EXIT_FAILURE
    if args.families and result["status"] == "optimal":
        result["families"] = {name: {"rows": rows, "binding": binding} for name, (rows, binding) in lp.families().items()}
        result["variables"] = {name: {"columns": cols, "nonzero": used} for name, (cols, used) in lp.variables().items()}
    if args.json:
        print(json.dumps(result, indent=1))
    else:
        for key, value in result.items():
            if isinstance(value, dict):
                for name, count in value.items():
                    print(key, name, *["%d %s" % (number, what) for what, number in count.items()])
            else:
                print(key, "%.17g" % value if isinstance(value, float) else value)
    return 0 if result["status"] == "optimal" else EXIT_NO_PLAN


if __name__ == "__main__":
    sys.exit(main())
