"""What people write and what is seen of it: characters without a look or a form of their own.

Reading, masking and forms must see a text alike, so it is said here, once (字符).
"""

from __future__ import annotations

import re
import unicodedata

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: it can be written by its number, and then by no encoding."""
RADICALS = re.compile("[\u2e80-\u2fdf]")
"""CJK and Kangxi radicals: what copying from a PDF leaves in place of the characters."""
INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb]"
)
VARIANTS = re.compile("[\ufe00-\ufe0f]")
"""Which picture of a sign is meant: ☑ as a letter or as a coloured box."""
FORMULA_SIGNS = ("=", "+", "-", "@")
"""Text that begins so would be taken for a formula by a spreadsheet."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NOTE_DIGITS = re.compile("[²³¹¼-¾⁰-₉⅐-⅟①-⒛⓪-⓿❶-➓㆒-㆕㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿]")
"""Numbers that mark a note, a footnote or a list item."""


def plain(text: str) -> str:
    """Return numbers, codes and names in their plain form: NFKC, no outer spaces.

    Circled and raised digits stay what they are: they are notes, not digits.
    """
    if text.isascii():
        return text.strip()
    if not NOTE_DIGITS.search(text):
        return unicodedata.normalize("NFKC", text).strip()
    kept = (c if NOTE_DIGITS.match(c) else unicodedata.normalize("NFKC", c) for c in text)
    return "".join(kept).strip()


def visible(text: str) -> str:
    """Return a text without control and hidden characters; radicals become characters.

    Punctuation and full-width forms stay: NFKC would turn （）：， into half-width.
    """
    if text.isascii() and text.isprintable() and "_x" not in text:
        return text.strip()
    text = SURROGATE.sub("�", _unescaped(text) if "_x" in text else text)
    text = INVISIBLE.sub("", CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = VARIANTS.sub("", text).replace("\t", " ")
    return RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text).strip()


def _unescaped(text: str) -> str:
    """Return a text with characters written by their number (_x000A_); two halves are one (😀)."""
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return PAIR.sub(lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
