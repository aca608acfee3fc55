"""Agreement of scorers on the method page: counts, statistics, a plain word, honest empty cases."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from review_by_hand import RUBRIC, make_review

from reviewlib.rubric import parse_rubric
from reviewlib.scoring import score
from reviewlib.show.pages.agreement import agreement_part
from reviewlib.show.sentences.agreement import agreement_sentence, apart_sentence, reading
from reviewlib.show.voice import Voice

MEASURES = {"A09": "rated_level", "A02": "entered_only"}
LEVELS = [{"id": one, "share": share} for one, share in zip("ABC", ("1", "0.8", "0.6"),
                                                            strict=True)]  # fmt: skip
WORDED = {"kind": "level", "levels": [{"id": one, "zh": "好", "en": "good"} for one in "ABC"]}
SCALES = {"A09": {"scale": WORDED}, "A02": {}}
TABLE = parse_rubric(RUBRIC | {"levels": LEVELS, "indicators": [
    item | {"measure": MEASURES[item["id"]]} | SCALES[item["id"]] for item in RUBRIC["indicators"]
]})  # fmt: skip


@cache
def voice(lang):
    return Voice.of(make_review(), lang)


def agreement(*rows):
    """Return rows of `scorer_agreement`: items, alike, two or more apart, kappa."""
    return pd.DataFrame(rows, columns=["item_count", "same_count", "apart_count", "kappa"])


@pytest.mark.parametrize(
    "what, rows, zh, en",
    [
        ("no ratings twice", [(0, 0, 0, None)],
         "没有由两人分别评定的等次，评分人是否一致无从核对。",
         "No level was given by two scorers, so whether they agree cannot be checked."),
        ("enough in both groups", [(32, 30, 0, 0.8), (18, 17, 1, 0.9)],
         "由两人分别评定等次的共50项，一致47/50（94.0%），相差两级以上1项。",
         "50 level items were rated by two scorers: alike 47 of 50 (94.0%), two or more levels "
         "apart 1."),
        ("a group with few", [(32, 30, 0, 0.8), (8, 8, 0, None)],
         "由两人分别评定等次的共40项，一致38/40（95.0%），相差两级以上0项。"
         "双评不足10项的组不列区间，系数不宜作判断。", None),
        ("one group, one item", [(1, 1, 0, None)],
         "由两人分别评定等次的共1项，一致1/1（100.0%），相差两级以上0项。"
         "双评不足10项的组不列区间，系数不宜作判断。",
         "1 level item was rated by two scorers: alike 1 of 1 (100.0%), two or more levels apart "
         "0. A group with fewer than 10 such items has no interval, and is not judged."),
    ],
)  # fmt: skip
def test_counts_come_before_coefficients(what, rows, zh, en):
    """How many were rated twice and how many alike; a group with few is not judged."""
    frame = agreement(*rows)

    assert agreement_sentence(frame, voice("zh")).text == zh, what
    if en is not None:
        assert agreement_sentence(frame, voice("en")).text == en, what


@pytest.mark.parametrize(
    "what, count, kappa, zh",
    [
        ("nothing rated twice", 0, None, "没有双评"),
        ("nine items", 9, 0.95, "项数太少，不作判断"),
        ("all levels alike", 20, None, "等次全都相同，系数无从计算"),
        ("above 0.8", 10, 0.81, "高度一致"),
        ("0.8 itself", 10, 0.8, "较为一致"),
        ("0.6 itself", 10, 0.6, "一般"),
        ("0.4 itself", 10, 0.4, "较差"),
        ("worse than chance", 10, -0.3, "较差"),
    ],
)  # fmt: skip
def test_a_coefficient_has_a_word(what, count, kappa, zh):
    """From ten items on a word says what kappa means; before, that it means nothing."""
    assert reading({"item_count": count, "kappa": kappa}, voice("zh")).text == zh, what


@pytest.mark.parametrize(
    "what, has_reason, zh",
    [("none far apart", [], ""), ("all explained", [True, True], ""),
     ("one without a reason", [True, False], "其中1项没有写明理由，应补写。")],
)  # fmt: skip
def test_two_levels_apart_need_a_reason(what, has_reason, zh):
    """Only what has no reason is asked for."""
    frame = pd.DataFrame({"has_reason": pd.Series(has_reason, dtype=bool)})

    assert apart_sentence(frame, voice("zh")).text == zh, what


def part(pairs, lang="zh"):
    """Return the part of the page where these departments have A09 rated so."""
    rows = [
        {"dept_code": code, "group_id": group, "indicator_id": "A09", "answer": "reported",
         "scorer_1": one, "scorer_2": two, "agreed": one}
        for code, group, one, two in pairs
    ]  # fmt: skip
    review = replace(make_review(visit_scores=rows), rubric=TABLE)
    return agreement_part(review, score(review), voice(lang))


def test_items_far_apart_are_listed_with_both_levels():
    """The page names department, indicator, both levels, and that a reason is owed."""
    made = part([("DP01", "G1", "A", "C"), ("DP03", "G2", "A", "A")])

    assert "相差两级以上1项" in made.text and "其中1项没有写明理由" in made.text
    assert "A / C" in made.text and "A09 融合程度" in made.text and made.html.count("<table") == 2


def test_nothing_rated_twice_has_no_table():
    """A sentence stands where there is nothing to show."""
    made = part([])

    assert "评分人是否一致无从核对" in made.text and "<table" not in made.html
