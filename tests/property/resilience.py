#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Key figures K6 to K11 of random fabs, found a second time.

    resilience.py FABPLAN SEED...

The stop of each region is planned for as a stored scenario by `optimise`, cold, and what is shipped and how long customers are filled to half is counted here from that plan's tables. The price of a share is that of the
plan's program (`model --mps`) with a row put together here, solved by glpsol. What is bought and the energy are added up from the plan's starts and power."""
import csv
import datetime
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

from robust import Program, glpsol

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tables import read  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
CLOSE, SAME = 1e-6, 1e-7  # figures of two plans; glpsol stops at tolerances of its own
REGIONS = ("TW", "KR", "JP")
LAYERS = ("LO", "ME", "PK")


def write(folder, table, rows):
    with open(os.path.join(folder, table + ".csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def make_fab(folder, seed):
    """A drawn fab whose sources depend on regions, whose items have a value and whose lots are left out."""
    subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), folder], check=True)
    for table in ("lot", "lot_event"):
        if os.path.exists(os.path.join(folder, table + ".csv")):
            os.remove(os.path.join(folder, table + ".csv"))
    write(folder, "layer", [{"layer": name, "name": name, "weight": 1} for name in LAYERS])
    items = read(folder, "item")
    for n, row in enumerate(items):
        row["unit_value_usd"] = row["unit_value_usd"] or str(10 + n)
    write(folder, "item", items)
    rows = []
    for n, row in enumerate(read(folder, "source")):
        rows.append({"source": row["source"], "region": REGIONS[(seed + n) % 3], "share": (1, 0.5, 0.25)[n % 3], "lag_days": (0, 0, 9)[(seed + n) % 3]})
    write(folder, "dependency", rows)


def close(what, actual, expected):
    if (actual is None) != (expected is None) or (actual is not None and abs(actual - expected) > CLOSE * max(1, abs(expected))):
        sys.exit(f"{what} is {actual!r}, not {expected!r}")


class Fab:
    def __init__(self, fabplan, work, seed):
        self.fabplan, self.work, self.folder = fabplan, work, os.path.join(work, "fab")
        make_fab(self.folder, seed)
        self.run("init", "fab.db", "-q")
        self.run("import", "fab.db", "fab", "-q")
        self.plan = json.loads(self.run("optimise", "fab.db", "--values", "0", "--json", "-q").stdout)
        self.db = sqlite3.connect(os.path.join(work, "fab.db"))
        self.periods = [(name, datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)) for name, start, end in
                        self.db.execute("SELECT period, start_date, end_date FROM plan_period WHERE plan = 1 ORDER BY number")]
        self.all = self.periods + [(name, datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)) for name, start, end in
                                   self.db.execute("SELECT period, start_date, end_date FROM plan_tail_period WHERE plan = 1 ORDER BY number")]

    def run(self, *words, codes=(0,)):
        done = subprocess.run([self.fabplan, *words], cwd=self.work, capture_output=True, text=True)
        if done.returncode not in codes:
            sys.exit(f"{words}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def kpi(self, kpi, key, period):
        rows = self.db.execute('SELECT value FROM plan_kpi WHERE plan = 1 AND kpi = ? AND "key" = ? AND period = ?', (kpi, key, period)).fetchall()
        assert len(rows) == 1, f"{kpi} {key} {period}: {rows}"
        return rows[0][0]

    def shipped(self, plan, begin, end):
        """At the orders' prices, in periods that start in [begin, end)."""
        prices = dict(self.db.execute("SELECT demand, price_usd FROM plan_demand WHERE plan = ?", (plan,)))
        within = {name for name, start, _ in self.all if begin <= start < end}
        return sum(quantity * prices[demand] for demand, period, quantity in self.db.execute("SELECT demand, period, quantity FROM plan_shipment WHERE plan = ?", (plan,)) if period in within)

    def months(self, plan, customer, day):
        """To the start of the first period whose orders are filled to less than half, and that period."""
        def between(end):
            count = 12 * (end.year - day.year) + end.month - day.month
            return count - 1 if end.day < day.day else count
        for name, start, _ in self.periods:
            due, shipped = self.db.execute("SELECT total(quantity * price_usd), total(shipped * price_usd) FROM plan_demand WHERE plan = ? AND customer = ? AND period = ?", (plan, customer, name)).fetchone()
            if start >= day and due > 1e-9 and shipped < due / 2 * (1 - 1e-9):
                return between(start), name
        return between(self.periods[-1][2]), None


def check_stop(fab, region, day, told, survival):
    """A cold plan with the stop as a stored scenario; 1: it was compared."""
    os.makedirs(os.path.join(fab.work, region))
    with open(os.path.join(fab.work, region, region + ".csv"), "w", encoding="utf-8") as file:
        file.write(f"scenario,number,table,key,column,operation,value,from\n{region},1,region,{region},output,scale,0,{day}\n")
    if day > fab.periods[0][1]:
        with open(os.path.join(fab.work, region, "scenario.csv"), "w", encoding="utf-8") as file:
            file.write(f"scenario,name,surprise_from\n{region},Stop,{day}\n")
    fab.run("scenario", "fab.db", "add", region)
    done = fab.run("optimise", "fab.db", "--scenario", region, "--values", "0", "--json", "-q", codes=(0, 4))
    if done.returncode == 4:
        assert told["objective_usd"] is None and told["value_left"] is None, told
        return
    plan = json.loads(done.stdout)
    if told["objective_usd"] is None:
        sys.exit(f"{region}: no plan with the stop, but there is one")
    close(f"objective with {region}", told["objective_usd"], plan["objective_usd"])
    number, never, year = plan["plan"], datetime.date.max, day.replace(year=day.year + 1)
    ratios = [fab.shipped(number, begin, end) / max(1e-300, fab.shipped(1, begin, end)) if fab.shipped(1, begin, end) > 0 else None for begin, end in ((datetime.date.min, never), (day, year))]
    period = next(name for name, start, end in fab.periods if start <= day < end)
    for kpi, member, ratio in (("K6", "value_left", ratios[0]), ("K7", "value_left_year", ratios[1])):
        close(f"{kpi} of {region}", told[member], ratio)
        close(f"{kpi} of {region} in the table", fab.kpi(kpi, region, period), ratio)
    for row in survival:
        months, until = fab.months(number, row["customer"], day)
        assert (row["months"], row["until"]) == (months, until), f"{row}, not {months} until {until}"
        assert row["base_months"] == fab.months(1, row["customer"], day)[0], row
        close("K8", fab.kpi("K8", f"{region}/{row['customer']}", period), months)


def own_parts(folder):
    kind, worst = {row["line"]: row["kind"] for row in read(folder, "line")}, {}
    for row in read(folder, "dependency"):
        worst[row["source"]] = max(worst.get(row["source"], 0), float(row["share"]))
    return {row["source"]: 0 if kind[row["line"]] == "external" else 1 - worst.get(row["source"], 0) for row in read(folder, "source")}


def layers_of(folder):
    lines = {row["line"] for row in read(folder, "line") if row["kind"] == "memory"}
    made = {row["source"] for row in read(folder, "source") if row["line"] in lines}
    memory = {row["item"] for row in read(folder, "source") if row["source"] in made} | {row["item"] for row in read(folder, "source_output") if row["source"] in made}
    memory |= {row["item"] for row in read(folder, "bom") if row["component"] in memory}
    return {row["item"]: "PK" if row["kind"] == "chip" else "ME" if row["item"] in memory else "LO" if row["kind"] == "die" else None for row in read(folder, "item")}


def check_curve(fab, curve):
    """Each point by glpsol, from the plan's own program; how many were compared."""
    fab.run("model", "fab.db", "--plan", "1", "--mps", "plan.mps", "-q")
    plain = glpsol(fab.work, "plan.mps")
    if plain is None or abs(plain - fab.plan["objective_usd"]) > SAME * max(1, abs(plain)):
        return 0  # a bound that is no limit of the data was widened in the plan: the file has it as it was built
    program, part, layer = Program(os.path.join(fab.work, "plan.mps")), own_parts(fab.folder), layers_of(fab.folder)
    value = {row["item"]: float(row["unit_value_usd"]) for row in read(fab.folder, "item")}
    text = open(os.path.join(fab.work, "plan.mps"), encoding="utf-8").read()
    spaced = lambda name: name.replace(" ", "_")  # noqa: E731
    compared = 0
    for point in curve:
        row, right = {}, 0
        for source, own in part.items():
            for name, _, _ in fab.all:
                column = f"x[{spaced(source)},{spaced(name)}]"
                for item, what in layer.items():
                    for u, _, _ in fab.all:
                        units = program.columns.get(column, {}).get(f"BAL[{spaced(item)},{spaced(u)}]", 0) if what == point["layer"] else 0
                        if units > 0:
                            row[column] = row.get(column, 0) + units * value[item] * (own - point["share"])
        for receipt in read(fab.folder, "receipt"):
            day = datetime.date.fromisoformat(receipt["date"])
            if layer[receipt["item"]] == point["layer"] and day < fab.all[-1][2]:  # one that is overdue arrives at once
                right -= float(receipt["quantity"]) * value[receipt["item"]] * ((part[receipt["source"]] if receipt.get("source") else 0) - point["share"])
        made = text.replace("\nCOLUMNS", "\n G OWN\nCOLUMNS", 1)
        made = made.replace("\nRHS\n", "\nRHS\n" + f" RHS OWN {right!r}\n", 1) if "\nRHS\n" in made else made
        lines, seen = [], set()
        for line in made.split("\n"):
            lines.append(line)
            first = line.split()[:1]
            if line.startswith(" ") and first and first[0] in row and first[0] not in seen:
                seen.add(first[0])
                lines.append(f" {first[0]} OWN {row[first[0]]!r}")
        with open(os.path.join(fab.work, "own.mps"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        found = glpsol(fab.work, "own.mps")
        assert found is not None and found <= point["objective_usd"] + 10 * SAME * max(1, abs(found)), f"{point}: glpsol {found}"
        if found < point["objective_usd"] - 10 * SAME * max(1, abs(found)):
            continue  # a bound that is no limit of the data: the file has it as it was built
        close("given", point["given_usd"], max(0, fab.plan["objective_usd"] - point["objective_usd"]))
        close("a point", point["usd_per_point"], point["given_usd"] / (100 * (point["share"] - point["plan_share"])))
        compared += 1
    return compared


def check_readings(fab):
    """K10 and K11 from the plan's own starts and power."""
    kind, layer = {row["line"]: row["kind"] for row in read(fab.folder, "line")}, layers_of(fab.folder)
    source = {row["source"]: row for row in read(fab.folder, "source")}
    watts = {row["item"]: float(row.get("compute_watts") or 0) for row in read(fab.folder, "item")}
    for name, _, _ in fab.periods:
        spent = {}
        for key, usd in fab.db.execute("SELECT source, starts * usd_per_start FROM plan_start WHERE plan = 1 AND period = ?", (name,)):
            row = source[key]
            if kind[row["line"]] == "external":
                group = row.get("region") or row.get("supplier") or row["line"]
                for told in ("", layer[row["item"]]):
                    if told is not None:
                        spent.setdefault(told, {})[group] = spent.setdefault(told, {}).get(group, 0) + usd
        for told in ("", *LAYERS):
            usd = spent.get(told, {}).values()
            close(f"K10 of {told} in {name}", fab.kpi("K10", told, name), 10000 * sum(u * u for u in usd) / sum(usd) ** 2 if sum(usd) > 0 else None)
        kw = sum(quantity * watts[item] for item, quantity in fab.db.execute("SELECT item, quantity FROM plan_shipment WHERE plan = 1 AND period = ?", (name,))) / 1000
        mwh = [row[0] for row in fab.db.execute("SELECT energy_mwh FROM plan_power WHERE plan = 1 AND period = ?", (name,))]
        told = fab.db.execute("SELECT value FROM plan_kpi WHERE plan = 1 AND kpi = 'K11' AND period = ?", (name,)).fetchone()
        close(f"K11 in {name}", told and told[0], sum(mwh) * 1000 / (24 * kw) if kw > 0 and mwh else None)


def check_seed(fabplan, work, seed):
    fab = Fab(fabplan, work, seed)
    day = fab.periods[0 if seed % 2 else len(fab.periods) // 2][1]
    answer = json.loads(fab.run("independence", "fab.db", "--stop", str(day), "--json", "-q").stdout)
    regions = sorted({row["region"] for row in read(fab.folder, "dependency")})
    assert sorted(row["key"] for row in answer["stops"]) == regions, answer["stops"]
    for told in answer["stops"]:
        check_stop(fab, told["key"], day, told, [row for row in answer["survival"] if row["region"] == told["key"]])
    check_readings(fab)
    compared = check_curve(fab, answer["curve"])
    for point in answer["curve"]:
        first = next(row for row in answer["curve"] if row["layer"] == point["layer"])
        assert point["given_usd"] >= first["given_usd"] - CLOSE, point
        close("K9", fab.kpi("K9", point["layer"], fab.periods[0][0]), first["usd_per_point"] / 1e6)
    fab.run("doctor", "fab.db")
    print(f"seed {seed}: {len(answer['stops'])} stops, {len(answer['survival'])} survivals, {compared} of {len(answer['curve'])} points by glpsol")
    return compared, len(answer["curve"])


def main():
    fabplan, seeds = os.path.abspath(sys.argv[1]), [int(seed) for seed in sys.argv[2:]]
    compared, points = 0, 0
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="fabplan-resilience-") as work:
            found, all_ = check_seed(fabplan, work, seed)
            compared, points = compared + found, points + all_
    if not compared > points / 2:
        sys.exit(f"of {points} prices of a share {compared} were compared")


if __name__ == "__main__":
    main()
