"""Where every value of the frames came from: its cell, its text, its name in a sentence (出处)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pandas as pd

from reviewlib import schema
from reviewlib.intake.file_cells import FileCells
from reviewlib.intake.issues import Place
from reviewlib.intake.packed import table_of
from reviewlib.intake.records import text_of
from reviewlib.schema.model import Column, Kind, Layout

SOURCE = ("source_file", "source_sheet", "source_cell")
FILES_AT_HAND = 16
"""Of how many files the cells are held at once while their places are asked for."""


def text_of_any(value: object) -> str:
    """Return a value of a frame as text; missing is empty."""
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    return text_of(value.date() if isinstance(value, pd.Timestamp) else value)


@dataclass(frozen=True)
class Spot:
    """A cell that a sentence names: its place, and what stands in it."""

    place: Place
    raw: str = ""

    def said(self, lang: str) -> str:
        """Return the address as people read it: file, sheet, cell."""
        where = "!".join(part for part in (self.place.sheet, self.place.cell) if part)
        name = self.place.file.rsplit("/", 1)[-1]
        return f"{name} {where}" if lang == "en" else f"《{name}》{where}"


@dataclass(frozen=True)
class Places:
    """Where every value of the frames came from.

    Parameters
    ----------
    frames : mapping of str to DataFrame
    logs : mapping of str to sequence of tuple
        The change log of every file, by the file's name.
    sha256 : mapping of str to str
        Checksum by file.
    """

    frames: Mapping[str, pd.DataFrame]
    logs: Mapping[str, Sequence[tuple]]
    sha256: Mapping[str, str] = field(default_factory=dict)

    def at(self, table: str, label: object, column: str) -> Spot:
        """Return the cell of a column in a row of a table; where it is blank the row's first."""
        frame = self.frames[table]
        file, sheet, first = (text_of_any(frame.at[label, name]) for name in SOURCE)
        number = _row_number(first)
        is_record = schema.TABLES[table].layout is Layout.RECORD
        cells = self._cells_of(file)
        cell, raw, key = cells.find(table, sheet, column, number) or ("", "", "")
        if not cell:
            letter = None if is_record else cells.letter(table, sheet, column)
            cell, key = f"{letter}{number}" if letter else "", cells.key(table, sheet, number)
        place = Place(
            dept_code=_department_of(frame, label, table), file=file,
            file_sha256=self.sha256.get(file, ""), sheet=sheet, cell=cell or first,
            row=_row_number(cell) if cell else number, column=column, record_key=key,
        )  # fmt: skip
        return Spot(place, raw)

    @cached_property
    def _cells_of(self) -> Callable[[str], FileCells]:
        logs = self.logs
        return lru_cache(FILES_AT_HAND)(lambda file: FileCells(table_of(logs.get(file, ()))))

    @cached_property
    def _names(self) -> dict[str, str]:
        roster = self.frames["departments"]
        return dict(zip(roster["dept_code"], roster["short_name"], strict=True))

    @cached_property
    def _returns(self) -> dict[str, str]:
        covers = self.frames["covers"]
        return dict(zip(covers["dept_code"], covers["source_file"], strict=True))

    def return_of(self, code: str) -> str:
        return self._returns.get(code, "")

    def name(self, code: object) -> str:
        return self._names.get(code, code if isinstance(code, str) else "")

    def words(self, column: Column, value: object, lang: str) -> str:
        """Return a value in words: labels for codes, names for departments."""
        text = text_of_any(value)
        if text and column.vocabulary is not None:
            return "、".join(column.vocabulary.label(part, lang) for part in text.split(";"))
        if text and column.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS):
            return "、".join(self.name(part) for part in text.split(";"))
        return text


def _row_number(cell: str) -> int | None:
    digits = "".join(c for c in cell if c.isdigit())
    return int(digits) if digits else None


def _department_of(frame: pd.DataFrame, label: object, table: str) -> str:
    """Return the department whose workbook or row it is; of the ledger none."""
    is_own = schema.TABLES[table].workbook in ("return", "visit", "roster")
    return text_of_any(frame.at[label, "dept_code"]) if is_own and "dept_code" in frame else ""
