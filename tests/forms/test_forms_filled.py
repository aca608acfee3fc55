"""Forms filled from frames: the words of the vocabularies, and nothing that a spreadsheet runs."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from openpyxl import load_workbook

from reviewlib import forms, schema
from reviewlib.forms.sheets import HEADING_ROW, NONE_ROW
from reviewlib.forms.words import cell_value

NAMES = {"DP01": "区甲局", "DP02": "区乙局"}


@pytest.mark.parametrize(
    ("what", "table", "column", "value", "shown"),
    [
        ("a code becomes its word", "duty_transfers", "status", "pending_city", "待市级明确"),
        ("several codes side by side", "visits", "methods", "briefing;site", "听取汇报、实地查看"),
        ("a department shows its short name", "duty_transfers", "from_dept", "DP01", "区甲局"),
        ("lead and supporting ones", "tasks", "support_depts", "DP02;DP01", "区乙局、区甲局"),
        ("an unknown code is shown, not lost", "duty_transfers", "from_dept", "DP99", "DP99"),
        ("yes", "covers", "is_committed", True, "是"),
        ("no", "covers", "is_committed", False, "否"),
        ("zero is a number", "staffing", "posts_filled_count", 0, 0),
        ("a share stays a number", "tasks", "progress_share", 0.65, 0.65),
        ("a day is a date", "covers", "declared_on", pd.Timestamp("2025-07-08"), date(2025, 7, 8)),
        ("missing is blank", "covers", "declared_on", pd.NaT, None),
        ("missing text is blank", "duty_transfers", "remark", float("nan"), None),
        ("a missing count is blank, not zero", "staffing", "posts_filled_count", pd.NA, None),
    ],
)  # fmt: skip
def test_what_a_cell_shows(what, table, column, value, shown):
    """A value of a frame is written in the words of the form."""
    assert cell_value(value, schema.TABLES[table][column], NAMES) == shown


def test_a_date_known_to_the_month_is_written_so():
    """A month is not turned into a day."""
    column = schema.TABLES["duty_transfers"]["done_on"]
    assert cell_value(pd.Timestamp("2025-04-30"), column, NAMES, "month") == "2025年4月"


def _duties(*rows: dict) -> dict[str, pd.DataFrame]:
    return {"duty_transfers": schema.frame_of("duty_transfers", list(rows))}


def test_a_filled_list_holds_its_rows(write):
    """Every value of a row stands under its heading, in order, and blank rows follow."""
    book = write(records=_duties({
        "dept_code": "DP01", "matter_id": "DT-01", "matter": "某项职责", "from_dept": "DP01",
        "to_dept": "DP02", "reported_by": "losing", "status": "done", "posts_count": 3,
        "done_on": pd.Timestamp("2025-04-18"),
    }))  # fmt: skip
    sheet = book["03 职责划转"]
    row = [cell.value for cell in sheet[HEADING_ROW + 1]]
    assert row == ["DT-01", "某项职责", "区甲局", "区乙局", "划出方", None, None, "到位",
                   datetime(2025, 4, 18), 3, None, None, None, None, None, None]  # fmt: skip
    assert not any(cell.value for cell in sheet[HEADING_ROW + 2])
    assert not sheet.cell(HEADING_ROW + 2, 1).protection.locked


@pytest.mark.parametrize(
    ("what", "records", "box"),
    [
        ("nothing is known yet", None, "□ 无此类情形"),
        ("the department has none", _duties(), "☑ 无此类情形"),
        ("the table was not given", {}, "□ 无此类情形"),
    ],
)
def test_an_empty_list_ticks_the_box(write, what, records, box):
    """Only what is known to be empty is ticked."""
    assert write(records=records)["03 职责划转"].cell(NONE_ROW, 1).value == box


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+2名", "-待定", "@某处"])
def test_text_that_looks_like_a_formula_stays_text(write, text):
    """Nothing from the data is ever run: stored as text, with the quote prefix."""
    book = write(records=_duties({"dept_code": "DP01", "matter_id": "DT-01", "remark": text}))
    cell = book["03 职责划转"].cell(HEADING_ROW + 1, 16)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_visit_workbook_lists_the_group_only(tmp_path, settings, rubric, departments):
    """One row for every department of the group and every indicator, in protocol order."""
    path = forms.write_visit(tmp_path / "visit.xlsx", settings, rubric, "G1", departments)
    book = load_workbook(path)
    rows = list(book["评分"].iter_rows(min_row=HEADING_ROW + 1, values_only=True))
    pairs = [(row[1], row[3]) for row in rows]
    ids = [indicator.id for indicator in rubric.indicators]
    assert pairs == [(code, item) for code in ("DP01", "DP02") for item in ids]
    assert dict(book["_meta"].values)["group_id"] == "G1"
    assert book.sheetnames == [
        "00 填表说明",
        "评分",
        "回访记录",
        "发现",
        "加减分",
        "评分标准",
        "_lists",
        "_meta",
    ]


def test_office_workbooks_hold_every_table(tmp_path, settings, departments):
    """Ledger, roster and moderation have a sheet for each of their tables."""
    written = {
        "ledger": forms.write_ledger(tmp_path / "ledger.xlsx", settings, departments),
        "roster": forms.write_roster(tmp_path / "roster.xlsx", settings),
        "moderation": forms.write_moderation(tmp_path / "moderation.xlsx", settings, departments),
    }
    for workbook, path in written.items():
        sheets = load_workbook(path).sheetnames
        assert [table.sheet for table in schema.tables_of(workbook)] == sheets[1:-2]


def test_marks_of_the_last_merge_are_locked(tmp_path, settings, departments):
    """In the ledger the revision of a row cannot be written over."""
    problems = schema.frame_of("problems", [{"problem_id": "P-01", "revision": "abc"}])
    path = forms.write_ledger(
        tmp_path / "ledger.xlsx", settings, departments, {"problems": problems}
    )
    last = load_workbook(path)["问题台账"].cell(
        HEADING_ROW + 1, len(schema.TABLES["problems"].columns)
    )
    assert (last.value, last.protection.locked) == ("abc", True)
