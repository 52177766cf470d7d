#!/usr/bin/env python3
"""Metamorphic tests: what must hold between the plans of related fabs, whatever the right answer is.

    metamorphic.py FABPLAN FIRST_SEED LAST_SEED

more capacity never lowers the optimum; a tighter limit never raises it; other units of items or money change nothing;
rows in another order give the same plan, byte for byte; lots never cost anything, and give no more than they would if no tool ever was short; splitting a period in two with constant data never lowers the optimum.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
MINI = os.path.join(HERE, "..", "..", "data", "mini")
SAME = 1e-9       # of the objective's largest part: what two exact optima may differ by in double arithmetic
NO_PLAN = 4

# columns that grow with the units of an item (first) or of money (second), by table
MONEY = {
    "tool_group": ["price_usd", "removal_usd"], "item": ["unit_value_usd"], "substitute": ["usd_per_unit"], "source_cost": ["usd_per_start"],
    "source_limit": ["shortfall_usd_per_start"], "demand": ["price_usd", "shortage_usd", "late_usd_per_week"], "power_limit": ["usd_per_mwh"],
    "capex_budget": ["usd"],
}
LIMITS = {
    "source_limit": ["max_starts_per_week"], "line_limit": ["max_starts_per_week", "max_ramp_per_week", "max_drop_per_week"], "shipment_limit": ["max_per_week"],
    "power_limit": ["mw"], "capex_budget": ["usd"], "tool_delivery_limit": ["max_tools"], "line": ["floor_m2"], "item": ["max_stock"],
}


def read(folder):
    tables = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv"):
            with open(os.path.join(folder, name), newline="", encoding="utf-8-sig") as file:
                tables[name[:-4]] = list(csv.DictReader(file))
    return tables


def write(tables, folder, shuffle=None):
    for name, rows in tables.items():
        if not rows:
            continue
        rows, header = list(rows), list(rows[0])
        if shuffle:
            shuffle.shuffle(rows)
            shuffle.shuffle(header)
        with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, header)
            writer.writeheader()
            writer.writerows(rows)


def plan(fabplan, tables, shuffle=None):
    """The plan's JSON without seconds, None when no plan exists."""
    with tempfile.TemporaryDirectory() as folder:
        write(tables, folder, shuffle)
        answer = subprocess.run([fabplan, "optimise", folder, "--json", "--values", "0"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if answer.returncode == NO_PLAN:
        return None
    if answer.returncode != 0:
        raise SystemExit(f"fabplan exited {answer.returncode}: {answer.stderr}")
    result = json.loads(answer.stdout)
    del result["seconds"]
    return result


def changed(tables, columns, factor, most=None):
    """A copy with every given number of the columns multiplied; a maximum is not pressed below the minimum of its own row."""
    copy = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for table, names in columns.items():
        for row in copy.get(table, []):
            for name in names:
                if row.get(name):
                    value = max(float(row[name]) * factor, float(row.get(name.replace("max_", "min_")) or 0) if name.startswith("max_") else 0)
                    row[name] = repr(min(value, most) if most else value)
    return copy


def scale(result):
    return max(1, *map(abs, result["totals"].values()))


def objective(result):
    return float("-inf") if result is None else result["objective_usd"]


def same(a, b, size):
    return abs(a - b) <= SAME * size


def check_limits(fabplan, tables, base):
    tolerance = SAME * scale(base)
    more_hours = changed(tables, {"tool_group": ["availability"]}, 1.1, 1)
    yield "more tool hours", objective(plan(fabplan, more_hours)) >= objective(base) - tolerance
    yield "fewer tool hours", objective(plan(fabplan, changed(tables, {"tool_group": ["availability"]}, 0.9))) <= objective(base) + tolerance
    for table, columns in LIMITS.items():
        if not any(row.get(column) for row in tables.get(table, []) for column in columns):
            continue
        wider, tighter = (plan(fabplan, changed(tables, {table: columns}, factor)) for factor in (1.25, 0.8))
        yield f"wider {table}", objective(wider) >= objective(base) - tolerance
        yield f"tighter {table}", objective(tighter) <= objective(base) + tolerance


def check_lots(fabplan, tables, base):
    """Steps that take a thousandth of their hours, by tools that draw a thousand times the power: no tool is short, everything else is as it was."""
    tolerance = SAME * scale(base)
    none = {name: rows for name, rows in tables.items() if name not in ("lot", "lot_event")}
    unlimited = plan(fabplan, changed(changed(tables, {"route_step": ["minutes_per_unit"]}, 0.001), {"tool_group": ["power_kw"]}, 1000))
    yield "lots with unlimited tools", objective(unlimited) >= objective(base) - SAME * scale(unlimited)
    if tables.get("lot"):
        yield "lots at no cost", objective(plan(fabplan, none)) <= objective(base) + tolerance


def mini_with_lots(folder, seed):
    """data/mini with lots that need up to many times its hours."""
    rng = random.Random(seed)
    tables = read(folder)
    tables["lot"] = [{"lot": f"L{n}", "source": "CHIP@R", "start_time": "2027-01-03T00:00:00", "wafers": str(1 + rng.randrange(200)),
                      "progress": rng.choice(["0", "0", "0.5"]), "status": rng.choice(["active", "active", "held"])} for n in range(1 + rng.randrange(10))]
    return tables


def item_groups(tables):
    """Items that must change units together: substitutes, bins of one source."""
    parent = {row["item"]: row["item"] for row in tables["item"]}

    def find(item):
        while parent[item] != item:
            item = parent[item]
        return item

    made = {row["source"]: row["item"] for row in tables["source"]}
    for row in tables.get("substitute", []):
        parent[find(row["item"])] = find(row["instead_of"])
    for row in tables.get("source_output", []):
        parent[find(row["item"])] = find(made[row["source"]])
    return {item: find(item) for item in parent}


def in_other_units(tables, seed):
    """Every group of items counted in units of its own size: k times as many, worth 1/k."""
    rng = random.Random(seed)
    groups = item_groups(tables)
    dies = {row["item"] for row in tables.get("die", [])}
    implied = {groups[row["item"]] for row in tables["source"] if row["item"] in dies and not row.get("units_per_start")}
    size = {group: 1.0 if group in implied else 10 ** rng.randrange(-2, 3) * (1 + rng.randrange(9)) for group in sorted(set(groups.values()))}
    k = {item: size[group] for item, group in groups.items()}
    copy = {name: [dict(row) for row in rows] for name, rows in tables.items()}

    def times(row, column, factor):
        if row.get(column):
            row[column] = repr(float(row[column]) * factor)

    for row in copy["item"]:
        times(row, "max_stock", k[row["item"]])
        times(row, "unit_value_usd", 1 / k[row["item"]])
    for table, column in (("stock", "on_hand"), ("receipt", "quantity"), ("shipment_limit", "max_per_week"), ("demand", "quantity")):
        for row in copy.get(table, []):
            times(row, column, k[row["item"]])
    for row in copy["demand"]:
        for column in MONEY["demand"]:
            times(row, column, 1 / k[row["item"]])
    for row in copy.get("substitute", []):
        times(row, "usd_per_unit", 1 / k[row["item"]])
    for row in copy.get("bom", []):
        times(row, "quantity", k[row["component"]] / k[row["item"]])
    for row in copy["source"]:
        if row["item"] not in dies or row.get("units_per_start"):
            row["units_per_start"] = repr(float(row.get("units_per_start") or 1) * k[row["item"]])
    header = list(dict.fromkeys(name for row in copy["source"] for name in row))
    copy["source"] = [{name: row.get(name, "") for name in header} for row in copy["source"]]
    return copy


def check_units(fabplan, tables, base, seed):
    other = plan(fabplan, in_other_units(tables, seed))
    yield "other units of items", same(objective(other), objective(base), scale(base))
    thousands = plan(fabplan, changed(tables, MONEY, 0.001))
    yield "money in thousands", same(1000 * objective(thousands), objective(base), scale(base))
    yield "other units change the plan", other is not None and other["model"]["rows"] == base["model"]["rows"]


def check_order(fabplan, tables, base, seed):
    yield "rows in another order", plan(fabplan, tables, random.Random(seed)) == base


def simple_fab(rng, split):
    """A fab whose periods may be split without a loss: no components, no discount, no holding, demand due on the last day, and tool hours at the start
    of the starts. (Hours that come later are averaged over a period; halves of it must each hold, so that a split can cost something.)"""
    days = [7 * (1 + rng.randrange(4)) for _ in range(3)]
    where = rng.randrange(3)
    start, periods, ends = 0, [], []
    for number, length in enumerate(days):
        cuts = [length // 2, length] if split and number == where else [length]
        previous = 0
        for cut in cuts:
            periods.append((start + previous, start + cut))
            previous = cut
        start += length
        ends.append(start - 1)
    base = 738000

    def date(day):
        import datetime
        return datetime.date.fromordinal(base + day).isoformat()

    lead, hours, tools = rng.randrange(1, 100) / 10, 1 + rng.randrange(4), 1 + rng.randrange(3)
    line_yield, price, cost = 0.5 + rng.random() / 2, 80 + rng.randrange(100), 5 + rng.randrange(20)
    demand = [{"demand": f"D{n}", "customer": "C", "item": "CHIP", "due_date": date(day), "quantity": str(20 + rng.randrange(200)), "price_usd": str(price + n),
               "max_late_days": "10", "late_usd_per_week": "3"} for n, day in enumerate(ends)]
    return {
        "site": [{"site": "S", "name": "S"}], "line": [{"line": "FAB", "site": "S", "kind": "packaging", "name": "Fab"}],
        "calendar": [{"period": f"P{n:02}", "start_date": date(a), "end_date": date(b)} for n, (a, b) in enumerate(periods)],
        "tool_group": [{"tool_group": "T", "line": "FAB", "name": "T", "tools": str(tools), "availability": "0.9", "max_utilisation": "1", "power_kw": "100"}],
        "power_limit": [{"site": "S", "from_date": date(0), "mw": "0.15", "usd_per_mwh": "40"}],
        "route": [{"route": "R", "line": "FAB", "name": "R"}], "cycle_time": [{"route": "R", "from_date": date(0), "days": str(lead)}],
        "route_step": [{"route": "R", "step": "10", "tool_group": "T", "minutes_per_unit": str(60 * hours), "from_frac": "0", "to_frac": "0"}],
        "item": [{"item": "CHIP", "kind": "chip", "name": "Chip"}], "source": [{"source": "CHIP@R", "item": "CHIP", "line": "FAB", "route": "R", "consumes_bom": "0"}],
        "source_yield": [{"source": "CHIP@R", "from_date": date(0), "line_yield": repr(line_yield), "unit_yield": "1"}],
        "source_cost": [{"source": "CHIP@R", "from_date": date(0), "usd_per_start": str(cost)}],
        "customer": [{"customer": "C", "name": "C"}], "demand": demand,
        "setting": [{"key": "end_value_frac", "value": "0"}],
    }


def check_split(fabplan, seed):
    whole, parts = (plan(fabplan, simple_fab(random.Random(seed), split)) for split in (False, True))
    yield "a period split in two", objective(parts) >= objective(whole) - SAME * scale(whole) and objective(whole) > 0


def main():
    fabplan, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    count, failures = 0, []
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), folder], check=True)
            tables = read(folder)
        base = plan(fabplan, tables)
        mini = mini_with_lots(MINI, seed)
        checks = [*check_lots(fabplan, tables, base), *check_lots(fabplan, mini, plan(fabplan, mini)), *check_limits(fabplan, tables, base), *check_units(fabplan, tables, base, seed), *check_order(fabplan, tables, base, seed),
                  *check_split(fabplan, seed)]
        count += len(checks)
        failures += [f"seed {seed}: {name}" for name, good in checks if not good]
    print("\n".join(failures))
    print(f"{count - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main())
