"""Counts, numbers and shares: from what people write to a number, or a reason why not."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import cn2an

from reviewlib.intake.values.base import (
    AS_IS,
    NONE_WORDS,
    NOTE,
    Parsed,
    Reading,
    bad,
    common,
    plain,
    read_as,
)
from reviewlib.intake.workbook import BOOL, DATE, NUMBER, Cell
from reviewlib.schema.model import Column, Kind

PLAIN_NUMBER = re.compile(r"^[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$")
SPACED_NUMBER = re.compile(r"^[0-9]{1,3}( [0-9]{3})+$")
WITH_UNIT = re.compile(r"^([+-]?[0-9][0-9,.]*)\s*([^\d\s,.%()+\-/~至]{1,3})$")
CHINESE_NUMBER = re.compile(r"^[零〇一二两三四五六七八九十百千万]+$")
CHINESE_WITH_UNIT = re.compile(r"^([零〇一二两三四五六七八九十百千万]+)\s*([^\d\s零-龥]|[人名位个家项条件次份处件])$")
COUNTED = re.compile(r"^(共计|合计|总计|一共|共有|共|计)\s*(.+)$")
ABOUT = re.compile(r"^(大约|大概|约|近|将近|接近|不到|超过|至少|左右)\s*(.+)$")
ABOUT_AFTER = re.compile(r"^([0-9,.]+\s*\D?)(左右|上下|余|多|以上|以下|以内)([人名位个家项条件次份处]?)$")
SIDE_NOTE = re.compile(r"^(.+?)[,;、，；]?\s*(其中|含|包括|包含|不含)(.*)$")
SUM = re.compile(r"^[0-9.]+(\s*\+\s*[0-9.]+)+\s*[人名位个家项条件次]?$")
TWO = re.compile(r"^([0-9.]+)\s*[/／]\s*([0-9.]+)$")
RANGE = re.compile(r"^[0-9.]+\s*(-|~|—|–|至|到)\s*[0-9.]+\s*\S?$")
OVER = re.compile(r"^(超编|超配|超)\s*(\d+)\D?$")
SHORT = re.compile(r"^(空编|缺编|缺额|空缺|缺|空)\s*(\d+)\D?$")
VAGUE = re.compile(r"^(若干|数|几|多|部分|少量|个别|大量)")

MEASURE_WORDS = frozenset(("人", "名", "位", "员", "个", "家", "项", "条", "件", "次", "份", "处", "人次",
                           "分", "类", "岁"))  # fmt: skip
"""Words that count things: a wrong one is sloppy, not another number."""
ALIKE = (frozenset("人名位员"), frozenset("个家处"), frozenset("项条件个类"), frozenset(("次", "回")))
"""Measure words that stand for one another."""


def parse_number(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a count or a decimal number, 0 or more (计数、数值)."""
    if cell.type == DATE:
        return bad("looks-like-date")
    if cell.type == BOOL:
        return bad("not-a-number")
    if cell.type == NUMBER:
        return _checked(Decimal(repr(cell.value)), column, AS_IS)
    text = plain(cell.text)
    if text in NONE_WORDS:
        return Parsed(0, ("said-none",))
    return common(text) or _written(text.rstrip("。.;,、"), column)


def _written(text: str, column: Column) -> Parsed:
    """Read a number written as text, by the first rule that fits."""
    for rule in (_exact, _signed_word, _marked, _refused):
        parsed = rule(text, column)
        if parsed is not None:
            return parsed
    return bad("not-a-number", suggestion=_only_digits(text))


def _exact(text: str, column: Column) -> Parsed | None:
    """Read one exact number: figures, Chinese numerals, with or without a measure word."""
    counted = COUNTED.match(text)
    if counted:
        text = counted[2]
    number, unit = _number_and_unit(text)
    if number is None:
        return None
    is_chinese = CHINESE_NUMBER.match(text) or CHINESE_WITH_UNIT.match(text)
    rules = ("chinese-numeral",) if is_chinese else ("number-cleaned",)
    if unit and not _fits(unit, column.unit):
        if unit not in MEASURE_WORDS:
            return None
        rules = ("unit-differs",)
    return _checked(number, column, rules)


def _signed_word(text: str, column: Column) -> Parsed | None:
    """Read 超编2 and 缺4, in the column that asks for just that."""
    is_over_column = "over" in column.name.split("_")
    is_vacant_column = "vacant" in column.name.split("_")
    for pattern, fits in ((OVER, is_over_column), (SHORT, is_vacant_column)):
        found = pattern.match(text)
        if found and fits:
            return read_as(int(found[2]), "over-word")
        if found and (is_over_column or is_vacant_column):
            return bad("over-word-opposite", suggestion=found[2])
    return None


def _marked(text: str, column: Column) -> Parsed | None:
    """Read a number that carries a mark: about, a bracketed note, “of which …”."""
    for pattern, group, rule in (
        (NOTE, 1, "side-note"), (SIDE_NOTE, 1, "side-note"), (ABOUT, 2, "approximate"),
    ):  # fmt: skip
        found = pattern.match(text)
        if found:
            inner = _exact(found[group].strip(), column) or _marked(found[group].strip(), column)
            return _with_mark(inner, rule)
    after = ABOUT_AFTER.match(text)
    if after:
        return _with_mark(_exact(after[1] + after[3], column), "approximate")
    return None


def _with_mark(inner: Parsed | None, rule: str) -> Parsed | None:
    if inner is None or not inner.is_usable:
        return inner
    rules = tuple(dict.fromkeys((rule, *(r for r in inner.rules if r in ("approximate", "side-note")))))
    return Parsed(inner.value, rules, words={"value": inner.value})


def _refused(text: str, column: Column) -> Parsed | None:
    """Say why a text that looks like numbers is not one number."""
    if SUM.match(text):
        return bad("sum-in-cell", suggestion=" ＋ ".join(re.findall(r"[0-9.]+", text)))
    two = TWO.match(text)
    if two:
        return bad("two-numbers", suggestion=f"{two[1]} 与 {two[2]}")
    if RANGE.match(text):
        return bad("number-range")
    if VAGUE.match(text) or re.search(r"[几余多]", text):
        return bad("vague-number")
    return None


def _number_and_unit(text: str) -> tuple[Decimal | None, str]:
    if PLAIN_NUMBER.match(text):
        return Decimal(text.replace(",", "")), ""
    if SPACED_NUMBER.match(text):
        return Decimal(text.replace(" ", "")), ""
    if CHINESE_NUMBER.match(text):
        return _from_chinese(text), ""
    written = CHINESE_WITH_UNIT.match(text)
    if written:
        return _from_chinese(written[1]), written[2]
    found = WITH_UNIT.match(text)
    if found and PLAIN_NUMBER.match(found[1]):
        return Decimal(found[1].replace(",", "")), found[2]
    return None, ""


def _from_chinese(text: str) -> Decimal | None:
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, InvalidOperation):
        return None


def _fits(unit: str, expected: str) -> bool:
    return unit == expected or any(unit in words and expected in words for words in ALIKE)


def _checked(number: Decimal, column: Column, rules: tuple[str, ...]) -> Parsed:
    """Hold a number against what its column may hold."""
    is_count = column.kind is Kind.COUNT
    if is_count and number != number.to_integral_value():
        return bad("not-whole")
    if number < 0:
        return bad("negative")
    value = int(number) if is_count else float(number)
    return Parsed(value, rules, words={"value": value, "unit": column.unit})


def _only_digits(text: str) -> str:
    """Return the one number that stands in a text, as a suggestion."""
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", text)
    return found[0] if len(found) == 1 else ""


# shares ──────────────────────────────────────────────────────────────────────────────────────────

PERCENT = re.compile(r"^([+-]?[0-9.]+)\s*%$")
HUNDREDTHS_ZH = re.compile(r"^百分之([零〇一二两三四五六七八九十百点0-9.]+)$")
TENTHS_ZH = re.compile(r"^([一二两三四五六七八九])成([一二三四五六七八九半]?)$")


def parse_share(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a share, 0–1 (比例); a column of shares is asked in per cent."""
    if cell.type == DATE:
        return bad("looks-like-date")
    if cell.type == BOOL:
        return bad("not-a-number")
    if cell.type == NUMBER:
        return _share_number(Decimal(repr(cell.value)), "%" in cell.number_format)
    text = plain(cell.text)
    if text in NONE_WORDS:
        return Parsed(0.0, ("said-none",))
    return common(text) or _share_text(text)


def _share_number(number: Decimal, is_percent_format: bool) -> Parsed:
    if number < 0:
        return bad("negative")
    if is_percent_format:
        return _share(number, AS_IS) if number <= 1 else bad("over-100")
    if number < 1:
        return _share(number, AS_IS)
    if number == 1:
        return bad("one-or-hundred", suggestion="100%")
    return _share(number / 100, ("hundredths",)) if number <= 100 else bad("over-100")


def _share_text(text: str) -> Parsed:
    about = ABOUT.match(text)
    if about:
        return _with_mark(_share_text(about[2]), "approximate") or bad("not-a-number")
    percent, hundredths, tenths, two = (
        pattern.match(text) for pattern in (PERCENT, HUNDREDTHS_ZH, TENTHS_ZH, TWO)
    )
    if percent and PLAIN_NUMBER.match(percent[1]):
        return _percent(Decimal(percent[1]))
    if hundredths:
        return _percent(_from_chinese(hundredths[1]))
    if tenths:
        return _tenths(tenths[1], tenths[2])
    if two and Decimal(two[2]) >= Decimal(two[1]) > 0:
        return _share(Decimal(two[1]) / Decimal(two[2]), ("fraction",))
    if PLAIN_NUMBER.match(text):
        return _share_number(Decimal(text.replace(",", "")), is_percent_format=False)
    return bad("not-a-number", suggestion=_only_digits(text))


def _percent(number: Decimal | None) -> Parsed:
    if number is None:
        return bad("not-a-number")
    if number < 0:
        return bad("negative")
    return _share(number / 100, ("percent",)) if number <= 100 else bad("over-100")


def _tenths(tenths: str, rest: str) -> Parsed:
    extra = Decimal(5) if rest == "半" else _from_chinese(rest) if rest else Decimal(0)
    return _share(_from_chinese(tenths) / 10 + extra / 100, ("tenths",))


def _share(number: Decimal, rules: tuple[str, ...]) -> Parsed:
    value = float(number)
    return Parsed(value, rules, words={"value": f"{float(number * 100):g}%"})
