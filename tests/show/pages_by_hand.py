"""Whole reports of small reviews made by hand, and a reader that checks how a page is built."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from review_by_hand import make_review

from reviewlib import show
from reviewlib.rubric import load_rubric
from reviewlib.scoring import score

SAMPLE_RUBRIC = Path(__file__).parents[2] / "data" / "sample" / "rubric.toml"
VOID = {"br", "img", "meta", "link", "input", "hr"}

TAKES_SCORES = {
    "group": {"summary", "assessment", "departments", "aspects", "annex"},
    "overall": {"summary", "assessment", "analysis", "annexes"},
    "department": {"verdict", "strengths", "indicators"},
}
"""Sections that are handed the scores, by kind of report; the notebooks call them so."""


def review_with(settings=None, **frames):
    """Return a review by hand, scored by the sample's rubric, with these rows in its frames."""
    return replace(make_review(settings, **frames), rubric=sample_rubric())


@cache
def sample_rubric():
    """Return the rubric of the sample."""
    return load_rubric(SAMPLE_RUBRIC)


def page(kind: str, review, lang: str = "zh", scores=None, **whom):
    """Return every block of a report in the order of its sections, as its notebook does."""
    report, scores = getattr(show, kind), scores or score(review)
    blocks = [report.head(review, lang=lang, **whom)]
    for key, *_ in report.OUTLINE.rows:
        given = (review, scores) if key in TAKES_SCORES[kind] else (review,)
        blocks.append(getattr(report, key)(*given, lang=lang, **whom))
    return [*blocks, show.page_foot(review, lang)]


class Reading(HTMLParser):
    """What a browser would find: headings, ids, pictures, attributes, nesting."""

    def __init__(self, html: str):
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.pictures: list[dict] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        """Note the element; keep the open ones in their order."""
        given = dict(attributes)
        self.tags.add(tag)
        self.attributes |= set(given)
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "img":
            self.pictures.append(given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        """Check that the last element opened is the one closed."""
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()


def read(blocks) -> Reading:
    """Return what a browser finds on a page of these blocks."""
    return Reading("".join(block.html for block in blocks))


def words_of(blocks) -> str:
    """Return the words of a page."""
    return " ".join(block.text for block in blocks)
