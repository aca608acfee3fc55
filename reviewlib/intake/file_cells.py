"""Find one cell in the change log of a file, by its place (查找)."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from reviewlib.schema import TABLES
from reviewlib.schema.model import Layout


class FileCells:
    """The cells of one file by table, sheet, column and row; of equal places the last one counts.

    Parameters
    ----------
    cells : pyarrow.Table
        Its change log, with the columns of the frame `cells`.
    """

    def __init__(self, cells: pa.Table):
        self._cells = cells

    def find(
        self, table: str, sheet: str, column: str, row: int | None
    ) -> tuple[str, str, str] | None:
        """Return address, text and record key of a cell; the row does not matter for a record."""
        is_record = TABLES[table].layout is Layout.RECORD
        own_row = {} if is_record else {"row": row}
        found = self._where(table=table, sheet=sheet, column=column, **own_row)
        return self._told(found[-1]) if found else None

    def letter(self, table: str, sheet: str, column: str) -> str | None:
        """Return the letter of a column on its sheet, where any row states it."""
        found = self._where(table=table, sheet=sheet, column=column)
        if not found:
            return None
        lowest = max(found, key=lambda at: (self._cells["row"][at].as_py(), at))
        return self._told(lowest)[0].rstrip("0123456789")

    def key(self, table: str, sheet: str, row: int | None) -> str:
        """Return the record key that any filled cell of a row states."""
        found = self._where(table=table, sheet=sheet, row=row)
        return self._told(found[-1])[2] if found else ""

    def _where(self, **wanted: str | int | None) -> list[int]:
        """Return which cells have all these values, in the order of the log."""
        has_all = pa.scalar(True)
        for name, value in wanted.items():
            own = self._cells[name]
            has_all = pc.and_(has_all, pc.equal(own, pa.scalar(value, own.type)))
        return pc.indices_nonzero(has_all).to_pylist()

    def _told(self, at: int) -> tuple[str, str, str]:
        return tuple(self._cells[name][at].as_py() for name in ("cell", "raw", "record_key"))
