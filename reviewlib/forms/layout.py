"""Widths of columns and the set-up for A4 paper."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.schema import Column, Kind, Table

NARROWEST = 10  # characters
NONE_BOX_WIDTH = 16  # the first column of a list holds the box as well
HEADING_HEIGHT = 32  # points: two lines
SHORT_KINDS = {Kind.COUNT: 9, Kind.YES_NO: 9, Kind.SHARE: 10, Kind.LEVEL: 10, Kind.DATE: 12}
"""What is entered in these is never wider than so many characters."""


def set_widths(sheet: Worksheet, tables: Sequence[Table]) -> None:
    """Make every column as wide as the widest of its headings and declared widths."""
    for position in range(max(len(table.columns) for table in tables)):
        columns = [table.columns[position] for table in tables if position < len(table.columns)]
        least = NONE_BOX_WIDTH if position == 0 else NARROWEST
        width = max(least, *(_width(column) for column in columns))
        sheet.column_dimensions[get_column_letter(position + 1)].width = width


def _width(column: Column) -> int:
    """Wide enough for half the heading (it takes two lines) and for what is entered.

    A Chinese character is as wide as two figures.
    """
    heading = sum(1 if character.isascii() else 2 for character in column.heading)
    entered = SHORT_KINDS.get(column.kind, column.width)
    return max(heading // 2 + 3, entered)


def set_up_page(sheet: Worksheet, *, is_landscape: bool, heading_row: int | None) -> None:
    """Print on A4, one page wide, the headings again on every page, pages numbered."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if is_landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.page_margins.footer = 0.35
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
