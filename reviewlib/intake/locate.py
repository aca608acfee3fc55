"""Find the tables of a workbook by their headings, wherever they stand (定位).

Sheets may be renamed and reordered, titles stand above, headings take two merged rows or come again
half-way; a table is where its headings are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from reviewlib.intake.headings import Lexicon, bare, lexicon, normal, own_forms
from reviewlib.intake.workbook import TEXT, Cell, Sheet, blank
from reviewlib.schema.model import Layout, Table

NAME_BONUS = 2
"""A sheet that bears the table's name counts like so many headings."""
NEAR_ENOUGH = 75


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
    last_row : int
        Last row that may belong to the table.
    labels : dict of str to Cell
        For a record: the label cell by column name.
    flaws : tuple of (code, cell, words)
        Data issues of the headings.
    """

    table: Table
    sheet: Sheet
    columns: dict[str, int]
    heading_rows: tuple[int, ...] = ()
    last_row: int = 0
    labels: dict[str, Cell] = field(default_factory=dict)
    flaws: tuple[tuple[str, Cell | None, dict], ...] = ()

    @property
    def is_record(self) -> bool:
        return bool(self.labels)


@dataclass(frozen=True)
class _Candidate:
    """A row (or two) that may be the headings of a table, or the rows of a record's labels."""

    table: Table
    position: int  # of the sheet in the workbook
    rows: tuple[int, ...]
    matches: dict[str, list[int]]  # column name → sheet columns; of a record: → rows
    has_name: bool
    is_record: bool = False  # its labels stand below one another

    @property
    def rank(self) -> tuple:
        """Best first: most headings, then the larger part of the table, then the first place."""
        count = len(self.matches) + NAME_BONUS * self.has_name
        return (-count, -len(self.matches) / len(self.table.columns), self.position, self.rows)


def locate(sheets: tuple[Sheet, ...], tables: tuple[Table, ...]) -> list[Located]:
    """Return where each table stands, in the order of the sheets; tables not found are left out.

    Each table is placed once, where most of its headings are; a row of headings serves one table.
    """
    words = lexicon(tables)
    candidates = sorted(
        (found for n, sheet in enumerate(sheets) for found in _candidates(n, sheet, words)),
        key=lambda found: found.rank,
    )
    chosen: dict[str, _Candidate] = {}
    taken: set[tuple[int, int]] = set()
    for found in candidates:
        rows = {(found.position, row) for row in found.rows}
        if found.table.name not in chosen and not rows & taken:
            chosen[found.table.name] = found
            taken |= rows
    placed = sorted(chosen.values(), key=lambda found: (found.position, found.rows))
    return [_located(found, placed, candidates, sheets) for found in placed]


def _candidates(position: int, sheet: Sheet, words: Lexicon) -> Iterator[_Candidate]:
    for rows in _heading_places(sheet):
        texts = _heading_texts(sheet, rows)
        if len(texts) >= 2:
            yield from _matched(position, sheet, rows, texts, words)
    yield from _records(position, sheet, words)


def _heading_places(sheet: Sheet) -> Iterator[tuple[int, ...]]:
    """Yield rows that may be headings: each row, and two together where a merge joins them."""
    for row, cells in sheet.rows.items():
        if sum(cell.type == TEXT for cell in cells.values()) >= 2:
            yield (row,)
            if row - 1 in sheet.merged_rows and row - 1 in sheet.rows:
                yield (row - 1, row)


def _heading_texts(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[str, str]]:
    """Return upper and lower heading by sheet column; merged areas are flattened."""
    columns = sorted({column for row in rows for column in sheet.columns_of(row)})
    texts = {}
    for column in columns:
        cells = [sheet.cell(row, column) for row in rows]
        parts = list(dict.fromkeys(cell.text for cell in cells if cell and cell.type == TEXT))
        if parts:
            texts[column] = (parts[0], parts[-1]) if len(parts) > 1 else ("", parts[0])
    return texts


def _matched(position, sheet, rows, texts, words: Lexicon) -> Iterator[_Candidate]:
    """Yield a candidate for every table of which enough headings stand in these rows."""
    found: dict[str, dict[str, list[int]]] = {}
    for column, (upper, lower) in texts.items():
        hits = words.joined(upper, lower) if upper else words.columns(lower)
        for table, name in hits:
            found.setdefault(table, {}).setdefault(name, []).append(column)
    for table in words.tables:
        matches = found.get(table.name, {})
        enough = len(matches) >= 3 or len(matches) * 2 >= len(table.columns)
        if len(matches) >= 2 and enough and len(matches) * 5 >= len(texts) * 2:
            yield _Candidate(table, position, rows, matches, _has_name(sheet, table))


def _records(position: int, sheet: Sheet, words: Lexicon) -> Iterator[_Candidate]:
    """Yield a candidate for every record whose labels stand below one another on the sheet."""
    labels: dict[str, dict[str, list[int]]] = {}
    for cells in sheet.rows.values():
        for cell in cells.values():
            if cell.type == TEXT:
                for table, name in words.columns(cell.value):
                    labels.setdefault(table, {}).setdefault(name, []).append(cell.row)
    for table in words.tables:
        matches = labels.get(table.name, {})
        if table.layout is Layout.RECORD and len(matches) * 3 >= len(table.columns):
            rows = tuple(sorted({row for found in matches.values() for row in found}))
            if len(rows) > 1:
                named = _has_name(sheet, table)
                yield _Candidate(table, position, rows, matches, named, is_record=True)


def _has_name(sheet: Sheet, table: Table) -> bool:
    names = {normal(name).lstrip("0123456789") for name in (table.sheet, table.zh, *table.synonyms)}
    return normal(sheet.name).lstrip("0123456789") in names


def _located(chosen: _Candidate, placed, candidates, sheets) -> Located:
    sheet = sheets[chosen.position]
    second = _second_place(chosen, placed, candidates, sheets)
    if chosen.is_record:
        return _located_record(chosen, sheet, second)
    later = [
        other.rows[0]
        for other in placed
        if other.position == chosen.position and other.rows[0] > chosen.rows[-1]
    ]
    columns = {name: found[0] for name, found in chosen.matches.items() if len(found) == 1}
    return Located(
        chosen.table, sheet, columns, chosen.rows,
        min(later) - 1 if later else sheet.last_row,
        flaws=(*_heading_flaws(chosen, sheet), *second),
    )  # fmt: skip


def _located_record(chosen: _Candidate, sheet: Sheet, second) -> Located:
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
    return Located(chosen.table, sheet, {}, (), sheet.last_row, labels, (*flaws, *second))


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


def _heading_flaws(chosen: _Candidate, sheet: Sheet) -> Iterator[tuple[str, Cell | None, dict]]:
    """Yield what is wrong with the headings: missing, twice, unknown, another spelling, near."""
    texts = _heading_texts(sheet, chosen.rows)
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
        elif found and not _is_own(texts[found[0]], column):
            yield "label.normalised", sheet.cell(chosen.rows[-1], found[0]), words
    for column in unknown:
        yield "label.extra", sheet.cell(chosen.rows[-1], column), {}


def _gap(column, chosen: _Candidate, texts: dict[int, tuple[str, str]], sheet: Sheet) -> int | None:
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
    upper, lower = texts
    written = (lower, upper + lower, lower + upper)
    return not own_forms(column).isdisjoint(f(text) for text in written for f in (normal, bare))


def _nearest(heading: str, unknown: dict[int, str]) -> int | None:
    scored = ((fuzz.ratio(normal(heading), normal(text)), c) for c, text in unknown.items())
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
