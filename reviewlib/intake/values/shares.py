"""Shares: 95%, 0.95, 95 and 九成五 are all 0.95; what may be 1% or 100% is asked back (比例)."""

from __future__ import annotations

import re
from decimal import Decimal

from reviewlib.intake.values.base import AS_IS, NONE_WORDS, Parsed, Reading, bad, common, plain
from reviewlib.intake.values.numbers import (
    ABOUT,
    PLAIN_NUMBER,
    TWO,
    from_chinese,
    lone_number,
    minus,
    stored,
    with_mark,
)
from reviewlib.intake.workbook import BOOL, DATE, NUMBER, Cell
from reviewlib.schema.model import Column

PERCENT = re.compile(r"^([+-]?[0-9.]+)\s*%$")
HUNDREDTHS = re.compile(r"^百分之([零〇一二两三四五六七八九十百点0-9.]+)$")
TENTHS = re.compile(r"^([一二两三四五六七八九])成([一二三四五六七八九半]?)$")


def parse_share(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a share, 0–1; a column of shares is asked in per cent."""
    if cell.type == DATE:
        return bad("looks-like-date")
    if cell.type == BOOL:
        return bad("not-a-number")
    if cell.type == NUMBER:
        is_percent = "%" in cell.number_format or (not cell.number_format and cell.value == 1)
        return _number(stored(cell.value), is_percent)
    text = minus(plain(cell.text))
    if text in NONE_WORDS:
        return Parsed(0.0, ("said-none",))
    return common(text) or _written(text)


def _number(number: Decimal, is_percent_format: bool) -> Parsed:
    if not number.is_finite():
        return bad("not-a-number")
    if number < 0:
        return bad("negative")
    if is_percent_format or number < 1:
        return _share(number, AS_IS) if number <= 1 else bad("over-100")
    if number < 2:
        return bad("one-or-hundred", low=f"{number:f}%", high=f"{float(number * 100):g}%")
    return _share(number / 100, ("hundredths",)) if number <= 100 else bad("over-100")


def _written(text: str) -> Parsed:
    about, percent, hundredths, tenths, two = (
        pattern.match(text) for pattern in (ABOUT, PERCENT, HUNDREDTHS, TENTHS, TWO)
    )
    if about:
        return with_mark(_written(about[2]), "approximate")
    if percent and PLAIN_NUMBER.match(percent[1]):
        return _percent(Decimal(percent[1]))
    if hundredths:
        return _percent(from_chinese(hundredths[1]))
    if tenths:
        return _tenths(tenths[1], tenths[2])
    if two:
        return _quotient(two[1], two[2])
    if PLAIN_NUMBER.match(text):
        return _number(Decimal(text.replace(",", "")), is_percent_format=False)
    return bad("not-a-number", suggestion=lone_number(text))


def _percent(number: Decimal | None) -> Parsed:
    if number is None:
        return bad("not-a-number")
    if number < 0:
        return bad("negative")
    return _share(number / 100, ("percent",)) if number <= 100 else bad("over-100")


def _tenths(tenths: str, rest: str) -> Parsed:
    extra = Decimal(5) if rest == "半" else from_chinese(rest) if rest else Decimal(0)
    return _share(from_chinese(tenths) / 10 + extra / 100, ("tenths",))


def _quotient(part: str, whole: str) -> Parsed:
    """Read 46/50; both must be numbers, and the first the smaller."""
    if not (PLAIN_NUMBER.match(part) and PLAIN_NUMBER.match(whole)) or not Decimal(whole):
        return bad("not-a-number")
    if Decimal(part) > Decimal(whole):
        return bad("over-100")
    return _share(Decimal(part) / Decimal(whole), ("fraction",))


def _share(number: Decimal, rules: tuple[str, ...]) -> Parsed:
    return Parsed(float(number), rules, words={"value": f"{float(number * 100):g}%"})
