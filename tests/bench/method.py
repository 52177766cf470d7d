#!/usr/bin/env python3
"""How long the interior point takes against the simplex method, as whole processes that make the same plan.

    method.py FABPLAN [DATA] [--runs N] [--time-limit SECONDS]

Both are run in turn, N times (default 3), so that a busy machine slows both. Printed: what each found and proved, medians of wall and processor seconds, their ratio, and the largest resident memory.
"""
import argparse
import json
import os
import statistics
import sys

from process import run

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = ("interior", "simplex")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("data", nargs="?", default=os.path.join(HERE, "..", "..", "data", "terafab"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--time-limit", default="0")
    options = parser.parse_args()
    limit = ["--time-limit", options.time_limit] if float(options.time_limit) > 0 else []
    runs = {method: [] for method in METHODS}
    for _ in range(options.runs):
        for method in METHODS:
            runs[method].append(run([options.fabplan, "optimise", options.data, "--method", method, "--json", "--values", "0", *limit]))
    for method in METHODS:
        plan = json.loads(runs[method][-1].output)
        objective = f"{plan['objective_usd']:.10g} USD, gap {plan['gap']:.3g}" if plan.get("plan") else "no plan"
        print(f"{method}: {plan['status']}, {objective}; peak {max(row.megabytes for row in runs[method]):.0f} MB")
    for place, unit in (("wall_seconds", "wall seconds"), ("processor_seconds", "processor seconds")):
        a, b = (statistics.median(getattr(row, place) for row in runs[method]) for method in METHODS)
        print(f"{unit}: interior {a:.2f}, simplex {b:.2f}, ratio {a / b:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
