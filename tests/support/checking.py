# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of workbooks share: an expectation that ends the test, and a run of the program."""
import os
import subprocess
import sys

LONGEST = 300  # seconds of a run


def expect(condition, *what):
    """Ends the test with the name of its script and what was expected."""
    if not condition:
        sys.exit(os.path.splitext(os.path.basename(sys.argv[0]))[0] + ": " + " ".join(str(w) for w in what))


def run(program, *arguments, exit_code=0):
    """What the program prints; of a run that is to fail what it says. No check of a workbook may fail on the way."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=LONGEST)
    expect(done.returncode == exit_code, arguments, "exit", done.returncode, done.stderr)
    expect("a check of sheet" not in done.stderr, arguments, done.stderr)
    return done.stderr if exit_code else done.stdout
