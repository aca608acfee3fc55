"""Rounding, bands from the displayed number, deductions, bonuses and bars."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pytest
from rubrics_by_hand import indicator, inputs_of, make_rubric

from reviewlib.errors import ScoreInputError
from reviewlib.rubric import half_up, score_units

ITEMS = {
    "deductions": [
        {"id": "K01", "zh": "擅设", "en": "unauthorised", "points_each": 2, "unit_zh": "项",
         "unit_en": "case", "bars_above": "yellow"},
        {"id": "K02", "zh": "超编", "en": "over", "points_each": 1, "unit_zh": "人",
         "unit_en": "person", "points_max": 4, "is_waived_by_approval": True},
        {"id": "K04", "zh": "混岗", "en": "mixed", "points_each": "0.5", "unit_zh": "人",
         "unit_en": "person", "points_max": 2},
    ],
    "deduction_cap": 10,
    "bonuses": [
        {"id": "E01", "zh": "经验", "en": "practice", "points_each": 1, "unit_zh": "项",
         "unit_en": "case", "points_max": 2},
        {"id": "E02", "zh": "自改", "en": "early", "points_each": "0.5", "unit_zh": "项",
         "unit_en": "case", "points_max": 1},
    ],
    "bonus_cap": "2.5",
}  # fmt: skip


@pytest.fixture(scope="module")
def rubric():
    return make_rubric([indicator("X", 100)], **ITEMS)


def score_of(rubric, share, items=()):
    """Return the totals of one unit with a share and (item, count[, approval]) rows."""
    rows = [dict(zip(["item_id", "count", "approval_no"], item, strict=False)) for item in items]
    adjustments = pd.DataFrame(
        [{"unit": "U", "approval_no": None} | row for row in rows],
        columns=["unit", "item_id", "count", "approval_no"],
    )
    return score_units(rubric, inputs_of(U={"X": share}), adjustments).totals.iloc[0]


@pytest.mark.parametrize(
    "words, value, decimals, shown",
    [
        ("a half goes up", 87.25, 1, 87.3),
        ("below the half goes down", 87.2499, 1, 87.2),
        ("a half that binary made smaller", 87.25 - 1e-13, 1, 87.3),
        ("a half that binary cannot hold: 2.675", 2.675, 2, 2.68),
        ("0.5 goes up, not to even", 0.5, 0, 1),
        ("1.5 and 2.5 both go up", 2.5, 0, 3),
        ("minus a half goes away from zero", -2.5, 0, -3),
        ("89.95 is shown as 90.0", 89.95, 1, 90.0),
        ("three decimals", 0.9665, 3, 0.967),
        ("nothing stays nothing", np.nan, 1, np.nan),
    ],
)
def test_half_up(words, value, decimals, shown):
    """Rounding is half up, and blind to binary noise."""
    assert half_up(value, decimals) == pytest.approx(shown, abs=1e-12, nan_ok=True)


def test_half_up_is_decimals_half_up():
    """Over every hundredth of 0–100 the rule agrees with Decimal's ROUND_HALF_UP."""
    texts = [f"{n / 100:.2f}" for n in range(10001)]
    exact = [float(Decimal(t).quantize(Decimal("0.1"), ROUND_HALF_UP)) for t in texts]
    assert half_up(np.array(texts, dtype=float), 1).tolist() == exact


@pytest.mark.parametrize(
    "words, share, shown, band, gap",
    [
        ("90 is green", 0.9, 90.0, "green", 0.0),
        ("89.95 shows as 90.0 and is green", 0.8995, 90.0, "green", 0.0),
        ("89.94 shows as 89.9 and is yellow", 0.8994, 89.9, "yellow", -0.1),
        ("75 is yellow", 0.75, 75.0, "yellow", 0.0),
        ("74.9 is red", 0.749, 74.9, "red", -0.1),
        ("nearer the lower edge", 0.80, 80.0, "yellow", 5.0),
        ("nothing is red", 0.0, 0.0, "red", -75.0),
        ("all is green", 1.0, 100.0, "green", 10.0),
    ],
)
def test_band_is_taken_from_the_displayed_score(rubric, words, share, shown, band, gap):
    """The band follows the number that is shown; the gap is to the nearest edge."""
    row = score_of(rubric, share)
    assert (row["total_shown"], row["band"]) == (shown, band)
    assert row["band_gap"] == pytest.approx(gap)


@pytest.mark.parametrize(
    "words, items, deduction, bonus, total, band",
    [
        ("nothing", [], 0, 0, 95, "green"),
        ("two points for each", [("K01", 2)], 4, 0, 91, "yellow"),
        ("one item stops at its own limit", [("K02", 9)], 4, 0, 91, "green"),
        ("half points", [("K04", 3)], 1.5, 0, 93.5, "green"),
        ("all deductions stop at 10", [("K01", 4), ("K02", 4)], 10, 0, 85, "yellow"),
        ("several rows of one item share its limit", [("K04", 3), ("K04", 3)], 2, 0, 93, "green"),
        ("bonus", [("E01", 1), ("E02", 1)], 0, 1.5, 96.5, "green"),
        ("all bonuses stop at 2.5", [("E01", 3), ("E02", 3)], 0, 2.5, 97.5, "green"),
        ("an approved excess is no violation", [("K02", 3, "〔2025〕1号")], 0, 0, 95, "green"),
        ("approval does not excuse this one", [("K01", 1, "〔2025〕1号")], 2, 0, 93, "yellow"),
        ("a count of none bars nothing", [("K01", 0)], 0, 0, 95, "green"),
    ],
)  # fmt: skip
def test_deductions_and_bonuses(rubric, words, items, deduction, bonus, total, band):
    """Each item has its limit, and all of them together have one."""
    row = score_of(rubric, 0.95, items)
    assert (row["deduction"], row["bonus"]) == (deduction, bonus)
    assert row["total"] == pytest.approx(total)
    assert row["band"] == band


@pytest.mark.parametrize(
    "words, share, items, band, is_barred",
    [
        ("a bar keeps green away", 1.0, [("K01", 1)], "yellow", True),
        ("a bar does not lift", 0.5, [("K01", 1)], "red", True),
        ("other deductions do not bar", 1.0, [("K02", 4)], "green", False),
        ("the bar stands though the score is yellow anyway", 0.85, [("K01", 1)], "yellow", True),
    ],
)
def test_bars(rubric, words, share, items, band, is_barred):
    """A bar holds the band at yellow at best, whatever the score, and names its item."""
    row = score_of(rubric, share, items)
    assert (row["band"], row["is_barred"]) == (band, is_barred)
    assert row["bar_items"] == ("K01" if is_barred else "")


def test_a_barred_unit_keeps_its_number(rubric):
    """The bar changes the band, never the score."""
    row = score_of(rubric, 1.0, [("K01", 1)])
    assert (row["total_shown"], row["band"]) == (98.0, "yellow")


@pytest.mark.parametrize(
    "words, share, items, total",
    [
        ("not above 100", 1.0, [("E01", 2)], 100),
        ("not below 0", 0.02, [("K01", 4)], 0),
    ],
)
def test_the_total_stays_within_the_scale(rubric, words, share, items, total):
    """Deductions and bonuses do not leave the scale of 0–100."""
    assert score_of(rubric, share, items)["total"] == total


def test_points_of_each_row_add_up_to_the_limit(rubric):
    """The row that runs over the limit of its item shows what was left of it."""
    rows = pd.DataFrame({"unit": "U", "item_id": ["K04", "K04"], "count": [3, 3]})
    scores = score_units(rubric, inputs_of(U={"X": 1}), rows)
    assert scores.adjustments["points"].tolist() == [1.5, 0.5]
    assert scores.adjustments["kind"].tolist() == ["deduction", "deduction"]


@pytest.mark.parametrize(
    "words, row, message",
    [
        ("an unknown item", {"unit": "U", "item_id": "K09", "count": 1}, r"\['K09'\]"),
        ("a unit that is not scored", {"unit": "V", "item_id": "K01", "count": 1}, r"\['V'\]"),
    ],
)
def test_unknown_adjustments_are_refused(rubric, words, row, message):
    """A deduction that the rubric or the inputs do not know is an error."""
    with pytest.raises(ScoreInputError, match=message):
        score_units(rubric, inputs_of(U={"X": 1}), pd.DataFrame([row]))
