"""Headings as people write them, matched to the columns of the schema: exactly, never by likeness.

Spaces, line breaks, brackets, quotes and punctuation do not count; synonyms are declared with the
column. What is only near a heading is a suggestion for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from reviewlib.intake.values.base import plain
from reviewlib.intake.values.texts import visible
from reviewlib.schema import TABLES
from reviewlib.schema.model import Column, Table

DROPPED = re.compile(r"[\s“”\"'‘’「」*:：.。·、，,/|_\-—#]+")
BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】")
LONGEST = 60
"""Characters; a longer text is no heading."""
NONE_BOX = re.compile(r"^\s*[\[(（【]?\s*(\S?)\s*[\])）】]?\s*无此类情[形况]")
"""The box of a list that says there is nothing to list."""
NUMBERED = re.compile(r"^(\(?\d{1,2}\)|\d{1,2}[.、])\s*")


def normal(text: str) -> str:
    """Return a heading without spaces, line breaks, quotes and punctuation; brackets stay."""
    return DROPPED.sub("", NUMBERED.sub("", plain(visible(text))))


def bare(text: str) -> str:
    """Return a heading in normal form without what stands in brackets (unit, note)."""
    return normal(BRACKETED.sub("", plain(visible(text))))


@cache
def forms_of(column: Column) -> tuple[str, ...]:
    """Return the normal forms by which a column is known: its own headings first."""
    words = (column.zh, column.heading, *column.synonyms)
    forms = [form for word in words for form in (normal(word), bare(word))]
    return tuple(dict.fromkeys(form for form in forms if form))


def own_forms(column: Column) -> frozenset[str]:
    """Return the forms of the heading as the form prints it."""
    return frozenset(
        form for word in (column.zh, column.heading) for form in (normal(word), bare(word))
    )


class Lexicon:
    """The headings of some tables: normal form → the columns it may stand for."""

    def __init__(self, tables: Iterable[Table]):
        self.tables = tuple(tables)
        self._forms: dict[str, tuple[tuple[str, str], ...]] = {}
        for table in self.tables:
            for column in table.columns:
                for form in forms_of(column):
                    known = self._forms.get(form, ())
                    self._forms[form] = (*known, (table.name, column.name))

    def columns(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return (table, column) for every column that a heading may stand for."""
        if len(text) > LONGEST:
            return ()
        normal_form, bare_form = _forms_of_text(text)
        return self._forms.get(normal_form) or self._forms.get(bare_form) or ()

    def joined(self, upper: str, lower: str) -> tuple[tuple[str, str], ...]:
        """Return the columns for a heading of two rows: both together, either way, then the lower.

        编制 over 核定 is 核定编制; 核定 alone counts where the two together mean nothing.
        """
        for text in (upper + lower, lower + upper):
            found = self.columns(text)
            if found:
                return found
        return self.columns(lower)


@lru_cache(maxsize=20_000)
def _forms_of_text(text: str) -> tuple[str, str]:
    return normal(text), bare(text)


def lexicon(tables: Iterable[Table]) -> Lexicon:
    """Return the headings of some tables; made once for each set of them."""
    tables = tuple(tables)
    return _lexicon(tuple(table.name for table in tables))


@cache
def _lexicon(names: tuple[str, ...]) -> Lexicon:
    """Tables are told by name: to hash all they declare would take longer than to look it up."""
    return Lexicon(TABLES[name] for name in names)
