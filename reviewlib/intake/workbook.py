"""A workbook as it was found: plain cells with text, type and format, nothing interpreted yet.

Readers of every format fill these; everything after them knows no file format.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from openpyxl.utils import get_column_letter

TEXT, NUMBER, DATE, BOOL, ERROR, UNCACHED = "text", "number", "date", "bool", "error", "uncached"
BLANK = "blank"
"""What the file says a cell holds; `UNCACHED` is a formula without a stored result."""


class Cell(NamedTuple):
    """One filled cell.

    `value` is a str, int, float, bool or datetime as the file has it; `number_format` is how it is
    shown, empty where the reader cannot see it; `formula` is the formula's text, `value` then its
    stored result; `is_merged` marks a cell filled from the top-left of its
    merged area. `day_nought` is the day from which the workbook counts its days.
    """

    row: int
    column: int
    value: object
    type: str = TEXT
    number_format: str = "General"
    is_merged: bool = False
    formula: str = ""
    day_nought: date = date(1899, 12, 30)

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The raw text: a number at its shortest, a date as ISO, an uncached formula as written."""
        if self.type == TEXT or self.type == ERROR:
            return self.value
        if self.type == UNCACHED:
            return self.formula
        if self.type == BLANK:
            return ""
        if self.type == BOOL:
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, datetime):
            return self.value.isoformat(" ").removesuffix(" 00:00:00")
        if isinstance(self.value, date):
            return self.value.isoformat()
        if isinstance(self.value, float) and self.value.is_integer():
            return format(self.value, ".0f")
        return str(self.value)


def blank(row: int, column: int) -> Cell:
    """Return an empty cell: nothing stands there, but it has an address."""
    return Cell(row, column, None, BLANK)


class Merge(NamedTuple):
    """A merged area, its corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True)
class RowCount:
    """What the independent counter saw of one sheet: row numbers, and those with any content."""

    seen: frozenset[int]
    filled: frozenset[int]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its filled cells by row and column, as they stand.

    `covered` are those that lie under merged areas, where nobody sees them; they are in no row.
    """

    name: str
    rows: dict[int, dict[int, Cell]]
    count: RowCount
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    covered: tuple[Cell, ...] = ()

    @cached_property
    def _merge_at(self) -> dict[int, dict[int, Merge]]:
        """The merged area by row and column of its cells but the top-left, where rows exist."""
        found: dict[int, dict[int, Merge]] = {}
        for merge in self.merges:
            for row in range(merge.first_row, merge.last_row + 1):
                for column in range(merge.first_column, merge.last_column + 1):
                    if (row, column) != merge[:2] and row <= self.last_row:
                        found.setdefault(row, {})[column] = merge
        return found

    @cached_property
    def _merges_from(self) -> dict[int, list[Merge]]:
        """The merged areas by the row in which they begin."""
        found: dict[int, list[Merge]] = {}
        for merge in self.merges:
            found.setdefault(merge.first_row, []).append(merge)
        return found

    def merges_from(self, row: int) -> list[Merge]:
        """The merged areas that begin in a row."""
        return self._merges_from.get(row, [])

    def without_covered(self) -> Sheet:
        """Return the sheet with the values that lie under merged areas set apart.

        Rows that hold nothing else stay counted: `accounting` tells of them.
        """
        covered = tuple(
            cell
            for row, under in sorted(self._merge_at.items())
            for column, cell in self.rows.get(row, {}).items()
            if column in under
        )
        if not covered:
            return self
        hidden = {cell[:2] for cell in covered}
        rows = {
            row: {column: cell for column, cell in cells.items() if (row, column) not in hidden}
            for row, cells in self.rows.items()
        }
        kept = {row: cells for row, cells in rows.items() if cells}
        return replace(self, rows=kept, covered=covered)

    @cached_property
    def last_row(self) -> int:
        """The last row with a filled cell."""
        return max(self.rows, default=0)

    @cached_property
    def merged_rows(self) -> frozenset[int]:
        """The rows that a merged area touches, as far as there are rows."""
        last = max((self.last_row, *self.count.filled))
        return frozenset(
            row for m in self.merges for row in range(m.first_row, min(m.last_row, last) + 1)
        )

    def columns_of(self, row: int) -> list[int]:
        """The columns of a row that are filled or lie under a merge, from the left."""
        return sorted({*self.rows.get(row, ()), *self._merge_at.get(row, ())})

    def cell(self, row: int, column: int) -> Cell | None:
        """Return a cell; one under a merge has the value of the area's top-left."""
        found = self.rows.get(row, {}).get(column)
        merge = self._merge_at.get(row, {}).get(column) if found is None and self.merges else None
        if merge is None:
            return found
        top = self.rows.get(merge.first_row, {}).get(merge.first_column)
        return top and top._replace(row=row, column=column, is_merged=True)

    def after(self, cell: Cell) -> int:
        """Return the column after a cell, or after the merged area that it heads."""
        for merge in self.merges_from(cell.row):
            if merge.first_column == cell.column:
                return merge.last_column + 1
        return cell.column + 1

    def cell_down(self, row: int, column: int) -> Cell | None:
        """Return a cell of data: a merge fills downwards only, never to the side."""
        found = self.rows.get(row, {}).get(column)
        if found is not None or not self.merges:
            return found
        merge = self._merge_at.get(row, {}).get(column)
        if merge is None or merge.first_column != column:
            return None
        return self.cell(row, column)


@dataclass(frozen=True)
class Workbook:
    """One file as it was read.

    Parameters
    ----------
    file : str
        Path relative to the review folder.
    sha256 : str
    format : str
        xlsx, xls, ods or csv, by content.
    sheets : tuple of Sheet
    notes : tuple of (code, words)
        Data issues of the whole file that do not stop it.
    """

    file: str
    sha256: str
    format: str
    sheets: tuple[Sheet, ...]
    notes: tuple[tuple[str, dict], ...] = field(default=())
