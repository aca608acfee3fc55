"""Find one cell of the change log among very many, without an object in memory for each of them.

The log of a thousand returns has half a million rows; dictionaries of them would take more room
than the review itself. Sorted numbers do.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from reviewlib.schema import TABLES
from reviewlib.schema.model import Layout

ROWS = 1 << 21
"""More than a sheet can have."""
NAMES = ("table", "file", "sheet", "column")


class CellIndex:
    """The cells of the change log by table, file, sheet, column and row.

    Parameters
    ----------
    cells : DataFrame
        The frame `cells`.
    """

    def __init__(self, cells: pd.DataFrame):
        self._cells = cells
        factors = [pd.factorize(cells[name]) for name in NAMES]
        self._numbers = [{text: n for n, text in enumerate(texts)} for _, texts in factors]
        self._codes = [codes.astype("int32") for codes, _ in factors]

    def find(
        self, table: str, file: str, sheet: str, column: str, row: int | None
    ) -> tuple[str, str, str] | None:
        """Return address, text and record key of a cell; the row does not matter for a record."""
        place = self._place((table, file, sheet, column))
        at = None if place is None else _last(self._by_column, place * ROWS + (row or 0))
        return None if at is None else self._told(at)

    def letter(self, table: str, file: str, sheet: str, column: str) -> str | None:
        """Return the letter of a column on its sheet, where any row states it."""
        place = self._place((table, file, sheet, column))
        if place is None:
            return None
        keys, order = self._by_column
        after = int(np.searchsorted(keys, (place + 1) * ROWS)) - 1
        if after < 0 or keys[after] // ROWS != place:
            return None
        return self._told(int(order[after]))[0].rstrip("0123456789")

    def key(self, table: str, file: str, sheet: str, row: int | None) -> str:
        """Return the record key that any filled cell of a row states."""
        place = self._place((table, file, sheet))
        at = None if place is None else _last(self._by_row, place * ROWS + (row or 0))
        return "" if at is None else self._told(at)[2]

    def _told(self, at: int) -> tuple[str, str, str]:
        return tuple(self._cells[name].iat[at] for name in ("cell", "raw", "record_key"))

    def _place(self, names: tuple[str, ...]) -> int | None:
        """Return the number of a place, as `_numbered` gives it to each cell."""
        place = 0
        for name, numbers in zip(names, self._numbers, strict=False):
            if name not in numbers:
                return None
            place = place * len(numbers) + numbers[name]
        return place

    def _numbered(self, count: int) -> np.ndarray:
        """Return one number for the first so many of table, file, sheet, column of each cell."""
        place = np.zeros(len(self._cells), dtype="int64")
        for codes, numbers in list(zip(self._codes, self._numbers, strict=True))[:count]:
            place = place * len(numbers) + codes
        return place

    @cached_property
    def _by_column(self) -> tuple[np.ndarray, np.ndarray]:
        records = {name for name, table in TABLES.items() if table.layout is Layout.RECORD}
        is_record = self._cells["table"].isin(records).to_numpy()
        rows = np.where(is_record, 0, self._cells["row"].to_numpy(dtype="int64"))
        return _sorted(self._numbered(4) * ROWS + rows)

    @cached_property
    def _by_row(self) -> tuple[np.ndarray, np.ndarray]:
        return _sorted(self._numbered(3) * ROWS + self._cells["row"].to_numpy(dtype="int64"))


def _sorted(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return keys in order, and where each stood."""
    order = np.argsort(keys, kind="stable").astype("int32")
    return keys[order], order


def _last(sorted_keys: tuple[np.ndarray, np.ndarray], key: int) -> int | None:
    """Return where the last of equal keys stood; None where there is none."""
    keys, order = sorted_keys
    at = int(np.searchsorted(keys, key, side="right")) - 1
    return int(order[at]) if at >= 0 and keys[at] == key else None
