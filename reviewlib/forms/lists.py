"""The two hidden sheets: `_lists` holds what drop-downs offer, `_meta` says which form this is."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reviewlib.forms.texts import put_text
from reviewlib.schema import template_version
from reviewlib.schema.returns import LISTS_SHEET, META_SHEET


class Lists:
    """Drop-downs by range: a list written into the formula breaks the file over 255 characters."""

    def __init__(self, book: Workbook):
        self._sheet = book.create_sheet(LISTS_SHEET)
        self._sheet.sheet_state = "hidden"
        self._ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, options: tuple[str, ...]) -> str:
        """Return the range that holds these options, written once however often it is asked for."""
        if options not in self._ranges:
            position = len(self._ranges) + 1
            for row, option in enumerate(options, start=1):
                put_text(self._sheet.cell(row, position), option)
            letter = get_column_letter(position)
            self._ranges[options] = f"{LISTS_SHEET}!${letter}$1:${letter}${len(options)}"
        return self._ranges[options]

    def finish(self) -> None:
        """Protect the sheet; called when every drop-down has been made."""
        self._sheet.protection.enable()


def add_meta(book: Workbook, facts: Mapping[str, str]) -> None:
    """Write `_meta`: one fact a row, its name beside its value."""
    sheet = book.create_sheet(META_SHEET)
    sheet.sheet_state = "hidden"
    for row, fact in enumerate(facts.items(), start=1):
        for position, text in enumerate(fact, start=1):
            put_text(sheet.cell(row, position), text)
    sheet.protection.enable()


__all__ = ["Lists", "add_meta", "template_version"]
