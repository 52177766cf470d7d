"""One process, measured."""
import collections
import os
import subprocess
import tempfile
import time

Measure = collections.namedtuple("Measure", "wall_seconds processor_seconds megabytes output")


def run(command, given="", errors=None):
    """Runs a command to its end; its output is decoded, its errors go to a file descriptor or nowhere. Anything but exit 0 ends the bench."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as script:
        script.write(given.encode())
        script.seek(0)
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=script, stdout=output, stderr=subprocess.DEVNULL if errors is None else errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} exited {process.returncode}: {text[:2000]}")
    return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)
