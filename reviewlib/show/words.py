"""Numbers, dates, names and marks as people read them, in both languages.

Counts are whole, rates and scores have one decimal, rounded half up; a missing value is a dash.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

import pandas as pd

from reviewlib.schema import Vocabulary, in_roster_order
from reviewlib.schema import vocabularies as v
from reviewlib.show.blocks import Block, Part, element, join, markup, say

MISSING = "—"
SHAPES = {"green": "●", "yellow": "▲", "red": "■", "grey": "○", "not_rated": "○"}
"""The shape of every band and light, so that colour never stands alone."""
COLOUR_WORDS = {
    "green": ("绿", "Green"), "yellow": ("黄", "Yellow"), "red": ("红", "Red"),
    "grey": ("灰", "Grey"), "not_rated": ("暂不评定", "Not rated"),
}  # fmt: skip
_SHORTENED = 5


def is_missing(value: object) -> bool:
    """Tell whether a cell holds nothing: None, NaN, NA, NaT or empty text."""
    return (
        value is None
        or (isinstance(value, str) and not value)
        or (not isinstance(value, str | Block) and bool(pd.isna(value)))
    )


def _rounded(value: object, decimals: int) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def count(value: object, lang: str = "zh") -> str:
    """Return a whole number; English separates thousands."""
    if is_missing(value):
        return MISSING
    whole = int(_rounded(value, 0))
    return f"{whole:,}" if lang == "en" else str(whole)


def rate(share: object, lang: str = "zh") -> str:
    """Return a share of 0–1 as per cent with one decimal."""
    del lang  # a rate reads the same in both; formatters share one signature
    return MISSING if is_missing(share) else f"{_rounded(Decimal(str(share)) * 100, 1)}%"


def score(value: object, lang: str = "zh") -> str:
    """Return points with one decimal."""
    del lang
    return MISSING if is_missing(value) else str(_rounded(value, 1))


def total(value: object, lang: str = "zh") -> str:
    """Return a displayed total: as the rubric rounded it, with at least one decimal."""
    del lang
    if is_missing(value):
        return MISSING
    exact = Decimal(str(value)).normalize()
    return str(_rounded(exact, max(1, -exact.as_tuple().exponent)))


def gap(value: object, lang: str = "zh") -> str:
    """Return a difference with its sign: +1.5, −2.0, 0.0."""
    del lang
    if is_missing(value):
        return MISSING
    rounded = _rounded(value, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded)}"


def number(value: object, lang: str = "zh") -> str:
    """Return a number as written: whole where it is whole, else at most two decimals."""
    if is_missing(value):
        return MISSING
    exact = Decimal(str(value))
    if exact == exact.to_integral_value():
        return count(exact, lang)
    return f"{_rounded(exact, 2).normalize():f}"


def part_of(part: object, whole: object, lang: str = "zh") -> str:
    """Return count before rate, `23/25（92.0%）`; a dash where there is nothing to divide by."""
    if is_missing(part) or is_missing(whole) or not whole:
        return MISSING
    share = rate(Decimal(str(part)) / Decimal(str(whole)))
    if lang == "en":
        return f"{number(part, lang)} of {number(whole, lang)} ({share})"
    return f"{number(part)}/{number(whole)}（{share}）"


def date(value: object, lang: str = "zh") -> str:
    """Return an official date: 2025年6月30日, 30 June 2025."""
    if is_missing(value):
        return MISSING
    day: Date = pd.Timestamp(value).date()
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def plural(number_: int, one: str, many: str = "") -> str:
    """Return an English count with its noun: `1 department`, `3 departments`."""
    return f"{number_:,} {one if number_ == 1 else many or one + 's'}"


def as_is(value: object, lang: str = "zh") -> Part:
    """Return words of our own as they stand."""
    del lang
    if is_missing(value):
        return MISSING
    return value if isinstance(value, Block) else str(value)


def original(value: object, lang: str = "zh") -> Block:
    """Return what a department wrote, in Chinese and marked so on an English page."""
    if is_missing(value):
        return Block(MISSING)
    text = str(value)
    if lang == "en" and not text.isascii():
        return element("span", text, lang="zh-CN")
    return Block(markup(text))


def label(vocabulary: Vocabulary, code: object, lang: str = "zh") -> str:
    """Return the words for a code, or for several joined by `;`."""
    if is_missing(code):
        return MISSING
    words = [vocabulary.label(one, lang) for one in str(code).split(";")]
    return (", " if lang == "en" else "、").join(words)


def yes_no(value: object, lang: str = "zh") -> str:
    """Return 是 or 否, Yes or No."""
    if is_missing(value):
        return MISSING
    return (("Yes", "No") if lang == "en" else ("是", "否"))[0 if value else 1]


def listed(items: Iterable[Part], lang: str = "zh") -> Block:
    """Return a list in a sentence: A、B和C."""
    parts = list(items)
    if len(parts) < 2:
        return join(parts)
    comma, last = (", ", " and ") if lang == "en" else ("、", "和")
    return join((join(parts[:-1], comma), last, parts[-1]))


def mark(code: object, word: Part, class_: str) -> Block:
    """Return shape + word + colour."""
    colour = "grey" if code == "not_rated" else str(code)
    shape = element("span", SHAPES.get(str(code), "○"), class_="rl-shape", aria_hidden="true")
    return element("span", shape, " ", word, class_=f"{class_} rl-{colour}")


def light(code: object, lang: str = "zh") -> Block:
    """Return a light (红黄绿灰灯) as shape + word + colour."""
    return Block(MISSING) if is_missing(code) else mark(code, v.LIGHT.label(code, lang), "rl-light")


def colour_word(code: str, lang: str = "zh") -> str:
    """Return the one word of a colour: 绿, Green."""
    return COLOUR_WORDS[code][lang == "en"]


@dataclass(frozen=True, eq=False)
class Names:
    """Names of departments by code, and their protocol order.

    Parameters
    ----------
    departments : DataFrame
        The roster, one row per department.
    """

    departments: pd.DataFrame

    def __call__(self, code: object, lang: str = "zh") -> Block:
        """Return the short name; in English `name_en`, or the Chinese name marked as such."""
        if is_missing(code):
            return Block(MISSING)
        codes = str(code).split(";")
        if len(codes) > 1:
            return join((self(one, lang) for one in codes), ", " if lang == "en" else "、")
        if code not in self._known:
            return original(code, lang)
        short_name, name_en = self._known[code]
        if lang == "en" and not is_missing(name_en):
            return Block(markup(name_en))
        return original(short_name, lang)

    @cached_property
    def _known(self) -> dict[str, tuple[str, str]]:
        """The Chinese and the English name of every department, by code; its first row counts."""
        known: dict[str, tuple[str, str]] = {}
        named = ("dept_code", "short_name", "name_en")
        columns = (self.departments[name].tolist() for name in named)
        for code, short_name, name_en in zip(*columns, strict=True):
            known.setdefault(code, (short_name, name_en))
        return known

    @cached_property
    def _order(self) -> list[str]:
        """The codes in protocol order."""
        return in_roster_order(self.departments)["dept_code"].tolist()

    def plain(self, code: object, lang: str = "zh") -> str:
        """Return the name as text, for charts."""
        return self(code, lang).text

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """Return codes once each, in protocol order; codes not on the roster come last."""
        wanted = set(codes)
        return [code for code in self._order if code in wanted] + sorted(wanted - set(self._order))

    def some(self, codes: Iterable[str], lang: str = "zh", limit: int = _SHORTENED) -> Block:
        """Return names in protocol order for a sentence: A、B等7家部门 when there are many."""
        ordered: Sequence[str] = self.in_order(codes)
        shown = [self(code, lang) for code in ordered]
        if len(ordered) <= limit + 1:  # "and 1 other" is no shorter than a name
            return listed(shown, lang)
        return say(
            lang, "{names}等{n}家部门", "{names} and {rest} others",
            names=join(shown[:limit], ", " if lang == "en" else "、"),
            n=str(len(ordered)), rest=str(len(ordered) - limit),
        )  # fmt: skip


def address(file: object, sheet: object, cell: object, lang: str = "zh") -> Block:
    """Return where a value stands: file, sheet, cell."""
    where = [str(part) for part in (file, sheet, cell) if not is_missing(part)]
    return element("span", original(" › ".join(where), lang), class_="rl-ref")
