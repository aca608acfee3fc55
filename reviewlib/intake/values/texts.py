"""Text, codes, document numbers: kept as written, but for what no reader can see (文字、编号)."""

from __future__ import annotations

import re

from reviewlib.intake.values.base import (
    AS_IS,
    ELSEWHERE,
    EXCEL_ERROR,
    NONE_WORDS,
    NOT_APPLICABLE,
    Parsed,
    Reading,
    bad,
    squeeze,
)
from reviewlib.intake.workbook import BOOL, NUMBER, TEXT, Cell
from reviewlib.schema.model import Column
from reviewlib.schema.written import FORMULA_SIGNS, INVISIBLE, plain, visible

ODD = re.compile("[\ue000-\uf8ff\ufffd]")
"""Private use and replacement characters: something was lost before it came to us."""
DEPARTMENT_CODES = ("dept_code", "declared_code")
"""Columns of codes in which a department's name will do."""
LONGEST_POINTER = 6
"""Characters; 见附件 and 详见报告 say nothing themselves, a sentence that begins so does."""
DASHES = re.compile("[‐‑‒–—―−－]")
YEAR_BRACKETS = re.compile(r"[\[(【〔﹝{「［]\s*((?:19|20)\d{2})\s*年?[\])】〕﹞}」］]")


def parse_text(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read text (文字): as written, only control characters, radicals and hidden marks replaced."""
    if cell.type != TEXT:
        return Parsed(cell.text, ("number-as-text",) if cell.type == NUMBER else AS_IS)
    raw = cell.text
    if squeeze(raw) in NOT_APPLICABLE:
        return Parsed(None, ("not-applicable",))
    if EXCEL_ERROR.match(raw.strip()):
        return bad("excel-error")
    text = visible(raw)
    rules = tuple(_remarks(raw, text, column)) or AS_IS
    words = {"found": len(text), "limit": column.max_length}
    if "formula-like" in rules:
        words["found"] = text[0]
    return Parsed(text or None, rules, words={**words, "value": text[:60]})


def _remarks(raw: str, text: str, column: Column):
    """Yield the rules that a text calls for, the weightiest first."""
    if INVISIBLE.search(raw):
        yield "hidden-characters"
    if ODD.search(raw):
        yield "lost-characters"
    if column.max_length and len(text) > column.max_length:
        yield "too-long"
    if text.startswith(FORMULA_SIGNS):
        yield "formula-like"
    if ELSEWHERE.match(text) and len(text) <= LONGEST_POINTER:
        yield "unstructured"
    if text != raw:
        yield "text-cleaned"


def parse_code(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read an identifier (编号): upper case, no spaces, plain dashes."""
    if cell.type == BOOL:
        return Parsed(cell.text, ("code-cleaned",))
    raw = cell.text
    text = squeeze(DASHES.sub("-", visible(raw)))
    if text in NOT_APPLICABLE or text in NONE_WORDS:
        return Parsed(None, ("not-applicable",))
    if EXCEL_ERROR.match(text):
        return bad("excel-error")
    if ELSEWHERE.match(text):
        return bad("see-attachment", expected="编号")
    if column.name in DEPARTMENT_CODES:
        text = reading.departments.resolve(text).code or text
    code = text.upper()
    return Parsed(code or None, AS_IS if code == raw else ("code-cleaned",))


def parse_doc_no(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a document number (文号): its year between 〔〕, no spaces."""
    text = plain(visible(cell.text))
    if text in NOT_APPLICABLE:
        return Parsed(None, ("not-applicable",))
    if text in NONE_WORDS:
        return Parsed(None, ("said-none",))
    if EXCEL_ERROR.match(text):
        return bad("excel-error")
    number = YEAR_BRACKETS.sub(r"〔\1〕", "".join(text.split()))
    rules = AS_IS if number == cell.text else ("doc-no-cleaned",)
    if ELSEWHERE.match(number):
        rules = ("unstructured",)
    return Parsed(number or None, rules, words={"value": number})
