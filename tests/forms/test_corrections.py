"""The workbook that goes back to a department: what a clerk finds in it."""

import pandas as pd
import pytest
from command_runs import SAMPLE
from openpyxl import load_workbook

import reviewlib as rl
from reviewlib.forms import write_corrections
from reviewlib.schema.returns import CORRECTIONS_SHEET


@pytest.fixture(scope="module")
def review():
    return rl.open_review(SAMPLE)


@pytest.fixture(scope="module")
def corrections(review, tmp_path_factory):
    """Every correction workbook of the sample, by its file name."""
    out = tmp_path_factory.mktemp("corrections")
    return {path.name: path for path in write_corrections(review, SAMPLE, out)}


def _to_correct(review):
    issues = review.issues
    wanted = issues["severity"].isin(["block", "error", "warn"]) & issues["dept_code"].notna()
    return issues[wanted & issues["file"].fillna("").str.startswith("returns/")]


def test_each_return_with_something_to_correct_goes_back(review, corrections):
    """One workbook a file, named by code; a department without faults gets none."""
    files = _to_correct(review).groupby("dept_code")["file"].nunique()
    expected = {
        f"{code.lower()}{'' if number == 0 else f'-{number + 1}'}.xlsx"
        for code, count in files.items()
        for number in range(count)
    }

    assert set(corrections) == expected


def test_every_faulty_cell_is_marked_and_says_why(review, corrections):
    """Each cell of the list carries a comment with its message, in the department's own sheet."""
    issues = _to_correct(review)
    one_file = issues.groupby("dept_code")["file"].transform("nunique") == 1
    placed = issues[one_file & issues["cell"].notna()]
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
    assert len(words) == len(rows)
    assert words == sorted(words, key=["拒收", "必须更正", "请核对"].index)


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
    cell = load_workbook(path).worksheets[0]["E5"]

    assert (cell.value, cell.data_type) == ('=HYPERLINK("x")', "s")


def test_the_marked_workbook_can_come_back(review, corrections, tmp_path):
    """Returned as it is, it reads as before: the list in front is passed over."""
    import shutil

    code = _to_correct(review)["dept_code"].iloc[0]
    file = _to_correct(review).query("dept_code == @code")["file"].iloc[0]
    folder = shutil.copytree(SAMPLE, tmp_path / "review")
    shutil.copy(corrections[f"{code.lower()}.xlsx"], folder / file)
    again = rl.open_review(folder)

    shown = ["code", "sheet", "cell", "message_zh"]
    mine = review.issues.query("dept_code == @code")[shown].reset_index(drop=True)
    pd.testing.assert_frame_equal(
        again.issues.query("dept_code == @code")[shown].reset_index(drop=True), mine
    )
