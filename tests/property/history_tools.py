#!/usr/bin/env python3
"""A simulated history makes no more than its tools could: hours by tool group and month against what the installed tools give.

    history_tools.py FABPLAN DATA

For several ends and rates; months are cut where the number of a group's tools changes. The hours of a lot's step are those of its wafers, evenly from its first move_in to its last move_out (a step that
has no move_out yet: nothing, it is not known how much is done). Also: tools appear in moves and states only while they are installed, and lots do come out.
"""
import collections
import csv
import datetime
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "support"))
from tables import read  # noqa: E402

CASES = [("2029-01-01", ()), ("2028-09-15", ("--months", "8")), ("2029-06-01", ("--months", "6", "--wafers-per-month", "20000")), ("2030-01-01", ("--seed", "3"))]
EDGE = 1e-9
DAY = 86400


def seconds(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc).timestamp()


class Tools:
    """Installed tools of every group, and the stretches of time with the same number of them, no longer than a month."""

    def __init__(self, data, first, last):
        self.rows = collections.defaultdict(list)
        for row in read(data, "tool_count"):
            self.rows[row["tool_group"]].append((row["from_date"], float(row["tools"])))
        self.groups = {row["tool_group"]: row for row in read(data, "tool_group")}
        months = {f"{year}-{month:02}-01" for year in range(first, last + 1) for month in range(1, 13)}
        self.edges = sorted(months | {date for rows in self.rows.values() for date, _ in rows})

    def count(self, group, date):
        rows = sorted(self.rows[group])
        now = [tools for day, tools in rows if day <= date]
        # before the first row a group has what tool_group says, but not what the first row takes away
        return now[-1] if now else min([float(self.groups[group]["tools"])] + [tools for _, tools in rows[:1]])

    def hours(self, group, begin, end):
        row = self.groups[group]
        return (seconds(end) - seconds(begin)) / 3600 * float(row["availability"]) * float(row["max_utilisation"]) * self.count(group, begin)


def step_hours(data):
    """{(route, step): (tool group, hours a wafer)}"""
    return {(row["route"], row["step"]): (row["tool_group"], float(row.get("visits") or 1) * float(row["minutes_per_unit"]) / 60 * float(row.get("sample_frac") or 1)
                                          / (1 - float(row.get("rework_frac") or 0))) for row in read(data, "route_step")}


def visits(history):
    """(lot, step, first move_in, last move_out, wafers)"""
    opened, done = {}, {}
    for row in read(history, "lot_event"):
        key = row["lot"], row["step"]
        if row["event"] == "move_in":
            opened.setdefault(key, (seconds(row["time"]), float(row["wafers_before"])))
        elif row["event"] == "move_out":
            done[key] = seconds(row["time"])
    return [(lot, step, begin, max(done[lot, step], begin + 1), wafers) for (lot, step), (begin, wafers) in opened.items() if (lot, step) in done]


def check(fabplan, data, until, options, folder):
    history = os.path.join(folder, "history")
    subprocess.run([fabplan, "sample", "history", data, "--until", until, "-o", history, "-q", *options], check=True, stdout=subprocess.DEVNULL)
    route = {row["source"]: row["route"] for row in read(data, "source")}
    lots = {row["lot"]: row for row in read(history, "lot")}
    steps = step_hours(data)
    tools = Tools(data, 2026, 2031)
    edges = [seconds(edge) for edge in tools.edges]
    used = collections.Counter()
    for lot, step, begin, end, wafers in visits(history):
        group, hours = steps[route[lots[lot]["source"]], step]
        for k in range(len(edges) - 1):
            share = max(0, min(end, edges[k + 1]) - max(begin, edges[k])) / (end - begin)
            if share > 0:
                used[group, k] += wafers * hours * share
    most = 0
    for (group, k), hours in used.items():
        given = tools.hours(group, tools.edges[k], tools.edges[k + 1])
        most = max(most, hours / given if given else float("inf"))
        if hours > given * (1 + EDGE):
            yield f"{until}: {group} worked {hours:.6g} h from {tools.edges[k]} to {tools.edges[k + 1]}, its tools give {given:.6g}"
    for row in read(history, "lot_event") + read(history, "tool_event"):
        if row["tool"] and row.get("state") != "nonscheduled":
            group, number = row["tool"].rsplit("-", 1)
            if int(number) > -(-tools.count(group, row["time"][:10]) // 1):
                yield f"{until}: {row['tool']} at {row['time']}: the group has {tools.count(group, row['time'][:10]):g} tools"
    shipped = sum(row["status"] == "done" and float(row["wafers"]) > 0 for row in lots.values())
    active = sum(row["status"] in ("active", "held") for row in lots.values())
    print(f"{until} {' '.join(options)}: {len(lots)} lots, {shipped} shipped, {active} in process, fullest month {most:.4f}")
    if not active or not used:
        yield f"{until}: nothing was made"


def with_gap(data, folder):
    """The data with a tool group that all of a line's routes use gone for six weeks."""
    shutil.copytree(data, folder)
    rows = [row for row in read(data, "tool_count")]
    kept = {"basis": rows[0].get("basis")} if "basis" in rows[0] else {}
    tools = [row["tools"] for row in rows if row["tool_group"] == "L_ETCC"][-1]
    rows += [dict(kept, tool_group="L_ETCC", from_date="2028-07-10", tools="0"), dict(kept, tool_group="L_ETCC", from_date="2028-08-20", tools=tools)]
    with open(os.path.join(folder, "tool_count.csv"), "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def main():
    fabplan, data = sys.argv[1:3]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        gap = with_gap(data, os.path.join(folder, "gap"))
        failures += check(fabplan, gap, "2029-01-01", (), folder)
    for until, options in CASES:
        with tempfile.TemporaryDirectory() as folder:
            failures += check(fabplan, data, until, options, folder)
    refused = subprocess.run([fabplan, "sample", "history", data, "-o", "/nonexistent/history"], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if refused.returncode == 0:
        failures.append("a history was made of a time without tools")
    print("\n".join(failures[:20]))
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
