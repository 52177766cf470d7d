# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program that embeds the library needs in its environment when the library is installed under a prefix of its own."""
import glob
import os
import shutil
import subprocess


def library_folder(prefix):
    """The folder of libfabplan.so: lib, or lib/x86_64-linux-gnu and the like."""
    return os.path.dirname(glob.glob(os.path.join(prefix, "**", "libfabplan.so"), recursive=True)[0])


def write_wrapper(path, line):
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\n{line}\n")
    os.chmod(path, 0o755)


def wrap_programs(folder):
    """Compilers that build what can load a library with sanitizers, and a Python that can. What others leak is not the test's business."""
    runtime = subprocess.run(["cc", "-print-file-name=libasan.so"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    for compiler in ("cc", "c++"):
        write_wrapper(os.path.join(folder, compiler), f'exec {shutil.which(compiler)} -fsanitize=address,undefined "$@"')
    write_wrapper(os.path.join(folder, "python3"),
                  f'export ASAN_OPTIONS=detect_leaks=0 LD_PRELOAD={os.path.realpath(runtime)}\nexec {shutil.which("python3")} "$@"')


def environment(prefix, folder, sanitizers):
    """The environment with the library under the prefix; folder is an empty one for programs that stand before those of the PATH."""
    library = library_folder(prefix)
    if sanitizers:
        wrap_programs(folder)
    path = os.pathsep.join((folder, os.path.join(prefix, "bin"), os.environ.get("PATH", os.defpath)))
    return {**os.environ, "PATH": path, "PKG_CONFIG_PATH": os.path.join(library, "pkgconfig"), "CMAKE_PREFIX_PATH": prefix, "LD_LIBRARY_PATH": library,
            "CC": "cc", "CXX": "c++"}
