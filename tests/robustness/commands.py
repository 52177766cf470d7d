# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands that failures.py lets fail: what is there before each, and how it is run with a fault."""
import csv
import functools
import hashlib
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
MINI = os.path.join(SOURCE, "data", "mini")
EVERYTHING = os.path.join(SOURCE, "tests", "cases", "everything")
MIGRATIONS = os.path.join(SOURCE, "schema", "migrations")
HISTORY = os.path.join(SOURCE, "tests", "cli", "support", "make_history.py")
STDF = os.path.join(SOURCE, "tests", "fuzz", "corpus", "stdf", "sound_little")
TIMEOUT_SECONDS = 600  # of a machine that has much else to do
DATABASE = "fab.db"
SHUFFLED_WAFERS = 20000  # in no order: what import remembers of them is more than SQLite keeps in memory, and goes into a temporary file
SKIPPED, CANNOT_INJECT = 77, 99

VOLATILE_COLUMNS = re.compile(r"plan_release\.time|.*_utc|.*\.seconds_.*|.*\.record_sha256|.*\.row_sha256|(plan|yield|sweep)_digest\.sha256")  # the digests are over times, too; `doctor` judges them (soak.py)
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
            columns = [f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{table}")') if not VOLATILE_COLUMNS.fullmatch(f"{table}.{row[1]}")]
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

    def __init__(self, name, arguments, before, kinds=None, place="", between=None):
        self.name, self.arguments, self.before = name, arguments, before
        self.kinds, self.place = kinds, place  # faults that it is for (None: all), and where files must be to count
        self.old = look(before)
        self.between = dump(os.path.join(between, DATABASE)) if between else None  # what a database may also be: a transaction of two is done
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


def migrate(connection, number, application_id):
    with open(migration_files()[number - 1], encoding="utf-8") as file:
        connection.executescript(f"BEGIN; {file.read()}; PRAGMA application_id = {application_id}; PRAGMA user_version = {number}; COMMIT")


def make_old(bench, version):
    """The inputs in a database of an old schema version."""
    source, target = sqlite3.connect(bench.path("mini", DATABASE)), sqlite3.connect(bench.path("old", DATABASE))
    application_id = source.execute("PRAGMA application_id").fetchone()[0]
    for number in range(1, version + 1):
        migrate(target, number, application_id)
    for (table,) in target.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        columns = ", ".join(f'"{row[1]}"' for row in target.execute(f'PRAGMA table_info("{table}")'))  # those it had then
        rows = source.execute(f'SELECT {columns} FROM "{table}"').fetchall()
        if rows:
            target.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
    target.commit()
    target.close()


FUTURES = """kind,name,weight,scenarios,table,key,column,operation,values
run,dear,1,,source_cost,CHIP@R,usd_per_start,set,12
run,slow,1,,tool_group,TESTER,availability,set,0.9
"""


def make_folders(bench):
    """The folders that commands start from, each made by the program from the one before."""
    history, changed = bench.path("history"), bench.path("changed")
    subprocess.run([sys.executable, HISTORY, history], check=True)
    change_data(changed)
    shuffle_wafers(bench.path("shuffled"), history)
    shutil.copytree(MINI, bench.path("data"))  # below the bench, where what is opened and read counts
    shutil.copytree(EVERYTHING, bench.path("all"))
    for folder in ("none", "temporary", "work", "old"):
        os.mkdir(bench.path(folder))
    with open(STDF, "rb") as source, open(bench.path("tested.stdf"), "wb") as file:
        file.write(source.read()[1:])  # the first byte is for the fuzz target
    with open(bench.path("futures.csv"), "w", encoding="utf-8") as file:
        file.write(FUTURES)

    def step(name, start, *arguments):
        shutil.copytree(bench.path(start), bench.path(name))
        bench.must(bench.path(name), *arguments)

    step("empty", "none", "init", DATABASE)
    step("mini", "empty", "import", DATABASE, MINI)
    step("planned", "mini", "optimise", DATABASE)
    step("lots", "empty", "import", DATABASE, history)
    step("fitted", "lots", "yield", "fit", DATABASE)
    step("tracked", "lots", "optimise", DATABASE)
    step("exported", "planned", "export", DATABASE, "out")
    bench.must(bench.path("exported"), "import", "--replace", DATABASE, changed)
    step("everything", "empty", "import", DATABASE, EVERYTHING)
    step("rich", "everything", "optimise", DATABASE, "--values", "0")
    step("futures", "planned", "sweep", "plan", DATABASE, bench.path("futures.csv"), "jobs")
    step("swept", "futures", "sweep", "run", "jobs")
    step("merged", "swept", "sweep", "merge", "jobs", DATABASE)
    bench.must(bench.path("temporary"), "template", MINI, "-o", bench.path("inputs.xlsx"))
    make_old(bench, 2)
    shutil.copytree(bench.path("old"), bench.path("migrated"))
    bench.run(bench.path("migrated"), ["scenario", DATABASE, "add", os.path.join(MINI, "calendar.csv")])  # is refused, after the database has been brought up to date
    bench.must(bench.path("planned"), "report", DATABASE, "--book", "executive", "-o", "plan.xlsx")  # is replaced by another book


def list_commands(bench):
    """Name, arguments, folder before; kinds of fault, where files must be to count, what a database may also be."""
    changed, shuffled, futures = bench.path("changed"), bench.path("shuffled", "wafer.csv"), bench.path("futures.csv")
    data, scenarios = bench.path("data"), bench.path("all", "scenarios")
    return [
        ("init", ["init", DATABASE], "none"),
        ("import", ["import", DATABASE, data], "empty"),
        ("import history", ["import", DATABASE, bench.path("history")], "empty"),
        ("import changes", ["import", "--replace", DATABASE, changed], "mini"),
        ("import shuffled", ["import", DATABASE, shuffled], "lots", ("write", "read"), "temporary"),
        ("import workbook", ["import", DATABASE, bench.path("inputs.xlsx")], "empty"),
        ("annotate", ["import", DATABASE, bench.path("inputs.xlsx"), "--annotate", "out.xlsx"], "empty"),
        ("template", ["template", DATABASE, "-o", "inputs.xlsx"], "mini"),
        ("migrate", ["import", "--replace", DATABASE, changed], "old", None, "", bench.path("migrated")),
        ("optimise", ["optimise", DATABASE], "mini"),
        ("report", ["report", DATABASE, "-o", "plan.xlsx"], "planned"),
        ("yield fit", ["yield", "fit", DATABASE], "lots"),
        ("report yield", ["report", DATABASE, "--book", "yield", "-o", "yield.xlsx"], "fitted"),
        ("export", ["export", DATABASE, "out"], "planned"),
        ("export again", ["export", DATABASE, "out"], "exported"),
        ("model", ["model", DATABASE, "--mps", "fab.mps"], "mini"),
        ("sample", ["sample", "history", DATABASE, "-o", "out", "--months", "1", "--wafers-per-month", "50"], "lots"),
        ("optimise folder", ["optimise", "--json", data], "none"),
        ("check", ["check", DATABASE], "mini"),
        ("plans", ["plans", DATABASE, "--json"], "planned"),
        ("release", ["plans", DATABASE, "--release", "1"], "planned"),
        ("show", ["show", "starts", DATABASE, "--csv"], "planned"),
        ("doctor", ["doctor", DATABASE], "planned"),
        ("scenario", ["scenario", DATABASE, "add", scenarios], "everything"),
        ("compare", ["compare", DATABASE, "1", os.path.join(scenarios, "less.csv"), "-o", "compare.xlsx"], "rich"),
        ("explain", ["explain", DATABASE], "planned"),
        ("quote", ["quote", DATABASE, "CHIP", "5", "2027-01-11", "--customer", "BUYER"], "planned"),
        ("rank", ["rank", DATABASE], "planned"),
        ("independence", ["independence", DATABASE], "planned"),
        ("calm", ["calm", DATABASE], "planned"),
        ("track", ["plan", "track", DATABASE, "--json"], "tracked"),
        ("lots", ["lots", DATABASE, "--json"], "lots"),
        ("spc", ["yield", "spc", DATABASE, "--json"], "lots"),
        ("sample fab", ["sample", "fab", "--products", "3", "--periods", "4", "--tool-groups", "20", "-o", "out"], "none"),
        ("sweep plan", ["sweep", "plan", DATABASE, futures, "jobs"], "planned"),
        ("sweep merge", ["sweep", "merge", "jobs", DATABASE], "swept"),  # its workbook says when it was merged
        ("sweep show", ["sweep", "show", DATABASE, "-o", "sweep.xlsx"], "merged"),
        ("optimise robust", ["optimise", DATABASE, "--robust", futures], "planned"),
        ("import stdf", ["import", DATABASE, bench.path("tested.stdf"), "--make-lots", "--source", "DA"], "lots"),
        ("page", ["report", DATABASE, "--html", "plan.html"], "planned"),
        ("sheet", ["report", DATABASE, "-o", "starts.csv", "--book", "starts"], "planned"),
        ("finance", ["report", DATABASE, "-o", "finance.xlsx", "--book", "finance"], "planned"),
        ("executive", ["report", DATABASE, "-o", "brief.xlsx", "--book", "executive"], "planned"),
        ("optimise interior", ["optimise", DATABASE, "--method", "interior", "--values", "0"], "mini"),
        ("optimise integer", ["optimise", DATABASE, "--integer", "--values", "0"], "mini"),
        ("optimise priority", ["optimise", DATABASE, "--policy", "priority", "--values", "0"], "mini"),
        ("optimise everything", ["optimise", DATABASE, "--values", "1"], "everything"),
    ]


def make_scenarios(bench):
    make_folders(bench)
    return [Scenario(row[0], row[1], bench.path(row[2]), *row[3:]) for row in list_commands(bench)]
