"""LibreOffice as a clerk uses it: a form is opened, cells are typed in, the workbook is saved.

A macro of the program itself types; it refuses a cell that the form has locked.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">Function Setting(sName As String, vValue As Variant)
  Dim oSetting As New com.sun.star.beans.PropertyValue
  oSetting.Name = sName
  oSetting.Value = vValue
  Setting = oSetting
End Function

Sub FillIn(sOrders As String, sFault As String)
  On Error Goto Failed
  Dim oText, oBook, oCell, vOrder
  oText = CreateUnoService("com.sun.star.io.TextInputStream")
  oText.setInputStream(CreateUnoService("com.sun.star.ucb.SimpleFileAccess").openFileRead(sOrders))
  oText.setEncoding("UTF-8")
  Do While Not oText.isEOF()
    vOrder = Split(oText.readLine() &amp; Chr(9), Chr(9))
    Select Case vOrder(0)
      Case "open"
        oBook = StarDesktop.loadComponentFromURL(vOrder(1), "_blank", 0, _
                Array(Setting("Hidden", True)))
      Case "type"
        oCell = oBook.Sheets.getByName(vOrder(1)).getCellRangeByName(vOrder(2))
        If oCell.CellProtection.IsLocked Then Goto Failed
        oCell.setFormula(vOrder(3))
      Case "save"
        oBook.storeToURL(vOrder(1), Array(Setting("FilterName", vOrder(2))))
        oBook.close(True)
    End Select
  Loop
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open sFault For Output As #1
  Print #1, Err &amp; " " &amp; Error &amp; ": " &amp; Join(vOrder, " | ")
  Close #1
  StarDesktop.terminate()
End Sub
</script:module>
"""
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97"}
SECONDS = 180


@dataclass(frozen=True)
class Office:
    """The program with a profile of its own.

    Parameters
    ----------
    program : str
        Path of soffice.
    folder : Path
        Where its profile and its orders lie.
    """

    program: str
    folder: Path

    def run(self, *arguments: object) -> None:
        """Run the program once, without a window."""
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = [self.program, profile, "--headless", "--norestore", *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)

    def convert(self, paths: Iterable[Path], ending: str, out: Path) -> None:
        """Open workbooks and save them in another format, in one run."""
        self.run("--convert-to", ending, "--outdir", out, *paths)

    def fill_in(self, work: Iterable[tuple[Path, Mapping[tuple[str, str], str], Path]]) -> None:
        """Open forms, type into their cells, save them elsewhere; all in one run.

        Parameters
        ----------
        work : iterable of (form, text by sheet and cell, where to save)
            The ending of where to save gives the format: .xlsx or .xls.
        """
        orders, fault = self.folder / "orders.tsv", self.folder / "fault.txt"
        lines = []
        for form, texts, saved in work:
            lines.append(("open", form.as_uri()))
            lines += [("type", *place, text) for place, text in texts.items()]
            lines.append(("save", saved.as_uri(), FILTERS[saved.suffix]))
        orders.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
        self.run(f'macro:///Standard.Module1.FillIn("{orders.as_uri()}","{fault}")')
        assert not fault.exists(), fault.read_text(encoding="utf-8", errors="replace")


def start_office(program: str, folder: Path) -> Office:
    """Return the program with a new profile that holds the macro."""
    office = Office(program, folder)
    office.run("--terminate_after_init")
    module = folder / "profile" / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(MACRO, encoding="utf-8")
    return office
