"""Find the tables of a workbook by their headings, wherever they stand (定位).

Sheets may be renamed and reordered, titles stand above, headings take two merged rows or come again
half-way; a table is where its headings are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from reviewlib.intake.candidates import Candidate, candidates_on, heading_texts
from reviewlib.intake.headings import NONE_BOX, bare, lexicon, normal, own_forms
from reviewlib.intake.workbook import TEXT, Cell, Sheet, blank
from reviewlib.schema.model import FIGURES, Table

NEAR_ENOUGH = 75
LARGE_UNIT = re.compile(
    r"(?:^|[\s(（])(?:计量|金额)?单位\s*[:：]\s*([^\s:：)）]*[百千万亿][^\s:：)）]*)"
)
HEAD = 4
"""Rows above the headings in which the form prints title, department and box."""


@dataclass(frozen=True)
class Located:
    """Where one table stands.

    Parameters
    ----------
    table : Table
    sheet : Sheet
    columns : dict of str to int
        Sheet column by column name. For a record: the column of its values.
    heading_rows : tuple of int
        Rows that hold the headings; empty for a record.
    first_row, last_row : int
        What may belong to the table, the title above it included.
    other_from : int
        Row from which another table stands below it that has its place elsewhere; 0 for none.
    labels : dict of str to Cell
        For a record: the label cell by column name.
    flaws : tuple of (code, cell, words)
        Data issues of the headings.
    """

    table: Table
    sheet: Sheet
    columns: dict[str, int]
    heading_rows: tuple[int, ...] = ()
    first_row: int = 1
    last_row: int = 0
    other_from: int = 0
    labels: dict[str, Cell] = field(default_factory=dict)
    flaws: tuple[tuple[str, Cell | None, dict], ...] = ()

    @property
    def is_record(self) -> bool:
        return bool(self.labels)


def locate(sheets: tuple[Sheet, ...], tables: tuple[Table, ...]) -> list[Located]:
    """Return where each table stands, in the order of the sheets; tables not found are left out.

    Each table is placed once, where most of its headings are; a row of headings serves one table.
    """
    words = lexicon(tables)
    candidates = sorted(
        (found for n, sheet in enumerate(sheets) for found in candidates_on(n, sheet, words)),
        key=lambda found: found.rank,
    )
    chosen: dict[str, Candidate] = {}
    taken: set[tuple[int, int]] = set()
    for found in candidates:
        rows = {(found.position, row) for row in found.rows}
        if found.table.name not in chosen and not rows & taken:
            chosen[found.table.name] = found
            taken |= rows
    raised = (_raised(found, candidates, taken) for found in chosen.values())
    placed = sorted(raised, key=lambda found: (found.position, found.rows))
    return [_located(found, placed, candidates, sheets) for found in placed]


def _raised(
    chosen: Candidate, candidates: list[Candidate], taken: set[tuple[int, int]]
) -> Candidate:
    """Begin a table at the first row of its headings, though they are truer where they come again.

    On the first of two pages one heading may be misspelt; the rows below it are rows all the same.
    """
    if chosen.is_record:
        return chosen
    alike = [
        found.rows for found in candidates
        if found.table is chosen.table and found.position == chosen.position
        and not found.is_record and found.rows[-1] < chosen.rows[0]
        and len(found.matches) * 5 >= len(chosen.matches) * 4
        and all(found.matches[name] == chosen.matches.get(name, columns)
                for name, columns in found.matches.items())
    ]  # fmt: skip
    top = min(alike, default=chosen.rows)
    between = {(chosen.position, row) for row in range(top[0], chosen.rows[0])}
    return chosen if between & taken else replace(chosen, rows=top)


def _located(chosen: Candidate, placed, candidates, sheets) -> Located:
    sheet = sheets[chosen.position]
    second = _second_place(chosen, placed, candidates, sheets)
    beside = [other for other in placed if other.position == chosen.position]
    is_first = min(other.rows for other in beside) == chosen.rows
    first_row = 1 if is_first else _top(chosen, sheet)
    if chosen.is_record:
        return _located_record(chosen, sheet, first_row, second)
    later = [_top(other, sheet) for other in beside if other.rows[0] > chosen.rows[-1]]
    columns = {name: found[0] for name, found in chosen.matches.items() if len(found) == 1}
    return Located(
        chosen.table, sheet, columns, chosen.rows, first_row,
        min(later) - 1 if later else sheet.last_row,
        _other_from(chosen, beside, candidates, sheet),
        flaws=(*_units_above(sheet, range(first_row, chosen.rows[0])),
               *_heading_flaws(chosen, sheet), *second),
    )  # fmt: skip


def _top(chosen: Candidate, sheet: Sheet) -> int:
    """Return the first row of a table with what the form prints above its headings."""
    names = tuple(normal(name).lstrip("0123456789")
                  for name in (chosen.table.zh, chosen.table.sheet))  # fmt: skip
    top = chosen.rows[0]
    for row in range(top - 1, max(top - 1 - HEAD, 0), -1):
        cells = list(sheet.rows.get(row, {}).values())
        text = normal(cells[0].text) if cells else ""
        is_title = len(cells) == 1 and text.startswith(names)
        if is_title or text.startswith("填报单位") or (cells and NONE_BOX.match(cells[0].text)):
            top = row
        elif len(cells) > 1:
            break
    return top


def _other_from(chosen: Candidate, beside, candidates, sheet: Sheet) -> int:
    """Return where the headings of a table that stands elsewhere come again below this one."""
    own = {c.rows: len(c.matches) for c in candidates
           if c.position == chosen.position and c.table is chosen.table}  # fmt: skip
    tables = [other.table for other in beside]
    found = [
        _top(other, sheet)
        for other in candidates
        if other.position == chosen.position and other.rows[0] > chosen.rows[-1]
        and not other.is_record and other.table not in tables
        and len(other.matches) * 5 >= len(other.table.columns) * 4
        and len(other.matches) > own.get(other.rows, 0)
    ]
    return min(found, default=0)


def _located_record(chosen: Candidate, sheet: Sheet, first_row: int, second) -> Located:
    """Place a record: the first cell with each label; its value stands to the right."""
    known = lexicon((chosen.table,))
    labels: dict[str, Cell] = {}
    for cells in sheet.rows.values():
        for cell in cells.values():
            if cell.type == TEXT:
                for _, name in known.columns(cell.value):
                    labels.setdefault(name, cell)
    flaws = [
        ("label.missing", _gap_in_record(column.name, chosen.table, labels, sheet),
         {"expected": column.zh})
        for column in chosen.table.columns
        if column.name not in labels and column.is_input
    ]  # fmt: skip
    return Located(chosen.table, sheet, {}, first_row=first_row, last_row=sheet.last_row,
                   labels=labels, flaws=(*flaws, *second))  # fmt: skip


def _gap_in_record(
    name: str, table: Table, labels: dict[str, Cell], sheet: Sheet
) -> Cell | None:
    """Return the empty cell between its neighbours where a label should stand, if there is one."""
    at = table.names.index(name)
    before, after = (labels.get(table.names[n]) if 0 <= n < len(table.names) else None
                     for n in (at - 1, at + 1))  # fmt: skip
    if not before and not after:
        return None
    row, column = (before.row + 1, before.column) if before else (after.row - 1, after.column)
    return None if row < 1 or sheet.cell(row, column) else blank(row, column)


def _heading_flaws(chosen: Candidate, sheet: Sheet) -> Iterator[tuple[str, Cell | None, dict]]:
    """Yield what is wrong with the headings: missing, twice, unknown, another spelling, near."""
    texts = heading_texts(sheet, chosen.rows)
    known = {column for found in chosen.matches.values() for column in found}
    unknown = {c: lower for c, (_, lower) in texts.items() if c not in known}
    for column in chosen.table.columns:
        found = chosen.matches.get(column.name, [])
        words = {"expected": column.zh}
        if len(found) > 1:
            yield "label.duplicate", sheet.cell(chosen.rows[-1], found[1]), words
        elif not found and column.is_input:
            near = _nearest(column.zh, unknown)
            unknown.pop(near, None)
            code = "label.guessed" if near else "label.missing"
            place = near or _gap(column, chosen, texts, sheet)
            yield code, _at(sheet, chosen.rows[-1], place) if place else None, words
        elif found and not _is_own(texts.get(found[0], ("", "")), column):
            yield "label.normalised", _at(sheet, chosen.rows[-1], found[0]), words
    for column in unknown:
        yield "label.extra", sheet.cell(chosen.rows[-1], column), {}


def _units_above(sheet: Sheet, rows: range) -> Iterator[tuple[str, Cell, dict]]:
    """Yield the lines above a table that give its figures in hundreds or more."""
    for row in rows:
        for cell in sheet.rows.get(row, {}).values():
            unit = LARGE_UNIT.search(cell.value) if cell.type == TEXT else None
            if unit:
                yield "large-unit", cell, {"found": unit[1]}


def _gap(column, chosen: Candidate, texts: dict[int, tuple[str, str]], sheet: Sheet) -> int | None:
    """Return the sheet column without a heading that stands where this one should, if any."""
    names = chosen.table.names
    at = names.index(column.name)
    before, after = (chosen.matches.get(names[n]) if 0 <= n < len(names) else None
                     for n in (at - 1, at + 1))  # fmt: skip
    place = before[0] + 1 if before else after[0] - 1 if after else 0
    is_used = 0 < place < max(texts) or any(
        place in cells for row, cells in sheet.rows.items() if row > chosen.rows[-1]
    )
    return place if is_used and place not in texts else None


def _at(sheet: Sheet, row: int, column: int) -> Cell:
    return sheet.cell(row, column) or blank(row, column)


def _is_own(texts: tuple[str, str], column) -> bool:
    """Say whether a heading is as printed; what is in brackets can be another unit or measure."""
    upper, lower = texts
    written = (lower, upper + lower, lower + upper)
    forms = (normal,) if column.kind in FIGURES else (normal, bare)
    return not own_forms(column).isdisjoint(form(text) for text in written for form in forms)


def _nearest(heading: str, unknown: dict[int, str]) -> int | None:
    scored = ((fuzz.ratio(bare(heading), bare(text)), c) for c, text in unknown.items())
    best = max(scored, default=(0, None))
    return best[1] if best[0] >= NEAR_ENOUGH else None


def _second_place(chosen, placed, candidates, sheets) -> list[tuple[str, Cell | None, dict]]:
    """Tell of another sheet on which nearly all headings of the table stand too."""
    used = {other.position for other in placed}
    return [
        ("sheet.second-table", None, {"detail": f"“{sheets[other.position].name}”"})
        for other in candidates
        if other.table is chosen.table
        and other.position not in used
        and len(other.matches) * 5 >= len(chosen.matches) * 4
    ][:1]
