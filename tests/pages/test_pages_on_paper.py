"""One page of every kind, in both languages, printed by Chromium as a leader would print it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

A4 = (595, 842)  # points
MM = 96 / 25.4  # CSS pixels
MOST_SHEETS = {"department": 3, "group": 14, "overall": 24}
TEXT_WIDTH, WIDE = 180 * MM, 267 * MM

CLIPPED = """([narrow, wide]) => [...document.querySelectorAll('body *')]
  .filter(one => {
    const room = one.closest('.rl-landscape') ? wide : narrow;
    const box = one.getBoundingClientRect();
    return box.width > room + 1 && !one.closest('.rl-skip');
  }).map(one => one.tagName + '.' + one.className + ' ' + one.getBoundingClientRect().width)"""


@pytest.fixture
def sheets(opened) -> list:
    """Return the sheets of paper the page is printed on."""
    return PdfReader(BytesIO(opened.page.pdf(prefer_css_page_size=True))).pages


def words_of(sheet) -> str:
    """Return the words on a sheet without spaces, which printing may put anywhere."""
    return "".join(sheet.extract_text().split())


def test_every_sheet_is_a4(sheets, shown):
    """Portrait, or landscape for wide tables; and not more sheets than anyone would read."""
    sizes = {tuple(sorted((round(s.mediabox.width), round(s.mediabox.height)))) for s in sheets}

    assert sizes == {A4}
    assert len(sheets) <= MOST_SHEETS.get(shown[0], 60)
    assert all(words_of(sheet) for sheet in sheets)


def test_the_answer_is_the_first_sheet(opened, sheets, shown):
    """The first section ends on the first sheet and nothing of the second stands there."""
    if shown[0] not in ("overall", "group", "tracker"):
        pytest.skip("a short page runs on: its sections follow one another")
    first, second = opened.page.locator("main > section").all()[:2]
    closing = "".join(first.inner_text().split())[-12:]
    heading = "".join(second.locator("h2").inner_text().split())

    assert closing in words_of(sheets[0])
    assert heading not in words_of(sheets[0])
    assert heading in words_of(sheets[1])


def test_nothing_is_cut_off_at_the_edge(opened):
    """No table or picture is wider than the paper between its margins."""
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": int(TEXT_WIDTH), "height": 1000})
    narrow = opened.page.evaluate(CLIPPED, [TEXT_WIDTH, WIDE])
    opened.page.set_viewport_size({"width": int(WIDE), "height": 700})

    assert [one for one in narrow if "landscape" not in one] == []
