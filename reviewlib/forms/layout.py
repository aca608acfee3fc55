"""Widths of columns and the set-up for A4 paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.schema import Column, Kind, Table

NARROWEST = 10  # characters
NONE_BOX_WIDTH = 16  # the first column of a list holds the box as well
ONE_LINE = 16  # a heading up to this wide is not broken
LINE_HEIGHT = 15  # points
HEADING_HEIGHT = 32  # points: two lines
PAGE_WIDTH = 265  # characters that stand across A4 lying, at nearly six points
BOX_HINT_WIDTH = 90  # characters: the box of a list with the sentence beside it
DEFAULT_WIDTH = 8.43  # of a column that nobody has set
SHORT_KINDS = {Kind.COUNT: 9, Kind.YES_NO: 9, Kind.SHARE: 10, Kind.LEVEL: 10, Kind.DATE: 12}
"""What is entered in these is never wider than so many characters."""


def set_widths(sheet: Worksheet, tables: Sequence[Table], *, has_box: bool) -> None:
    """Make every column as wide as the widest of its headings and declared widths."""
    for position in range(max(len(table.columns) for table in tables)):
        columns = [table.columns[position] for table in tables if position < len(table.columns)]
        least = NONE_BOX_WIDTH if has_box and position == 0 else NARROWEST
        width = max(least, *(_width(column) for column in columns))
        sheet.column_dimensions[get_column_letter(position + 1)].width = width


def _width(column: Column) -> int:
    """Wide enough for what is entered and for the heading, of which a long one takes two lines."""
    heading = text_width(column.heading) + 2
    entered = SHORT_KINDS.get(column.kind, column.width)
    return max(heading if heading <= ONE_LINE else heading // 2 + 5, entered)


def text_width(text: object) -> int:
    """Return how wide a text is, in figures: a Chinese character is as wide as two."""
    return sum(1 if character.isascii() else 2 for character in str(text))


def row_height(values: Iterable[object], widths: Iterable[float]) -> float | None:
    """Return the height in points that shows every text whole; None where one line will do.

    Spreadsheets do not agree on fitting heights by themselves when a file is opened.
    """
    lines = max(
        sum(max(math.ceil(text_width(part) / (width - 1)), 1) for part in str(value).split("\n"))
        for value, width in zip(values, widths, strict=True)
    )
    return lines * LINE_HEIGHT + 2 if lines > 1 else None


def set_up_page(sheet: Worksheet, *, is_landscape: bool, heading_row: int | None) -> None:
    """Print on A4 large enough to be read, headings again on every page, pages numbered.

    What is too wide for one page goes over two, with the first column again on the second.
    """
    pages_wide = math.ceil(sum(d.width for d in sheet.column_dimensions.values()) / PAGE_WIDTH)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if is_landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages_wide, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.8
    sheet.page_margins.footer = 0.35
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    if pages_wide > 1:
        sheet.print_title_cols = "A:A"


def printed_columns(sheet: Worksheet, count: int) -> int:
    """Return how many columns to print: those of the table, and what the box's hint needs."""
    width, wanted = 0.0, count
    for position in range(1, count + 1):
        width += sheet.column_dimensions[get_column_letter(position)].width
    while width < BOX_HINT_WIDTH:
        width, wanted = width + DEFAULT_WIDTH, wanted + 1
    return wanted
