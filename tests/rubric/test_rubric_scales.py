"""Each scale at its edges: what share an input earns, and what lies outside."""

import pandas as pd
import pytest
from rubrics_by_hand import LEVEL, indicator, inputs_of, make_rubric

from reviewlib.errors import ScoreInputError
from reviewlib.rubric import score_units

CLIPPED = {"kind": "ratio", "outside": "clip"}
LIFE = {"kind": "linear", "low": 20, "high": 85, "outside": "clip"}
INCOME = {"kind": "linear", "low": 100, "high": 75000, "is_log": True, "outside": "clip"}
DAYS = {
    "kind": "banded",
    "steps": [
        {"at_most": 30, "share": 1, "zh": "≤30", "en": "≤30"},
        {"above": 30, "at_most": 60, "share": "0.8", "zh": "31–60", "en": "31–60"},
        {"above": 60, "share": "0.3", "zh": ">60", "en": ">60"},
    ],
    "cases": [{"id": "UNFINISHED", "share": "0.1", "zh": "未完", "en": "unfinished"}],
}
USE = {
    "kind": "banded",
    "steps": [
        {"at_least": "0.85", "at_most": 1, "share": 1, "zh": "85–100", "en": "85–100"},
        {"at_least": "0.75", "below": "0.85", "share": "0.8", "zh": "75–85", "en": "75–85"},
        {"at_least": 0, "below": "0.75", "share": "0.6", "zh": "<75", "en": "<75"},
    ],
}
CHECKLIST = {"kind": "checklist", "items": [{"id": "one", "zh": "一", "en": "one"}]}


def share_of(scale, what):
    """Return the share one input earns on one scale."""
    rubric = make_rubric([indicator("X", 100, scale=scale)])
    return score_units(rubric, inputs_of(U={"X": what})).items["share"].item()


@pytest.mark.parametrize(
    "words, scale, what, share",
    [
        ("a ratio is numerator over denominator", {"kind": "ratio"}, (46, 50), 0.92),
        ("zero is a score, not a blank", {"kind": "ratio"}, (0, 5), 0),
        ("a value stands for the ratio", {"kind": "ratio"}, 0.25, 0.25),
        ("more than all counts as all where clipped", CLIPPED, (6, 5), 1),
        ("below nothing counts as nothing where clipped", CLIPPED, (-1, 5), 0),
        ("30 days are still in the first step", DAYS, 30, 1),
        ("31 days are in the second", DAYS, 31, 0.8),
        ("60 days are still in the second", DAYS, 60, 0.8),
        ("61 days are in the last", DAYS, 61, 0.3),
        ("a named case stands beside the steps", DAYS, "UNFINISHED", 0.1),
        ("85% exactly is in the best step", USE, (17, 20), 1),
        ("just under 85%", USE, (849, 1000), 0.8),
        ("100% exactly is in the best step", USE, (20, 20), 1),
        ("75% exactly is in the middle step", USE, (15, 20), 0.8),
        ("just under 75%", USE, (749, 1000), 0.6),
        ("nothing in use is in the lowest step", USE, (0, 20), 0.6),
        ("level A", LEVEL, "A", 1),
        ("level D", LEVEL, "D", 0.3),
        ("a checklist is items met over items that apply", CHECKLIST, (3, 4), 0.75),
        ("half way between the goalposts", LIFE, 52.5, 0.5),
        ("at the upper goalpost", LIFE, 85, 1),
        ("past the upper goalpost is capped", LIFE, 90, 1),
        ("below the lower goalpost is capped", LIFE, 10, 0),
        ("on a log scale at the lower goalpost", INCOME, 100, 0),
        ("on a log scale past the upper goalpost", INCOME, 80000, 1),
        ("a log of nothing lies under every goalpost", INCOME, 0, 0),
    ],
)
def test_share(words, scale, what, share):
    """An input earns the share its scale gives it."""
    assert share_of(scale, what) == pytest.approx(share, abs=1e-12)


def test_goalposts_may_run_downwards():
    """Where less is better the low goalpost is the larger number."""
    scale = {"kind": "linear", "low": 50, "high": 10}
    assert share_of(scale, 20) == pytest.approx(0.75)


def test_a_log_scale_is_halfway_at_the_geometric_middle():
    """Between 100 and 10,000 the middle of a log scale is 1,000."""
    scale = {"kind": "linear", "low": 100, "high": 10000, "is_log": True}
    assert share_of(scale, 1000) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "words, scale, what, shown",
    [
        ("a ratio above 1", {"kind": "ratio"}, (6, 5), "num 6, den 5"),
        ("a ratio below 0", {"kind": "ratio"}, -0.1, "value -0.1"),
        ("an unknown level", LEVEL, "B+", "level B+"),
        ("a number in no step", USE, 1.2, "value 1.2"),
        ("an unknown case", USE, "OVER", "level OVER"),
        ("past a goalpost that does not clip", {"kind": "linear", "low": 0, "high": 1}, 2,
         "value 2"),
        ("infinity", {"kind": "ratio"}, float("inf"), "value inf"),
    ],
)  # fmt: skip
def test_outside_its_scale(words, scale, what, shown):
    """An input that its scale does not hold is refused with its place, never a blank."""
    with pytest.raises(ScoreInputError, match="U / X") as caught:
        share_of(scale, what)
    assert shown in caught.value.en


def test_clipping_is_marked():
    """What was cut to its scale says so in the items."""
    rubric = make_rubric([indicator("X", 50, scale=CLIPPED), indicator("Y", 50, scale=CLIPPED)])
    items = score_units(rubric, inputs_of(U={"X": (6, 5), "Y": (5, 5)})).items
    assert items["is_clipped"].tolist() == [True, False]


def test_every_fault_of_the_inputs_is_reported_at_once():
    """Unknown indicators and answers, repeated pairs, values outside: all in one message."""
    rubric = make_rubric([indicator("X", 50), indicator("L", 50, scale=LEVEL)])
    rows = inputs_of(
        U={"X": 2, "L": "E"}, V={"X": 1, "Z": 1}, W={"X": "perhaps", "L": "A"}
    )
    repeated = inputs_of(V={"X": 1})
    with pytest.raises(ScoreInputError) as caught:
        score_units(rubric, pd.concat([rows, repeated], ignore_index=True))
    places = [fault.where for fault in caught.value.faults]
    assert sorted(places) == ["U / L", "U / X", "V / X", "V / Z", "W / X"]
    assert "5 fault(s)" in caught.value.en
    assert "5 处" in caught.value.zh
