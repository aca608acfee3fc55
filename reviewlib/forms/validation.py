"""What may be entered in a column: drop-downs, whole numbers, dates, with messages in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.worksheet.datavalidation import DataValidation

from reviewlib.forms.lists import Lists
from reviewlib.forms.words import options_of
from reviewlib.schema import Column, Kind

FIRST_DAY, LAST_DAY = "32874", "73050"  # 1990-01-01 and 2099-12-31 as spreadsheets count days
LONGEST_MESSAGE = 255
ERROR_TITLE = "填写有误"
FROM_LIST = "请从下拉列表中选择"
OR_NOT_APPLICABLE = "；不适用的填“不适用”，并选“是”"
"""Where a number or a date may be left out, the message asks instead of refusing: a spreadsheet
that takes only numbers would not take the word that the instructions ask for."""

_NUMBERS = {
    Kind.COUNT: ("whole", "greaterThanOrEqual", "0", None, "请填整数（0 或以上），不带单位"),
    Kind.NUMBER: ("decimal", "greaterThanOrEqual", "0", None, "请填数字（0 或以上），不带单位"),
    Kind.SHARE: ("decimal", "between", "0", "1", "请填 0%–100% 之间的百分数，如 95%"),
    Kind.DATE: ("date", "between", FIRST_DAY, LAST_DAY, "请填日期，格式如 2025-03-15"),
}  # fmt: skip


def entry_rule(column: Column, names: Mapping[str, str]) -> str:
    """Return in words what may be entered in a column; empty where any text will do."""
    if options_of(column, names):
        return FROM_LIST
    if column.kind in _NUMBERS:
        return _NUMBERS[column.kind][-1]
    if column.kind is Kind.CHOICES:
        return f"可填：{'、'.join(choice.zh for choice in column.vocabulary)}"
    return f"请控制在 {column.max_length} 字以内" if column.max_length else ""


def validation_of(column: Column, names: Mapping[str, str], lists: Lists) -> DataValidation | None:
    """Return the rule for a column's cells; None where any text will do and there is no hint."""
    options = options_of(column, names)
    if options:
        rule = DataValidation(type="list", formula1=lists.range_of(options))
    elif column.kind in _NUMBERS:
        kind, operator, low, high, _ = _NUMBERS[column.kind]
        rule = DataValidation(type=kind, operator=operator, formula1=low, formula2=high)
    elif column.max_length:
        rule = DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1=str(column.max_length)
        )
    elif column.help_zh:
        rule = DataValidation()
    else:
        return None
    return _with_words(rule, column, entry_rule(column, names))


def _with_words(rule: DataValidation, column: Column, message: str) -> DataValidation:
    rule.allow_blank = True
    if rule.type:
        may_not_apply = column.kind in _NUMBERS and not column.required
        rule.showErrorMessage = True
        rule.errorStyle = "warning" if may_not_apply else "stop"
        told = f"“{column.zh}”{message}{OR_NOT_APPLICABLE if may_not_apply else ''}。"
        rule.errorTitle, rule.error = ERROR_TITLE, told[:LONGEST_MESSAGE]
    hint = "；".join(part for part in (column.help_zh, message) if part)
    if column.help_zh or column.kind in _NUMBERS:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.zh[:32], hint[:LONGEST_MESSAGE]
    return rule
