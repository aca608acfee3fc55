"""Read .xls, .et and .ods through calamine: values only, and the file is told so.

All numbers are float; error cells and formulas without a stored result look blank. A far cell can
abort the whole process, hence the reader's own process (`worker`).
"""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from xml.parsers.expat import ExpatError

import python_calamine
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from reviewlib import odf
from reviewlib.intake import workbook as wb
from reviewlib.intake.limits import Limits
from reviewlib.intake.refusal import refusal


def read_plain(data: bytes, limits: Limits) -> tuple[wb.Sheet, ...]:
    """Return the sheets of an .xls, .et or .ods.

    Raises
    ------
    WorkbookError
        Encrypted, damaged, or beyond the limits.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(odf.readable(data)))
        listed = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        if len(listed) > limits.sheets:
            raise refusal("file.too-many-sheets", limit=limits.sheets)
        return tuple(
            _sheet(book.get_sheet_by_name(one.name), limits,
                   is_hidden=one.visible != SheetVisibleEnum.Visible)
            for one in listed
        )  # fmt: skip
    except python_calamine.PasswordError as error:
        raise refusal("file.encrypted") from error
    except (python_calamine.CalamineError, ExpatError, OSError) as error:
        raise refusal("file.corrupt-file", detail="无法按表格读取",
                      detail_en="cannot be read as a workbook") from error  # fmt: skip


def _sheet(sheet: CalamineSheet, limits: Limits, *, is_hidden: bool) -> wb.Sheet:
    if sheet.height > limits.rows:
        raise refusal("file.too-many-rows", sheet=sheet.name, limit=limits.rows)
    if sheet.width > limits.columns:
        raise refusal("file.too-many-columns", sheet=sheet.name, limit=limits.columns)
    top, left = sheet.start or (0, 0)
    rows: dict[int, dict[int, wb.Cell]] = {}
    count = 0
    for number, values in enumerate(sheet.to_python(skip_empty_area=True), start=top + 1):
        cells = {
            column: _cell(number, column, value)
            for column, value in enumerate(values, start=left + 1)
            if value != ""
        }
        count += len(cells)
        if count > limits.cells:
            raise refusal("file.too-many-cells", limit=limits.cells)
        if cells:
            rows[number] = cells
    seen = frozenset(rows)
    read = wb.Sheet(sheet.name, rows, wb.RowCount(seen, seen), _merges(sheet), is_hidden=is_hidden)
    return read.without_covered()


def _cell(row: int, column: int, value: object) -> wb.Cell:
    """Return a cell; a whole float is a whole number, as it was typed."""
    if isinstance(value, bool):
        return wb.Cell(row, column, value, wb.BOOL)
    if isinstance(value, float):
        whole = int(value) if value.is_integer() else value
        return wb.Cell(row, column, whole, wb.NUMBER, number_format="")
    if isinstance(value, int):
        return wb.Cell(row, column, value, wb.NUMBER, number_format="")
    if isinstance(value, datetime | date):
        return wb.Cell(row, column, value, wb.DATE)
    if isinstance(value, time | timedelta):
        return wb.Cell(row, column, str(value), wb.TEXT)
    return wb.Cell(row, column, value, wb.TEXT)


def _merges(sheet: CalamineSheet) -> tuple[wb.Merge, ...]:
    areas = sheet.merged_cell_ranges or ()
    return tuple(wb.Merge(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in areas)
