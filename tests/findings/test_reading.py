"""How what came in was read: rows accounted for, issues counted, changes listed."""

from dataclasses import replace

import pandas as pd
import pytest

import reviewlib.findings as find

SHEET = {"file": "returns/甲.xlsx", "dept_code": "DP01", "sheet": "03 职责划转",
         "table": "duty_transfers", "seen_count": 10, "header_count": 1, "blank_count": 2,
         "excluded_count": 1, "clean_count": 5, "quarantined_count": 1}  # fmt: skip
ISSUE = {"code": "cell.type", "severity": "warn", "dept_code": "DP01", "file": "returns/甲.xlsx",
         "sheet": "03 职责划转", "cell": "F4", "row": 4, "outcome": "kept"}  # fmt: skip


@pytest.mark.parametrize(
    "words, change, is_balanced",
    [("every row accounted for", {}, True), ("one row lost", {"clean_count": 4}, False)],
)
def test_rows_seen_equal_rows_accounted_for(review_of, words, change, is_balanced):
    """The equation is checked by adding up, for the sheet and for its file."""
    review = review_of(sheets=[SHEET | change])
    assert find.sheets_read(review).loc[0, "is_balanced"] == is_balanced
    assert find.files_read(review).loc[0, "is_balanced"] == is_balanced


def test_refused_file_is_listed_although_nothing_of_it_was_read(review_of):
    """A file with a block on itself has no rows and still has its line."""
    review = review_of(sheets=[SHEET], issues=[
        {"code": "file.not-a-workbook", "severity": "block", "file": "returns/乙.xlsx",
         "dept_code": "DP02", "outcome": "refused"}, ISSUE])  # fmt: skip
    files = find.files_read(review).set_index("file")

    assert files.loc["returns/乙.xlsx", "is_refused"]
    assert files.loc["returns/乙.xlsx", ["sheet_count", "block_count"]].tolist() == [0, 1]
    assert files.loc["returns/乙.xlsx", "dept_code"] == "DP02"
    assert files.loc["returns/甲.xlsx", "warn_count"] == 1
    assert not files.loc["returns/甲.xlsx", "is_refused"]


def test_issue_keeps_its_number_under_any_filter(review_of):
    """The number is its anchor on the page: it must not depend on who asks."""
    review = review_of(issues=[ISSUE, ISSUE | {"dept_code": "DP02"}, ISSUE])
    assert find.issues(review, department="DP02")["issue_no"].tolist() == [2]
    assert find.issues(review)["issue_no"].tolist() == [1, 2, 3]


def test_issue_counts_have_a_row_for_every_department_and_one_for_the_office(review_of):
    """Zeros are shown; files without a department come last."""
    review = review_of(issues=[ISSUE, ISSUE | {"dept_code": None, "severity": "info"}])
    rows = find.issue_counts(review)

    assert rows["dept_code"].fillna("office").tolist() == ["DP01", "DP02", "DP03", "DP04", "office"]
    assert rows["total_count"].tolist() == [1, 0, 0, 0, 1]
    assert rows.loc[4, "info_count"] == 1


@pytest.mark.parametrize(
    "words, column, raw, value, is_listed",
    [
        ("the very words of a choice", "status", "到位", "done", False),
        ("another spelling of it", "status", "已移交", "done", True),
        ("a department by its short name", "to_dept", "乙局", "DP02", False),
        ("a department by a former name", "to_dept", "旧局", "DP02", True),
        ("a date as the form wants it", "due_on", "2030-03-31", "2030-03-31", False),
        ("a value that could not be used", "due_on", "2030.2.30", None, True),
    ],
)
def test_change_is_what_a_reader_would_call_one(review_of, words, column, raw, value, is_listed):
    """A word stored as its code is no change; another spelling of it is."""
    cell = {"table": "duty_transfers", "column": column, "file": "f", "sheet": "s", "cell": "A4",
            "row": 4, "raw": raw, "value": value, "is_changed": True}  # fmt: skip
    assert len(find.changes(review_of(cells=[cell]))) == is_listed


def test_changes_list_only_values_that_differ_from_their_cell(review_of):
    """A value read as it stands is no change."""
    cell = {"table": "staffing", "dept_code": "DP01", "column": "posts_approved_count",
            "file": "returns/甲.xlsx", "sheet": "05", "cell": "B4", "row": 4, "raw": "12人",
            "value": "12", "rule": "strip-unit", "is_changed": True}  # fmt: skip
    printed = cell | {"column": "posts_vacant_count", "cell": "D4", "raw": "=B4-C4", "value": "2"}
    review = review_of(cells=[cell, cell | {"raw": "12", "is_changed": False}, printed])
    assert find.changes(review)["raw"].tolist() == ["12人", "=B4-C4"]
    assert find.changes(review)["is_input"].tolist() == [True, False]


@pytest.mark.parametrize(
    "words, issue, provisional, unused",
    [
        ("a warning in use", {}, 1, 0),
        ("an error", {"severity": "error", "outcome": "quarantined"}, 0, 1),
        ("information", {"severity": "info"}, 0, 0),
        ("a required cell left blank", {"code": "cell.required", "outcome": "changed"}, 0, 0),
        ("a refused file", {"severity": "block", "cell": None, "outcome": "refused"}, 0, 1),
    ],
)
def test_what_is_provisional_and_what_is_not_used(review_of, words, issue, provisional, unused):
    """Warnings are used and provisional; errors and blocks are not used until corrected."""
    review = review_of(issues=[ISSUE | issue])
    assert (len(find.provisional(review)), len(find.unused(review))) == (provisional, unused)


def test_required_cells_left_blank_have_a_list_of_their_own(review_of):
    """A blank is neither provisional nor an error: it is missing."""
    review = review_of(issues=[ISSUE, ISSUE | {"code": "cell.required", "cell": "G4"}])
    assert find.blanks(review)["cell"].tolist() == ["G4"]


def test_clean_review_has_empty_frames(review_of):
    """No files, no issues: empty frames with their columns, not an error."""
    review = review_of()
    assert find.issues(review).empty and find.sheets_read(review).empty
    assert find.files_read(review).empty and find.changes(review).empty
    assert find.issue_counts(review)["total_count"].sum() == 0
    assert pd.api.types.is_integer_dtype(find.issues(review)["issue_no"])


def test_file_of_which_no_sheet_could_be_read_is_listed(review_of):
    """An input that is no workbook, such as the settings, has its line and no rows."""
    review = replace(review_of(), inputs={"review.toml": "0" * 64})
    files = find.files_read(review)
    assert files["file"].tolist() == ["review.toml"]
    assert files["seen_count"].tolist() == [0] and files["is_balanced"].all()
