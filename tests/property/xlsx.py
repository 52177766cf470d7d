#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Excel workbooks through the program, made by a writer of its own.

    xlsx.py FABPLAN

What is right comes in as the same rows as from CSV; every fault has its own message, code 3, and leaves the database as it was, in bounded time and
memory.
"""
import os
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
from xml.sax.saxutils import unescape

sys.dont_write_bytecode = True
from xlsx_writer import (DATED, HEAD, MAIN, MONTHLY, OWN_DATE, REDDISH, TIMED, Raw, Workbook, error, formula, inline, number, read_folder, serial,  # noqa: E402
                         truth)

FABPLAN = os.path.abspath(sys.argv[1])
DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
INPUT, SECONDS, MEMORY = 3, 20, 1 << 30
FAILED = []


def bound():
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))


# The address sanitizer maps terabytes at its start: its builds run without the limit, all others with it.
BOUNDED = subprocess.run([FABPLAN, "--version"], capture_output=True, preexec_fn=bound).returncode == 0


def run(*arguments, expect=0, limit=None):
    done = subprocess.run([FABPLAN, *arguments], capture_output=True, text=True, timeout=300, preexec_fn=bound if limit and BOUNDED else None)
    if done.returncode != expect:
        raise AssertionError(f"{' '.join(arguments)}: exit {done.returncode}, not {expect}\n{done.stdout}{done.stderr}")
    return done


def check(condition, text):
    if not condition:
        FAILED.append(text)
        print("FAILED:", text)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def exported(database, folder):
    shutil.rmtree(folder, ignore_errors=True)
    run("export", database, folder, "-q")
    return {name: read(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}


# ---- what is right ----

def same_as_csv(name, **options):
    """A data set as a workbook gives what it gives as CSV, and a second import changes nothing."""
    run("init", "csv.db", "-q")
    run("import", "csv.db", os.path.join(DATA, name), "-q")
    run("init", "xlsx.db", "-q")
    Workbook(read_folder(os.path.join(DATA, name), **options), date1904=options.get("epoch1904", False)).save("inputs.xlsx")
    run("import", "xlsx.db", "inputs.xlsx", "-q")
    check(exported("csv.db", "a") == exported("xlsx.db", "b"), f"{name} {options}: not what comes of CSV")
    again = run("import", "xlsx.db", "inputs.xlsx").stdout
    check(all(line.split()[-3:] == ["0", "0", "0"] for line in again.splitlines()[1:]), f"{name} {options}: imported again, something changes\n{again}")
    for database in ("csv.db", "xlsx.db"):
        os.remove(database)


HEADER = ["demand", "customer", "item", "due_date", "quantity", "price_usd"]


def demand(*rows, header=HEADER, **more):
    return Workbook({"demand": [header, *rows]}, **more)


def kinds_of_cells():
    """Every way to write a value that is meant."""
    days = serial("2027-01-11")
    rows = [
        ["D1", "BUYER", "CHIP", number(days, DATED), "7.50", number("1.5E+2")],
        ["D3", "BUYER", "CHIP", number(days, OWN_DATE), formula("3+4", 7), formula("x", "12.25", "str")],
        ["D4", inline("BUYER"), "CHIP", number(days, MONTHLY), number("0.30000000000000004"), number("1e2", REDDISH)],
        ["D5", "BUYER", "CHIP", "2027-W02", truth(True), number(5)],
        [number(6), "BUYER", "CHIP", Raw(' t="d"><v>2027-01-11T00:00:00</v>'), number(2), number(5)],
        ["D_x0037_", "BUYER", "CHIP", "2027-01-11", number(2), number(5)],
    ]
    demand(*rows).save("demand.xlsx")
    run("import", "fab.db", "demand.xlsx", "-q")
    got = exported("fab.db", "c")["demand.csv"].decode().splitlines()
    for line in ("6,BUYER,CHIP,2027-01-11,2,5", "D1,BUYER,CHIP,2027-01-11,7.5,150", "D3,BUYER,CHIP,2027-01-11,7,12.25",
                 "D4,BUYER,CHIP,2027-01-11,0.30000000000000004,100", "D5,BUYER,CHIP,2027-01-11,1,5", "D7,BUYER,CHIP,2027-01-11,2,5"):
        check(any(row.rsplit(",", 1)[0] == line for row in got), f"{line} is not in {got}")


def layout():
    """Remarks above and beside the table, columns in any order and place, blank rows, sheets in any place; none of it matters."""
    book = Workbook({"Notes": [["anything"]], "demand": [
        ["# what customers want"], [], [None, "# who", "item", "demand", None, "due_date", "quantity", "customer", "price_usd"],
        [None, None, "CHIP", "L1", None, "2027-01-11", number(1), "BUYER", number(2)], [None, "a remark alone"], [],
        [None, error("#N/A"), "CHIP", "L2", None, "2027-01-11", number(1), "BUYER", number(2)]]})
    book.hidden_rows["demand"] = {4, 5, 7}
    book.hidden_sheets.add("demand")
    book.merged["demand"] = ["A1:C1"]
    book.save("layout.xlsx")
    said = run("import", "fab.db", "layout.xlsx").stderr
    check("layout.xlsx: sheet 'Notes' has not the name of a table, ignored" in said, said)
    check("layout.xlsx:demand!A1: the sheet is hidden, imported all the same" in said, said)
    check("layout.xlsx:demand!A4: 2 rows hidden or filtered out, imported all the same" in said, said)
    got = exported("fab.db", "c")["demand.csv"].decode()
    check("L1,BUYER,CHIP,2027-01-11,1,2" in got and "L2,BUYER,CHIP,2027-01-11,1,2" in got, got)


def prefixed():
    """Names with a prefix, as some libraries write them."""
    book = demand(["P1", "BUYER", "CHIP", "2027-01-11", number(1), number(2)])
    parts = book.parts()
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        text = parts[name][len(HEAD):].replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace('xmlns="', 'xmlns:x="')
        book.extra[name] = HEAD + text
    book.save("prefixed.xlsx")
    run("import", "fab.db", "prefixed.xlsx", "-q")
    check("P1,BUYER" in exported("fab.db", "c")["demand.csv"].decode(), "prefixed names are not read")


# ---- cells that are not ----

GOOD = ["D1", "BUYER", "CHIP", "2027-01-11", number(1), number(2)]


def changed(column, cell):
    row = ["D8"] + GOOD[1:]
    row[HEADER.index(column)] = cell
    return demand(GOOD, [], row)


def merged(reference):
    book = demand(GOOD)
    book.merged["demand"] = [reference]
    return book


CELLS = [
    (changed("quantity", error("#REF!")), "x.xlsx:demand!E4: quantity is '#REF!', must be a value (an error value of the spreadsheet)"),
    (changed("quantity", formula("A1*2")), "x.xlsx:demand!E4: quantity is '=A1*2', must have a value (open the workbook and save it again, or write the value)"),
    (changed("quantity", formula("1/0", "#DIV/0!", "e")), "x.xlsx:demand!E4: quantity is '#DIV/0!', must be a value"),
    (changed("quantity", "1,234.5"), "x.xlsx:demand!E4: quantity is '1,234.5', must be a plain decimal number (thousands separators? write 1234.5)"),
    (changed("quantity", "many"), "x.xlsx:demand!E4: quantity is 'many', must be a plain decimal number"),
    (changed("quantity", number("-5")), "x.xlsx:demand!E4: quantity is '-5', must be 0 or more"),
    (changed("quantity", number("twelve")), "x.xlsx:demand!E4: quantity is 'twelve', must be a number (the workbook is damaged)"),
    (changed("due_date", "11.01.2027"), "x.xlsx:demand!D4: due_date is '11.01.2027', must be a date YYYY-MM-DD"),
    (changed("due_date", number(serial("2027-01-11"))), "x.xlsx:demand!D4: due_date is '46398', must be a date YYYY-MM-DD (a spreadsheet's day number?"),
    (changed("due_date", number(serial("2027-01-11") + 0.5, TIMED)), "x.xlsx:demand!D4: due_date is '2027-01-11T12:00:00', must be a date YYYY-MM-DD"),
    (changed("due_date", number(60, DATED)), "x.xlsx:demand!D4: due_date is '60', must be a day from 1900-03-01 to 2199-12-31"),
    (changed("item", "CHOP"), "x.xlsx:demand!C4: item is 'CHOP', must be in table item (CHIP?)"),
    (changed("demand", None), "x.xlsx:demand!A4: demand is empty, must be given"),
    (demand(GOOD, GOOD), "x.xlsx:demand!A3: demand is 'D1', must be unique (row 2 has it already)"),
    (demand(GOOD + [None, "far"]), "x.xlsx:demand!H2: cell is 'far', must be in a column that has a name in row 1"),
    (demand(GOOD, header=HEADER[:-1] + ["prize_usd"]), "x.xlsx:demand!F1: column is 'prize_usd', must be a column of table demand (price_usd?)"),
    (demand(GOOD, header=HEADER[:-1] + [error("#NAME?")]), "x.xlsx:demand!F1: the name of a column is '#NAME?', must be a value"),
    (Workbook({"demand": []}), "x.xlsx:demand!A1: sheet is empty, must begin with a row of column names"),
    (Workbook({"demnd": [HEADER, GOOD]}), "x.xlsx:demnd!A1: table is 'demnd', must be a table of the data dictionary (demand?)"),
    (Workbook({"Demand": [HEADER, GOOD]}), "x.xlsx:Demand!A1: table is 'Demand', must be a table of the data dictionary (demand?)"),
    (merged("E2:F3"), "x.xlsx:demand!E2: cell is merged with others, 2 rows by 2 columns, must be a cell of its own (unmerge them)"),
    (demand([GOOD[0], "x" * 40000] + GOOD[2:]), "x.xlsx:demand!B2: customer is 'xxx"),
]


# ---- packages that are not ----

def with_part(name, content="<x/>"):
    book = demand(GOOD)
    book.extra[name] = content
    return book.save


def bomb(path):
    """A sheet that unpacks to a thousand times its size."""
    book = demand(GOOD)
    book.extra["xl/worksheets/sheet1.xml"] = HEAD + f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>' + " " * (200 << 20) + "</v></c></row></sheetData></worksheet>"
    book.save(path)


def many_parts(path):
    book = demand(GOOD)
    book.extra.update({f"xl/media/{n}.xml": "<x/>" for n in range(10000)})
    book.save(path)


def ole(stream):
    def save(path):
        with open(path, "wb") as file:
            file.write(bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + stream.encode("utf-16-le") + bytes(70000))
    return save


def written(content):
    def save(path):
        with open(path, "wb") as file:
            file.write(content)
    return save


def damaged(change):
    def save(path):
        demand(GOOD).save(path, zipfile.ZIP_STORED)
        with open(path, "rb") as file:
            content = bytearray(file.read())
        change(content)
        with open(path, "wb") as file:
            file.write(content)
    return save


def spoil_sheet(content):
    place = content.index(b"</v></c></row></sheetData>") - 1     # the last number
    content[place] ^= 1


def claim_size(content):
    """The list of parts says that the first one is 4 GiB long."""
    place = content.index(b"PK\x01\x02")
    content[place + 24:place + 28] = struct.pack("<I", 0xFFFFFFF0)


def cut(content):
    del content[len(content) // 2:]


def encrypt_flag(content):
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1


DTD = HEAD + '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + f'<sst xmlns="{MAIN}"><si><t>&b;</t></si></sst>'
LATE_DTD = HEAD + "<!-- " + "x" * 5000 + " -->" + DTD[len(HEAD):]
WIDE_DTD = DTD[len(HEAD):].encode("utf-16")
DEEP = HEAD + "<x>" * 100000 + "</x>" * 100000
LONG = HEAD + f'<worksheet xmlns="{MAIN}" x="' + "".join(chr(97 + n * n % 23) for n in range(3 << 20)) + '"/>'

PACKAGES = [
    (bomb, "part xl/worksheets/sheet1.xml unpacks to 200 MiB, ", "times its size, must be at most 200 times (a zip bomb?)"),
    (many_parts, "the workbook has 10007 parts, must have at most 2000"),
    (with_part("../../x"), "part '../../x' has a path that leads out of the workbook"),
    (with_part("/etc/x"), "part '/etc/x' has a path that leads out of the workbook"),
    (with_part("xl\\..\\x"), "has a path that leads out of the workbook"),
    (with_part("xl/sharedStrings.xml", DTD), "part xl/sharedStrings.xml has a document type (DTD), must have none"),
    (with_part("docProps/app.xml", DTD), "part docProps/app.xml has a document type (DTD), must have none"),
    (with_part("xl/sharedStrings.xml", LATE_DTD), "there is a document type (DTD), must be none"),
    (with_part("xl/sharedStrings.xml", WIDE_DTD), "there is a document type (DTD), must be none"),
    (with_part("xl/vbaProject.bin"), "the workbook holds macros (vbaProject.bin), must hold none"),
    (with_part("xl/macrosheets/sheet1.xml"), "the workbook holds macros"),
    (with_part("[Content_Types].xml", HEAD + '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'),
     "the workbook is one with macros, must be one without"),
    (with_part("xl/externalLinks/externalLink1.xml"), "the workbook has links to other workbooks (externalLink1.xml), must stand alone"),
    (with_part("xl/workbook.bin"), "a binary workbook (.xlsb), must be .xlsx"),
    (ole("EncryptedPackage"), "the workbook is encrypted, must be readable (remove the password and save it again)"),
    (ole("Workbook"), "an old Excel file (.xls), must be .xlsx (open it and save it as .xlsx)"),
    (written(b""), "file is empty, must be an Excel workbook (.xlsx)"),
    (written(b"a,b\n1,2\n"), "not an Excel workbook, must be .xlsx (text under another name?"),
    (written(b"<html></html>"), "not an Excel workbook, must be .xlsx (a web page or XML under another name?"),
    (written(b"PK\x03\x04 and nothing more"), "the zip archive that a workbook is cannot be opened: the file is not whole"),
    (damaged(cut), "the zip archive that a workbook is cannot be opened: the file is not whole"),
    (damaged(spoil_sheet), "part xl/worksheets/sheet1.xml is damaged: its checksum is another"),
    (damaged(claim_size), "unpacks to 4095 MiB"),
    (damaged(encrypt_flag), "is encrypted, must be readable (remove the password)"),
    (with_part("xl/worksheets/sheet1.xml", DEEP), "elements are more than 64 deep"),
    (with_part("xl/worksheets/sheet1.xml", LONG), "part xl/worksheets/sheet1.xml"),
    (with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='2'/><row r='1'/></sheetData></worksheet>"), "row 1 stands below row 2"),
    (with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'><c r='B1'/><c r='A1'/></row></sheetData></worksheet>"), "cell A1 stands in row 1 behind column 2"),
    (with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'>"), "part xl/worksheets/sheet1.xml, line 1 is damaged"),
    (Workbook({"Notes": [["a"]], "Sheet2": []}).save, "no sheet has the name of a table"),
    (with_part("XL/Workbook.xml"), "is in the workbook twice, must be unique"),
    (lambda path: zipfile.ZipFile(path, "w").writestr("a.txt", "b"), "a zip archive: there is no Excel workbook in it"),
]


def refuse(save, messages, name="x.xlsx"):
    before, files = read("fab.db"), set(os.listdir("."))
    save(name)
    start = time.monotonic()
    said = run("import", "fab.db", name, expect=INPUT, limit=MEMORY).stderr
    check(time.monotonic() - start < SECONDS, f"{messages[0]}: took longer than {SECONDS} s")
    for message in messages:
        check(message in said, f"`{message}` is not said, but: {said[:2000]}")
    check(name in said, f"{messages[0]}: the file is not named: {said[:500]}")
    check(read("fab.db") == before, f"{messages[0]}: the database has changed")
    os.remove(name)
    check(set(os.listdir(".")) == files, f"{messages[0]}: files were left behind: {set(os.listdir('.')) - files}")


def several():
    """All cells of a row that cannot be taken are named; files of several kinds come in together, a table from one of them."""
    row = ["D1", error("#N/A"), "CHIP", "2027-01-11", error("#REF!"), number(2)]
    refuse(demand(row).save, ["demand!B2: customer is '#N/A'", "demand!E2: quantity is '#REF!'", "2 findings; nothing was changed"])
    with open("customer.csv", "w", encoding="utf-8") as file:
        file.write("customer,name\nOTHER,Another\n")
    demand(["S1", "OTHER", "CHIP", "2027-01-11", number(1), number(2)]).save("more.xlsx")
    table = run("import", "fab.db", "more.xlsx", "customer.csv").stdout.splitlines()
    check([line.split()[0] for line in table] == ["table", "customer", "demand"], str(table))
    shutil.copy("more.xlsx", "again.xlsx")
    said = run("import", "fab.db", "more.xlsx", "again.xlsx", expect=INPUT).stderr
    check("table demand is given by again.xlsx already" in said, said)


# ---- given back ----

def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        check(archive.testzip() is None, f"{path}: a part is damaged")
        return {name: archive.read(name) for name in archive.namelist()}


def beside(path, sheet=1):
    """row -> what stands in the column of the findings."""
    text = parts_of(path)[f"xl/worksheets/sheet{sheet}.xml"].decode()
    cells = re.findall(r'<(?:x:)?c r="[A-Z]+(\d+)" t="inlineStr"><(?:x:)?is><(?:x:)?t xml:space="preserve">([^<]*)<', text)
    return {int(row): unescape(value, {"&quot;": '"', "&#10;": "\n"}) for row, value in cells}


def annotated(book, expected, sheet=1, code=INPUT):
    """Everything but the cells of the findings is as it was; annotated again, it is the same; mended, it is imported."""
    for name in ("out.xlsx", "again.xlsx"):
        if os.path.exists(name):
            os.remove(name)
    book.save("in.xlsx")
    before = read("fab.db")
    run("import", "fab.db", "in.xlsx", "--annotate", "out.xlsx", *(() if code else ("-n",)), expect=code)
    check(beside("out.xlsx", sheet) == expected, f"{beside('out.xlsx', sheet)} is not {expected}")
    check(read("fab.db") == before, "annotating has changed the database")
    old, new = parts_of("in.xlsx"), parts_of("out.xlsx")
    check(list(old) == list(new), "annotated: other parts")
    for name in old:
        left_out = re.sub(rb'<(x:)?c r="[A-Z]+[0-9]+" t="inlineStr"><(x:)?is><(x:)?t xml:space="preserve">(# findings|[A-Z]+[0-9]+: |warning: )[^<]*</(x:)?t></(x:)?is></(x:)?c>', b"", new[name])
        check(left_out == old[name], f"annotated: {name} is another: {left_out[:1500]} {old[name][:1500]}")
    run("import", "fab.db", "out.xlsx", "--annotate", "again.xlsx", *(() if code else ("-n",)), expect=code)
    check(parts_of("again.xlsx") == new, "annotated twice: another workbook")


def given_back():
    bad = ["D8", "BUYR", "CHIP", "2027-01-11", number(1), number(2)]
    annotated(demand(GOOD, [], bad, ["D9", "BUYER", "<_x&\"", "2027-01-11", error("#N/A"), number(-2)]),
              {1: "# findings", 4: "B4: customer is 'BUYR', must be in table customer (BUYER?)", 5: "E5: quantity is '#N/A', must be a value (an error value of the spreadsheet)"})
    annotated(demand(["D9", "BUYER", "<_x_\"&'>\u20ac", "2027-01-11", number(5), number(-2)]),
              {1: "# findings", 2: "F2: price_usd is '-2', must be 0 or more"})
    book = demand(GOOD, bad)
    text = book.parts()["xl/worksheets/sheet1.xml"]
    book.extra["xl/worksheets/sheet1.xml"] = HEAD + text[len(HEAD):].replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace('xmlns="', 'xmlns:x="')
    annotated(book, {1: "# findings", 3: "B3: customer is 'BUYR', must be in table customer (BUYER?)"})
    annotated(Workbook({"customer": [["customer", "name"]], "demand": [["# a remark above", None, None, None, None, None, "# beside"], [], HEADER, GOOD, bad]}),
              {3: "# findings", 5: "B5: customer is 'BUYR', must be in table customer (BUYER?)"}, sheet=2)
    annotated(demand(GOOD, header=HEADER[:-1] + ["prize_usd"]), {1: "# findings | F1: column is 'prize_usd', must be a column of table demand (price_usd?)"
                                                               " | G1: column 'price_usd' is missing, must be given (paid on shipment)"})
    annotated(demand(GOOD), {}, code=0)
    empty = Workbook({"demand": []})
    empty.extra["xl/worksheets/sheet1.xml"] = HEAD + f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/><sheetData/></worksheet>'
    empty.save("in.xlsx")
    run("import", "fab.db", "in.xlsx", "--annotate", "out.xlsx", expect=INPUT)
    check(beside("out.xlsx") == {1: "# findings | A1: sheet is empty, must begin with a row of column names"}, str(beside("out.xlsx")))


def not_given_back():
    """Nothing is written where the file is none, or the request makes no sense."""
    with_part("xl/vbaProject.bin")("m.xlsx")
    demand(GOOD).save("in.xlsx")
    with open("customer.csv", "w", encoding="utf-8") as file:
        file.write("customer,name\nOTHER,Another\n")
    before = {name: read(name) for name in os.listdir(".") if os.path.isfile(name)}
    for files, out, code, message in ((["m.xlsx"], "no.xlsx", INPUT, "the workbook holds macros"), (["customer.csv"], "no.xlsx", 2, "must come with one among the files (there are 0)"),
                                      (["in.xlsx", "m.xlsx"], "no.xlsx", INPUT, "macros"), (["in.xlsx"], "in.xlsx", 2, "must be another file"),
                                      (["in.xlsx"], "fab.db", 2, "is the data itself"), (["in.xlsx"], "nowhere/no.xlsx", 9, "nowhere")):
        said = run("import", "fab.db", *files, "--annotate", out, expect=code).stderr
        check(message in said, f"{files} {out}: {said}")
        check({name: read(name) for name in os.listdir(".") if os.path.isfile(name)} == before, f"{files} {out}: files have changed")


def main():
    folder = tempfile.mkdtemp()
    os.chdir(folder)
    try:
        for name in ("mini", "terafab"):
            same_as_csv(name)
        same_as_csv("mini", epoch1904=True)
        same_as_csv("mini", texts_only=True)
        run("init", "fab.db", "-q")
        run("import", "fab.db", os.path.join(DATA, "mini"), "-q")
        for test in (kinds_of_cells, layout, prefixed):
            test()
        run("import", "fab.db", os.path.join(DATA, "mini"), "--replace", "-q")
        for book, *messages in CELLS:
            refuse(book.save, messages)
        for save, *messages in PACKAGES:
            refuse(save, messages)
        refuse(ole("Workbook"), ["OLD.XLS: an old Excel file (.xls)"], name="OLD.XLS")
        refuse(with_part("xl/vbaProject.bin"), ["m.xlsm: the workbook holds macros"], name="m.xlsm")
        several()
        run("import", "fab.db", os.path.join(DATA, "mini"), "--replace", "-q")
        given_back()
        not_given_back()
    finally:
        shutil.rmtree(folder)
    print(f"{len(CELLS)} cells and {len(PACKAGES)} packages refused; {len(FAILED)} failed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
