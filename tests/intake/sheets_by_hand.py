"""Workbooks made by hand, and the sheets that are read of them."""

from __future__ import annotations

import io
import zipfile

import openpyxl

from reviewlib.intake.limits import STANDARD
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.workbook import Sheet


def workbook_bytes(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheets_of(*grids: list[list], merges: tuple[str, ...] = (), names=()) -> tuple[Sheet, ...]:
    """Return the sheets of a real workbook made of grids of values; merges are on the first."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, grid in enumerate(grids):
        sheet = book.create_sheet(names[number] if names else f"Sheet{number + 1}")
        for row in grid:
            sheet.append(row)
    for area in merges:
        book.worksheets[0].merge_cells(area)
    return read_xlsx(workbook_bytes(book), STANDARD)


def with_parts(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """Return a workbook with parts of its archive replaced, added, or (None) taken out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (kept | parts).items():
            if part is not None:
                archive.writestr(name, part)
    return stream.getvalue()


def spelt(text: str) -> str:
    """Return a text of `dirty_cases.csv` with the characters that a table cannot show."""
    return text.replace("\\n", "\n").replace("\\u200b", "\u200b")
