"""Pieces of page: everything a published notebook displays is a `Block`.

Text is escaped here, at the source: a `str` is text and gets escaped, a `Block` is markup and
stands as it is. So no page can forget to escape, and nothing from a cell is ever markup.

Class names that the style sheet of `publish` draws; every block is readable without it:

=====================  ==========================================================================
rl-head, rl-meta       head of the page; its lines of date, version, marking, scope;
                       ``rl-review`` the title of the review above them
rl-nav                 links to the sections and to the index; not printed
rl-section             one section; ``rl-first`` the one-page answer, breaks the page after it
rl-verdict             the answer in one or two sentences, large
rl-summary             a box around a conclusion
rl-decide              a box around what has to be decided
rl-key-figures         list of figures; inside ``rl-value``, ``rl-label``, ``rl-sub``
rl-strip               list of departments, each with shape, word, colour; ``rl-name``, ``rl-word``
rl-band, rl-light      shape + word + colour in a line; inside ``rl-shape``
rl-green rl-yellow     the colours: of a band, a light, an item of the strip, a bar's outline
rl-red rl-grey
rl-table               a table; ``rl-num`` cells right-aligned, ``rl-short`` cells kept on one
                       line, ``rl-total`` a summing row
rl-compact             a table in smaller type
rl-scroll              focusable region that scrolls a wide table sideways on screen
rl-landscape           a part to be printed on landscape pages
rl-figure              ``<figure>`` with its sentence as ``<figcaption>``
rl-bar                 inline SVG bar
rl-list, rl-note       bullet list; small print under a table or chart
rl-nothing             the honest sentence where there is nothing to show
rl-columns             two blocks side by side where there is room; children ``rl-column``
rl-ref                 where a number comes from: file, sheet, cell
rl-foot                foot of the page
=====================  ==========================================================================

``publish`` itself sets around the blocks: ``rl-page-<kind>`` the body of a page of one kind,
``rl-skip`` the link past the head, ``rl-sheet`` the page, ``rl-pages`` the index's list of pages.
"""

from __future__ import annotations

import html as _html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f"
_CONTROL, _UNSAFE = re.compile(f"[{_NEVER}]"), re.compile(f"[&<>\"'{_NEVER}]")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Block:
    """A piece of page that displays itself in a notebook."""

    html: str = ""

    def _repr_html_(self) -> str:
        return self.html

    @property
    def text(self) -> str:
        """The words without markup, for chart titles, alt texts and tests."""
        return _html.unescape(_TAG.sub("", self.html))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.text[:60]!r}>"

    def __add__(self, other: Part) -> Block:
        return Block(self.html + markup(other))

    def __radd__(self, other: Part) -> Block:
        return Block(markup(other) + self.html)

    def __bool__(self) -> bool:
        return bool(self.html)


LINE = Block("<br>")
"""A line break."""
Part = str | Block
"""What a block is made of: text, which is escaped, or another block."""


def markup(part: Part) -> str:
    """Return a part as markup; text is escaped and loses characters no page may hold."""
    if isinstance(part, Block):
        return part.html
    text = str(part)
    return _html.escape(_CONTROL.sub("", text)) if _UNSAFE.search(text) else text


def join(parts: Iterable[Part], between: Part = "") -> Block:
    """Return parts one after another."""
    return Block(markup(between).join(map(markup, parts)))


def say(lang: str, zh: str, en: str, /, **parts: Part | int) -> Block:
    """Fill the template of one language: `say(lang, "共{n}项", "{n} in all", n=3)`."""
    template = markup(en if lang == "en" else zh)
    return Block(template.format(**{name: markup(part) for name, part in parts.items()}))


def element(tag: str, *parts: Part, **attributes: str | None) -> Block:
    """Return an element; `class_` gives `class`, `aria_label` gives `aria-label`."""
    given = "".join(
        f' {_attribute(name)}="{markup(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    return Block(f"<{tag}{given}>{''.join(map(markup, parts))}</{tag}>")


@cache
def _attribute(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def paragraph(*parts: Part, class_: str | None = None) -> Block:
    """Return a paragraph; nothing when there are no words."""
    inner = join(parts)
    return element("p", inner, class_=class_) if inner else Block()


def sentences(parts: Iterable[Part], lang: str) -> Block:
    """Return sentences as one paragraph, with the space English needs between them."""
    said = [part for part in parts if part]
    return paragraph(join(said, " " if lang == "en" else ""))


def subhead(text: Part) -> Block:
    """Return a heading below the section's `<h2>`."""
    return element("h3", text)


def bullets(items: Iterable[Part], class_: str = "rl-list") -> Block:
    """Return a bullet list; nothing for no items."""
    listed = [element("li", item) for item in items]
    return element("ul", *listed, class_=class_) if listed else Block()


def note(*parts: Part) -> Block:
    """Return small print: source, n, what a dash means."""
    return paragraph(*parts, class_="rl-note")


def nothing(sentence: Part) -> Block:
    """Return the honest sentence that stands where there is nothing to show."""
    return paragraph(sentence, class_="rl-nothing")


def box(*parts: Part, class_: str = "rl-summary") -> Block:
    """Return parts in a box: `rl-summary`, `rl-decide`, `rl-landscape`."""
    return element("div", *parts, class_=class_)


def columns(*parts: Part) -> Block:
    """Return parts side by side where there is room, under one another where there is not."""
    return box(*(box(part, class_="rl-column") for part in parts), class_="rl-columns")


def key_figures(figures: Iterable[tuple[Part, Part, Part]]) -> Block:
    """Return the few figures a leader remembers: (value, what it is, out of what)."""
    items = [
        join((
            element("strong", value, class_="rl-value"), " ",
            element("span", label, class_="rl-label"), " ",
            element("span", sub, class_="rl-sub"),
        ))
        for value, label, sub in figures
    ]  # fmt: skip
    return bullets(items, class_="rl-key-figures")


@dataclass(frozen=True)
class Outline:
    """The sections of one kind of report, in their order, with their titles in both languages.

    Parameters
    ----------
    kind : str
        overall, group, department, tracker, data_quality, method.
    zh, en : str
        What the report is called.
    rows : tuple of (key, zh, en)
        In the order of the report. The key is the `id` of the section on the page.
    unnumbered : tuple of str
        Keys that carry no number and take none.
    """

    kind: str
    zh: str
    en: str
    rows: tuple[tuple[str, str, str], ...]
    unnumbered: tuple[str, ...] = ()

    def title(self, key: str, lang: str) -> str:
        """Return the heading of a section with its number: 一、… or 1 …"""
        zh, en = {row[0]: row[1:] for row in self.rows}[key]
        words = en if lang == "en" else zh
        if key in self.unnumbered:
            return words
        numbered = [row[0] for row in self.rows if row[0] not in self.unnumbered]
        number = numbered.index(key) + 1
        return f"{number} {words}" if lang == "en" else f"{chinese_numeral(number)}、{words}"

    def section(self, key: str, *parts: Part, lang: str) -> Block:
        """Return one section; the first of the report is the answer and ends its page."""
        first = " rl-first" if key == self.rows[0][0] else ""
        return element(
            "section", element("h2", self.title(key, lang)), *parts,
            class_=f"rl-section{first}", id=key,
        )  # fmt: skip

    def nav(self, lang: str) -> Block:
        """Return links to the sections."""
        links = [element("a", self.title(key, lang), href=f"#{key}") for key, *_ in self.rows]
        label = "Sections" if lang == "en" else "本页各节"
        return element("nav", bullets(links), class_="rl-nav", aria_label=label)


def chinese_numeral(number: int) -> str:
    """Return 1–99 as 一, 十, 十二, 二十一 …"""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    ten = "" if not tens else ("十" if tens == 1 else f"{digits[tens]}十")
    return ten + (digits[ones] if ones or not tens else "")
