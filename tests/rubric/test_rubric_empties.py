"""The kinds of empty, coverage and the threshold, and when a missing input counts."""

import pandas as pd
import pytest
from rubrics_by_hand import LEVEL, indicator, inputs_of, make_rubric

from reviewlib.rubric import score_units


@pytest.fixture(scope="module")
def rubric():
    """Four indicators of 40, 30, 20 and 10 points; the last is rated by level."""
    return make_rubric(
        [indicator("W", 40), indicator("X", 30), indicator("Y", 20),
         indicator("L", 10, scale=LEVEL)]
    )  # fmt: skip


def totals_of(rubric, told, **options):
    return score_units(rubric, inputs_of(U=told), **options).totals.iloc[0]


FULL = {"W": 1, "X": 1, "Y": 1, "L": "A"}


@pytest.mark.parametrize(
    "words, told, past, status, applicable, scored, base",
    [
        ("reported", {"Y": 0.5}, False, "scored", 100, 100, 90),
        ("zero is reported", {"Y": (0, 4)}, False, "scored", 100, 100, 80),
        ("not applicable leaves both sides", {"Y": "not_applicable"}, False, "not_applicable",
         80, 80, 100),
        ("a denominator of 0 does not apply", {"Y": (0, 0)}, False, "not_applicable", 80, 80, 100),
        ("pending lowers the coverage only", {"Y": "pending"}, False, "pending", 100, 80, 100),
        ("missing before the deadline is pending", {"Y": "not_reported"}, False, "pending",
         100, 80, 100),
        ("missing after the deadline scores 0", {"Y": "not_reported"}, True, "unreported",
         100, 100, 80),
        ("reported without a number is missing", {"Y": float("nan")}, True, "unreported",
         100, 100, 80),
        ("waiting for the city leaves both sides", {"Y": "pending_city"}, True, "pending_city",
         80, 80, 100),
        ("insufficient evidence scores nothing of a ratio", {"Y": "insufficient"}, False,
         "insufficient", 100, 100, 80),
    ],
)  # fmt: skip
def test_kinds_of_empty(rubric, words, told, past, status, applicable, scored, base):
    """Each kind of empty is kept apart and counts where it should."""
    scores = score_units(rubric, inputs_of(U=FULL | told), is_deadline_past=past)
    item = scores.items.set_index("indicator_id").loc["Y"]
    row = scores.totals.iloc[0]
    assert item["status"] == status
    assert (row["weight_applicable"], row["weight_scored"]) == (applicable, scored)
    assert row["base"] == pytest.approx(base)


def test_insufficient_evidence_scores_the_lowest_level(rubric):
    """On a level item, insufficient evidence is worth level D and labelled."""
    scores = score_units(rubric, inputs_of(U=FULL | {"L": "insufficient"}))
    item = scores.items.set_index("indicator_id").loc["L"]
    assert (item["status"], item["share"]) == ("insufficient", 0.3)


def test_a_pair_without_a_row_is_missing(rubric):
    """An indicator that no row names is not reported, and never silently full."""
    rows = inputs_of(U={"W": 1, "X": 1, "Y": 1})
    assert score_units(rubric, rows).totals["coverage"].item() == pytest.approx(0.9)
    assert score_units(rubric, rows, is_deadline_past=True).totals["base"].item() == 90


@pytest.mark.parametrize(
    "words, told, coverage, band",
    [
        ("80% exactly is enough", {"Y": "pending"}, 0.8, "green"),
        ("less is not rated", {"X": "pending"}, 0.7, "not_rated"),
        ("what does not apply does not count against", {"X": "not_applicable", "L": "pending"},
         60 / 70, "green"),
        ("too little of what applies", {"W": "not_applicable", "Y": "pending"}, 40 / 60,
         "not_rated"),
        ("nothing applies", dict.fromkeys(FULL, "not_applicable"), None, "not_rated"),
        ("nothing came", dict.fromkeys(FULL, "pending"), 0.0, "not_rated"),
    ],
)
def test_coverage_and_its_threshold(rubric, words, told, coverage, band):
    """Below 0.80 a unit is not rated, and no total is shown for it."""
    row = totals_of(rubric, FULL | told)
    expected = float("nan") if coverage is None else coverage
    assert row["coverage"] == pytest.approx(expected, nan_ok=True)
    assert row["band"] == band
    assert pd.isna(row["total_shown"]) == (band == "not_rated")


def test_a_unit_named_unrated_is_not_rated(rubric):
    """A unit that returned nothing is not rated whatever the arithmetic gives."""
    row = totals_of(rubric, FULL, unrated=("U",))
    assert row["band"] == "not_rated"
    assert pd.isna(row["total_shown"])


def test_dimension_and_aspect_rates_use_the_same_renormalisation():
    """A rate is over what was scored of its own weight."""
    rubric = make_rubric(
        [indicator("A1", 30, "A", aspect="p"), indicator("A2", 30, "A", aspect="q"),
         indicator("B1", 40, "B", aspect="p")],
        nodes=[{"id": "A", "zh": "甲", "en": "A", "weight": 60},
               {"id": "B", "zh": "乙", "en": "B", "weight": 40}],
        aspects=[{"id": "p", "zh": "一", "en": "p"}, {"id": "q", "zh": "二", "en": "q"}],
    )  # fmt: skip
    scores = score_units(rubric, inputs_of(U={"A1": 0.5, "A2": "pending", "B1": 1}))
    nodes, aspects = scores.nodes.set_index("node_id"), scores.aspects.set_index("aspect")
    assert nodes["rate"].to_dict() == {"A": 0.5, "B": 1}
    assert nodes["coverage"].to_dict() == {"A": 0.5, "B": 1}
    assert aspects.loc["p", "rate"] == pytest.approx((30 * 0.5 + 40) / 70)
    assert pd.isna(aspects.loc["q", "rate"])
    assert aspects.loc["q", "coverage"] == 0
    assert scores.totals["base"].item() == pytest.approx(100 * (15 + 40) / 70)


def test_inputs_are_left_as_they_were(rubric):
    """Scoring makes new frames; what it was given stays."""
    rows = inputs_of(U=FULL)
    before = rows.copy(deep=True)
    score_units(rubric, rows)
    pd.testing.assert_frame_equal(rows, before)
