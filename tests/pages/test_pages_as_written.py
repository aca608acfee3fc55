"""Every page of the set, read as a file: what must hold before any browser opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


@dataclass
class Read(HTMLParser):
    """A page taken apart: its elements with their attributes, in order."""

    path: Path
    elements: list[tuple[str, dict]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def all(self, *tags: str) -> list[dict]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


@pytest.fixture(scope="module", params=["published", "published_en"])
def pages(request) -> list[Read]:
    """Return every page of a set, taken apart."""
    return [Read(path) for path in request.getfixturevalue(request.param).pages]


def named(pages: list[Read], is_wrong) -> list[str]:
    """Return the names of the pages for which something is wrong."""
    return [page.path.name for page in pages if is_wrong(page)]


def test_no_page_can_run_or_fetch_anything(pages):
    """No script, no handler, no address outside the set; the policy says so to the browser too."""
    unwanted = {"script", "iframe", "object", "embed", "link", "base", "form"}

    def is_wrong(page: Read) -> bool:
        policies = [one.get("content", "") for one in page.all("meta") if "http-equiv" in one]
        addresses = [
            one[key]
            for _, one in page.elements
            for key in ("href", "src", "action")
            if one.get(key)
        ]
        return (
            any(tag in unwanted for tag, _ in page.elements)
            or any(name.startswith("on") for _, one in page.elements for name in one)
            or any(re.match(r"(?!data:image/png)[a-z]+:|//", one) for one in addresses)
            or not any(policy.startswith(POLICY) for policy in policies)
        )

    assert named(pages, is_wrong) == []


def test_every_page_says_its_language(pages):
    """Chinese pages at the root, English ones under en/."""

    def is_wrong(page: Read) -> bool:
        expected = "en" if page.path.parent.name == "en" else "zh-CN"
        return page.all("html") != [{"lang": expected}]

    assert named(pages, is_wrong) == []


def test_headings_are_one_tree(pages):
    """One h1 comes first, and no level below it is skipped."""

    def is_wrong(page: Read) -> bool:
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
        steps = pairwise(levels)
        return levels[:1] != [1] or levels.count(1) != 1 or any(b > a + 1 for a, b in steps)

    assert named(pages, is_wrong) == []


def test_every_picture_is_told_in_words(pages):
    """An alt text that says what the picture shows, not that there is one."""

    def is_wrong(page: Read) -> bool:
        return any(
            len(one.get("alt", "")) < 10 or one["alt"].startswith("No description")
            for one in page.all("img")
        )

    assert named(pages, is_wrong) == []


def test_every_link_leads_somewhere(pages):
    """To a file of the set, and to a place that is there on it."""
    ids = {page.path.resolve(): set(page.ids) for page in pages}

    def is_dead(page: Read, href: str) -> bool:
        file, _, place = href.partition("#")
        target = (page.path.parent / unquote(file)).resolve() if file else page.path.resolve()
        return not target.is_file() or bool(place and place not in ids.get(target, ()))

    dead = [
        (page.path.name, one["href"])
        for page in pages for one in page.all("a") if is_dead(page, one["href"])
    ]  # fmt: skip
    assert dead == []


def test_ids_are_unique(pages):
    """A place can be linked to only if there is one of it."""
    assert named(pages, lambda page: len(page.ids) != len(set(page.ids))) == []
