"""English sentences that quote Chinese: the quoted words are marked, the sentence is not."""

from __future__ import annotations

import re

from reviewlib.show import words
from reviewlib.show.blocks import Block, element, join

_CHINESE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
    r"(?:[^\x00-\x7f]|[0-9A-Za-z](?=[0-9A-Za-z]*[\u2e80-\u9fff]))*"
)


def mixed(value: object, lang: str = "zh") -> Block:
    """Return text of our own that may quote what a cell holds.

    On an English page every run of Chinese stands in `<span lang="zh-CN">`; on a Chinese page the
    text stands as it is.
    """
    if words.is_missing(value):
        return Block(words.MISSING)
    text = str(value)
    if lang != "en":
        return join((text,))
    parts, end = [], 0
    for found in _CHINESE.finditer(text):
        parts += [text[end : found.start()], element("span", found.group(), lang="zh-CN")]
        end = found.end()
    return join((*parts, text[end:]))
