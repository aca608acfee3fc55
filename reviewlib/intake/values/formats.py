"""Number formats: what a cell shows of its value, where that is not the value (数字格式).

A date of which only the month is shown, 95 shown as 95%, 13 as DT-13, 5 as 5+2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

LONGEST = 255
"""Characters of a format; programs allow no more."""
UNSHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
"""Of a date's format: words, escaped characters, spacing, colours and locales."""
DATE_PARTS = {"year": re.compile("[ye]", re.I), "month": re.compile("(?<![hs:m])m+(?!m*:)", re.I),
              "day": re.compile("(?<!d)dd?(?!d)", re.I)}  # fmt: skip
"""The signs of year, month (no minutes) and day (no weekday)."""

TOKEN = re.compile(
    r'"(?P<words>[^"]*)"|[\\!](?P<escaped>.)|(?P<unshown>[_*].|\[[^\]]*\])'
    r"|(?P<general>General|G/通用格式)|(?P<plain>.)",
    re.DOTALL | re.I,
)
DIGIT = "0#?"
GENERAL = "general"
LARGEST = 10**15
"""Numbers beyond it have lost digits, whatever is shown."""
TELLING = re.compile(r"[0-9A-Za-z%‰+/~<>≥≤-]|[约近余多超缺空千万亿]|左右|以[内上下]")
"""What makes another thing of a number; measure words, brackets and currencies do not."""
RECKONED = re.compile("[@%/a-z]", re.I)
"""Signs by which the value itself is shown in another way: per cent, fractions, dates, powers."""


class _Token(NamedTuple):
    """A piece of a format: a placeholder, a point, a comma, or text that is shown as it stands."""

    sign: str
    text: str


def parts_shown(date_format: str) -> frozenset[str]:
    """Return which of year, month and day a date's format shows."""
    if len(date_format) > LONGEST:
        return frozenset()
    signs = UNSHOWN.sub("", date_format).split(";")[0]
    if signs.lower() == "general":
        return frozenset()
    return frozenset(name for name, sign in DATE_PARTS.items() if sign.search(signs))


def shown(number: float, number_format: str) -> str:
    """Return what a cell shows of a number, where its format makes another thing of it.

    Returns
    -------
    str
        Empty where the number is shown as it is, only rounded or dressed, and for numbers below
        zero and formats with conditions.
    """
    is_plain = number_format in ("", "General") or len(number_format) > LONGEST
    if is_plain or not 0 <= number < LARGEST:
        return ""
    section = _section(number, number_format)
    signs = "".join(token.sign for token in section if token.sign != GENERAL)
    said = "".join(token.text for token in section if not token.sign)
    if not TELLING.search(said) or RECKONED.search(signs):
        return ""
    return "".join(_filled(Decimal(repr(number)), section)) if _is_to_scale(signs) else ""


def _section(number: float, number_format: str) -> list[_Token]:
    """Return the tokens of the section that shows a number; none for nought with its own."""
    sections: list[list[_Token]] = [[]]
    for found in TOKEN.finditer(number_format):
        if found["plain"] == ";":
            sections.append([])
        elif found["unshown"]:
            if found["unshown"][1] in "<>=":
                return []
        else:
            sections[-1].append(_token(found))
    return [] if number == 0 and len(sections) > 2 else sections[0]


def _token(found: re.Match) -> _Token:
    if found["general"]:
        return _Token(GENERAL, "")
    sign = found["plain"]
    if sign and (sign in DIGIT or sign in ".,@%/" or (sign.isascii() and sign.isalpha())):
        return _Token(sign, "")
    return _Token("", sign or found["words"] or found["escaped"] or "")


def _is_to_scale(signs: str) -> bool:
    """Say whether a number is shown in full: a comma after the digits leaves thousands out."""
    return not signs.partition(".")[0].endswith(",") and not signs.endswith(",")


def _filled(number: Decimal, section: list[_Token]) -> Iterator[str]:
    """Yield the pieces of what is shown, the digits in their places."""
    signs = [token.sign for token in section]
    point = signs.index(".") if "." in signs else len(signs)
    places = [sign for sign in signs[point:] if sign and sign in DIGIT]
    rounded = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    whole, _, decimals = f"{rounded:f}".partition(".")
    wholes = [at for at in range(point) if signs[at] and signs[at] in DIGIT]
    whole = whole.zfill(sum(signs[at] == "0" for at in wholes))
    for at, token in enumerate(section):
        if token.sign == GENERAL:
            yield f"{number:f}"
        elif at in wholes:
            left = len(wholes) - wholes.index(at) - 1
            end = len(whole) - left
            yield whole[:max(end, 0)] if at == wholes[0] else whole[max(end - 1, 0):max(end, 0)]
        elif token.sign and token.sign in DIGIT:
            yield decimals[:1]
            decimals = decimals[1:]
        else:
            yield "." if token.sign == "." else token.text
