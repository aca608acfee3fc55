"""The data dictionary (数据字典): a page written from the declarations; it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewlib.schema import CHECKS, RECORDS, TABLES
from reviewlib.schema.codes import CODES
from reviewlib.schema.model import Column, Kind, Table, Vocabulary
from reviewlib.schema.rules import RULES

WORKBOOKS = {
    "roster": ("departments.xlsx", "部门名册", "The roster"),
    "receipts": ("received.csv", "接收登记", "Receipts"),
    "moderation": ("moderation.xlsx", "评分认定", "Moderated ratings"),
    "return": ("returns/*", "部门自评工作簿", "Returns of the departments"),
    "visit": ("visits/*", "实地回访评分表", "Workbooks of the visit groups"),
    "ledger": ("ledger.xlsx", "台账", "The ledger"),
}
"""File, Chinese and English title of each kind of workbook, in the order data meets them."""
KINDS = {
    Kind.TEXT: "text", Kind.CODE: "code", Kind.COUNT: "whole number", Kind.NUMBER: "number",
    Kind.SHARE: "share 0–1", Kind.DATE: "date", Kind.LEVEL: "level", Kind.YES_NO: "yes / no",
    Kind.CHOICE: "one of", Kind.CHOICES: "some of, joined by `;`",
    Kind.DEPARTMENT: "department code", Kind.DEPARTMENTS: "department codes, joined by `;`",
    Kind.DOC_NO: "document number",
}  # fmt: skip
HEAD = """# Data dictionary · 数据字典

Written by `scripts/make_docs.py` from `reviewlib/schema`; change it there. One section per
workbook, one table per frame of a `Review`. Every frame closes with `source_file`, `source_sheet`,
`source_cell` and `dq_flags`; a date is followed by its `…_precision` (day, month).
"""


def data_dictionary() -> str:
    """Return the whole page as Markdown."""
    parts = [HEAD, *_workbooks(), *_records(), *_vocabularies(), *_rules(), *_checks(), *_codes()]
    return "\n".join(parts).rstrip() + "\n"


def _workbooks() -> Iterator[str]:
    for workbook, (file, zh, en) in WORKBOOKS.items():
        yield f"\n## {zh} · {en} (`{file}`)\n"
        for table in TABLES.values():
            if table.workbook == workbook:
                yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.zh} · {table.en}: `{table.name}`\n"
    key = ", ".join(f"`{name}`" for name in table.key) or "none"
    yield f"Sheet “{table.sheet}”. One row is {table.row}. Key: {key}.\n"
    yield from _grid(("列", "column", "name", "type", "required", "allowed, notes"),
                     map(_column, table.columns))  # fmt: skip


def _column(column: Column) -> tuple[str, ...]:
    notes = [
        f"vocabulary `{column.vocabulary.name}`" if column.vocabulary else "",
        "" if column.is_input else "printed or calculated",
        f"at most {column.max_length} characters" if column.max_length else "",
        f"{column.help_zh} {column.help_en}".strip(),
    ]
    return (column.heading, column.en, f"`{column.name}`", KINDS[column.kind],
            "yes" if column.required else "", "; ".join(filter(None, notes)))  # fmt: skip


def _records() -> Iterator[str]:
    yield "\n## 读取记录 · What is written down beside the tables\n"
    for name, columns in RECORDS.items():
        yield f"### `{name}`\n"
        yield from _grid(("列", "column", "name", "type"),
                         ((c.zh, c.en, f"`{c.name}`", KINDS[c.kind]) for c in columns))  # fmt: skip


def _vocabularies() -> Iterator[str]:
    yield "\n## 选项 · Vocabularies\n"
    columns = [column for table in TABLES.values() for column in table.columns]
    known = {c.vocabulary.name: c.vocabulary for c in columns if c.vocabulary is not None}
    for vocabulary in known.values():
        yield f"### {vocabulary.zh} · {vocabulary.en}: `{vocabulary.name}`\n"
        yield from _grid(("code", "中文", "English", "also accepted"), _choices(vocabulary))


def _choices(vocabulary: Vocabulary) -> Iterator[tuple[str, ...]]:
    for choice in vocabulary:
        yield f"`{choice.code}`", choice.zh, choice.en, "、".join(choice.synonyms)


def _rules() -> Iterator[str]:
    yield "\n## 读取规则 · Rules of reading\n"
    yield "How a cell becomes a value; the id stands in the `rule` column of `cells`, `issues`.\n"
    rows = ((f"`{rule.id}`", rule.zh, rule.en, rule.code, rule.grade) for rule in RULES.values())
    yield from _grid(("id", "规则", "rule", "data issue", "severity"), rows)


def _checks() -> Iterator[str]:
    yield "\n## 校验 · Checks\n"
    yield from _grid(
        ("id", "scope", "tables", "校验不过时的说明", "sentence", "data issue", "severity"),
        ((f"`{c.id}`", c.scope, ", ".join(c.tables), c.zh, c.en, c.code, c.severity)
         for c in CHECKS.values()),
    )  # fmt: skip


def _codes() -> Iterator[str]:
    yield "\n## 数据质量问题代码 · Codes of data issues\n"
    yield from _grid(("code", "severity", "说明", "message", "处理办法", "what to do"),
                     ((f"`{c.code}`", c.severity, c.zh, c.en, c.fix_zh, c.fix_en)
                      for c in CODES.values()))  # fmt: skip


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(text.replace("|", "\\|") for text in row) + " |"
    yield ""
