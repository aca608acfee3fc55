"""Workbooks of results: the same bytes for the same rows, and no formula that comes from data."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.gathered import plain_values
from reviewlib.forms.saving import save_workbook
from reviewlib.forms.texts import writable
from reviewlib.schema.written import FORMULA_SIGNS

_LONGEST = 32_767  # characters a cell can hold
_WIDEST, _NARROWEST = 60, 8
_PAGE, _SMALLEST = 140, 0.6
"""Characters across a page of A4, and the least that a print may be made smaller (some 6.5 pt)."""
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_READ_OTHERWISE = (*FORMULA_SIGNS, "#")  # a formula, or an error such as #N/A
_BOLD, _GREY = Font(bold=True), PatternFill("solid", fgColor="E8EDF3")
_AT_TOP = Alignment(wrap_text=True, vertical="top")


def write_workbook(
    path: Path, sheets: Mapping[str, pd.DataFrame], labels: Mapping[str, str] | None = None
) -> None:
    """Write frames as the sheets of one workbook.

    Parameters
    ----------
    path : Path
    sheets : mapping of str to DataFrame
        By sheet name, in order.
    labels : mapping of str to str, optional
        Headings by column name; a column without one keeps its name.
    """
    book = Workbook(write_only=True)
    for name, frame in sheets.items():
        _fill(book.create_sheet(name), frame, labels or {})
    save_workbook(book, path)


def _fill(sheet: Worksheet, frame: pd.DataFrame, labels: Mapping[str, str]) -> None:
    headings = [labels.get(name, name) for name in frame.columns]
    columns = [plain_values(frame.iloc[:, place]) for place in range(frame.shape[1])]
    widths = [_column_width(*column) for column in zip(headings, columns, strict=True)]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(frame) + 1}"
    _set_up_print(sheet, sum(widths))
    sheet.append([_heading(sheet, heading) for heading in headings])
    for row in zip(*columns, strict=True):
        sheet.append(list(_cells(sheet, row)))


def _column_width(heading: str, values: list) -> int:
    width = max(_width(heading), *map(_width, values[:200]), 0)
    return min(max(width + 2, _NARROWEST), _WIDEST)


def _set_up_print(sheet: Worksheet, width: int) -> None:
    """Print on A4 across, headings and first column on every page, as many wide as can be read."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = math.ceil(width * _SMALLEST / _PAGE)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, footer=0.3)
    sheet.print_title_rows, sheet.print_title_cols = "1:1", "A:A"
    sheet.oddFooter.center.text = "&A　&P / &N"


def _heading(sheet: Worksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font, cell.fill, cell.alignment = _BOLD, _GREY, _AT_TOP
    return cell


def _cells(sheet: Worksheet, row: tuple) -> Iterator[object]:
    """Say what a value is where the library would take it for something else."""
    for value in row:
        if isinstance(value, str):
            text = writable(value)[:_LONGEST]
            yield _text(sheet, text) if text.startswith(_READ_OTHERWISE) else text
        elif isinstance(value, pd.Timestamp):
            cell = WriteOnlyCell(sheet, value.to_pydatetime())
            cell.number_format = "yyyy-mm-dd"
            yield cell
        else:
            yield value


def _text(sheet: Worksheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    cell.value, cell.data_type = text, "s"
    cell.quotePrefix = not text.startswith("#")
    return cell


def _width(value: object) -> int:
    """Width in characters of a Latin font; a Chinese character takes two."""
    text = str(value)
    return len(text) + (0 if text.isascii() else len(_WIDE.findall(text)))
