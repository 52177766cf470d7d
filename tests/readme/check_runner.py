#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README runner itself: accepts good.md, names the line of every broken promise of bad.md.

    check_runner.py --fabplan PATH --source FOLDER"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BROKEN_LINES = [3, 8, 8, 16, 19, 22, 22]


def run(name):
    done = subprocess.run([sys.executable, os.path.join(HERE, "run.py"), *sys.argv[1:], os.path.join(HERE, name)], stdout=subprocess.PIPE, text=True, check=False)
    return done.returncode, done.stdout


code, printed = run("good.md")
assert code == 0 and "2 blocks run, 0 failures" in printed and "not run: it would wait for a terminal" in printed, printed
code, printed = run("bad.md")
assert code == 1, printed
assert sorted(map(int, re.findall(r"bad\.md: line (\d+):", printed))) == sorted(BROKEN_LINES), printed
