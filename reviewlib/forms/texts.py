"""Texts in cells: what a workbook can hold, what stays a text, the box above an empty list."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from reviewlib.schema.written import FORMULA_SIGNS

NONE_BOX, NONE_TICKED = "□ 无此类情形", "☑ 无此类情形"
NONE_CHOICES = (NONE_BOX, NONE_TICKED)


def writable(text: str) -> str:
    """Return a text without the characters that no workbook can hold (控制字符)."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays a text, whatever it begins with and holds."""
    cell.value = writable(text)
    cell.data_type = "s"
    if cell.value.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
