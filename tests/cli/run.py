#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs CLI cases: a shell script, and the exact standard output, standard error and exit code it must give.

    run.py --fabplan PATH --source FOLDER CASE...

A case is one file (cases/NAME.case):

    # what it shows
    rules: seconds hash        (optional: volatile parts that are replaced, see RULES)
    needs: glpsol              (optional: programs without which the case is skipped)
    == cmd
    fabplan optimise data/mini
    == stdout
    == stderr
    == exit
    0

The script runs under `sh -u` in an empty folder of its own, with a clean environment, `data` (the sample data, as a link), $SUPPORT (support/) and fabplan in
the PATH. UPDATE=1 in the environment writes what came into the case instead of comparing. A missing last line end is shown as NO_LINE_END. Exit code 77: skipped.
"""
import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile

TIMEOUT_SECONDS = 280
SKIPPED = 77
NO_LINE_END = "\\ no line end\n"
SECTIONS = ("cmd", "stdout", "stderr", "exit")

# Volatile parts by name: pattern and what stands for it in the case.
RULES = {
    "seconds": [(r'("(?:load|build|solve|check|store)": )[-+.e0-9]+', r"\1SECONDS"), (r"\b\d+\.\d s\b", "SECONDS s")],
    "version": [(r"\bfabplan \d+\.\d+\.\d+", "fabplan VERSION"), (r"\b(GLPK|GMP|SQLite) \d[.\d]*", r"\1 VERSION")],
    "time": [(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "TIME")],
    "hash": [(r"\b[0-9a-f]{64}\b", "SHA256"), (r"\b[0-9a-f]{12}\b", "SHA256")],
    "iterations": [(r"\b\d+ iterations", "COUNT iterations")],
}


def read_case(path):
    """The case's head lines, its options {"rules": [...], "needs": [...]}, and its sections."""
    head, options, sections, current = [], {"rules": [], "needs": []}, {name: "" for name in SECTIONS}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            mark = re.fullmatch(r"== (\w+)\n", line)
            if mark and mark[1] in SECTIONS:
                current = mark[1]
            elif current:
                sections[current] += line
            else:
                head.append(line)
                option = re.fullmatch(r"(rules|needs): *(.*)\n", line)
                if option:
                    options[option[1]] = option[2].split()
    unknown = set(options["rules"]) - set(RULES)
    if unknown:
        sys.exit(f"{path}: unknown rules: {' '.join(sorted(unknown))}")
    if not sections["cmd"]:
        sys.exit(f"{path}: no cmd")
    return head, options, sections


def write_case(path, head, sections):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(head)
        for name in SECTIONS:
            file.write(f"== {name}\n{sections[name]}")


def normalise(raw, rules, folder):
    text = raw.decode("utf-8", "backslashreplace").replace("\r", "\\r").replace("\033", "\\e").replace(folder, "FOLDER")
    for rule in rules:
        for pattern, replacement in RULES[rule]:
            text = re.sub(pattern, replacement, text)
    return text if not text or text.endswith("\n") else text + "\n" + NO_LINE_END


def run_script(script, fabplan, source, folder):
    programs, work = os.path.join(folder, "bin"), os.path.join(folder, "work")
    os.mkdir(programs)
    os.mkdir(work)
    os.symlink(os.path.abspath(fabplan), os.path.join(programs, "fabplan"))
    os.symlink(os.path.join(source, "data"), os.path.join(work, "data"))
    environment = {
        "PATH": programs + os.pathsep + os.environ.get("PATH", os.defpath),
        "HOME": work,
        "TERM": "xterm",
        "SUPPORT": os.path.join(os.path.dirname(os.path.abspath(__file__)), "support"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    # SIGINT is set back to its usual meaning: a test driver in the background may have it ignored
    return subprocess.run(["sh", "-u", "-c", script], cwd=work, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=TIMEOUT_SECONDS, check=False)


def run_case(path, fabplan, source):
    head, options, sections = read_case(path)
    missing = [program for program in options["needs"] if not shutil.which(program)]
    if missing:
        print(f"{path}: skipped, needs {' '.join(missing)}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="fabplan-cli-") as folder:
        done = run_script(sections["cmd"], fabplan, source, folder)
        found = {
            "cmd": sections["cmd"],
            "stdout": normalise(done.stdout, options["rules"], folder),
            "stderr": normalise(done.stderr, options["rules"], folder),
            "exit": f"{done.returncode}\n",
        }
    if found == sections:
        return 0
    if os.environ.get("UPDATE") == "1":
        write_case(path, head, found)
        print(f"{path}: rewritten")
        return 0
    for name in SECTIONS:
        sys.stdout.writelines(difflib.unified_diff(sections[name].splitlines(True), found[name].splitlines(True), f"{path}: {name} expected", f"{name} found"))
    return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fabplan", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("cases", nargs="+")
    arguments = parser.parse_args()
    codes = [run_case(path, arguments.fabplan, os.path.abspath(arguments.source)) for path in arguments.cases]
    if any(code not in (0, SKIPPED) for code in codes):
        sys.exit(1)
    sys.exit(SKIPPED if SKIPPED in codes else 0)


if __name__ == "__main__":
    main()
