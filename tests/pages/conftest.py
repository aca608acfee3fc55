"""Pages opened in a real browser without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

KINDS = ("index", "overall", "group", "tracker", "department", "data_quality", "method")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"]


@dataclass
class Opened:
    """One page in the browser, with what it asked for and what it complained of."""

    page: Page
    file: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """Return one browser for the session."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


PAGES = [(kind, lang) for kind in KINDS for lang in ("zh", "en")]


@pytest.fixture(params=PAGES, ids="-".join, scope="module")
def shown(request) -> tuple[str, str, Path]:
    """Return (kind, lang, file) of one page of every kind in both languages."""
    kind, lang = request.param
    published = request.getfixturevalue("published" if lang == "zh" else "published_en")
    return kind, lang, published.page(kind, lang)


@pytest.fixture(scope="module")
def opened(shown, browser) -> Iterator[Opened]:
    """Open the page on a screen of 1280 by 800, with every other request cut off and noted."""
    _, _, file = shown
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = Opened(context.new_page(), file)

    def cut(route):
        if route.request.url == file.as_uri():
            route.continue_()
        elif not route.request.url.startswith("data:"):
            opened.requests.append(route.request.url)
            route.abort()

    opened.page.route("**/*", cut)
    opened.page.on("console", lambda message: opened.complaints.append(message.text))
    opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.page.goto(file.as_uri())
    yield opened
    context.close()
