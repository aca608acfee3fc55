"""Ledger frames as plain rows and back: the form in which rows are compared, logged and merged.

A plain row holds the filled fields of one row as text: codes as they are, counts and shares as
digits, dates as ISO, yes/no as `yes` and `no`. A blank field is absent. Two rows that a person
would call the same are equal as plain rows, whatever program saved them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from reviewlib import schema
from reviewlib.schema import Column, Kind, Table
from reviewlib.schema.ledger import LEDGER_TABLES

Row = dict[str, str]
"""Filled fields of one row, plain text by column name."""
Key = tuple[str, ...]
"""Values of the table's key columns; a blank part is the empty text."""
State = dict[str, dict[Key, Row]]
"""A whole ledger: table name → key → row."""

TRACKED: dict[str, Table] = {
    table.name: table for table in LEDGER_TABLES if "revision" in table.names
}
"""The tables whose every change is kept; the questions to decide are a view on the log."""

FIELDS: dict[str, dict[str, Column]] = {
    name: {column.name: column for column in table.columns if column.name != "revision"}
    for name, table in TRACKED.items()
}
"""Table name → the columns a change can touch."""

_NUMBER_PLACES = 6  # what Excel's binary fractions leave behind the sixth place is noise
_PRECISE_DATE = re.compile(r"(\S+) \((\w+)\)")


@dataclass(frozen=True)
class CopiedRow:
    """One row of an edited workbook, as it came back.

    Parameters
    ----------
    table : str
    key : tuple of str
    row : dict
        Plain row.
    mark : str
        What stands in `revision`; empty for a row that was never merged.
    cell : str
        First cell of the row, with its sheet: `问题台账!A5`.
    unread : frozenset of str
        Columns whose cell could not be read or whose heading is missing: no change is taken there.
    """

    table: str
    key: Key
    row: Row
    mark: str = ""
    cell: str = ""
    unread: frozenset[str] = field(default_factory=frozenset)


def plain_value(value, kind: Kind, precision=None) -> str | None:
    """Return one value as plain text, or None for a blank."""
    if pd.isna(value):
        return None
    if kind is Kind.DATE:
        day = f"{value:%Y-%m-%d}"
        return f"{day} ({precision})" if precision in ("month", "year") else day
    if kind is Kind.COUNT:
        return str(int(value))
    if kind in (Kind.SHARE, Kind.NUMBER):
        return f"{value:.{_NUMBER_PLACES}f}".rstrip("0").rstrip(".")
    if kind is Kind.YES_NO:
        return "yes" if value else "no"
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    return text or None


def text_or_blank(value) -> str:
    """Return a value as text, a missing one as an empty text."""
    return "" if pd.isna(value) else str(value)


def value_of(text: str | None, kind: Kind):
    """Return the value a frame holds for plain text: the inverse of `plain_value`."""
    if text is None:
        return None
    if kind is Kind.DATE:
        return pd.Timestamp(split_date(text)[0])
    if kind is Kind.COUNT:
        return int(text)
    if kind in (Kind.SHARE, Kind.NUMBER):
        return float(text)
    if kind is Kind.YES_NO:
        return text == "yes"
    return text


def split_date(text: str) -> tuple[str, str]:
    """Return day and precision of a plain date: `2025-03-31 (month)`."""
    found = _PRECISE_DATE.fullmatch(text)
    return found.groups() if found else (text, "day")


def key_of(table: str, row: Mapping[str, str]) -> Key:
    """Return the key of a plain row."""
    return tuple(row.get(name, "") for name in TRACKED[table].key)


def keyed(table: str, key: Key) -> Row:
    """Return a plain row of which only the key is known: all that a log with gaps may tell."""
    return {name: part for name, part in zip(TRACKED[table].key, key, strict=False) if part}


def key_text(key: Key) -> str:
    """Return a key as `cells.record_key` writes it."""
    return "|".join(key)


def natural(key: Key) -> tuple:
    """Return a sort key that puts P-2 before P-10."""
    return tuple(
        tuple((0, int(part), "") if part.isdigit() else (1, 0, part)
              for part in re.split(r"(\d+)", text) if part)
        for text in key
    )  # fmt: skip


def plain_rows(table: str, frame: pd.DataFrame) -> list[CopiedRow]:
    """Return the rows of one ledger frame in its order, duplicates and keyless rows included."""
    columns = FIELDS[table]
    rows = []
    for record in frame.to_dict("records"):
        row = {
            name: text
            for name, column in columns.items()
            if (text := plain_value(record.get(name), column.kind,
                                    record.get(f"{name}_precision"))) is not None
        }  # fmt: skip
        mark = plain_value(record.get("revision"), Kind.TEXT) or ""
        rows.append(CopiedRow(table, key_of(table, row), row, mark, _cell(record)))
    return rows


def _cell(record: Mapping) -> str:
    sheet, cell = record.get("source_sheet"), record.get("source_cell")
    if pd.isna(cell):
        return ""
    return str(cell) if pd.isna(sheet) else f"{sheet}!{cell}"


def frames_of(
    state: Mapping[str, Mapping[Key, Row]],
    marks: Mapping[tuple[str, Key], str] | None = None,
    source: str | None = None,
) -> dict[str, pd.DataFrame]:
    """Return plain rows as ledger frames, every tracked table, in the natural order of their keys.

    Parameters
    ----------
    state : mapping
        Plain rows by key, by table.
    marks : mapping of (table, key) to str, optional
        Revision marks.
    source : str, optional
        File the rows are said to come from.
    """
    marks = marks or {}
    return {
        name: schema.frame_of(name, [
            record | {"revision": marks.get((name, key)), "source_file": source}
            for key, record in typed_rows(name, state.get(name, {}))
        ])
        for name in TRACKED
    }  # fmt: skip


def typed_rows(table: str, rows: Mapping[Key, Row]) -> Iterator[tuple[Key, dict]]:
    """Return the values that plain rows hold, each row with its key, in the keys' natural order."""
    return ((key, _record(table, rows[key])) for key in sorted(rows, key=natural))


def _record(table: str, row: Row) -> dict:
    record: dict = {}
    for name, column in FIELDS[table].items():
        text = row.get(name)
        record[name] = value_of(text, column.kind)
        if column.kind is Kind.DATE and text is not None:
            record[f"{name}_precision"] = split_date(text)[1]
    return record


def words(table: str, column: str, text: str | None, lang: str = "zh") -> str:
    """Return a plain value as people read it: words for codes, per cent for shares, 是 / 否."""
    if text is None:
        return ""
    declared = FIELDS[table][column]
    if declared.kind is Kind.YES_NO:
        return {"yes": ("是", "yes"), "no": ("否", "no")}[text][lang == "en"]
    if declared.kind is Kind.SHARE:
        return f"{float(text) * 100:.1f}%"
    if declared.kind in (Kind.CHOICE, Kind.CHOICES):
        parts = (declared.vocabulary.label(code, lang) for code in text.split(";"))
        return ("; " if lang == "en" else "、").join(parts)
    return text


def row_words(table: str, row: Mapping[str, str]) -> str:
    """Return a whole row as `列：值；列：值`, for people to read."""
    return "；".join(
        f"{column.zh}：{words(table, name, row[name])}"
        for name, column in FIELDS[table].items()
        if name in row
    )


def next_id(taken: Iterable[str], like: str = "") -> str:
    """Return the id after the highest of those taken: P-11 after P-10, T-013 after T-012."""
    numbered = [match for text in (*taken, like)
                if (match := re.fullmatch(r"(.*?)(\d+)", text or ""))]  # fmt: skip
    if not numbered:
        return ""
    highest = max(numbered, key=lambda match: int(match[2]))
    width = max(len(match[2]) for match in numbered)
    return f"{highest[1]}{int(highest[2]) + 1:0{width}d}"
