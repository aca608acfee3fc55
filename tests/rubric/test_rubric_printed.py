"""The rubric as it is printed: a row an indicator, every scale in words, any rubric."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from reviewlib.rubric import adjustment_rule, load_rubric, scoring_table

ROOT = Path(__file__).parents[2]
RUBRICS = [*sorted(ROOT.glob("docs/examples/**/*.toml")), ROOT / "data/sample/rubric.toml"]


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_any_rubric_can_be_printed(path, lang):
    """One row for every indicator, in its order, with its weight and the words of its scale."""
    rubric = load_rubric(path)
    table = scoring_table(rubric, lang)
    assert list(table["id"]) == [item.id for item in rubric.indicators]
    assert list(table["weight"]) == [item.weight for item in rubric.indicators]
    assert set(table["dimension_id"]) <= {node.id for node in rubric.dimensions}
    for item, rule in zip(rubric.indicators, table["rule"], strict=True):
        parts = [getattr(item.scale, name, ()) for name in ("levels", "steps", "cases", "items")]
        assert all(part.label(lang) in rule for group in parts for part in group)


@pytest.mark.parametrize(
    ("what", "indicator", "lang", "line"),
    [
        ("a level with its share", "A09", "zh", "C（0.6）仅完成合署，制度或流程两套并行"),
        ("the same in English", "C11", "en", "D (0.3) Clear gaps and no plan"),
        ("a step of a banded scale", "C06", "zh", "75%–＜85% → 0.8"),
        ("a case that also deducts", "C07", "zh", "超配无批准 → 0，并记K03"),
        ("items side by side", "A01", "zh", "挂牌、印章启用、班子宣布、集中办公"),
    ],
)
def test_how_a_scale_is_told(what, indicator, lang, line):
    """Each kind of scale says what earns which share."""
    rubric = load_rubric(ROOT / "data" / "sample" / "rubric.toml")
    table = scoring_table(rubric, lang).set_index("id")
    assert line in table.loc[indicator, "rule"].split("\n")


def test_goalposts_are_told():
    """A linear scale says from where to where, and when it is of the logarithm."""
    hdi = load_rubric(next(path for path in RUBRICS if "hdi" in path.name.lower()))
    rules = scoring_table(hdi, "en")["rule"]
    assert rules.str.contains("linear from 20 (0) to 85 (1)", regex=False).any()
    assert rules.str.contains(", of the logarithm", regex=False).any()


@pytest.mark.parametrize(
    ("what", "item", "lang", "said"),
    [
        ("a deduction with a limit", "K02", "zh", "每人−1分，最多−4分"),
        ("one without", "K01", "zh", "每项−2分"),
        ("a bonus", "E02", "zh", "每项+0.5分，最多+1分"),
        ("in English", "K04", "en", "−0.5 per person, at most −2"),
    ],
)
def test_what_a_deduction_counts(what, item, lang, said):
    """Points each, with their sign, and the limit."""
    rubric = load_rubric(ROOT / "data" / "sample" / "rubric.toml")
    assert adjustment_rule(rubric, rubric.adjustment(item), lang) == said


def test_weights_are_exact():
    """Points are decimals as the rubric gives them, never floats."""
    table = scoring_table(load_rubric(ROOT / "data" / "sample" / "rubric.toml"))
    assert all(isinstance(weight, Decimal) for weight in table["weight"])
    assert sum(table["weight"]) == 100
