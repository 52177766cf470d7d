#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""flips.py FABPLAN DATA FIRST LAST SEED: a bit of a database is another one.

A database of DATA (a folder) with a plan and its tested values. For each number FIRST to LAST a byte that is not 0 is drawn, and a bit of it is turned. Then `doctor` says so (exit 7), or every output is the same
byte for byte: all tables of a plan, its place in the list of plans, the inputs as CSV, the workbook of starts. Each number draws by itself, so that parts of a run can be made apart. A second a flip.
"""
import hashlib
import os
import random
import subprocess
import sys
import tempfile

DAMAGED = 7
SHOWN = ["starts", "shipments", "stock", "purchases", "removals", "substitutions", "power", "budget", "wip", "values", "reasons", "stages", "customers", "demands", "tools", "lines", "changes", "totals"]


class Flips:
    def __init__(self, program, data, folder):
        self.program, self.folder = program, folder
        for command in (["init", "fab.db"], ["import", "fab.db", data], ["optimise", "fab.db"]):
            assert self.run(*command).returncode == 0, command
        with open(self.path("fab.db"), "rb") as file:
            self.bytes = file.read()
        self.places = [place for place, byte in enumerate(self.bytes) if byte]
        self.right, self.outputs = self.run("doctor", "fab.db"), self.read_outputs()
        assert self.right.returncode == 0, self.right.stdout

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, *arguments):
        return subprocess.run([self.program, *arguments, "--quiet"], cwd=self.folder, capture_output=True, check=False)

    def read_outputs(self):
        """A hash of everything that the database gives."""
        out = hashlib.sha256()
        for command in (["plans", "fab.db", "--json"], *(["show", what, "fab.db", "--csv"] for what in SHOWN), ["report", "fab.db", "-o", "starts.csv", "--book", "starts", "--force"], ["export", "fab.db", "out"]):
            done = self.run(*command)
            out.update(repr((command, done.returncode, done.stdout, done.stderr)).encode())
        for path, _, names in sorted(os.walk(self.path("out"))):
            for name in sorted(names):
                with open(os.path.join(path, name), "rb") as file:
                    out.update(file.read())
        return out.hexdigest()

    def flip(self, number, seed):
        """True: found; False: without effect."""
        draw = random.Random(f"{seed}-{number}")
        place, bit = draw.choice(self.places), 1 << draw.randrange(8)
        changed = bytearray(self.bytes)
        changed[place] ^= bit
        with open(self.path("fab.db"), "wb") as file:
            file.write(changed)
        done = self.run("doctor", "fab.db")
        if done.returncode == DAMAGED:
            return True
        assert done.returncode == 0, f"{number}: byte {place}, bit {bit}: exit {done.returncode}: {done.stderr.decode()}"
        assert self.read_outputs() == self.outputs, f"{number}: byte {place}, bit {bit}: good, says doctor, but an output is another one"
        return False


def main():
    program, data, first, last, seed = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
    with tempfile.TemporaryDirectory(prefix="fabplan-flips-") as folder:
        flips, found, wrong = Flips(program, data, folder), 0, 0
        for number in range(first, last + 1):
            try:
                found += flips.flip(number, seed)
            except AssertionError as problem:
                wrong += 1
                print(problem, flush=True)
            if number % 100 == 0:
                print(f"up to {number}: {found} found, {wrong} wrong", flush=True)
    print(f"{last - first + 1} flips: {found} found, {last - first + 1 - found - wrong} without effect on any output, {wrong} wrong")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
