"""Run the declared checks: each break becomes a data issue at its cell (校验、对碰).

A value that a check of severity error points at is not used: the frames returned are without it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd

from reviewlib import schema
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.places import Places, text_of_any
from reviewlib.review import Settings
from reviewlib.rubric import Rubric
from reviewlib.schema.check_model import CROSS_DEPARTMENT, Check, Facts
from reviewlib.schema.codes import ERROR, INFO


def facts_of(frames: Mapping[str, pd.DataFrame], settings: Settings, rubric: Rubric) -> Facts:
    """Return what checks may look at, in terms that know no rubric and no settings."""
    expected = settings.expected.model_dump()
    return Facts(
        frames, settings.as_of, settings.cutoff_on,
        weights={one.id: float(one.weight) for one in rubric.indicators},
        rated=frozenset(one.id for one in rubric.indicators if one.scale.kind == "level"),
        share_limits=rubric.share_limits,
        visit_days=(settings.plan.visits_start_on, settings.plan.visits_end_on),
        expected={name: count for name, count in expected.items() if count is not None},
        common=frozenset(settings.fairness.common_departments),
    )  # fmt: skip


def run_checks(
    facts: Facts, logs: Mapping[str, Sequence[tuple]], sha256: Mapping[str, str]
) -> tuple[dict[str, pd.DataFrame], list[dict]]:
    """Run every check of `schema.CHECKS`.

    Parameters
    ----------
    facts : Facts
    logs : mapping of str to sequence of tuple
        The change log of every file, by the file's name.
    sha256 : mapping of str to str
        Checksum by file.

    Returns
    -------
    (frames, issues)
        The frames without the values found wrong and with the codes in `dq_flags`; the data issues.
    """
    places = Places(facts.frames, logs, sha256)
    issues: list[dict] = []
    frames = dict(facts.frames)
    for checks in _in_turn(schema.CHECKS.values()):
        frames, told = _run(checks, replace(facts, frames=frames), places)
        issues += told
    return frames, issues


def _in_turn(checks: Iterable[Check]) -> Iterator[list[Check]]:
    """Yield the checks that run together: a value found wrong is not held against another.

    First what makes a value unusable, then what departments have wrong in themselves, then what is
    between them.
    """
    turns: dict[int, list[Check]] = defaultdict(list)
    for check in checks:
        between = check.scope == CROSS_DEPARTMENT
        turns[2 if between else int(check.severity != ERROR)].append(check)
    yield from (turns[turn] for turn in sorted(turns))


def _run(
    checks: Iterable[Check], facts: Facts, places: Places
) -> tuple[dict[str, pd.DataFrame], list[dict]]:
    breaks = [(check, *one) for check in checks for one in _breaks(check, facts)]
    told = _told(breaks, places)
    flags: dict[str, list[tuple[object, str]]] = defaultdict(list)
    unused: dict[str, list[tuple[object, str, str | None]]] = defaultdict(list)
    for (check, label, _), issues in zip(breaks, told, strict=True):
        table = check.tables[0]
        if issues and check.severity != INFO:
            flags[table].append((label, check.code))
        if issues and check.severity == ERROR:
            unused[table].append((label, check.column, check.instead))
    frames = dict(facts.frames)
    for table in flags:
        frames[table] = _corrected(frames[table], flags[table], unused[table])
    return frames, list(chain.from_iterable(told))


def _breaks(check: Check, facts: Facts) -> Iterator[tuple[object, dict]]:
    """Yield the rows that break a check, each with its label in the frame."""
    broken = check.breaks(facts) if len(facts.frames[check.tables[0]]) else ()
    if len(broken):  # most checks, most of the time, have none; pandas takes long to list no rows
        yield from zip(broken.index, broken.to_dict("records"), strict=True)


def _told(
    breaks: Sequence[tuple[Check, object, dict]], places: Places
) -> list[list[dict]]:  # fmt: skip
    """Return the data issues of each break, found file by file: `places` has few at hand."""

    def file_of(number: int) -> str:
        return text_of_any(breaks[number][-1]["source_file"])

    told: list[list[dict]] = [[] for _ in breaks]
    for number in sorted(range(len(breaks)), key=file_of):
        told[number] = _issues(*breaks[number], places)
    return told


def _corrected(frame: pd.DataFrame, flags: list, unused: list) -> pd.DataFrame:
    """Return a frame without the values found wrong, its rows flagged."""
    instead: dict[str, dict[object, object]] = defaultdict(dict)
    for label, column, value in unused:
        instead[column][label] = value
    known = frame["dq_flags"].to_dict()
    for label, code in flags:
        kept = known[label].split(";") if isinstance(known[label], str) else []
        known[label] = instead["dq_flags"][label] = ";".join(dict.fromkeys((*kept, code)))
    return frame.assign(**{name: _replaced(frame[name], new) for name, new in instead.items()})


def _replaced(column: pd.Series, new: Mapping[object, object]) -> pd.Series:
    """Return a column with other values in some rows; None is missing."""
    values = pd.Series(new, dtype=column.dtype).reindex(column.index)
    return column.mask(column.index.isin(list(new)), values)


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
        file = places.return_of(told)
        there = Place(dept_code=told, file=file, file_sha256=places.sha256.get(file, ""))
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
