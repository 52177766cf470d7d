# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes STDF V4 files, field by field as the standard lists them (Teradyne, "Standard Test Data Format Specification", version 4), in either byte order."""
import os
import struct

NONE = -32768           # X_COORD, Y_COORD: the part has no place
NO_COUNT = 0xFFFFFFFF   # of WRR
BY_ID, BY_PLACE, ABORTED, FAILED, NO_VERDICT = 1, 2, 4, 8, 16   # bits of PART_FLG
START = 1_800_000_000   # 2027-01-15T08:00:00


class Writer:
    """The bytes of a file and where its records begin."""

    def __init__(self, big=False):
        self.order, self.bytes, self.begins = ">" if big else "<", b"", []

    def record(self, kind, subtype, layout="", *values, tail=b""):
        """layout: struct letters (B U1, H U2, I U4, h I2, i I4, f R4, c C1) and S for Cn."""
        body = b""
        for letter, value in zip(layout, values, strict=True):
            if letter == "S":
                text = value.encode("latin-1") if isinstance(value, str) else value
                body += bytes([len(text)]) + text
            else:
                body += struct.pack(self.order + letter, value.encode() if letter == "c" else value)
        body += tail
        self.begins.append(len(self.bytes))
        self.bytes += struct.pack(self.order + "HBB", len(body), kind, subtype) + body
        return self

    def far(self, cpu=None, version=4):
        return self.record(0, 10, "BB", {"<": 2, ">": 1}[self.order] if cpu is None else cpu, version)

    def mir(self, lot="LOT7", product="D_AI6", setup=START - 200, start=START - 100, retest=" ", job="", code="", flow=""):
        texts = [lot, product, "node", "J750", job, "r1", "", "op", "IG-XL", "8.3", code, "25", "", "", "", "", "", "", "", "", "", "", "", flow]
        return self.record(1, 10, "IIBcccHc" + "S" * len(texts), setup, start, 1, "P", retest, " ", 65535, " ", *texts)

    def sdr(self, head, sites):
        self.record(1, 80, "BBB" + "B" * len(sites) + "S" * 16, head, 0, len(sites), *sites, *["prober"] * 16)
        return self

    def wir(self, wafer, start=START, head=1):
        return self.record(2, 10, "BBIS", head, 255, start, wafer)

    def wrr(self, wafer, finish=START + 3600, parts=NO_COUNT, good=NO_COUNT, head=1):
        return self.record(2, 20, "BBIIIIIISSSSSS", head, 255, finish, parts, NO_COUNT, NO_COUNT, good, NO_COUNT, wafer, "", "", "", "", "")

    def wcr(self, positive_x=" ", positive_y=" "):
        return self.record(2, 30, "fffBchhcc", 300.0, 10.0, 10.0, 3, "D", 0, 0, positive_x, positive_y)

    def pir(self, head=1, site=0):
        return self.record(5, 10, "BB", head, site)

    def prr(self, part):
        return self.record(5, 20, "BBBHHHhhISSS", part.head, part.site, part.flags, 4, part.hard, part.soft, part.x, part.y, 950, part.id, "", b"\x05")

    def ptr(self, head=1, site=0, number=1000):
        return self.record(15, 10, "IBBBBfSSBbbbffS", number, head, site, 0, 0xC0, 1.25, "Vdd leak", "", 0, -9, -9, -9, -1.0, 2.0, "uA")

    def ftr(self, head=1, site=0):
        return self.record(15, 20, "IBBBBIIIIiih", 2000, head, site, 0, 0xFF, 1, 2, 3, 0, 0, 0, 0, tail=os.urandom(40))

    def bin(self, number, count, mark=" ", head=255, site=255, soft=False):
        return self.record(1, 50 if soft else 40, "BBHIcS", head, site, number, count, mark, f"bin {number}")

    def pcr(self, count, good, head=255, site=255):
        return self.record(1, 30, "BBIIIII", head, site, count, 0, 0, good, NO_COUNT)

    def mrr(self):
        return self.record(1, 20, "IcSS", START + 9999, " ", "", "")


class Part:
    def __init__(self, wafer, hard, x=NONE, y=NONE, flags=0, part_id="", head=1, site=0, soft=None):
        self.wafer, self.hard, self.x, self.y, self.flags, self.id = wafer, hard, x, y, flags, part_id
        self.head, self.site, self.soft = head, site, 100 + hard % 1000 if soft is None else soft


def simple(w, wafer="W-01", hard=(1, 1, 2), start=START, mrr=True, **mir):
    """A file of one wafer with a row of die."""
    w.far().mir(start=start, **mir).wir(wafer, start)
    for x, number in enumerate(hard):
        w.pir().ptr().ftr().prr(Part(wafer, number, x, 0, 0 if number == 1 else FAILED))
    w.wrr(wafer, start + 60)
    return w.mrr() if mrr else w
