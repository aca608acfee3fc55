"""Tables on sheets: a list, printed rows, or one record, with title, unit line and headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import styles
from reviewlib.forms.layout import (
    HEADING_HEIGHT,
    printed_columns,
    row_height,
    set_up_page,
    set_widths,
)
from reviewlib.forms.lists import Lists
from reviewlib.forms.texts import NONE_BOX, NONE_CHOICES, NONE_TICKED, put_text
from reviewlib.forms.validation import validation_of
from reviewlib.forms.words import NUMBER_FORMATS, cell_value
from reviewlib.schema import Column, Table

TITLE_ROW, LINE_ROW, NONE_ROW, HEADING_ROW = 1, 2, 3, 4
NONE_HINT = "← 如没有需要填报的事项，请在左侧单元格下拉选择“☑”，下表留空"


@dataclass(frozen=True)
class Row:
    """One row of a form.

    Parameters
    ----------
    values : mapping
        Value by column name, as frames hold them.
    locked : collection of str
        Columns that are not asked for in this row.
    formulas : mapping of str to str
        Formula by column name, with `{column}` for the cell of another column of the row. Aids
        only: a value always comes before a formula, and what they give is computed again.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    locked: Iterable[str] = ()
    formulas: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """What the sheets of one workbook share: the book, its drop-downs, the names, the unit line."""

    book: Workbook
    lists: Lists
    names: Mapping[str, str]
    line: str

    def sheet(self, title: str, name: str) -> Worksheet:
        """Add a protected sheet with its title row and its unit line."""
        sheet = self.book.create_sheet(name)
        put(sheet.cell(TITLE_ROW, 1), title, styles.TITLE)
        put(sheet.cell(LINE_ROW, 1), self.line, styles.LINE)
        sheet.row_dimensions[TITLE_ROW].height = 26
        protect(sheet)
        return sheet


def put(cell: Cell, value: object, style: str, number_format: str | None = None) -> None:
    """Write a value in a style; text that looks like a formula stays text."""
    cell.style = style
    if number_format:
        cell.number_format = number_format
    if isinstance(value, str):
        put_text(cell, value)
    else:
        cell.value = value


def protect(sheet: Worksheet) -> None:
    """Lock the sheet without a password; widths, heights and filters stay free."""
    sheet.protection.enable()
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
    sheet.protection.autoFilter = False
    sheet.protection.sort = False


def add_list(form: Form, table: Table, rows: Sequence[Row] | None, spare: int) -> Worksheet:
    """Add the sheet of a list: the box “无此类情形”, headings, filled rows, then blank ones.

    Parameters
    ----------
    rows : sequence of Row, optional
        None on a form to be filled in; empty ticks the box.
    spare : int
        Blank rows to write in.
    """
    sheet = form.sheet(table.zh, table.sheet)
    _add_none_box(form, sheet, is_ticked=rows is not None and not rows)
    blank = [Row()] * spare
    last = add_rows(form, sheet, table, HEADING_ROW, [*(rows or ()), *blank])
    _finish(sheet, [table], freeze_column=2, has_box=True)
    corner = sheet.cell(last, printed_columns(sheet, len(table.columns)))
    sheet.print_area = f"A1:{corner.coordinate}"
    return sheet


def add_printed(
    form: Form, blocks: Sequence[tuple[Table, Sequence[Row]]], freeze_column: int = 2,
    hint: str = "",
) -> Worksheet:  # fmt: skip
    """Add a sheet of tables whose rows are printed beforehand, one below the other.

    `hint` stands above the headings.
    """
    tables = [table for table, _ in blocks]
    sheet = form.sheet("、".join(table.zh for table in tables), tables[0].sheet)
    put(sheet.cell(NONE_ROW, 1), hint or None, styles.LINE)
    top = HEADING_ROW
    for table, rows in blocks:
        if top > HEADING_ROW:
            put(sheet.cell(top - 1, 1), table.zh, styles.SUBTITLE)
        top = add_rows(form, sheet, table, top, rows) + 3
    _finish(sheet, tables, freeze_column)
    return sheet


def add_record(form: Form, table: Table, row: Row) -> Worksheet:
    """Add the sheet of one record: labels in column A, values in B, hints in C."""
    sheet = form.sheet(table.zh, table.sheet)
    for position, column in enumerate(table.columns, start=HEADING_ROW):
        put(sheet.cell(position, 1), column.heading, styles.HEADING)
        cell = sheet.cell(position, 2)
        _fill(cell, column, row, form, {})
        put(sheet.cell(position, 3), column.help_zh or None, styles.LINE)
        _validate(form, sheet, column, cell.coordinate)
    for letter, width in {"A": 30, "B": 44, "C": 40}.items():
        sheet.column_dimensions[letter].width = width
    _fit_heights(sheet)
    set_up_page(sheet, is_landscape=False, heading_row=None)
    sheet.freeze_panes = sheet.cell(HEADING_ROW, 2)
    return sheet


def add_rows(form: Form, sheet: Worksheet, table: Table, top: int, rows: Sequence[Row]) -> int:
    """Write the headings at row `top` and the rows below; return the last row."""
    sheet.row_dimensions[top].height = HEADING_HEIGHT
    for position, column in enumerate(table.columns, start=1):
        put(sheet.cell(top, position), column.heading, styles.HEADING)
    for number, row in enumerate(rows, start=top + 1):
        places = _places(sheet, table, number) if row.formulas else {}
        for position, column in enumerate(table.columns, start=1):
            _fill(sheet.cell(number, position), column, row, form, places)
    last = top + len(rows)
    for position, column in enumerate(table.columns, start=1):
        first_cell, last_cell = sheet.cell(top + 1, position), sheet.cell(last, position)
        if column.is_input and rows:
            _validate(form, sheet, column, f"{first_cell.coordinate}:{last_cell.coordinate}")
    return last


def _places(sheet: Worksheet, table: Table, row: int) -> dict[str, str]:
    return {
        column.name: sheet.cell(row, position).coordinate
        for position, column in enumerate(table.columns, start=1)
    }


def _fill(cell: Cell, column: Column, row: Row, form: Form, places: Mapping[str, str]) -> None:
    is_locked = not column.is_input or column.name in row.locked
    style = styles.LOCKED if is_locked else styles.INPUT
    precision = row.values.get(f"{column.name}_precision")
    value = cell_value(row.values.get(column.name), column, form.names, precision)
    put(cell, value, style, NUMBER_FORMATS.get(column.kind))
    if value is None and column.name in row.formulas:
        cell.value = row.formulas[column.name].format(**places)


def _add_none_box(form: Form, sheet: Worksheet, *, is_ticked: bool) -> None:
    cell = sheet.cell(NONE_ROW, 1)
    put(cell, NONE_TICKED if is_ticked else NONE_BOX, styles.INPUT)
    put(sheet.cell(NONE_ROW, 2), NONE_HINT, styles.LINE)
    rule = DataValidation(type="list", formula1=form.lists.range_of(NONE_CHOICES))
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = "填写有误", "请从下拉列表中选择。"
    rule.add(cell.coordinate)
    sheet.add_data_validation(rule)


def _validate(form: Form, sheet: Worksheet, column: Column, area: str) -> None:
    rule = validation_of(column, form.names, form.lists) if column.is_input else None
    if rule is not None:
        rule.add(area)
        sheet.add_data_validation(rule)


def _finish(
    sheet: Worksheet, tables: Sequence[Table], freeze_column: int, *, has_box: bool = False
) -> None:
    set_widths(sheet, tables, has_box=has_box)
    _fit_heights(sheet)
    set_up_page(sheet, is_landscape=True, heading_row=HEADING_ROW)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, freeze_column)


def _fit_heights(sheet: Worksheet) -> None:
    """Make filled rows high enough for their longest text; formulas show a number."""
    for cells in sheet.iter_rows(min_row=HEADING_ROW):
        filled = [cell for cell in cells if isinstance(cell.value, str) and cell.data_type != "f"]
        is_heading = sheet.row_dimensions[cells[0].row].height is not None
        if filled and not is_heading:
            widths = [sheet.column_dimensions[cell.column_letter].width for cell in filled]
            height = row_height([cell.value for cell in filled], widths)
            sheet.row_dimensions[cells[0].row].height = height
