"""How a score came about, on the page: sources, deductions with their cause, the sum, the edge."""

from functools import cache

import pandas as pd
import pytest
from pages_by_hand import sample_rubric
from review_by_hand import make_review

from reviewlib.show.pages.stated import odds_part, stated_sentence
from reviewlib.show.sentences.trace import adjustment_items, files_note, place, sum_sentence
from reviewlib.show.voice import Voice

RUBRIC = sample_rubric()
TOTAL = {"base": 91.04, "deduction": 2.0, "bonus": 0.5, "total_shown": 89.5, "band_gap": -0.5,
         "severity_adjustment": 0.0}  # fmt: skip
SECONDED = {"item_id": "K04", "kind": "deduction", "count": 3, "counted": 3, "points": 1.5,
            "reason": "长期借用", "evidence_ref": "名册", "approval_no": None,
            "source_sheet": "加减分", "source_cell": "A7"}  # fmt: skip


@cache
def voice(lang="zh"):
    return Voice.of(make_review(), lang)


@pytest.mark.parametrize(
    "words, changed, says",
    [
        ("short of a band", {},
         "各项得分合计91.0，扣2.0，加0.5，得分89.5。距“落实到位（绿）”线还差0.5分。"),
        ("above one", {"total_shown": 77.0, "band_gap": 2.0},
         "各项得分合计91.0，扣2.0，加0.5，得分77.0。高出“基本到位（黄）”线2.0分。"),
        ("adjusted for severity", {"severity_adjustment": -1.2},
         "各项得分合计91.0，扣2.0，加0.5，尺度调整−1.2，得分89.5。距“落实到位（绿）”线还差0.5分。"),
        ("not rated", {"total_shown": None, "band_gap": None}, ""),
    ],
)  # fmt: skip
def test_the_sum_is_told_as_it_was_made(words, changed, says):
    """Base, deductions, bonuses and what was adjusted make the score; the nearest edge is named."""
    assert sum_sentence(TOTAL | changed, RUBRIC, voice()).text == says, words


@pytest.mark.parametrize(
    "words, changed, is_score_shown, says",
    [
        ("points may be seen", {}, True,
         "K04 混编混岗、长期借调占岗：3人；−1.5分；长期借用；佐证：名册；位置：加减分!A7。"),
        ("points may not", {}, False,
         "K04 混编混岗、长期借调占岗：3人；长期借用；佐证：名册；位置：加减分!A7。"),
        ("approved", {"item_id": "K02", "counted": 0, "points": 0.0, "approval_no": "1号"}, True,
         "已批准，不扣分；长期借用；佐证：名册；批准文号：1号；"),
        ("a bonus", {"item_id": "E02", "kind": "bonus", "points": 0.5}, True, "+0.5分"),
    ],
)  # fmt: skip
def test_a_deduction_stands_with_its_cause(words, changed, is_score_shown, says):
    """Item, count, cause, evidence and cell; points only where the review shows them."""
    rows = pd.DataFrame([SECONDED | changed])
    (made,) = adjustment_items(rows, RUBRIC, voice(), is_score_shown=is_score_shown)

    assert says in made.text, words


@pytest.mark.parametrize(
    "words, sheet, cell, said",
    [
        ("a numbered sheet of a return", "04 人员转隶", "F5:F6", "04!F5:F6"),
        ("a sheet of a visit workbook", "评分", "H192", "评分!H192"),
        ("no cell", "评分", None, "—"),
    ],
)
def test_a_source_is_sheet_and_cell(words, sheet, cell, said):
    """Short enough for a narrow column, and still what Excel would find."""
    row = {"source_sheet": sheet, "source_cell": cell}
    shown = place(row, "zh")

    assert getattr(shown, "text", shown) == said, words


def test_the_files_of_the_sheets_are_named():
    """Every file of the sources is named once, with its sheets."""
    items = pd.DataFrame(
        [("returns/甲.xlsx", "02 基本情况"), ("returns/甲.xlsx", "05 编制职数"),
         ("visits/一组.xlsx", "评分"), (None, None)], columns=["source_file", "source_sheet"],
    )  # fmt: skip

    said = files_note(items, voice()).text
    assert said == "来源为表和单元格：02–05在甲.xlsx，评分在一组.xlsx。"


def test_stated_scores_that_differ_are_counted():
    """How many were recomputed, how many could not be, and how many differ."""
    found = pd.DataFrame({"computed": [1.0, None, 3.0], "is_mismatch": [False, False, True]})

    said = stated_sentence(found, voice()).text
    assert "得分率3处，能按同一工作簿的明细重新计算的2处，不符1处" in said
    assert stated_sentence(found.head(0), voice()).text == "没有工作簿自带得分。"


@pytest.mark.parametrize(
    "words, levels, says",
    [("one rating", ["A"], "各环节的评定没有相互矛盾的。"),
     ("two that differ", ["A", "B"], "组内商定同一环节有不同的评定，按日期最晚、同日按后填的计")],
)
def test_ratings_at_odds_are_listed(words, levels, says):
    """A contradiction stands on the page with what counts; without any, the page says so."""
    rows = [{"dept_code": "DP01", "group_id": "G1", "indicator_id": "A09", "answer": "reported",
             "agreed": level} for level in levels]  # fmt: skip
    made = odds_part(make_review(visit_scores=rows), voice())

    assert says in made.text, words
