#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""size.py FABPLAN [--sizes small,medium] [--loads balanced,overloaded] [--seeds 101,102,103] [--limit SECONDS] [--who NAME,...] [--csv FILE]

Drawn fabs (`fabplan sample fab`) planned by fabplan and, as the MPS file that it exports, by glpsol, clp and HiGHS: user processor seconds of whole processes, one after the other in one run, peak memory, the seconds
that the solver itself says it took, and whether the objectives agree (1e-8). fabplan's process reads the data, builds and proves the program, solves it, breaks ties and stores the plan; the others' read the file and
solve it. Whoever is not done at the limit (600 s of processor time) is stopped. Ratios are to the fastest way of fabplan. The seeds are not those that anything was tuned on. A size is a name, or P/T/G.

HiGHS is the program `highs` of the PATH, else the npm package (tests/external/highs.js), which is WebAssembly: slower than a native build by a factor that this bench cannot tell. HiGHS' interior point runs without
its crossover, and so ends without a basis.
"""
import argparse
import csv
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
AGREE = 1e-8
WHO = ("fabplan-interior", "fabplan-simplex", "highs-ipm", "highs-simplex", "clp", "glpsol")


def measure(command, limit, env=None):
    """(user seconds, peak MB, output; None when it was stopped at the limit or failed)."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})},
                                   preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (int(limit), int(limit) + 5)))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        out.seek(0)
        return usage.ru_utime, usage.ru_maxrss / 1024, out.read().decode("utf-8", "replace") if status == 0 else None


def number(pattern, text):
    found = re.search(pattern, text or "")
    return float(found.group(1)) if found else None


class Bench:
    def __init__(self, arguments, place):
        self.fabplan, self.limit, self.place = os.path.abspath(arguments.fabplan), arguments.limit, place
        self.mps = os.path.join(place, "fab.mps")
        self.package = os.environ.get("HIGHS_PACKAGE") or os.path.join(SOURCE, "build", "npm", "node_modules", "highs")

    def draw(self, size, load, seed):
        words = ["--size", size] if "/" not in size else [word for pair in zip(("--products", "--periods", "--tool-groups"), size.split("/")) for word in pair]
        self.fab = os.path.join(self.place, "fab")
        shutil.rmtree(self.fab, ignore_errors=True)
        subprocess.run([self.fabplan, "sample", "fab", *words, "--load", load, "--seed", seed, "-o", self.fab, "-q"], check=True, stdout=subprocess.DEVNULL)
        done = measure([self.fabplan, "model", self.fab, "--mps", self.mps, "-q"], self.limit)
        return done[0]

    def by_fabplan(self, method):
        seconds, memory, text = measure([self.fabplan, "optimise", self.fab, "--method", method, "--values", "0", "--json", "-q"], self.limit)
        plan = json.loads(text) if text else {}
        done = plan.get("status") == "optimal"
        return seconds, memory, plan.get("seconds", {}).get("solve"), plan["objective_usd"] if done else None

    def by_highs(self, options):
        answer, settings = os.path.join(self.place, "answer"), os.path.join(self.place, "options")
        with open(settings, "w", encoding="utf-8") as file:
            file.write("".join("%s = %s\n" % pair for pair in options.items()))
        program = ["highs"] if shutil.which("highs") else ["node", os.path.join(HERE, "..", "external", "highs.js")]
        seconds, memory, text = measure([*program, "--model_file", self.mps, "--solution_file", answer, "--options_file", settings], self.limit, {"HIGHS_PACKAGE": self.package})
        said = open(answer, encoding="utf-8").read() if text is not None and os.path.exists(answer) else ""
        optimal = re.search(r"Model status\s+Optimal", said)
        return seconds, memory, number(r"HiGHS run time\s*:\s*([\d.]+)", text), -number(r"Objective (\S+)", said) if optimal else None

    def by_clp(self):
        seconds, memory, text = measure(["clp", "-import", self.mps, "-solve"], self.limit)
        objective = number(r"Optimal objective (\S+)", text)
        return seconds, memory, number(r"iterations time ([\d.]+)", text), None if objective is None else -objective

    def by_glpsol(self):
        answer = os.path.join(self.place, "answer")
        seconds, memory, text = measure(["glpsol", "--freemps", self.mps, "--write", answer], self.limit)
        objective = None
        if text and "OPTIMAL LP SOLUTION FOUND" in text:
            with open(answer, encoding="utf-8") as file:
                objective = -float(next(line for line in file if line.startswith("s ")).split()[-1])
        return seconds, memory, number(r"Time used:\s*([\d.]+)", text), objective

    def run(self, who):
        if who.startswith("fabplan-"):
            return self.by_fabplan(who[len("fabplan-"):])
        if who == "highs-ipm":
            return self.by_highs({"solver": "ipm", "run_crossover": "off"})
        if who == "highs-simplex":
            return self.by_highs({"solver": "simplex"})
        return self.by_clp() if who == "clp" else self.by_glpsol()


def tell(size, load, seed, rows):
    """A line a way: ratios to fabplan's fastest that was done."""
    own = [row["seconds"] for row in rows if row["who"].startswith("fabplan") and row["objective"] is not None]
    proven = [row["objective"] for row in rows if row["who"].startswith("fabplan") and row["objective"] is not None]
    for row in rows:
        ratio = row["seconds"] / min(own) if own else None
        done = row["objective"] is not None
        agrees = done and proven and abs(row["objective"] - proven[0]) <= AGREE * max(1, abs(proven[0]))
        row.update(size=size, load=load, seed=seed, ratio=ratio, agrees=agrees if done and proven else None)
        print("%-10s %-10s %4s  %-16s %8.2f s %7.0f MB  solver %-8s  ratio %-7s %s" % (
            size, load, seed, row["who"], row["seconds"], row["memory_mb"], "-" if row["solver_seconds"] is None else "%.2f" % row["solver_seconds"],
            "-" if ratio is None else "%s%.2f" % ("" if done else ">", ratio), ("agrees" if agrees else "OTHER OBJECTIVE %.12g" % row["objective"]) if done and proven else "done" if done else "not done"), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("--sizes", default="small")
    parser.add_argument("--loads", default="balanced,overloaded")
    parser.add_argument("--seeds", default="101,102,103")
    parser.add_argument("--limit", type=float, default=600)
    parser.add_argument("--who", default=",".join(WHO))
    parser.add_argument("--csv")
    arguments = parser.parse_args()
    table = []
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(arguments, place)
        for size in arguments.sizes.split(","):
            for load in arguments.loads.split(","):
                for seed in arguments.seeds.split(","):
                    bench.draw(size, load, seed)
                    rows = []
                    for who in arguments.who.split(","):
                        seconds, memory, solver, objective = bench.run(who)
                        rows.append({"who": who, "seconds": seconds, "memory_mb": memory, "solver_seconds": solver, "objective": objective})
                    tell(size, load, seed, rows)
                    table += rows
    if arguments.csv:
        with open(arguments.csv, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ("size", "load", "seed", "who", "seconds", "memory_mb", "solver_seconds", "objective", "ratio", "agrees"))
            writer.writeheader()
            writer.writerows(table)
    return 1 if any(row["agrees"] is False for row in table) else 0


if __name__ == "__main__":
    sys.exit(main())
