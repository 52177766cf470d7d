#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The executive's book says what is true: every sentence of the sheet Decisions is worked out again from the plan's JSON.

    executive.py FABPLAN FOLDER

The books stay in FOLDER for the test that recalculates them. Data: data/mini, data/language (it plans on behind its horizon), cases, random fabs.
"""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
SOURCE = os.path.dirname(TESTS)
sys.path.insert(0, os.path.join(TESTS, "support"))
from checking import expect, run  # noqa: E402
import recalculate  # noqa: E402

SEEDS = range(1, 7)
CONTRACTS = {"random-6": ("buy/C1:1", "buy/D1:1")}  # asked about: the first costs more than it brings, the second does not
KINDS = (" lacks ", " late ", " ordered ", " gains ", " broken", " costs more ")
SHORT = 1e-6  # planning-model.md, "Values": of an order, or of one unit
CLOSE = 1e-9


def close(a, b):
    return abs(a - b) <= CLOSE * max(1, abs(a), abs(b))


def rows_of(folder, table):
    path = os.path.join(folder, table + ".csv")
    if not os.path.exists(path):
        return []
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def decisions(book):
    """[(sentence, usd, known, evidence)] in the order of the sheet."""
    cells = book["Decisions"]
    header = next(row for (row, column), (value, _) in cells.items() if value == "What the plan says")
    rows = sorted({row for row, _ in cells if row > header})
    return [tuple(cells[(row, column)][0] for column in range(2, 6)) for row in rows]


def money_in(sentence):
    """The number before the last " USD" that has a word of size, or the plain one: what the sentence says it is about."""
    found = re.findall(r"([0-9.,e+]+)( billion| million|) USD", sentence)
    size = {" billion": 1e9, " million": 1e6, "": 1}
    return [float(number.replace(",", "")) * size[word] for number, word in found]


class Plan:
    def __init__(self, program, folder, books, name):
        self.program, self.folder, self.name = program, folder, name
        self.database = os.path.join(books, name + ".db")
        self.book_path = os.path.join(books, name + ".xlsx")
        run(program, "init", self.database)
        run(program, "import", self.database, folder)
        self.json = json.loads(run(program, "optimise", self.database, "--json", "--values", "8" if name == "language" else "3"))
        if name == "mini":  # a question about a coefficient is answered and stored with the tested values; it is no lever
            asked = json.loads(run(program, "explain", self.database, "--yield", "CHIP@R", "--json"))
            expect(asked["gain_usd"] > 0, name, asked["gain_usd"])
        self.asked = [json.loads(run(program, "explain", self.database, "--contract", source, "--json")) for source in CONTRACTS.get(name, ())]
        run(program, "report", self.database, "--book", "executive", "-o", self.book_path)
        self.book = recalculate.read_book(self.book_path)
        self.prices = {row["demand"]: float(row["price_usd"]) for row in rows_of(folder, "demand")}
        self.driven = {(row["customer"], row["item"]): float(row["price_usd"]) for row in rows_of(folder, "driver_use")}

    def bare(self, text):
        """The identifier of `ID (name)`; the name is that of the data."""
        if not text.endswith(")"):
            return text
        for table in ("customer", "item", "tool_group"):
            for row in rows_of(self.folder, table):
                if text == f"{row[table]} ({row['name']})":
                    return row[table]
        expect(False, self.name, "a name that is not of the data:", text)

    def check_levers(self):
        """By gain for each dollar, then those without a price by gain."""
        cells = self.book["Levers"]
        header = next((row for (row, column), (value, _) in cells.items() if value == "What is moved"), None)
        rows = sorted({row for row, _ in cells if header and row > header and (row, 6) in cells})
        order = [(0, -cells[(row, 6)][0] / cells[(row, 7)][0]) if cells.get((row, 7), (None,))[0] else (1, -cells[(row, 6)][0]) for row in rows]
        expect(order == sorted(order), self.name, "levers are not by gain for each dollar", order)
        return len(rows)

    def lacking(self):
        sums = {}
        for demand in self.json["demands"]:
            if demand["short"] > SHORT * max(1, demand["quantity"]):
                units, usd = sums.get((demand["customer"], demand["item"]), (0, 0))
                sums[demand["customer"], demand["item"]] = units + demand["short"], usd + demand["short"] * self.price(demand)
        return sums

    def price(self, demand):
        return self.prices.get(demand["demand"]) or self.driven[demand["customer"], demand["item"]]

    def late(self):
        customers = {demand["demand"]: demand["customer"] for demand in self.json["demands"]}  # of the horizon: orders of the tail are in no list
        sums = {}
        for shipment in self.json["shipments"]:
            if shipment["late_days"] > 0:
                customer = customers[shipment["demand"]]
                sums[customer] = sums.get(customer, 0) + shipment["revenue_usd"]
        return sums

    def check_sentence(self, sentence, usd, known, evidence):
        said = money_in(sentence)
        expect(any(abs(value - usd) <= 0.5 + 5e-4 * abs(usd) for value in said), self.name, sentence, "says not", usd)
        values = [v for v in self.json["values"] if v["tested"]]
        if match := re.match(r"(.+) lacks [\d,]+ of (.+), worth ", sentence):
            expect(close(self.lacking()[tuple(self.bare(text) for text in match.groups())][1], usd), self.name, sentence, self.lacking())
        elif match := re.match(r"(.+) gets chips late that are worth ", sentence):
            expect(close(self.late()[self.bare(match.group(1))], usd), self.name, sentence, self.late())
        elif match := re.match(r"[\d.]+ tools of (.+) are ordered for ", sentence):
            expect(close(sum(p["price_usd"] for p in self.json["purchases"] if p["tool_group"] == self.bare(match.group(1))), usd), self.name, sentence)
        elif match := re.match(r"The contract of (\S+) costs more than it brings: ([\d.]+) starts a week less of its minimum from (\S+) gain ", sentence):
            answer = next(a for a in self.asked if close(a["gain_usd"], usd))
            expect(known == "tested by solving again" and evidence == f"sheet Contracts, {match[1]}" and answer["period"] == match[3] and f"{answer['step']:.4g}" == match[2], self.name, sentence, evidence, answer)
            expect(any(close(value, usd) for value, _ in self.book["Contracts"].values() if isinstance(value, float)), self.name, sentence, "has no row")
        elif " gains " in sentence:
            expect(known == "tested by solving again" and evidence.startswith("sheet Levers"), known, evidence)
            own = [v for v in values if close(v["gain_usd"], usd) and v["key"].split("/")[0] in sentence]
            expect(own, self.name, sentence, values)
            # which way a limit is moved: less of what is owed or wanted, a split that gives way, more of all else
            way = {"target": " less of the stock target of ", "promise": " less of the cumulated promise ", "split": "giving way by "}
            expect(any(way.get(v["what"], "ore ") in sentence or v["what"] == "usd" for v in own), self.name, sentence, own)
        elif match := re.match(r"(\d+) promises? (?:is|are) broken", sentence):
            expect(int(match.group(1)) == len(self.json["broken_promises"]), self.name, sentence)
        else:
            expect(False, self.name, "a sentence without a check:", sentence)
        expect(evidence, self.name, sentence, "has no evidence")

    def check(self):
        """The kinds of sentences that were seen."""
        said = decisions(self.book)
        expect(len(said) <= 10, self.name, len(said), "sentences")
        expect([s[1] for s in said] == sorted((s[1] for s in said), reverse=True), self.name, "not by money")
        for sentence in said:
            self.check_sentence(*sentence)
        if len(said) < 10:  # nothing is left out
            expect(sum(" lacks " in s[0] for s in said) == len(self.lacking()), self.name, said, self.lacking())
            expect(sum(" late " in s[0] for s in said) == len(self.late()), self.name, said)
        expect(sum(" costs more than it brings" in s[0] for s in said) == sum((a["gain_usd"] or 0) > 0 for a in self.asked), self.name, said, self.asked)
        self.check_levers()
        levers = [v for (row, column), (v, _) in sorted(self.book["Levers"].items()) if isinstance(v, str)]
        expect(not any("yield of " in v for v in levers), self.name, levers)
        expect(self.book["Checks"] and all(v != "ERROR" for v, _ in self.book["Checks"].values()), self.name, "a check failed")
        return {kind for kind in KINDS for s in said if kind in s[0]}


def main():
    program, books = sys.argv[1:3]
    shutil.rmtree(books, ignore_errors=True)
    os.makedirs(books)
    seen = set()
    folders = {"mini": os.path.join(SOURCE, "data", "mini"), "language": os.path.join(SOURCE, "data", "language"), "late-window": os.path.join(TESTS, "cases", "late-window")}
    with tempfile.TemporaryDirectory() as scratch:
        for seed in SEEDS:
            folders[f"random-{seed}"] = os.path.join(scratch, str(seed))
            subprocess.run([sys.executable, os.path.join(TESTS, "support", "random_fab.py"), "--seed", str(seed), folders[f"random-{seed}"]], check=True)
        for name, folder in folders.items():
            kinds = Plan(program, folder, books, name).check()
            print(name, *sorted(kinds))
            seen |= kinds
    expect(seen == set(KINDS), "not seen in any book; seen are", seen)


if __name__ == "__main__":
    main()
