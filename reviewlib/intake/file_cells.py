"""Find one cell in the change log of a file, by its place (查找)."""

from __future__ import annotations

from functools import cached_property

import pyarrow as pa

from reviewlib.schema import TABLES
from reviewlib.schema.model import Layout

PLACE = ("table", "sheet", "column", "row")
TOLD = ("cell", "raw", "record_key")


class FileCells:
    """The cells of one file by table, sheet, column and row; of equal places the last one counts.

    Parameters
    ----------
    cells : pyarrow.Table
        Its change log, with the columns of the frame `cells`.
    """

    def __init__(self, cells: pa.Table):
        self._cells = cells
        self._places = list(zip(*(cells[name].to_pylist() for name in PLACE), strict=True))

    def find(
        self, table: str, sheet: str, column: str, row: int | None
    ) -> tuple[str, str, str] | None:
        """Return address, text and record key of a cell; the row does not matter for a record."""
        at = self._by_place.get((table, sheet, column, _row_of(table, row)))
        return None if at is None else self._told(at)

    def letter(self, table: str, sheet: str, column: str) -> str | None:
        """Return the letter of a column on its sheet, where any row states it."""
        lowest = self._lowest.get((table, sheet, column))
        return lowest and self._told(lowest[1])[0].rstrip("0123456789")

    def key(self, table: str, sheet: str, row: int | None) -> str:
        """Return the record key that any filled cell of a row states."""
        at = self._by_row.get((table, sheet, row))
        return "" if at is None else self._told(at)[2]

    @cached_property
    def _by_place(self) -> dict[tuple, int]:
        """Which cell stands where, by table, sheet, column and row."""
        return {
            (table, sheet, column, _row_of(table, row)): at
            for at, (table, sheet, column, row) in enumerate(self._places)
        }

    @cached_property
    def _by_row(self) -> dict[tuple, int]:
        """The last cell of each row, by table, sheet and row."""
        return {(table, sheet, row): at for at, (table, sheet, _, row) in enumerate(self._places)}

    @cached_property
    def _lowest(self) -> dict[tuple, tuple[int, int]]:
        """The lowest cell of each column, by table, sheet and column: its row, and which it is."""
        found: dict[tuple, tuple[int, int]] = {}
        for at, (*place, row) in enumerate(self._places):
            column = tuple(place)
            found[column] = max(found.get(column, (0, 0)), (row, at))
        return found

    def _told(self, at: int) -> tuple[str, str, str]:
        return tuple(self._cells[name][at].as_py() for name in TOLD)


def _row_of(table: str, row: int | None) -> int | None:
    """Return the row that tells the cells of a column apart; those of a record need none."""
    return None if TABLES[table].layout is Layout.RECORD else row
