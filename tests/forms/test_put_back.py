"""What found no place in our form is told in the list in front, and nobody's numbers with it."""

from __future__ import annotations

import pytest

from reviewlib.forms.put_back import put_back

SHEET = "09 问题自查"


@pytest.mark.parametrize(
    ("what", "written", "told"),
    [
        ("a mobile number with dots", "联系138.1234.5678", "联系138********78"),
        ("with en dashes", "138–1234–5678", "138********78"),
        ("an identity number in groups", "110105.19491231.002X", "110***************2X"),
        ("a number that a cell holds as one", 13812345678, "138******78"),
        ("a document number", "示编〔2025〕138号", "示编〔2025〕138号"),
    ],
)
def test_a_row_without_a_place_tells_no_personal_number(blank, what, written, told):
    """The list masks what reading masks, by the same rule."""
    (row,) = put_back(blank, {SHEET: {6: {1: written, 2: "甲"}}}, {})

    assert row == {"sheet": SHEET, "row": 6, "raw": f"{told}｜甲"}
