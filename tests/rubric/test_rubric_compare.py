"""Two editions of a rubric side by side."""

import copy
from pathlib import Path

import pytest
from rubrics_by_hand import LEVEL, indicator, node, raw_rubric

from reviewlib.rubric import compare, load_rubric, parse_rubric

SAMPLE = Path(__file__).parents[2] / "data" / "sample" / "rubric.toml"
OLD = raw_rubric(
    [indicator("X", 60), indicator("L", 40, scale=LEVEL)], [node("N")], coverage_min="0.8"
)  # fmt: skip


def changed(**more):
    return parse_rubric(copy.deepcopy(OLD) | more)


def told(new):
    """Return the differences as (part, id, field, kind, old, new)."""
    return [tuple(row) for row in compare(parse_rubric(OLD), new).values.tolist()]


def test_an_edition_is_like_itself():
    """Nothing differs from itself."""
    rubric = load_rubric(SAMPLE)
    assert compare(rubric, rubric).empty


@pytest.mark.parametrize(
    "words, new, expected",
    [
        ("the same weight written otherwise",
         changed(indicators=[indicator("X", "60.0"), indicator("L", 40, scale=LEVEL)]), []),
        ("weights", changed(indicators=[indicator("X", 55), indicator("L", 45, scale=LEVEL)]), [
            ("indicators", "X", "weight", "changed", "60", "55"),
            ("indicators", "L", "weight", "changed", "40", "45")]),
        ("a threshold", changed(coverage_min="0.7"), [
            ("rubric", "", "coverage_min", "changed", "0.8", "0.7")]),
        ("a policy", changed(missing_policy={"after_deadline": "pending"}), [
            ("rubric", "", "missing_policy.after_deadline", "changed", "zero", "pending")]),
        ("a descriptor", changed(indicators=[indicator("X", 60), indicator(
            "L", 40, scale={"kind": "level", "levels": [
                {"id": "A", "zh": "新", "en": "words"}, *LEVEL["levels"][1:]]})]), [
            ("indicators", "L", "scale.levels[A].zh", "changed", "描述", "新")]),
        ("one added, one removed",
         changed(indicators=[indicator("X", 60), indicator("Z", 40)]), [
            ("indicators", "Z", "", "added", "", "Z"),
            ("indicators", "L", "", "removed", "L", "")]),
        ("the order", changed(indicators=[indicator("L", 40, scale=LEVEL), indicator("X", 60)]), [
            ("indicators", "", "", "moved", "X L", "L X")]),
    ],
)  # fmt: skip
def test_differences(words, new, expected):
    """What was added, taken out, changed or moved is listed with its place."""
    assert told(new) == expected
