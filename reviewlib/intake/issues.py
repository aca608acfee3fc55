"""Data issues as records: a rule, a check or a code, its place, its sentence in both languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from reviewlib.intake.values import masked
from reviewlib.intake.workbook import Cell
from reviewlib.schema import codes
from reviewlib.schema.model import Column, Kind
from reviewlib.schema.rules import RULES

RAW_LENGTH = 200
OUTCOMES = {codes.BLOCK: "refused", codes.ERROR: "quarantined", codes.WARN: "changed",
            codes.INFO: "kept"}  # fmt: skip

KIND_WORDS = {
    Kind.COUNT: ("0 或正整数", "a whole number, 0 or more"),
    Kind.NUMBER: ("数字", "a number"),
    Kind.SHARE: ("百分数，如 95%", "a per cent, such as 95%"),
    Kind.DATE: ("日期，如 2025-06-30", "a date, such as 2025-06-30"),
    Kind.YES_NO: ("是、否", "是 or 否"),
    Kind.DEPARTMENT: ("一个部门的规范简称", "the short name of one department"),
    Kind.DEPARTMENTS: ("部门规范简称，用“、”分隔", "short names, separated by 、"),
}
"""What a column of each kind expects, in words; closed lists say their values."""


@dataclass(frozen=True)
class Place:
    """Where a data issue stands; fields not known stay empty."""

    dept_code: str = ""
    file: str = ""
    file_sha256: str = ""
    sheet: str = ""
    cell: str = ""
    row: int | None = None
    column: str = ""
    record_key: str = ""

    def at(self, cell: Cell | None, /, **more: object) -> Place:
        """Return the place of a cell on the same sheet."""
        if cell is not None:
            more = {"cell": cell.address, "row": cell.row, **more}
        return replace(self, **more) if more else self


class _Words(defaultdict):
    """Words for a sentence; one not given leaves nothing behind."""

    def __missing__(self, key: str) -> str:
        return ""


def expectation(column: Column) -> tuple[str, str]:
    """Say what a column expects, in both languages."""
    if column.vocabulary is not None:
        labels = [choice.zh for choice in column.vocabulary]
        return "、".join(labels), ", ".join(choice.en for choice in column.vocabulary)
    return KIND_WORDS.get(column.kind, ("", ""))


def column_words(column: Column) -> dict[str, str]:
    """Return the words that a sentence about a cell of this column may need."""
    expected, expected_en = expectation(column)
    return {"heading": column.zh, "heading_en": column.en, "unit": column.unit,
            "expected": expected, "expected_en": expected_en}  # fmt: skip


def issue(
    name: str, place: Place, raw: str = "", words: Mapping[str, object] = (), **given: object
) -> dict:
    """Make one data issue.

    Parameters
    ----------
    name : str
        A rule of `schema.rules` or a code of `schema.codes`.
    place : Place
    raw : str
        The text of the cell; personal data is masked, 200 characters at most are kept.
    words : mapping
        Words for the sentence, and `value`, `expected`, `suggestion` of the record.
    **given
        Fields of the record that are stated outright: severity, outcome, rule …

    Returns
    -------
    dict
        One row of `schema.RECORDS["issues"]`.
    """
    rule = RULES.get(name)
    code = codes.CODES[rule.code if rule else name]
    said = rule or code
    kept = masked(raw)[:RAW_LENGTH]
    filled = _Words(str, {"detail_en": dict(words).get("detail", ""), **dict(words), "raw": kept})
    severity = given.get("severity") or (rule.grade if rule else code.severity)
    return {
        "code": code.code, "severity": severity, **vars(place), "raw": kept,
        "value": str(filled["value"]), "rule": rule.id if rule else "",
        "message_zh": said.zh.format_map(filled), "message_en": said.en.format_map(filled),
        "expected": str(filled["expected"]), "fix": _advice(code, severity),
        "suggestion": str(filled["suggestion"]), "outcome": OUTCOMES[severity],
        "resolved_by_role": "", "resolved_on": "", **given,
    }  # fmt: skip


def _advice(code: codes.Code, severity: str) -> str:
    """Return what to do; of what is graver than its code commonly is, never that nothing is."""
    if code.fix_zh != codes.NONE[0] or severity == codes.INFO:
        return code.fix_zh
    return (codes.LOOK if severity == codes.WARN else codes.FILL)[0]
