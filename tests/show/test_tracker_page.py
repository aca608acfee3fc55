"""The tracker page as markup: sections in order, honest when empty, Chinese marked in English."""

import re
from functools import cache

import pytest
from review_by_hand import make_review

from reviewlib.show.pages import tracker

PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄<b>工作</b>",
           "description": "描述", "nature": "particular", "resolution_level": "city",
           "severity": "high", "rectification_type": "deadline", "owner": "DP01",
           "found_on": "2030-04-10", "due_on": "2030-06-08", "status": "in_progress"}  # fmt: skip
TASK = {"task_id": "T-001", "problem_id": "P-01", "measure": "整改措施", "owner": "DP01",
        "rectification_type": "deadline", "start_on": "2030-05-31", "due_on": "2030-06-08",
        "status": "in_progress", "reopened_count": 1}  # fmt: skip
FULL = make_review(
    problems=[PROBLEM, PROBLEM | {"problem_id": "P-02", "status": "closed", "evidence_ref": "x",
                                  "verified_by_role": "科长", "closed_on": "2030-06-01"}],
    tasks=[TASK],
    followups=[{"task_id": "T-001", "reported_on": "2030-05-31", "progress_text": "推进"}],
    recommendations=[{"rec_id": "R-01", "strand": "duties", "text": "沟通", "lead_dept": "DP01",
                      "status": "adopted"}],
)  # fmt: skip


REVIEWS = {
    "full": FULL,
    "empty": make_review(),
    "named": FULL.with_frames(departments=FULL.departments.assign(name_en="Bureau")),
}


@cache
def page(which: str, lang: str) -> str:
    """Return every section of the page, one after another."""
    return "".join(
        getattr(tracker, key)(REVIEWS[which], lang=lang).html for key, *_ in tracker.OUTLINE.rows
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ["full", "empty"])
def test_every_section_is_there_in_order(which, lang):
    """An empty ledger has the same sections as a full one."""
    found = re.findall(r'<section class="[^"]*" id="([^"]+)"', page(which, lang))
    assert found == [key for key, *_ in tracker.OUTLINE.rows]


def test_red_and_yellow_come_first():
    """The answer is what is red and yellow; it is the first section."""
    assert tracker.OUTLINE.rows[0][0] == "attention"


def test_text_of_a_cell_is_never_markup():
    """Markup in a title is shown as text."""
    html = page("full", "zh")
    assert "老龄&lt;b&gt;工作" in html and "老龄<b>" not in html


def test_english_page_marks_what_stays_chinese():
    """Outside marked spans, an English page with English names holds no Chinese."""
    html = page("named", "en")
    unmarked = re.sub(r'<span lang="zh-CN">[^<]*</span>', "", html)
    assert "整改措施" in html
    assert re.findall(r"[\u4e00-\u9fff]+", unmarked) == []


def test_light_is_word_and_shape_and_colour():
    """A red light says so in three ways."""
    assert '<span class="rl-light rl-red"><span class="rl-shape" aria-hidden="true">■' in page(
        "full", "zh"
    )
