#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes memory, disk and the process itself fail in the program's commands, at event after event, and checks that nothing wrong is left behind.

    failures.py FABPLAN SHIM KIND [--all | --stacks | --depth N] [--only COMMAND] [--at K] [--log FILE] [--keep FOLDER]

FABPLAN is a build without sanitizers, SHIM is inject.c, KIND is alloc, write, sync, read, open or kill (inject.c says what each does) or limit: the process may take so many
bytes of address space and no more. Every command is run once to count its events, then with a fault at the k-th event:

  (nothing)   one event of each kind of call stack (the last 12 calls, alloc: 4) over all commands, and of system calls some more of each command, spread evenly
  --stacks    alloc: one event of each whole call stack: some 40,000 runs
  --all       every event in every mode; alloc: more than a million runs

After each fault:
- the exit code is one that the fault may have (KINDS), and 0 only when result, database and files are those of the clean run; a signal only when killed
- standard error says what failed
- the database, opened by Python's SQLite, is sound and holds exactly what it held before or what the clean run made of it
- every file is the old one or the one of the clean run, byte for byte; none is left over after an error. A kill may leave some
- the same command then works and gives what the clean run gave (once for each content that faults leave; not after a failed allocation, which leaves nothing that could be in the way)
Crashes inside a library that cannot be kept from them are named (CRASHING_CALLS); all but the exit code and the message is checked after them too.
"""
import argparse
import concurrent.futures
import functools
import hashlib
import itertools
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from commands import DATABASE, Bench, look, make_scenarios, read_hash

SPREAD = 4  # system calls of each command that are taken besides
DEPTHS = {"alloc": 4}  # calls that tell events apart
MEMORY = "/dev/shm"  # files there cost no disk
DEPTH, DEPTH_MAX = 12, 1000
LIMITS, LIMIT_MAX, MEGABYTE = 12, 1 << 28, 1 << 20

# kind: modes, exit codes (command-line.md: 1 out of memory, 3 the input cannot be read, 7 the database cannot, 9 the output cannot be written), what standard error says
KINDS = {
    "alloc": (["once", "from"], {1}, "memory"),
    "write": (["from", "short"], {9}, "No space left|disk is full|disk I/O error|could not be written|not written completely"),
    "sync": (["once", "from"], {9}, "Input/output error|disk I/O error"),
    "read": (["once", "from"], {3, 7, 9}, "Input/output error|disk I/O error|could not be written|not written completely|reads back differently|written twice|is malformed"),
    "open": (["once", "from"], {3, 7, 9}, "Input/output error|disk I/O error|unable to open"),
    "kill": (["once"], {-9}, ""),
    "limit": (["limit"], {1}, "memory"),
}
NOTHING = "(?!)"
# what may be left: by a kill, what a command was working on; when nothing can be read any more, a folder, because it cannot be listed
LEFT = {"kill": r"fab\.db-journal|\.fabplan-[0-9a-f]{8}-\d+-\d+\.tmp|tmp\.\w{10}|(out|jobs)/?\.part-[0-9a-f]{8}-\d+-\d+(/.*)?", "read": r"(out|jobs)/?\.part-[0-9a-f]{8}-\d+-\d+(/.*)?"}

# libxlsxwriter 1.1.4 uses most of its allocations unseen: in these calls of the program it, or minizip called by it or by the program, crashes where one fails. The file that it
# writes has a temporary name. With a real limit (kind limit) this does not happen: the program makes sure of the memory before.
CRASHING_LIBRARY = ("libxlsxwriter.so", "libminizip.so")
CRASHING_CALLS = {
    "workbook_close", "lxw_workbook_free", "workbook_add_worksheet", "worksheet_write_string", "worksheet_write_number", "worksheet_write_blank",
    "worksheet_write_formula_num", "worksheet_write_formula_str", "worksheet_write_url_opt", "worksheet_set_row_opt", "worksheet_add_table", "_chart_set_range",
    "zipOpenNewFileInZip2",
}
LEFT_BY_CRASH = r"\.fabplan-[0-9a-f]{8}-\d+-\d+\.tmp|tmp\.\w{10}"

# ---- one fault ----

def fresh(bench, scenario, name):
    folder = bench.path("work", name)
    shutil.copytree(scenario.before, folder)
    return folder


def check_files(scenario, kind, mode, found, left):
    """What is wrong with the files that a fault left."""
    for name in sorted(set(found) | set(scenario.old)):
        allowed = {scenario.old.get(name), scenario.new.get(name)}
        if name == DATABASE and scenario.between:
            allowed.add(scenario.between)
        if name == DATABASE and DATABASE not in scenario.old and kind == "kill":
            allowed.add("empty")
        # what SQLite could not write or read, it could not undo: the journal stays, and is dealt with by whoever opens the database next
        journal = mode in ("from", "short") and name == DATABASE + "-journal" and DATABASE in found
        if found.get(name) not in allowed and not journal and not re.fullmatch(left, name):
            yield f"{name} is {'there' if name in found and name not in scenario.old and name not in scenario.new else 'neither old nor new'}"


def check(scenario, kind, mode, result, found):
    """What is wrong after a fault."""
    code, output, error = result
    _, codes, said = KINDS[kind]
    if code == 0:
        if found != scenario.new:
            yield f"exit code 0, but not the files of the clean run: {sorted(n for n in set(found) | set(scenario.new) if found.get(n) != scenario.new.get(n))}"
        if output != scenario.output:
            yield "exit code 0, but not the output of the clean run"
        return
    if code not in codes and not (kind == "alloc" and code == 9 and "written twice" in error):
        yield f"exit code {code}"
    if not re.search(said, error):
        yield "standard error does not say what failed"
    yield from check_files(scenario, kind, mode, found, NOTHING if kind == "read" and mode == "once" else LEFT.get(kind, NOTHING))


def check_rerun(bench, scenario, kind, folder, found):
    """The command again, from what the fault left."""
    made = [name for name, content in scenario.new.items() if content != scenario.old.get(name)]
    done = DATABASE in made and found.get(DATABASE) == scenario.new[DATABASE] or bool(made) and all(found.get(name) == scenario.new[name] for name in made)
    code, output, error = bench.run(folder, scenario.arguments)
    then = {name: content for name, content in look(folder).items() if not re.fullmatch(LEFT.get(kind, NOTHING), name)}
    wanted = (scenario.again_code, scenario.again_output, scenario.again) if done else (0, scenario.output, scenario.new)
    if (code, output, then) != wanted:
        yield f"run again: exit code {code}, files {'right' if then == wanted[2] else 'wrong'}, output {'right' if output == wanted[1] else 'wrong'}: {error.strip()}"


def read_calls(report, heading):
    """[(file, symbol)] of the calls under a heading of the shim's report, without those of the shim and the C library."""
    part = re.search(rf"^{heading}.*\n((?:  .*\n)*)", report, re.MULTILINE)
    calls = re.findall(r"^  (\S+)\+0x[0-9a-f]+ (\S*)$", part[1] if part else "", re.MULTILINE)
    calls = [(os.path.basename(file), symbol) for file, symbol in calls]
    return [call for call in calls if not call[0].startswith(("inject", "libinject", "libc.so"))]


def is_library_crash(report):
    """A crash inside a call of the program that is known for it, after an allocation failed in the library."""
    crash, fault = read_calls(report, "crash"), read_calls(report, "fault")
    inside = list(itertools.takewhile(lambda call: call[0].startswith(CRASHING_LIBRARY), crash))
    return bool(inside) and inside[-1][0].startswith(CRASHING_LIBRARY) and inside[-1][1] in CRASHING_CALLS and any(file.startswith(CRASHING_LIBRARY) for file, _ in fault)


goes_on = set()  # (scenario, bytes of its folder) from which the command was seen to work


def bytes_of(folder):
    """A hash of all names and bytes of a folder."""
    state = hashlib.sha256()
    for path, folders, files in sorted(os.walk(folder)):
        state.update(repr((os.path.relpath(path, folder), sorted(folders), [(name, read_hash(os.path.join(path, name))) for name in sorted(files)])).encode())
    return state.hexdigest()


def try_fault(bench, scenarios, kind, keep, fault):
    """(name of the scenario, whether a library crashed, what is wrong or None)."""
    scenario, at, mode = scenarios[fault[0]], *fault[1:]
    folder = fresh(bench, scenario, f"{scenario.name}-{kind}-{at}-{mode}".replace(" ", "_"))
    code, error, report, crash = None, "", "", False
    try:
        code, output, error, report = bench.inject(scenario, folder, kind, at, mode)
        found = look(folder)
        crash = kind == "alloc" and code < 0 and is_library_crash(report)
        problems = list(check_files(scenario, kind, mode, found, LEFT_BY_CRASH) if crash else check(scenario, kind, mode, (code, output, error), found))
        if not problems and kind not in ("alloc", "limit") and (scenario.name, state := bytes_of(folder)) not in goes_on:
            problems = list(check_rerun(bench, scenario, kind, folder, found))
            if not problems:
                goes_on.add((scenario.name, state))
    except subprocess.TimeoutExpired:
        problems = ["it hangs"]
    except sqlite3.Error as problem:
        problems = [f"the database is damaged: {problem}"]
    if not keep:
        shutil.rmtree(folder)
    text = f"{scenario.name}, {kind} {at} {mode}: {'; '.join(problems)}\n  exit code {code}, standard error: {error.strip()}\n{resolve(report)}" if problems else None
    return scenario.name, crash, text


def resolve(report):
    """The calls of a report with functions and lines where addr2line knows them."""
    def name(match):
        if not shutil.which("addr2line"):
            return match[0]
        done = subprocess.run(["addr2line", "-f", "-s", "-e", match[1], match[2]], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        words = done.stdout.split("\n")
        return match[0] if done.returncode or words[0] == "??" else f"  {os.path.basename(match[1])} {words[0]} {words[1]}"
    return re.sub(r"^  (\S+)\+(0x[0-9a-f]+) .*$", name, report, flags=re.MULTILINE)


# ---- all faults ----

def measure(bench, scenario, kind, depth):
    """Runs the command as it is: what it gives, what it gives when it is run again, and a line for each event that tells the calls to it."""
    folder, trace = fresh(bench, scenario, "clean"), bench.path("trace")
    code, output, error, report = bench.inject(scenario, folder, "sync" if kind == "limit" else kind, 0, trace=(trace, depth))
    events = re.search(r"events (\d+)", report)
    if code or not events:
        sys.exit(f"{scenario.name}: exit code {code}: {error}")
    scenario.new, scenario.output = look(folder), output
    scenario.again_code, scenario.again_output, _ = bench.run(folder, scenario.arguments)
    scenario.again = look(folder)
    shutil.rmtree(folder)
    with open(trace, encoding="utf-8") as file:
        return file.read().split()


def find_limit(bench, scenario, arguments, low):
    """The smallest address space, to a megabyte, in which a command works."""
    high = LIMIT_MAX
    while high - low > MEGABYTE:
        middle = (low + high) // 2
        folder = fresh(bench, scenario, "limited")
        low, high = (low, middle) if bench.run(folder, arguments, limit=middle)[0] == 0 else (middle, high)
        shutil.rmtree(folder)
    return high


limits = []  # the space in which the program starts


def choose_limits(bench, scenario):
    """Address spaces from that in which the program starts to that in which the command works."""
    if not limits:
        limits.append(find_limit(bench, scenario, ["--version"], 0))
    first = limits[0]
    last = find_limit(bench, scenario, scenario.arguments, first)
    step = max((last + MEGABYTE - first) // LIMITS, MEGABYTE // 4)
    return range(first, last + 2 * step, step)


def choose(bench, scenario, kind, options, seen):
    """The faults of a command to try: (k, mode)."""
    modes = KINDS[kind][0]
    trace = measure(bench, scenario, kind, DEPTH_MAX if options.stacks else options.depth or DEPTHS.get(kind, DEPTH))
    scenario.events = len(trace)
    chosen = {k for k, stack in enumerate(trace, 1) if stack not in seen and not seen.add(stack)}
    if kind != "alloc":
        chosen |= {1 + i * len(trace) // SPREAD for i in range(SPREAD)} & set(range(1, len(trace) + 1))
    if options.all:
        chosen = range(1, len(trace) + 1)
    if kind == "limit":
        chosen = choose_limits(bench, scenario)
    if options.at:
        chosen = [options.at]
    for i, k in enumerate(sorted(chosen)):
        # both modes at every k are for --all; else they take turns
        for mode in modes if options.all or options.at else [modes[(i + i // 2) % len(modes)]]:
            yield k, mode


class Log:
    """What was tried of a program and found in order, so that a run that is cut goes on where it was."""

    def __init__(self, path, program):
        own = os.path.dirname(os.path.realpath(program))
        files = [program, *(os.path.join(own, folder, "libfabplan.so.0.1") for folder in (".", os.path.join("..", "lib")))]
        content = b"".join(open(file, "rb").read() for file in files if os.path.exists(file))
        self.program, self.path = hashlib.sha256(content).hexdigest()[:12], path
        self.right = set()
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self.right = {line.rstrip("\n") for line in file}

    def line(self, name, kind, at, mode):
        return f"{self.program}\t{kind}\t{name}\t{at}\t{mode}"

    def add(self, line):
        if self.path:
            with open(self.path, "a", encoding="utf-8") as file:
                file.write(line + "\n")


def try_command(bench, scenarios, name, options, state):
    """All faults of a command: prints what is wrong as it is found, and a line at the end."""
    scenario, kind, log = scenarios[name], options.kind, state["log"]
    faults = [(name, k, mode) for k, mode in choose(bench, scenario, kind, options, state["seen"])]
    left = [fault for fault in faults if log.line(name, kind, *fault[1:]) not in log.right]
    wrong = crashes = 0
    work = functools.partial(try_fault, bench, scenarios, kind, options.keep)
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for fault, (_, crash, problem) in zip(left, pool.map(work, left)):
            crashes += crash
            if problem:
                wrong += 1
                print(problem, flush=True)
            else:
                log.add(log.line(name, kind, *fault[1:]))
    before = f" ({len(faults) - len(left)} in a run before)" if len(left) < len(faults) else ""
    print(f"{name}: {len(faults)} faults{before}, {scenario.events} events, {wrong} wrong" + (f", {crashes} crashes of a library" if crashes else ""), flush=True)
    return len(faults), wrong


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fabplan")
    parser.add_argument("shim")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--all", action="store_true", help="every event, in every mode")
    parser.add_argument("--stacks", action="store_true", help="alloc: every call stack")
    parser.add_argument("--depth", type=int, help="so many calls tell events apart (alloc: 4, else 12)")
    parser.add_argument("--only", action="append", help="one command (may be given again)")
    parser.add_argument("--at", type=int, help="one event")
    parser.add_argument("--log", help="a file of what was found right, which is not tried again")
    parser.add_argument("--keep", help="work in this new folder and leave it there")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


def main():
    options = read_options()
    base = options.keep or tempfile.mkdtemp(prefix="fabplan-failures-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
    os.makedirs(base, exist_ok=True)
    state, totals = {"seen": set(), "log": Log(options.log, options.fabplan)}, []
    try:
        bench = Bench(options.fabplan, options.shim, base)
        scenarios = {s.name: s for s in make_scenarios(bench) if options.kind in (s.kinds or KINDS) and (not options.only or s.name in options.only)}
        for name in scenarios:
            totals.append(try_command(bench, scenarios, name, options, state))
    finally:
        if not options.keep:
            shutil.rmtree(base)
    wrong = sum(total[1] for total in totals)
    print(f"{options.kind}: {len(totals)} commands, {sum(total[0] for total in totals)} faults, {wrong} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
