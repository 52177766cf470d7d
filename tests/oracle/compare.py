#!/usr/bin/env python3
"""Two formulations of one model must agree: `fabplan optimise` and the GMPL oracle, same CSV data, objective equal to 1e-7 relative.

    compare.py FABPLAN --data FOLDER [FOLDER ...]
    compare.py FABPLAN --seeds FIRST LAST [--drivers] [--language FEATURE ...]

--language: parts of the planning language that the fabs use (random_fab.py); each: of every five seeds four use one of them, in turn, and one all of them.

Some of the seeds are planned from a day inside the calendar on. Also asks that the equation families were active somewhere among the seeds (oracle.py --families). Exit 1 on any difference.
"""
import argparse
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import random_fab  # noqa: E402
SAME_OBJECTIVE = 1e-7


def run(command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def oracle(folder, options):
    answer = run([sys.executable, os.path.join(HERE, "oracle.py"), folder, "--json", *options])
    if answer.returncode != 0:
        return None, answer.stderr
    return json.loads(answer.stdout)["objective_usd"], ""


def plan(fabplan, folder, options):
    answer = run([fabplan, "optimise", folder, "--json", "--values", "0", *options])
    if answer.returncode != 0:
        return None, answer.stderr
    return json.loads(answer.stdout), ""


def start_of(folder, seed):
    """In two of five fabs a day of the calendar on which the plan starts, in two of three of these inside of a period."""
    dice = random.Random("start %d" % seed)
    with open(os.path.join(folder, "calendar.csv"), encoding="utf-8", newline="") as file:
        periods = sorted(csv.DictReader(file), key=lambda row: row["start_date"])
    first, end = (datetime.date.fromisoformat(date) for date in (periods[0]["start_date"], periods[-1]["end_date"]))
    days = [first + datetime.timedelta(day) for day in range((end - first).days // 2 + 1)]
    starts = [row["start_date"] for row in periods if row["start_date"] <= days[-1].isoformat()]
    start = dice.choice(days).isoformat() if dice.random() < 2 / 3 else dice.choice(starts)
    return ["--start", start] if dice.random() < 0.4 else []


def language_of(names, seed):
    """Options of random_fab.py."""
    if names == ["each"]:
        features = list(random_fab.Fab.LANGUAGE)
        names = ["all"] if seed % 5 == 0 else [features[(seed - seed // 5) % len(features)]]
    return ["--language", *names] if names else []


def compare(fabplan, folder, name, options=()):
    name = " ".join([name, *options])
    expected, why = oracle(folder, options)
    if expected is None:
        return f"{name}: the oracle failed: {why}"
    actual, why = plan(fabplan, folder, options)
    if actual is None:
        return f"{name}: fabplan failed: {why}"
    difference = abs(actual["objective_usd"] - expected) / max(1, abs(expected))
    print(f"{name}: {actual['objective_usd']:.17g} and {expected:.17g}, relative difference {difference:.1e}, gap {actual['gap']:.1e}")
    if difference > SAME_OBJECTIVE:
        return f"{name}: objectives differ by {difference:.3e}"
    total = sum(actual["totals"].values())
    if abs(total - actual["objective_usd"]) > 1e-9 * max(1, *map(abs, actual["totals"].values())):
        return f"{name}: totals sum to {total}, not to the objective"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fabplan")
    parser.add_argument("--data", nargs="*", default=[])
    parser.add_argument("--seeds", nargs=2, type=int)
    parser.add_argument("--drivers", action="store_const", const=["--drivers"], default=[])
    parser.add_argument("--language", nargs="*", default=[])
    options = parser.parse_args()
    failures = [compare(options.fabplan, folder, os.path.basename(folder)) for folder in options.data]
    if options.seeds:
        generator = os.path.join(HERE, "..", "support", "random_fab.py")
        for seed in range(options.seeds[0], options.seeds[1] + 1):
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run([sys.executable, generator, "--seed", str(seed), *options.drivers, folder, *language_of(options.language, seed)], check=True)
                failures.append(compare(options.fabplan, folder, f"seed {seed}", start_of(folder, seed)))
    failures = [failure for failure in failures if failure]
    print("\n".join(failures))
    print(f"{len(failures)} differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
