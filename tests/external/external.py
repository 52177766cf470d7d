#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""external.py FABPLAN SOURCE (SOLVER... [--more] | liars): plans by other solvers.

SOLVER (clp, cbc, highs, glpsol): every optimum is that of fabplan's own ways, proven, with the solver in the versions and outside of the content's hash. highs is the npm package `highs` behind highs.js, from
HIGHS_PACKAGE or build/npm (scripts/packages test puts it there); where it is missing and cannot be had, the test is skipped (exit code 77). glpsol is called in fabplan's own format by this file.
--more: larger fabs for all solvers, and more liars, by hand. liars: programs that give a wrong optimum, wrong multipliers, garbage or nothing, that hang or die, are refused each time; nothing is stored, no file and no process is left.
"""
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SAME = 1e-9
SKIPPED = 77
PINNED = "highs@1.15.3"


class Fabplan:
    def __init__(self, program, place):
        self.program, self.place, self.env = os.path.abspath(program), place, dict(os.environ)
        self.env["TMPDIR"] = os.path.join(place, "tmp")
        os.makedirs(self.env["TMPDIR"], exist_ok=True)

    def run(self, *words):
        done = subprocess.run([self.program, *words], cwd=self.place, env=self.env, capture_output=True, text=True, check=False)
        assert not os.listdir(self.env["TMPDIR"]), (words, "files are left", os.listdir(self.env["TMPDIR"]))
        return done

    def plan(self, data, *words, code=0):
        done = self.run("optimise", data, "--values", "0", "--json", "-q", *words)
        assert done.returncode == code, (data, words, done.returncode, done.stderr)
        return json.loads(done.stdout)


# ---- solvers that do what they can

def find_highs(source):
    package = os.environ.get("HIGHS_PACKAGE") or os.path.join(source, "build", "npm", "node_modules", "highs")
    if not shutil.which("node"):
        return None, "there is no node"
    if not os.path.isdir(package) and shutil.which("npm"):
        subprocess.run(["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", os.path.join(source, "build", "npm"), PINNED], capture_output=True, timeout=120, check=False)
    return (package, None) if os.path.isdir(package) else (None, "the npm package %s cannot be had" % PINNED)


def add_highs(fabplan, package):
    folder = os.path.join(fabplan.place, "bin")
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "highs")
    with open(path, "w", encoding="utf-8") as file:
        file.write('#!/bin/sh\nHIGHS_PACKAGE="%s" exec node "%s" "$@"\n' % (package, os.path.join(HERE, "highs.js")))
    os.chmod(path, 0o755)
    fabplan.env["PATH"] = folder + os.pathsep + fabplan.env["PATH"]


def glpsol(program, answer):
    """fabplan's own format, from glpsol: values and multipliers with its 17 digits, and its basis."""
    out = answer + ".glp"
    subprocess.run(["glpsol", "--freemps", program, "--write", out], stdout=subprocess.DEVNULL, check=True)
    with open(out, encoding="utf-8") as file, open(answer, "w", encoding="utf-8") as written:
        for words in map(str.split, file):
            if words[0] == "s":
                written.write("status %s\n" % {"f": "optimal"}.get(words[4], "infeasible"))
            elif words[0] == "i":
                written.write("R%s %s %s\n" % (words[1], words[4], words[2]))
            elif words[0] == "j":
                written.write("C%s %s %s\n" % (words[1], words[3], words[2]))


def data_sets(fabplan, source, more):
    yield os.path.join(source, "data", "mini"), ()
    fabplan.run("sample", "fab", "--products", "4", "--periods", "6", "--tool-groups", "14", "--load", "overloaded", "--seed", "11", "-o", "small", "-q")
    yield "small", ()
    if more:
        fabplan.run("sample", "fab", "--load", "overloaded", "--seed", "11", "-o", "larger", "-q")
        yield "larger", ()
    for seed in ("3", "8", "21")[:3 if more else 1]:
        subprocess.run([sys.executable, os.path.join(source, "tests", "support", "random_fab.py"), "--seed", seed, os.path.join(fabplan.place, "fab" + seed)], check=True)
        yield "fab" + seed, ("--policy", "priority")


def check_solvers(fabplan, source, solvers, more):
    """solvers: {name: how it is called}."""
    for data, words in data_sets(fabplan, source, more):
        own = fabplan.plan(data, *words)
        for name, called in solvers.items() if more or data.endswith("mini") else list(solvers.items())[:1]:
            other = fabplan.plan(data, *words, "--solver", called)
            assert own["status"] == other["status"] == "optimal" and other["check"] == "verified" and other["gap"] <= 1e-9, (name, data, words)
            for figure in ("objective_usd", "profit_usd"):
                assert abs(own[figure] - other[figure]) <= SAME * max(1, abs(own[figure])), (name, data, words, figure, own[figure], other[figure])
    for name, called in list(solvers.items())[:None if more else 1]:
        check_stored(fabplan, source, name, called)
        check_no_plan(fabplan, source, name, called)


def check_stored(fabplan, source, name, called):
    """What a plan keeps of its solver; two plans of one database, whose digests say that they are the same."""
    for words in (("init", "fab.db"), ("import", "fab.db", os.path.join(source, "data", "mini")), ("optimise", "fab.db"), ("optimise", "fab.db", "--solver", called), ("doctor", "fab.db")):
        done = fabplan.run(*words, "-q")
        assert done.returncode == 0, (words, done.stderr)
    with sqlite3.connect(os.path.join(fabplan.place, "fab.db")) as database:
        (own,), (other,) = database.execute("SELECT versions FROM plan ORDER BY plan").fetchall()
        hashes = {row["content_sha256"] for row in json.loads(fabplan.run("plans", "fab.db", "--json").stdout)["plans"]}
    database.close()
    assert "solver" not in own and re.search(r", solver %s( [\d.]+)?$" % re.escape(called), other), (own, other)
    assert name == "glpsol" or re.search(r"[\d.]+$", other), other
    assert len(hashes) == 1, hashes
    os.remove(os.path.join(fabplan.place, "fab.db"))


def check_no_plan(fabplan, source, name, called):
    """Promises that cannot be kept: proven, whoever solves."""
    folder = os.path.join(fabplan.place, "hard")
    shutil.copytree(os.path.join(source, "data", "mini"), folder)
    path = os.path.join(folder, "demand.csv")
    with open(path, encoding="utf-8") as file:
        head, *rows = file.read().splitlines()
    if "min_fill" not in head.split(","):
        head, rows = head + ",min_fill", [row + ",1" for row in rows]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join([head, *rows]) + "\n")
    own, other = (fabplan.plan("hard", "--hard", *words, code=4) for words in ((), ("--solver", called)))
    assert own["status"] == other["status"] == "infeasible", (name, own["status"], other["status"])
    assert abs(own["violation"] - other["violation"]) <= 1e-7 * max(1, own["violation"]), (name, own["violation"], other["violation"])
    shutil.rmtree(folder)


# ---- solvers that do not

RIGHT = {"C1": 168, "C2": 168, "C3": 0, "C4": 0, "C5": 0, "C6": 0, "C7": 42, "C8": 58, "C9": 84, "C10": 16}       # of data/mini
PRICES = {"R1": 100, "R2": 100, "R3": -40, "R4": -15, "R5": 0, "R6": 0}
NONE = {"C8": 100, "C10": 100}
WRONG, BROKEN, NO_LIMIT = "is refused", "solver", "limit"


def text(values, status="optimal"):
    return "status %s\n" % status + "".join("%s %s\n" % pair for pair in values.items())


def liars(more):
    """name: (what it writes, what it does besides, exit code, what is said). More of them are by hand: what a file may hold is tested in tests/unit/lp/test_external.c."""
    yield "nothing made, which is possible", text({**NONE, **PRICES}), "", 6, "do not prove that it is the best"
    yield "nothing made, without multipliers", text(NONE), "", 6, "there is a better one|it is not proven"
    yield "more than the tools can", text({**RIGHT, "C1": 300, **PRICES}), "", 6, "limits do not hold"
    yield "multipliers of nothing", text({**RIGHT, **dict.fromkeys(PRICES, 0)}), "", 6, "do not prove"
    yield "no limits can hold", text({}, "infeasible"), "", 6, "which is not proven"
    yield "nothing at all", None, "", 6, "was not written"
    yield "words", "the answer is 42, of course\n", "", 6, "neither two words nor three"
    yield "an error code", text({**RIGHT, **PRICES}), "echo out of licences; exit 3", 6, "ended with code 3; the last it said: out of licences"
    yield "it dies", text({**RIGHT, **PRICES}), "kill -SEGV $$", 6, "ended by signal 11"
    yield "it hangs and has children", None, "sleep 1000 & sleep 1000 & wait", 5, "time|limit"
    yield "it ends and leaves a child", None, "sleep 1000 >/dev/null 2>&1 & exit 0", 6, "was not written"
    yield "it says that its limit was reached", text({}, "limit"), "", 5, "time|limit"
    if not more:
        return
    yield "all nothing", text(dict.fromkeys(RIGHT, 0)), "", 6, "limits do not hold"
    yield "below a limit", text({**RIGHT, "C3": -5, **PRICES}), "", 6, "limits do not hold"
    yield "multipliers with the other sign", text({**RIGHT, **{row: -price for row, price in PRICES.items()}}), "", 6, "do not prove"
    yield "multipliers thrice as large", text({**RIGHT, **{row: 3 * price for row, price in PRICES.items()}}), "", 6, "do not prove"
    yield "an empty file", "", "", 6, "has no values|does not say"
    yield "a status alone", "status optimal\n", "", 6, "has no values"
    yield "an unknown status", text(RIGHT, "splendid"), "", 6, "does not say"
    yield "no status", text(RIGHT)[len("status optimal\n"):], "", 6, "does not say"
    yield "other names", "status optimal\nx 1\n", "", 6, "none of the program's"
    yield "a column too many", "status optimal\nC11 1\n", "", 6, "none of the program's"
    yield "no number", "status optimal\nC1 nan\n", "", 6, "a number is wrong"
    yield "infinity", "status optimal\nC1 inf\n", "", 6, "a number is wrong"
    yield "a number beyond all", "status optimal\nC1 1e999\n", "", 6, "a number is wrong"
    yield "a large number", text({**RIGHT, "C1": "1e300"}), "", 6, "limits do not hold"
    yield "a status of a column that is none", "status optimal\nC1 1 x\n", "", 6, "status is none of"
    yield "bytes", "\x00\x01\x02" * 4000, "", 6, "too long|has no values|neither"
    yield "a line without end", "status optimal\nC1 1" + "1" * 100000 + "\n", "", 6, "too long"
    yield "it is killed", None, "kill -KILL $$", 6, "ended by signal 9"
    yield "it hangs", None, "sleep 1000", 5, "time|limit"


def write_liar(fabplan, said, does):
    path = os.path.join(fabplan.place, "liar")
    with open(path + ".txt", "wb") as file:
        file.write((said or "").encode("latin-1"))
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\necho $$ >'%s.pid'\n%s%s\n" % (path, "cat '%s.txt' >\"$2\"\n" % path if said is not None else "", does))
    os.chmod(path, 0o755)
    return path


def expect_no_process(fabplan):
    """Nobody of the liar's group runs any more."""
    with open(os.path.join(fabplan.place, "liar.pid"), encoding="utf-8") as file:
        group = int(file.read())
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("processes of the solver are left")


def expect_no_plan(fabplan, data):
    plans = json.loads(fabplan.run("plans", data, "--json").stdout)["plans"]
    assert not plans, plans


def check_liars(fabplan, source, more):
    for words in (("init", "fab.db"), ("import", "fab.db", os.path.join(source, "data", "mini"))):
        assert fabplan.run(*words, "-q").returncode == 0
    count = 0
    for name, said, does, code, words in liars(more):
        path = write_liar(fabplan, said, does)
        limit = ("--time-limit", "1") if "sleep 1000" in does or code == 5 else ()
        done = fabplan.run("optimise", "fab.db", "--solver", path, *limit)
        assert done.returncode == code and re.search(words, done.stdout + done.stderr), (name, done.returncode, done.stdout, done.stderr)
        expect_no_process(fabplan)
        count += 1
    expect_no_plan(fabplan, "fab.db")
    check_honest(fabplan)
    check_interrupted(fabplan)
    check_absent(fabplan)
    return count


def check_honest(fabplan):
    """What misses the proof by rounding, or has no multipliers, or no basis, is polished."""
    for name, said in (("exact", text({**RIGHT, **PRICES})), ("without multipliers", text(RIGHT)), ("rounded", text({**RIGHT, "C1": 168.00001, "C7": 42.000003, **PRICES})),
                       ("rounded multipliers", text({**RIGHT, **PRICES, "R1": 100.0004, "R3": -40.0001}))):
        path = write_liar(fabplan, said, "")
        plan = fabplan.plan("fab.db", "--solver", path)
        assert plan["status"] == "optimal" and abs(plan["objective_usd"] - 9240) <= 1e-6, (name, plan["objective_usd"])
        expect_no_process(fabplan)


def check_interrupted(fabplan):
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        path = write_liar(fabplan, None, "sleep 1000 & wait")
        os.remove(path + ".pid")
        running = subprocess.Popen([fabplan.program, "optimise", "fab.db", "--solver", path, "-q"], cwd=fabplan.place, env=fabplan.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while not os.path.exists(path + ".pid") or not os.path.getsize(path + ".pid"):
            time.sleep(0.01)
        running.send_signal(number)
        _, said = running.communicate(timeout=60)
        assert running.returncode == code, (number, running.returncode, said)
        assert not os.listdir(fabplan.env["TMPDIR"])
        expect_no_process(fabplan)


def check_absent(fabplan):
    for solver, words in (("nobody-has-this", "there is no such program on the PATH"), ("./no/such", "there is no such program that can be run"), (".", "no such program"), (fabplan.place + "/fab.db", "can be run")):
        done = fabplan.run("optimise", "fab.db", "--solver", solver)
        assert done.returncode == 2 and words in done.stderr, (solver, done.returncode, done.stderr)
    with open(os.path.join(fabplan.place, "unreadable"), "w", encoding="utf-8") as file:
        file.write("#!/no/such/interpreter\n")
    os.chmod(os.path.join(fabplan.place, "unreadable"), 0o755)
    done = fabplan.run("optimise", "fab.db", "--solver", "./unreadable")
    assert done.returncode == 2 and "cannot be run" in done.stderr, (done.returncode, done.stderr)


def call(fabplan, source, solver):
    """How fabplan is to call it; None, and why, where it is missing."""
    if solver == "highs":
        package, why = find_highs(source)
        if package:
            add_highs(fabplan, package)
        return (solver if package else None), why
    if solver != "glpsol":
        return (solver if shutil.which(solver) else None), "there is no %s (scripts/packages test)" % solver
    path = os.path.join(fabplan.place, "glpsol-for-fabplan")
    with open(path, "w", encoding="utf-8") as file:
        file.write('#!/bin/sh\nexec "%s" "%s" --glpsol "$1" "$2"\n' % (sys.executable, os.path.abspath(__file__)))
    os.chmod(path, 0o755)
    return path, None


def main():
    program, source, names = sys.argv[1], os.path.abspath(sys.argv[2]), [name for name in sys.argv[3:] if name != "--more"]
    with tempfile.TemporaryDirectory() as place:
        fabplan = Fabplan(program, place)
        if names == ["liars"]:
            print("%d programs that lie, fail or hang: refused, and nothing is left" % check_liars(fabplan, source, "--more" in sys.argv))
            return 0
        solvers = {}
        for name in names:
            solvers[name], why = call(fabplan, source, name)
            if not solvers[name]:
                print("skipped: %s" % why)
                return SKIPPED
        check_solvers(fabplan, source, solvers, "--more" in sys.argv)
        print("%s: the same optima, proven" % ", ".join(names))
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "--glpsol":
        glpsol(*sys.argv[2:])
    else:
        sys.exit(main())
