"""The worked example of the sample rubric, to the digit."""

from pathlib import Path

import pytest
from rubrics_by_hand import inputs_of

from reviewlib.rubric import load_rubric, score_units

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "rubric.toml"
M1 = {
    "A01": 1, "A02": (46, 50), "A03": (180, 200), "A04": (5 + 0.5 * 2, 9 - 1), "A05": (4, 4),
    "A06": 1, "A07": (9, 10), "A08": "not_applicable", "A09": "C", "B01": 1 - 1 / 20,
    "B02": (6, 8), "B03": (7, 9 - 1), "B04": (1, 2), "B05": (7, 9), "B06": "not_applicable",
    "C01": (7, 8), "C02": 1, "C03": (8, 8), "C04": (7, 8), "C05": 75, "C06": 0.9, "C07": "within",
    "C08": "within", "C09": (18, 20), "C10": "B", "C11": "B", "D01": 0.5 + 0.5 * 0.96,
    "D02": (18, 20), "D03": "B", "D04": "A", "D05": 1,
}  # fmt: skip
S1 = {
    "B01": 1, "B02": 1, "C02": 1, "C03": (9, 10), "C04": 1, "C06": 0.9, "C07": "within",
    "C08": "within", "C09": 1, "C10": "pending", "C11": "B", "D01": 1, "D02": 1, "D03": "C",
}  # fmt: skip


@pytest.fixture(scope="module")
def scores():
    rubric = load_rubric(SAMPLE)
    rest = dict.fromkeys((item.id for item in rubric.indicators), "not_applicable")
    return score_units(rubric, inputs_of(M1=rest | M1, S1=rest | S1))


@pytest.mark.parametrize(
    "unit, applicable, scored, base, shown, band",
    [
        ("M1", 93, 93, 87.2509, 87.3, "yellow"),  # merged, visited
        ("S1", 46, 44, 95.9091, 95.9, "green"),  # self-assessed, little changed, C10 pending
    ],
)
def test_totals_of_the_worked_example(scores, unit, applicable, scored, base, shown, band):
    """Weights, base, displayed score and band are those the rubric's owner worked out."""
    row = scores.totals.set_index("unit").loc[unit]
    assert row["weight_applicable"] == applicable
    assert row["weight_scored"] == scored
    assert round(row["base"], 4) == base
    assert row["total_shown"] == shown
    assert row["band"] == band


def test_coverage_of_the_worked_example(scores):
    """The self-assessed department's coverage is 44 of 46, shown as 95.7 per cent."""
    coverage = scores.totals.set_index("unit")["coverage"]
    assert coverage["M1"] == 1
    assert round(coverage["S1"] * 100, 1) == 95.7


def test_the_trace_adds_up_to_the_base(scores):
    """The contributions of the 31 indicators are the base, and the effective weights are 100."""
    for unit, base in scores.totals.set_index("unit")["base"].items():
        trace = scores.trace(unit)
        assert len(trace) == 31
        assert trace["contribution"].sum() == pytest.approx(base, abs=1e-9)
        assert trace["effective_weight"].sum() == pytest.approx(100, abs=1e-9)


def test_the_sample_rubric_is_the_one_described():
    """31 indicators, 100 points, the four dimensions and five aspects with their points."""
    rubric = load_rubric(SAMPLE)
    kinds = [item.scale.kind for item in rubric.indicators]
    points = {a.id: sum(i.weight for i in rubric.indicators if i.aspect == a.id)
              for a in rubric.aspects}  # fmt: skip
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "ratio": 19, "level": 5, "banded": 4, "checklist": 3
    }  # fmt: skip
    assert [(node.id, node.weight) for node in rubric.dimensions] == [
        ("A", 30), ("B", 25), ("C", 35), ("D", 10)
    ]  # fmt: skip
    assert points == {"staff_transfer": 9, "duty_transfer": 20, "functions": 39, "posts": 22,
                      "self_quality": 10}  # fmt: skip
    assert all(item.zh and item.en and item.formula_zh and item.formula_en and item.evidence_zh
               for item in rubric.indicators)  # fmt: skip
