#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""method.py FABPLAN SOURCE FIRST_SEED LAST_SEED [--terafab]: two methods, one optimum.

data/mini and random fabs are planned by `--method simplex` and `--method interior`: the same outcome, both proven, optima that agree within what the proofs leave (1e-9), bounds that no other plan is above; what was done and why stands
in the plan's versions, outside of its content digest; `auto` is the simplex method here, and gives its bytes. --terafab: data/terafab by the interior point alone, 27,786,015,998 USD.
"""
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
GAP = 1e-9
TERAFAB_USD = 27786015998


def run(fabplan, *words):
    done = subprocess.run([fabplan, *words], capture_output=True, text=True)
    assert done.returncode in (0, 4, 5), (words, done.returncode, done.stderr)
    return done


def plan(fabplan, data, *words):
    done = run(fabplan, "optimise", data, "--json", "--no-times", "--values", "0", "-v", *words)
    return done.returncode, json.loads(done.stdout), done.stderr


def near(a, b):
    return abs(a - b) <= GAP * max(1, abs(a), abs(b))


def compare(fabplan, data):
    """True when the interior point did it by itself."""
    simplex_code, simplex, _ = plan(fabplan, data, "--method", "simplex")
    code, interior, said = plan(fabplan, data, "--method", "interior")
    assert code == simplex_code and interior["status"] == simplex["status"], (data, code, simplex_code)
    assert "method as asked: interior point" in said, said
    if code != 0:
        return "CHOLMOD" in said
    assert interior["gap"] <= GAP and interior["check"] == "verified", interior["gap"]
    assert near(interior["objective_usd"], simplex["objective_usd"]), (data, interior["objective_usd"], simplex["objective_usd"])
    assert interior["objective_usd"] <= simplex["bound_usd"] + GAP * max(1, abs(simplex["bound_usd"])), data
    assert simplex["objective_usd"] <= interior["bound_usd"] + GAP * max(1, abs(interior["bound_usd"])), data
    for plan_ in (interior, simplex):
        for row in plan_["stock"]:
            assert row["closing"] >= -1e-6, row
    return "interior point: no verified answer" not in said.split("method as asked")[1]


def check_provenance(fabplan, data, folder):
    """versions of five plans: simplex by size says nothing, what is asked for is named, and digests do not know."""
    database = os.path.join(folder, "fab.db")
    run(fabplan, "init", database, "-q")
    run(fabplan, "import", database, data, "-q")
    for words in ((), ("--method", "auto"), ("--method", "simplex"), ("--method", "interior"), ("--method", "interior"), ("--method", "interior", "--integer")):
        assert run(fabplan, "optimise", database, "-q", "--values", "0", *words).returncode == 0
    with sqlite3.connect(database) as connection:
        versions = [row[0] for row in connection.execute("SELECT versions FROM plan ORDER BY plan")]
        digests = [row[0] for row in connection.execute("SELECT content_sha256 FROM plan_hash ORDER BY plan")]
        options = [row[0] for row in connection.execute("SELECT options FROM plan ORDER BY plan")]
    connection.close()
    assert versions[0] == versions[1] and "method" not in versions[0], versions
    assert versions[2] == versions[0] + ", method simplex (as asked)", versions[2]
    assert versions[3].startswith(versions[0] + ", method interior (as asked), CHOLMOD ") and ", OpenBLAS " in versions[3], versions[3]
    assert digests[0] == digests[1] == digests[2] and digests[3] == digests[4] != digests[0], digests
    assert versions[5] == versions[0] + ", method simplex (whole tools)", versions[5]
    assert len(set(options[:5])) == 1, options
    done = run(fabplan, "doctor", database)
    assert done.returncode == 0, done.stdout + done.stderr


def check_terafab(fabplan, source):
    code, found, _ = plan(fabplan, os.path.join(source, "data", "terafab"), "--method", "interior")
    assert code == 0 and found["status"] == "optimal" and found["gap"] <= GAP and round(found["objective_usd"]) == TERAFAB_USD, (code, found["gap"], found["objective_usd"])


def main():
    words = [word for word in sys.argv[1:] if word != "--terafab"]
    fabplan, source, first, last = words[0], words[1], int(words[2]), int(words[3])
    mini = os.path.join(source, "data", "mini")
    alone = 0
    with tempfile.TemporaryDirectory() as folder:
        check_provenance(fabplan, mini, folder)
        assert compare(fabplan, mini)
        for seed in range(first, last + 1):
            data = os.path.join(folder, str(seed))
            subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), data], check=True)
            alone += compare(fabplan, data)
    refused = subprocess.run([fabplan, "optimise", mini, "--method", "barrier"], capture_output=True, text=True)
    assert refused.returncode == 2 and "methods are: auto, interior, simplex" in refused.stderr, refused.stderr
    print(f"{last - first + 1} fabs: both methods agree; the interior point alone proved {alone}")
    assert alone >= 0.9 * (last - first + 1), alone
    if "--terafab" in sys.argv:
        check_terafab(fabplan, source)


if __name__ == "__main__":
    main()
