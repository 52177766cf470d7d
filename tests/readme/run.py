#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs what README.md promises.

    run.py --fabplan PATH --source FOLDER [--prefix FOLDER [--sanitizers]] README.md

Fenced blocks run in order, in one temporary folder that holds links to the top of the source tree (so `data/terafab` is there and outputs land beside it), with fabplan in the PATH
and, with --prefix, the library that is installed there to be found by compilers and Python:

    ```sh        a script, run with `sh -eu`; it must succeed
    ```console   lines that begin with "$ " are commands (a trailing \\ continues them); the lines after one are what it prints, standard output and standard error
                 together. `...` stands for any text in a line and, alone on a line, for any lines. A command that fails must print its code: echo "exit $?"

`<!-- not run: REASON -->` on the line before a block leaves it out and is reported. Every other place that shows a command of fabplan - a block of another kind, code in a
sentence - is checked for commands and options that exist."""
import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
import installed  # noqa: E402

TIMEOUT_SECONDS = 600
MARK = "@@@ command ended:"
FENCE = re.compile(r"```(\w*)\s*$")
NOT_RUN = re.compile(r"<!-- not run: (.+) -->\s*$")


class Block:
    """A fenced block: its line number, kind ("" when none is given), lines, and why it is not run (None: it is)."""

    def __init__(self, number, kind, reason):
        self.number, self.kind, self.reason, self.lines = number, kind, reason, []


def read_blocks(path):
    """The fenced blocks of a file, and the other lines as (number, text)."""
    blocks, prose, block, reason = [], [], None, None
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            fence = FENCE.match(line)
            if block is not None:
                if fence:
                    block = None
                else:
                    block.lines.append(line)
            elif fence:
                block = Block(number, fence[1], reason)
                blocks.append(block)
            else:
                prose.append((number, line))
            not_run = NOT_RUN.match(line)
            if block is None:
                reason = not_run[1] if not_run else None
    if block is not None:
        sys.exit(f"{path}:{block.number}: the block has no end")
    return blocks, prose


def commands_of(block):
    """The commands of a console block, each with the lines it is to print."""
    commands, continued = [], False
    for line in block.lines:
        if continued:
            commands[-1][0].append(line)
        elif line.startswith("$ "):
            commands.append(([line[2:]], []))
        elif commands:
            commands[-1][1].append(line)
        else:
            sys.exit(f"line {block.number}: a console block begins with a command: $ ...")
        continued = (continued or line.startswith("$ ")) and line.endswith("\\\n")
    return [("".join(command), expected) for command, expected in commands]


def pattern_of(expected):
    """The regular expression of printed lines."""
    lines = [r"(?:.*\n)*" if line.strip() == "..." else r"[^\n]*".join(map(re.escape, line.rstrip("\n").split("..."))) + r" *\n" for line in expected]
    return "".join(lines)


class Runner:
    def __init__(self, fabplan, source, folder, installed_at=None):
        """installed_at: where the library is installed, as (prefix, sanitizers); None: nowhere."""
        programs, self.work = os.path.join(folder, "bin"), os.path.join(folder, "work")
        os.mkdir(programs)
        os.mkdir(self.work)
        os.symlink(os.path.abspath(fabplan), os.path.join(programs, "fabplan"))
        for name in os.listdir(source):
            if not name.startswith(".") and name != "build":
                os.symlink(os.path.join(source, name), os.path.join(self.work, name))
        environment = installed.environment(installed_at[0], programs, installed_at[1]) if installed_at else dict(os.environ)
        self.environment = {**environment, "PATH": programs + os.pathsep + environment.get("PATH", os.defpath), "TERM": "dumb"}
        self.environment.pop("FABPLAN_DATA", None)
        self.help = {}

    def run(self, script, options="-eu"):
        return subprocess.run(["sh", options, "-c", script], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=TIMEOUT_SECONDS, check=False)

    def run_script(self, block):
        done = self.run("".join(block.lines))
        return [] if done.returncode == 0 else [f"line {block.number}: exit {done.returncode}\n{done.stdout}"]

    def run_console(self, block):
        commands, failures = commands_of(block), []
        done = self.run("".join(f"{command}\nprintf '%s %s\\n' '{MARK}' $?\n" for command, _ in commands), "-u")
        parts = re.split(re.escape(MARK) + r" (\d+)\n", done.stdout)
        if len(parts) != 2 * len(commands) + 1:
            return [f"line {block.number}: the block ended early\n{done.stdout}"]
        for (command, expected), printed, code in zip(commands, parts[0::2], parts[1::2]):
            if code != "0":
                failures.append(f"line {block.number}: exit {code}: {command}{printed}")
            elif not re.fullmatch(pattern_of(expected), printed):
                failures.append(f"line {block.number}: {command}--- promised\n{''.join(expected)}--- printed\n{printed}")
        return failures

    def help_of(self, command):
        """The help of a command, None when there is no such command."""
        if command not in self.help:
            done = self.run(f"fabplan help {shlex.quote(command)}")
            self.help[command] = done.stdout if done.returncode == 0 else None
        return self.help[command]

    def check_mention(self, number, text):
        """A command line that is shown and not run: its command and its options must exist."""
        try:
            words = shlex.split(text)[1:]
        except ValueError:
            words = text.split()[1:]
        command = next((word for word in words if not word.startswith("-")), None)
        if command is None or command.isupper():
            return []
        known = self.help_of(command)
        if known is None:
            return [f"line {number}: there is no command '{command}': {text}"]
        options = {word.split("=")[0] for word in words if re.fullmatch(r"--[a-z][-a-z]*(=.*)?", word)}
        return [f"line {number}: {command} has no option {option}: {text}" for option in sorted(options) if not re.search(re.escape(option) + r"\b", known)]


def check_readme(runner, path):
    blocks, prose = read_blocks(path)
    failures, count = [], 0
    for block in blocks:
        if block.reason is not None:
            print(f"{path}:{block.number}: not run: {block.reason}")
        elif block.kind in ("sh", "console"):
            count += 1
            failures += (runner.run_script if block.kind == "sh" else runner.run_console)(block)
        else:
            for offset, line in enumerate(block.lines, 1):
                if re.match(r"(\$ )?fabplan ", line.strip()):
                    failures += runner.check_mention(block.number + offset, line.strip().removeprefix("$ "))
    for number, line in prose:
        for mention in re.findall(r"`(fabplan [^`]+)`", line):
            failures += runner.check_mention(number, mention)
        if re.match(r"    (\$ )?fabplan ", line):
            failures.append(f"line {number}: a command in an indented block is not run; fence it with ```sh or ```console")
    if count == 0:
        failures.append("no block was run")
    for failure in failures:
        print(f"{path}: {failure}")
    print(f"{path}: {count} blocks run, {len(failures)} failures")
    return not failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fabplan", required=True)
    parser.add_argument("--source", required=True)
    parser.add_argument("--prefix")
    parser.add_argument("--sanitizers", action="store_true")
    parser.add_argument("readme")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fabplan-readme-") as folder:
        runner = Runner(arguments.fabplan, os.path.abspath(arguments.source), folder,
                        arguments.prefix and (arguments.prefix, arguments.sanitizers))
        sys.exit(0 if check_readme(runner, arguments.readme) else 1)


if __name__ == "__main__":
    main()
