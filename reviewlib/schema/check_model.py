"""What a check (校验) is: a rule about rows, declared apart from how it is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from reviewlib.schema.codes import ERROR, WARN

ROW, TABLE, CROSS_SHEET, CROSS_DEPARTMENT = "row", "table", "cross_sheet", "cross_department"
"""Scopes: within one row, one table, one workbook, or between departments."""


@dataclass(frozen=True)
class Facts:
    """What a check may look at.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Of `cells` only what the rules in `rules.ASKED_AGAIN` read: the change log is long.
    as_of, cutoff_on : date
    weights : mapping of str to float
        Full points by indicator.
    rated : frozenset of str
        Indicators that are rated by level.
    share_limits : mapping of str to float
        The largest value of every indicator whose value is a share.
    visit_days : (date, date)
        First and last day of the planned visits.
    expected : mapping of str to int
        Counts the office expects: departments, visit, self_assessed, groups.
    common : frozenset of str
        Departments that the settings have every visit group rate.
    """

    frames: Mapping[str, pd.DataFrame]
    as_of: date
    cutoff_on: date
    weights: Mapping[str, float] = field(default_factory=dict)
    rated: frozenset[str] = frozenset()
    share_limits: Mapping[str, float] = field(default_factory=dict)
    visit_days: tuple[date, date] | None = None
    expected: Mapping[str, int] = field(default_factory=dict)
    common: frozenset[str] = frozenset()


Breaks = Callable[[Facts], pd.DataFrame]
"""Returns the rows of the check's first table that break it, with their index kept.

Further columns are words for the sentence. `other_table`, `other_row`, `other_column` point to the
other cell that the sentence names; `told_dept` to another department that must see it too;
`at_column` is the column to point at where it is not the check's.
"""


@dataclass(frozen=True)
class Check:
    """One check, declared once: the reader runs it, the rubric's D02 counts it, the docs list it.

    Parameters
    ----------
    id : str
        Stands in the `rule` column of the data issues it raises.
    scope : str
    tables : tuple of str
        Tables it reads; the first one holds the rows that can break it.
    column : str
        The cell that is pointed at. Where the severity is error its value is not used.
    zh, en : str
        The sentence; words in braces are columns of the row, and those `breaks` adds.
    breaks : callable
    severity : str
    code : str
        Code of the data issue.
    instead : str, optional
        A value taken in place of the one not used.
    """

    id: str
    scope: str
    tables: tuple[str, ...]
    column: str
    zh: str
    en: str
    breaks: Breaks
    severity: str = WARN
    code: str = "cell.constraint"
    instead: str | None = None


Mask = Callable[[pd.DataFrame], pd.Series]


def where(frame: pd.DataFrame, holds: pd.Series, **words: object) -> pd.DataFrame:
    """Return the rows for which a condition holds, if any with further columns of words.

    Where the condition is unknown it does not hold.
    """
    known = holds.fillna(False).astype(bool)
    if not known.any():
        return frame.iloc[:0]  # most checks, most of the time; a slice costs next to nothing
    return frame[known].assign(**words)


def rows_where(table: str, mask: Mask) -> Breaks:
    """Return a check's `breaks`: the rows of a table for which a condition holds."""
    return lambda facts: where(facts.frames[table], mask(facts.frames[table]))


def row_check(id: str, table: str, column: str, zh: str, en: str, mask: Mask, **extra) -> Check:
    """Declare a check within one row."""
    return Check(id, ROW, (table,), column, zh, en, rows_where(table, mask), **extra)


def within(id: str, table: str, part: str, whole: str, zh: str, en: str, **extra) -> Check:
    """Declare that a part is not more than its whole (不大于); otherwise the part is not used."""
    return row_check(
        id, table, part,
        f"{zh[0]} {{{part}}} 大于{zh[1]} {{{whole}}}",
        f"{en[0]} {{{part}}} is more than {en[1]} {{{whole}}}",
        lambda frame: frame[part] > frame[whole], **{"severity": ERROR, **extra},
    )  # fmt: skip


def in_order(id: str, table: str, first: str, then: str, zh: str, en: str) -> Check:
    """Declare that one date is not before another."""
    return row_check(
        id, table, then, f"{zh[1]} {{{then}}} 早于{zh[0]} {{{first}}}",
        f"{en[1]} {{{then}}} is before {en[0]} {{{first}}}",
        lambda frame: frame[then] < frame[first],
    )  # fmt: skip


def needs(id: str, table: str, column: str, mask: Mask, zh: str, en: str) -> Check:
    """Declare that under a condition a column must be filled in."""
    return row_check(id, table, column, zh, en,
                     lambda frame: mask(frame) & frame[column].isna(),
                     code="cell.required")  # fmt: skip


def refers(id: str, table: str, column: str, to: str, zh: str, en: str, **extra) -> Check:
    """Declare that a code must stand in the same column of another table (引用)."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame, known = facts.frames[table], facts.frames[to][column]
        return where(frame, frame[column].notna() & ~frame[column].isin(known))

    return Check(id, CROSS_SHEET, (table, to), column, f"{zh}中没有“{{{column}}}”",
                 f"{en} has no {{{column}}}", breaks, code="row.foreign-key", **extra)  # fmt: skip


def points_over_weight(table: str) -> Breaks:
    """Return the rows whose stated points exceed the full points of the indicator."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame = facts.frames[table]
        weight = frame["indicator_id"].map(dict(facts.weights)).astype("Float64")
        return where(frame, frame["stated_points"] > weight, weight=weight)

    return breaks
