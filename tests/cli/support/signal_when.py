# SPDX-License-Identifier: GPL-3.0-or-later
"""signal_when.py SIGNAL PATTERN COMMAND...: runs a command and sends it SIGNAL (INT, TERM) once its standard error shows PATTERN.
Prints the lines that are no details of the solver, and the exit code (a shell's 128 + number when the signal ended it)."""
import re
import signal
import subprocess
import sys

number = getattr(signal, "SIG" + sys.argv[1])
# a background job of a shell starts with SIGINT ignored, and Python with SIGPIPE: the command is to start with neither
signal.signal(number, signal.SIG_DFL)
command = subprocess.Popen(sys.argv[3:], stderr=subprocess.PIPE, text=True)
sent = False
for line in command.stderr:
    if not sent and re.search(sys.argv[2], line):
        command.send_signal(number)
        sent = True
    elif line.startswith("fabplan:"):
        sys.stderr.write(line)
code = command.wait()
print("sent" if sent else "not sent", 128 - code if code < 0 else code)
