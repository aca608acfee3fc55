"""Number formats: what a cell shows of its value, where that is not the value (数字格式)."""

from __future__ import annotations

import re

UNSHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
"""Of a date's format: words, escaped characters, spacing, colours and locales."""
DATE_PARTS = {"year": re.compile("[ye]", re.I), "month": re.compile("(?<![hs:m])m+(?!m*:)", re.I),
              "day": re.compile("(?<!d)dd?(?!d)", re.I)}  # fmt: skip
"""The signs of year, month (no minutes) and day (no weekday)."""


def parts_shown(date_format: str) -> frozenset[str]:
    """Return which of year, month and day a date's format shows."""
    signs = UNSHOWN.sub("", date_format).split(";")[0]
    if signs.lower() == "general":
        return frozenset()
    return frozenset(name for name, sign in DATE_PARTS.items() if sign.search(signs))
