"""Workbooks of results: the same bytes for the same rows, and no formula that comes from data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.saving import save_workbook

_LONGEST = 32_767  # characters a cell can hold
_WIDEST, _NARROWEST = 60, 8


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
    book = Workbook()
    book.remove(book.active)
    for name, frame in sheets.items():
        _fill(book.create_sheet(name), frame, labels or {})
    save_workbook(book, path)


def _fill(sheet: Worksheet, frame: pd.DataFrame, labels: Mapping[str, str]) -> None:
    headings = [labels.get(name, name) for name in frame.columns]
    sheet.append(headings)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E8EDF3")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for row, values in enumerate(frame.itertuples(index=False), start=2):
        for column, value in enumerate(values, start=1):
            _put(sheet.cell(row, column), value)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, heading in enumerate(headings, start=1):
        width = max([_width(heading), *map(_width, frame.iloc[:, column - 1].head(200))])
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = min(max(width + 2, _NARROWEST), _WIDEST)


def _put(cell: Cell, value: object) -> None:
    if not isinstance(value, str) and pd.isna(value):
        return
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    elif isinstance(value, pd.Timestamp):
        cell.value, cell.number_format = value.to_pydatetime(), "yyyy-mm-dd"
    else:
        cell.value = value.item() if hasattr(value, "item") else value


def _width(value: object) -> int:
    """Width in characters of a Latin font; a Chinese character takes two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in str(value))
