#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A solver that lies, gives up or never comes back between fabplan and GLPK (lie.c): what the program says and stores.

    lying.py FABPLAN SHIM

Whatever the solver does, a stored plan is feasible and within its printed gap, an exit code says what happened, and without a plan the database is the one of before, byte for byte.
"""
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
OBJECTIVE = 9240  # of data/mini, by hand (planning-model.md)
REJECTED, UNDECIDED, INTERRUPTED = 6, 5, 130
NEARLY = 1e-6


class Bench:
    def __init__(self, program, shim, folder):
        self.program, self.shim, self.folder = program, shim, folder
        self.fresh = os.path.join(folder, "fresh.db")
        self.database = os.path.join(folder, "fab.db")
        for command in (["init", self.fresh], ["import", self.fresh, os.path.join(SOURCE, "data", "mini")]):
            subprocess.run([program, *command], check=True, capture_output=True)

    def environment(self, lie):
        # the library of the address sanitizer wants to be loaded first; it works behind the shim too
        options = ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0")))
        return {**os.environ, "LD_PRELOAD": self.shim, "LIE": lie, "ASAN_OPTIONS": options}

    def start(self, lie, *options):
        shutil.copy(self.fresh, self.database)
        return subprocess.Popen([self.program, "optimise", self.database, "--json", "--no-times", *options], env=self.environment(lie), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, lie, *options):
        process = self.start(lie, *options)
        out, err = process.communicate(timeout=120)
        return process.returncode, out, err

    def untouched(self):
        digests = [hashlib.sha256(open(path, "rb").read()).hexdigest() for path in (self.fresh, self.database)]
        left = sorted(name for name in os.listdir(self.folder) if name not in ("fresh.db", "fab.db"))
        return digests[0] == digests[1] and not left


def expect(condition, *what):
    if not condition:
        sys.exit("lying: " + " ".join(str(w) for w in what))


def nothing_is_stored(bench, lie, exit_code, text):
    code, out, err = bench.run(lie)
    expect(code == exit_code, lie, "exit", code, err)
    expect(not out, lie, "printed a plan:", out[:200])
    expect(text in err, lie, "says", err)
    expect(bench.untouched(), lie, "changed the database")


def wrong_answers_are_refused(bench):
    """A point or multipliers far from right are no plan."""
    for lie in ("primal 1.5", "dual 1.5", "primal 0", "dual -1"):
        nothing_is_stored(bench, lie, REJECTED, "check")


def true_answers_are_taken(bench):
    """The shim by itself changes nothing."""
    code, out, err = bench.run("")
    expect(code == 0, "exit", code, err)
    plan = json.loads(out)
    expect(plan["status"] == "optimal" and plan["check"] == "verified" and plan["objective_usd"] == OBJECTIVE, plan["objective_usd"])


def few_digits_are_mended(bench):
    """Multipliers with a few right digits are corrected by the program's own residuals."""
    code, out, err = bench.run("digits 1e-4")
    expect(code == 0, "exit", code, err)
    plan = json.loads(out)
    expect(plan["status"] == "optimal" and abs(plan["objective_usd"] - OBJECTIVE) <= 1e-9 * OBJECTIVE, plan["objective_usd"])


def nearly_proven_is_a_limit(bench):
    """A gap in (1e-9, 1e-6] that no way closes: the plan is stored with its true gap, status limit, and a warning says it."""
    code, out, err = bench.run("digits 5e-3")
    expect(code == 0, "exit", code, err)
    plan = json.loads(out)
    expect(plan["status"] == "limit", plan["status"])
    expect(1e-9 < plan["gap"] <= NEARLY, "gap", plan["gap"])
    expect(plan["bound_usd"] >= OBJECTIVE >= plan["objective_usd"] * (1 - 1e-12), plan["bound_usd"], plan["objective_usd"])
    expect(any("proved its last digits" in warning for warning in plan["warnings"]), plan["warnings"])
    doctor = subprocess.run([bench.program, "doctor", bench.database], capture_output=True, text=True)
    expect(doctor.returncode == 0, "doctor:", doctor.stdout, doctor.stderr)


def a_false_optimum_is_refused(bench):
    """"Optimal" of a run that was not finished is judged by the check alone: a plan is the right one, or none is stored."""
    code, out, err = bench.run("optimal")
    if code == 0:
        plan = json.loads(out)
        expect(plan["objective_usd"] == OBJECTIVE, plan["objective_usd"])
    else:
        expect(code in (REJECTED, UNDECIDED) and bench.untouched(), code, err)


def giving_up_is_survived(bench):
    """An assertion inside GLPK is an error of one rung; when all of them give up, nothing is decided."""
    for lie in ("abort_once", "abort_simplex"):
        code, out, err = bench.run(lie)
        expect(code == 0 and json.loads(out)["objective_usd"] == OBJECTIVE, lie, code, err)
    code, out, err = bench.run("abort")
    expect(code == UNDECIDED and json.loads(out)["status"] == "undecided" and bench.untouched(), code, out, err)


def silence_ends_by_signals(bench):
    """A solver that never comes back hears nothing: the first signal is noted, the second ends the program; the database is as it was."""
    process = bench.start("silent")
    time.sleep(1)
    expect(process.poll() is None, "ended by itself")
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=10)
    expect(process.returncode in (-signal.SIGINT, INTERRUPTED) and not out, process.returncode)
    expect(bench.untouched(), "changed the database")


def main():
    program, shim = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(program, shim, folder)
        for test in (true_answers_are_taken, few_digits_are_mended, nearly_proven_is_a_limit, wrong_answers_are_refused, a_false_optimum_is_refused, giving_up_is_survived,
                     silence_ends_by_signals):
            test(bench)
            print(test.__name__)


if __name__ == "__main__":
    main()
