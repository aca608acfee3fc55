"""Sheet 00 (填表说明): how to fill in, what each sheet asks for, column by column with an example.

It prints on A4 standing, three columns wide, large enough to be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import styles
from reviewlib.forms.layout import row_height, set_up_page
from reviewlib.forms.sheets import Form, put
from reviewlib.forms.validation import entry_rule
from reviewlib.forms.words import NUMBER_FORMATS, YES
from reviewlib.review import Settings
from reviewlib.schema import Column, Kind, Layout, Table
from reviewlib.schema.returns import INSTRUCTIONS_SHEET, RUBRIC_SHEET

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
RATED_RULE = f"各项指标的分值、评分规则、等次描述和佐证材料见“{RUBRIC_SHEET}”表。"
COLUMNS_TITLE = "各表怎么填（示例仅供参考，请填到对应的工作表中）"
EXAMPLE_NUMBERS = {Kind.COUNT: 3, Kind.NUMBER: 3, Kind.SHARE: 0.95}
WIDTHS = {"A": 30, "B": 52, "C": 26}
FIRST_ROW = 4


def add_instructions(form: Form, tables: Sequence[Table], settings: Settings) -> Worksheet:
    """Add the sheet of instructions; it asks for nothing and is locked."""
    sheet = form.sheet(f"{settings.title_zh}　填表说明", INSTRUCTIONS_SHEET)
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    row = _add_rules(sheet, tables)
    row = _add_contents(sheet, tables, row + 2)
    put(sheet.cell(row + 2, 1), COLUMNS_TITLE, styles.SUBTITLE)
    row += 2
    for table in tables:
        if table.layout is not Layout.RECORD:  # on a record the hints stand beside the cells
            row = _add_columns(form, sheet, table, settings, row + 2)
    set_up_page(sheet, is_landscape=False, heading_row=None)
    return sheet


def _add_rules(sheet: Worksheet, tables: Sequence[Table]) -> int:
    """Write the rules, each across the sheet; return the last row."""
    more = RETURN_RULES if tables[0].carries_department else ()
    is_rated = any("indicator_text" in table.names for table in tables)
    rules = (*RULES, *more, *((RATED_RULE,) if is_rated else ()))
    for number, rule in enumerate(rules, start=1):
        row = FIRST_ROW - 1 + number
        text = f"{number}. {rule}"
        put(sheet.cell(row, 1), text, styles.NOTE)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        sheet.row_dimensions[row].height = row_height([text], [sum(WIDTHS.values())])
    return FIRST_ROW - 1 + len(rules)


def _add_contents(sheet: Worksheet, tables: Sequence[Table], row: int) -> int:
    """List the sheets with what must be filled in on each; return the last row."""
    _add_row(sheet, row, ("工作表", "必填列", "内容"), styles.HEADING)
    for table in tables:
        row += 1
        required = [column.zh for column in table.columns if column.required and column.is_input]
        _add_row(sheet, row, (table.sheet, "、".join(required), table.zh), styles.PRINTED)
    return row


def _add_columns(form: Form, sheet: Worksheet, table: Table, settings: Settings, row: int) -> int:
    """Explain the columns of one table, an example beside each; return the last row."""
    title = table.sheet if table.zh in table.sheet else f"{table.sheet}：{table.zh}"
    put(sheet.cell(row, 1), title, styles.SUBTITLE)
    row += 1
    _add_row(sheet, row, ("列", "怎么填", "示例"), styles.HEADING)
    for column in table.columns:
        if column.is_input:
            row += 1
            _add_row(sheet, row, (column.heading, how_to_fill(column, form), None), styles.PRINTED)
            put(sheet.cell(row, 3), example_of(column, form, settings), styles.EXAMPLE,
                NUMBER_FORMATS.get(column.kind))  # fmt: skip
    return row


def _add_row(sheet: Worksheet, row: int, texts: Sequence[str | None], style: str) -> None:
    for position, text in enumerate(texts, start=1):
        put(sheet.cell(row, position), text or None, style)
    sheet.row_dimensions[row].height = row_height([text or "" for text in texts], WIDTHS.values())


def how_to_fill(column: Column, form: Form) -> str:
    """Return in words how a column is filled in: whether it must be, its hint, what is allowed."""
    parts = ("必填" if column.required else "", column.help_zh, entry_rule(column, form.names))
    return "；".join(part for part in parts if part)


def example_of(column: Column, form: Form, settings: Settings) -> object:
    """Return what the example shows in a column: the schema's example, or one of its kind."""
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
