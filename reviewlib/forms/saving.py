"""Write a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook

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
    path.parent.mkdir(parents=True, exist_ok=True)
    book.properties.creator = "reviewlib"
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(without_times(raw.getvalue()))
    return path


def without_times(data: bytes) -> bytes:
    """Return the bytes of a workbook with every time of writing taken out."""
    fixed = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = _TIMES.sub(_FIXED_TIME, source.read(entry))
            plain = ZipInfo(entry.filename, EPOCH)
            plain.compress_type = ZIP_DEFLATED
            plain.create_system = 3  # the same byte on every system
            plain.external_attr = 0o644 << 16
            target.writestr(plain, content)
    return fixed.getvalue()
