"""Personal data: numbers of phones and identity cards, however they are written (个人信息)."""

from __future__ import annotations

import re

from reviewlib.schema.written import plain, visible

GAP = r"[ \u3000\xa0.‐‑‒–—―−－-]{0,2}"
"""What people put between the groups of a number."""
PROVINCE = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
"""How the number of an identity card begins."""
DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
"""Month and day of birth."""
END = r"(?![0-9A-Za-z])"
NO_CENTS = r"(?!\.\d\d?(?!\d))"
PERSONAL = re.compile(
    # identity card of 18 places
    rf"(?<!\d)\d{{6}}(?:18|19|20)\d\d{DAY}\d{{3}}[\dXx]{END}"
    # the same in groups: born up to 2009, for region, date and serial also number files
    rf"|(?<![0-9A-Za-z]){PROVINCE}\d{{4}}{GAP}(?:19\d\d|200\d){GAP}{DAY}{GAP}\d{{3}}[\dXx]{END}"
    # identity card of 15 places, issued until 1999: born in the thirties or later; no decimals
    rf"|(?<!\d)(?<!\d\.){PROVINCE}\d{{4}}[3-9]\d{DAY}\d{{3}}{END}"
    # mobile number, with the country's code or without; no amount with its cents
    rf"|(?<!\d)(?:(?:00)?86)?1[3-9]\d{{9}}{END}{NO_CENTS}"
    # the same in groups; after letters it would be a code
    rf"|(?:(?<![0-9A-Za-z])|(?<=\+86))1[3-9]\d(?:{GAP}\d{{4}}){{2}}{END}{NO_CENTS}"
    rf"|(?:(?<![0-9A-Za-z])|(?<=\+86))1[3-9]\d\d(?P<gap>[ -])\d{{3}}(?P=gap)\d{{4}}{END}{NO_CENTS}"
)
FEWEST_DIGITS = 11
OUR_MARK = re.compile("r[0-9a-f]{11}")
"""A revision mark of the ledger (修订标记): now and then all its places are digits."""


def masked(text: str) -> str:
    """Return a text with identity-card and mobile numbers starred out, but for head and tail."""
    if not holds_personal_data(text):
        return text
    return PERSONAL.sub(lambda found: f"{found[0][:3]}{'*' * (len(found[0]) - 5)}{found[0][-2:]}",
                        _as_seen(text))  # fmt: skip


def holds_personal_data(text: str) -> bool:
    """Say whether an identity-card or mobile number stands in a text."""
    if OUR_MARK.fullmatch(text):
        return False
    if len(text) < FEWEST_DIGITS or len(re.findall(r"\d", text)) < FEWEST_DIGITS:
        return False
    return bool(PERSONAL.search(_as_seen(text)))


def _as_seen(text: str) -> str:
    """Return a text as the eye has it: plain digits, and nothing hidden between them."""
    text = visible(text)
    return text if text.isascii() else re.sub("[０-９Ｘ]", lambda found: plain(found[0]), text)
