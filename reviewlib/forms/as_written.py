"""What stands in the cells of a file, read by another library than the one that took it in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from reviewlib import odf
from reviewlib.forms.texts import writable

Grid = Mapping[int, Mapping[int, object]]
"""What a sheet holds, by row and column."""


def as_written(path: Path, digest: str) -> dict[str, Grid] | None:
    """Return what stands in the cells of a file, by sheet; None where it cannot be told.

    Parameters
    ----------
    path : Path
    digest : str
        SHA-256 of the bytes that reading has found safe; others are not opened.
    """
    try:
        data = path.read_bytes()
        if sha256(data).hexdigest() != digest:
            return None
        book = CalamineWorkbook.from_filelike(io.BytesIO(odf.readable(data)))
        names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        return {name: _grid(book.get_sheet_by_name(name)) for name in names}
    except (CalamineError, ExpatError, OSError):  # gone, or nothing that calamine knows, as .csv
        return None


def _grid(sheet) -> Grid:
    top, left = sheet.start or (0, 0)
    grid = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        filled = {c: _plain(v) for c, v in enumerate(values, start=left + 1) if v != ""}
        if filled:
            grid[row] = filled
    return grid


def _plain(value: object) -> object:
    """Return a value as a cell can hold it."""
    if isinstance(value, bool | int | date):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return writable(str(value))
