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
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def run(command, output):
    """Wall seconds, processor seconds, peak megabytes of one process."""
    start = time.monotonic()
    with open(output, "w", encoding="utf-8") as file:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} exited {process.returncode}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("data", nargs="?", default=os.path.join(HERE, "..", "..", "data", "terafab"))
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        mps, solved, answer = (os.path.join(folder, name) for name in ("model.mps", "glpsol.txt", "plan.json"))
        subprocess.run([options.fabplan, "model", options.data, "--mps", mps], check=True, capture_output=True)
        glpsol, fabplan = [], []
        for _ in range(options.runs):
            glpsol.append(run(["glpsol", "--freemps", mps], solved))
            fabplan.append(run([options.fabplan, "optimise", options.data, "--json"], answer))
        with open(answer, encoding="utf-8") as file:
            plan = json.load(file)
        with open(solved, encoding="utf-8") as file:
            objective = re.findall(r"obj =\s*(\S+)", file.read())[-1]
    print(f"{plan['model']['rows']} rows, {plan['model']['columns']} columns, {plan['model']['nonzeros']} nonzeros, {options.runs} runs each, medians")
    print(f"objective: fabplan {plan['objective_usd']:.10g}, glpsol {objective} (of the minimised MPS: the sign is turned)")
    for place, unit in ((0, "wall seconds"), (1, "processor seconds")):
        a, b = (statistics.median(row[place] for row in rows) for rows in (fabplan, glpsol))
        print(f"{unit}: fabplan {a:.2f}, glpsol {b:.2f}, ratio {a / b:.2f} (promised: at most 1.5)")
    seconds = plan["seconds"]
    print("seconds of the last run: " + ", ".join(f"{name} {value:.3f}" for name, value in seconds.items()))
    print(f"proof / solve: {seconds['check'] / seconds['solve']:.4f} (promised: at most 0.1)")
    print(f"peak memory: fabplan {max(row[2] for row in fabplan):.0f} MB (promised: below 200), glpsol {max(row[2] for row in glpsol):.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
