"""What if: the same review with one thing changed; and the scores that workbooks carry."""

import pandas as pd
import pytest
from reviews_by_hand import CAME, make_review, only

from reviewlib.errors import UsageError
from reviewlib.scoring import score
from reviewlib.scoring.audit import audit
from reviewlib.scoring.replay import replay

STAFF = {"from_dept": "DP02", "to_dept": "DP01", "reported_by": "gaining", "due_count": 50,
         "done_count": 40}  # fmt: skip


def visit(indicator_id="A02", **more):
    return {"dept_code": "DP01", "group_id": "G1", "indicator_id": indicator_id,
            "answer": "reported"} | more  # fmt: skip


def review_of(*ids, **frames):
    return make_review(rubric=only(*ids), covers=[CAME], **frames)


def two():
    """Return a review of two indicators of 50 points each: 0.8 and 1.0."""
    from reviewlib.rubric import parse_rubric

    raw = only("A02").model_dump()
    item = raw["indicators"][0] | {"weight": 50}
    extra = item | {"id": "B02", "measure": "leads_written"}
    return make_review(
        rubric=parse_rubric(raw | {"indicators": [item, extra]}), covers=[CAME],
        visit_scores=[visit(raw_value=0.8), visit("B02", raw_value=1.0)],
    )  # fmt: skip


def test_nothing_changed_nothing_differs():
    """没有改动，就没有差别。"""
    found = replay(two())
    assert (found.totals["change"].dropna() == 0).all()
    assert found.items.empty


@pytest.mark.parametrize(
    "words, change, total, band",
    [
        ("as it is", {}, 90.0, "green"),
        ("a weight", {"weights": {"A02": 150}}, 85.0, "yellow"),
        ("an answer", {"answers": {("DP01", "A02"): {"raw_value": 0.2}}}, 60.0, "red"),
        ("an answer taken away", {"answers": {("DP01", "A02"): {"answer": "not_applicable"}}},
         100.0, "green"),
        ("a missing answer after the deadline",
         {"answers": {("DP01", "A02"): {"answer": "not_reported"}}}, 50.0, "red"),
        ("and by another missing policy",
         {"answers": {("DP01", "A02"): {"answer": "not_reported"}},
          "missing_policy": {"after_deadline": "pending"}}, None, "not_rated"),
        ("and at an earlier date",
         {"answers": {("DP01", "A02"): {"answer": "not_reported"}},
          "as_of": pd.Timestamp("2030-04-10").date()}, None, "not_rated"),
    ],
)  # fmt: skip
def test_one_change(words, change, total, band):
    """改一个权重、一个答案、缺报口径或核算日，看总分和评定怎样变。"""
    row = replay(two(), **change).totals.set_index("dept_code").loc["DP01"]
    assert row["total_before"] == 90
    assert row["total_after"] == total if total else pd.isna(row["total_after"])
    assert row["band_after"] == band
    assert row["is_band_changed"] == (band != "green")


def test_the_items_that_changed_are_listed():
    """只列变动的指标。"""
    items = replay(two(), answers={("DP01", "A02"): {"raw_value": 0.2}}).items
    assert items["indicator_id"].tolist() == ["A02"]
    assert items[["share_before", "share_after"]].values.tolist() == [[0.8, 0.2]]


@pytest.mark.parametrize(
    "words, change",
    [
        ("an unknown indicator", {"weights": {"Z9": 1}}),
        ("an unknown department", {"answers": {("DP77", "A02"): {"num": 1}}}),
        ("an unknown field", {"answers": {("DP01", "A02"): {"share": 1}}}),
    ],
)
def test_unknown_changes_are_refused(words, change):
    """改动写错的，报错并说明。"""
    with pytest.raises(UsageError, match="没有这样的"):
        replay(two(), **change)


@pytest.mark.parametrize(
    "words, frames, what, stated, computed, is_mismatch",
    [
        ("a visit's points as its own numbers give",
         {"visit_scores": [visit(num=40, den=50, stated_points=80)]}, "points", 80, 80, False),
        ("within half a printed digit",
         {"visit_scores": [visit(num=1, den=3, stated_points=33.3)]}, "points", 33.3, 100 / 3,
         False),
        ("a visit's points that its numbers do not bear out",
         {"visit_scores": [visit(num=40, den=50, stated_points=95)]}, "points", 95, 80, True),
        ("a share the lists do not bear out",
         {"staff_transfers": [STAFF], "self_ratings": [{"indicator_id": "A02",
                                                        "stated_share": 1.0}]},
         "share", 1.0, 0.8, True),
        ("points without figures to recompute them",
         {"visit_scores": [visit(stated_points=95)]}, "points", 95, None, False),
        ("points of what the return did not report, although it counts as nought",
         {"self_ratings": [{"indicator_id": "A02", "answer": "not_reported",
                            "stated_points": 95}]}, "points", 95, None, False),
    ],
)  # fmt: skip
def test_audit(words, frames, what, stated, computed, is_mismatch):
    """工作簿自带的得分逐项重算，不符的标出，并指向那一格。"""
    row = audit(review_of("A02", **frames)).iloc[0]
    assert (row["what"], row["stated"], bool(row["is_mismatch"])) == (what, stated, is_mismatch)
    assert row["computed"] == pytest.approx(computed or float("nan"), nan_ok=True)
    assert row["source_cell"] == "A6"


def test_scores_that_are_known_need_not_be_made_again():
    """给了评分结果，核对的与不给时相同。"""
    review = review_of("A02", staff_transfers=[STAFF],
                       self_ratings=[{"indicator_id": "A02", "stated_share": 1.0}])  # fmt: skip
    pd.testing.assert_frame_equal(audit(review, score(review)), audit(review))


def test_scores_that_are_given_are_those_audited():
    """给了另一份评分结果，就按那一份核对。"""
    stated = [{"indicator_id": "A02", "stated_share": 1.0}]
    review = review_of("A02", staff_transfers=[STAFF], self_ratings=stated)
    whole = STAFF | {"done_count": STAFF["due_count"]}
    other = review_of("A02", staff_transfers=[whole], self_ratings=stated)

    assert audit(review)["computed"].tolist() == [0.8]
    assert audit(review, score(other))["computed"].tolist() == [1.0]


def test_nothing_stated_nothing_to_audit():
    """没有自带得分，就没有可核对的。"""
    assert audit(review_of("A02")).empty
