#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""spoil.py FILE.xlsx SPOILED.xlsx COMMAND...: changes one cached number of a formula and succeeds when COMMAND SPOILED.xlsx fails with one difference."""
import re
import subprocess
import sys
import zipfile

source, target, command = sys.argv[1], sys.argv[2], sys.argv[3:]
changed = 0
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for name in old.namelist():
        part = old.read(name).decode()
        if name.startswith("xl/worksheets/sheet") and not changed:
            part, changed = re.subn(r"(<f>[^<]*SUM[^<]*</f><v>)([0-9.]+)(</v>)", lambda m: m[1] + repr(float(m[2]) + 0.001) + m[3], part, count=1)
        new.writestr(name, part)
done = subprocess.run(command + [target], capture_output=True, text=True)
print(done.stdout)
sys.exit(0 if changed and done.returncode == 1 and " 1 differences" in done.stdout else 1)
