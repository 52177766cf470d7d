#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""hardening.py PREFIX [--release]: what the installed program and library are protected by, and what they may call.

Always: relocations are read-only and bound at the start, no stack can be run, the program is loaded at a random place, nothing that opens a connection, runs another program or loads code is imported. --release: stack
protection and checked functions of the C library too (builds with sanitizers have checks of their own).
"""
import glob
import os
import re
import subprocess
import sys

FORBIDDEN = ["socket", "connect", "bind", "listen", "accept", "getaddrinfo", "gethostbyname", "send", "sendto", "recv", "system", "popen", "execve", "execvp", "execl", "posix_spawn", "dlopen"]
PROCESSES = ["fork", "vfork"]  # of the library; the program runs itself several times (sweep run --workers)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def imported(path):
    return {re.sub(r"@.*", "", line.split()[-1]) for line in run("nm", "-D", "--undefined-only", path).splitlines() if line.split()}


def check(path, release):
    header, dynamic, segments = run("readelf", "-hW", path), run("readelf", "-dW", path), run("readelf", "-lW", path)
    assert re.search(r"Type:\s+DYN", header), (path, "is not loaded at a random place")
    assert "GNU_RELRO" in segments, (path, "relocations can be written")
    assert re.search(r"BIND_NOW|FLAGS.*NOW", dynamic), (path, "relocations are bound late")
    assert re.search(r"GNU_STACK.*\bRW\s", segments), (path, "the stack can be run")
    symbols = imported(path)
    forbidden = set(FORBIDDEN) | (set(PROCESSES) if ".so" in path else set())
    assert not symbols & forbidden, (path, symbols & forbidden)
    if release:
        assert "__stack_chk_fail" in symbols, (path, "no stack protection")
        assert any(symbol.endswith("_chk") for symbol in symbols), (path, "no checked functions")


def main():
    prefix, release = sys.argv[1], "--release" in sys.argv[2:]
    files = [os.path.join(prefix, "bin", "fabplan")] + [path for path in glob.glob(os.path.join(prefix, "lib*", "**", "libfabplan.so*"), recursive=True) if not os.path.islink(path)]
    assert len(files) == 2, files
    for path in files:
        check(path, release)
    print(f"{len(files)} files: " + ("all protections" if release else "linked as a release is"))


if __name__ == "__main__":
    main()
