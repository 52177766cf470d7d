# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of a data folder, for tests that work a figure out a second time."""
import csv
import os


def read(folder, table):
    """The rows of TABLE.csv as {column: text}; none where there is no such file."""
    path = os.path.join(folder, table + ".csv")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
