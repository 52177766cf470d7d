#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes memory, disk and the process itself fail in the program's commands, at event after event, and checks that nothing wrong is left behind.

    failures.py FABPLAN SHIM KIND [--all | --stacks] [--only COMMAND] [--at K] [--keep FOLDER]

FABPLAN is a build without sanitizers, SHIM is inject.c, KIND is alloc, write, sync, read or kill (inject.c says what each does) or limit: the process may take so many
bytes of address space and no more. Every command is run once to count its events, then with a fault at the k-th event:

  (nothing)   one event of each kind of call stack (alloc: of the last calls, over all commands), and of system calls some more, spread evenly
  --stacks    alloc: one event of each whole call stack: some 40,000 runs
  --all       every event in every mode; alloc: more than a million runs

After each fault:
- the exit code is one that the fault may have (KINDS), and 0 only when result, database and files are those of the clean run; a signal only when killed
- standard error says what failed
- the database, opened by Python's SQLite, is sound and holds exactly what it held before or what the clean run made of it; a migration may also have ended after any
  of its versions
- every file is the old one or the one of the clean run, byte for byte; none is left over after an error. A kill may leave some
- the same command then works and gives what the clean run gave (not after a failed allocation, which leaves nothing that could be in the way)
Crashes inside a library that cannot be kept from them are named (CRASHING_CALLS); all but the exit code and the message is checked after them too.
"""
import argparse
import concurrent.futures
import csv
import functools
import hashlib
import itertools
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
MINI = os.path.join(SOURCE, "data", "mini")
MIGRATIONS = os.path.join(SOURCE, "schema", "migrations")
HISTORY = os.path.join(SOURCE, "tests", "cli", "support", "make_history.py")
TIMEOUT_SECONDS = 60
DATABASE = "fab.db"
SHUFFLED_WAFERS = 20000  # in no order: what import remembers of them is more than SQLite keeps in memory, and goes into a temporary file
SPREAD = 12  # system calls of a command that are taken besides
DEPTHS = {"alloc": 4}  # calls that tell events apart
DEPTH, DEPTH_MAX = 12, 1000
LIMITS, LIMIT_MAX, MEGABYTE = 12, 1 << 28, 1 << 20
SKIPPED, CANNOT_INJECT = 77, 99

# kind: modes, exit codes (command-line.md: 1 out of memory, 3 the input cannot be read, 7 the database cannot, 9 the output cannot be written), what standard error says
KINDS = {
    "alloc": (["once", "from"], {1}, "memory"),
    "write": (["from", "short"], {9}, "No space left|disk is full|disk I/O error|could not be written|not written completely"),
    "sync": (["once", "from"], {9}, "Input/output error|disk I/O error"),
    "read": (["once", "from"], {3, 7, 9}, "Input/output error|disk I/O error|could not be written|not written completely|reads back differently|written twice|is malformed"),
    "kill": (["once"], {-9}, ""),
    "limit": (["limit"], {1}, "memory"),
}
NOTHING = "(?!)"
# what may be left: by a kill, what a command was working on; when nothing can be read any more, a folder, because it cannot be listed
LEFT = {"kill": r"fab\.db-journal|\.fabplan-[0-9a-f]{8}-\d+-\d+\.tmp|tmp\.\w{10}|out/?\.part-[0-9a-f]{8}-\d+-\d+(/.*)?", "read": r"out/?\.part-[0-9a-f]{8}-\d+-\d+(/.*)?"}

# libxlsxwriter 1.1.4 uses most of its allocations unseen: in these calls of the program it, or minizip called by it or by the program, crashes where one fails. The file that it
# writes has a temporary name. With a real limit (kind limit) this does not happen: the program makes sure of the memory before.
CRASHING_LIBRARY = ("libxlsxwriter.so", "libminizip.so")
CRASHING_CALLS = {
    "workbook_close", "lxw_workbook_free", "workbook_add_worksheet", "worksheet_write_string", "worksheet_write_number", "worksheet_write_blank",
    "worksheet_write_formula_num", "worksheet_write_formula_str", "worksheet_write_url_opt", "worksheet_set_row_opt", "worksheet_add_table", "_chart_set_range",
    "zipOpenNewFileInZip2",
}
LEFT_BY_CRASH = r"\.fabplan-[0-9a-f]{8}-\d+-\d+\.tmp|tmp\.\w{10}"

VOLATILE_COLUMNS = re.compile("created_utc|seconds_.*")
VOLATILE_OUTPUT = re.compile(r'"(?:load|build|solve|check|store)": [-+.e0-9]+|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ')


# ---- what is there ----

dumps = {}  # of databases by their bytes: most faults leave the same


def read_hash(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def dump(path):
    """A hash of everything a database holds but times and durations, after its integrity has been checked; "empty" for what an interrupted creation leaves."""
    if os.path.getsize(path) == 0:
        return "empty"
    if os.path.exists(path + "-journal"):
        return make_dump(path)
    key = read_hash(path)
    if key not in dumps:
        dumps[key] = make_dump(path)
    return dumps[key]


def make_dump(path):
    connection = sqlite3.connect(path)
    try:
        for check, good in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            found = connection.execute(f"PRAGMA {check}").fetchmany(3)
            if found != good:
                raise sqlite3.DatabaseError(f"{check}: {found}")
        content = connection.execute("PRAGMA user_version").fetchall()
        schema = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
        content += schema
        for table in (name for kind, name, _ in schema if kind == "table" and not name.startswith("sqlite_")):
            columns = [f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")') if not VOLATILE_COLUMNS.fullmatch(row[1])]
            content += [table] + sorted(connection.execute(f'SELECT {", ".join(columns)} FROM "{table}"').fetchall(), key=repr)
    finally:
        connection.close()
    return hashlib.sha256(repr(content).encode()).hexdigest()


def look(folder):
    """{relative path: content} of a folder; the database as its dump. Opening it undoes what was interrupted, as any program would."""
    found = {}
    if os.path.exists(os.path.join(folder, DATABASE)):
        found[DATABASE] = dump(os.path.join(folder, DATABASE))
    for path, folders, files in os.walk(folder):
        for name in files + folders:
            whole = os.path.join(path, name)
            relative = os.path.relpath(whole, folder)
            if name in folders:
                found[relative] = "folder"
            elif relative != DATABASE:
                found[relative] = read_hash(whole)
    return found


# ---- the commands ----

class Scenario:
    """A command, the folder it is run in and what it makes of it."""

    def __init__(self, name, arguments, before, between=(), kinds=tuple(KINDS), place=""):
        self.name, self.arguments, self.before = name, arguments, before
        self.between = set(between)  # dumps that a database may also have
        self.kinds, self.place = kinds, place  # faults that it is for, and where files must be to count
        self.old = look(before)
        self.tried = self.events = self.crashes = 0


class Bench:
    """The program, the shim and a folder for everything."""

    def __init__(self, fabplan, shim, base):
        self.fabplan, self.shim, self.base = os.path.abspath(fabplan), os.path.abspath(shim), os.path.realpath(base)

    def path(self, *names):
        return os.path.join(self.base, *names)

    def run(self, folder, arguments, environment=None, limit=resource.RLIM_INFINITY):
        """Exit code, standard output, standard error."""
        plain = {"PATH": os.defpath, "HOME": folder, "SQLITE_TMPDIR": self.path("temporary"), "LC_ALL": "C"}
        done = subprocess.run([self.fabplan, *arguments], cwd=folder, env={**plain, **(environment or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=TIMEOUT_SECONDS, check=False,
                              preexec_fn=functools.partial(resource.setrlimit, resource.RLIMIT_AS, (limit, limit)) if limit > 0 else None)
        return done.returncode, VOLATILE_OUTPUT.sub("VOLATILE", done.stdout.decode()), done.stderr.decode()

    def must(self, folder, *arguments):
        code, _, error = self.run(folder, arguments)
        if code:
            sys.exit(f"fabplan {' '.join(arguments)}: exit code {code}: {error}")

    def inject(self, scenario, folder, kind, at, mode="once", trace=None):
        """Runs with a fault; also gives the shim's report."""
        if kind == "limit":
            return (*self.run(folder, scenario.arguments, limit=at), "")
        report = folder + ".report"
        environment = {"LD_PRELOAD": self.shim, "INJECT_KIND": kind, "INJECT_AT": str(at), "INJECT_MODE": mode, "INJECT_REPORT": report,
                       "INJECT_FOLDER": self.path(scenario.place)}
        if trace:
            environment.update(INJECT_TRACE=trace[0], INJECT_DEPTH=str(trace[1]))
        result = self.run(folder, scenario.arguments, environment)
        if result[0] == CANNOT_INJECT:
            print(result[2])
            sys.exit(SKIPPED)
        text = ""
        if os.path.exists(report):
            with open(report, encoding="utf-8") as file:
                text = file.read()
            os.unlink(report)
        return (*result, text)


def change_data(folder):
    """A data set with another price, one row fewer and one more."""
    shutil.copytree(MINI, folder)
    path = os.path.join(folder, "demand.csv")
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    rows[1][rows[0].index("price_usd")] = "90"
    rows[2][0] = "D3"
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def shuffle_wafers(folder, history):
    """The wafers of a history and many more, in no order."""
    os.mkdir(folder)
    names = [f"SHUFFLED{i:06d}" for i in range(SHUFFLED_WAFERS)]
    random.Random(1).shuffle(names)
    shutil.copy(os.path.join(history, "wafer.csv"), folder)
    with open(os.path.join(folder, "wafer.csv"), "a", encoding="utf-8") as file:
        file.writelines(f"{name},L{i % 60:03d}\n" for i, name in enumerate(names))


def migration_files():
    return [os.path.join(MIGRATIONS, name) for name in sorted(os.listdir(MIGRATIONS))]


def migrate(path, first, last, application_id):
    connection = sqlite3.connect(path)
    for number in range(first, last + 1):
        with open(migration_files()[number - 1], encoding="utf-8") as file:
            connection.executescript(f"BEGIN; {file.read()}; PRAGMA application_id = {application_id}; PRAGMA user_version = {number}; COMMIT")
    connection.close()


def make_version(path, newest, version, old):
    """The inputs of a database in one of the schema version `old`, and what migrations then make of it up to `version`."""
    source = sqlite3.connect(newest)
    application_id = source.execute("PRAGMA application_id").fetchone()[0]
    migrate(path, 1, old, application_id)
    target = sqlite3.connect(path)
    for (table,) in target.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        rows = source.execute(f'SELECT * FROM "{table}"').fetchall()
        if rows:
            target.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
    target.commit()
    target.close()
    source.close()
    migrate(path, old + 1, version, application_id)


def make_folders(bench):
    """The folders that commands start from, each made by the program from the one before."""
    history, changed = bench.path("history"), bench.path("changed")
    subprocess.run([sys.executable, HISTORY, history], check=True)
    change_data(changed)
    shuffle_wafers(bench.path("shuffled"), history)
    for folder in ("none", "temporary", "work", "old"):
        os.mkdir(bench.path(folder))

    def step(name, start, *arguments):
        shutil.copytree(bench.path(start), bench.path(name))
        bench.must(bench.path(name), *arguments)

    step("empty", "none", "init", DATABASE)
    step("mini", "empty", "import", DATABASE, MINI)
    step("planned", "mini", "optimise", DATABASE)
    step("lots", "empty", "import", DATABASE, history)
    step("fitted", "lots", "yield", "fit", DATABASE)
    step("exported", "planned", "export", DATABASE, "out")
    bench.must(bench.path("exported"), "import", "--replace", DATABASE, changed)
    bench.must(bench.path("temporary"), "template", MINI, "-o", bench.path("inputs.xlsx"))
    with open(bench.path("planned", "plan.xlsx"), "w", encoding="utf-8") as file:
        file.write("the workbook of yesterday\n")
    make_version(bench.path("old", DATABASE), bench.path("mini", DATABASE), 2, 2)


def make_scenarios(bench):
    make_folders(bench)
    between = []
    for version in range(3, len(migration_files()) + 1):
        path = bench.path(f"version{version}.db")
        make_version(path, bench.path("mini", DATABASE), version, 2)
        between.append(dump(path))
    changed, shuffled = bench.path("changed"), bench.path("shuffled", "wafer.csv")
    table = [
        ("init", ["init", DATABASE], "none"),
        ("import", ["import", DATABASE, MINI], "empty"),
        ("import history", ["import", DATABASE, bench.path("history")], "empty"),
        ("import changes", ["import", "--replace", DATABASE, changed], "mini"),
        ("import shuffled", ["import", DATABASE, shuffled], "lots", (), ("write", "read"), "temporary"),
        ("import workbook", ["import", DATABASE, bench.path("inputs.xlsx")], "empty"),
        ("annotate", ["import", DATABASE, bench.path("inputs.xlsx"), "--annotate", "out.xlsx"], "empty"),
        ("template", ["template", DATABASE, "-o", "inputs.xlsx"], "mini"),
        ("migrate", ["import", "--replace", DATABASE, changed], "old", between),
        ("optimise", ["optimise", DATABASE], "mini"),
        ("report", ["report", DATABASE, "-o", "plan.xlsx"], "planned"),
        ("yield fit", ["yield", "fit", DATABASE], "lots"),
        ("report yield", ["report", DATABASE, "--book", "yield", "-o", "yield.xlsx"], "fitted"),
        ("export", ["export", DATABASE, "out"], "planned"),
        ("export again", ["export", DATABASE, "out"], "exported"),
        ("model", ["model", DATABASE, "--mps", "fab.mps"], "mini"),
        ("sample", ["sample", "history", DATABASE, "-o", "out", "--months", "1", "--wafers-per-month", "50"], "lots"),
        ("optimise folder", ["optimise", "--json", MINI], "none"),
    ]
    return [Scenario(row[0], row[1], bench.path(row[2]), *row[3:]) for row in table]


# ---- one fault ----

def fresh(bench, scenario, name):
    folder = bench.path("work", name)
    shutil.copytree(scenario.before, folder)
    return folder


def check_files(scenario, kind, mode, found, left):
    """What is wrong with the files that a fault left."""
    for name in sorted(set(found) | set(scenario.old)):
        allowed = {scenario.old.get(name), scenario.new.get(name)} | (scenario.between if name == DATABASE else set())
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
    done = found.get(DATABASE) == scenario.new.get(DATABASE) and scenario.new.get(DATABASE) != scenario.old.get(DATABASE)
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
        if not problems and kind not in ("alloc", "limit"):
            problems = list(check_rerun(bench, scenario, kind, folder, found))
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


def choose_limits(bench, scenario):
    """Address spaces from that in which the program starts to that in which the command works."""
    first = find_limit(bench, scenario, ["--version"], 0)
    last = find_limit(bench, scenario, scenario.arguments, first)
    step = max((last + MEGABYTE - first) // LIMITS, MEGABYTE // 4)
    return range(first, last + 2 * step, step)


def choose(bench, scenarios, kind, options):
    """The faults to try: (scenario, k, mode)."""
    seen, modes = set(), KINDS[kind][0]
    for scenario in scenarios:
        trace = measure(bench, scenario, kind, DEPTH_MAX if options.stacks else DEPTHS.get(kind, DEPTH))
        scenario.events = len(trace)
        if kind != "alloc":
            seen = set()
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
                scenario.tried += 1
                yield scenario.name, k, mode


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("fabplan")
    parser.add_argument("shim")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--all", action="store_true", help="every event, in every mode")
    parser.add_argument("--stacks", action="store_true", help="alloc: every call stack")
    parser.add_argument("--only", help="one command")
    parser.add_argument("--at", type=int, help="one event")
    parser.add_argument("--keep", help="work in this new folder and leave it there")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


def main():
    options = read_options()
    base = options.keep or tempfile.mkdtemp(prefix="fabplan-failures-")
    os.makedirs(base, exist_ok=True)
    problems = 0
    try:
        bench = Bench(options.fabplan, options.shim, base)
        scenarios = {s.name: s for s in make_scenarios(bench) if options.kind in s.kinds and options.only in (None, s.name)}
        faults = list(choose(bench, scenarios.values(), options.kind, options))
        work = functools.partial(try_fault, bench, scenarios, options.kind, options.keep)
        with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
            for name, crash, problem in pool.map(work, faults, chunksize=4):
                scenarios[name].crashes += crash
                if problem:
                    problems += 1
                    print(problem, flush=True)
    finally:
        if not options.keep:
            shutil.rmtree(base)
    for scenario in scenarios.values():
        print(f"{scenario.name}: {scenario.tried} faults, {scenario.events} events" + (f", {scenario.crashes} crashes of a library" if scenario.crashes else ""))
    print(f"{options.kind}: {len(faults)} faults, {problems} wrong")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
