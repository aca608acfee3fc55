"""Where a value stands is found in a file's change log as a plain search of it would find it."""

from __future__ import annotations

import pytest

from reviewlib import schema
from reviewlib.intake.file_cells import FileCells
from reviewlib.intake.packed import PackedCells

NAMES = ("table", "sheet", "column", "row", "cell", "raw", "record_key")
ROWS = [
    ("staffing", "05", "estab_type", 4, "A4", "行政编制", "DP01|administrative"),
    ("staffing", "05", "posts_filled_count", 4, "C4", "18", "DP01|administrative"),
    ("staffing", "05", "estab_type", 5, "A5", "事业编制", "DP01|public"),
    ("staffing", "05 (2)", "posts_filled_count", 9, "D9", "7", "DP02|public"),
    ("staffing", "05 (2)", "posts_filled_count", 8, "E8", "6", "DP02|public"),
    ("problem_recs", "R", "problem_id", 4, "A4", "P-01", "P-01|R-01"),
    ("problem_recs", "R", "problem_id", 4, "C4", "P-02", "P-02|R-01"),
    ("covers", "01", "declared_on", 6, "B6", "2025-07-08", "DP01"),
]
FOUND = [
    ("a cell of a list", ("staffing", "05", "posts_filled_count", 4), "C4"),
    ("the same column of another sheet", ("staffing", "05 (2)", "posts_filled_count", 9), "D9"),
    ("a record, whatever the row", ("covers", "01", "declared_on", None), "B6"),
    ("the same place told twice", ("problem_recs", "R", "problem_id", 4), "C4"),
    ("a blank cell", ("staffing", "05", "posts_filled_count", 5), None),
    ("a row that is not there", ("staffing", "05", "estab_type", 6), None),
    ("no row, of a list", ("staffing", "05", "estab_type", None), None),
    ("a sheet that is not there", ("staffing", "06", "estab_type", 4), None),
    ("a column of another table", ("covers", "01", "estab_type", None), None),
]


@pytest.fixture(scope="module")
def cells() -> FileCells:
    """The cells of one file with a small change log."""
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    columns = schema.dtypes_of("cells")
    log = PackedCells.of([tuple(map(row.get, columns)) for row in rows])
    return FileCells(log.table())


@pytest.mark.parametrize(("what", "place", "cell"), FOUND, ids=[case[0] for case in FOUND])
def test_a_cell_is_found_by_its_place(cells, what, place, cell):
    """Address, text and key are those of that cell, or there is none."""
    found = cells.find(*place)

    assert (found[0] if found else None) == cell
    assert found in (None, *(row[4:] for row in ROWS))


def test_a_blank_cell_has_the_letter_of_its_column_and_the_key_of_its_row(cells):
    """Other rows tell the letter, other columns the key; elsewhere nothing is made up."""
    assert cells.letter("staffing", "05", "posts_filled_count") == "C"
    assert cells.letter("staffing", "05 (2)", "posts_filled_count") == "D"
    assert cells.letter("staffing", "05 (2)", "estab_type") is None
    assert cells.key("staffing", "05", 5) == "DP01|public"
    assert cells.key("staffing", "05", 6) == ""
