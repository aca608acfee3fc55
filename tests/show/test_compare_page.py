"""Two rounds compared, as a page: sections in order, true sentences, honest when empty."""

import re

import pandas as pd
import pytest
from review_by_hand import make_review

from reviewlib.ledger import compare
from reviewlib.scoring import Scores
from reviewlib.show.compare_text import comparison_text
from reviewlib.show.pages import compare as page

LATER = {"cutoff_on": "2031-03-31", "as_of": "2031-06-30"}
PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄<b>工作</b>", "owner": "DP01",
           "found_on": "2030-04-10", "due_on": "2030-06-08", "status": "in_progress",
           "rectification_type": "deadline"}  # fmt: skip
CLOSED = {"status": "closed", "evidence_ref": "文1", "verified_by_role": "科长",
          "closed_on": "2030-06-20"}  # fmt: skip


def scored(*bands: tuple) -> Scores:
    """Scores with (department, mode, band) and no indicators."""
    totals = [{"dept_code": code, "mode": mode, "band": band, "total_shown": 90.0, "coverage": 1.0}
              for code, mode, band in bands]  # fmt: skip
    columns = ["dept_code", "mode", "indicator_id", "status", "share"]
    return Scores(pd.DataFrame(columns=columns),
                  pd.DataFrame(totals, columns=["dept_code", "mode", "band", "total_shown",
                                                "coverage"]), *[None] * 5)  # fmt: skip


def compared(old=(), new=(), before=(), after=()):
    """A comparison, its later review and its earlier one."""
    earlier, later = make_review(problems=list(old)), make_review(LATER, problems=list(new))
    return compare(earlier, later, scored(*before), scored(*after)), later, earlier


FULL = compared(
    old=[PROBLEM | CLOSED], new=[PROBLEM | {"found_on": "2031-04-10", "due_on": "2031-09-01"}],
    before=[("DP01", "visit", "yellow"), ("DP02", "visit", "green"), ("DP04", "self", "green")],
    after=[("DP01", "visit", "green"), ("DP02", "self", "green"), ("DP04", "self", "green")],
)  # fmt: skip
EMPTY = compared()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rounds", [FULL, EMPTY], ids=["full", "empty"])
def test_every_section_is_there_in_order(rounds, lang):
    """Two empty rounds have the same sections as two full ones."""
    comparison, later, earlier = rounds
    also = {"departments": (earlier,), "limits": (earlier,)}
    html = "".join(
        getattr(page, key)(comparison, later, *also.get(key, ()), lang=lang).html
        for key, *_ in page.OUTLINE.rows
    )

    assert re.findall(r'<section class="[^"]*" id="([^"]+)"', html) == [
        key for key, *_ in page.OUTLINE.rows]  # fmt: skip
    assert "<b>工作" not in html


@pytest.mark.parametrize(
    ("case", "rounds", "lang", "said"),
    [
        ("one came back", FULL, "zh", "上轮已销号的问题有1项再现，另有0项持续存在。"),
        ("one came back", FULL, "en",
         "1 problem closed in the earlier round came back; 0 more persist."),
        ("nothing at all", EMPTY, "zh", "上轮的问题没有再现或持续存在的。"),
        ("bands", FULL, "zh", "评定：2家可比部门中，1家上升、0家下降、1家未变。"),
        ("no department", EMPTY, "zh", "评定：没有可比的部门。"),
        ("limits", FULL, "zh", "1家部门的评定和0项得分率不作对比，原因逐一注明。"),
        ("no limits", EMPTY, "en", "Everything can be compared."),
        ("why not", FULL, "zh", "乙局　回访方式不同"),
        ("which came back", FULL, "zh", "已销号后再现　P-01 → P-01　老龄<b>工作</b>"),
    ],
)  # fmt: skip
def test_the_terminal_says_what_the_page_says(case, rounds, lang, said):
    """Each sentence is true of what was compared."""
    comparison, later, _ = rounds

    assert said in comparison_text(comparison, later, lang).splitlines()


def test_modes_stand_apart():
    """Visited and self-assessed departments are never in one table."""
    comparison, later, _ = FULL
    html = page.bands(comparison, later, lang="zh").html

    assert html.count("<table") == 2


def test_the_head_names_both_dates():
    """Both rounds are named with the date of their facts."""
    _, later, earlier = FULL
    html = page.head(later, earlier, lang="zh").html

    assert "2030年3月31日" in html and "2031年3月31日" in html
    assert html.count("<h1") == 1


def test_departments_that_ended_are_named_as_the_earlier_roster_names_them():
    """A department nobody follows is in a sentence, not a row of dashes."""
    roster = [{"dept_code": "DP01", "short_name": "甲局", "protocol_order": 1, "mode": "visit"},
              {"dept_code": "DP09", "short_name": "旧办", "protocol_order": 9, "mode": "self"}]
    earlier, later = make_review(departments=roster), make_review(LATER, departments=roster[:1])
    comparison = compare(earlier, later, scored(), scored())
    html = page.departments(comparison, later, earlier, lang="zh").html

    assert "本轮未列入名册的1家：旧办。" in html and "<table" not in html
