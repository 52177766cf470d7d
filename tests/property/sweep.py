#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sweep.py FABPLAN FIRST_SEED LAST_SEED: a sweep is the same whoever solves it, and says what its runs say.

On random fabs: the folder of jobs is the same text twice; one worker, two workers and three shards give the same results; each run's objective is that of a plan made cold with its changes, and its objective with the base's
tools that of glpsol on the plan's own program with the orders and removals fixed; means, percentiles, regret and value of knowing are worked out here again. Then what goes wrong: a worker that is killed, an interruption,
results that are lost, doubled, changed, or of other inputs.
"""
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "random_fab.py")
SAME = 1e-7  # glpsol stops at tolerances of its own
PROVEN = 2e-9  # two proven gaps
HEAD = "kind,name,weight,scenarios,table,key,column,operation,values,what,law,p1,p2\n"


class Sweep:
    def __init__(self, fabplan, folder):
        self.fabplan, self.folder = fabplan, folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *words, code=0):
        done = subprocess.run([self.fabplan, *words], cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == code, f"fabplan {' '.join(words)}: {done.returncode}, not {code}\n{done.stdout}{done.stderr}"
        return done

    def json(self, *words):
        return json.loads(self.run(*words, "--json", "-q").stdout)


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def make_fab(folder, seed):
    subprocess.run([sys.executable, GENERATOR, "--seed", str(seed), os.path.join(folder, "fab")], check=True)


def has_rows(folder, table):
    path = os.path.join(folder, "fab", table + ".csv")
    return os.path.exists(path) and len(read(path).splitlines()) > 1


def sweep_text(folder):
    rows = ["run,base,2,,,,,,,,,,", "run,more,1.5,,demand,*,quantity,scale,1.3,,,,", "run,dear,,more.csv,,,,,,,,,"]
    if has_rows(folder, "capex_budget"):
        rows.append("grid,budget,,,capex_budget,*,usd,scale,0.5|1|1.4,,,,")
    rows += ["grid,price,,,demand,*,price_usd,scale,0.8|1.1,,,,", "draw,wanted,,,,*/*,,,,demand,lognormal,1,0.15", "draw,late,,,,*,,,,delivery,uniform,0,20"]
    return HEAD + "\n".join(rows) + "\n"


def make_sweep(sweep, draws):
    write(sweep.path("more.csv"), "scenario,number,table,key,column,operation,value,from,to\ndear,1,demand,*,price_usd,scale,1.5,,\n")
    write(sweep.path("sweep.csv"), sweep_text(sweep.folder))
    sweep.run("init", "fab.db", "-q")
    sweep.run("import", "fab.db", "fab", "-q")
    sweep.run("sweep", "plan", "fab.db", "sweep.csv", "jobs", "--draws", str(draws), "--seed", "5", "-q")


def copy(sweep, name):
    shutil.copytree(sweep.path("jobs"), sweep.path(name))


def texts(sweep, folder, kind):
    return {name: read(os.path.join(sweep.path(folder), name)) for name in sorted(os.listdir(sweep.path(folder))) if name.startswith(kind)}


def contents(sweep, folder):
    return {name: json.loads(text)["content_sha256"] for name, text in texts(sweep, folder, "run-").items()}


# ---- the same sweep, whoever solves it ----


def check_folder(sweep, draws):
    sweep.run("sweep", "plan", "fab.db", "sweep.csv", "again", "--draws", str(draws), "--seed", "5", "-q")
    for kind in ("job-", "sweep.json"):
        assert texts(sweep, "jobs", kind) == texts(sweep, "again", kind), "the folder differs when it is made again"
    sweep.run("sweep", "plan", "fab.db", "sweep.csv", "other", "--draws", str(draws), "--seed", "6", "-q")
    assert texts(sweep, "jobs", "job-") != texts(sweep, "other", "job-"), "another seed gives the same draws"
    assert texts(sweep, "jobs", "job-00000") == texts(sweep, "other", "job-00000"), "the base depends on the seed"


def solve_in_every_way(sweep):
    for name in ("one", "two", "shard1", "shard2", "shard3"):
        copy(sweep, name)
    sweep.run("sweep", "run", "one", "-q")
    sweep.run("sweep", "run", "two", "--workers", "2", "-q")
    for part in (1, 2, 3):
        sweep.run("sweep", "run", f"shard{part}", "--shard", f"{part}/3", "-q")
    answers = [sweep.json("sweep", "merge", *folders, database) for folders, database in
               ((["one"], "one.db"), (["two"], "two.db"), (["shard3", "shard1", "shard2"], "three.db"), (["one"], "one.db"))]
    for answer in answers:
        answer.pop("created_utc")
    assert all(answer == answers[0] for answer in answers[1:]), "the sweep depends on who solved it"
    assert contents(sweep, "one") == contents(sweep, "two")
    assert "digest" not in sweep.run("doctor", "three.db").stdout
    return answers[0]


# ---- what its runs say ----


def write_changes(path, changes):
    lines = ["scenario,number,table,key,column,operation,value,from,to"]
    for number, change in enumerate(changes, 1):
        cells = ["future", str(number), change["table"], change["key"], change["column"], change["operation"], change["value"], change["from"] or "", change["to"] or ""]
        lines.append(",".join('"' + cell.replace('"', '""') + '"' if "," in cell else cell for cell in cells))
    write(path, "\n".join(lines) + "\n")


def column_names(mps):
    names, section = [], None
    for line in read(mps).splitlines():
        if line and not line.startswith((" ", "*")):
            section = line.split()[0]
        elif section == "COLUMNS" and "'MARKER'" not in line:
            name = line.split()[0]
            if not names or names[-1] != name:
                names.append(name)
    return names


def base_tools(sweep):
    """Orders and removals of the base plan by name."""
    sweep.run("model", "fab.db", "--plan", "1", "--mps", "base.mps", "-q")
    names = column_names(sweep.path("base.mps"))
    database = sqlite3.connect(sweep.path("fab.db"))
    rows = database.execute("SELECT number, value FROM plan_column WHERE plan = 1").fetchall()
    return {names[number]: value for number, value in rows if names[number][:2] in ("n[", "r[")}


def glpsol(sweep, mps):
    """The optimum of a program, None when there is none."""
    done = subprocess.run(["glpsol", "--freemps", mps, "--nopresol", "-w", "found.sol"], cwd=sweep.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    status = [line.split() for line in read(sweep.path("found.sol")).splitlines() if line.startswith("s ")][0]
    return -float(status[6]) if status[4:6] == ["f", "f"] else None


def solve_with(sweep, mps, tools):
    """The optimum of a program with orders and removals fixed, by glpsol; None when there is none."""
    names = column_names(sweep.path(mps))
    if any(value > 0 and name not in names for name, value in tools.items()):
        return None
    lines = [line for line in read(sweep.path(mps)).splitlines() if line != "ENDATA"]
    if not any(line.startswith("BOUNDS") for line in lines):
        lines.append("BOUNDS")
    vector = next((line.split()[1] for line in lines[lines.index("BOUNDS") + 1:] if line.startswith(" ")), "bnd")
    kept = [line for line in lines if not (line.startswith(" ") and len(line.split()) >= 3 and line.split()[2][:2] in ("n[", "r[") and line.split()[0] in ("UP", "LO", "FX", "PL", "MI", "FR", "BV"))]
    kept += [f" FX {vector} {name} {tools.get(name, 0.0)!r}" for name in names if name[:2] in ("n[", "r[")]
    write(sweep.path("fixed.mps"), "\n".join(kept + ["ENDATA", ""]))
    return glpsol(sweep, "fixed.mps")


def check_run(sweep, run, tools):
    job = json.loads(read(sweep.path(f"jobs/job-{run['run']:05d}.json")))
    if job["changes"]:
        write_changes(sweep.path("future.csv"), job["changes"])
        plan = sweep.json("optimise", "fab.db", "--scenario", "future.csv", "--values", "0")
    else:
        plan = sweep.json("optimise", "fab.db", "--values", "0")
    scale = max(1, abs(plan["objective_usd"]))
    assert abs(plan["objective_usd"] - run["objective_usd"]) <= PROVEN * scale, f"{run['name']}: {run['objective_usd']}, cold {plan['objective_usd']}"
    sweep.run("model", "fab.db", "--plan", str(plan["plan"]), "--mps", "run.mps", "-q")
    if abs(glpsol(sweep, "run.mps") - plan["objective_usd"]) > SAME * scale:
        return 0  # a bound that is no limit of the data was widened in the plan: the file has it as it was built
    fixed = solve_with(sweep, "run.mps", tools)
    assert (fixed is None) == (run["base_tools_usd"] is None), f"{run['name']}: with the base's tools {run['base_tools_usd']}, glpsol {fixed}"
    if fixed is not None:
        assert abs(fixed - run["base_tools_usd"]) <= SAME * scale, f"{run['name']}: with the base's tools {run['base_tools_usd']}, glpsol {fixed}"
        assert run["regret_usd"] >= -PROVEN * scale and abs(run["regret_usd"] - (run["objective_usd"] - run["base_tools_usd"])) <= 1e-9 * scale
    return 1


def percentile(pairs, share):
    """The least value that at least this share of the weight does not exceed."""
    whole, below = sum(weight for weight, _ in pairs), 0.0
    for weight, value in sorted(pairs, key=lambda pair: pair[1]):
        below += weight
        if below >= share * whole * (1 - 1e-9):
            return value
    raise AssertionError("no weight")


def check_range(found, prefix, pairs):
    for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9)):
        key = name + prefix
        assert abs(found[key] - percentile(pairs, share)) <= 1e-9 * max(1, abs(found[key])), f"{found}: {key} is {percentile(pairs, share)}"


def mean(pairs):
    return sum(weight * value for weight, value in pairs) / sum(weight for weight, _ in pairs)


def check_answer(sweep, answer):
    runs = [run for run in answer["runs"] if run["run"] > 0 and run["objective_usd"] is not None]
    regrets = [(run["weight"], run["regret_usd"]) for run in runs if run["regret_usd"] is not None]
    results = {run["run"]: json.loads(read(sweep.path(f"one/run-{run['run']:05d}.json")))["content"] for run in runs}
    ranges = {row["what"]: row for row in answer["ranges"]}
    for what in ("objective_usd", "profit_usd", "regret_usd"):
        pairs = [(run["weight"], run[what]) for run in runs if run[what] is not None]
        if pairs:
            check_range(ranges[what], "", pairs)
    if regrets:
        assert abs(answer["value_of_knowing_usd"] - mean(regrets)) <= 1e-9 * max(1, abs(mean(regrets)))
    for row in answer["customers"]:
        own = [(run["weight"], customer) for run in runs for customer in results[run["run"]]["customers"] if customer["customer"] == row["customer"]]
        check_range(row, "_fill", [(weight, customer["fill"]) for weight, customer in own])
        check_range(row, "_shipped_usd", [(weight, customer["shipped_usd"]) for weight, customer in own])
    for row in answer["tools"]:
        own = [(run["weight"], sum(tool["tools"] for tool in results[run["run"]]["tools"] if tool["tool_group"] == row["tool_group"])) for run in runs]
        check_range(row, "_tools", own)
        ordered = sum(weight for weight, tools in own if tools > 1e-9) / sum(weight for weight, _ in own)
        assert abs(row["share"] - ordered) <= 1e-9, f"{row}: ordered in {ordered}"
    shares = [row["share"] for row in answer["tools"]]
    assert shares == sorted(shares, reverse=True)


# ---- what goes wrong ----


def child_of(process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with open(f"/proc/{process.pid}/task/{process.pid}/children", encoding="ascii") as file:
            children = file.read().split()
        if children:
            return int(children[0])
        time.sleep(0.01)
    raise AssertionError("no worker")


def wait_for_result(sweep, folder, process):
    while process.poll() is None and not texts(sweep, folder, "run-"):
        time.sleep(0.01)


def begin(sweep, folder):
    process = subprocess.Popen([sweep.fabplan, "sweep", "run", folder], cwd=sweep.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wait_for_result(sweep, folder, process)
    return process


TRIES = 10


def kill_a_worker(sweep, jobs):
    """The results of a sweep of which a worker was killed: all but its own. One that had written its own already says nothing: tried again."""
    for _ in range(TRIES):
        shutil.rmtree(sweep.path("killed"), ignore_errors=True)
        copy(sweep, "killed")
        process = begin(sweep, "killed")
        os.kill(child_of(process), signal.SIGKILL)
        _, said = process.communicate()
        assert process.returncode == 1 and "signal 9" in said and "the others go on" in said, f"{process.returncode}: {said}"
        done = texts(sweep, "killed", "run-")
        assert jobs - 1 <= len(done) <= jobs, f"{len(done)} results of {jobs} jobs"
        if len(done) < jobs:
            return done
    raise AssertionError(f"no worker was killed before its result in {TRIES} tries")


def check_killed(sweep):
    jobs = len(texts(sweep, "jobs", "job-"))
    done = kill_a_worker(sweep, jobs)
    lost = sweep.run("sweep", "merge", "killed", "killed.db", code=3).stderr
    assert "has no result" in lost
    resumed = sweep.run("sweep", "run", "killed")
    assert f"{jobs - 1} runs are done already" in resumed.stderr and f"{jobs} runs are done" in resumed.stdout
    after = texts(sweep, "killed", "run-")
    assert all(after[name] == text for name, text in done.items()), "what was done was done again"


def check_interrupted(sweep):
    copy(sweep, "stopped")
    process = begin(sweep, "stopped")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130 and "interrupted" in said, f"{process.returncode}: {said}"
    assert 1 <= len(texts(sweep, "stopped", "run-")) < len(texts(sweep, "jobs", "job-"))
    assert not [name for name in os.listdir(sweep.path("stopped")) if not name.startswith(("job-", "run-", "base.db", "sweep.json"))], "a temporary file is left"
    sweep.run("sweep", "run", "stopped", "--workers", "2", "-q")
    assert contents(sweep, "stopped") == contents(sweep, "killed"), "resumed results differ"


def check_refused(sweep):
    path = sweep.path("one/run-00001.json")
    text = read(path)
    write(path, text.replace('"status": "optimal"', '"status": "limit"'))
    assert "is not what was written" in sweep.run("sweep", "merge", "one", "bad.db", code=3).stderr
    made = json.loads(text)
    assert made["shard"] == "1/1"
    sweep.run("sweep", "run", "one", "-q")  # one that is no good is made again
    assert json.loads(read(path))["content_sha256"] == made["content_sha256"]
    assert "come from more than one folder" in sweep.run("sweep", "merge", "one", "two", "one.db").stderr
    write(path, text.replace(made["inputs_sha256"], "0" * 64))
    assert "is of other inputs" in sweep.run("sweep", "merge", "one", "bad.db", code=3).stderr
    os.remove(path)
    assert "run 1 has no result" in sweep.run("sweep", "merge", "one", "bad.db", code=3).stderr
    assert "is of another sweep" in sweep.run("sweep", "merge", "two", "other", "bad.db", code=3).stderr
    write(path, text)
    job = sweep.path("two/job-00001.json")
    os.remove(sweep.path("two/run-00001.json"))
    write(job, read(job).replace('"weight": 2.0', '"weight": 3.0'))
    assert "is not the job that the sweep has" in sweep.run("sweep", "run", "two", code=1).stderr
    sweep.run("sweep", "run", "one", "--shard", "4/3", code=2)
    sweep.run("sweep", "run", "fab", code=2)


def main():
    fabplan, first, last = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    draws, checked, regrets = 2, 0, 0
    for seed in range(first, last + 1):
        with tempfile.TemporaryDirectory() as folder:
            sweep = Sweep(fabplan, folder)
            make_fab(folder, seed)
            make_sweep(sweep, draws)
            check_folder(sweep, draws)
            answer = solve_in_every_way(sweep)
            check_answer(sweep, answer)
            tools = base_tools(sweep)
            for run in answer["runs"][:1 + 2 * draws] + answer["runs"][-2:]:
                checked += check_run(sweep, run, tools)
            regrets += sum((run["regret_usd"] or 0) > 1 for run in answer["runs"])
            if seed == first:
                check_refused(sweep)
    with tempfile.TemporaryDirectory() as folder:
        sweep = Sweep(fabplan, folder)
        make_fab(folder, first)
        make_sweep(sweep, 12)
        check_killed(sweep)
        check_interrupted(sweep)
    assert regrets > 0 and checked > 0, "no run of any seed has a regret: nothing was tested"
    print(f"{last - first + 1} sweeps, {checked} runs solved cold and with glpsol, {regrets} runs with a regret")


if __name__ == "__main__":
    main()
