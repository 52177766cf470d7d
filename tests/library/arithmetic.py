#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""arithmetic.py PREFIX [--sanitizers]: CHOLMOD's dense arithmetic is the serial OpenBLAS that the build linked by name, whatever this machine's libblas.so.3 is.

The dynamic linker itself says what every call was bound to, in the installed program and in the library as Python loads it (not with sanitizers, which must be loaded first).
"""
import glob
import os
import re
import subprocess
import sys

CALLS = ["dgemm_", "dpotrf_", "dsyrk_", "dtrsm_"]
WANTED = "/openblas-serial/libopenblas.so.0"


# The reference libraries of Debian: what a machine may have as libblas.so.3, and where it does not they go before it here.
REFERENCE = ":".join(folder for name in ("blas", "lapack") for folder in glob.glob(f"/usr/lib/*/{name}"))


def check(*command):
    environment = {**os.environ, "LD_DEBUG": "bindings", "LD_BIND_NOW": "1", "LD_LIBRARY_PATH": REFERENCE}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stderr
    bound = re.findall(r"binding file \S*libcholmod\.so\S* \[0\] to (\S+) \[0\]: normal symbol `(\w+)'", shown)
    for call in CALLS:
        libraries = {library for library, name in bound if name == call}
        assert len(libraries) == 1 and libraries.pop().endswith(WANTED), (command[0], call, [pair for pair in bound if pair[1] == call])


def main():
    prefix, sanitizers = sys.argv[1], "--sanitizers" in sys.argv[2:]
    check(os.path.join(prefix, "bin", "fabplan"), "--version")
    library = sorted(glob.glob(os.path.join(prefix, "lib*", "**", "libfabplan.so.*"), recursive=True))[0]
    if not sanitizers:
        check(sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", library)
    print("CHOLMOD calls the serial OpenBLAS" + ("" if sanitizers else ", in Python too"))


if __name__ == "__main__":
    main()
