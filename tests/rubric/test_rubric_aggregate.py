"""Nodes of any depth, each with its own aggregation, and contributions that add up."""

import pandas as pd
import pytest
from rubrics_by_hand import HEAD, LEVEL, indicator, inputs_of, make_rubric, node

from reviewlib.errors import ScoreInputError
from reviewlib.rubric import parse_rubric, score_units

PEFA_LEVELS = [
    {"id": "A", "share": 1, "points": 4, "zh": "甲", "en": "A"},
    {"id": "B+", "share": "0.8", "is_given": False},
    {"id": "B", "share": "0.7", "points": 3, "zh": "乙", "en": "B"},
    {"id": "C+", "share": "0.5", "is_given": False},
    {"id": "C", "share": "0.4", "points": 2, "zh": "丙", "en": "C"},
    {"id": "D+", "share": "0.2", "is_given": False},
    {"id": "D", "share": "0.1", "points": 1, "zh": "丁", "en": "D"},
]
PLUS = {"D": "D+", "C": "C+", "B": "B+"}
GIVEN = {"kind": "level"}
HALVES = [{"count": n, "at_least": round(n * p + 0.49), "level": level} for n in (1, 2, 3, 4)
          for p, level in ((1, "D"), (2, "C"), (3, "B"), (4, "A"))]  # fmt: skip


def two(aggregation, **more):
    """Return a rubric of X (weight 75) and Y (25) under one node."""
    return make_rubric(
        [indicator("X", 75), indicator("Y", 25)], [node("N", aggregation=aggregation, **more)]
    )


def base_of(rubric, told):
    return score_units(rubric, inputs_of(U=told)).totals["base"].item()


@pytest.mark.parametrize(
    "words, rubric, told, base",
    [
        ("a weighted mean", two("arithmetic"), {"X": 1, "Y": 0.2}, 80),
        ("a weighted geometric mean", two("geometric"), {"X": 1, "Y": 0.0016}, 20),
        ("the weakest link", two("weakest"), {"X": 1, "Y": 0.2}, 20),
        ("the weakest of what was scored", two("weakest"), {"X": 1, "Y": "pending"}, 100),
        ("a geometric mean over what was scored", two("geometric"),
         {"X": 0.5, "Y": "not_applicable"}, 50),
        ("a geometric mean over zero, where declared", two("geometric", at_zero="zero"),
         {"X": 1, "Y": 0}, 0),
    ],
)  # fmt: skip
def test_aggregations(words, rubric, told, base):
    """Each aggregation makes of its children what its name says."""
    assert base_of(rubric, told | {}) == pytest.approx(base)


def test_a_geometric_mean_over_zero_is_an_error_unless_declared():
    """A zero under a geometric mean wipes the rest out, so it must be meant."""
    with pytest.raises(ScoreInputError, match=r"geometric mean over 1 zero"):
        base_of(two("geometric"), {"X": 1, "Y": 0})


@pytest.mark.parametrize(
    "words, grades, result",
    [
        ("all alike", "CC", "C"),
        ("one higher gives a plus", "CA", "C+"),
        ("a lone grade", "B", "B"),
        ("the top has no plus", "AA", "A"),
        ("one not applicable is dropped", "D-A", "D+"),
    ],
)
def test_weakest_link_with_a_plus(words, grades, result):
    """The lowest grade counts, one step up where any other is higher (PEFA's M1)."""
    items = [indicator(f"X{i}", 1, scale=GIVEN) for i in range(len(grades))]
    rubric = make_rubric(items, [node("N", 1, aggregation="weakest", plus=PLUS)],
                         levels=PEFA_LEVELS, weights="relative", bands=[])  # fmt: skip
    told = {f"X{i}": "not_applicable" if g == "-" else g for i, g in enumerate(grades)}
    nodes = score_units(rubric, inputs_of(U=told)).nodes
    assert nodes["level"].item() == result


def test_a_lookup_table_by_count_and_sum():
    """A table gives the level for so many children with such a sum of points."""
    items = [indicator(f"X{i}", 1, scale=GIVEN) for i in range(3)]
    rubric = make_rubric(items, [node("N", 1, aggregation="table", table="M")],
                         levels=PEFA_LEVELS, lookup_tables={"M": HALVES}, weights="relative",
                         bands=[])  # fmt: skip
    inputs = inputs_of(
        U={"X0": "A", "X1": "B", "X2": "B"}, V={"X0": "A", "X1": "not_applicable", "X2": "C"},
        W={"X0": "D", "X1": "D", "X2": "D"},
    )  # fmt: skip
    assert score_units(rubric, inputs).nodes["level"].tolist() == ["B", "B", "D"]


def test_a_level_only_an_aggregation_yields_cannot_be_given():
    """B+ is a result; a person who enters it is told so, and no score is dropped in silence."""
    rubric = make_rubric([indicator("X", 1, scale=GIVEN)], [node("N", 1)], levels=PEFA_LEVELS,
                         weights="relative", bands=[])  # fmt: skip
    with pytest.raises(ScoreInputError, match=r"level B\+ lies outside"):
        base_of(rubric, {"X": "B+"})


DEEP = {
    "nodes": [
        node("P", 60, aggregation="geometric"), node("Q", 40),
        node("P1", 20, parent="P"), node("P2", 40, parent="P", aggregation="weakest"),
    ],
    "indicators": [
        indicator("a", 10, "P1"), indicator("b", 10, "P1"), indicator("c", 20, "P2"),
        indicator("d", 20, "P2"), indicator("e", 40, "Q"),
    ],
}  # fmt: skip


def test_depth_and_mixed_aggregations():
    """A tree of three levels with three kinds of aggregation, worked out by hand."""
    rubric = parse_rubric({**HEAD, **DEEP})
    told = {"a": 0.9, "b": 0.7, "c": 0.6, "d": 1, "e": 0.5}
    p1, p2 = 0.8, 0.6
    p = (p1**20 * p2**40) ** (1 / 60)
    scores = score_units(rubric, inputs_of(U=told))
    assert scores.nodes.set_index("node_id")["rate"].to_dict() == pytest.approx(
        {"P": p, "Q": 0.5, "P1": p1, "P2": p2}
    )
    assert scores.totals["base"].item() == pytest.approx(60 * p + 40 * 0.5)


def test_contributions_add_up_under_every_aggregation():
    """Whatever the nodes do, the trace's contributions make the base."""
    rubric = parse_rubric({**HEAD, **DEEP})
    scores = score_units(rubric, inputs_of(U={"a": 0.9, "b": 0.7, "c": 0.6, "d": 1, "e": 0.5}))
    trace = scores.trace("U").set_index("indicator_id")
    assert trace["contribution"].sum() == pytest.approx(scores.totals["base"].item())
    assert trace["effective_weight"].sum() == pytest.approx(100)
    assert trace.loc["d", "contribution"] == 0  # only the weakest link carries
    assert trace.loc["e", "contribution"] == pytest.approx(40 * 0.5)


@pytest.mark.parametrize(
    "words, renormalise, base",
    [
        ("what is missing leaves the total", "whole", 100 * (10 * 1 + 50 * 0) / 60),
        ("its siblings take it over", "node", 100 * (50 * 1 + 50 * 0) / 100),
    ],
)
def test_renormalisation(words, renormalise, base):
    """The rubric says who inherits the weight of what is not scored."""
    rubric = make_rubric(
        [indicator("a", 10, "P"), indicator("b", 40, "P"), indicator("c", 50, "Q")],
        [node("P", 50), node("Q", 50)], renormalise=renormalise,
    )  # fmt: skip
    assert base_of(rubric, {"a": 1, "b": "not_applicable", "c": 0}) == pytest.approx(base)


def test_relative_weights_count_among_siblings():
    """Weights 1 and 1 under a node of weight 3 beside one of weight 1."""
    rubric = make_rubric(
        [indicator("a", 1, "P"), indicator("b", 1, "P"), indicator("c", 7, "Q")],
        [node("P", 3), node("Q", 1)], weights="relative",
    )  # fmt: skip
    items = score_units(rubric, inputs_of(U={"a": 1, "b": 0, "c": 1})).items
    assert items["weight"].tolist() == pytest.approx([37.5, 37.5, 25])
    assert base_of(rubric, {"a": 1, "b": 0, "c": 1}) == pytest.approx(62.5)


def test_no_total_where_none_is_meant():
    """Where the root aggregates nothing there are nodes but no total, and nothing is rated."""
    rubric = make_rubric([indicator("X", 100)], total={"aggregation": "none"})
    scores = score_units(rubric, inputs_of(U={"X": 0.5}))
    assert scores.nodes["rate"].item() == 0.5
    assert pd.isna(scores.totals["total"].item())


def test_a_total_on_another_scale():
    """An index of 0–1 is shown with the decimals it declares."""
    rubric = make_rubric([indicator("X", 100)], total={"scale": 1, "decimals": 3}, bands=[])
    row = score_units(rubric, inputs_of(U={"X": 0.96649})).totals.iloc[0]
    assert (row["total_shown"], row["band"]) == (0.966, "")


def test_a_mean_is_no_level_even_where_it_equals_one():
    """A node is a level where it is looked up or the weakest of levels; a mean is a figure."""
    rubric = make_rubric(
        [indicator("L1", 1, "W", scale=LEVEL), indicator("L2", 1, "W", scale=LEVEL),
         indicator("L3", 1, "M", scale=LEVEL), indicator("X", 1, "V")],
        nodes=[node("W", 1, aggregation="weakest"), node("M", 1),
               node("V", 1, aggregation="weakest")],
        weights="relative",
    )  # fmt: skip
    scores = score_units(rubric, inputs_of(U={"L1": "A", "L2": "B", "L3": "B", "X": 0.8}))
    levels = scores.nodes.set_index("node_id")
    assert levels["rate"].tolist() == [0.8, 0.8, 0.8]
    assert levels["level"].fillna("").to_dict() == {"W": "B", "M": "", "V": ""}
