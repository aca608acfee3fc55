"""Run the declared checks: each break becomes a data issue at its cell (校验、对碰).

A value that a check of severity error points at is not used: the frames returned are without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from reviewlib import schema
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.records import text_of
from reviewlib.review import Settings
from reviewlib.rubric import Rubric
from reviewlib.schema.check_model import CROSS_DEPARTMENT, Check, Facts
from reviewlib.schema.codes import ERROR, INFO
from reviewlib.schema.model import Column, Kind, Layout


def facts_of(frames: Mapping[str, pd.DataFrame], settings: Settings, rubric: Rubric) -> Facts:
    """Return what checks may look at, in terms that know no rubric and no settings."""
    expected = settings.expected.model_dump()
    return Facts(
        frames, settings.as_of, settings.cutoff_on,
        weights={one.id: float(one.weight) for one in rubric.indicators},
        rated=frozenset(one.id for one in rubric.indicators if one.scale.kind == "level"),
        visit_days=(settings.plan.visits_start_on, settings.plan.visits_end_on),
        expected={name: count for name, count in expected.items() if count is not None},
        common=frozenset(settings.fairness.common_departments),
    )  # fmt: skip


def run_checks(
    facts: Facts, sha256: Mapping[str, str]
) -> tuple[dict[str, pd.DataFrame], list[dict]]:
    """Run every check of `schema.CHECKS`.

    Parameters
    ----------
    facts : Facts
    sha256 : mapping of str to str
        Checksum by file.

    Returns
    -------
    (frames, issues)
        The frames without the values found wrong and with the codes in `dq_flags`; the data issues.
    """
    places = Places(facts.frames, sha256)
    issues: list[dict] = []
    frames = dict(facts.frames)
    for between in (False, True):  # what a department has wrong itself is not held against others
        checks = [c for c in schema.CHECKS.values() if (c.scope == CROSS_DEPARTMENT) is between]
        frames, told = _run(checks, replace(facts, frames=frames), places)
        issues += told
    return frames, issues


def _run(
    checks: Iterable[Check], facts: Facts, places: Places
) -> tuple[dict[str, pd.DataFrame], list[dict]]:
    issues: list[dict] = []
    flags: dict[str, list[tuple[object, str]]] = defaultdict(list)
    unused: dict[str, list[tuple[object, str, str | None]]] = defaultdict(list)
    for check in checks:
        broken = check.breaks(facts)
        table = check.tables[0]
        for label, row in zip(broken.index, broken.to_dict("records"), strict=True):
            told = _issues(check, label, row, places)
            issues += told
            if told and check.severity != INFO:
                flags[table].append((label, check.code))
            if told and check.severity == ERROR:
                unused[table].append((label, check.column, check.instead))
    frames = dict(facts.frames)
    for table in flags:
        frames[table] = _corrected(frames[table], flags[table], unused[table])
    return frames, issues


def _corrected(frame: pd.DataFrame, flags: list, unused: list) -> pd.DataFrame:
    """Return a frame without the values found wrong, its rows flagged."""
    frame = frame.copy()
    for label, column, instead in unused:
        frame.loc[label, column] = pd.NA if instead is None else instead
    for label, code in flags:
        known = frame.loc[label, "dq_flags"]
        kept = known.split(";") if isinstance(known, str) else []
        frame.loc[label, "dq_flags"] = ";".join(dict.fromkeys((*kept, code)))
    return frame


def _issues(check: Check, label: object, row: dict, places: Places) -> list[dict]:
    """Return the data issue of one break; where another department must see it too, two.

    A required cell that holds something unusable is no blank: it has its data issue already.
    """
    table = check.tables[0]
    spot = places.at(table, label, row.get("at_column") or check.column)
    if check.code == "cell.required" and spot.raw:
        return []
    said = {lang: _sentence(check, row, places, lang) for lang in ("zh", "en")}
    words = {"detail": said["zh"], "detail_en": said["en"], "suggestion": row.get("computed", ""),
             "value": check.instead or ""}  # fmt: skip
    given = {"severity": check.severity, "rule": check.id, "message_zh": said["zh"],
             "message_en": said["en"],
             "outcome": "quarantined" if check.severity == ERROR else "kept"}  # fmt: skip
    found = [issue(check.code, spot.place, spot.raw, words, **given)]
    told = row.get("told_dept")
    if isinstance(told, str):
        there = Place(dept_code=told, file=places.return_of(told))
        found.append(issue(check.code, there, "", words, **given))
    return found


def _sentence(check: Check, row: dict, places: Places, lang: str) -> str:
    """Fill the sentence of a check: codes as words, departments by their names, dates short."""
    table = schema.TABLES[check.tables[0]]
    words = {
        name: places.words(table[name], value, lang) if name in table.names else text_of_any(value)
        for name, value in row.items()
    }
    for name in ("told_dept", "dept_code"):
        if name in row:
            words[name] = places.name(row[name])
    if "other_row" in row and not pd.isna(row["other_row"]):
        other = places.at(row["other_table"], row["other_row"], row["other_column"])
        column = schema.TABLES[row["other_table"]][row["other_column"]]
        words["other_at"] = other.said(lang)
        words["other_dept"] = places.name(other.place.dept_code)
        words["other_value"] = places.words(column, row.get("other_value"), lang)
    else:
        words.setdefault("other_at", "")
    return (check.zh if lang == "zh" else check.en).format_map(words)


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
    """Where every value of the frames came from."""

    frames: Mapping[str, pd.DataFrame]
    sha256: Mapping[str, str] = field(default_factory=dict)

    def at(self, table: str, label: object, column: str) -> Spot:
        """Return the cell of a column in a row of a table; where it is blank the row's first."""
        row = self.frames[table].loc[label]
        file, sheet, first = (text_of_any(row[f"source_{p}"]) for p in ("file", "sheet", "cell"))
        number = _row_number(first)
        is_record = schema.TABLES[table].layout is Layout.RECORD
        found = self._cells.get((table, file, sheet, None if is_record else number, column))
        letter = self._letters.get((table, file, sheet, column))
        beside = f"{letter}{number}" if letter and not is_record else None
        cell, raw, key = found or (beside, "", None)
        own = _department_of(row, table)
        place = Place(
            dept_code=own, file=file, file_sha256=self.sha256.get(file, ""), sheet=sheet,
            cell=cell or first, row=_row_number(cell) if cell else number,
            column=column, record_key=key or self._keys.get((table, file, sheet, number), ""),
        )  # fmt: skip
        return Spot(place, raw)

    @cached_property
    def _cells(self) -> dict[tuple, tuple[str, str, str]]:
        """(cell, raw, record key) by table, file, sheet, row (None for a record) and column."""
        records = {t.name for t in schema.TABLES.values() if t.layout is Layout.RECORD}
        cells = self.frames["cells"]
        names = ("table", "file", "sheet", "row", "column", "cell", "raw", "record_key")
        return {
            (table, file, sheet, None if table in records else int(row), column): (cell, raw, key)
            for table, file, sheet, row, column, cell, raw, key in zip(
                *(cells[name] for name in names), strict=True
            )
        }

    @cached_property
    def _letters(self) -> dict[tuple, str]:
        """The letter of each column of a table on its sheet, where any row states it."""
        return {
            (table, file, sheet, column): cell.rstrip("0123456789")
            for (table, file, sheet, _, column), (cell, _, _) in self._cells.items()
        }

    @cached_property
    def _keys(self) -> dict[tuple, str]:
        return {(t, f, s, row): key for (t, f, s, row, _), (_, _, key) in self._cells.items()}

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


def _department_of(row: pd.Series, table: str) -> str:
    """Return the department whose workbook or row it is; of the ledger none."""
    if schema.TABLES[table].workbook in ("return", "visit", "roster"):
        return text_of_any(row.get("dept_code"))
    return ""
