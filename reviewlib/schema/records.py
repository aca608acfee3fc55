"""What is written down beside the tables: data issues, change log, count of rows, ledger log."""

from __future__ import annotations

from reviewlib.schema import vocabularies as v
from reviewlib.schema.model import Column, Kind


def _columns(*rows: tuple) -> tuple[Column, ...]:
    return tuple(Column(name, zh, en, *rest) for name, zh, en, *rest in rows)


ISSUE_COLUMNS = (
    *_columns(("code", "代码", "Code")),
    Column("severity", "级别", "Severity", Kind.CHOICE, vocabulary=v.SEVERITY),
    *_columns(
        ("dept_code", "部门", "Department"), ("file", "文件", "File"),
        ("file_sha256", "文件校验值", "File sha256"), ("sheet", "工作表", "Sheet"),
        ("cell", "单元格", "Cell"), ("row", "行", "Row", Kind.COUNT), ("column", "列", "Column"),
        ("record_key", "记录", "Record"), ("raw", "原文", "Raw text"), ("value", "取值", "Value"),
        ("rule", "规则", "Rule"), ("message_zh", "说明", "Message (Chinese)"),
        ("message_en", "说明（英文）", "Message"), ("expected", "应填", "Expected"),
        ("fix", "处理办法", "What to do"), ("suggestion", "建议值", "Suggestion"),
        ("outcome", "结果", "Outcome"), ("resolved_by_role", "处理人岗位", "Resolved by (role)"),
        ("resolved_on", "处理日期", "Resolved on"),
    ),
)  # fmt: skip
"""One row per data issue, a flaw in what was received. Outcome: kept, changed, quarantined,
refused."""

CELL_COLUMNS = _columns(
    ("table", "表", "Table"), ("dept_code", "部门", "Department"), ("record_key", "记录", "Record"),
    ("column", "列", "Column"), ("file", "文件", "File"), ("sheet", "工作表", "Sheet"),
    ("cell", "单元格", "Cell"), ("row", "行", "Row", Kind.COUNT), ("raw", "原文", "Raw text"),
    ("value", "取值", "Value"), ("precision", "精度", "Precision"), ("rule", "规则", "Rule"),
    ("is_changed", "是否改写", "Changed", Kind.YES_NO),
)  # fmt: skip
"""One row per filled cell that was read: the address and raw text of every value."""
CELL_NAMES = tuple(column.name for column in CELL_COLUMNS)
"""What the values of a cell are called, in their order."""

SHEET_COLUMNS = _columns(
    ("file", "文件", "File"), ("file_sha256", "文件校验值", "File sha256"),
    ("dept_code", "部门", "Department"), ("sheet", "工作表", "Sheet"), ("table", "表", "Table"),
    ("seen_count", "见到行数", "Rows seen", Kind.COUNT),
    ("header_count", "表头行", "Heading rows", Kind.COUNT),
    ("blank_count", "空行", "Blank rows", Kind.COUNT),
    ("excluded_count", "剔除行", "Excluded rows", Kind.COUNT),
    ("clean_count", "采用行", "Rows used", Kind.COUNT),
    ("quarantined_count", "隔离行", "Quarantined rows", Kind.COUNT),
)  # fmt: skip
"""One row per sheet: seen = header + blank + excluded + clean + quarantined."""

LEDGER_EVENT_COLUMNS = _columns(
    ("event_no", "序号", "Number", Kind.COUNT), ("event_id", "事件编号", "Event"),
    ("event_kind", "事件类型", "Kind"), ("dated_on", "日期", "Date", Kind.DATE),
    ("role", "经办岗位", "Role"), ("file", "来源文件", "File"),
    ("file_sha256", "文件校验值", "File sha256"), ("cell", "单元格", "Cell"),
    ("table", "表", "Table"), ("record_key", "记录", "Record"), ("column", "列", "Column"),
    ("old", "原值", "Old"), ("new", "新值", "New"),
)  # fmt: skip
"""One row per field that one event of `ledger-log.jsonl` changed; values in plain text."""
