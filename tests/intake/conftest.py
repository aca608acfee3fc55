"""A small roster to read names with, and workbooks made by hand."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from reviewlib.intake.limits import STANDARD
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.values import Known, Reading
from reviewlib.intake.values.departments import Alias, Resolver
from reviewlib.intake.workbook import Sheet

NAMES = {
    "DP03": ("区委组织部", "中共示例区委组织部"),
    "DP18": ("区民政局", "示例区民政局"),
    "DP24": ("区文化和旅游局", "示例区文化和旅游局"),
    "DP26": ("区交通委", "示例区交通委员会"),
    "DP28": ("区水务局", "示例区水务局"),
    "DP29": ("区卫健委", "示例区卫生健康委员会"),
    "DP30": ("区应急局", "示例区应急管理局"),
}
ALIASES = (
    Alias("区卫计委", "DP29", "former"), Alias("区旅游局", "DP24", "former"),
    Alias("区建管委", "DP26", "former"), Alias("区建管委", "DP28", "former"),
)  # fmt: skip
INDICATORS = ("A01", "A09", "B01")


@pytest.fixture(scope="session")
def reading() -> Reading:
    """What cells are read with: the year 2019, seven departments, three indicators."""
    codes = tuple(NAMES)
    return Reading(
        date(2019, 6, 30), Resolver(NAMES, ALIASES, "示例区", "示例市"),
        known={
            "dept_code": Known(codes, "不在部门名册中", "not in the roster"),
            "visited": Known(codes[:-1], "不是实地回访部门", "not to be visited"),
            "indicator_id": Known(INDICATORS, "评分表中没有", "not in the rubric"),
            "item_id": Known(("K01",), "评分表中没有", "not in the rubric"),
        },
    )  # fmt: skip


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
