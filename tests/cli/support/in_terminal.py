# SPDX-License-Identifier: GPL-3.0-or-later
"""in_terminal.py COMMAND...: runs a command whose standard output and standard error are a terminal of 60 columns, and prints what it wrote there, with the
progress line as \\r and \\e, one rewriting a line."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

master, slave = pty.openpty()
fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
command = subprocess.Popen(sys.argv[1:], stdout=slave, stderr=slave)
os.close(slave)
written = b""
while True:
    try:
        part = os.read(master, 65536)
    except OSError:  # Linux: the other side is closed
        break
    if not part:
        break
    written += part
command.wait()
text = written.decode().replace("\r\n", "\n").replace("\r", "\n\r")
sys.stdout.write(text.replace("\r", "\\r").replace("\033", "\\e"))
sys.exit(command.returncode)
