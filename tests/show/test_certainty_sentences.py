"""How sure we are, in words and in a picture: robust bands, hinges, and honest empty cases."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from review_by_hand import RUBRIC, make_review

from reviewlib.rubric import parse_rubric
from reviewlib.scoring import Robustness, score
from reviewlib.show.charts.certainty import intervals
from reviewlib.show.pages.certainty import certainty_part
from reviewlib.show.sentences.certainty import hinge_sentence, how_sentence, sure_sentence
from reviewlib.show.voice import Voice

BANDS = [{"id": "green", "zh": "到位", "en": "in place", "at_least": "90"},
         {"id": "yellow", "zh": "基本到位", "en": "largely", "at_least": "75"},
         {"id": "red", "zh": "整改", "en": "rectify", "at_least": "0"}]  # fmt: skip
MEASURES = {"A09": "rated_level", "A02": "entered_only"}
TABLE = parse_rubric(RUBRIC | {"bands": BANDS, "indicators": [
    item | {"measure": MEASURES[item["id"]]} for item in RUBRIC["indicators"]
]})  # fmt: skip


@cache
def voice(lang):
    return Voice.of(make_review(), lang)


def totals(*rows):
    """Return rows of `Robustness.totals`: code, total, low, high, band, share of the trials."""
    frame = pd.DataFrame(
        rows, columns=["dept_code", "total_shown", "low", "high", "band", "p_band"]
    )
    return frame.assign(mode="visit", is_robust=frame["p_band"] >= 0.9)


SURE = ("DP01", 95.0, 94.0, 96.0, "green", 1.0)
SHAKY = ("DP02", 89.6, 88.7, 90.5, "yellow", 0.73)


@pytest.mark.parametrize(
    "what, rows, zh, en",
    [
        ("nobody rated", [], "实地回访没有已评定的部门，谈不上稳妥与否。",
         "Visited departments: none is rated, so there is no band to be sure of."),
        ("nothing in doubt", [SURE], "实地回访已评定的1家部门，评定都是稳妥的。",
         "Visited departments: the bands of all 1 rated are robust."),
        ("one in doubt", [SURE, SHAKY], "实地回访已评定的2家部门中，1家的评定不稳妥：乙局。",
         "Visited departments: of 2 rated, the bands of 1 are not robust: 乙局."),
    ],
)  # fmt: skip
def test_robust_bands_are_counted_and_the_others_named(what, rows, zh, en):
    """Whose band is not robust is named; none is left out and none is ranked."""
    frame = totals(*rows)

    assert sure_sentence(frame, "visit", voice("zh")).text == zh, what
    assert sure_sentence(frame, "visit", voice("en")).text == en, what


def hinges(*rows):
    """Return rows of `scoring.hinges`: department, indicator, kind."""
    return pd.DataFrame(rows, columns=["dept_code", "indicator_id", "kind"], dtype="str")


@pytest.mark.parametrize(
    "what, rows, zh, en",
    [
        ("nothing hangs", [], "单位自评：没有部门的评定系于单项指标或一处缺项。",
         "Self-assessed departments: no band hangs on one indicator or one missing answer."),
        ("one indicator", [("DP01", "A02", "without")],
         "单位自评：1家的评定系于单项指标（不计该项，评定就不同）：甲局（A02）。",
         "Self-assessed departments: in 1 department the band hangs on one indicator (without it "
         "the band would differ): 甲局 (A02)."),
        ("either of two, any of three",
         [("DP01", "A02", "without"), ("DP01", "A09", "without"),
          *[("DP02", name, "without") for name in ("A01", "A02", "A03")]],
         "单位自评：2家的评定系于单项指标（不计该项，评定就不同）：甲局（A02或A09）、"
         "乙局（3项中任一项）。", None),
        ("a missing answer that could go both ways is named once",
         [("DP02", "D04", "full"), ("DP02", "D04", "nothing")],
         "单位自评：1家的评定系于一处缺项（补齐后评定可能不同）：乙局（D04）。", None),
        ("both", [("DP01", "A02", "without"), ("DP01", "D04", "nothing")],
         "单位自评：1家的评定系于单项指标（不计该项，评定就不同）：甲局（A02）；"
         "1家的评定系于一处缺项（补齐后评定可能不同）：甲局（D04）。", None),
    ],
)  # fmt: skip
def test_what_a_band_hangs_on(what, rows, zh, en):
    """Every department is named, with the indicators of which one alone is enough."""
    assert hinge_sentence(hinges(*rows), "self", voice("zh")).text == zh, what
    if en is not None:
        assert hinge_sentence(hinges(*rows), "self", voice("en")).text == en, what


@pytest.mark.parametrize(
    "what, varied, zh",
    [
        ("weights alone", ("weights",), "结论有多稳：各项权重上下浮动25%以内，重新计分500次"),
        ("missing answers too", ("weights", "missing"),
         "结论有多稳：各项权重上下浮动25%以内、缺项按不同口径处理，重新计分500次"),
        ("and severity", ("weights", "missing", "severity"),
         "结论有多稳：各项权重上下浮动25%以内、缺项按不同口径处理、组间尺度差异计入或不计入，"),
    ],
)  # fmt: skip
def test_only_what_was_varied_is_said_to_have_been(what, varied, zh):
    """The paragraph tells what the trials changed, how many there were, and what robust means."""
    told = how_sentence(Robustness(totals(), 500, 1, 0.25, 0.9, varied), voice("zh")).text

    assert told.startswith(zh), what
    assert "90%以上的试算维持原评定的为稳妥" in told


def test_the_picture_is_told_in_protocol_order():
    """Who cannot see it hears every department in the order given, with interval and share."""
    picture = intervals(totals(SHAKY, SURE), TABLE, voice("zh"), title="题")

    assert picture.png.startswith(b"\x89PNG") and picture.title == "题"
    assert picture.alt == "乙局89.6分（88.7–90.5），黄73%；甲局95.0分（94.0–96.0），绿100%"


@pytest.mark.parametrize("share, said", [(0.996, ">99%"), (1.0, "100%"), (0.001, "<1%")])
def test_almost_all_is_not_all(share, said):
    """A share of trials is rounded, but never to certainty."""
    frame = totals(SURE).assign(p_band=share)

    assert intervals(frame, TABLE, voice("zh"), title="t").alt.endswith(said)


def test_nobody_rated_is_said_without_a_picture():
    """Without a band there is nothing to be sure of, and the page says so."""
    review = replace(make_review(), rubric=TABLE)
    part = certainty_part(review, score(review), voice("zh"))

    assert "尚无已评定的部门，不作稳健性检验。" in part.text and "<img" not in part.html


def test_a_department_that_is_not_rated_is_named_under_the_picture():
    """The modes have a picture each; who is in neither is said."""
    visit = [{"dept_code": code, "group_id": group, "indicator_id": name, "answer": "reported",
              "scorer_1": "A", "scorer_2": "A", "agreed": "A", "num": 1, "den": 1}
             for code, group in (("DP01", "G1"), ("DP03", "G2")) for name in MEASURES]  # fmt: skip
    covers = [{"dept_code": code, "declared_code": code} for code in ("DP01", "DP03")]
    review = replace(make_review(covers=covers, visit_scores=visit), rubric=TABLE)
    scores = score(review)
    part = certainty_part(review, scores, voice("zh"))
    unrated = scores.totals.loc[scores.totals["band"] == "not_rated", "dept_code"].tolist()

    assert set(unrated) == {"DP02", "DP04"}
    assert "暂不评定的不在图中：乙局。" in part.text
    assert "单位自评没有已评定的部门" in part.text
    assert part.html.count("<img") == 1
