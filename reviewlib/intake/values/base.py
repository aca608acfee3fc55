"""What every value parser shares: its result, and the spellings of “nothing”."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from reviewlib.schema.rules import UNUSABLE
from reviewlib.schema.written import plain

AS_IS = ("as-is",)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one cell was read as.

    Parameters
    ----------
    value : object
        int, float, str, bool or date; None where there is none.
    rules : tuple of str
        The rules of `schema.rules` that made it, the main one first.
    precision : str
        day or month, for dates.
    words : mapping
        Words for the sentence of a data issue: value, suggestion, expected …
    others : tuple of str
        Further departments of a cell that should name one.
    """

    value: object = None
    rules: tuple[str, ...] = AS_IS
    precision: str = ""
    words: Mapping[str, object] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not any(rule in UNUSABLE for rule in self.rules)


@dataclass(frozen=True)
class Known:
    """A closed set of codes that a key may hold, and the words for one that it may not."""

    codes: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Reading:
    """What may be known besides the cell: dates of the review, names and codes in use.

    Parameters
    ----------
    cutoff_on : date
        The date of the facts; gives the year to a date without one.
    departments : Resolver
        Names and codes of the roster.
    known : mapping of str to Known
        Codes in use by column name: dept_code, indicator_id, item_id; `visited` for visit tables.
    """

    cutoff_on: date
    departments: object
    known: Mapping[str, Known] = field(default_factory=dict)

    @cached_property
    def fingerprint(self) -> str:
        """The checksum of all that is known."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


NOT_APPLICABLE = frozenset(
    ("-", "--", "---", "–", "—", "——", "―", "─", "/", "//", "\\", "╱", "不涉及", "不适用", "N/A",
     "NA", "n/a", "na", "N.A.", "无此项", "不存在此情形"),
)  # fmt: skip
NONE_WORDS = frozenset(("无", "没有", "暂无", "无。", "零"))
ELSEWHERE = re.compile(
    r"^[(（]?(详?见|参见|另附|另见|同附件|后附|附后|待定|待填|待补|待核|同上|同前)"
)
EXCEL_ERROR = re.compile(
    r"^#(NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|SPILL!|CALC!|GETTING_DATA)$"
)
HASHES = re.compile(r"^#{3,}$")
NOTE = re.compile(r"^([^(]+)\(([^()]*)\)$")
"""A value with a note in brackets, after `plain`."""


def squeeze(text: str) -> str:
    """Return the plain form without any white space."""
    return "".join(plain(text).split())


def bad(rule: str, **words: object) -> Parsed:
    """Return no value, for a reason."""
    return Parsed(None, (rule,), words=words)


def read_as(value: object, rule: str, **words: object) -> Parsed:
    """Return a value read by a rule; the words say it as people write it."""
    return Parsed(value, (rule,), words={"value": value, **words})


def common(text: str) -> Parsed | None:
    """Return what every kind but text reads alike: not applicable, errors, “see the annex”."""
    if text in NOT_APPLICABLE:
        return Parsed(None, ("not-applicable",))
    if EXCEL_ERROR.match(text) or HASHES.match(text):
        return bad("excel-error")
    if ELSEWHERE.match(text):
        return bad("see-attachment")
    return None
