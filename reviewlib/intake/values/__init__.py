"""From a cell to a value: one pure parser per kind, the same for every table.

A parser takes the cell as it was found (text, type, number format), its column and what may be
known besides; it returns the value, the rules that made it and, where there is none, the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reviewlib.intake.limits import STANDARD
from reviewlib.intake.values.base import AS_IS, Known, Parsed, Reading, bad
from reviewlib.intake.values.dates import parse_date
from reviewlib.intake.values.formats import shown
from reviewlib.intake.values.names import parse_department, parse_departments
from reviewlib.intake.values.numbers import parse_number
from reviewlib.intake.values.shares import parse_share
from reviewlib.intake.values.texts import parse_code, parse_doc_no, parse_text
from reviewlib.intake.values.words import parse_choice, parse_choices, parse_level, parse_yes_no
from reviewlib.intake.workbook import BLANK, ERROR, NUMBER, TEXT, UNCACHED, Cell
from reviewlib.schema.model import Column, Kind
from reviewlib.schema.personal import holds_personal_data, masked
from reviewlib.schema.written import INVISIBLE, visible

PARSERS: dict[Kind, Callable[[Cell, Column, Reading], Parsed]] = {
    Kind.TEXT: parse_text,
    Kind.CODE: parse_code,
    Kind.COUNT: parse_number,
    Kind.NUMBER: parse_number,
    Kind.SHARE: parse_share,
    Kind.DATE: parse_date,
    Kind.LEVEL: parse_level,
    Kind.YES_NO: parse_yes_no,
    Kind.CHOICE: parse_choice,
    Kind.CHOICES: parse_choices,
    Kind.DEPARTMENT: parse_department,
    Kind.DEPARTMENTS: parse_departments,
    Kind.DOC_NO: parse_doc_no,
}
"""The parser of each kind of column."""
WRITTEN = (Kind.TEXT, Kind.CODE, Kind.DOC_NO)
"""Kinds that keep what is written, and see to hidden characters themselves."""

LONG_NUMBER = 10**15


def parse(cell: Cell | None, column: Column, reading: Reading) -> Parsed | None:
    """Read one cell of a column; None where nothing is filled in."""
    if cell is None or cell.type == BLANK or (cell.type == TEXT and not visible(cell.value)):
        return None
    if cell.type == ERROR:
        return bad("excel-error")
    if cell.type == UNCACHED:
        return bad("formula-no-cache")
    if cell.type == TEXT and len(cell.value) > STANDARD.text_length:
        return bad("beyond-cell", found=len(cell.value), limit=STANDARD.text_length)
    if holds_personal_data(cell.text):
        return Parsed(None, ("personal-data",))
    if cell.type == NUMBER and abs(cell.value) >= LONG_NUMBER and column.kind in WRITTEN:
        return Parsed(cell.text, ("precision-lost",))
    parsed = _parsed(cell, column, reading)
    if cell.is_merged and parsed.rules == ("as-is",):
        return Parsed(parsed.value, ("merged-fill",), parsed.precision, parsed.words, parsed.others)
    return parsed


def _parsed(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Parse a cell by its kind; what nobody can see in it does not make it another value."""
    parse_kind = PARSERS[column.kind]
    if cell.type == NUMBER:
        return _as_shown(cell, column, reading) or parse_kind(cell, column, reading)
    if cell.type != TEXT or column.kind in WRITTEN:
        return parse_kind(cell, column, reading)
    seen = visible(cell.value)
    if seen == cell.value.strip():
        return parse_kind(cell, column, reading)
    parsed = parse_kind(cell._replace(value=seen), column, reading)
    if not INVISIBLE.search(cell.value):
        return parsed
    return _with(parsed, "hidden-characters")


def _as_shown(cell: Cell, column: Column, reading: Reading) -> Parsed | None:
    """Parse what a number is shown as, where its format makes another thing of it."""
    text = shown(cell.value, cell.number_format)
    if not text:
        return None
    parsed = PARSERS[column.kind](cell._replace(value=text, type=TEXT), column, reading)
    return _with(parsed, "as-shown", shown=text)


def _with(parsed: Parsed, rule: str, **words: object) -> Parsed:
    """Return what was parsed with a further rule, and its words."""
    kept = () if parsed.rules == AS_IS else parsed.rules
    return replace(parsed, rules=(*kept, rule), words={**parsed.words, **words})


__all__ = ["PARSERS", "Known", "Parsed", "Reading", "holds_personal_data", "masked", "parse",
           "visible"]  # fmt: skip
