"""Findings are computed once for a review and its page, and never shared with another review."""

from datetime import date

import pandas as pd
from review_by_hand import make_review

from reviewlib import findings
from reviewlib.show.found import find


def test_the_same_question_is_answered_once():
    """Two sections that ask the same get the very same frame, equal to the finding itself."""
    review = make_review()

    assert find.problems(review, group="G1") is find.problems(review, group="G1")
    pd.testing.assert_frame_equal(
        find.coverage(review, "G1"), findings.coverage(review, "G1")
    )


def test_other_questions_and_other_reviews_have_their_own_answers():
    """Another group, another date, another review: nothing is remembered across."""
    review = make_review()
    first = find.coverage(review, group="G1")

    assert len(find.coverage(review, group="G2")) == 1 and len(first) == 2
    assert find.coverage(review.at(date(2030, 7, 1)), group="G1") is not first
    assert find.coverage(make_review(), group="G1") is not first


def test_a_changed_frame_is_seen_in_the_review_made_with_it():
    """What a session shows of another frame is asked of another review, which knows nothing yet."""
    review = make_review()
    before = find.coverage(review)

    fewer = review.with_frames(departments=review.departments.iloc[:1])
    assert len(find.coverage(fewer)) < len(before)
    assert find.coverage(review) is before


def test_what_is_not_asked_of_a_review_passes_through():
    """Constants and functions of frames are those of the room of findings."""
    assert find.FEWEST == findings.FEWEST
    assert find.totals(findings.problems(make_review()))["total"] == 0
