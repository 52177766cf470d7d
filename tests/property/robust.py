#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""robust.py FABPLAN FIRST_SEED LAST_SEED: one set of tools for many futures is the optimum of the extensive form.

On random fabs: each future is planned by itself and its program written (`model --mps`); the extensive form is put together from these files here, orders and removals of tools shared, the rest for each future, the objective
the mean by weight, and glpsol solves it. The same with the tools of the base's own optimum gives the value of the stochastic solution. The stored plan has these tools and is proven again by doctor.
"""
import collections
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
SAME = 1e-7  # glpsol stops at tolerances of its own

FUTURES = (("base", 0, None), ("more", 1, "demand,*,quantity,scale,2.5"), ("less", 2, "demand,*,quantity,scale,0.3"), ("dear", 1.5, "demand,*,price_usd,scale,1.5"), ("slow", 1, "tool_group,*,lead_time_days,add,3"))


class Program:
    """A program as its MPS file has it, which minimises."""

    def __init__(self, path):
        self.kind, self.right, self.ranges, self.bounds = {}, {}, {}, collections.defaultdict(list)
        self.columns = collections.defaultdict(dict)
        self.objective, section = None, None
        with open(path, encoding="utf-8") as file:
            for line in file:
                words = line.split()
                if not words or line.startswith("*"):
                    continue
                if not line.startswith(" "):
                    section = words[0]
                elif section == "ROWS":
                    self.kind[words[1]] = words[0]
                    self.objective = words[1] if words[0] == "N" else self.objective
                elif section == "COLUMNS" and "'MARKER'" not in line:
                    for row, value in zip(words[1::2], words[2::2]):
                        self.columns[words[0]][row] = float(value)
                elif section == "RHS":
                    self.right.update(zip(words[1::2], words[2::2]))
                elif section == "RANGES":
                    self.ranges.update(zip(words[1::2], words[2::2]))
                elif section == "BOUNDS":
                    self.bounds[words[2]].append((words[0], words[3] if len(words) > 3 else None))


def is_tool(name):
    return name.startswith(("n[", "r["))


def write_extensive(path, programs, weights, fixed):
    """fixed: tools by name, or None."""
    shared = set.intersection(*({name for name in program.columns if is_tool(name)} for program in programs))
    whole = sum(weights)
    rows, columns, right, ranges, bounds = ["N obj"], collections.defaultdict(list), [], [], {}
    for f, (program, weight) in enumerate(zip(programs, weights)):
        rows += [f"{kind} {row}#{f}" for row, kind in program.kind.items() if kind != "N"]
        right += [f"{row}#{f} {value}" for row, value in program.right.items()]
        ranges += [f"{row}#{f} {value}" for row, value in program.ranges.items()]
        for name, terms in program.columns.items():
            if is_tool(name) and name not in shared:
                continue
            own = name if is_tool(name) else f"{name}#{f}"
            for row, value in terms.items():
                columns[own].append(("obj", value * weight / whole) if row == program.objective else (f"{row}#{f}", value))
            if is_tool(name):
                upper = [float(value) for kind, value in program.bounds[name] if kind == "UP"]
                bounds[own] = [("UP", repr(max([float(found) for _, found in bounds.get(own, [])] + upper)))] if upper else []
            else:
                bounds[own] = program.bounds[name]
    for name in shared if fixed is not None else ():
        bounds[name] = [("FX", repr(fixed.get(name, 0.0)))]
    with open(path, "w", encoding="utf-8") as file:
        file.write("NAME extensive\nROWS\n" + "".join(f" {row}\n" for row in rows) + "COLUMNS\n")
        for name, terms in columns.items():
            money = sum(value for row, value in terms if row == "obj")
            terms = [(row, value) for row, value in terms if row != "obj"] + [("obj", money)]
            file.write("".join(f" {name} {row} {value!r}\n" for row, value in terms))
        file.write("RHS\n" + "".join(f" R {line}\n" for line in right) + "RANGES\n" + "".join(f" G {line}\n" for line in ranges) + "BOUNDS\n")
        file.write("".join(f" {kind} B {name}{' ' + value if value is not None else ''}\n" for name, list_ in bounds.items() for kind, value in list_) + "ENDATA\n")
    return shared


def glpsol(folder, mps):
    done = subprocess.run(["glpsol", "--freemps", mps, "--nopresol", "-w", "found.sol"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    with open(os.path.join(folder, "found.sol"), encoding="utf-8") as file:
        status = next(line.split() for line in file if line.startswith("s "))
    return -float(status[6]) if status[4:6] == ["f", "f"] else None


def tools_of(database, plan):
    rows = database.execute("SELECT family || '[' || key || ',' || period || ']', value FROM plan_column WHERE plan = ? AND family IN ('n', 'r')", (plan,))
    return {name.replace(' ', '_'): value for name, value in rows if value > 0}


def make_fab(folder, seed):
    """Seed 0: data/mini with testers that can be bought."""
    if seed > 0:
        subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), os.path.join(folder, "fab")], check=True)
        return
    shutil.copytree(os.path.join(HERE, "..", "..", "data", "mini"), os.path.join(folder, "fab"))
    with open(os.path.join(folder, "fab", "tool_group.csv"), "w", encoding="utf-8") as file:
        file.write("tool_group,line,name,tools,availability,max_utilisation,buyable,price_usd\nTESTER,FAB,Tester,1,1,1,1,150000\n")


def check_seed(fabplan, folder, seed):
    def run(*words):
        done = subprocess.run([fabplan, *words], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, f"seed {seed}: {words}: {done.stdout}{done.stderr}"
        return done

    make_fab(folder, seed)
    run("init", "fab.db", "-q")
    run("import", "fab.db", "fab", "-q")
    with open(os.path.join(folder, "s.csv"), "w", encoding="utf-8") as file:
        file.write("kind,name,weight,table,key,column,operation,values\n" + "".join(f"run,{name},{weight},{change}\n" for name, weight, change in FUTURES if change))
    programs = []
    for number, (name, _, change) in enumerate(FUTURES, 1):
        words = []
        if change:
            with open(os.path.join(folder, f"{name}.csv"), "w", encoding="utf-8") as file:
                file.write(f"scenario,number,table,key,column,operation,value\n{name},1,{change}\n")
            words = ["--scenario", f"{name}.csv"]
        plan = json.loads(run("optimise", "fab.db", "--values", "0", "--json", "-q", *words).stdout)
        run("model", "fab.db", "--plan", str(number), "--mps", f"{name}.mps", "-q")
        found = glpsol(folder, f"{name}.mps")
        if found is None or abs(found - plan["objective_usd"]) > SAME * max(1, abs(found)):
            return None  # a bound that is no limit of the data was widened in the plan: the file has it as it was built
        programs.append(Program(os.path.join(folder, f"{name}.mps")))
    said = run("optimise", "fab.db", "--robust", "s.csv", "--values", "0").stderr
    run("doctor", "fab.db")
    return compare(folder, programs, said)


def compare(folder, programs, said):
    weights = [weight for _, weight, _ in FUTURES]
    database = sqlite3.connect(os.path.join(folder, "fab.db"))
    plan = len(FUTURES) + 1
    robust = json.loads(database.execute("SELECT options ->> '$.robust' FROM plan WHERE plan = ?", (plan,)).fetchone()[0])
    write_extensive(os.path.join(folder, "e.mps"), programs, weights, None)
    found = glpsol(folder, "e.mps")
    scale = max(1, abs(found))
    assert abs(found - robust["objective_usd"]) <= SAME * scale, f"{robust}, glpsol {found}"
    assert robust["gap"] <= 1e-9 and robust["futures"] == len(FUTURES) - 1 and re.search("proven within", said)
    write_extensive(os.path.join(folder, "f.mps"), programs, weights, tools_of(database, plan))
    with_tools = glpsol(folder, "f.mps")
    assert with_tools is not None and abs(with_tools - found) <= SAME * scale, f"the stored tools are worth {with_tools}, not {found}"
    own = [glpsol(folder, f"{name}.mps") for name, _, _ in FUTURES]
    knowing = sum(weight * value for weight, value in zip(weights, own)) / sum(weights)
    assert abs(knowing - robust["knowing_usd"]) <= SAME * scale and knowing >= found - SAME * scale
    if robust["base_tools_usd"] is not None:
        assert robust["base_tools_usd"] <= found + SAME * scale
        return found - robust["base_tools_usd"]
    return 0.0


def main():
    fabplan, first, last = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    worth = []
    for seed in (0, *range(first, last + 1)):
        with tempfile.TemporaryDirectory() as folder:
            value = check_seed(fabplan, folder, seed)
        if value is not None:
            worth.append(value)
    assert len(worth) >= (last - first + 1) // 3 and max(worth) > 1, f"too little was tested: {worth}"
    print(f"{len(worth)} extensive forms by glpsol; value of the stochastic solution up to {max(worth):.6g} USD")


if __name__ == "__main__":
    main()
