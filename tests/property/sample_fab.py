#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sample_fab.py FABPLAN [SEEDS]: drawn fabs are what they are said to be.

The folder of `fabplan sample fab` imports without findings and with the one warning about policies; it has what its help names, in the numbers that were asked for; the load of the orders on the tool groups, worked
out anew from the files (support/fab_load.py), is the one asked for; the same seed gives the same bytes, those that are kept here too. A small fab is solved to proof: with tools enough nothing is short, with too many
orders something is. With SEEDS so many more seeds and sizes, each also solved by the second formulation (by hand).
"""
import csv
import hashlib
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import fab_load  # noqa: E402

FABPLAN = os.path.abspath(sys.argv[1])
MORE = int(sys.argv[2]) if len(sys.argv) > 2 else 0
SIZES = {"small": (10, 12, 40), "medium": (50, 52, 150), "mid": (100, 78, 250), "large": (200, 104, 400)}
LOADS = {"balanced": 0.95, "overloaded": 1.3}
KEPT = "9871ec748638ea59f497aeafa5cd2d7456799a24e24687a5115be25c1f3bf6f4"


def run(*words, code=0):
    done = subprocess.run([FABPLAN, *words], capture_output=True, text=True, check=False)
    assert done.returncode == code, (words, done.returncode, done.stderr)
    return done


def read(folder, table):
    with open(os.path.join(folder, table + ".csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def digest(folder):
    whole = hashlib.sha256()
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            whole.update(name.encode() + b"\0" + file.read())
    return whole.hexdigest()


def draw(folder, *words):
    return json.loads(run("sample", "fab", *words, "-o", folder, "--json").stdout)


def check_numbers(folder, answer, products, periods, groups):
    rows = {row["table"]: row["rows"] for row in answer["tables"]}
    assert sorted(rows) == sorted(name[:-4] for name in os.listdir(folder))
    for table, count in rows.items():
        cells = read(folder, table)
        assert count == len(cells) > 0, (table, count)
        assert all(row["basis"].startswith("simulated, seed ") for row in cells)
    assert sum(1 for row in read(folder, "item") if row["kind"] == "chip") == products
    assert rows["calendar"] == periods and rows["tool_group"] == groups
    weeks = read(folder, "calendar")
    assert weeks[0]["period"] == "2027-W01" and all(row["start_date"] < row["end_date"] for row in weeks)


def check_features(folder):
    """What the help names is there."""
    lines = {row["line"]: row for row in read(folder, "line")}
    assert {row["kind"] for row in lines.values()} == {"logic", "memory", "packaging", "external"}
    routes = {}
    for step in read(folder, "route_step"):
        routes.setdefault(step["route"], []).append(step["tool_group"])
    kinds = {row["route"]: lines[row["line"]]["kind"] for row in read(folder, "route")}
    for route, groups in routes.items():
        assert kinds[route] == "packaging" or len(set(groups)) < len(groups), (route, "does not come back")
    assert set(routes) == set(kinds)
    assert {group for groups in routes.values() for group in groups} == {row["tool_group"] for row in read(folder, "tool_group")}
    shares = {}
    for row in read(folder, "source_output"):
        shares[row["source"]] = shares.get(row["source"], 0) + float(row["share"])
    assert shares and all(abs(share - 1) < 1e-9 for share in shares.values())
    items = {row["item"]: row for row in read(folder, "item")}
    stacks = {row["item"]: row for row in read(folder, "bom") if row["component"].startswith("DRAM-")}
    assert {row["quantity"] for row in stacks.values()} <= {"8", "12", "16"} and all(item.endswith("-%sH" % row["quantity"]) for item, row in stacks.items())
    assert any(row["component"] in stacks and items[row["item"]]["kind"] == "chip" for row in read(folder, "bom"))
    for row in read(folder, "die"):                    # the reticle is 26 mm x 33 mm
        assert float(row["width_mm"]) <= 26 and float(row["height_mm"]) <= 33
    assert [row["name"] for row in read(folder, "customer")] == ["Tesla", "SpaceX", "xAI"]
    assert {row["customer"] for row in read(folder, "demand")} == {"TSL", "SPX", "XAI"}
    late = {row["max_late_days"] for row in read(folder, "demand")}
    assert "0" in late and len(late) > 1 and any("-MORE:" in row["demand"] for row in read(folder, "demand"))
    limits = read(folder, "source_limit")
    assert any(row["min_starts_per_week"] for row in limits) and any(not row["min_starts_per_week"] for row in limits)
    assert {row["source"] for row in limits} == {row["source"] for row in read(folder, "source") if not row["route"]}
    alternates = read(folder, "tool_alternate")
    assert any(row["step"] for row in alternates) and any(not row["route"] for row in alternates)


def check_load(folder, load):
    groups = fab_load.Load(folder).groups()
    full = [name for name, value in groups.items() if abs(value - load) <= 0.01 * load]
    assert len(full) >= len(groups) / 5, (len(full), len(groups))
    assert {name[0] for name in full} == {"L", "M", "P"}
    for name, value in groups.items():
        assert 0.5 * load <= value <= 1.01 * load, (name, value)


def check_import(folder):
    warnings = run("check", folder).stderr.splitlines()
    assert warnings[-1] == "no findings, 1 warning" and "only the policies" in warnings[0], warnings


def check_plan(folder, load):
    plan = json.loads(run("optimise", folder, "--values", "0", "--json", "-q").stdout)
    assert plan["status"] == "optimal" and plan["gap"] <= 1e-9 and plan["check"] == "verified", (plan["status"], plan["gap"])
    short, asked = (sum(row[cell] for row in plan["customers"]) for cell in ("units_short", "units_demanded"))
    assert (short <= 1e-6 * asked) == (load <= 1), (short, asked)


def small_fabs(place):
    for load in LOADS:
        folder = os.path.join(place, load)
        answer = draw(folder, "--load", load)
        check_numbers(folder, answer, *SIZES["small"])
        check_features(folder)
        check_load(folder, LOADS[load])
        check_import(folder)
        check_plan(folder, LOADS[load])
    again = os.path.join(place, "again")
    draw(again, "--size", "small", "--load", "0.95", "--seed", "1")
    assert digest(again) == digest(os.path.join(place, "balanced")) == KEPT, digest(again)
    other = os.path.join(place, "other")
    draw(other, "--seed", "2")
    assert digest(other) != KEPT
    before = digest(again)
    refused = run("sample", "fab", "-o", again, code=2).stderr
    assert "again" in refused and digest(again) == before
    assert sorted(os.listdir(place)) == ["again", "balanced", "other", "overloaded"]


def sizes(place):
    for size in SIZES:
        folder = os.path.join(place, "size " + size)
        check_numbers(folder, draw(folder, "--size", size), *SIZES[size])
        if size == "medium" or MORE:
            check_features(folder)
            check_load(folder, 0.95)
            check_import(folder)
    for number, (products, periods, groups) in enumerate(((3, 4, 12), (3, 5, 60)) + (((37, 9, 13), (11, 30, 90)) if MORE else ())):
        folder = os.path.join(place, "shape %d" % number)
        answer = draw(folder, "--products", str(products), "--periods", str(periods), "--tool-groups", str(groups), "--load", "0.7", "--seed", str(number + 3))
        check_numbers(folder, answer, products, periods, groups)
        check_load(folder, 0.7)
        check_import(folder)


def more(place):
    for seed in range(100, 100 + MORE):
        for load in LOADS:
            folder = os.path.join(place, "%d %s" % (seed, load))
            draw(folder, "--load", load, "--seed", str(seed))
            check_features(folder)
            check_load(folder, LOADS[load])
            check_import(folder)
            check_plan(folder, LOADS[load])
            subprocess.run([sys.executable, os.path.join(HERE, "..", "oracle", "compare.py"), FABPLAN, "--data", folder], check=True, stdout=subprocess.DEVNULL)


def main():
    with tempfile.TemporaryDirectory() as place:
        small_fabs(place)
        sizes(place)
        more(place)
    print("drawn fabs are what they are said to be")


if __name__ == "__main__":
    main()
