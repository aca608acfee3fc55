"""Read an .xlsx: openpyxl for the cells, the independent counter beside it."""

from __future__ import annotations

import io
import posixpath
import warnings
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
from openpyxl.cell import Cell as OpenpyxlCell
from openpyxl.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.intake import workbook as wb
from reviewlib.intake.limits import Limits
from reviewlib.intake.refusal import Refusal, refusal
from reviewlib.intake.row_counter import SheetCount, count_sheet

_TYPES = {"n": wb.NUMBER, "s": wb.TEXT, "d": wb.DATE, "b": wb.BOOL, "e": wb.ERROR}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read_xlsx(data: bytes, limits: Limits) -> tuple[wb.Sheet, ...]:
    """Return the worksheets of an .xlsx, in the order of the file.

    Not read-only mode: it trusts `dimension="A1"`, which WPS writes. Stored results are read, not
    formulas; which cells are formulas the counter tells, in its one pass over the XML.
    """
    try:
        counts = _counts(data, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it leaves out
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # readers of damaged files raise some fifteen types
        raise refusal("file.corrupt-file", detail="表格内部结构有误",
                      detail_en="its parts do not fit together") from error  # fmt: skip
    return tuple(_sheet(sheet, counts[sheet.title]) for sheet in book.worksheets)


def _counts(data: bytes, limits: Limits) -> dict[str, SheetCount]:
    """Count every worksheet part, by the name of its sheet."""
    with ZipFile(io.BytesIO(data)) as archive:
        parts = sheet_parts(archive)
        if len(parts) > limits.sheets:
            raise refusal("file.too-many-sheets", limit=limits.sheets)
        counts = {name: count_sheet(archive, name, part, limits) for name, part in parts}
    if sum(count.cell_count for count in counts.values()) > limits.cells:
        raise refusal("file.too-many-cells", limit=limits.cells)
    return counts


def sheet_parts(archive: ZipFile) -> list[tuple[str, str]]:
    """Return the name and the part of every worksheet, as the workbook's own list has them."""
    root = _workbook_part(archive)
    relations = ElementTree.fromstring(archive.read(_relations_of(root)))
    targets = {
        item.get("Id"): _resolve(root, item.get("Target"))
        for item in relations
        if item.get("Type", "").endswith("/worksheet")
    }
    tree = ElementTree.fromstring(archive.read(root))
    sheets = (item for item in tree.iter() if item.tag.rpartition("}")[2] == "sheet")
    listed = ((item.get("name"), targets.get(_relation_id(item))) for item in sheets)
    return [(name, part) for name, part in listed if part]


def _workbook_part(archive: ZipFile) -> str:
    relations = ElementTree.fromstring(archive.read("_rels/.rels"))
    for item in relations:
        if item.get("Type", "").endswith("/officeDocument"):
            return _resolve("", item.get("Target"))
    return "xl/workbook.xml"


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolve(part: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _relation_id(sheet: ElementTree.Element) -> str | None:
    """Return the relation id; Strict workbooks write it in another namespace."""
    return sheet.get(_RELATION) or next(
        (value for key, value in sheet.attrib.items() if key.endswith("}id")), None
    )


def _sheet(sheet: Worksheet, count: SheetCount) -> wb.Sheet:
    rows: dict[int, dict[int, wb.Cell]] = {}
    for (row, column), found in sorted(sheet._cells.items()):
        cell = None if isinstance(found, MergedCell) else _cell(found, count)
        if cell is not None:
            rows.setdefault(row, {})[column] = cell
    return wb.Sheet(
        name=sheet.title,
        rows=rows,
        count=count.rows,
        merges=tuple(
            wb.Merge(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
        ),
        hidden_rows=frozenset(n for n, row in sheet.row_dimensions.items() if row.hidden),
        hidden_columns=_hidden_columns(sheet),
        is_hidden=sheet.sheet_state != "visible",
    )


def _cell(found: OpenpyxlCell, count: SheetCount) -> wb.Cell | None:
    value, kind = found.value, _TYPES.get(found.data_type, wb.TEXT)
    formula = count.formulas.get(found.coordinate, "") if count.formulas else ""
    if value is None:
        if found.coordinate not in count.uncached:
            return None
        kind = wb.UNCACHED
    return wb.Cell(found.row, found.column, value, kind, found.number_format, False, formula)


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    return frozenset(
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min, min(dimension.max, 1_000) + 1)
    )
