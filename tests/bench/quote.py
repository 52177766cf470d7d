#!/usr/bin/env python3
"""How many quotes a second `fabplan quote --file` gives, in one process, from a stored plan.

    quote.py FABPLAN [DATA] [--orders N] [--seed S]

DATA (default data/terafab) is imported and planned; a file of N orders (default 100), drawn from those of the data with 0.5 to 5 % of their quantities, is quoted, and a file of its first order. Printed: seconds of wall and
processor of both, and quotes a second of what the others take.
"""
import argparse
import csv
import os
import random
import subprocess
import tempfile

from process import run

HERE = os.path.dirname(os.path.abspath(__file__))


def draw_orders(data, count, seed):
    draw = random.Random(seed)
    with open(os.path.join(data, "demand.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for _ in range(count):
        row = draw.choice(rows)
        yield row["item"], max(1, int(float(row["quantity"]) * draw.choice((0.005, 0.01, 0.02, 0.05)))), row["due_date"], row["customer"]


def write_orders(path, orders):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("item", "quantity", "date", "customer"))
        writer.writerows(orders)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("data", nargs="?", default=os.path.join(HERE, "..", "..", "data", "terafab"))
    parser.add_argument("--orders", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    orders = list(draw_orders(options.data, options.orders, options.seed))
    with tempfile.TemporaryDirectory() as folder:
        database, one, all_orders = (os.path.join(folder, name) for name in ("fab.db", "one.csv", "all.csv"))
        for command in (("init", database), ("import", database, options.data), ("optimise", database, "--values", "0")):
            subprocess.run((options.fabplan, *command), check=True, capture_output=True)
        write_orders(one, orders[:1])
        write_orders(all_orders, orders)
        first, whole = (run([options.fabplan, "quote", database, "--file", path, "--json"]) for path in (one, all_orders))
    for place, unit in (("wall_seconds", "wall seconds"), ("processor_seconds", "processor seconds")):
        took = getattr(whole, place) - getattr(first, place)
        print(f"{unit}: 1 order {getattr(first, place):.2f}, {options.orders} orders {getattr(whole, place):.2f}, quotes a second {(options.orders - 1) / took if took > 0 else 0:.3g}")


if __name__ == "__main__":
    main()
