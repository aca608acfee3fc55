"""How sure a band is: what the draws vary, what they leave alone, what a band hangs on."""

import sys

import pandas as pd
import pytest
from reviews_by_hand import CAME, make_review, sample_rubric

from reviewlib.rubric import parse_rubric
from reviewlib.scoring import score
from reviewlib.scoring.hinges import hinges
from reviewlib.scoring.robustness import robustness

OFFICE = [{"dept_code": "DP01", "short_name": "甲局", "protocol_order": 1, "mode": "visit",
           "group_id": "G1", "change_type": "duties_in", "side": "party"}]  # fmt: skip


def rubric_of(*ids):
    """Return the sample's rubric with some indicators of equal weight under one node."""
    raw = sample_rubric().model_dump()
    items = [item | {"parent": "A", "weight": 100 / len(ids), "applies": ()}
             for item in raw["indicators"] if item["id"] in ids]  # fmt: skip
    nodes = [raw["nodes"][0] | {"weight": 100}]
    return parse_rubric(raw | {"indicators": items, "nodes": nodes, "coverage_min": 0})


def rated(**shares):
    """Return visit rows that give each indicator a share; None for insufficient evidence."""
    return [
        {"dept_code": "DP01", "group_id": "G1", "indicator_id": name,
         "answer": "insufficient" if share is None else "reported", "raw_value": share}
        for name, share in shares.items()
    ]  # fmt: skip


def of(rows, ids=("A02", "B02"), adjustments=(), **options):
    review = make_review(departments=OFFICE, covers=[CAME], rubric=rubric_of(*ids),
                         visit_scores=rows, adjustments=list(adjustments))  # fmt: skip
    scores = score(review)
    return robustness(review, scores, **({"draws": 2000} | options)), review, scores


def test_where_all_shares_are_alike_weights_change_nothing():
    """同分项之间怎样加权都一样。"""
    row = of(rated(A02=0.8, B02=0.8))[0].totals.iloc[0]
    assert (row["low"], row["median"], row["high"]) == (80, 80, 80)
    assert (row["p_yellow"], bool(row["is_robust"])) == (1, True)


def test_draws_stay_within_what_the_weights_allow():
    """权重上下浮动四分之一，总分不会越出两端。"""
    row = of(rated(A02=1, B02=0.5))[0].totals.iloc[0]
    lowest, highest = 100 * (0.75 + 0.625) / 2, 100 * (1.25 + 0.375) / 2
    assert lowest < row["low"] < row["median"] < row["high"] < highest
    assert row["median"] == pytest.approx(75, abs=0.5)
    assert row["p_yellow"] == pytest.approx(0.5, abs=0.05)
    assert not row["is_robust"]


def test_no_spread_no_change():
    """不浮动就没有差别。"""
    row = of(rated(A02=1, B02=0.5), spread=0)[0].totals.iloc[0]
    assert (row["low"], row["high"], row["p_band"]) == (75, 75, 1)


def test_missing_answers_are_drawn_by_policy():
    """证据不足的一项：照口径计、不计、计零，各占三分之一。"""
    found, *_ = of(rated(A02=1, C11=None), ids=("A02", "C11"), spread=0)
    row = found.totals.iloc[0]
    assert found.varied == ("weights", "missing")
    assert row["total_shown"] == 65  # lowest level: (1 + 0.3) / 2
    assert row["p_green"] == pytest.approx(1 / 3, abs=0.04)  # left out: 100
    assert row["p_red"] == pytest.approx(2 / 3, abs=0.04)  # 65 and 50


def test_the_same_seed_gives_the_same_figures():
    """同一种子两次一样，不同种子不一样。"""
    first, again = (of(rated(A02=1, B02=0.5), seed=7)[0].totals for _ in range(2))
    other = of(rated(A02=1, B02=0.5), seed=8)[0].totals
    pd.testing.assert_frame_equal(first, again)
    assert first["p_yellow"].item() != other["p_yellow"].item()


def test_pieces_make_the_whole(monkeypatch):
    """分块计算与一次算完一致。"""
    whole = of(rated(A02=1, B02=0.5))[0].totals
    monkeypatch.setattr(sys.modules["reviewlib.scoring.robustness"], "CHUNK", 100)
    pd.testing.assert_frame_equal(of(rated(A02=1, B02=0.5))[0].totals, whole)


def test_bars_and_deductions_are_facts():
    """扣分和限档不参与浮动。"""
    barred = {"dept_code": "DP01", "item_id": "K01", "count": 1, "reason": "擅设"}
    row = of(rated(A02=1, B02=1), adjustments=[barred])[0].totals.iloc[0]
    assert (row["low"], row["high"], row["p_green"], row["p_yellow"]) == (98, 98, 0, 1)


def test_departments_that_are_not_rated_are_left_out():
    """暂不评定的部门没有区间。"""
    review = make_review(departments=OFFICE, covers=[], rubric=rubric_of("A02"))
    assert robustness(review, score(review), draws=10).totals.empty


def test_a_trial_zero_is_no_fault_of_the_inputs():
    """几何平均不许有零时，试算里的零使总分为零，不算输入有误。"""
    raw = rubric_of("A02", "C11").model_dump()
    raw["nodes"] = [raw["nodes"][0] | {"aggregation": "geometric"}]
    waiting = {"dept_code": "DP01", "group_id": "G1", "indicator_id": "C11", "answer": "reported",
               "scorer_1": "A", "scorer_2": "B"}  # fmt: skip
    rows = [*rated(A02=0.9), waiting]
    review = make_review(departments=OFFICE, covers=[CAME], visit_scores=rows,
                         rubric=parse_rubric(raw))  # fmt: skip
    scores = score(review)
    found = hinges(review, scores)
    assert scores.totals["total_shown"].item() == 90
    nothing = found[found["kind"] == "nothing"].iloc[0]
    assert (nothing["other_total_shown"], nothing["other_band"]) == (0, "red")
    assert robustness(review, scores, draws=100).totals["low"].item() == 0


@pytest.mark.parametrize(
    "words, rows, expected",
    [
        ("left out, a weak item lifts the band", rated(A02=1, B02=0.4), [
            ("A02", "without", 40.0, "red"), ("B02", "without", 100.0, "green")]),
        ("nothing hangs on one of two alike", rated(A02=0.8, B02=0.8), []),
        ("a missing answer may decide", rated(A02=0.9, C11=None), [
            ("A02", "without", 30.0, "red"), ("C11", "full", 95.0, "green"),
            ("C11", "nothing", 45.0, "red")]),
    ],
)  # fmt: skip
def test_hinges(words, rows, expected):
    """评定档系于一项：去掉某项、或缺项补齐后会变档的，逐项列出。"""
    ids = tuple(row["indicator_id"] for row in rows)
    _, review, scores = of(rows, ids=ids)
    frame = hinges(review, scores)
    frame = frame[frame["band"] != frame["other_band"]]
    told = frame[["indicator_id", "kind", "other_total_shown", "other_band"]]
    here = scores.totals["band"].item()
    wanted = [row for row in expected if row[3] != here]
    assert [tuple(row) for row in told.values.tolist()] == wanted
