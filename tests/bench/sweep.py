#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sweep.py FABPLAN DATA SWEEP.csv: a sweep on one worker against plans from nothing, in processor seconds.

The goal is at most 6 cold plans for the 18 scenarios of the sample fab. Each run is solved twice: for its own optimum, and with the base's tools.
"""
import os
import resource
import subprocess
import sys
import tempfile


def seconds(*command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    fabplan, data, file = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        jobs = os.path.join(folder, "jobs")
        cold = seconds(fabplan, "optimise", data, "--values", "0")
        planned = seconds(fabplan, "sweep", "plan", data, file, jobs)
        solved = seconds(fabplan, "sweep", "run", jobs)
        runs = sum(name.startswith("run-") for name in os.listdir(jobs)) - 1
        print(f"cold plan {cold:.1f} s, sweep plan {planned:.1f} s, {runs} runs {solved:.1f} s on one worker: {solved / cold:.2f} cold plans")


if __name__ == "__main__":
    main()
