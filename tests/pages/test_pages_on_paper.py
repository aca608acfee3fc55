"""One page of every kind, in both languages, printed by Chromium as a leader would print it."""

import re
import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

A4 = (595, 842)  # points
MM = 96 / 25.4  # CSS pixels
MOST_SHEETS = {"index": 3, "department": 3, "group": 15, "overall": 30}
RADICALS = "[\u2e80-\u2fdf]"
"""Printing may write a character as the radical of the same shape; both read alike."""

CLIPPED = """room => [...document.querySelectorAll('p, li, img, svg, th, td, h1, h2, h3')]
  .filter(one => !one.closest('.rl-landscape') === room.upright)
  .filter(one => one.getBoundingClientRect().right > room.width + 1)
  .map(one => one.tagName + ' ' + one.textContent.slice(0, 40))"""


@pytest.fixture(scope="module")
def sheets(opened) -> list:
    """Return the sheets of paper the page is printed on."""
    return PdfReader(BytesIO(opened.page.pdf(prefer_css_page_size=True))).pages


def says(sheet, words: str) -> bool:
    """Tell whether a sheet says some words; printing may put spaces anywhere, or none."""
    plain = unicodedata.normalize("NFKC", "".join(words.split()))
    pattern = "".join(f"(?:{re.escape(char)}|{RADICALS})" for char in plain)
    printed = unicodedata.normalize("NFKC", "".join(sheet.extract_text().split()))
    return re.search(pattern, printed) is not None


def test_every_sheet_is_a4(sheets, shown):
    """Portrait, or landscape for wide tables; none empty, and no more than anyone would read."""
    sizes = {tuple(sorted((round(s.mediabox.width), round(s.mediabox.height)))) for s in sheets}

    assert sizes == {A4}
    assert len(sheets) <= MOST_SHEETS.get(shown[0], 60)
    assert all(sheet.extract_text().strip() for sheet in sheets)


def test_the_answer_is_the_first_sheet(opened, sheets, shown):
    """The first section ends on the first sheet and nothing of the second stands there."""
    if shown[0] not in ("overall", "group"):
        pytest.skip("only the reports to leaders promise their answer on one sheet")
    first, second = opened.page.locator("main > section").all()[:2]
    closing = "".join(first.inner_text().split())[-24:]
    heading = second.locator("h2").inner_text()

    assert [says(sheet, closing) for sheet in sheets[:2]] == [True, False]
    assert [says(sheet, heading) for sheet in sheets[:2]] == [False, True]


@pytest.mark.parametrize(
    ("turned", "width"), [("upright", 180), ("sideways", 267)], ids=["upright", "sideways"]
)
def test_nothing_is_cut_off_at_the_edge(turned, width, opened):
    """No text or picture is wider than the paper between its margins."""
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": int(width * MM), "height": 1000})
    room = {"upright": turned == "upright", "width": width * MM}
    clipped = opened.page.evaluate(CLIPPED, room)
    opened.page.emulate_media(media="screen")

    assert clipped == []
