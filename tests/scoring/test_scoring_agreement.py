"""Agreement statistics against published examples, and the scorers of a review."""

import numpy as np
import pandas as pd
import pytest
from reviews_by_hand import make_review

from reviewlib.scoring.agreement import (
    icc,
    interval,
    krippendorff_alpha,
    pair_tables,
    resamples,
    weighted_kappa,
)
from reviewlib.scoring.scorers import far_apart, rated_twice, scorer_agreement

SHROUT_FLEISS = [
    [9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]
]  # fmt: skip
FOUR_OBSERVERS = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
COHEN = np.array([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
COHEN_WEIGHTS = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
SKIN = np.array([[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]])


def observers():
    """Return Krippendorff's four observers by twelve units, categories from 0."""
    rows = FOUR_OBSERVERS.strip().splitlines()
    return np.array([[np.nan if c == "." else int(c) - 1 for c in row.split()] for row in rows])


def coincidences(ratings, categories):
    """Count how categories meet within items (Krippendorff's coincidence matrix).

    Rater × item, places of categories from 0, NaN where none was given; what is rated once is left
    out. A review has tables of two raters; here are more, and gaps.
    """
    given = ~np.isnan(ratings)
    counts = np.stack([((ratings == c) & given).sum(axis=0) for c in range(categories)], axis=1)
    rated = counts.sum(axis=1)
    counts, rated = counts[rated > 1].astype(float), rated[rated > 1]
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(categories)
    return (pairs / (rated - 1)[:, None, None]).sum(axis=0)


@pytest.mark.parametrize(
    "words, kind, published",
    [
        ("one way, ICC(1,1)", "one_way", 0.17),
        ("judges a sample, ICC(2,1)", "agreement", 0.29),
        ("judges fixed, ICC(3,1)", "consistency", 0.71),
    ],
)
def test_icc_of_shrout_and_fleiss(words, kind, published):
    """The six targets by four judges of Shrout and Fleiss (1979)."""
    assert round(float(getattr(icc(np.array(SHROUT_FLEISS)), kind)), 2) == published


@pytest.mark.parametrize(
    "metric, published", [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_krippendorffs_four_observers(metric, published):
    """Krippendorff's own example, with ratings missing."""
    assert round(float(krippendorff_alpha(coincidences(observers(), 5), metric)), 3) == published


@pytest.mark.parametrize(
    "words, table, weights, published",
    [
        ("Cohen 1968, simple", COHEN, "nominal", 0.492),
        ("Cohen 1968, his own weights", COHEN, COHEN_WEIGHTS, 0.348),
        ("skin condition (SAS), simple", SKIN, "nominal", 0.345),
        ("skin condition (SAS), linear weights", SKIN, "linear", 0.508),
    ],
)
def test_kappa_of_published_tables(words, table, weights, published):
    """Simple and weighted kappa of tables whose values are in print."""
    assert round(float(weighted_kappa(table, weights)), 3) == published


FIRST = np.array([0, 1, 2, 3, 0, 1, 1, 2, 3, 3, 2, 0])
SECOND = np.array([0, 2, 2, 3, 1, 1, 0, 2, 2, 3, 3, 0])
WITH_GAPS = np.array([
    [0, 1, 2, 3, 0, 1, np.nan, 2, 3, 3, 2, 0], [0, 2, 2, 3, 1, 1, 0, 2, np.nan, 3, 3, 0],
    [np.nan, 1, 2, 2, 0, 1, 1, 3, 3, np.nan, 2, 0],
])  # fmt: skip


@pytest.mark.parametrize(
    "package, made, told",
    [
        ("scikit-learn 1.9.1, cohen_kappa_score",
         lambda: [weighted_kappa(pair_tables(FIRST, SECOND, 4), weights)
                  for weights in ("nominal", "linear", "quadratic")],
         [0.444444, 0.666667, 0.833333]),
        ("krippendorff 0.9.0, alpha",
         lambda: [krippendorff_alpha(coincidences(WITH_GAPS, 4), metric)
                  for metric in ("nominal", "ordinal", "interval")],
         [0.51436, 0.850954, 0.854574]),
        ("pingouin 0.7.0, intraclass_corr",
         lambda: list(icc(np.stack([FIRST, SECOND], axis=1))),
         [0.845938, 0.84507, 0.835655]),
    ],
)  # fmt: skip
def test_as_independent_packages_tell(package, made, told):
    """Each statistic is what the package named gave for the same ratings, to six decimals."""
    np.testing.assert_allclose(made(), told, atol=5e-7)


@pytest.mark.parametrize(
    "words, first, second, kappa, alpha",
    [
        ("two items", [0, 1], [0, 2], 2 / 3, 5 / 6),
        ("one scorer always gives the same", [1, 1, 1, 1], [1, 2, 1, 0], 0.0, 0.125),
        ("both always give the same", [1, 1, 1], [1, 1, 1], np.nan, np.nan),
        ("no item rated twice", [1, np.nan], [np.nan, 2], None, np.nan),
    ],
)
def test_statistics_where_little_can_be_told(words, first, second, kappa, alpha):
    """Nothing is made up where nothing could differ; two items are still arithmetic."""
    both = np.array([first, second], dtype=float)
    assert krippendorff_alpha(coincidences(both, 4)) == pytest.approx(alpha, nan_ok=True)
    if kappa is not None:
        found = weighted_kappa(pair_tables(*both.astype(int), 4))
        assert found == pytest.approx(kappa, nan_ok=True)


@pytest.mark.parametrize(
    "words, first, second, kappa",
    [
        ("always the same", [0, 1, 2, 3], [0, 1, 2, 3], 1.0),
        ("always turned round", [0, 3, 0, 3], [3, 0, 3, 0], -1.0),
        ("nothing ever differs", [1, 1, 1], [1, 1, 1], np.nan),
    ],
)
def test_kappa_at_its_ends(words, first, second, kappa):
    """1 where scorers agree, below 0 where they contradict, undefined where nothing differs."""
    table = pair_tables(np.array(first), np.array(second), 4)
    assert weighted_kappa(table) == pytest.approx(kappa, nan_ok=True)


def test_stacks_give_what_single_tables_give():
    """Thousands of resamples at once are the same as one after the other."""
    first, second = np.array([0, 1, 2, 3, 1, 0]), np.array([0, 2, 2, 3, 1, 1])
    drawn = resamples(6, 50, seed=3)
    many = weighted_kappa(pair_tables(first[drawn], second[drawn], 4))
    one = [weighted_kappa(pair_tables(first[d], second[d], 4)) for d in drawn]
    np.testing.assert_allclose(many, one)
    pairs = np.stack([first[drawn], second[drawn]], axis=-1)
    np.testing.assert_allclose(icc(pairs).agreement, [icc(pair).agreement for pair in pairs])


def test_the_same_seed_gives_the_same_interval():
    """Intervals do not change from run to run."""
    np.testing.assert_array_equal(resamples(12, 100, 7), resamples(12, 100, 7))
    assert interval(np.linspace(0, 1, 1001)) == pytest.approx((0.025, 0.975))
    assert all(np.isnan(interval(np.array([1.0, np.nan, np.nan]))))


def scored(indicator_id, one, two, agreed=None, dept="DP01", group="G1", **more):
    return {"dept_code": dept, "group_id": group, "indicator_id": indicator_id,
            "answer": "reported", "scorer_1": one, "scorer_2": two, "agreed": agreed} | more


ROWS = [
    scored("A09", "A", "A", "A"), scored("C10", "B", "C", "B"),
    scored("C11", "A", "C", "B", comment="听取两位评分人说明后商定"), scored("D03", "D", "B", None),
    scored("D04", "B", None), scored("C11", "A", "A", "A", dept="DP02", group="G2"),
]  # fmt: skip


def test_items_rated_twice():
    """Only level items that both scorers rated are compared."""
    frame = rated_twice(make_review(visit_scores=ROWS))
    assert frame[["dept_code", "indicator_id", "gap"]].values.tolist() == [
        ["DP01", "A09", 0], ["DP01", "C10", 1], ["DP01", "C11", 2], ["DP01", "D03", 2],
        ["DP02", "C11", 0],
    ]  # fmt: skip


def test_items_two_levels_apart():
    """A gap of two levels is listed, with whether a reason was written."""
    frame = far_apart(make_review(visit_scores=ROWS))
    assert frame["indicator_id"].tolist() == ["C11", "D03"]
    assert frame["has_reason"].tolist() == [True, False]


def test_agreement_by_group():
    """One row per group; no interval with fewer than ten items, nothing from a single one."""
    frame = scorer_agreement(make_review(visit_scores=ROWS)).set_index("group_id")
    assert frame["item_count"].tolist() == [4, 1]
    assert frame["same_share"].tolist() == [0.25, 1.0]
    assert frame["apart_count"].tolist() == [2, 0]
    assert frame.loc["G1", "kappa"] == pytest.approx(
        float(weighted_kappa(pair_tables(np.array([0, 1, 0, 3]), np.array([0, 2, 2, 1]), 4)))
    )
    assert pd.isna(frame.loc["G1", "kappa_low"])
    assert frame.loc["G2", ["kappa", "alpha", "icc"]].isna().all()


def test_intervals_from_ten_items_on():
    """With ten items rated twice each statistic has an interval that holds it."""
    departments = [{"dept_code": f"DP{n:02d}", "protocol_order": n, "mode": "visit",
                    "group_id": "G1", "short_name": str(n)} for n in range(1, 13)]  # fmt: skip
    levels = ["AA", "AB", "BB", "BC", "CC", "CD", "DD", "AA", "BA", "CB", "DD", "AA"]
    rows = [scored("C11", pair[0], pair[1], dept=f"DP{n:02d}") for n, pair in enumerate(levels, 1)]
    row = scorer_agreement(make_review(departments=departments, visit_scores=rows)).iloc[0]
    for name in ("kappa", "alpha", "icc"):
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]


def test_nothing_rated_twice_is_an_empty_frame():
    """A review without visits has no items rated twice, and groups without statistics."""
    assert rated_twice(make_review()).empty
    frame = scorer_agreement(make_review())
    assert frame["item_count"].tolist() == [0, 0] and frame["kappa"].isna().all()
