"""The workbook that goes back to a department: what a clerk finds in it."""

import pandas as pd
import pytest
from command_runs import SAMPLE
from openpyxl import load_workbook

from reviewlib.forms import write_corrections
from reviewlib.forms.gathered import SAME, gathered, ranges_of
from reviewlib.schema import tables_of
from reviewlib.schema.returns import CORRECTIONS_SHEET


@pytest.fixture(scope="module")
def review(sample_review):
    """The sample, with the data issues of a few departments: with errors, with two files, none."""
    issues = sample_review.issues
    errors = issues.loc[(issues["severity"] == "error") & issues["file"].str.startswith("returns/")]
    twice = issues.loc[issues["code"] == "file.duplicate-file", "dept_code"]
    few = [*errors["dept_code"].drop_duplicates().head(3), *twice.head(1)]
    return sample_review.with_frames(issues=issues[issues["dept_code"].isin(few)])


@pytest.fixture(scope="module")
def corrections(review, tmp_path_factory):
    """The correction workbooks of these departments, by file name."""
    out = tmp_path_factory.mktemp("corrections")
    return {path.name: path for path in write_corrections(review, SAMPLE, out)}


def _to_correct(review):
    issues = review.issues
    wanted = issues["severity"].isin(["block", "error", "warn"]) & issues["dept_code"].notna()
    wanted &= issues["code"] != "file.duplicate-file"  # what a later return has replaced
    return issues[wanted & issues["file"].fillna("").str.startswith("returns/")]


def test_each_return_with_something_to_correct_goes_back(review, corrections):
    """One workbook a return, named by code; a return that was replaced by a later one gets none."""
    wanted = _to_correct(review)

    assert (wanted.groupby("dept_code")["file"].nunique() == 1).all()
    assert review.issues["file"].nunique() > wanted["file"].nunique()
    assert set(corrections) == {f"{code.lower()}.xlsx" for code in wanted["dept_code"]}


def test_every_faulty_cell_is_marked_and_says_why(review, corrections):
    """Each cell of the list carries a comment with its message, in the department's own sheet."""
    issues = _to_correct(review)
    placed = issues[issues["cell"].notna()]
    for code, rows in placed.groupby("dept_code"):
        book = load_workbook(corrections[f"{code.lower()}.xlsx"])
        for row in rows.to_dict("records"):
            cell = book[row["sheet"]][row["cell"]]

            assert cell.comment is not None, (code, row["sheet"], row["cell"])
            assert row["message_zh"] in cell.comment.text
            assert cell.fill.fill_type == "solid"


def test_the_list_stands_in_front_worst_first(review, corrections):
    """The first sheet counts and lists every fault of the file; errors come before questions."""
    code = _to_correct(review).query("severity == 'error'")["dept_code"].iloc[0]
    rows = _to_correct(review).query("dept_code == @code")
    book = load_workbook(corrections[f"{code.lower()}.xlsx"])
    sheet = book.worksheets[0]
    words = [cell.value for cell in sheet["B"][4:] if cell.value]

    assert sheet.title == CORRECTIONS_SHEET
    assert len(words) == len(gathered(rows))
    assert words == sorted(words, key=["拒收", "必须更正", "请核对"].index)
    headings = {row[4].value for row in sheet.iter_rows(min_row=5)}
    assert headings & {column.heading for t in tables_of("return") for column in t.columns}


def test_what_the_department_filled_in_is_untouched(review, corrections):
    """Every value of the return is still there, at its place."""
    code = _to_correct(review)["dept_code"].iloc[0]
    file = _to_correct(review).query("dept_code == @code")["file"].iloc[0]
    before, after = load_workbook(SAMPLE / file), load_workbook(corrections[f"{code.lower()}.xlsx"])

    for sheet in before:
        there = [[cell.value for cell in row] for row in sheet]
        assert [[cell.value for cell in row] for row in after[sheet.title]] == there


def test_text_of_a_cell_is_never_a_formula(review, corrections, tmp_path):
    """What a department wrote as =… is text in the list."""
    issue = _to_correct(review).iloc[[0]].assign(raw='=HYPERLINK("x")', severity="error")
    marked = review.with_frames(issues=pd.concat([issue]))
    (path,) = write_corrections(marked, SAMPLE, tmp_path)
    cell = load_workbook(path).worksheets[0]["F5"]

    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


@pytest.mark.parametrize(
    ("what", "cells", "told"),
    [
        ("one cell", ["B4"], "B4"),
        ("neighbours below one another", ["C5", "C6", "C7"], "C5:C7"),
        ("a gap", ["C5", "C6", "C9"], "C5:C6、C9"),
        ("in any order, ten after nine", ["C10", "C9", "C11"], "C9:C11"),
        ("two columns are two ranges", ["C5", "C6", "D6"], "C5:C6、D6"),
        ("the same cell twice", ["C5", "C5"], "C5"),
    ],
)
def test_cells_that_say_the_same_are_told_as_ranges(what, cells, told):
    """Neighbours of one column stand together; nothing else does."""
    assert ranges_of(cells) == told


def test_the_same_problem_is_told_once(review):
    """Issues that differ in their cell only are one row; every one of them is counted."""
    issue = _to_correct(review).iloc[[0]]
    same = [issue.assign(cell=cell) for cell in ("C5", "C6", "C8")]
    other = issue.assign(cell="C7", message_zh="另一处")
    none = issue.assign(cell=None, message_zh="整表")
    told = gathered(pd.concat([*same, other, none]))
    assert told[["count", "message_zh"]].to_numpy().tolist() == [
        [3, issue["message_zh"].iloc[0]], [1, "另一处"], [1, "整表"],
    ]  # fmt: skip
    assert told["cells"].fillna("").tolist() == ["C5:C6、C8", "C7", ""]


@pytest.mark.parametrize("name", SAME)
def test_issues_that_differ_in_what_is_said_are_two_problems(review, name):
    """Whatever is shown of a problem keeps it apart from others."""
    issue = _to_correct(review).iloc[[0]].assign(**{name: "甲"})
    told = gathered(pd.concat([issue, issue.assign(**{name: "乙"}), issue]))

    assert told[[name, "count"]].to_numpy().tolist() == [["甲", 2], ["乙", 1]]
