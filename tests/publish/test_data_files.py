"""Data beside the pages: harmless wherever it is opened, the same bytes each time."""

import time
from dataclasses import replace

import pandas as pd
import pytest
from command_runs import SAMPLE
from openpyxl import load_workbook
from review_by_hand import make_review

from reviewlib.publish.data_files import _SCORE_LABELS, _score_sheets, _write_scores, write_csv
from reviewlib.publish.workbook import write_workbook
from reviewlib.rubric import load_rubric
from reviewlib.scoring import score

ROWS = pd.DataFrame(
    {
        "note": ["=1+1", "@SUM(A1)", "-", "平常", None],
        "count": pd.array([1, 2, 3, 4, None], dtype="Int64"),
        "day": pd.to_datetime(["2025-06-30", None, None, None, None]),
        "balance": [-1.5, 0.0, 1.0, 2.0, 3.0],
    }
)


def test_csv_opens_rightly_and_runs_nothing(tmp_path):
    """A byte order mark for Excel, text like a formula made plain, numbers as numbers."""
    write_csv(ROWS, tmp_path / "rows.csv")

    lines = (tmp_path / "rows.csv").read_bytes().decode("utf-8").split("\n")
    assert lines == [
        "\ufeffnote,count,day,balance",
        "'=1+1,1,2025-06-30,-1.5",
        "'@SUM(A1),2,,0.0",
        "'-,3,,1.0",
        "平常,4,,2.0",
        ",,,3.0",
        "",
    ]


def test_workbook_holds_text_as_text(tmp_path):
    """What looks like a formula stays text; numbers and dates keep their kind."""
    write_workbook(tmp_path / "rows.xlsx", {"表": ROWS}, {"note": "说明 Note"})

    sheet = load_workbook(tmp_path / "rows.xlsx")["表"]
    assert [cell.value for cell in sheet[1]] == ["说明 Note", "count", "day", "balance"]
    assert [cell.value for cell in sheet["A"][1:]] == ["=1+1", "@SUM(A1)", "-", "平常", None]
    assert {cell.data_type for cell in sheet["A"][1:5]} == {"s"}
    assert sheet["A2"].quotePrefix
    assert (sheet["B2"].value, sheet["D2"].value) == (1, -1.5)
    assert sheet["C2"].value == pd.Timestamp("2025-06-30")


def test_headings_of_the_scores_say_what_is_reckoned(tmp_path):
    """A gap has a sign, a bar holds the band alone, an input may be cut at either end."""
    frame = pd.DataFrame(columns=["is_barred", "bar_items", "band_gap", "is_clipped"])
    _write_scores({"总分 Totals": frame}, tmp_path / "scores.xlsx")

    assert [cell.value for cell in load_workbook(tmp_path / "scores.xlsx")["总分 Totals"][1]] == [
        "评定等次受限 Capped", "受限事项 Capped by", "与最近评定线之差 Gap", "是否截断 Clipped",
    ]  # fmt: skip


def test_every_column_of_the_scores_has_a_heading_in_words():
    """No sheet of `scores.xlsx` shows the name of a column."""
    review = replace(make_review(), rubric=load_rubric(SAMPLE / "rubric.toml"))
    sheets = _score_sheets(review, score(review))

    raw = [(title, name) for title, frame in sheets.items() for name in frame
           if name not in _SCORE_LABELS]  # fmt: skip
    assert sheets and raw == []


def test_text_like_an_error_stays_text(tmp_path):
    """“#N/A” that somebody wrote is no error of a formula."""
    write_workbook(tmp_path / "rows.xlsx", {"表": pd.DataFrame({"note": ["#N/A", "# 1"]})})

    cells = load_workbook(tmp_path / "rows.xlsx")["表"]["A"][1:]
    assert [(cell.value, cell.data_type) for cell in cells] == [("#N/A", "s"), ("# 1", "s")]


def test_a_workbook_prints_across_with_its_headings(tmp_path):
    """A4 across, as many pages wide as can be read, the headings and the first column on each."""
    wide = ROWS.assign(**{f"长{number}": "字" * 40 for number in range(10)})
    write_workbook(tmp_path / "rows.xlsx", {"一": ROWS, "二": wide})

    for sheet, pages in zip(load_workbook(tmp_path / "rows.xlsx"), (1, 3), strict=True):
        page = sheet.page_setup
        assert (page.orientation, int(page.paperSize)) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert ((page.fitToWidth or 1), page.fitToHeight) == (pages, 0)  # one is the default
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_a_workbook_has_the_same_bytes_each_time(tmp_path):
    """The time of writing is nowhere in it; a zip archive counts in steps of two seconds."""
    write_workbook(tmp_path / "one.xlsx", {"表": ROWS})
    time.sleep(2.1)
    write_workbook(tmp_path / "two.xlsx", {"表": ROWS})

    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("text", ["坏\x00字", "长" * 40_000])
def test_text_a_workbook_cannot_hold_does_not_stop_it(text, tmp_path):
    """Control characters go, over-long text is cut; the CSV keeps it whole."""
    write_workbook(tmp_path / "odd.xlsx", {"表": pd.DataFrame({"note": [text]})})

    value = load_workbook(tmp_path / "odd.xlsx")["表"]["A2"].value
    assert text.replace("\x00", "").startswith(value)
