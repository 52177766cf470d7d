#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""stops.py FABPLAN DATA SECONDS SEED [COMMAND ...]: how long it takes from a signal to the end.

Commands on a database of DATA (a folder), with a plan and a simulated history, are told to stop (SIGINT, SIGTERM in turn) after a drawn share of the processor time that they take. Measured is the processor time of the
process from the signal to its end: what it does after it was told, whatever else the machine has to do. Each must end within a second of it, with 130, 143 or, where it keeps what it has, 0, and leave no temporary file.
"""
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

TICK = os.sysconf("SC_CLK_TCK")
ALLOWED = 1.0  # seconds
COMMANDS = {  # name: arguments
    "import": ["import", "--replace", "{copy}", "{history}"],
    "optimise": ["optimise", "{copy}", "-o", "plan.xlsx", "--force"],
    "report all": ["report", "{database}", "--book", "all", "-o", "book.xlsx", "--force"],
    "page": ["report", "{database}", "--html", "page.html", "--force"],
    "yield fit": ["yield", "fit", "{copy}"],
    "lots": ["lots", "{database}", "--json"],
    "sample history": ["sample", "history", "{data}", "-o", "out{draw}", "--until", "2029-01-01", "--months", "12"],
    "sample fab": ["sample", "fab", "--products", "50", "--periods", "52", "--tool-groups", "150", "-o", "out{draw}"],
    "explain": ["explain", "{database}"],
    "quote": ["quote", "{database}", "XAI_X2", "20000", "2029-03", "--customer", "XAI"],
    "compare": ["compare", "{copy}", "1", "{data}-scenarios/euv_slip_9mo.csv"],
    "doctor": ["doctor", "{database}"],
    "interior": ["optimise", "{copy}", "--method", "interior", "--values", "0"],
}


def used(pid):
    """Processor seconds of a process so far; None when it has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
    except FileNotFoundError:
        return None
    return None if fields[0] == "Z" else (int(fields[11]) + int(fields[12])) / TICK


class Stops:
    def __init__(self, program, data, folder):
        self.program, self.folder, self.draws = program, folder, 0
        self.names = {"data": data, "database": os.path.join(folder, "fab.db"), "copy": os.path.join(folder, "copy.db"), "history": os.path.join(folder, "history")}
        for command in (["init", "{database}"], ["import", "{database}", "{data}"], ["optimise", "{database}", "--values", "0"], ["sample", "history", "{data}", "-o", "{history}", "--until", "2029-01-01", "--months", "12"],
                        ["import", "{database}", "{history}"]):
            subprocess.run([program, *self.fill(command), "-q"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def fill(self, words):
        return [word.format(draw=self.draws, **self.names) for word in words]

    def begin(self, name):
        self.draws += 1  # of folders, which must be new
        with open(self.names["database"], "rb") as source, open(self.names["copy"], "wb") as target:
            target.write(source.read())
        return subprocess.Popen([self.program, *self.fill(COMMANDS[name]), "-q"], cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def whole(self, name):
        process = self.begin(name)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, f"{name}: exit {os.waitstatus_to_exitcode(status)}"
        return sum(usage[:2])

    def stop(self, name, after, number):
        """Processor seconds from the signal to the end, None when it had ended before."""
        process = self.begin(name)
        while (now := used(process.pid)) is not None and now < after:
            time.sleep(0.005)
        before = used(process.pid)
        os.kill(process.pid, number)  # what has ended waits to be asked how
        _, status, usage = os.wait4(process.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, 128 + number, -number), f"{name}: exit {code}"
        left = [file for file in os.listdir(self.folder) if re.match(r"\.fabplan-|tmp\.", file) or ".part-" in file]
        assert not left, f"{name} after {after:.2f} s: {left}"
        return None if before is None else sum(usage[:2]) - before


def main():
    program, data, seconds, draw = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), float(sys.argv[3]), random.Random(int(sys.argv[4]))
    late = []
    with tempfile.TemporaryDirectory(prefix="fabplan-stops-") as folder:
        stops = Stops(program, data, folder)
        names = sys.argv[5:] or list(COMMANDS)
        for name in names:
            length, began, delays = stops.whole(name), time.monotonic(), []
            while len(delays) < 3 or time.monotonic() - began < seconds / len(names):
                delay = stops.stop(name, draw.uniform(0, length), draw.choice([signal.SIGINT, signal.SIGTERM]))
                delays += [] if delay is None else [delay]
            late += [name] if max(delays) > ALLOWED else []
            print(f"{name}: {length:.2f} s; {len(delays)} signals, longest {max(delays):.2f} s to the end, mean {sum(delays) / len(delays):.2f}", flush=True)
    if late:
        sys.exit(f"more than {ALLOWED} s from the signal to the end: {', '.join(late)}")


if __name__ == "__main__":
    main()
