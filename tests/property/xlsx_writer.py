# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks as a spreadsheet writes them, with the standard library alone, and with everything that can be wrong with them."""
import csv
import datetime
import os
import re
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DATED, TIMED, OWN_DATE, MONTHLY, REDDISH = 1, 2, 3, 4, 5     # styles: a built-in date, one with time, own formats, and one that is no date
STYLES = (HEAD + f'<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
          '<numFmt numFmtId="165" formatCode="&quot;due &quot;mmm\\ yy"/><numFmt numFmtId="166" formatCode="[Red]0.0&quot; days&quot;"/></numFmts>'
          '<fonts count="1"><font><sz val="11"/><name val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
          '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/>'
          '<xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>')


def letters(column):
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class Raw(str):
    """A cell as XML: what stands between <c r="..." and </c>."""


def number(value, style=0):
    return Raw(f' s="{style}"><v>{value}</v>')


def error(code):
    return Raw(f' t="e"><v>{code}</v>')


def formula(text, value=None, kind=""):
    return Raw((f' t="{kind}"' if kind else "") + f"><f>{escape(text)}</f>" + (f"<v>{escape(str(value))}</v>" if value is not None else ""))


def truth(value):
    return Raw(f' t="b"><v>{int(value)}</v>')


def inline(text):
    return Raw(f' t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is>')


def serial(date, epoch1904=False):
    return (datetime.date.fromisoformat(date) - (datetime.date(1904, 1, 1) if epoch1904 else datetime.date(1899, 12, 30))).days


class Workbook:
    """sheets: name -> rows of cells: None, numbers, texts, Raw."""

    def __init__(self, sheets, date1904=False):
        self.sheets = sheets
        self.date1904 = date1904
        self.hidden_rows, self.merged, self.hidden_sheets = {}, {}, set()
        self.extra = {}             # parts to be added or put in the place of others
        self.strings, self.index = [], {}

    def text(self, text):
        if text not in self.index:
            self.index[text] = len(self.strings)
            self.strings.append(text)
        return f' t="s"><v>{self.index[text]}</v>'

    def cell(self, value, row, column):
        if value is None:
            return ""
        inner = value if isinstance(value, Raw) else self.text(value) if isinstance(value, str) else f"><v>{value!r}</v>"
        return f'<c r="{letters(column)}{row}"{inner}</c>'

    def sheet(self, name):
        rows = "".join(f'<row r="{r}"{" hidden=%s" % quoteattr("1") if r in self.hidden_rows.get(name, ()) else ""}>'
                       + "".join(self.cell(value, r, c) for c, value in enumerate(row, 1)) + "</row>" for r, row in enumerate(self.sheets[name], 1))
        merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in self.merged.get(name, ()))
        return (HEAD + f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>' + (f"<mergeCells>{merged}</mergeCells>" if merged else "") + "</worksheet>")

    def parts(self):
        names = list(self.sheets)
        parts = {f"xl/worksheets/sheet{n}.xml": self.sheet(name) for n, name in enumerate(names, 1)}
        parts["xl/workbook.xml"] = (HEAD + f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{int(self.date1904)}"/><sheets>' + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}"{" state=%s" % quoteattr("hidden") if name in self.hidden_sheets else ""} r:id="rId{n}"/>'
            for n, name in enumerate(names, 1)) + "</sheets></workbook>")
        relation = '<Relationship Id="rId%d" Type="' + OFFICE + '/%s" Target="%s"/>'
        parts["xl/_rels/workbook.xml.rels"] = (HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
            relation % (n, "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1))
            + relation % (len(names) + 1, "sharedStrings", "sharedStrings.xml") + relation % (len(names) + 2, "styles", "/xl/styles.xml") + "</Relationships>")
        parts["_rels/.rels"] = HEAD + f'<Relationships xmlns="{PACKAGE}/relationships">' + relation % (1, "officeDocument", "xl/workbook.xml") + "</Relationships>"
        kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings",
                 **{f"xl/worksheets/sheet{n}.xml": "worksheet" for n in range(1, len(names) + 1)}}
        parts["[Content_Types].xml"] = (HEAD + f'<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' + "".join(
            f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
            for part, kind in kinds.items()) + "</Types>")
        parts["xl/styles.xml"] = STYLES
        parts["xl/sharedStrings.xml"] = (HEAD + f'<sst xmlns="{MAIN}">' + "".join(
            f'<si><r><t xml:space="preserve">{escape(t[:1])}</t></r><r><t xml:space="preserve">{escape(t[1:])}</t></r><rPh sb="0" eb="1"><t>aid</t></rPh></si>'
            for t in self.strings) + "</sst>")
        parts.update(self.extra)
        return parts

    def save(self, path, compression=zipfile.ZIP_DEFLATED):
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, content in self.parts().items():
                archive.writestr(zipfile.ZipInfo(name), content, compression)
        return path


PLAIN = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def typed(text, texts_only=False, epoch1904=False):
    """A field of a CSV file as a planner would have it in a sheet."""
    if text == "":
        return None
    if not texts_only and PLAIN.fullmatch(text):
        return number(text)
    if not texts_only and DATE.fullmatch(text):
        return number(serial(text, epoch1904), DATED)
    return text


def read_folder(folder, texts_only=False, epoch1904=False):
    sheets = {}
    for name in sorted(os.listdir(folder)):
        if name.endswith(".csv"):
            with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
            sheets[name[:-4]] = [rows[0]] + [[typed(text, texts_only or name == "setting.csv", epoch1904) for text in row] for row in rows[1:]]
    return sheets
