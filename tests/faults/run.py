#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the table of faults: set-up, command, exit code, text, invariant.

    run.py FABPLAN SHIM [ID ...]     (all without IDs)
    run.py --tests BUILD             (that the tests named by rows exist: `ctest -N` of the folder)

Each row of faults.csv has a folder of its own with `in`, a copy of data/mini.

    id         number of the fault, with a letter where it has several situations
    fault      what it is
    set_up     actions, one after another, separated by " ; ": the functions `do_NAME` below, with their arguments
    command    run by sh in that folder; F is the program. "test NAME": another test shows this one; "open WHY": not shown yet
    exit       the exit codes that are right, separated by blanks
    text       a regular expression that the output (standard output, then standard error) must have
    invariant  what must be true afterwards: the functions `is_NAME`

The sanitizers of a build may need more time and memory than it takes without them: no row depends on either.
"""
import csv
import hashlib
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
MINI = os.path.join(SOURCE, "data", "mini")
TIMEOUT_SECONDS = 300


def unescape(text):
    """\\n, \\xNN and the like as bytes; everything else as UTF-8."""
    return re.sub(rb"\\x([0-9a-fA-F]{2})|\\([ntr\\])", lambda m: bytes([int(m[1], 16)]) if m[1] else {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"\\": b"\\"}[m[2]], text.encode())


class Place:
    def __init__(self, program, shim, folder):
        self.program, self.shim, self.folder = program, shim, folder
        self.before = {}
        shutil.copytree(MINI, self.path("in"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def table(self, name):
        return self.path(os.path.join("in", name + ".csv"))

    def read(self, name):
        with open(self.table(name), "rb") as file:
            return file.read()

    def write(self, name, data):
        with open(self.table(name), "wb") as file:
            file.write(data)

    def rows(self, name):
        return list(csv.reader(io.StringIO(self.read(name).decode())))

    def fabplan(self, *arguments):
        return subprocess.run([self.program, *arguments], cwd=self.folder, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)

    def shell(self, command):
        environment = {**os.environ, "F": self.program, "SHIM": self.shim, "ASAN_OPTIONS": ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0")))}
        return subprocess.run(["bash", "-c", f'F() {{ "$F" "$@"; }}; {command}'], cwd=self.folder, env=environment, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)

    def files(self):
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.folder)] = hashlib.sha256(file.read()).hexdigest()
        return found


# ---- set-ups ----

def do_bom(place, table):
    place.write(table, b"\xef\xbb\xbf" + place.read(table))


def do_utf16(place, table):
    place.write(table, place.read(table).decode().encode("utf-16"))


def do_cell(place, table, line, column, value):
    """The cell of a line (as an editor counts them) and a column becomes a text, as it is."""
    lines = place.read(table).split(b"\n")
    names = lines[0].decode().split(",")
    cells = next(csv.reader([lines[int(line) - 1].decode()]))
    if column not in names:
        lines[0] += b"," + column.encode()
        names.append(column)
        lines = [l + (b"," if l and k and k != int(line) - 1 else b"") for k, l in enumerate(lines)]
    cells += [""] * (len(names) - len(cells))
    texts = [('"' + c.replace('"', '""') + '"' if "," in c or '"' in c else c).encode() for c in cells]
    texts[names.index(column)] = unescape(value)
    lines[int(line) - 1] = b",".join(texts)
    place.write(table, b"\n".join(lines))


def do_line(place, table, text):
    """One more line; of a new table if there is none."""
    before = place.read(table) if os.path.exists(place.table(table)) else b""
    place.write(table, before + unescape(text) + b"\n")


def do_raw(place, table, text):
    place.write(table, unescape(text))


def do_swap(place, table, old, new):
    data = place.read(table)
    assert unescape(old) in data, (table, old)
    place.write(table, data.replace(unescape(old), unescape(new)))


def do_remove(place, table):
    os.remove(place.table(table))


def do_semicolons(place):
    for name in os.listdir(place.path("in")):
        table = name[:-4]
        text = "\n".join(";".join(re.sub(r"^(-?\d+)\.(\d+)$", r"\1,\2", cell) if ";" not in cell else f'"{cell}"' for cell in row) for row in place.rows(table))
        place.write(table, (text + "\n").encode())


def do_rows(place, table, count, pattern):
    """Rows 1 to count, with {i} in a pattern."""
    place.write(table, place.read(table) + "".join(pattern.replace("{i}", str(i)) + "\n" for i in range(1, int(count) + 1)).encode())


made = {}  # bytes of a database, by the inputs and the commands that made it


def make_database(place, *commands):
    """Rows that begin with the same database begin with the same bytes."""
    key = repr(([item for item in sorted(place.files().items()) if item[0].startswith("in" + os.sep)], commands))
    if key not in made:
        for command in commands:
            done = place.fabplan(*command)
            assert done.returncode == 0, done.stderr.decode()
        with open(place.path("fab.db"), "rb") as file:
            made[key] = file.read()
    with open(place.path("fab.db"), "wb") as file:
        file.write(made[key])


EMPTY_AND_FULL = (("init", "fab.db"), ("import", "fab.db", "in"))


def do_db(place):
    make_database(place, *EMPTY_AND_FULL)


def do_plan(place, *options):
    make_database(place, *EMPTY_AND_FULL, ("optimise", "fab.db", "--values", "0", *options))


def do_bytes(place, name, offset, text):
    """Writes over bytes of a file; a negative offset counts from its end."""
    with open(place.path(name), "r+b") as file:
        file.seek(int(offset), 2 if int(offset) < 0 else 0)
        file.write(unescape(text))


def do_cut(place, name, size):
    with open(place.path(name), "r+b") as file:
        file.truncate(int(size))


def do_sql(place, name, *statements):
    database = sqlite3.connect(place.path(name))
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def do_file(place, name, text):
    with open(place.path(name), "wb") as file:
        file.write(unescape(text))


def do_sh(place, command):
    done = place.shell(command)
    assert done.returncode == 0, done.stderr.decode()


# ---- invariants ----

known = []  # the hash of the inputs of data/mini


def is_same_hash(place, done):
    """The inputs are those of data/mini, whatever the file looked like."""
    hashes = [json.loads(place.fabplan("optimise", data, "--values", "0", "--json").stdout)["inputs_sha256"] for data in ("in", *([] if known else [MINI]))]
    known.extend(hashes[1:])
    assert hashes[0] == known[0], (hashes, known)


def is_nothing_changed(place, done):
    assert place.files() == place.before, sorted(set(place.files().items()) ^ set(place.before.items()))


def is_nothing_left(place, done):
    left = [name for name in place.files() if re.search(r"\.tmp$|\.part-|-journal$|-wal$", name)]
    assert not left, left


def is_sound(place, done):
    checked = place.fabplan("doctor", "fab.db")
    assert checked.returncode == 0, checked.stdout.decode() + checked.stderr.decode()


def is_quiet(place, done):
    assert not done.stderr, done.stderr.decode()


def is_text_only(place, done):
    """No cell of the workbook is a formula made of the customer's name; the name is a shared string."""
    book = zipfile.ZipFile(place.path("plan.xlsx"))
    shared = book.read("xl/sharedStrings.xml").decode()
    assert "HYPERLINK(" in shared and "@SUM" in shared
    for name in book.namelist():
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"<f>[^<]*(HYPERLINK\(&quot;|HYPERLINK\(\"|@SUM)", book.read(name).decode()), name


def is_sheets_fixed(place, done):
    names = re.findall(r'<sheet name="([^"]+)"', zipfile.ZipFile(place.path("plan.xlsx")).read("xl/workbook.xml").decode())
    assert len(set(n.lower() for n in names)) == len(names) and max(map(len, names)) <= 31 and not any("Fancy" in n for n in names), names


def is_no_error_cell(place, done):
    book = zipfile.ZipFile(place.path("plan.xlsx"))
    for name in book.namelist():
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"<v>#(DIV|REF|N/A|VALUE|NAME|NUM)", book.read(name).decode()), name


def is_hashes_in_workbook(place, done):
    strings = zipfile.ZipFile(place.path("plan.xlsx")).read("xl/sharedStrings.xml").decode()
    database = sqlite3.connect(place.path("fab.db"))
    for value in database.execute("SELECT p.inputs_sha256, h.content_sha256 FROM plan AS p JOIN plan_hash AS h USING (plan)").fetchone():
        assert value in strings, value


# ---- the table ----

def read_table():
    with open(os.path.join(HERE, "faults.csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def play(program, shim, row):
    with tempfile.TemporaryDirectory(prefix="fabplan-faults-") as folder:
        place = Place(program, shim, folder)
        for action in filter(None, row["set_up"].split(" ; ")):
            name, *arguments = shlex.split(action)
            globals()["do_" + name](place, *arguments)
        place.before = place.files()
        done = place.shell(row["command"])
        shown = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
        assert str(done.returncode) in row["exit"].split(), f"exit {done.returncode}, not {row['exit']}\n{shown[:2000]}"
        assert re.search(row["text"], shown, re.MULTILINE), f"not in the output: {row['text']}\n{shown[:2000]}"
        for name in row["invariant"].split():
            globals()["is_" + name](place, done)


KINDS = ("alloc", "kill", "limit", "open", "read", "sync", "write")  # of scripts/failures, which builds tests of its own: too long for every run
NUMBERS = set(range(1, 69)) - {26, 61, 63}  # of the design's table


def expect_tests(build):
    """Every fault has a row, and the tests that rows name exist."""
    rows = {int(re.match(r"\d+", row["id"])[0]) for row in read_table()}
    if rows != NUMBERS:
        sys.exit(f"faults without a row: {sorted(NUMBERS - rows)}; rows of no fault: {sorted(rows - NUMBERS)}")
    listed = subprocess.run(["ctest", "--test-dir", build, "-N"], capture_output=True, text=True, check=True).stdout
    listed_tests = set(re.findall(r"Test +#\d+: (\S+)", listed)) | {"robustness." + kind for kind in KINDS}
    missing = [(row["id"], name) for row in read_table() for name in row["command"].split()[1:] if row["command"].startswith("test ") and name not in listed_tests]
    if missing:
        sys.exit(f"no such test: {missing}")


def main():
    if sys.argv[1] == "--tests":
        return expect_tests(sys.argv[2])
    program, shim, only = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]
    played, shown, wrong = 0, 0, []
    for row in read_table():
        if only and row["id"] not in only and not any(re.fullmatch(o + "[a-z]?", row["id"]) for o in only):
            continue
        if re.match("test |open ", row["command"]):
            shown += 1
            continue
        try:
            play(program, shim, row)
        except (AssertionError, subprocess.TimeoutExpired) as error:
            wrong.append(row["id"])
            print(f"fault {row['id']}, {row['fault']}: {error}")
        played += 1
    print(f"{played} situations played, {len(wrong)} wrong ({', '.join(wrong)}); {shown} are shown elsewhere")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
