"""Counts and numbers: from what people write to one number, or the reason why there is none."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from reviewlib.intake.values.base import (
    AS_IS,
    NONE_WORDS,
    NOTE,
    Parsed,
    Reading,
    bad,
    common,
    plain,
)
from reviewlib.intake.workbook import BOOL, DATE, NUMBER, Cell
from reviewlib.schema.model import Column, Kind
from reviewlib.schema.rules import INEXACT

ZH = "零〇一二两三四五六七八九十百千万"
"""Characters of Chinese numerals."""
NEIGHBOURS = re.compile("[一二两三四五六七八九]{2}")
"""七八, 两三: as people write them two guesses side by side, no tens and ones."""
LONGEST_NUMERAL = 24
"""Characters; longer ones are no numbers that anybody writes, and take very long to reckon."""
TOO_LARGE = 10**12
DIGITS = 15
MARKS_DEEP = 4
"""约15（其中…）: marks within marks, as far as anybody writes them."""
WORD = "人次|[人名位员个家项条件次份处类岁分]"
"""Measure words: a wrong one is sloppy writing, not another number."""
ALIKE = (frozenset("人名位员"), frozenset("个家处"), frozenset("项条件个类"), frozenset("次回"))
"""Measure words that stand for one another."""

PLAIN_NUMBER = re.compile(r"^[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$")
SPACED_NUMBER = re.compile(r"^[0-9]{1,3}( [0-9]{3})+$")
WITH_WORD = re.compile(rf"^([+-]?[0-9][0-9,.]*)\s*({WORD})$")
CHINESE = re.compile(rf"^([{ZH}]+)\s*({WORD})?$")
COUNTED = re.compile(r"^(共计|合计|总计|一共|共有|共|计)\s*(.+)$")
ABOUT = re.compile(r"^(大约|大概|约|近|将近|接近|不到|超过|至少|左右)\s*(.+)$")
ABOUT_AFTER = re.compile(rf"^([0-9,.]+\s*\D?)(左右|上下|余|多|以上|以下|以内)({WORD})?$")
SIDE_NOTE = re.compile(r"^(.+?)[,;、，；]?\s*(其中|含|包括|包含|不含)(.*)$")
SUM = re.compile(rf"^[0-9.]+(\s*\+\s*[0-9.]+)+\s*({WORD})?$")
TWO = re.compile(r"^([0-9.]+)\s*/\s*([0-9.]+)$")
RANGE = re.compile(r"^[0-9.]+\s*(-|~|—|–|至|到)\s*[0-9.]+\s*\S?$")
OVER = re.compile(r"^(超编|超配|超)\s*(\d+)\D?$")
SHORT = re.compile(r"^(空编|缺编|缺额|空缺|缺|空)\s*(\d+)\D?$")
MINUS = re.compile("^[−–](?=[0-9])")
VAGUE = re.compile(r"^(若干|数|几|多|部分|少量|个别|大量)|[几余多]")


def parse_number(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a count or a decimal number, 0 or more (计数、数值)."""
    if cell.type == DATE:
        return bad("looks-like-date")
    if cell.type == BOOL:
        return bad("not-a-number")
    if cell.type == NUMBER:
        return _checked(stored(cell.value), column, AS_IS)
    text = minus(plain(cell.text))
    if text in NONE_WORDS:
        return Parsed(0, ("said-none",))
    return common(text) or _written(text.rstrip("。.;,、"), column)


def stored(value: float) -> Decimal:
    """Return a number of a cell to the fifteen digits that spreadsheets show.

    =100*0.29 leaves 28.999999999999996, which is 29 to whoever looks at it.
    """
    return Decimal(f"{value:.{DIGITS}g}" if isinstance(value, float) else value)


def minus(text: str) -> str:
    """Return a number with a plain minus sign, where a longer dash stands for it."""
    return MINUS.sub("-", text)


def _written(text: str, column: Column) -> Parsed:
    """Read a number written as text, by the first rule that fits."""
    for rule in (_exact, _signed_word, _marked, _refused):
        parsed = rule(text, column)
        if parsed is not None:
            return parsed
    return bad("not-a-number", suggestion=lone_number(text))


def _exact(text: str, column: Column) -> Parsed | None:
    """Read one exact number: figures, Chinese numerals, with or without a measure word."""
    counted = COUNTED.match(text)
    number, word, rule = _number_and_word(counted[2] if counted else text)
    if number is None:
        return None
    units = {word, column.unit}
    fits = "" in units or len(units) == 1 or any(units <= words for words in ALIKE)
    return _checked(number, column, (rule if fits else "unit-differs",))


def _number_and_word(text: str) -> tuple[Decimal | None, str, str]:
    """Return number, measure word and rule; no number where the text is not just that."""
    if PLAIN_NUMBER.match(text) or SPACED_NUMBER.match(text):
        return Decimal(text.replace(",", "").replace(" ", "")), "", "number-cleaned"
    chinese = CHINESE.match(text)
    if chinese:
        return from_chinese(chinese[1]), chinese[2] or "", "chinese-numeral"
    found = WITH_WORD.match(text)
    if found and PLAIN_NUMBER.match(found[1]):
        return Decimal(found[1].replace(",", "")), found[2], "number-cleaned"
    return None, "", ""


def _signed_word(text: str, column: Column) -> Parsed | None:
    """Read 超编2 and 缺4, in the column that asks for just that."""
    is_over_column, is_vacant_column = (w in column.name.split("_") for w in ("over", "vacant"))
    for pattern, fits in ((OVER, is_over_column), (SHORT, is_vacant_column)):
        found = pattern.match(text)
        if found and fits:
            return _checked(Decimal(found[2]), column, ("over-word",))
        if found and (is_over_column or is_vacant_column):
            return bad("over-word-opposite", suggestion=found[2])
    return None


def _marked(text: str, column: Column, deep: int = MARKS_DEEP) -> Parsed | None:
    """Read a number that carries a mark: about, a bracketed note, “of which …”."""
    if not deep:
        return None
    after = ABOUT_AFTER.match(text)
    if after:
        return with_mark(_exact(after[1] + (after[3] or ""), column), "approximate")
    for pattern, group, rule in (
        (NOTE, 1, "side-note"), (SIDE_NOTE, 1, "side-note"), (ABOUT, 2, "approximate"),
    ):  # fmt: skip
        found = pattern.match(text)
        if found:
            inner = found[group].strip()
            return with_mark(_exact(inner, column) or _marked(inner, column, deep - 1), rule)
    return None


def with_mark(inner: Parsed | None, rule: str) -> Parsed | None:
    """Return a value with the rule that marks it as not exact, beside such as it has."""
    if inner is None or not inner.is_usable:
        return inner
    rules = dict.fromkeys((rule, *(known for known in inner.rules if known in INEXACT)))
    return Parsed(inner.value, tuple(rules), words={"value": inner.words.get("value", inner.value)})


def _refused(text: str, column: Column) -> Parsed | None:
    """Say why a text that looks like numbers is not one number."""
    if SUM.match(text):
        return bad("sum-in-cell", suggestion=" ＋ ".join(re.findall(r"[0-9.]+", text)))
    two = TWO.match(text)
    if two:
        return bad("two-numbers", suggestion=f"{two[1]} 与 {two[2]}")
    if RANGE.match(text):
        return bad("number-range")
    is_vague = VAGUE.search(text) or NEIGHBOURS.match(text)
    return bad("vague-number") if is_vague else None


def from_chinese(text: str) -> Decimal | None:
    """Return a Chinese numeral as a number; None where it is none."""
    import cn2an  # when first needed: it takes half a second, in every reader's process

    if len(text) > LONGEST_NUMERAL or NEIGHBOURS.fullmatch(text):
        return None
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, KeyError, InvalidOperation):  # 二十零 is a KeyError of the library's
        return None


def _checked(number: Decimal, column: Column, rules: tuple[str, ...]) -> Parsed:
    """Hold a number against what its column may hold."""
    is_count = column.kind is Kind.COUNT
    if not number.is_finite():  # ODS knows NaN
        return bad("not-a-number")
    if abs(number) >= TOO_LARGE:
        return bad("too-large")
    if is_count and number != number.to_integral_value():
        return bad("not-whole")
    if number < 0:
        return bad("negative")
    value = int(number) if is_count else float(number)
    return Parsed(value, rules, words={"value": value, "unit": column.unit})


def lone_number(text: str) -> str:
    """Return the one number that stands in a text, as a suggestion."""
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", text)
    return found[0] if len(found) == 1 else ""
