#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence of the planning language's second part has a test that would fail without it: tests/language.csv (paragraph, sentence, test).

    language.py SOURCE [LANGUAGE.MD]

Each paragraph is named; each test, FILE::WORDS (several: "; " between them), is a file of the tree with these words in it, or `open`: not built yet. With the text of the language, every sentence from its first section on stands in the list as it
is written. Exit 1 if not.
"""
import csv
import os
import sys

PARAGRAPHS = ("Tables", "TGT[r,t]", "Stock limits", "Bills", "Shares over time", "Substitutes", "MIX[i,s,t]", "Discard", "CUM[r]", "Moved hours", "Loops", "Whole decisions", "Penalties",
              "Occupancy", "Availability", "Two utilisations", "Rework", "What a plan shows", "Worked examples")
HEADINGS = ("## Materials", "## Tools as they are", "## Worked examples (by hand)", "| table | columns | meaning | |---|---|---|")


def words(text):
    return " ".join(text.split())


def look(source, rows):
    """Lines about what is wrong."""
    for paragraph in PARAGRAPHS:
        if not any(row["paragraph"] == paragraph for row in rows):
            yield "no sentence of paragraph %s" % paragraph
    for row in rows:
        for test in row["test"].split("; "):
            path, _, what = test.partition("::")
            if test == "open":
                continue
            if not what or not os.path.exists(os.path.join(source, path)):
                yield "%s: no test %s" % (row["sentence"][:60], test)
                continue
            with open(os.path.join(source, path), encoding="utf-8") as file:
                if what not in file.read():
                    yield "%s: %s has no %s" % (row["sentence"][:60], path, what)


def compare(rows, text):
    """Sentences of the list that the text has not, and what is left of the text without them."""
    section = words(text[text.index(HEADINGS[0]):])
    for row in sorted(rows, key=lambda row: -len(row["sentence"])):
        sentence = words(row["sentence"])
        if sentence not in section:
            yield "not in the text: %s" % sentence[:80]
        section = section.replace(sentence, "", 1)
    for heading in HEADINGS:
        section = section.replace(heading, "")
    if words(section):
        yield "sentences that the list has not: %s" % words(section)[:200]


def main():
    source = sys.argv[1]
    with open(os.path.join(source, "tests", "language.csv"), encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = list(look(source, rows))
    if len(sys.argv) > 2:
        with open(sys.argv[2], encoding="utf-8") as file:
            wrong += compare(rows, file.read())
    wrong += [] if list(look(source, rows[:1])) else ["the script finds nothing missing in a list of one sentence"]
    for line in wrong:
        print("language: " + line)
    print("%d sentences, %d open" % (len(rows), sum(row["test"] == "open" for row in rows)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
