# SPDX-License-Identifier: GPL-3.0-or-later
"""One LibreOffice process that opens workbooks, changes cells, calculates all and says what stands in every cell.

    steps = [("open", path), ("set", sheet, row, column, value), ("calculate",), ("read",), ("open", other), ("read",)]
    books = office.play(steps, folder)   # one {sheet: {(row, column): value}} for each "read"

Files are calculated from scratch on loading (OOXMLRecalcMode 0), so the values kept in them do not help. Numbers come with fifteen digits, a cell whose formula is an error as "error NUMBER".
A macro in a profile of the process' own does it: no package beyond LibreOffice itself.
"""
import os
import subprocess

REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
 <library:library library:name="Standard" library:link="false"/>
</library:libraries>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 {}
</library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Office" script:language="StarBasic">{}</script:module>
"""
# steps and answers are lines of fields between tabs; rows and columns count from 1
BASIC = """
Sub Play(folder)
  Dim text As String, step_, book, hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Open folder & "/steps" For Input As #1
  Open folder & "/answers.part" For Output As #2
  Do While Not Eof(1)
    Line Input #1, text
    step_ = Split(text, Chr(9))
    Select Case step_(0)
    Case "open"
      If Not IsEmpty(book) Then book.close(True)
      book = StarDesktop.loadComponentFromURL(ConvertToURL(step_(1)), "_blank", 0, hidden())
    Case "set"
      book.Sheets.getByName(step_(1)).getCellByPosition(Val(step_(3)) - 1, Val(step_(2)) - 1).Value = Val(step_(4))
    Case "calculate"
      book.calculateAll()
    Case "read"
      ReadAll(book)
    End Select
  Loop
  book.close(True)
  Print #2, "end"
  Close #2
  Close #1
  Name folder & "/answers.part" As folder & "/answers"
End Sub

Function Digits(value)
  Dim rest As Double, places As Integer
  rest = value
  Do While rest <> 0 And Abs(rest) < 1 ' as a text a small number has few of its digits
    rest = rest * 1E+12
    places = places + 12
  Loop
  Digits = rest
  If places > 0 Then Digits = rest & "E-" & places
End Function

Sub ReadAll(book)
  Dim s, r, c, sheet, area, lines, cells, value
  Print #2, "book"
  For s = 0 To book.Sheets.Count - 1
    sheet = book.Sheets.getByIndex(s)
    Print #2, "sheet" & Chr(9) & sheet.Name
    area = sheet.createCursor()
    area.gotoEndOfUsedArea(False)
    lines = sheet.getCellRangeByPosition(0, 0, area.RangeAddress.EndColumn, area.RangeAddress.EndRow).getDataArray()
    For r = 0 To UBound(lines)
      cells = lines(r)
      For c = 0 To UBound(cells)
        value = cells(c)
        If VarType(value) = 5 Then
          Print #2, r + 1 & Chr(9) & c + 1 & Chr(9) & "n" & Chr(9) & Digits(value)
        ElseIf VarType(value) <> 8 Then
          Print #2, r + 1 & Chr(9) & c + 1 & Chr(9) & "e" & Chr(9) & sheet.getCellByPosition(c, r).Error
        ElseIf value <> "" Then
          Print #2, r + 1 & Chr(9) & c + 1 & Chr(9) & "t" & Chr(9) & Replace(Replace(Replace(value, "\\", "\\\\"), Chr(10), "\\n"), Chr(13), "\\r")
        End If
      Next
    Next
  Next
End Sub
"""
LONGEST = 900  # seconds


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def make_profile(profile):
    """A profile in which the macro stands."""
    library = os.path.join(profile, "user", "basic", "Standard")
    os.makedirs(library, exist_ok=True)
    for path, text in (("registrymodifications.xcu", REGISTRY), ("basic/script.xlc", LIBRARIES), ("basic/dialog.xlc", LIBRARIES),
                       ("basic/Standard/script.xlb", LIBRARY.format('<library:element library:name="Office"/>')), ("basic/Standard/dialog.xlb", LIBRARY.format("")),
                       ("basic/Standard/Office.xba", MODULE.format(escape(BASIC)))):
        with open(os.path.join(profile, "user", path), "w", encoding="utf-8") as file:
            file.write(text)


def read_answers(path):
    books = []
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.rstrip("\n").split("\t", 3)
            if fields[0] == "book":
                books.append({})
            elif fields[0] == "sheet":
                cells = books[-1][fields[1]] = {}
            elif fields[0] != "end":
                row, column, kind, text = fields
                cells[(int(row), int(column))] = float(text) if kind == "n" else "error " + text if kind == "e" else unescape(text)
    return books


def unescape(text):
    return text.replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\") if "\\" in text else text


def play(steps, folder):
    """What the workbooks say at each "read". folder: empty or not there yet."""
    profile = os.path.join(folder, "office-profile")
    make_profile(profile)
    with open(os.path.join(folder, "steps"), "w", encoding="utf-8") as file:
        file.writelines("\t".join(map(str, step)) + "\n" for step in steps)
    done = subprocess.run(["soffice", "-env:UserInstallation=file://" + profile, "--headless", "--norestore", f'macro:///Standard.Office.Play("{folder}")'],
                          capture_output=True, text=True, timeout=LONGEST, env={**os.environ, "LC_ALL": "C.UTF-8"})
    answers = os.path.join(folder, "answers")
    if done.returncode or not os.path.exists(answers):
        raise SystemExit("LibreOffice failed: " + done.stdout + done.stderr)
    return read_answers(answers)
