#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""arithmetic.py PREFIX [--sanitizers]: CHOLMOD's dense arithmetic is the serial OpenBLAS that the build linked by name, whatever this machine's libblas.so.3 is.

Its kernels are those of a core that can what this machine's can, whether OpenBLAS knows the processor's number or not.

The dynamic linker itself says what every call was bound to, in the installed program and in the library as Python loads it (not with sanitizers, which must be loaded first).
"""
import glob
import os
import platform
import re
import subprocess
import sys
import tempfile

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


def check_core(prefix):
    """The kernels of 2004 are for processors that have no others."""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        flags = set(re.search(r"^flags\s*:(.*)$", file.read(), re.M).group(1).split())
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_CORETYPE"}
    with tempfile.TemporaryDirectory() as folder:
        fab = os.path.join(folder, "fab")
        subprocess.run([os.path.join(prefix, "bin", "fabplan"), "sample", "fab", "--products", "4", "--periods", "8", "--tool-groups", "12", "-o", fab], check=True, capture_output=True)

        def core(**more):
            shown = subprocess.run([os.path.join(prefix, "bin", "fabplan"), "optimise", fab, "--method", "interior", "--values", "0", "-vv"], check=True, capture_output=True, text=True, env={**environment, **more})
            return re.search(r"OpenBLAS [0-9.]+ (\w+)", shown.stdout + shown.stderr).group(1)

        assert not ("avx2" in flags and "fma" in flags and core() == "Prescott"), core()
        assert core(OPENBLAS_CORETYPE="Nehalem") == "Nehalem", "what the user chose is taken"


def main():
    prefix, sanitizers = sys.argv[1], "--sanitizers" in sys.argv[2:]
    check(os.path.join(prefix, "bin", "fabplan"), "--version")
    library = sorted(glob.glob(os.path.join(prefix, "lib*", "**", "libfabplan.so.*"), recursive=True))[0]
    if not sanitizers:
        check(sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", library)
    if platform.machine() == "x86_64":
        check_core(prefix)
    print("CHOLMOD calls the serial OpenBLAS" + ("" if sanitizers else ", in Python too"))


if __name__ == "__main__":
    main()
