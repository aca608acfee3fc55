"""What is noted of what a page asks, where a process was told to watch."""

import datetime

import numpy as np
import pandas as pd
import pytest
from review_by_hand import make_review

from reviewlib.findings import problems
from reviewlib.review import grounds, memory
from reviewlib.show.found import find

ROSTER = "frame departments"


@pytest.fixture(autouse=True)
def a_process_of_its_own(monkeypatch):
    """Let each test begin as a report process does, and leave nothing behind."""
    for name, value in (
        ("_looked_at", set()), ("_answered", {}), ("_watched", ()), ("_is_complete", True),
    ):  # fmt: skip
        monkeypatch.setattr(grounds, name, value)
    for name, value in (("_kept", {}), ("_is_on", True)):
        monkeypatch.setattr(memory, name, value)


def told(*asking, watched=None) -> list[str] | None:
    """Return what is noted while questions are asked of a review that is watched."""
    review = watched or make_review()
    grounds.watch(review)
    for ask in asking:
        ask(review)
    found = grounds.grounds()
    return found and [*found.looked_at] + [
        "|".join((kind, name, str(dict(given)), *looked_at))
        for (kind, name, given), _, looked_at in found.answers
    ]


@pytest.mark.parametrize(
    ("what", "ask", "expected"),
    [
        ("a frame as an attribute", lambda review: review.departments, [ROSTER]),
        ("a frame by its name", lambda review: review.frames["departments"], [ROSTER]),
        ("twice is once", lambda review: (review.departments, review.departments), [ROSTER]),
        ("the input files", lambda review: list(review.inputs), ["inputs inputs"]),
        ("settings go with every page", lambda review: review.settings.as_of, []),
        ("a frame of a review at another date",
         lambda review: review.at(datetime.date(2030, 7, 1)).departments, [ROSTER]),
    ],
)  # fmt: skip
def test_what_is_looked_up_is_noted(what, ask, expected):
    """Each frame once, whichever way it is come by."""
    assert told(ask) == expected, what


def test_a_finding_is_noted_with_what_it_looked_at():
    """Not the frames by themselves: they were asked for on the way."""
    (line,) = told(lambda review: find.opinions(review, department="DP01"))

    assert line.startswith("finding|opinions|{'department': 'DP01'}|")
    assert {"frame opinions", "frame departments"} <= set(line.split("|"))
    assert "frame issues" not in line


def test_an_answer_that_was_kept_tells_what_it_looked_at_all_the_same():
    """Asked first on the way to another answer, or before anybody watched."""
    (alone,) = told(find.problems)
    assert "frame problems" in alone.split("|")
    assert alone in told(find.city_matters, find.problems)
    known = make_review()
    find.problems(known)
    assert told(find.problems, watched=known) == [alone]


def test_a_whole_that_others_narrow_down_is_noted_by_its_own_name():
    """Findings asked past `find` rest on it, and on the frames they look at themselves."""
    lines = told(lambda review: problems(review, department="DP01"))

    assert {line.split("|")[0] for line in lines if "|" in line} == {"whole"}
    assert ROSTER in lines


@pytest.mark.parametrize(
    ("what", "ask"),
    [
        ("another review", lambda review: make_review().departments),
        ("frames that were replaced", lambda review: review.with_frames().tasks),
        ("an argument that is no name",
         lambda review: grounds.note(review, "finding", "need", 1, {"limits": 3}, ["x"])),
    ],
)  # fmt: skip
def test_where_grounds_are_not_wholly_known_there_are_none(what, ask):
    """Such a page is made every time."""
    assert told(lambda review: review.departments, ask) is None, what


def test_nobody_watches_an_analyst():
    """Without `watch` nothing is noted."""
    find.problems(make_review())

    assert grounds.grounds() is None


@pytest.mark.parametrize("kind", [np.array, pd.Index, tuple])
def test_two_long_answers_that_differ_in_the_middle_are_told_apart(kind):
    """All of an answer counts, also what is left out where it is written in short."""
    zeros = [0.0] * 2000
    other = [*zeros[:1000], 1.0, *zeros[1001:]]

    assert grounds.fingerprint_of(kind(zeros)) == grounds.fingerprint_of(kind(zeros))
    assert grounds.fingerprint_of(kind(zeros)) != grounds.fingerprint_of(kind(other))
