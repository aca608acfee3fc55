"""Where on a sheet a table may stand: rows of headings, and labels below one another (候选)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reviewlib.intake.headings import Lexicon, normal
from reviewlib.intake.workbook import TEXT, Sheet
from reviewlib.schema.model import Layout, Table

NAME_BONUS = 2
"""A sheet that bears the table's name counts like so many headings."""


@dataclass(frozen=True)
class Candidate:
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


def candidates_on(position: int, sheet: Sheet, words: Lexicon) -> Iterator[Candidate]:
    """Yield every place on a sheet where a table may stand."""
    for rows in _heading_places(sheet):
        texts = heading_texts(sheet, rows)
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


def heading_texts(sheet: Sheet, rows: tuple[int, ...]) -> dict[int, tuple[str, str]]:
    """Return upper and lower heading by sheet column; merged areas are flattened."""
    columns = sorted({column for row in rows for column in sheet.columns_of(row)})
    texts = {}
    for column in columns:
        cells = [sheet.cell(row, column) for row in rows]
        parts = list(dict.fromkeys(cell.text for cell in cells if cell and cell.type == TEXT))
        if parts:
            texts[column] = (parts[0], parts[-1]) if len(parts) > 1 else ("", parts[0])
    return texts


def _matched(position, sheet, rows, texts, words: Lexicon) -> Iterator[Candidate]:
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
            yield Candidate(table, position, rows, matches, _has_name(sheet, table))


def _records(position: int, sheet: Sheet, words: Lexicon) -> Iterator[Candidate]:
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
                yield Candidate(table, position, rows, matches, named, is_record=True)


def _has_name(sheet: Sheet, table: Table) -> bool:
    names = {normal(name).lstrip("0123456789") for name in (table.sheet, table.zh, *table.synonyms)}
    return normal(sheet.name).lstrip("0123456789") in names
