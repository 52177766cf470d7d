#!/usr/bin/env python3
"""Checks that the random fabs test something: every seed has an optimal plan, every equation family binds and every
variable is in use in several of them.

    families.py [FIRST LAST]            default 1 60; exit 0 if so, 1 if not
"""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import oracle  # noqa: E402

GENERATOR = os.path.join(HERE, os.pardir, "support", "random_fab.py")
FAMILIES = ("BAL", "CAP", "OFF_all", "OFF_route", "OFF_step", "DEM", "MIN", "SHP", "SRC_min", "SRC_max", "LIN_max", "LIN_ramp", "LIN_drop",
            "PWR", "DLV", "FLR", "BUD", "WIP_all")
VARIABLES = ("x", "I", "m", "waste", "y", "short", "lack", "lackmin", "off", "n", "r", "go", "go_in", "wait")
SEVERAL = 5                  # of 60 seeds


def main():
    first, last = map(int, sys.argv[1:3]) if len(sys.argv) == 3 else (1, 60)
    seen = dict.fromkeys(FAMILIES + VARIABLES, 0)
    bad = []
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory(prefix="families.") as work:
            fab = os.path.join(work, "fab")
            subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), fab], check=True)
            result, lp = oracle.solve(fab, work)
        if result["status"] != "optimal":
            bad.append("seed %d is %s" % (seed, result["status"]))
            continue
        for counts in (lp.families(), lp.variables()):
            for name, (_, active) in counts.items():
                if name in seen:
                    seen[name] += active > 0
    for name, seeds in seen.items():
        print("%-9s active in %d seeds" % (name, seeds))
    several = SEVERAL * (last - first + 1) // 60
    bad += ["%s is active in %d seeds only" % (name, seeds) for name, seeds in seen.items() if seeds < several]
    for line in bad:
        print("families: " + line, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
