#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sheet of drawn formulas over drawn numbers, texts, dates and holes: what is written for each, LibreOffice must find again (recalculate.py).

    formulas.py FABPLAN DATABASE_FOLDER FOLDER"""
import os
import random
import subprocess
import sys

ROWS, FORMULAS = 12, 1500
NUMBERS = ["{a}", "{b}", "{c}", "0", "1", "2", "0.5", "3.25", "100", "1E-3"]
TEXTS = ["{word}", '"north"', '"South"', '"n*"', '"x"']
CELLS = ["{column:numbers.a}", "{column:numbers.b}", "{column:numbers.c}"]
FORMATS = ['"0"', '"0.00"', '"#,##0"', '"#,##0.0"', '"0.0%"']


def number(random_, depth):
    """A formula whose value is a number, or an error in some rows."""
    draw = random_.choice
    if depth == 0 or random_.random() < 0.15:
        return draw(NUMBERS)
    deeper = lambda: number(random_, depth - 1)
    return draw([
        lambda: f"({deeper()}{draw('+-*/')}{deeper()})",
        lambda: f"({deeper()}{draw('+-*')}{deeper()}{draw('*/')}{deeper()})",
        lambda: f"-{deeper()}",
        lambda: f"{draw(NUMBERS)}^{draw(['2', '3', '0.5', '-1'])}",
        lambda: f"{draw(NUMBERS)}%",
        lambda: f"IF({test(random_, depth - 1)},{deeper()},{deeper()})",
        lambda: f"IFERROR({deeper()},{deeper()})",
        lambda: f"ABS({deeper()})",
        lambda: f"ROUND({deeper()},{draw(['0', '1', '2', '-1', '-2', '5'])})",
        lambda: f"MAX({deeper()},{deeper()},{draw(CELLS)})",
        lambda: f"MIN({deeper()},{draw(CELLS)})",
        lambda: f"SUM({draw(CELLS)},{deeper()})",
        lambda: f"SUMPRODUCT(({draw(CELLS)}{draw(['>', '<=', '=', '<>'])}{draw(NUMBERS)})*{draw(CELLS[:2])})",
        lambda: f"SUMPRODUCT(({{column:numbers.word}}={draw(TEXTS)})*{draw(CELLS[:2])})",
        lambda: f"SUMPRODUCT(ABS({draw(CELLS[:2])}))",
        lambda: f"SUMIF({{column:numbers.word}},{draw(TEXTS)},{draw(CELLS)})",
        lambda: f"SUMIFS({draw(CELLS)},{draw(CELLS[:2])},{criterion(random_)},{{column:numbers.word}},{draw(TEXTS)})",
        lambda: f"COUNTIFS({draw(CELLS[:2])},{criterion(random_)})",
        lambda: f"INDEX({draw(CELLS[:2])},{random_.randint(1, ROWS)})",
        lambda: f"MATCH({draw(NUMBERS)},{draw(CELLS[:2])},0)",
        lambda: f"MATCH({{place}},{{column:numbers.place}})",
        lambda: f"YEAR({{day}})",
        lambda: f"(DATE(2027,{random_.randint(-5, 30)},{random_.randint(-20, 60)})-{{day}})",
        lambda: f"NPV({draw(['10%', '0.03', '-0.1'])},{draw(CELLS)})",
        lambda: "IRR({column:numbers.flow})",
        lambda: f"BETADIST(0.{random_.randint(1, 99):02d},{draw(['0.5', '2', '7.5'])},{draw(['1', '3', '20'])})",
        lambda: f"SUBTOTAL(109,{draw(CELLS)})",
    ])()


def criterion(random_):
    return random_.choice(['">0"', '"<=3"', '"<>2"', "2", '"=5"', '">=-1.5"'])


def test(random_, depth):
    draw = random_.choice
    compare = lambda: f"{number(random_, depth)}{draw(['=', '<>', '<', '<=', '>', '>='])}{number(random_, depth)}"
    return draw([compare, lambda: f"{{word}}{draw(['=', '<>'])}{draw(TEXTS)}", lambda: f"AND({compare()},{compare()})", lambda: f"OR({compare()},{compare()})"])()


def text(random_):
    draw = random_.choice
    value = number(random_, 1)
    return draw([lambda: f'IFERROR({draw(TEXTS)}&" "&ROUND({value},2),"error")', lambda: f'IFERROR(REPT("|",MIN(50,ABS({value}))),"error")',
                 lambda: f'IFERROR(TEXT(ROUND({value},3),{draw(FORMATS)}),"error")', lambda: f'IF({test(random_, 1)},"yes","no")' if "/" not in value else '"no"'])()


def quoted(value):
    return "NULL" if value is None else f"'{value}'" if isinstance(value, str) else repr(value)


def write(folder, name, content):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(content)


def main():
    program, data, folder = sys.argv[1:]
    random_ = random.Random(17)
    os.makedirs(folder, exist_ok=True)
    rows = []
    for place in range(1, ROWS + 1):
        c = random_.choice([None, 0, random_.randint(-5, 5), random_.uniform(-2, 2)])
        rows.append((place, random_.choice([0, 1, 2, 3, 5, -1.5, random_.uniform(-9, 9)]), random_.choice([2, 0.1, 0.2, 0.3, random_.uniform(0, 1e6)]), c,
                     random_.choice(["north", "South", "Nord", "x", "n*"]), f"20{random_.randint(20, 40)}-0{random_.randint(1, 9)}-{random_.randint(10, 28)}",
                     -1000 if place == 1 else random_.randint(50, 250)))
    names = ["place", "a", "b", "c", "word", "day", "flow"]
    select = " UNION ALL ".join("SELECT " + ", ".join(f"{quoted(value)} AS {name}" for name, value in zip(names, row)) for row in rows)
    columns = "".join(f"[column {name}]\nrole data\n" + ("number date\n" if name == "day" else "") for name in names)
    write(folder, "numbers.sql", select)
    write(folder, "numbers.report", f"[sheet]\ntitle Numbers\nname It's numbers\nlayout list\n{columns}")
    formulas = ["IFERROR(" + number(random_, random_.randint(1, 3)) + ",-99)" if random_.random() < 0.8 else text(random_) for _ in range(FORMULAS)]
    formulas = [f'IFERROR({formula},"error")' for formula in formulas]
    lines = ["SELECT n.*, f.formula FROM (" + select + ") AS n JOIN (" + " UNION ALL ".join(
        f"SELECT {place + 1} AS number, {place % ROWS + 1} AS place, '={formula}' AS formula" for place, formula in list(enumerate(formulas))[start:start + 300])
             + ") AS f USING (place)" for start in range(0, FORMULAS, 300)]
    for part, line in enumerate(lines):
        write(folder, f"drawn{part}.sql", line.replace("SELECT n.*, f.formula", "SELECT n.*, f.number, f.formula") + " ORDER BY f.number")
        write(folder, f"drawn{part}.report",
              f"[sheet]\ntitle Drawn\nname Drawn {part}\nlayout list\n{columns}[column value]\nformula_from formula\n[column shown]\nsource formula\nwidth 20\n")
    write(folder, "drawn.book", "[book]\nsheet numbers\n" + "".join(f"sheet drawn{part}\n" for part in range(len(lines))))
    database, book = os.path.join(folder, "fab.db"), os.path.join(folder, "formulas.xlsx")
    for path in (database, book):
        if os.path.exists(path):
            os.unlink(path)
    subprocess.run([program, "init", database, "-q"], check=True)
    subprocess.run([program, "import", database, data, "-q"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "report", database, "--book", "drawn", "--reports", folder, "-o", book, "-q"], check=True)
    print(f"{len(formulas)} formulas")


main()
