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

_NUMBERS = {
    Kind.COUNT: ("whole", "greaterThanOrEqual", "0", None, "请填整数（0 或以上），不带单位"),
    Kind.NUMBER: ("decimal", "greaterThanOrEqual", "0", None, "请填数字（0 或以上），不带单位"),
    Kind.SHARE: ("decimal", "between", "0", "1", "请填 0%–100% 之间的百分数，如 95%"),
    Kind.DATE: ("date", "between", FIRST_DAY, LAST_DAY, "请填日期，格式如 2025-03-15"),
}  # fmt: skip


def validation_of(column: Column, names: Mapping[str, str], lists: Lists) -> DataValidation | None:
    """Return the rule for a column's cells; None where any text will do and there is no hint."""
    options = options_of(column, names)
    if options:
        rule = DataValidation(type="list", formula1=lists.range_of(options))
        message = "请从下拉列表中选择"
    elif column.kind in _NUMBERS:
        kind, operator, low, high, message = _NUMBERS[column.kind]
        rule = DataValidation(type=kind, operator=operator, formula1=low, formula2=high)
    elif column.max_length:
        rule = DataValidation(
            type="textLength", operator="lessThanOrEqual", formula1=str(column.max_length)
        )
        message = f"请控制在 {column.max_length} 字以内"
    elif column.help_zh:
        rule, message = DataValidation(), ""
    else:
        return None
    return _with_words(rule, column, message)


def _with_words(rule: DataValidation, column: Column, message: str) -> DataValidation:
    rule.allow_blank = True
    if message:
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = ERROR_TITLE, f"“{column.zh}”{message}。"[:LONGEST_MESSAGE]
    hint = "；".join(part for part in (column.help_zh, message) if part)
    if column.help_zh or column.kind in _NUMBERS:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.zh[:32], hint[:LONGEST_MESSAGE]
    return rule
