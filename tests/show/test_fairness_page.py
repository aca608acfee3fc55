"""What the pages say of the visit groups: not compared, or by how much each is the milder."""

import re
from dataclasses import replace
from functools import cache

import pytest
from pages_by_hand import words_of
from review_by_hand import RUBRIC, make_review

from reviewlib import show
from reviewlib.rubric import parse_rubric
from reviewlib.scoring import score
from reviewlib.show.pages.annexes import annexes
from reviewlib.show.tables.severity import raw_and_adjusted_table, severity_table
from reviewlib.show.voice import Voice

ROSTER = [
    {"dept_code": f"DP{n:02d}", "short_name": f"{n}局", "protocol_order": n, "mode": "visit",
     "group_id": "G1" if n <= 3 else "G2", "change_type": "merged"}
    for n in range(1, 7)
]  # fmt: skip
ENTERED = {"A09": "rated_level", "A02": "entered_only"}
TABLE = parse_rubric(RUBRIC | {
    "coverage_min": 0,
    "indicators": [item | {"measure": ENTERED[item["id"]]} for item in RUBRIC["indicators"]],
})  # fmt: skip
RETURNED = [{"dept_code": one["dept_code"], "declared_code": one["dept_code"]} for one in ROSTER]
COMMON = ("DP01", "DP02", "DP04", "DP05")
GAVE = {"G1": (96, 90, 82, 74, 80), "G2": (90, 83, 77, 67, 72)}
"""What each group gave the common departments, and last another of its own."""


def rows(common):
    """Return rates of A02 by both groups in the common departments, else by the own group."""
    told = {(group, code): rate for group, rates in GAVE.items()
            for code, rate in zip(common, rates, strict=False)}  # fmt: skip
    own = {(one["group_id"], one["dept_code"]): GAVE[one["group_id"]][-1] for one in ROSTER}
    return [
        {"group_id": group, "dept_code": code, "indicator_id": "A02", "answer": "reported",
         "num": rate, "den": 100}
        for (group, code), rate in (own | told).items()
    ]  # fmt: skip


@cache
def rated(common, is_applied=False, is_score_shown=False):
    """Return a review whose groups rated these departments in common, and its scores."""
    settings = {"fairness": {"is_severity_applied": is_applied},
                "feedback": {"is_score_shown": is_score_shown}}  # fmt: skip
    review = make_review(settings, departments=ROSTER, visit_scores=rows(common), covers=RETURNED)
    review = replace(review, rubric=TABLE)
    return review, score(review)


def said_of(review, scores, lang="zh"):
    """Return the words of every part in which groups are spoken of."""
    return words_of([
        show.method.fairness(review, scores, lang=lang),
        show.group.assessment(review, scores, group="G1", lang=lang),
        *annexes(review, scores, lang),
    ])  # fmt: skip


@pytest.mark.parametrize(
    "words, common, lang, says, never",
    [
        ("no department in common", (), "zh", "只能组内比较", "共同评定了|调整后"),
        ("no department in common", (), "en", "compare within a group only", "Adjusted"),
        ("four in common", COMMON, "zh", "各组共同评定了4个部门", "评的是不同的部门|只能组内比较"),
        ("four in common", COMMON, "en", "rated 4 departments in common",
         "different departments|within a group only"),
        ("two in common", COMMON[:2], "zh", "最少的组只有2个，少于3个", "评的是不同的部门|调整后"),
    ],
)  # fmt: skip
def test_no_page_says_of_groups_what_is_not_so(words, common, lang, says, never):
    """Linked groups are not called unlinked on any page, nor the other way round."""
    told = said_of(*rated(common), lang)

    assert told.count(says) == 3, words  # method, group and annexes say the same
    assert not re.search(never, told), words


@pytest.mark.parametrize(
    "words, is_applied, says",
    [("not declared", False, "本报告采用原始分"), ("declared", True, "本报告采用调整后的分")],
)
def test_raw_and_adjusted_stand_side_by_side(words, is_applied, says):
    """Raw score, adjustment, error and adjusted score of a department are in one row."""
    review, scores = rated(COMMON, is_applied)
    made = raw_and_adjusted_table(review, scores.totals, Voice.of(review, "zh"))
    cells = re.search(r"1局</th>(.*?)</tr>", made.html)[1]

    told = re.sub("<[^>]+>", " ", cells).split()
    raw, moved, _, after = (float(one.replace("−", "-")) for one in told if re.search(r"\d", one))
    assert raw == scores.totals["raw_total_shown"][0], words
    assert after == pytest.approx(raw + moved, abs=0.11)  # each is rounded
    assert moved < 0  # the milder group gives something back
    assert says in made.text


@pytest.mark.parametrize("common", [(), COMMON[:2]], ids=["none in common", "two in common"])
def test_without_enough_in_common_there_is_no_table(common):
    """Nothing that looks like a severity is shown where none can be told."""
    review, scores = rated(common)
    voice = Voice.of(review, "zh")

    assert not severity_table(review, voice)
    assert not raw_and_adjusted_table(review, scores.totals, voice)


@pytest.mark.parametrize(
    "words, is_applied, is_score_shown, says",
    [
        ("nothing is adjusted", False, True, ""),
        ("the score is shown", True, True,
         r"得分已按各回访组的尺度差异调整−\d\.\d分，原始分\d+\.\d。"),
        ("only the band is shown", True, False, "评定已按各回访组的尺度差异作了调整。"),
    ],
)
def test_a_department_is_told_that_its_score_was_adjusted(words, is_applied, is_score_shown, says):
    """The sheet of a department hides no adjustment."""
    review, scores = rated(COMMON, is_applied, is_score_shown)
    told = show.department.verdict(review, scores, department="DP01", lang="zh").text

    assert bool(re.search(says, told)), words
    assert ("尺度差异" in told) == bool(says)
