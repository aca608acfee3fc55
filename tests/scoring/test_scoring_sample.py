"""The measures against the sample's own clerk, who counts every list by hand."""

import sys
from pathlib import Path

import pytest

from reviewlib import schema
from reviewlib.review import Review, empty_frames, read_settings
from reviewlib.rubric import load_rubric
from reviewlib.scoring import score
from reviewlib.scoring.claims import return_claims

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"


@pytest.fixture(scope="module")
def truth():
    """Return the sample as it would be read from clean workbooks, and the clerk's fractions."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        from sample.measures import ratios
        from sample.truth import truth
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    frames = {name: schema.frame_of(name, rows) for name, rows in truth().items()}
    review = Review(name="truth", settings=read_settings(SAMPLE), inputs={},
                    rubric=load_rubric(SAMPLE / "rubric.toml"), frames=empty_frames() | frames)
    return review, {code: ratios(frames, code) for code in frames["covers"]["dept_code"]}


def test_every_fraction_is_the_clerks(truth):
    """Wherever the clerk counts a numerator and a denominator, the measure counts the same."""
    review, by_hand = truth
    claims = return_claims(review).set_index(["dept_code", "indicator_id"])
    found = {
        (code, name): tuple(claims.loc[(code, name), ["num", "den"]])
        for code, pairs in by_hand.items() for name in pairs
    }  # fmt: skip
    expected = {(code, name): pair for code, pairs in by_hand.items()
                for name, pair in pairs.items()}  # fmt: skip
    assert len(expected) > 300
    assert found == expected


def test_the_sample_is_scored_whole(truth):
    """Every department has its 31 items, contributions add up, and bands follow the rubric's."""
    review, _ = truth
    scores = score(review)
    assert len(scores.items) == len(review.departments) * len(review.rubric.indicators)
    rated = scores.totals[scores.totals["band"] != "not_rated"]
    for row in rated.itertuples():
        trace = scores.trace(row.dept_code)
        assert trace["contribution"].sum() == pytest.approx(row.base)
        gained = (trace["weight"] * trace["share"]).sum()
        assert 100 * gained / row.weight_scored == pytest.approx(row.base)
    assert set(scores.totals["band"]) <= {*(b.id for b in review.rubric.bands), "not_rated"}


def test_visited_and_self_assessed_are_told_apart(truth):
    """Mode and group stand beside every score."""
    review, _ = truth
    scores = score(review)
    roster = review.departments.set_index("dept_code")
    for frame in (scores.items, scores.totals, scores.dimensions, scores.aspects):
        assert (frame["mode"] == frame["dept_code"].map(roster["mode"])).all()
        assert frame["group_id"].isna().equals(frame["mode"] == "self")
