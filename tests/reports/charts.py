#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A chart whose numbers are shown in millions says so on an axis, and every chart has a title and a text for those who do not see it; a sheet has at most two.

    charts.py REPORTS
"""
import glob
import os
import sys

MOST, MILLIONS = 2, "usd_millions"


def sections(path):
    """[(section, {key: text})] of a definition."""
    found = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("["):
                found.append((line.strip("[] \n").split()[0], {}))
            elif found and line.strip() and not line.startswith("#"):
                key, _, text = line.strip().partition(" ")
                found[-1][1][key] = text.strip()
    return found


def faults_of(path):
    charts = [keys for section, keys in sections(path) if section == "chart"]
    if len(charts) > MOST:
        yield f"{len(charts)} charts"
    for keys in charts:
        name = keys.get("title", "a chart")
        if keys.get("number") == MILLIONS and not any("million" in keys.get(axis, "") for axis in "xy"):
            yield f"`{name}` is in millions, and no axis says so"
        if not keys.get("title") or not keys.get("alt"):
            yield f"`{name}` has no title or no text"


def main():
    files = sorted(glob.glob(os.path.join(sys.argv[1], "*.report")))
    faults = [f"{os.path.basename(path)}: {fault}" for path in files for fault in faults_of(path)]
    if len(files) < 100 or faults:
        sys.exit("\n".join(faults) or "no definitions")


main()
