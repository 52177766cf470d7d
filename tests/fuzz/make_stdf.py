#!/usr/bin/env python3
"""Writes the files of corpus/stdf: the option byte of fuzz_stdf.c and an STDF V4 file, sound or broken in one way.
SPDX-License-Identifier: GPL-3.0-or-later"""
import gzip
import pathlib
import struct

SORT, FINAL, LOT_IN_NAME, SOFT_BINS, WAFER, RUN_3, IMPORT = (1 << bit for bit in range(7))
NONE = 0xFFFFFFFF
FOLDER = pathlib.Path(__file__).parent / "corpus" / "stdf"


class Writer:
    def __init__(self, order):
        self.order = order
        self.bytes = b""
        self.record(0, 10, "BB", 1 if order == ">" else 2, 4)

    def record(self, kind, subtype, fields, *values):
        """fields: as of struct, n for a text with its length."""
        body = b""
        for field, value in zip(fields, values):
            if field == "n":
                body += struct.pack("B", len(value)) + value.encode("latin-1")
            else:
                body += struct.pack(self.order + field, value)
        self.bytes += struct.pack(self.order + "HBB", len(body), kind, subtype) + body

    def mir(self, lot="L001", code="", retest="N"):
        self.record(1, 10, "IIBcccHc" + 18 * "n", 1796000000, 1796000100, 1, b"P", retest.encode(), b" ", 65535, b" ",
                    lot, "DA", "node", "tester", "job", "rev", "sub", "operator", "exec", "1.0", code, *7 * [""])

    def wcr(self, x="R", y="D"):
        self.record(2, 30, "fffBchhcc", 300, 10, 10, 4, b"D", 0, 0, x.encode(), y.encode())

    def wir(self, wafer, head=1):
        self.record(2, 10, "BBIn", head, 255, 1796000200, wafer)

    def wrr(self, wafer, parts=NONE, good=NONE, head=1):
        self.record(2, 20, "BBIIIIIIn", head, 255, 1796000300, parts, NONE, NONE, good, NONE, wafer)

    def part(self, x, y, hard, head=1, flags=0, soft=None, name=""):
        self.record(5, 10, "BB", head, 0)
        self.record(15, 10, "IBB", 4711, head, 0)
        self.record(5, 20, "BBBHHHhhInnB", head, 0, flags, 1, hard, hard + 100 if soft is None else soft, x, y, 1500, name, "", 0)

    def bin(self, number, count, mark, head=255, subtype=40):
        self.record(1, subtype, "BBHIcn", head, 0, number, count, mark.encode(), "bin")

    def mrr(self):
        self.record(1, 20, "I", 1796000400)


def sound(order, retest="N"):
    """Two wafers on two heads: a retested die, one without place, one without verdict."""
    w = Writer(order)
    w.mir(retest=retest)
    w.wcr("L", "U")
    w.wir("L001-1")
    w.wir("L001-2", head=2)
    w.part(0, 0, 9, flags=8, name="1")
    w.part(5, -3, 1, head=2, name="1")
    w.part(0, 0, 1, name="2")
    w.part(1, 0, 2, flags=16, name="3")
    w.part(6, -3, 40, head=2, flags=8, name="2")
    w.part(-32768, 7, 1, name="4")
    w.part(2, 0, 1, flags=1, name="4")
    w.wrr("L001-1", 3, 3)
    w.wrr("L001-2", head=2)
    for number, count, mark in (1, 4, "P"), (2, 1, "P"), (9, 1, "F"), (40, 1, "F"):
        w.bin(number, count, mark)
        w.bin(number + 100, count, mark, subtype=50)
    w.mrr()
    return w.bytes


def summary(order):
    """Counts and no parts; a retest of the whole wafer."""
    w = Writer(order)
    w.mir(code="FT2", retest="2")
    w.record(1, 70, "H", 0)
    w.wir("")
    w.wrr("L001-1", 7, 5)
    w.bin(1, 5, "P")
    w.bin(9, 2, "F")
    w.bin(9, 2, "F", head=1)
    w.mrr()
    return w.bytes


def loose(order):
    """A part outside every wafer."""
    w = Writer(order)
    w.mir(lot="", retest="Y")
    w.part(3, 3, 1)
    w.mrr()
    return w.bytes


def retest(order):
    """A retest of two bins."""
    w = Writer(order)
    w.mir()
    w.record(1, 70, "HHH", 2, 9, 40)
    w.mrr()
    return w.bytes


def write(name, options, data):
    (FOLDER / name).write_bytes(bytes([options]) + data)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, order in ("little", "<"), ("big", ">"):
        whole = sound(order)
        write(f"sound_{name}", IMPORT, whole)
        write(f"soft_bins_{name}", SOFT_BINS | FINAL, whole)
        write(f"summary_{name}", IMPORT | RUN_3 | SORT, summary(order))
        write(f"loose_{name}", WAFER | IMPORT | SORT, loose(order))
        write(f"run_2_{name}", IMPORT, sound(order, "Y"))
        write(f"cut_{name}", 0, whole[:-9])
        write(f"second_far_{name}", 0, whole + whole[:6])
    little = sound("<")
    write("lot_in_name", LOT_IN_NAME, little)
    write("loose_refused", 0, loose("<"))
    write("retest_of_bins", 0, retest("<"))
    write("gzip", IMPORT, gzip.compress(little, mtime=0))
    write("gzip_cut", 0, gzip.compress(little, mtime=0)[:-5])
    write("gzip_empty", 0, gzip.compress(b"", mtime=0))
    write("wrong_order", 0, little[:4] + b"\x01" + little[5:])
    write("version_3", 0, little[:5] + b"\x03" + little[6:])
    write("long_record", 0, little[:6] + b"\xff\xff\x01\x0a")
    write("text_beyond_record", 0, little[:6] + b"\x05\x00\x02\x0a\x01\x00\xff\xff\x00" + little[6:])
    write("empty", 0, b"")


if __name__ == "__main__":
    main()
