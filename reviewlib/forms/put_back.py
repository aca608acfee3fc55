"""What reading set aside, put back (放回): rows without a key of their own, notes, further sheets.

The change log knows only what was used. A department that gets our form back instead of its own
file must find in it all that it wrote, or what was to be corrected would be gone for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import styles
from reviewlib.forms.as_written import Grid
from reviewlib.forms.sheets import HEADING_ROW, NONE_ROW, put
from reviewlib.forms.texts import NONE_BOX, NONE_TICKED, writable
from reviewlib.forms.words import NUMBER_FORMATS
from reviewlib.schema import Kind, Layout, tables_of
from reviewlib.schema.personal import masked
from reviewlib.schema.returns import CORRECTIONS_SHEET

Placed = Mapping[str, set[tuple[int, int]]]
"""The rows and columns that hold an entry already, by sheet."""

RECORDS = frozenset(t.sheet for t in tables_of("return") if t.layout is Layout.RECORD)
ASKED = frozenset(table.sheet for table in tables_of("return"))
_NO_TITLE = re.compile(r"[\\*?:/\[\]]")
LONGEST_TITLE = 31


def put_back(book: Workbook, written: Mapping[str, Grid], placed: Placed) -> list[dict]:
    """Write into a form what a file holds besides the entries that stand there already.

    Parameters
    ----------
    book : Workbook
        The form of the department, with the entries.
    written : mapping of str to Grid
        See `as_written`.
    placed : mapping of str to set of (row, column)

    Returns
    -------
    list of dict
        The rows that found no place, for the list in front: sheet, cell, raw.
    """
    homeless = []
    for name, grid in written.items():
        if name in ASKED and not _is_laid_out(book[name], grid):
            homeless += [_told(name, row, cells) for row, cells in grid.items()
                         if row > HEADING_ROW]  # fmt: skip
        elif name in ASKED:
            _put_back_sheet(book[name], grid, placed.get(name, set()))
        elif name not in book.sheetnames and name != CORRECTIONS_SHEET:
            _add_sheet(book, name, grid)
    return homeless


def _is_laid_out(sheet: Worksheet, grid: Grid) -> bool:
    """Say whether the headings of a sheet stand where the form has them, as far as they do."""
    headings = {
        (cell.row, cell.column): _bare(cell.value)
        for cells in sheet.iter_rows() for cell in cells if cell.style == styles.HEADING
    }  # fmt: skip
    line = 1 if sheet.title in RECORDS else 0  # labels stand below one another
    found: dict[tuple[int, str], set[tuple[int, int]]] = {}
    for spot, value in _cells(grid):
        found.setdefault((spot[line], _bare(value)), set()).add(spot)
    own = [(spot, found[key]) for spot, text in headings.items()
           if (key := (spot[line], text)) in found]  # fmt: skip
    return bool(own) and all(spot in places for spot, places in own)


def _cells(grid: Grid) -> Iterable[tuple[tuple[int, int], object]]:
    return (((row, c), value) for row, cells in grid.items() for c, value in cells.items())


def _put_back_sheet(sheet: Worksheet, grid: Grid, placed: set[tuple[int, int]]) -> None:
    used = {row for row, _ in placed}
    first = HEADING_ROW if sheet.title in RECORDS else HEADING_ROW + 1
    for (row, column), value in _cells(grid):
        cell = sheet.cell(row, column)
        if (row, column) == (NONE_ROW, 1) and (cell.value, value) == (NONE_BOX, NONE_TICKED):
            cell.value = value
        elif (row, column) not in placed and _is_open(cell, value, row in used or row < first):
            _write(cell, value)


def _is_open(cell: Cell, value: object, keeps_form: bool) -> bool:
    """Say whether a value is to be written into a cell of the form.

    In a row that was used, and above the table, what the form prints stays; in one that was set
    aside what the department wrote over it stands, as it does in a file that can be marked.
    """
    if cell.data_type == "f" or _bare(cell.value) == _bare(value):
        return False
    if not keeps_form:
        return True
    is_hint = cell.style == styles.LINE and cell.row >= HEADING_ROW
    is_kept = cell.style in (styles.HEADING, styles.LOCKED)
    return not is_kept and (cell.value is None or is_hint)


def _write(cell: Cell, value: object) -> None:
    number_format = cell.number_format
    if isinstance(value, date) and number_format == "General":
        number_format = NUMBER_FORMATS[Kind.DATE]
    put(cell, value, styles.INPUT, number_format)


def _add_sheet(book: Workbook, name: str, grid: Grid) -> None:
    """Add a sheet that the form does not have, with its values."""
    sheet = book.create_sheet(_NO_TITLE.sub("_", writable(name))[:LONGEST_TITLE])
    for (row, column), value in _cells(grid):
        _write(sheet.cell(row, column), value)


def _told(sheet: str, row: int, cells: Mapping[int, object]) -> dict:
    raw = "｜".join(masked(str(value)) for value in cells.values())
    return {"sheet": sheet, "row": row, "raw": raw}


def _bare(value: object) -> str:
    return "" if value is None else re.sub(r"\s", "", str(value))
