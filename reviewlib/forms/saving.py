"""Write a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
_FIXED_TIME = rb"\g<1>1980-01-01T00:00:00Z\g<2>"


def save_workbook(book: Workbook, path: str | Path) -> Path:
    """Save a workbook without the clock: fixed times in the archive and in its properties.

    Returns
    -------
    Path
        Where it was written; missing parent folders are made.
    """
    path = Path(path)
    data = bytes_of(book)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def bytes_of(book: Workbook) -> bytes:
    """Return a workbook as it is saved: the same content gives the same bytes."""
    book.properties.creator = "reviewlib"
    book.properties.created = book.properties.modified = datetime(*EPOCH)
    made = io.BytesIO()
    ExcelWriter(book, _Timeless(made, "w")).save()
    return made.getvalue()


class _Timeless(ZipFile):
    """An archive whose entries were all written at the earliest time."""

    def writestr(self, name: str, data: str | bytes) -> None:
        super().writestr(_entry(name), data)

    def write(self, filename: str, arcname: str) -> None:
        self.writestr(arcname, Path(filename).read_bytes())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3  # the same byte on every system
    entry.external_attr = 0o644 << 16
    return entry


def without_times(data: bytes) -> bytes:
    """Return the bytes of a workbook with every time of writing taken out."""
    fixed = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, _Timeless(fixed, "w") as target:
        for entry in source.infolist():
            target.writestr(entry.filename, _TIMES.sub(_FIXED_TIME, source.read(entry)))
    return fixed.getvalue()
