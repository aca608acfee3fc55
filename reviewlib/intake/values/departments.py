"""Whose name is this? From what people write to a code of the roster, never by likeness (部门名称).

In order: code → full or short name → alias, by its dates → the ordered-subsequence test → not
found, with a suggestion that a person may confirm. A body of the city is never taken for one of the
district's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process

from reviewlib.intake.values.base import plain, squeeze

CODE = re.compile(r"^([A-Za-z]{1,4}\d{1,4})(?=$|[^0-9A-Za-z])")
BRACKETED = re.compile(r"\([^()]*\)")
COLLECTIVE = frozenset(
    ("区委", "区政府", "区委区政府", "区人民政府", "各街镇", "各镇", "各街道", "街镇", "各部门",
     "各单位", "各有关部门", "有关部门", "相关部门", "有关单位", "相关单位", "各委办局", "全区",
     "区级机关", "各成员单位", "成员单位", "多部门"),
)  # fmt: skip
"""Names that stand for no single department."""
SEPARATORS = re.compile(r"[、，,;；/\n]+")
CUT_ENDINGS = ("员会", "公室")
"""委 stands for 委员会, 办 for 办公室."""
SHARED_FRONTS = ("", "委", "政府", "政", "级")
"""What follows 区 in many names and tells nobody apart: 区委宣传部, 区政府办公室, 区级机关工委."""
MIN_CHARACTERS = 3
NEAR_ENOUGH = 55
LONGEST_NAME, KNOWN_AT_MOST = 60, 5_000
"""Of names met before: the longest that is kept in mind, and how many."""


@dataclass(frozen=True)
class Alias:
    """One name by which a department is met; `kind` former marks a name of the past."""

    name: str
    dept_code: str
    kind: str = "short"
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True)
class Match:
    """What a name was found to be: a code or none, by which rule, and what else it may be."""

    code: str | None
    rule: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resolver:
    """The names of a roster.

    Parameters
    ----------
    names : dict of str to tuple of str
        Short and full name by department code, in protocol order.
    aliases : tuple of Alias
    district_zh, city_zh : str
        As `review.toml` has them; a name may carry them in front.
    """

    names: dict[str, tuple[str, ...]]
    aliases: tuple[Alias, ...] = ()
    district_zh: str = ""
    city_zh: str = ""

    def leading_code(self, text: str) -> str | None:
        """Return the roster's code with which a text begins: `DP01 区委办` → `DP01`."""
        found = CODE.match(text)
        code = found[1].upper() if found else None
        return code if code in self.names else None

    def short_name(self, code: str) -> str:
        return self.names[code][0] if code in self.names else code

    def resolve(self, text: str, on: date | None = None) -> Match:
        """Find the department that a name stands for, at a date where old names were dated."""
        if len(text) > LONGEST_NAME:
            return self._resolved(text, on)
        if (text, on) not in self._known:
            if len(self._known) >= KNOWN_AT_MOST:  # a reader serves many files
                self._known.clear()
            self._known[text, on] = self._resolved(text, on)
        return self._known[text, on]

    def _resolved(self, text: str, on: date | None) -> Match:
        code = self.leading_code(squeeze(text))
        if code:
            return self._by_code(code, text, on)
        if text in self.names.get(self._exact.get(text, ""), ()):
            return Match(self._exact[text], "as-is")
        return self._by_name(self.normal(text), on)

    @cached_property
    def _known(self) -> dict[tuple[str, date | None], Match]:
        """What was resolved before: the same names come again and again."""
        return {}

    def _by_code(self, code: str, text: str, on: date | None) -> Match:
        """Take the code a text begins with, where what stands behind it is no other's name."""
        behind = squeeze(text)[len(code) :].strip("-—:、，,;；/")
        if SEPARATORS.search(behind) or CODE.match(behind):
            return Match(None, "dept-ambiguous", (code,))  # several: each is to be looked at
        name = self.normal(behind.strip("()"))
        named = self._by_name(name, on) if name and not BRACKETED.fullmatch(behind) else None
        if named is None or code in (named.code, *named.candidates):
            return Match(code, "as-is" if text == code else "dept-name")
        return Match(None, "dept-ambiguous", tuple(filter(None, (code, named.code))))

    def _by_name(self, name: str, on: date | None) -> Match:
        if name in self._exact:
            return Match(self._exact[name], "dept-name")
        alias = self._by_alias(name, on)
        if alias:
            return alias
        if name in COLLECTIVE:
            return Match(None, "dept-collective")
        found = self._by_subsequence(name)
        if len(found) == 1:
            return Match(found[0], "dept-subsequence")
        if found:
            return Match(None, "dept-ambiguous", tuple(found))
        without = _without_brackets(name)
        if without and without != name:
            return self._by_name(without, on)
        if self._is_of_the_city(name):
            return Match(None, "dept-city")
        return Match(None, "dept-unknown", self._near(name))

    def normal(self, text: str) -> str:
        """Return a name without spaces, quotes and the names of city and district in front."""
        name = re.sub(r"[\s“”\"'‘’《》]", "", plain(text)).strip("。.,;:")
        name = name.removeprefix("中国共产党").removeprefix("中共")
        if self.district_zh:
            name = name.removeprefix(self.city_zh) if self._names_district(name) else name
            last = self.district_zh[-1]  # 区, 县 or 市
            name = re.sub(f"^{re.escape(self.district_zh)}", last, name)
        return name.replace("人民政府", "政府") if len(name) <= 7 else name

    def _names_district(self, name: str) -> bool:
        return bool(self.city_zh) and name.startswith(self.city_zh + self.district_zh)

    @cached_property
    def _exact(self) -> dict[str, str]:
        """Code by every short and full name: as written, in normal form, with its ending cut short.

        区委办 is 区委办公室; a form that two departments would share is none.
        """
        exact = {
            form: code
            for code, names in self.names.items()
            for name in names
            for form in (name, self.normal(name))
        }
        cut: dict[str, set[str]] = {}
        for name, code in exact.items():
            for ending in CUT_ENDINGS:
                if name.endswith(ending):
                    cut.setdefault(name.removesuffix(ending), set()).add(code)
        return {name: codes.pop() for name, codes in cut.items() if len(codes) == 1} | exact

    @cached_property
    def _aliases(self) -> dict[str, list[Alias]]:
        found: dict[str, list[Alias]] = {}
        for alias in self.aliases:
            found.setdefault(self.normal(alias.name), []).append(alias)
        return found

    def _by_alias(self, name: str, on: date | None) -> Match | None:
        aliases = self._aliases.get(name, [])
        codes = list(dict.fromkeys(alias.dept_code for alias in aliases))
        is_former = any(alias.kind == "former" for alias in aliases)
        if len(codes) == 1:
            return Match(codes[0], "dept-former" if is_former else "dept-alias")
        if codes:
            valid = {alias.dept_code for alias in aliases if on and _is_valid(alias, on)}
            if len(valid) == 1:
                return Match(valid.pop(), "dept-former-dated")
            return Match(None, "dept-former-many", tuple(codes))
        return None

    def _by_subsequence(self, name: str) -> list[str]:
        """Return the departments in whose name these characters follow one another."""
        if len(name) < MIN_CHARACTERS:
            return []
        return [
            code
            for code, names in self._normal_names.items()
            if any(is_subsequence(name, full) for full in names)
        ]

    @cached_property
    def _normal_names(self) -> dict[str, tuple[str, ...]]:
        return {code: tuple(map(self.normal, names)) for code, names in self.names.items()}

    def _is_of_the_city(self, name: str) -> bool:
        return name.startswith(("市", self.city_zh or "市"))

    def _near(self, name: str) -> tuple[str, ...]:
        names = {full: code for code, names in self._normal_names.items() for full in names}
        found = process.extract(name, names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        return tuple(dict.fromkeys(names[near[0]] for near in found))[:3]


def _without_brackets(name: str) -> str:
    """Return a name without what stands in brackets, however deep."""
    shorter = BRACKETED.sub("", name)
    while shorter != name:
        name, shorter = shorter, BRACKETED.sub("", shorter)
    return name


def is_subsequence(short: str, full: str) -> bool:
    """Say whether all characters of `short` occur in `full` in order, and both start and end alike.

    区文旅局 is one of 区文化和旅游局; 市交通委 is none of 区交通委员会, nor 区人事局 of
    区退役军人事务局. 委 may end 委员会; 区, 区委 and the like need not stand in front.
    """
    endings = {full[-1:], *(full.removesuffix(ending)[-1:] for ending in CUT_ENDINGS)}
    if not short or short[-1] not in endings or not _starts(short) & _starts(full):
        return False
    rest = iter(full)
    return all(character in rest for character in short)


def _starts(name: str) -> set[str]:
    """Return the characters with which a name may be said to start, past what districts share."""
    own = re.sub("^[区县]", "", name)
    return {own.removeprefix(front)[:1] for front in SHARED_FRONTS} - {""}


def _is_valid(alias: Alias, on: date) -> bool:
    starts = alias.valid_from is None or alias.valid_from <= on
    return starts and (alias.valid_to is None or on <= alias.valid_to)


def split_names(text: str) -> list[str]:
    """Split a cell that names several departments; 和 is part of names and splits nothing."""
    return [part.strip() for part in SEPARATORS.split(text) if part.strip()]


def aliases_of(rows: Iterable[dict]) -> tuple[Alias, ...]:
    """Return the aliases of the rows of `dept_aliases`."""
    return tuple(
        Alias(row["alias"], row["dept_code"], row["alias_kind"] or "short",
              row["valid_from_on"], row["valid_to_on"])
        for row in rows
        if row["alias"] and row["dept_code"]
    )  # fmt: skip
