#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""STDF V4 files through the program: what an independent writer writes is what the database holds afterwards.

    stdf.py FABPLAN [FIRST_SEED LAST_SEED]

Random test floors are written as STDF in both byte orders, plain and gzip, imported with the program into a database of data/mini with lots and
wafers, and read back with sqlite3. Expected rows are recomputed from the floor, never from the bytes. Then: the same file again, retests, cut and
damaged files, names the database does not have, options, and the odd files that testers write.
"""
import collections
import gzip
import hashlib
import json
import os
import random
import shutil
import sqlite3
import string
import subprocess
import sys
import tempfile
import traceback
from datetime import datetime, timedelta

sys.dont_write_bytecode = True
from stdf_writer import ABORTED, BY_ID, BY_PLACE, FAILED, NO_COUNT, NO_VERDICT, NONE, START, Part, Writer, simple  # noqa: E402

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "mini")
TABLES = {"wafer_test": "wafer, stage, run, time, tested, good", "wafer_bin": "wafer, stage, run, bin, count", "die_map": "wafer, stage, run, map"}
INPUT, USAGE = 3, 2     # exit codes
CHARACTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase    # of bins 0 to 61 in a map

# ---- what must come of it ----

def clock(seconds):
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat()


def valid_parts(parts):
    """The parts of a wafer that no later one supersedes."""
    def superseded(i, part):
        return any(part.x != NONE and part.y != NONE and (later.x, later.y) == (part.x, part.y) or part.id and later.flags & BY_ID and later.id == part.id
                   for later in parts[i + 1:])
    return [part for i, part in enumerate(parts) if not superseded(i, part)]


def draw_map(parts, chart):
    cells = {(-p.x if chart[0] == "L" else p.x, -p.y if chart[1] == "U" else p.y): CHARACTERS[p.hard] if p.hard < len(CHARACTERS) else "?"
             for p in parts if p.x != NONE and p.y != NONE}
    if not cells:
        return None
    columns, rows = [x for x, _ in cells], [y for _, y in cells]
    return "/".join("".join(cells.get((x, y), ".") for x in range(min(columns), max(columns) + 1)) for y in range(min(rows), max(rows) + 1))


def expect(parts, times, stage="sort", run=1, marks=None, chart="  ", prefix=""):
    """The rows of the three tables. times: wafer -> seconds of its start."""
    rows = {table: [] for table in TABLES}
    for wafer in sorted({part.wafer for part in parts}):
        kept = valid_parts([part for part in parts if part.wafer == wafer])
        good = sum((marks or {}).get(p.hard) == "P" if p.flags & NO_VERDICT else not p.flags & FAILED for p in kept)
        key = (prefix + wafer, stage, run)
        rows["wafer_test"].append((*key, clock(times[wafer]), len(kept), good))
        rows["wafer_bin"] += [(*key, number, count) for number, count in sorted(collections.Counter(p.hard for p in kept).items())]
        drawn = draw_map(kept, chart)
        rows["die_map"] += [(*key, drawn)] if drawn else []
    return {table: sorted(found) for table, found in rows.items()}


def together(*several):
    return {table: sorted(row for rows in several for row in rows[table]) for table in TABLES}


# ---- the program and its database ----


class Fab:
    """A folder with a database of data/mini, lots and wafers; every check has its own."""

    wafers = {"W-01": "LOT7", "W-02": "LOT7", "W-03": "LOT7", "W-04": "LOT8", "LOT7-01": "LOT7", "LOT7-02": "LOT7", "LOT8-01": "LOT8"}
    lots = ["LOT7", "LOT8"]

    def __init__(self, program, folder):
        self.program, self.folder, self.database = program, folder, os.path.join(folder, "fab.db")
        self.temporary = os.path.join(folder, "temporary")
        os.mkdir(self.temporary)
        self.environment = {**os.environ, "TMPDIR": self.temporary, "NO_COLOR": "1"}

    @classmethod
    def make(cls, program, folder):
        """The database that the checks copy."""
        fab = cls(program, folder)
        lots = fab.save("lot.csv", "lot,source,start_time,wafers,status\n" + "".join(f"{lot},CHIP@R,2026-12-01T00:00:00,4,done\n" for lot in cls.lots))
        wafers = fab.save("wafer.csv", "wafer,lot\n" + "".join(f"{wafer},{lot}\n" for wafer, lot in cls.wafers.items()))
        fab.run("init", fab.database)
        fab.run("import", fab.database, DATA)
        fab.run("import", fab.database, lots, wafers)
        return fab

    def save(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *arguments, code=0):
        done = subprocess.run([self.program, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, env=self.environment, cwd=self.folder,
                              timeout=300)
        assert done.returncode == code, f"{' '.join(arguments)}: exit {done.returncode}, must be {code}\n{done.stdout}{done.stderr}"
        assert not os.listdir(self.temporary), f"left behind: {os.listdir(self.temporary)}"
        assert self.temporary not in done.stderr, f"a temporary file is named: {done.stderr}"
        return done

    def load(self, content, *options, name="test.stdf", code=0):
        """Imports bytes or a Writer; the answer's JSON by table and what was said."""
        path = self.save(name, content.bytes if isinstance(content, Writer) else content)
        done = self.run("import", self.database, path, "--json", *options, code=code)
        return ({row["table"]: row for row in json.loads(done.stdout)["tables"]} if code == 0 else None), done.stderr

    def rows(self):
        connection = sqlite3.connect(self.database)
        found = {table: sorted(connection.execute(f"SELECT {columns} FROM {table}")) for table, columns in TABLES.items()}
        connection.close()
        return found

    def digest(self):
        """Of everything in the database."""
        connection = sqlite3.connect(self.database)
        digest = hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
        connection.close()
        return digest

    def refuse(self, content, *says, options=(), name="test.stdf", code=INPUT):
        """Must be refused with these words, and nothing may change."""
        before = self.digest()
        _, said = self.load(content, *options, name=name, code=code)
        for words in says:
            assert words in said, f"'{words}' is not in: {said}"
        assert self.digest() == before, "a refused file changed the database"
        return said


def same(found, expected):
    for table in TABLES:
        assert found[table] == expected[table], f"{table}\n  has  {found[table]}\n  must {expected[table]}"


# ---- test floors ----


class Floor:
    """What a tester did: wafers on one or two heads, several sites, retests by place and by id, parts without a place or a verdict."""

    def __init__(self, seed):
        r = random.Random(f"floor {seed}")
        self.seed, self.heads, self.sites = seed, r.choice([1, 2]), r.choice([1, 2, 4])
        self.stage, self.retest, self.chart = r.choice(["sort", "final"]), r.choice(" N0"), r.choice(["  ", "RD", "RU", "LD", "LU"])
        self.wafers = sorted(Fab.wafers)[:r.randint(1, 5)]
        self.times = {wafer: START + 5000 * i for i, wafer in enumerate(self.wafers)}
        self.marks = {1: "P", 2: "F", 7: "P", 70: "F"}
        self.head_of = {wafer: 1 + i % self.heads for i, wafer in enumerate(self.wafers)}
        self.parts = []
        for wafer in self.wafers:
            self.parts += self.test(r, wafer)
        if self.heads == 2:     # the wafers of a pair are tested at the same time
            pairs = [self.wafers[i:i + 2] for i in range(0, len(self.wafers), 2)]
            position = {wafer: i for i, pair in enumerate(pairs) for wafer in pair}
            self.parts.sort(key=lambda part: (position[part.wafer], r.random()))

    def test(self, r, wafer):
        parts, width, height = [], r.randint(1, 9), r.randint(1, 9)
        left, top = r.randint(-20, 20), r.randint(-20, 20)
        for number in range(r.randint(1, 60)):
            flags = r.choice([0, 0, 0, FAILED, FAILED, NO_VERDICT, NO_VERDICT | FAILED, ABORTED, ABORTED | FAILED])
            placed = r.random() < 0.85
            part = Part(wafer, r.choice([1, 1, 2, 7, 9, 61, 62, 70, 300, 32767]), flags=flags, part_id=str(number) if r.random() < 0.8 else "",
                        head=self.head_of[wafer], site=r.choice([*range(self.sites), 255]))
            if placed:
                part.x, part.y = left + r.randrange(width), top + r.randrange(height)
            elif r.random() < 0.5:
                part.x = 3      # one coordinate is none
            if parts and r.random() < 0.2:
                part.flags |= BY_ID
                part.id = r.choice(parts).id
            if r.random() < 0.1:
                part.flags |= BY_PLACE
            parts.append(part)
        return parts

    def write(self, big, counts=True):
        """counts: WRR has the counts of the parts."""
        r = random.Random(self.seed)
        w = Writer(big).far().record(0, 20, "IS", START, "converted")
        w.mir(retest=self.retest, job=f"D_AI6_{self.stage}").sdr(1, list(range(self.sites))).wcr(*self.chart)
        open_wafers = {}
        for part in self.parts:
            head = part.head
            if open_wafers.get(head) != part.wafer:
                self.close(w, open_wafers.pop(head, None), counts)
                w.wir(part.wafer + r.choice(["", "  "]), self.times[part.wafer], head)
                open_wafers[head] = part.wafer
            w.pir(head, part.site).ptr(head, part.site)
            if r.random() < 0.3:
                w.ftr(head, part.site)
            if r.random() < 0.1:
                w.record(50, 30, "S", "a remark")
            w.prr(part)
        for wafer in list(open_wafers.values()):
            self.close(w, wafer, counts)
        self.write_bins(w)
        return w.mrr()

    def close(self, w, wafer, counts):
        if wafer:
            kept = valid_parts([part for part in self.parts if part.wafer == wafer])
            good = sum(self.marks.get(p.hard) == "P" if p.flags & NO_VERDICT else not p.flags & FAILED for p in kept)
            w.wrr(random.Random(wafer).choice([wafer, ""]), self.times[wafer] + 999, len(kept) if counts else NO_COUNT, good if counts else NO_COUNT,
                  self.head_of[wafer])

    def write_bins(self, w):
        """Every bin of every site, then the totals of head 255, which say the same again."""
        for soft in (False, True):
            by_site = collections.Counter((p.head, p.site, p.soft if soft else p.hard) for p in self.parts)
            for (head, site, number), count in sorted(by_site.items()):
                w.bin(number, count, self.marks.get(number, " ") if not soft else " ", head, site, soft)
            for number, count in sorted(collections.Counter(p.soft if soft else p.hard for p in self.parts).items()):
                w.bin(number, count, self.marks.get(number, " ") if not soft else " ", soft=soft)
        w.pcr(len(self.parts), NO_COUNT)

    def expected(self):
        return expect(self.parts, self.times, self.stage, 1, self.marks, self.chart)


def simple_rows(wafer="W-01", hard=(1, 1, 2), start=START, stage="sort", run=1):
    return expect([Part(wafer, number, x, 0, 0 if number == 1 else FAILED) for x, number in enumerate(hard)], {wafer: start}, stage, run)


# ---- the checks: each gets a Fab of its own ----


def check_floors(fab, seeds):
    """Rows are those recomputed; both byte orders and gzip give the same; the same file again changes nothing."""
    base = fab.save("base.db", open(fab.database, "rb").read())
    for seed in seeds:
        floor = Floor(seed)
        expected = floor.expected()
        forms = []
        for big in (False, True):
            plain = floor.write(big, counts=seed % 2 == 0).bytes
            forms += [("a.stdf", plain), ("a.stdf.gz", gzip.compress(plain))]
        for number, (name, content) in enumerate([*forms, ("plain.std.gz", plain), ("packed.std", gzip.compress(plain))]):
            shutil.copy(base, fab.database)
            summary, said = fab.load(content, name=name)
            try:
                same(fab.rows(), expected)
                assert "warning" not in said, said
                for table in TABLES:
                    assert summary[table]["rows_added"] == summary[table]["rows_read"] == len(expected[table]), summary
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, form {number}, {name}: {error}") from None
        digest = fab.digest()
        for content in (plain, gzip.compress(floor.write(False).bytes)):
            summary, _ = fab.load(content, name="again.stdf")
            for table in TABLES:
                assert all(summary[table][key] == 0 for key in ("rows_added", "rows_changed", "rows_deleted")), summary
            assert fab.digest() == digest
        for wafer, stage, run, _, tested, good in fab.rows()["wafer_test"]:
            assert tested == sum(row[4] for row in fab.rows()["wafer_bin"] if row[:3] == (wafer, stage, run)) >= good


def check_totals(fab):
    """A wafer without parts has the bins of head 255 once, or those of its sites where there is no total."""
    for totals in (True, False):
        w = Writer(True).far().mir().wir("W-01").wrr("W-01", parts=30, good=20)
        for site, count in ((0, 12), (1, 8)):
            w.bin(1, count, "P", 1, site).bin(101, count, "P", 1, site, soft=True)
        w.bin(7, 10, "F", 1, 0)
        if totals:
            w.bin(1, 20, "P").bin(7, 10, "F").bin(101, 20, "P", soft=True)
        fab.load(w.pcr(30, 20).mrr())
        found = fab.rows()
        assert found["wafer_test"] == [("W-01", "sort", 1, clock(START), 30, 20)], found
        assert found["wafer_bin"] == [("W-01", "sort", 1, 1, 20), ("W-01", "sort", 1, 7, 10)], found
        assert found["die_map"] == []


def check_places(fab):
    """Parts at -32768 count and have no cell; negative places have one."""
    parts = [Part("W-01", 1, -3, -2), Part("W-01", 5, -1, 0, FAILED), Part("W-01", 1), Part("W-01", 6, NONE, 4, FAILED), Part("W-01", 1, 4, NONE)]
    w = Writer().far().mir().wir("W-01")
    for part in parts:
        w.pir().prr(part)
    fab.load(w.wrr("W-01").mrr())
    same(fab.rows(), {"wafer_test": [("W-01", "sort", 1, clock(START), 5, 3)],
                      "wafer_bin": [("W-01", "sort", 1, 1, 3), ("W-01", "sort", 1, 5, 1), ("W-01", "sort", 1, 6, 1)],
                      "die_map": [("W-01", "sort", 1, "1../.../..5")]})


def check_retest_runs(fab):
    """A retest is a run of its own that the yield then counts; runs follow each other in number and time."""
    fab.refuse(simple(Writer(), start=START + 9000, retest="Y"), "test.stdf: wafer W-01: run is '2', must follow run 1")
    fab.load(simple(Writer()))
    fab.load(simple(Writer(True), hard=(1, 1, 1), start=START + 9000, retest="Y"), name="retest.stdf")
    fab.load(simple(Writer(), hard=(1, 3, 3), start=START + 18000, retest="2"), name="third.stdf")
    runs = [simple_rows(), simple_rows(hard=(1, 1, 1), start=START + 9000, run=2), simple_rows(hard=(1, 3, 3), start=START + 18000, run=3)]
    same(fab.rows(), together(*runs))
    fab.refuse(simple(Writer(), start=START - 9000, retest="Y"), "wafer W-01: time is", "must not be before", "of run 1")
    fab.run("yield", "fit", fab.database)
    connection = sqlite3.connect(fab.database)
    counted = connection.execute("SELECT tested, good FROM yield_lot").fetchall()
    connection.close()
    assert counted == [(3, 1)], counted     # of the last run alone


def check_retest_records(fab):
    """RDR makes a file a retest, of all die or of some bins: those are merged with the run before, die by die."""
    fab.load(simple(Writer()))
    for empty in ("H", ""):
        w = Writer().far().mir().record(1, 70, empty, *[0] * len(empty)).wir("W-01", START + 9)
        for x, number in enumerate((1, 1, 1)):
            w.pir().prr(Part("W-01", number, x, 0))
        fab.load(w.wrr("W-01").mrr())
        same(fab.rows(), together(simple_rows(), simple_rows(hard=(1, 1, 1), start=START + 9, run=2)))
    fab.load(simple(Writer(), wafer="W-02", hard=(1, 2, 2, 3)))
    w = Writer().far().mir(start=START + 50).record(1, 70, "HHH", 2, 2, 3).wir("W-02", START + 60)
    for x, number in ((1, 1), (3, 3)):
        w.pir().prr(Part("W-02", number, x, 0, 0 if number == 1 else FAILED))
    fab.load(w.wrr("W-02").mrr())
    merged = simple_rows("W-02", hard=(1, 1, 2, 3), start=START + 60, run=2)
    same(fab.rows(), together(simple_rows(), simple_rows(hard=(1, 1, 1), start=START + 9, run=2), simple_rows("W-02", hard=(1, 2, 2, 3)), merged))


def check_retest_of_some(fab):
    """A retest of some die is merged by place, whatever their box; by counts where there are no places; and a run before that is corrected changes it."""
    fab.load(simple(Writer(), hard=(1, 2, 3, 2, 1)))
    retest = Writer(True).far().mir(start=START + 90, retest="Y").wir("W-01", START + 100)
    for x, number in ((1, 1), (2, 3)):
        retest.pir().prr(Part("W-01", number, x, 0, 0 if number == 1 else FAILED))
    fab.load(retest.wrr("W-01").mrr())
    same(fab.rows(), together(simple_rows(hard=(1, 2, 3, 2, 1)), simple_rows(hard=(1, 1, 3, 2, 1), start=START + 100, run=2)))
    fab.load(simple(Writer(), hard=(1, 2, 3, 1, 1)))
    fresh = simple_rows(hard=(1, 2, 3, 1, 1))
    rows, found = together(fresh, simple_rows(hard=(1, 1, 3, 1, 1), start=START + 100, run=2)), fab.rows()
    found["wafer_bin"] = [row for row in found["wafer_bin"] if row[4] > 0]
    same(found, rows)
    for run, (tested, failed) in enumerate(((100, 10), (10, 5)), 1):
        w = Writer().far().mir(start=START + 1000 * run, retest="N" if run == 1 else "Y").wir("W-02", START + 1000 * run)
        for number in range(tested):
            w.pir().prr(Part("W-02", 2 if number < failed else 1, flags=FAILED if number < failed else 0, part_id=str(number + 1)))
        fab.load(w.wrr("W-02").mrr())
    assert [row[4:] for row in fab.rows()["wafer_test"] if row[0] == "W-02"] == [(100, 90), (10, 5)]
    connection = sqlite3.connect(fab.database)
    assert connection.execute("SELECT tested, good FROM wafer_result WHERE wafer = 'W-02'").fetchall() == [(100, 95)]
    connection.close()


def check_parts_of_a_run(fab):
    """Files of one run add up: other start times, or the same one and other die; in any order, and each counts once however often it comes."""
    def bench(number, good=True, start=START, **mir):
        return Writer().far().mir(code="FT1", start=start, **mir).pir().prr(Part("", 1 if good else 4, flags=0 if good else FAILED, part_id=str(number))).mrr()
    for number, good in ((2, False), (1, True), (2, False), (3, True)):
        fab.load(bench(number, good, START + 100 * number), "--wafer", "W-01", name=f"part{number}.stdf")
    assert fab.rows()["wafer_test"] == [("W-01", "final", 1, clock(START + 100), 3, 2)], fab.rows()
    assert fab.rows()["wafer_bin"] == [("W-01", "final", 1, 1, 2), ("W-01", "final", 1, 4, 1)]
    paths = [fab.save(f"p{number}.stdf", bench(number, number != 2).bytes) for number in (1, 2, 3, 2)]
    fab.run("import", fab.database, *paths, "--wafer", "W-02")    # one start time, other ids
    assert [row[4:] for row in fab.rows()["wafer_test"] if row[0] == "W-02"] == [(3, 2)], fab.rows()
    # halves of a wafer, the second with a die of the first again
    halves = [Writer(True).far().mir(start=START + 10 * half).wir("W-03", START + 10 * half) for half in (0, 1)]
    for half, x, number in ((0, 0, 1), (0, 1, 2), (1, 1, 1), (1, 2, 2), (1, -1, 5)):
        halves[half].pir().prr(Part("W-03", number, x, half if x == -1 else 0, 0 if number == 1 else FAILED))
    for half in halves:
        half.wrr("W-03").mrr()
    for half in (1, 0, 1):
        fab.load(halves[half])
    found = fab.rows()
    assert [row[3:] for row in found["wafer_test"] if row[0] == "W-03"] == [(clock(START), 4, 2)], found
    assert [row[3] for row in found["die_map"] if row[0] == "W-03"] == [".112/5..."], found
    # a refused import of other counts leaves the lists of die as they are
    fab.run("import", fab.database, fab.save("wafer_test.csv", "wafer,stage,run,time,tested,good\nW-02,final,1,2027-01-15T08:00:00,30,20\n"), code=INPUT)
    connection = sqlite3.connect(fab.database)
    assert connection.execute("SELECT wafer, stage, run, COUNT(*) FROM stdf_file GROUP BY 1, 2, 3").fetchall() == [
        ("W-01", "final", 1, 3), ("W-02", "final", 1, 3), ("W-03", "sort", 1, 2)]
    connection.close()


def check_wafer_without_id(fab):
    """The name that is given is that of the one wafer whose WAFER_ID is empty."""
    w = Writer().far().mir().wir("").pir().prr(Part("", 1, 0, 0)).pir().prr(Part("", 2, 1, 0, FAILED)).wrr("").mrr()
    said = fab.refuse(w, f"byte {w.begins[2]}: a wafer without WAFER_ID in WIR and WRR", "its name has to be given; --wafer gives it")
    fab.load(w, "--wafer", "W-01")
    same(fab.rows(), simple_rows(hard=(1, 2)))
    two = Writer().far().mir().wir("").pir().prr(Part("", 1, 0, 0)).wrr("").wir("").pir().prr(Part("", 1, 0, 0)).wrr("").mrr()
    fab.refuse(two, f"byte {two.begins[6]}: a second wafer without a name", options=("--wafer", "W-01"))


def check_make_lots(fab):
    """Lots and wafers that no table has come from MIR and WIR when it is asked for; those that a table has stay."""
    fab.refuse(simple(Writer(), wafer="N-1", lot="NEW"), "lot NEW: PART_TYP 'D_AI6' of MIR is no source", "--source gives it", options=("--make-lots",))
    fab.refuse(simple(Writer(), wafer="N-1", lot=""), "LOT_ID of MIR is empty", options=("--make-lots",))
    fab.load(simple(Writer(), wafer="N-1", lot="NEW", product="CHIP"), "--make-lots")
    fab.load(simple(Writer(), wafer="N-2", lot="NEW"), "--make-lots")
    fab.load(simple(Writer(), wafer="N-3", lot="OTHER"), "--make-lots", "--source", "CHIP@R")
    fab.load(simple(Writer(), wafer="N-4", lot="LOT7"), "--make-lots")
    fab.load(simple(Writer(), wafer="W-01", lot="LOT8"), "--make-lots")
    connection = sqlite3.connect(fab.database)
    lots = connection.execute("SELECT lot, source, start_time, wafers, status, basis FROM lot ORDER BY lot").fetchall()
    wafers = connection.execute("SELECT wafer, lot FROM wafer WHERE basis = 'STDF' ORDER BY wafer").fetchall()
    connection.close()
    assert lots == [("LOT7", "CHIP@R", "2026-12-01T00:00:00", 4, "done", None), ("LOT8", "CHIP@R", "2026-12-01T00:00:00", 4, "done", None),
                    ("NEW", "CHIP@R", clock(START), 2, "done", "STDF"), ("OTHER", "CHIP@R", clock(START), 1, "done", "STDF")], lots
    assert wafers == [("N-1", "NEW"), ("N-2", "NEW"), ("N-3", "OTHER"), ("N-4", "LOT7")], wafers


def check_zero_bytes(fab):
    """0x00 over two records, and records within a part that STDF V4 does not have, are errors with their byte; fewer parts they never are."""
    w = simple(Writer(), hard=(1,) * 20)
    at = [n for n in range(len(w.begins)) if w.bytes[w.begins[n] + 2:w.begins[n] + 4] == b"\x05\x14"][7]
    begin, end = w.begins[at], w.begins[at + 2]
    fab.refuse(w.bytes[:begin] + b"\0" * (end - begin) + w.bytes[end:], f"byte {begin}: bytes of 0x00 where a record should begin")
    for kind, subtype, size, words in ((7, 7, 3, "a record of type 7.7 within a part"), (15, 10, 3, "of type 15.10 of 3 bytes, must be at least 6"),
                                       (20, 20, 9, "of type 20.20 of 9 bytes, must be at most 0")):
        w = Writer().far().mir().wir("W-01").pir()
        begin = len(w.bytes)
        fab.refuse(w.record(kind, subtype, tail=b"\x01" * size).prr(Part("W-01", 1, 0, 0)).wrr("W-01").mrr(), f"byte {begin}: ", words)


def check_counts(fab):
    """PRR against PCR, HBR and WRR, and PIR without PRR: warnings, whichever are there."""
    w = simple(Writer(), mrr=False).bin(1, 4, "P").bin(2, 1, "F").pcr(5, 4).pir().mrr()
    _, said = fab.load(w)
    for words in ("PCR counts 5 parts, the file has 3", "PCR counts 4 good parts, the file has 2", "HBR counts 5 parts, the file has 3", "1 part begins without results"):
        assert words in said, said
    _, said = fab.load(simple(Writer(), mrr=False).bin(1, 2, "P", 1, 0).bin(2, 1, "F", 1, 0).pcr(3, 2, 1, 0).mrr())
    assert "warning" not in said, said


def check_packed(fab):
    """What is packed otherwise than with gzip is named."""
    import bz2, io, zipfile
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("a.stdf", simple(Writer()).bytes)
    for name, content, words in (("a.stdf.bz2", bz2.compress(simple(Writer()).bytes), "compressed with bzip2"), ("lot.zip", packed.getvalue(), "a zip archive"),
                                 ("a.stdf", packed.getvalue(), "a zip archive")):
        fab.refuse(content, f"{name}: {words}: unpack it first", name=name)


def check_stage(fab):
    """--stage wins over what the file says; without it the file's words count."""
    fab.load(simple(Writer(), code="FT1"))
    fab.load(simple(Writer(), wafer="W-02"), "--stage", "final")
    fab.load(simple(Writer(), wafer="W-03", code="FT1"), "--stage", "sort")
    same(fab.rows(), together(simple_rows(stage="final"), simple_rows("W-02", stage="final"), simple_rows("W-03")))
    fab.refuse(simple(Writer()), "must be sort or final", options=("--stage", "probe"), code=USAGE)
    # packaged parts without a wafer: results are kept by wafer, and nothing says which
    w = Writer().far().mir(code="FT1")
    offset = len(w.pir().bytes)
    fab.refuse(w.prr(Part("", 1)).mrr(), f"byte {offset}: a part outside every wafer (no WIR on head 1)", "results are kept by wafer",
               options=("--stage", "final"))


def check_given(fab):
    """What the file does not say is given: the wafer of packaged parts, the run of a lone retest; and which bins."""
    w = Writer().far().mir(code="FT1")
    for number in (1, 1, 2):
        w.pir().prr(Part("", number, flags=0 if number == 1 else FAILED))
    fab.load(w.mrr(), "--wafer", "W-01")
    same(fab.rows(), {"wafer_test": [("W-01", "final", 1, clock(START - 100), 3, 2)], "wafer_bin": [("W-01", "final", 1, 1, 2), ("W-01", "final", 1, 2, 1)],
                      "die_map": []})
    fab.load(simple(Writer(), wafer="W-02", retest="Y"), "--run", "1")
    assert ("W-02", "sort", 1, clock(START), 3, 2) in fab.rows()["wafer_test"]
    fab.load(simple(Writer(), wafer="W-03"), "--soft-bins")
    assert [row[3:] for row in fab.rows()["wafer_bin"] if row[0] == "W-03"] == [(101, 2), (102, 1)]
    fab.refuse(simple(Writer(), wafer="W-04"), "run is 2000000001, must be 1 to 2000000000", options=("--run", "2000000001"), code=USAGE)


def check_lot_in_name(fab):
    """With --lot-in-name a wafer is LOT-WAFER."""
    fab.refuse(simple(Writer(), wafer="01"), "wafer is '01', must be in table wafer")
    fab.load(simple(Writer(), wafer="01"), "--lot-in-name")
    fab.load(simple(Writer(True), wafer="02 ", lot=" LOT7 "), "--lot-in-name")
    fab.load(simple(Writer(), wafer="01", lot="LOT8"), "--lot-in-name", "--stage", "final")
    same(fab.rows(), together(simple_rows("LOT7-01"), simple_rows("LOT7-02"), simple_rows("LOT8-01", stage="final")))
    fab.refuse(simple(Writer(), wafer="01", lot=""), "LOT_ID", "empty", options=("--lot-in-name",))
    fab.refuse(simple(Writer(), wafer="01", lot="LOT9"), "wafer is 'LOT9-01', must be in table wafer (LOT", options=("--lot-in-name",))


def check_unknown(fab):
    """A wafer that the database does not have: one finding, with the file, the name and the nearest one."""
    w = Writer().far().mir(lot="LOT9")
    for wafer in ("W-05", "W-02", "other"):
        w.wir(wafer)
        for x in range(6):
            w.pir().prr(Part(wafer, x + 1, x, 0))
        w.wrr(wafer)
    said = fab.refuse(w.mrr(), "test.stdf: wafer W-05: wafer is 'W-05', must be in table wafer (W-0", "test.stdf: wafer other: wafer is 'other', must be in table wafer",
                      "2 findings; nothing was changed")
    assert "lots and wafers that no table has can be made of the test results; --make-lots does so" in said and len(said.splitlines()) == 4, said
    w = Writer().far().mir()
    for number in range(70):
        w.wir(f"X{number}").pir().prr(Part("", 1, 0, 0)).wrr("")
    fab.refuse(w.mrr(), "wafer is 'X0'", "... and 20 more", "70 findings; nothing was changed")
    fab.run("init", os.path.join(fab.folder, "empty.db"))
    said = fab.run("import", os.path.join(fab.folder, "empty.db"), fab.save("test.stdf", simple(Writer()).bytes), code=INPUT).stderr
    assert "must be in table wafer (it has no rows)" in said, said
    # with their lots and wafers in the same import they are known
    lots = fab.save("lot.csv", "lot,source,start_time,wafers,status\nLOT9,CHIP@R,2026-12-01T00:00:00,4,done\n")
    wafers = fab.save("wafer.csv", "wafer,lot\nW-05,LOT9\n")
    fab.run("import", fab.database, lots, wafers, fab.save("test.stdf", simple(Writer(), wafer="W-05").bytes))
    same(fab.rows(), simple_rows("W-05"))
    wafers = fab.save("wafer.csv", "wafer,lot\nW-06,LOT99\n")
    said = fab.run("import", fab.database, wafers, fab.save("test.stdf", simple(Writer(), wafer="W-06").bytes), code=INPUT).stderr
    assert "wafer.csv:2:6: lot is 'LOT99', must be in table lot (LOT9?)" in said and "1 finding; nothing" in said, said


def check_bins_that_contradict(fab):
    """Where table bin calls other bins good than the tester does, the finding names the file and the wafer."""
    fab.run("import", fab.database, fab.save("bin.csv", "item,bin,name,good\nCHIP,1,Good,1\nCHIP,2,Fair,1\nCHIP,3,Bad,0\n"))
    fab.refuse(simple(Writer()), "test.stdf: wafer W-01: good is '2', must be 3, the sum of its good bins", "1 finding; nothing was changed")
    fab.load(simple(Writer(), hard=(1, 1, 3)))
    same(fab.rows(), simple_rows(hard=(1, 1, 3)))


def check_corrected_file(fab):
    """A run that is imported again with other results is updated; bins that it no longer has count 0."""
    fab.load(simple(Writer(), hard=(1, 1, 2, 2)))
    summary, _ = fab.load(simple(Writer(), hard=(1, 2, 2, 2)))
    assert [summary[table]["rows_changed"] for table in TABLES] == [1, 2, 1], summary
    fab.load(simple(Writer(), hard=(1, 1, 1, 1)))
    rows = simple_rows(hard=(1, 1, 1, 1))
    rows["wafer_bin"].append(("W-01", "sort", 1, 2, 0))
    same(fab.rows(), rows)
    summary, _ = fab.load(simple(Writer(), hard=(1, 1, 1, 1)))
    assert not any(summary[table]["rows_changed"] + summary[table]["rows_added"] for table in TABLES), summary


def check_several_files(fab):
    """Many files make one import; a wafer that two of them have is named with both."""
    paths = [fab.save("a.stdf", simple(Writer()).bytes), fab.save("b.STDF", simple(Writer(True), wafer="W-02").bytes),
             fab.save("C.Std.GZ", gzip.compress(simple(Writer(), hard=(1, 2, 2), start=START + 99, retest="Y").bytes))]
    fab.run("import", fab.database, *paths)
    rows = together(simple_rows(), simple_rows("W-02"), simple_rows(hard=(1, 2, 2), start=START + 99, run=2))
    same(fab.rows(), rows)
    digest = fab.digest()
    fab.save("b.STDF", simple(Writer(), wafer="W-02").bytes[:-3])
    said = fab.run("import", fab.database, *paths, code=INPUT).stderr
    assert "b.STDF: byte " in said, said
    csv_path = fab.save("wafer_test.csv", "wafer,stage,run,time,tested,good\nW-03,sort,1,2027-01-01T00:00:00,3,2\n")
    said = fab.run("import", fab.database, csv_path, paths[0], code=INPUT).stderr
    assert "wafer_test.csv: table wafer_test is given by the STDF files already" in said, said
    said = fab.run("import", fab.database, paths[0], os.path.join(fab.folder, "absent.stdf"), code=INPUT).stderr
    assert "absent.stdf: No such file" in said, said
    assert fab.digest() == digest


def check_dry_run(fab):
    """--dry-run counts and changes nothing."""
    digest = fab.digest()
    summary, said = fab.load(simple(Writer()), "--dry-run")
    assert summary["wafer_test"]["rows_added"] == 1 and summary["wafer_bin"]["rows_added"] == 2 and fab.digest() == digest, summary
    assert "dry run: nothing was changed" in said
    fab.refuse(simple(Writer(), wafer="W-05"), "must be in table wafer", options=("--dry-run",))


def check_temporary_folder(fab):
    """Rows go to the store as they are read: nothing is written to the temporary folder, and one that is missing is no obstacle."""
    os.chmod(fab.temporary, 0o500)
    fab.load(simple(Writer()))
    assert not os.listdir(fab.temporary)
    fab.environment["TMPDIR"] = os.path.join(fab.folder, "missing")
    fab.load(simple(Writer(), wafer="W-02"))
    assert not os.path.exists(fab.environment["TMPDIR"])
    same(fab.rows(), together(simple_rows(), simple_rows("W-02")))


def check_truncation(fab):
    """A file that ends at any record, or within one, is refused with the byte where it ends or where the broken record begins."""
    fab.load(simple(Writer(), wafer="W-02"))
    for big in (False, True):
        w = simple(Writer(big), hard=(1, 2))
        ends = [*w.begins[1:], len(w.bytes)]
        r = random.Random(big)
        for begin, end in zip(w.begins, ends):
            absent = "no file attributes record" if begin == 0 else "the file ends without a master results record (MRR)"
            fab.refuse(w.bytes[:begin], f"test.stdf: byte {begin}: {absent}")
            for size in sorted({begin + 1, begin + 4, end - 1, r.randrange(begin + 1, end)} - {end}):
                fab.refuse(w.bytes[:size], f"test.stdf: byte {begin}: {absent if begin == 0 else 'the file ends within'}")
        packed = gzip.compress(w.bytes, mtime=0)
        for size in range(1, len(packed), 1 + len(packed) // 25):
            fab.refuse(packed[:size], "test.stdf.gz: byte ", name="test.stdf.gz")
    same(fab.rows(), simple_rows("W-02"))


def check_damage(fab):
    """Damage is refused with its byte."""
    w = Writer().far().mir()
    at = len(w.bytes)
    fab.refuse(w.wir("W" * 9).bytes[:-9] + w.bytes[:4], f"byte {at}: the file ends within a record of type 2.10")
    w.bytes = w.bytes[:-10] + b"\xc8" + w.bytes[-9:]
    fab.refuse(w.mrr(), f"byte {at}: a field of this record of type 2.10 goes beyond its end")
    w = Writer().far().mir().wir("W-01").pir()
    at = len(w.bytes)
    fab.refuse(w.record(5, 20, "BBB", 1, 0, 0).mrr(), f"byte {at}: part results (PRR) of 3 bytes")
    fab.refuse(simple(Writer()).bytes.replace(b"\x02\x04", b"\x02\x03", 1), "byte 5: STDF version 3, must be 4")
    fab.refuse(simple(Writer().far(), mrr=False).mrr(), "byte 6: a second file attributes record")
    fab.refuse(b"wafer,lot\nW-01,LOT7\n", "byte 0: no file attributes record: this is not an STDF file")
    fab.refuse(Writer().far().wir("W-01").wrr("W-01").mrr(), "byte 6: results before the master information record (MIR)")
    packed = bytearray(gzip.compress(simple(Writer()).bytes, mtime=0))
    packed[-6] ^= 0xFF      # of the checksum
    fab.refuse(bytes(packed), "byte ", "damaged", name="test.stdf.gz")


# ---- odd files that testers write ----


def check_odd_endings(fab):
    """WRR may be missing; MRR may not, and nothing may follow it."""
    w = Writer().far().mir().wir("W-01").pir().prr(Part("W-01", 1, 0, 0)).pir().prr(Part("W-01", 4, 1, 0, FAILED)).mrr()
    fab.load(w)
    same(fab.rows(), simple_rows(hard=(1, 4)))
    whole = simple(Writer()).bytes
    fab.refuse(simple(Writer(), mrr=False), f"byte {len(simple(Writer(), mrr=False).bytes)}: the file ends without a master results record (MRR)")
    for garbage, words in ((b"\0", "within the header"), (b"\0" * 512, "behind the master results record"), (whole, "behind the master results record"),
                           (os.urandom(3), "within the header")):
        fab.refuse(whole + garbage, f"byte {len(whole)}: ", words)


def check_odd_names(fab):
    """A wafer needs a name, in WIR or WRR; blanks around it are the tester's."""
    w = Writer().far().mir().wir("").pir().prr(Part("", 1, 0, 0)).wrr("   ").mrr()
    fab.refuse(w, f"byte {w.begins[2]}: a wafer without WAFER_ID in WIR and WRR")
    fab.refuse(simple(Writer(), wafer="W-01\t"), "is not 1 to 63 printable characters")
    fab.refuse(simple(Writer(), wafer="W\xff"), "is not 1 to 63 printable characters")
    fab.refuse(simple(Writer(), wafer="W" * 64), "is not 1 to 63 printable characters")
    fab.refuse(simple(Writer(), wafer='=1+1,"x"'), "wafer is '=1+1,\"x\"', must be in table wafer")
    fab.load(Writer().far().mir().wir("").pir().prr(Part("", 1, 0, 0)).wrr("  W-01  ").mrr())
    same(fab.rows(), simple_rows(hard=(1,)))


def check_odd_bins(fab):
    """Hardware bin 65535 is no bin of the standard: its parts count, with a warning."""
    _, said = fab.load(simple(Writer(), hard=(1, 65535, 2, 65535)))
    assert "warning: wafer W-01: 2 parts with bin 65535, must be at most 32767" in said, said
    same(fab.rows(), simple_rows(hard=(1, 65535, 2, 65535)))
    assert fab.rows()["die_map"] == [("W-01", "sort", 1, "1?2?")]


def check_odd_wafers(fab):
    """Several wafers a file, one of them twice, one without a part, one whose WRR counts otherwise; parts of sites in any order."""
    w = Writer(True).far().mir()
    parts = [Part("W-01", 1, x, 0, site=x % 3) for x in (2, 0, 1)] + [Part("W-01", 9, 3, 0, FAILED, site=255)]
    w.wir("W-01")
    for part in parts:
        w.pir(site=part.site)
    for part in parts:
        w.ptr(site=part.site).prr(part)
    w.wrr("W-01").wir("W-02", START + 10).wrr("W-02").wir("W-03", START + 20).pir().prr(Part("W-03", 1, 5, 5)).wrr("W-03", parts=7, good=6)
    w.wir("W-01", START + 30).pir().prr(Part("W-01", 1, 3, 0, BY_PLACE)).wrr("W-01")
    _, said = fab.load(w.mrr())
    assert "warning: wafer W-02: no parts and no counts, left out" in said and "warning: wafer W-03: WRR counts 7 parts and 6 good ones" in said, said
    parts += [Part("W-01", 1, 3, 0), Part("W-03", 1, 5, 5)]
    same(fab.rows(), expect(parts, {"W-01": START, "W-03": START + 20}))


def check_odd_records(fab):
    """Records nobody reads are passed over by their length, whatever is in them: unknown types, length 0, 65535 bytes."""
    w = Writer().far().record(0, 30, "S", "V4-2007").mir()
    w.record(180, 99, tail=os.urandom(65535)).record(180, 99).record(50, 30).record(15, 10).record(15, 20, tail=b"\x05\x14" * 900).record(20, 20)
    w.wir("W-01").record(1, 60, tail=b"\xff" * 7).pir().record(15, 15, tail=b"\x02\x0a" * 300)
    w.prr(Part("W-01", 1, 0, 0)).record(1, 40).record(1, 30).record(2, 30).wrr("W-01").record(10, 30).mrr()
    fab.load(w)
    same(fab.rows(), simple_rows(hard=(1,)))
    for kind, subtype, words in ((5, 20, "part results (PRR) of 0 bytes"), (5, 10, "a record of type 5.10 of 0 bytes, must be at least 2"), (2, 20, "wafer results (WRR) on head 0, where no wafer is open")):
        w = Writer().far().mir().wir("W-01")
        at = len(w.bytes)
        fab.refuse(w.record(kind, subtype).mrr(), f"byte {at}: {words}")


def check_short_records(fab):
    """Records that end early have their defaults."""
    w = Writer(True).far().record(1, 10, "II", START, START + 5).record(2, 10, "BBIS", 1, 255, START, "W-01")
    w.record(5, 20, "BBBHH", 1, 0, 0, 1, 1).record(5, 20, "BBBHHHhh", 1, 0, FAILED, 1, 6, 65535, 1, 1)
    w.record(2, 20, "BBI", 1, 255, START + 9).record(1, 20, "I", 0)
    fab.load(w)
    same(fab.rows(), {"wafer_test": [("W-01", "sort", 1, clock(START), 2, 1)], "wafer_bin": [("W-01", "sort", 1, 1, 1), ("W-01", "sort", 1, 6, 1)],
                      "die_map": [("W-01", "sort", 1, "6")]})


def check_retest_by_id(fab):
    """A part that says it repeats an id supersedes every earlier one of that id, whatever lies between or follows."""
    parts = [Part("W-01", 9, flags=FAILED, part_id="7"), Part("W-01", 8, flags=FAILED, part_id="7"), Part("W-01", 1, 4, 4, BY_ID, "7"),
             Part("W-01", 2, 4, 4, FAILED, "8")]
    w = Writer().far().mir().wir("W-01")
    for part in parts:
        w.pir().prr(part)
    fab.load(w.wrr("W-01", parts=1, good=0).mrr())
    same(fab.rows(), {"wafer_test": [("W-01", "sort", 1, clock(START), 1, 0)], "wafer_bin": [("W-01", "sort", 1, 2, 1)], "die_map": [("W-01", "sort", 1, "2")]})


def main():
    program = os.path.abspath(sys.argv[1])
    first, last = (int(sys.argv[2]), int(sys.argv[3])) if len(sys.argv) > 3 else (1, 12)
    checks = [(name, check) for name, check in globals().items() if name.startswith("check_") and name != "check_floors"]
    checks += [(f"check_floors {seed}", lambda fab, seed=seed: check_floors(fab, [seed])) for seed in range(first, last + 1)]
    failures = 0
    with tempfile.TemporaryDirectory(prefix="fabplan-test-") as folder:
        os.mkdir(os.path.join(folder, "base"))
        base = Fab.make(program, os.path.join(folder, "base"))
        for number, (name, check) in enumerate(checks):
            os.mkdir(place := os.path.join(folder, str(number)))
            shutil.copy(base.database, place)
            try:
                check(Fab(program, place))
            except Exception:   # every check is run and told
                failures += 1
                print(f"FAILED {name}: {traceback.format_exc()}")
    print(f"{len(checks) - failures} passed, {failures} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
