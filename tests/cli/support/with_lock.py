# SPDX-License-Identifier: GPL-3.0-or-later
"""with_lock.py DB COMMAND...: runs a command while another connection holds the database for writing."""
import sqlite3
import subprocess
import sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
code = subprocess.run(sys.argv[2:], check=False).returncode
connection.execute("ROLLBACK")
sys.exit(code)
