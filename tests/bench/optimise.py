#!/usr/bin/env python3
"""How long `fabplan optimise` takes, as a whole process, against `glpsol` on the same linear program.

    optimise.py FABPLAN [DATA] [--runs N]

Both are run in turn, N times (default 3), so that a busy machine slows both. Printed: medians in seconds, their ratio, where fabplan's time goes, the share of the proof in the solve, and
the largest resident memory. fabplan's run imports the folder, builds, solves, proves and stores; glpsol's reads the exported MPS file and solves it with its default options.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

from process import run

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("data", nargs="?", default=os.path.join(HERE, "..", "..", "data", "terafab"))
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mps = os.path.join(folder, "model.mps")
        subprocess.run([options.fabplan, "model", options.data, "--mps", mps], check=True, capture_output=True)
        glpsol, fabplan = [], []
        for _ in range(options.runs):
            glpsol.append(run(["glpsol", "--freemps", mps]))
            fabplan.append(run([options.fabplan, "optimise", options.data, "--json", "--values", "0"]))
    plan = json.loads(fabplan[-1].output)
    objective = re.findall(r"obj =\s*(\S+)", glpsol[-1].output)[-1]
    print(f"{plan['model']['rows']} rows, {plan['model']['columns']} columns, {plan['model']['nonzeros']} nonzeros, {options.runs} runs each, medians")
    print(f"objective: fabplan {plan['objective_usd']:.10g}, glpsol {objective} (of the minimised MPS: the sign is turned)")
    for place, unit in (("wall_seconds", "wall seconds"), ("processor_seconds", "processor seconds")):
        a, b = (statistics.median(getattr(row, place) for row in rows) for rows in (fabplan, glpsol))
        print(f"{unit}: fabplan {a:.2f}, glpsol {b:.2f}, ratio {a / b:.2f} (promised: at most 1.5)")
    seconds = plan["seconds"]
    print("seconds of the last run: " + ", ".join(f"{name} {value:.3f}" for name, value in seconds.items()))
    print(f"proof / solve: {seconds['check'] / seconds['solve']:.4f} (promised: at most 0.1)")
    print(f"peak memory: fabplan {max(row.megabytes for row in fabplan):.0f} MB (promised: below 200), glpsol {max(row.megabytes for row in glpsol):.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
