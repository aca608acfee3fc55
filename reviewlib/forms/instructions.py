"""Sheet 00 (填表说明): how to fill in, what each sheet asks for, an example row of each."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import styles
from reviewlib.forms.layout import set_up_page
from reviewlib.forms.sheets import Form, put
from reviewlib.forms.words import NUMBER_FORMATS, YES
from reviewlib.review import Settings
from reviewlib.schema import Column, Kind, Layout, Table
from reviewlib.schema.returns import INSTRUCTIONS_SHEET

RULES = (
    "黄色单元格需要填写，灰色单元格已锁定，无需填写；请勿改动表头、工作表名称和隐藏工作表。",
    "人数、编制数等只填整数，不带“人”“名”等单位；人数、编制均为在编口径，借调、编外在专列填写。",
    "日期按“2025-03-15”格式填写；部门名称、状态等从下拉列表中选择。",
    "“0”表示有此事项而数量为零；不适用的填“不适用”；留空表示未填报。三者请勿混用。",
    "没有需要填报的清单，请在该表左上角下拉选择“☑ 无此类情形”，不要留空。",
    "请勿填写身份证号、手机号和人员姓名；需要说明的写在“说明”“备注”列。",
    "带公式的单元格仅供参考，系统按明细重新计算。",
)
RETURN_RULES = (
    "同一职责事项由划出、划入双方分别填报，事项编号由机构编制部门统一编发，双方一致。",
    "自评等次和数仅供对照；标明“系统计算”的指标无需填写。",
)
EXAMPLES_TITLE = "填写示例（灰字仅供参考，请填到对应的工作表中）"
EXAMPLE_NUMBERS = {Kind.COUNT: 3, Kind.NUMBER: 3, Kind.SHARE: 0.95}


def add_instructions(form: Form, tables: Sequence[Table], settings: Settings) -> Worksheet:
    """Add the sheet of instructions; it asks for nothing and is locked."""
    sheet = form.sheet(f"{settings.title_zh}　填表说明", INSTRUCTIONS_SHEET)
    row = 4
    more = RETURN_RULES if tables[0].carries_department else ()
    for number, rule in enumerate((*RULES, *more), start=1):
        put(sheet.cell(row, 1), f"{number}. {rule}", styles.LINE)
        row += 1
    row = _add_contents(sheet, tables, row + 1)
    put(sheet.cell(row, 1), EXAMPLES_TITLE, styles.SUBTITLE)
    for table in tables:
        if table.layout is Layout.LIST:
            row = _add_example(form, sheet, table, settings, row + 2)
    for position in range(1, 17):
        sheet.column_dimensions[get_column_letter(position)].width = 18
    set_up_page(sheet, is_landscape=True, heading_row=None)
    return sheet


def _add_contents(sheet: Worksheet, tables: Sequence[Table], row: int) -> int:
    """List the sheets with what each asks for; return the row after."""
    for position, heading in enumerate(("工作表", "内容", "必填列"), start=1):
        put(sheet.cell(row, position), heading, styles.HEADING)
    for table in tables:
        row += 1
        required = [column.zh for column in table.columns if column.required and column.is_input]
        put(sheet.cell(row, 1), table.sheet, styles.LOCKED)
        put(sheet.cell(row, 2), table.zh, styles.LOCKED)
        put(sheet.cell(row, 3), "、".join(required) or None, styles.LINE)
    return row + 2


def _add_example(form: Form, sheet: Worksheet, table: Table, settings: Settings, row: int) -> int:
    put(sheet.cell(row, 1), table.sheet, styles.SUBTITLE)
    for position, column in enumerate(table.columns, start=1):
        put(sheet.cell(row + 1, position), column.heading, styles.HEADING)
        put(sheet.cell(row + 2, position), example_of(column, form, settings), styles.EXAMPLE,
            NUMBER_FORMATS.get(column.kind))  # fmt: skip
    return row + 2


def example_of(column: Column, form: Form, settings: Settings) -> object:
    """Return what the example row shows in a column: the schema's example, or one of its kind."""
    if column.example:
        return column.example
    if column.kind in EXAMPLE_NUMBERS:
        return EXAMPLE_NUMBERS[column.kind]
    if column.kind is Kind.DATE:
        return settings.cutoff_on
    if column.kind is Kind.YES_NO:
        return YES
    if column.vocabulary is not None:
        return column.vocabulary.choices[0].zh
    if column.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS) or column.name == "dept_code":
        return _some_departments(column, form)
    return f"例：{column.zh}" if column.required and column.kind is Kind.TEXT else None


def _some_departments(column: Column, form: Form) -> str | None:
    if column.name == "dept_code" and column.kind is Kind.CODE:
        return next(iter(form.names), None)
    count = 2 if column.kind is Kind.DEPARTMENTS else 1
    return "、".join(list(form.names.values())[:count]) or None
