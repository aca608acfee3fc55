"""Ratings that contradict one another are listed; what counts stays declared."""

import pytest
from reviews_by_hand import CAME, make_review, only

from reviewlib.scoring import contradictions, rated_twice, score


def settled(stage, level, dated_on, **more):
    return {"dept_code": "DP01", "indicator_id": "A09", "stage": stage, "answer": "reported",
            "level": level, "role": "编办", "reason": "理由", "dated_on": dated_on} | more


VISIT = {"dept_code": "DP01", "group_id": "G1", "indicator_id": "A09", "answer": "reported",
         "agreed": "B", "scored_on": "2030-04-12"}  # fmt: skip


@pytest.mark.parametrize(
    "words, rows, expected, counts",
    [
        ("one after the other", [settled("moderated", "C", "2030-05-01"),
                                 settled("final", "B", "2030-05-09")], [], "B"),
        ("two moderations that differ", [settled("moderated", "C", "2030-05-01"),
                                         settled("moderated", "D", "2030-05-02")],
         [("moderated", "repeated")], "D"),
        ("the same said twice", [settled("moderated", "C", "2030-05-01"),
                                 settled("moderated", "C", "2030-05-02")], [], "C"),
        ("moderated before it was agreed", [settled("moderated", "C", "2030-04-01")],
         [("moderated", "backwards")], "C"),
        ("final before moderated", [settled("moderated", "C", "2030-05-09"),
                                    settled("final", "D", "2030-05-01")],
         [("final", "backwards")], "D"),
        ("a challenge left open", [settled("challenged", "A", "2030-05-01")],
         [("challenged", "open_challenge")], "B"),
        ("a challenge answered", [settled("challenged", "A", "2030-05-01"),
                                  settled("final", "B", "2030-05-02")], [], "B"),
        ("answered without a level", [settled("moderated", None, "2030-05-01")],
         [("moderated", "without_level")], "B"),
    ],
)  # fmt: skip
def test_contradictions(words, rows, expected, counts):
    """留痕自相矛盾的列出来，采用哪一次仍按公布的次序。"""
    review = make_review(rubric=only("A09"), covers=[CAME], visit_scores=[VISIT], moderations=rows)
    found = contradictions(review)
    assert list(zip(found["stage"], found["kind"], strict=True)) == expected
    assert score(review).items.set_index("dept_code").loc["DP01", "level"] == counts


@pytest.mark.parametrize(
    "words, first, second, counts",
    [
        ("the later day, written first", ("D", "2030-04-13"), ("A", "2030-04-12"), "D"),
        ("the later day, written last", ("D", "2030-04-11"), ("A", "2030-04-12"), "A"),
        ("the same day", ("D", "2030-04-12"), ("A", "2030-04-12"), "A"),
        ("one without a day", ("D", "2030-04-12"), ("A", None), "D"),
    ],
)
def test_a_rating_given_twice_is_one_rating(words, first, second, counts):
    """同组重复评定：按日期最晚、同日按后填的计，列为矛盾，一致性只算一项。"""
    rows = [VISIT | {"scorer_1": level, "scorer_2": "B", "agreed": level, "scored_on": day}
            for level, day in (first, second)]  # fmt: skip
    review = make_review(rubric=only("A09"), covers=[CAME], visit_scores=rows)
    assert score(review).items.set_index("dept_code").loc["DP01", "level"] == counts
    assert rated_twice(review)[["scorer_1", "scorer_2"]].values.tolist() == [[counts, "B"]]
    assert ("agreed", "repeated") in set(
        contradictions(review)[["stage", "kind"]].itertuples(index=False, name=None)
    )


def test_a_return_that_answers_twice_counts_by_its_first():
    """自评重复填报：按先填的计，并列为矛盾。"""
    own = {"dept_code": "DP01", "indicator_id": "A09", "answer": "reported"}
    review = make_review(rubric=only("A09"), covers=[CAME],
                         self_ratings=[own | {"level": "B"}, own | {"level": "D"}])  # fmt: skip
    found = contradictions(review)
    assert found[["stage", "kind"]].values.tolist() == [["self", "repeated_own"]]
    assert score(review).items.set_index("dept_code").loc["DP01", "self_share"] == 0.8


def test_two_groups_that_differ_are_no_contradiction():
    """别组的共同评定是对照，不是矛盾。"""
    rows = [VISIT, VISIT | {"group_id": "G2", "agreed": "D"}]
    assert contradictions(make_review(rubric=only("A09"), visit_scores=rows)).empty
