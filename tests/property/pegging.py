#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pegging of random fabs and of data/terafab, against the tables of the plan alone.

    pegging.py FABPLAN SOURCE FIRST LAST

1. What a shipment is pegged to, its own item and what serves as it, sums to the shipment.
2. What is pegged to an arrival of stock, of an open order, of work in process or of a source is never more than what arrived, and never arrives after it ships.
3. First in, first out: of an item that nothing but shipments and discards takes, no shipment has an arrival older than those of an earlier period.
4. What goes into the own item of an order follows from bill, units per start and yields.
5. (Not of pegging.) What stock costs is, to its last bit, units x value x rate x days / 365.25 in this order: plans of before have it so, and the same inputs planned again have the same content."""
import datetime
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tables import read  # noqa: E402

SAME = 1e-6      # of a quantity: rounding of the linear program's numbers adds up over a horizon


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode not in (0, 4):
        sys.exit(f"{' '.join(command)}: exit {done.returncode}\n{done.stderr}")
    return done.returncode == 0


def less(left, right):
    """left is at most right, but for rounding."""
    return left <= right + SAME * max(1, abs(right))


class Plan:
    def __init__(self, folder, db):
        self.folder = folder
        self.number = dict(db.execute("SELECT period, number FROM plan_all_period"))
        self.pegs = list(db.execute('SELECT demand, period, item, "from", key, arrival, quantity FROM plan_peg'))
        self.shipped = {row[:2]: row[2] for row in db.execute("SELECT demand, period, quantity FROM plan_shipment")}
        self.item_of = dict(db.execute("SELECT demand, item FROM plan_demand"))
        self.stock = {row[:2]: row[2:] for row in db.execute("SELECT item, period, opening, made + bought, received, wip, discarded, closing, consumed, substituted_out FROM plan_stock")}
        self.serves = {}
        for row in read(folder, "substitute"):
            self.serves.setdefault(row["instead_of"], set()).add(row["item"])

    def fail(self, text):
        sys.exit(f"{self.folder}: {text}")

    def substitutes(self, item, seen=()):
        """The item and all that serve as it, one in place of the other."""
        found = {item}
        for other in self.serves.get(item, ()):
            if other not in seen:
                found |= self.substitutes(other, (*seen, item))
        return found

    def parts(self, item, bills):
        """All items that can be in one, through bills and substitutes."""
        found, todo = set(), [item]
        while todo:
            for member in self.substitutes(todo.pop()):
                for part in bills.get(member, ()):
                    for other in self.substitutes(part):
                        if other not in found:
                            found.add(other)
                            todo.append(other)
        return found

    def check_shipments(self):
        bills = {}
        for row in read(self.folder, "bom"):
            bills.setdefault(row["item"], set()).add(row["component"])
        sums, checked = {}, 0
        for demand, period, item, _, _, _, quantity in self.pegs:
            if item in self.substitutes(self.item_of[demand]):
                sums[demand, period] = sums.get((demand, period), 0) + quantity
        for (demand, period), quantity in self.shipped.items():
            item = self.item_of[demand]
            if self.substitutes(item) & self.parts(item, bills) or quantity <= SAME:
                continue # some rows of these items are parts
            checked += 1
            if abs(sums.get((demand, period), 0) - quantity) > SAME * max(1, quantity):
                self.fail(f"{demand} ships {quantity} in {period}, {sums.get((demand, period), 0)} are pegged")
        return checked

    def check_arrivals(self):
        first = min(self.number, key=self.number.get)
        sums = {}
        for demand, period, item, origin, key, arrival, quantity in self.pegs:
            if quantity < 0 or (arrival and self.number[arrival] > self.number[period]) or (arrival == "") != (origin == "stock"):
                self.fail(f"{demand} in {period}: {quantity} of {item} arrive from {origin} {key} in {arrival}")
            place = {"stock": 0, "source": 1, "receipt": 2, "wip": 3}[origin]
            sums[item, arrival or first, place] = sums.get((item, arrival or first, place), 0) + quantity
        for (item, period, place), quantity in sums.items():
            if (item, period) in self.stock and not less(quantity, self.stock[item, period][place]):
                self.fail(f"{quantity} of {item} are pegged to arrivals of kind {place} in {period}, {self.stock[item, period][place]} arrived")

    def check_holding(self, db):
        rates = {row["item"]: float(row.get("holding_frac_per_year") or "nan") for row in read(self.folder, "item")}
        days = {row["period"]: (datetime.date.fromisoformat(row["end_date"]) - datetime.date.fromisoformat(row["start_date"])).days for row in read(self.folder, "calendar")}
        for item, period, closing, value, usd in db.execute("SELECT item, period, closing, unit_value_usd, holding_usd FROM plan_stock"):
            right = closing * value * rates[item] * days.get(period, float("nan")) / 365.25
            if right == right and right != usd:
                self.fail(f"stock of {item} in {period} costs {usd!r}, not {right!r}")

    def check_order(self):
        """Items that only orders take, and that serve as nothing else."""
        taken = {item for (item, _), row in self.stock.items() if row[6] > 0 or row[7] > 0}
        places = {}
        for demand, period, item, origin, key, arrival, quantity in self.pegs:
            if item == self.item_of[demand] and item not in taken and quantity > SAME * self.shipped[demand, period]:
                places.setdefault(item, {}).setdefault(self.number[period], []).append(self.number.get(arrival, 0))
        for item, periods in places.items():
            newest = 0
            for period in sorted(periods):
                if min(periods[period]) < newest:
                    self.fail(f"{item}: a shipment of period {period} is older than one before it")
                newest = max(newest, *periods[period])
        return len(places)

    def check_parts(self, db):
        """The components of an order's own item by what a start of its sources takes and gives."""
        bills, sources = {}, {row["source"]: row for row in read(self.folder, "source")}
        for row in read(self.folder, "bom"):
            bills.setdefault(row["item"], []).append((row["component"], float(row["quantity"])))
        outputs = {row["source"] for row in read(self.folder, "source_output")}
        given = {}
        for source, gross, line, unit in db.execute("SELECT source, gross_units_per_start, line_yield, unit_yield FROM plan_start WHERE starts > 0"):
            given.setdefault(source, []).append((gross, line * unit))
        groups = {}
        for row in self.pegs:
            groups.setdefault(row[:2], []).append(row)
        checked = 0
        for (demand, period), rows in groups.items():
            own = [row for row in rows if row[2] == self.item_of[demand]]
            components = bills.get(self.item_of[demand], [])
            if any(row[3] != "source" or row[4] in outputs or row[4] not in given for row in own) or len(own) != len([r for r in rows if r[2] in self.substitutes(self.item_of[demand])]):
                continue
            if any((sources[row[4]].get("consumes_bom") or ("1" if sources[row[4]]["route"] else "0")) != "1" for row in own):
                continue
            for component, quantity in components:
                elsewhere = [c for other, _ in components for c in self.parts(other, {i: {k for k, _ in b} for i, b in bills.items()})]
                if component in elsewhere or len(self.substitutes(component)) > 1:
                    continue
                found = sum(row[6] for row in rows if row[2] == component)
                low, high = (sum(row[6] * quantity * pick(gross / (gross * y) for gross, y in given[row[4]]) for row in own) for pick in (min, max))
                checked += 1
                if not (less(low, found) and less(found, high)):
                    self.fail(f"{demand} in {period}: {found} of {component}, between {low} and {high} go into it")
        return checked


def check(fabplan, folder, work):
    database = os.path.join(work, "fab.db")
    if os.path.exists(database):
        os.remove(database)
    run(fabplan, "init", database, "-q")
    run(fabplan, "import", database, folder, "-q")
    if not run(fabplan, "optimise", database, "-q", "--values", "0"):
        return (0, 0, 0)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        plan = Plan(folder, db)
        plan.check_arrivals()
        plan.check_holding(db)
        return plan.check_shipments(), plan.check_order(), plan.check_parts(db)


def main():
    fabplan, source = sys.argv[1:3]
    first, last = map(int, sys.argv[3:])
    totals = (0, 0, 0)
    with tempfile.TemporaryDirectory(prefix="fabplan-pegging-") as work:
        for seed in range(first, last + 1):
            folder = os.path.join(work, f"seed {seed}")
            subprocess.run([sys.executable, os.path.join(source, "tests", "support", "random_fab.py"), "--seed", str(seed), folder], check=True)
            totals = tuple(a + b for a, b in zip(totals, check(fabplan, folder, work)))
            shutil.rmtree(folder)
        found = check(fabplan, os.path.join(source, "data", "terafab"), work)
    print(f"shipments, items in order, parts: {totals} in random fabs, {found} in terafab")
    if min(found) <= 0 or totals[0] <= 0:
        sys.exit("too little was checked")


if __name__ == "__main__":
    main()
