"""A return written again (还原): our form, filled in with what was read from a file.

A file that holds values only (.xls, .ods) cannot be marked. Its department gets the form back as
.xlsx, every entry at its own address, so that it corrects and need not fill in anew; and what was
set aside as it was written (`put_back`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import styles
from reviewlib.forms.as_written import Grid
from reviewlib.forms.book import finished
from reviewlib.forms.put_back import Placed, put_back
from reviewlib.forms.returns import return_form
from reviewlib.forms.sheets import HEADING_ROW, NONE_ROW, put
from reviewlib.forms.texts import NONE_BOX, NONE_TICKED
from reviewlib.forms.words import NUMBER_FORMATS
from reviewlib.review import Review
from reviewlib.schema import TABLES, Column, Kind, Layout, Table
from reviewlib.schema.model import FIGURES


def refilled(
    review: Review, file: str, written: Mapping[str, Grid] | None
) -> tuple[Workbook, list[dict]] | None:
    """Return the form of a department with the entries of one of its files.

    Parameters
    ----------
    review : Review
        `cells` tells what stood in which cell, as it was written where it was not understood.
    file : str
        As `cells` and `issues` name it.
    written : mapping of str to Grid, or None
        See `as_written`: what was set aside is in no frame.

    Returns
    -------
    (Workbook, list of dict) or None
        The form; and the rows that found no place in it: sheet, row, raw. None where the file was
        laid out otherwise than the form: an entry would stand at the wrong place; or where rows
        were set aside that the file no longer tells.
    """
    cells = review.cells[review.cells["file"] == file]
    if cells.empty:
        return None
    roster = review.departments
    department = roster[roster["dept_code"] == cells["dept_code"].iloc[0]].iloc[0]
    book = finished(return_form(review.settings, review.rubric, department, roster))
    is_lost = written is None and _has_set_aside(review.sheets[review.sheets["file"] == file])
    if is_lost or not all(_fits(entry, book) for entry in cells.itertuples()):
        return None
    for entry in cells.itertuples():
        column = TABLES[entry.table][entry.column]
        if column.is_input:
            _enter(book[entry.sheet][entry.cell], column, entry)
    _tick_empty_lists(book, cells, review.issues[review.issues["file"] == file])
    return book, put_back(book, written or {}, _placed(cells, book))


def _has_set_aside(sheets: pd.DataFrame) -> bool:
    return bool(sheets[["excluded_count", "quarantined_count"]].to_numpy().sum())


def _placed(cells: pd.DataFrame, book: Workbook) -> Placed:
    """Return where the entries stand, by sheet."""
    placed: dict[str, set[tuple[int, int]]] = {}
    for entry in cells.itertuples():
        cell = book[entry.sheet][entry.cell]
        placed.setdefault(entry.sheet, set()).add((cell.row, cell.column))
    return placed


def _fits(entry, book: Workbook) -> bool:
    """Tell whether an entry stands where the form has its column (and its printed row)."""
    table = TABLES[entry.table]
    if entry.sheet not in book.sheetnames or entry.column not in table.names:
        return False
    sheet, position = book[entry.sheet], table.names.index(entry.column)
    place = sheet[entry.cell]
    if table.layout is Layout.RECORD:  # its value may stand further right, or at a label below
        is_below = place.row >= HEADING_ROW + len(table.columns)
        return place.column >= 2 and (place.row == HEADING_ROW + position or is_below)
    if place.column != position + 1 or place.row <= HEADING_ROW:
        return False
    is_key = table.layout is Layout.FIXED and position == 0
    return not is_key or str(place.value) == entry.raw


def _enter(cell: Cell, column: Column, entry) -> None:
    """Write one entry: numbers and days as such where they were understood, else as written."""
    if cell.style in (styles.LOCKED, styles.HEADING):  # the form itself fills it in
        return
    put(cell, _value(column, entry), styles.INPUT, NUMBER_FORMATS.get(column.kind))


def _value(column: Column, entry) -> object:
    if pd.isna(entry.value) or entry.value == "":  # not understood, or not used
        return None if pd.isna(entry.raw) else entry.raw
    if column.kind in FIGURES:
        number = float(entry.value)
        return int(number) if number.is_integer() else number
    if column.kind is Kind.DATE and entry.precision != "month":
        return date.fromisoformat(entry.value)
    return entry.raw


def _tick_empty_lists(book: Workbook, cells: pd.DataFrame, issues: pd.DataFrame) -> None:
    """Tick the box of every list that the file said to be empty: no row, and no question of it."""
    filled, asked = set(cells["table"]), set(issues["sheet"].dropna())
    for table in TABLES.values():
        if _is_list(table) and table.name not in filled and table.sheet not in asked:
            _tick(book[table.sheet])


def _is_list(table: Table) -> bool:
    return table.workbook == "return" and table.layout is Layout.LIST


def _tick(sheet: Worksheet) -> None:
    box = sheet.cell(NONE_ROW, 1)
    if box.value == NONE_BOX:
        box.value = NONE_TICKED
