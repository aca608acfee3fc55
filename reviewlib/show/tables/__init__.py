"""Frames as tables of a page: caption, headings in scope, cells escaped, numbers aligned.

Styled tables of pandas leave headings and captions unescaped; a hundred lines of our own do not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from reviewlib import schema
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, box, element, join, note, nothing

Shown = Callable[[object, str], Part]
"""A formatter: the value and the language give what stands in the cell."""
HEADING_LETTERS, CELL_LETTERS = 4, 6
"""Up to how many characters a heading, a cell stay on one line."""
_NUMERIC = {words.count, words.rate, words.score, words.gap, words.number}


@dataclass(frozen=True)
class Col:
    """One column of a table on a page.

    Parameters
    ----------
    name : str
        Column of the frame.
    zh, en : str
        Heading.
    show : callable
        Formatter `(value, lang)`, such as `words.rate`, `words.light`, a `Names`; `words.original`
        for what a department wrote (the default).
    is_number : bool, optional
        Aligned right. Known by itself for the formatters of counts, rates and scores.
    """

    name: str
    zh: Part
    en: Part
    show: Shown = words.original
    is_number: bool | None = None

    def heading(self, lang: str) -> Part:
        return self.en if lang == "en" else self.zh

    @property
    def is_aligned_right(self) -> bool:
        return self.show in _NUMERIC if self.is_number is None else self.is_number


def col(table: str, name: str, show: Shown | None = None, **headings: str) -> Col:
    """Return a column as the schema declares it: heading, words of its vocabulary, format."""
    declared = schema.TABLES[table][name]
    return Col(
        name, headings.get("zh", declared.zh), headings.get("en", declared.en),
        show or formatter_of(declared),
    )  # fmt: skip


def formatter_of(declared: schema.Column) -> Shown:
    """Return the formatter that suits a declared column."""
    if declared.vocabulary is not None:
        return lambda value, lang: words.label(declared.vocabulary, value, lang)
    return {
        schema.Kind.COUNT: words.count,
        schema.Kind.NUMBER: words.number,
        schema.Kind.SHARE: words.rate,
        schema.Kind.DATE: words.date,
        schema.Kind.YES_NO: words.yes_no,
    }.get(declared.kind, words.original)


def table(
    rows: pd.DataFrame | Sequence[dict],
    cols: list[Col] | tuple[Col, ...],
    caption: Part,
    lang: str,
    *,
    empty: Part = "",
    below: Part = "",
    is_wide: bool = False,
    is_compact: bool = False,
    total: dict[str, Part] | None = None,
) -> Block:
    """Return rows as an accessible table; the first column is the heading of each row.

    Parameters
    ----------
    rows : DataFrame or sequence of dict
        In the order of the page; a cell that is a `Block` stands as it is.
    cols : sequence of Col
    caption : str or Block
        What the table says, seen and read aloud.
    lang : {"zh", "en"}
    empty : str or Block
        The sentence that stands instead when there are no rows.
    below : str or Block
        Small print: source, n, what marks mean.
    is_wide : bool
        In a region that scrolls on screen and prints landscape.
    is_compact : bool
        In smaller type.
    total : dict, optional
        A closing row, by column name.
    """
    records = rows
    if isinstance(rows, pd.DataFrame):
        records = rows_with(rows, (one.name for one in cols))
    if not records and empty:
        return nothing(empty)
    head = element("thead", element("tr", *(_head(one, lang) for one in cols)))
    told = [_row(record, cols, lang) for record in records]
    if total is not None:
        told.append(_row(total, cols, lang, "rl-total"))
    class_ = "rl-table rl-compact" if is_compact else "rl-table"
    made = element(
        "table", element("caption", caption), head, element("tbody", *told), class_=class_
    )
    region = element(
        "div", made, class_="rl-scroll", tabindex="0", role="group",
        aria_label=join((caption,)).text,
    )  # fmt: skip
    whole = join((region, note(below) if below else ""))
    return box(whole, class_="rl-landscape") if is_wide else whole


def rows_with(frame: pd.DataFrame, names: Iterable[str]) -> list[dict]:
    """Return the rows of a frame by column, of these columns alone: most frames have many more."""
    known = [name for name in names if name in frame]
    columns = (frame[name].tolist() for name in known)
    return [dict(zip(known, row, strict=True)) for row in zip(*columns, strict=True)]


def _head(one: Col, lang: str) -> Block:
    heading = one.heading(lang)
    return element("th", heading, scope="col", class_=_class(one, heading, lang, HEADING_LETTERS))


def _class(one: Col, shown: Part, lang: str, letters: int) -> str | None:
    """Chinese may break between any two characters; what is short must not."""
    is_short = len(str(shown).strip()) <= letters or (lang == "zh" and one.show is words.date)
    if one.is_aligned_right:
        return "rl-num rl-short" if is_short else "rl-num"
    return "rl-short" if is_short else None


def _row(record: dict, cols: list[Col] | tuple[Col, ...], lang: str, class_: str | None = None):
    cells = []
    for place, one in enumerate(cols):
        value = record.get(one.name)
        shown = value if isinstance(value, Block) else one.show(value, lang)
        attributes = {"class_": _class(one, shown, lang, CELL_LETTERS)}
        if place == 0:
            cells.append(element("th", shown, scope="row", **attributes))
        else:
            cells.append(element("td", shown, **attributes))
    return element("tr", *cells, class_=class_)
