"""Cells that name departments (部门): one, or several with the lead first."""

from __future__ import annotations

from reviewlib.intake.values.base import NONE_WORDS, Parsed, Reading, bad, common, squeeze
from reviewlib.intake.values.departments import Match, split_names
from reviewlib.intake.workbook import Cell
from reviewlib.schema.model import Column


def parse_department(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read the code of one department; of several the first leads, the others support."""
    nothing = _nothing(cell)
    if nothing:
        return nothing
    whole = reading.departments.resolve(cell.text, reading.cutoff_on)
    parts = split_names(cell.text)
    if whole.code or len(parts) < 2:
        return _parsed(whole, reading, cell.text)
    found = [reading.departments.resolve(part, reading.cutoff_on) for part in parts]
    for part, match in zip(parts, found, strict=True):
        if not match.code:
            return _parsed(match, reading, part)
    codes = list(dict.fromkeys(match.code for match in found))
    if len(codes) == 1:
        return Parsed(codes[0], ("dept-name",))
    lead = reading.departments.short_name(codes[0])
    return Parsed(codes[0], ("dept-several",), words={"value": lead}, others=tuple(codes[1:]))


def parse_departments(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read the codes of several departments, joined by “;” in the order they stand."""
    nothing = _nothing(cell)
    if nothing:
        return nothing
    whole = reading.departments.resolve(cell.text, reading.cutoff_on)
    if whole.code:
        return _parsed(whole, reading, cell.text)
    parts = split_names(cell.text)
    found = [reading.departments.resolve(part, reading.cutoff_on) for part in parts]
    for part, match in zip(parts, found, strict=True):
        if not match.code:
            return _parsed(match, reading, part)
    codes = dict.fromkeys(match.code for match in found)
    rules = dict.fromkeys(match.rule for match in found if match.rule != "as-is")
    names = "、".join(map(reading.departments.short_name, codes))
    return Parsed(";".join(codes), tuple(rules) or ("dept-name",), words={"value": names})


def _nothing(cell: Cell) -> Parsed | None:
    text = squeeze(cell.text)
    if text in NONE_WORDS:
        return Parsed(None, ("said-none",))
    return common(text)


def _parsed(match: Match, reading: Reading, name: str) -> Parsed:
    names = [reading.departments.short_name(code) for code in match.candidates]
    if match.code is None:
        return bad(match.rule, name=name, suggestion="、".join(names))
    words = {"name": name, "value": reading.departments.short_name(match.code)}
    return Parsed(match.code, (match.rule,), words=words)
