"""Read an .xlsx: openpyxl for the cells, the independent counter beside it."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from datetime import datetime
from zipfile import ZipFile

import openpyxl
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.intake import workbook as wb
from reviewlib.intake.lean import lean
from reviewlib.intake.limits import Limits
from reviewlib.intake.package import sheet_parts
from reviewlib.intake.refusal import Refusal, refusal
from reviewlib.intake.row_counter import SheetCount, count_sheet

CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
}  # fmt: skip
"""Formats that Chinese programs name by number alone; the reader takes them for General."""
LAST_DAY = 100_000
"""Numbers from 1 to here such a format shows as a day."""

_TYPES = {"n": wb.NUMBER, "s": wb.TEXT, "d": wb.DATE, "b": wb.BOOL, "e": wb.ERROR}


def read_xlsx(data: bytes, limits: Limits) -> tuple[wb.Sheet, ...]:
    """Return the worksheets of an .xlsx, in the order of the file.

    Not read-only mode: it trusts `dimension="A1"`, which WPS writes. Stored results are read, not
    formulas; which cells are formulas the counter tells, in its one pass over the XML.

    Raises
    ------
    Refusal
        Damaged, beyond the limits, or with a cell that the counter saw and the reader lost.
    """
    try:
        parts = _parts(data, limits)
        counts = _counts(data, parts, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it leaves out
            lean_data = io.BytesIO(lean(data, parts.values()))
            book = openpyxl.load_workbook(lean_data, data_only=True, keep_links=False)
        return tuple(_sheet(sheet, counts[sheet.title], book.epoch) for sheet in book.worksheets)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # readers of damaged files raise some fifteen types
        raise refusal("file.corrupt-file", detail="表格内部结构有误",
                      detail_en="its parts do not fit together") from error  # fmt: skip


def _parts(data: bytes, limits: Limits) -> dict[str, str]:
    """Return the part of every worksheet by its name."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = sheet_parts(archive)
    if len(parts) > limits.sheets:
        raise refusal("file.too-many-sheets", limit=limits.sheets)
    return dict(parts)


def _counts(data: bytes, parts: Mapping[str, str], limits: Limits) -> dict[str, SheetCount]:
    """Count every worksheet part, by the name of its sheet."""
    with ZipFile(io.BytesIO(data)) as archive:
        counts = {name: count_sheet(archive, name, part, limits) for name, part in parts.items()}
    if sum(count.cell_count for count in counts.values()) > limits.cells:
        raise refusal("file.too-many-cells", limit=limits.cells)
    return counts


def _sheet(sheet: Worksheet, count: SheetCount, epoch: datetime) -> wb.Sheet:
    rows: dict[int, dict[int, wb.Cell]] = {}
    for found in sorted(sheet._cells.values(), key=lambda cell: (cell.row, cell.column)):
        cell = _cell(found, count, epoch)
        if cell is not None:
            rows.setdefault(found.row, {})[found.column] = cell
    _refuse_lost(sheet.title, rows, count)
    return wb.Sheet(
        name=sheet.title,
        rows=rows,
        count=count.rows,
        merges=count.merges,
        hidden_rows=frozenset(n for n, row in sheet.row_dimensions.items() if row.hidden),
        hidden_columns=_hidden_columns(sheet),
        is_hidden=sheet.sheet_state != "visible",
    ).without_covered()


def _refuse_lost(name: str, rows: dict[int, dict[int, wb.Cell]], count: SheetCount) -> None:
    """Refuse a sheet of which a filled cell was not read, or one address comes twice."""
    lost = count.filled - {cell.address for cells in rows.values() for cell in cells.values()}
    if lost or count.cell_count != len(count.filled):
        which = f"{min(lost)} 等 {len(lost)} 格没有读出" if lost else "有单元格地址重复"
        raise refusal("file.corrupt-file", detail=f"工作表“{name}”{which}",
                      detail_en=f"sheet {name}: not every cell counted was read")  # fmt: skip


def _cell(found: OpenpyxlCell, count: SheetCount, epoch: datetime) -> wb.Cell | None:
    value, kind = found.value, _TYPES.get(found.data_type, wb.TEXT)
    shown_as = found.number_format
    formula = count.formulas.get(found.coordinate, "") if count.formulas else ""
    if value is None:
        if found.coordinate not in count.uncached:
            return None
        kind = wb.UNCACHED
    elif kind == wb.NUMBER and found._style.numFmtId in CHINESE_DATES and 1 <= value < LAST_DAY:
        value, kind = from_excel(value, epoch), wb.DATE
        shown_as = CHINESE_DATES[found._style.numFmtId]
    return wb.Cell(found.row, found.column, value, kind, shown_as, False, formula,
                   epoch.date())  # fmt: skip


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    return frozenset(
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min, min(dimension.max, 1_000) + 1)
    )
