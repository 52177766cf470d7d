#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""slurm.py FABPLAN SOURCE: examples/slurm does what it says.

Slurm is played by a script `sbatch` that takes the options of the example's own lines and of the command line, runs the tasks of the array one after the other with the variables that Slurm sets, and fails when one of them
does. Where a real sbatch with a running controller is in the PATH and FABPLAN_TEST_SLURM is set, that runs them instead.
"""
import json
import os
import subprocess
import sys
import tempfile

SBATCH = r'''#!/usr/bin/env python3
import os, re, subprocess, sys
options, words = {}, sys.argv[1:]
while words and words[0].startswith("--"):
    name, _, value = words.pop(0)[2:].partition("=")
    options[name] = value
script = open(words[0], encoding="utf-8").read()
lines = dict(re.findall(r"^#SBATCH --([\w-]+)=(.*)$", script, re.M))
assert script.startswith("#!"), "sbatch takes scripts alone"
known = {"job-name", "array", "ntasks", "cpus-per-task", "output", "wait"}
assert set(options) | set(lines) <= known, f"options that were not tried: {set(options) | set(lines)}"
first, last = map(int, re.fullmatch(r"(\d+)-(\d+)", options.get("array", lines["array"])).groups())
failed = 0
for task in range(first, last + 1):
    environment = dict(os.environ, SLURM_ARRAY_TASK_ID=str(task), SLURM_ARRAY_TASK_COUNT=str(last - first + 1), SLURM_CPUS_PER_TASK=lines["cpus-per-task"])
    with open(lines["output"].replace("%a", str(task)), "w") as log:
        failed += subprocess.run(["/bin/sh", words[0], *words[1:]], env=environment, stdout=log, stderr=log).returncode != 0
sys.exit(1 if failed else 0)
'''


def main():
    fabplan, source = map(os.path.abspath, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, FABPLAN=fabplan)
        if not os.environ.get("FABPLAN_TEST_SLURM"):
            os.mkdir(os.path.join(folder, "bin"))
            path = os.path.join(folder, "bin", "sbatch")
            with open(path, "w", encoding="utf-8") as file:
                file.write(SBATCH)
            os.chmod(path, 0o755)
            environment["PATH"] = os.path.dirname(path) + os.pathsep + environment["PATH"]
        with open(os.path.join(folder, "s.csv"), "w", encoding="utf-8") as file:
            file.write("kind,name,table,key,column,operation,values\ngrid,price,demand,*,price_usd,scale,0.5|1|2\ngrid,tools,tool_group,TESTER,tools,set,2|3|4\n")
        script = os.path.join(source, "examples", "slurm", "sweep.sh")

        def run(*words, code=0):
            done = subprocess.run(["sh", script, *words], cwd=folder, env=environment, capture_output=True, text=True)
            assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
            return done

        def shown(database):
            text = subprocess.run([fabplan, "sweep", "show", database, "--json", "--no-times"], cwd=folder, check=True, capture_output=True, text=True).stdout
            return json.loads(text)

        data = os.path.join(source, "data", "mini")
        run(code=2)
        run(data, "s.csv", "jobs", "one.db", "3")
        shards = {json.load(open(os.path.join(folder, "jobs", name), encoding="utf-8"))["shard"] for name in os.listdir(os.path.join(folder, "jobs")) if name.startswith("run-")}
        assert shards == {"1/3", "2/3", "3/3"}, shards
        for name in sorted(os.listdir(os.path.join(folder, "jobs")))[-4:]:  # as if a node had failed
            if name.startswith("run-"):
                os.remove(os.path.join(folder, "jobs", name))
        run(data, "s.csv", "jobs", "two.db", "2")
        assert shown("one.db") == shown("two.db") and shown("one.db")["solved"] == 9
    print("shards of a job array, and again after a failure")


if __name__ == "__main__":
    main()
