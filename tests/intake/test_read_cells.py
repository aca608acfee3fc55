"""The cells of one record together: what formulas made of figures they see otherwise than we do."""

from __future__ import annotations

import pytest

from reviewlib.intake.issues import Place
from reviewlib.intake.read_cells import read_cells
from reviewlib.intake.workbook import ERROR, NUMBER, TEXT, Cell
from reviewlib.schema import TABLES

SUM = "=MAX(N(B5)-N(C5),0)"
POINTS = "=IF(E6=\"\",\"\",E6*6)"


def _cell(value: object, formula: str = "") -> Cell:
    kind = NUMBER if not isinstance(value, str) else ERROR if value.startswith("#") else TEXT
    return Cell(5, 2, value, kind, "General", False, formula)


CASES = [
    # what, table, cells, the audited column, its value, codes
    ("figures as they stand", "staffing", {"posts_approved_count": 26, "posts_filled_count": 20},
     "posts_vacant_count", _cell(6, SUM), 6, []),
    ("a formula that is wrong is told", "staffing",
     {"posts_approved_count": 26, "posts_filled_count": 20},
     "posts_vacant_count", _cell("#REF!", SUM), None, ["cell.excel-error"]),
    ("26名 is text to a formula", "staffing",
     {"posts_approved_count": "26名", "posts_filled_count": 20},
     "posts_vacant_count", _cell(0, SUM), None, []),
    ("so are full-width digits", "staffing",
     {"posts_approved_count": "２６", "posts_filled_count": 20},
     "posts_vacant_count", _cell(0, SUM), None, []),
    ("what somebody typed is compared", "staffing",
     {"posts_approved_count": "26名", "posts_filled_count": 20},
     "posts_vacant_count", _cell(0), 0, []),
    ("in a format that hides formulas, what the form computes", "staffing",
     {"posts_approved_count": "26名", "posts_filled_count": 20},
     "posts_vacant_count", _cell(0)._replace(number_format=""), None, []),
    ("95 for 95%", "self_ratings", {"stated_share": 95}, "stated_points", _cell(570, POINTS), None,
     ["cell.number-normalised"]),
    ("a dash for a share", "self_ratings", {"stated_share": "不适用"}, "stated_points",
     _cell("#VALUE!", POINTS), None, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "table", "figures", "audited", "cell", "value", "codes"), CASES,
    ids=[case[0] for case in CASES],
)  # fmt: skip
def test_a_formula_is_only_held_to_what_it_sees(
    reading, what, table, figures, audited, cell, value, codes
):
    """Where a figure was read otherwise than it stands, no result of a formula is blamed for it."""
    cells = {name: _cell(found) for name, found in figures.items()} | {audited: cell}

    record = read_cells(5, cells, TABLES[table], reading, Place(dept_code="DP18"))

    assert record.values[audited] == value
    told = [one["code"] for one in record.issues if one["severity"] != "warn"]  # blanks apart
    assert told == codes


@pytest.mark.parametrize(
    ("what", "table", "column", "rule", "supporting"),
    [
        ("the others support the lead", "cross_dept_matters", "lead_dept", "dept-several", "DP24"),
        ("no place for them: they are told", "duty_transfers", "to_dept", "dept-first", None),
    ],
)
def test_further_departments_of_a_cell(reading, what, table, column, rule, supporting):
    """They go where the table has a place for them, and else are said not to be used."""
    record = read_cells(5, {column: _cell("DP18、DP24")}, TABLES[table], reading, Place())

    assert record.values[column] == "DP18"
    assert record.cells[column][1].rules == (rule,)
    assert record.values.get("support_depts") == supporting
