#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests of the library as others meet it: installed under a prefix of its own, through its headers, its package files and its symbols.

    run.py TEST --source FOLDER --build FOLDER --prefix FOLDER [--sanitizers]

install makes the prefix; every other test needs it. TEST is a function test_NAME below.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
import installed  # noqa: E402

EXAMPLE = """\
plan 1: 9240 USD, proven
  D1: 42 of 100
  D2: 84 of 100
one more tool in each of 1 tool groups
plan 2: 14400 USD, proven
"""


class Test:
    def __init__(self, arguments, work):
        self.source, self.build, self.prefix, self.work = arguments.source, arguments.build, arguments.prefix, work
        self.sanitizers = arguments.sanitizers
        self.data = os.path.join(self.source, "data", "mini")
        programs = os.path.join(work, "bin")
        os.mkdir(programs)
        self.environment = installed.environment(self.prefix, programs, self.sanitizers) if arguments.test != "install" else None

    def run(self, *command, **more):
        """What a command prints; it must work."""
        done = subprocess.run(command, cwd=self.work, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                              **more)
        if done.returncode:
            sys.exit(f"exit {done.returncode}: {' '.join(command)}\n{done.stdout}")
        return done.stdout

    def headers(self):
        return sorted(glob.glob(os.path.join(self.prefix, "include", "fabplan", "*.h")))

    def exported(self):
        """The functions that the public headers mark."""
        text = "".join(open(header, encoding="utf-8").read() for header in self.headers())
        return set(re.findall(r"^FAB_API [^;(]*?(\w+)\(", text, re.MULTILINE))


def expect(what, found, wanted):
    if found != wanted:
        sys.exit(f"{what}:\n{found}\nmust be:\n{wanted}")


def test_install(test):
    """The tree is moved after it was installed: nothing in it may know where it was."""
    first = test.prefix + ".first"
    for folder in (first, test.prefix):
        shutil.rmtree(folder, ignore_errors=True)
    test.run("cmake", "--install", test.build, "--prefix", first)
    os.rename(first, test.prefix)


def test_c_cmake(test):
    test.run("cmake", "-S", os.path.join(test.source, "examples", "c"), "-B", "built")
    test.run("cmake", "--build", "built")
    expect("examples/c", test.run(os.path.join(test.work, "built", "plan"), test.data), EXAMPLE)


def test_c_make(test):
    for name in ("plan.c", "Makefile"):
        shutil.copy(os.path.join(test.source, "examples", "c", name), test.work)
    test.run("make", "CFLAGS=-Wall -Wextra -Wpedantic -Werror")
    expect("examples/c", test.run(os.path.join(test.work, "plan"), test.data), EXAMPLE)
    expect("version of pkg-config", test.run("pkg-config", "--modversion", "fabplan").strip() in test.run("fabplan", "--version"), True)


def test_layouts(test):
    """The structs of examples/python lie in memory as those of the headers: each member where C has it."""
    sys.path.insert(0, os.path.join(test.source, "examples", "python"))
    import plan
    structs = {"fab_value": plan.Value, "fab_parameter": plan.Parameter, "fab_optimise_request": plan.OptimiseRequest,
               "fab_optimise_result": plan.OptimiseResult, "fab_select_request": plan.SelectRequest, "fab_put_request": plan.PutRequest}
    lines = []
    for name, struct in structs.items():
        lines.append(f'_Static_assert(sizeof({name}) == {plan.ctypes.sizeof(struct)}, "size of {name}");')
        for member, _ in struct._fields_:
            if name != "fab_value":  # whose union has no name in C
                lines.append(f'_Static_assert(offsetof({name}, {member.rstrip("_")}) == {getattr(struct, member).offset}, "{name}.{member}");')
    test.run("cc", "-std=c11", "-fsyntax-only", "-I", os.path.join(test.prefix, "include"), "-x", "c", "-",
             input="#include <fabplan/fabplan.h>\n" + "\n".join(lines) + "\n")


def test_python(test):
    expect("examples/python", test.run("python3", os.path.join(test.source, "examples", "python", "plan.py"), test.data), EXAMPLE)


def test_symbols(test):
    """Nothing but the functions of the public headers is exported, and all of them are."""
    table = test.run("nm", "-D", "--defined-only", os.path.join(installed.library_folder(test.prefix), "libfabplan.so"))
    found = {line.split()[-1].split("@")[0] for line in table.splitlines()}
    wanted = test.exported()
    if len(wanted) < 50 or found != wanted:
        sys.exit(f"exported and not in a header: {sorted(found - wanted)}; in a header and not exported: {sorted(wanted - found)}")


def compile_alone(test, compiler, standard, language):
    for header in test.headers():
        test.run(compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", os.path.join(test.prefix, "include"), "-x",
                 language, "-", input=f"#include <fabplan/{os.path.basename(header)}>\ntypedef int not_empty;\n")


def test_headers_c(test):
    compile_alone(test, "cc", "c11", "c")


def test_headers_cxx(test):
    """As C++, alone; and a program of all of them links every function by its name in C."""
    compile_alone(test, "c++", "c++11", "c++")
    includes = "".join(f"#include <fabplan/{os.path.basename(header)}>\n" for header in test.headers())
    uses = ", ".join(f"reinterpret_cast<const void *>(&{name})" for name in sorted(test.exported()))
    program = f"{includes}const void *const functions[] = {{{uses}}};\nint main() {{ return functions[0] == 0 || fab_integer(7).integer != 7; }}\n"
    flags = test.run("pkg-config", "--cflags", "--libs", "fabplan").split()
    test.run("c++", "-std=c++11", "-x", "c++", "-", "-o", "all", *flags, input=program)
    test.run(os.path.join(test.work, "all"))


def test_program(test):
    """The program runs from where it is installed, on the library that is installed with it, without being told where that is."""
    del test.environment["LD_LIBRARY_PATH"]
    program = os.path.join(test.prefix, "bin", "fabplan")
    expect("libfabplan in fabplan", "libfabplan.so" in test.run("readelf", "-d", program), True)
    expect("the library in use", os.path.realpath(re.search(r"libfabplan\S* => (\S+)", test.run("ldd", program))[1]),
           os.path.realpath(os.path.join(installed.library_folder(test.prefix), "libfabplan.so")))
    expect("objective", "9240 USD" in test.run(program, "optimise", test.data), True)


def literals(path):
    """The string literals of a C file with their lines; comments are no literals, and other programs may have options."""
    text = open(path, encoding="utf-8").read()
    for match in re.finditer(r'/\*.*?\*/|//[^\n]*|\'(?:[^\'\\\n]|\\.)*\'|"((?:[^"\\\n]|\\.)*)"', text, re.DOTALL):
        if match[1] is not None:
            yield text.count("\n", 0, match.start()) + 1, match[1].replace("glpsol --freemps", "")


def test_words(test):
    """The library's messages know nothing of the program's options and commands."""
    wrong = []
    for folder, _, names in os.walk(os.path.join(test.source, "src")):
        if os.path.basename(folder) == "cli":
            continue
        for path in (os.path.join(folder, name) for name in names if name.endswith((".c", ".h"))):
            wrong += [f"{path}:{line}: {literal}" for line, literal in literals(path) if re.search(r"--[a-z%]|`fabplan", literal)]
    for path in glob.glob(os.path.join(test.source, "schema", "queries", "*.sql")):
        wrong += [f"{path}: {text}" for text in re.findall(r"'(?:[^']|'')*'", open(path, encoding="utf-8").read()) if re.search(r"--[a-z]|`fabplan", text)]
    if wrong:
        sys.exit("\n".join(wrong))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("test")
    for name in ("source", "build", "prefix"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--sanitizers", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fabplan-library-") as work:
        globals()[f"test_{arguments.test}"](Test(arguments, work))


if __name__ == "__main__":
    main()
