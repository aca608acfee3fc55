"""Where a value stands is found in the change log as a plain search of it would find it."""

from __future__ import annotations

import pytest

from reviewlib import schema
from reviewlib.intake.cell_index import CellIndex
from reviewlib.intake.packed import Packed

ROWS = [
    # table, file, sheet, column, row, cell, raw, key
    ("staffing", "a", "05", "estab_type", 4, "A4", "行政编制", "DP01|administrative"),
    ("staffing", "a", "05", "posts_filled_count", 4, "C4", "18", "DP01|administrative"),
    ("staffing", "a", "05", "estab_type", 5, "A5", "事业编制", "DP01|public"),
    ("staffing", "b", "05", "posts_filled_count", 9, "D9", "7", "DP02|public"),
    ("covers", "a", "01", "declared_on", 6, "B6", "2025-07-08", "DP01"),
    ("covers", "b", "01", "declared_on", 7, "B7", "2025-07-09", "DP02"),
]
FOUND = [
    ("a cell of a list", ("staffing", "a", "05", "posts_filled_count", 4), "C4"),
    ("the same row of another file", ("staffing", "b", "05", "posts_filled_count", 9), "D9"),
    ("a record, whatever the row", ("covers", "b", "01", "declared_on", None), "B7"),
    ("a blank cell", ("staffing", "a", "05", "posts_filled_count", 5), None),
    ("a row that is not there", ("staffing", "a", "05", "estab_type", 6), None),
    ("a file that is not there", ("staffing", "c", "05", "estab_type", 4), None),
    ("a column of another table", ("covers", "a", "01", "estab_type", None), None),
]


@pytest.fixture(scope="module")
def index() -> CellIndex:
    """The index of a small change log."""
    names = ("table", "file", "sheet", "column", "row", "cell", "raw", "record_key")
    return CellIndex(schema.frame_of("cells", [dict(zip(names, r, strict=True)) for r in ROWS]))


@pytest.mark.parametrize(("what", "place", "cell"), FOUND, ids=[case[0] for case in FOUND])
def test_a_cell_is_found_by_its_place(index, what, place, cell):
    """Address, text and key are those of that cell, or there is none."""
    found = index.find(*place)

    assert (found[0] if found else None) == cell
    assert found in (None, *((row[5], row[6], row[7]) for row in ROWS))


def test_a_blank_cell_has_the_letter_of_its_column_and_the_key_of_its_row(index):
    """Other rows tell the letter, other columns the key; elsewhere nothing is made up."""
    assert index.letter("staffing", "a", "05", "posts_filled_count") == "C"
    assert index.letter("staffing", "b", "05", "posts_filled_count") == "D"
    assert index.letter("staffing", "b", "05", "estab_type") is None
    assert index.key("staffing", "a", "05", 5) == "DP01|public"
    assert index.key("staffing", "a", "05", 6) == ""


def test_rows_put_away_come_out_as_they_were():
    """A packed list is the list: its length, its items, its order, time and again."""
    rows = [{"n": n, "text": "事项" * n} for n in range(50)]

    packed = Packed(rows)

    assert (list(packed), list(packed), len(packed), packed[0]) == (rows, rows, 50, rows[0])
    assert not Packed([])
