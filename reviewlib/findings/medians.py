"""What is usual: medians of dimensions and indicators, and one department against its like."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from reviewlib.findings.scored import scored
from reviewlib.findings.selection import concerning, selected
from reviewlib.review import Review
from reviewlib.review.memory import remembered
from reviewlib.schema.vocabularies import MODE

if TYPE_CHECKING:
    from reviewlib.scoring import Scores

FEWEST = 3
"""Departments a median needs before one of them may see it: of two, each would know the other."""


def dimensions(
    review: Review, scores: Scores, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the rate of every dimension: the median of the departments and their range.

    Parameters
    ----------
    review : Review
    scores : Scores
        As `scoring.score(review)` gives them.
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per dimension of the rubric and mode that has departments, in rubric order, visited
        before self-assessed: `dimension_id, mode, dept_count` (with a rate)`, rate_median,
        rate_min, rate_max` (0–1)`, coverage` (weight scored of weight applicable, all departments).
    """
    rated = scored(review, scores, "dimensions", group, department)
    return rates_by("dimension_id", [node.id for node in review.rubric.dimensions], rated)


def rates_by(column: str, ids: Sequence[str], rated: pd.DataFrame) -> pd.DataFrame:
    """Return median and range of the rates of each of some ids; columns as of `dimensions`.

    Parameters
    ----------
    column : str
        Where the ids stand.
    ids : sequence of str
        In the order wanted.
    rated : DataFrame
        One row per department and id: `mode, rate, weight_applicable, weight_scored`.
    """
    parts = dict(list(rated.groupby([column, "mode"])))
    rows = [
        {column: one, "mode": mode, **_spread(parts[one, mode]["rate"]),
         "coverage": _coverage(parts[one, mode])}
        for one in ids for mode in MODE.codes if (one, mode) in parts
    ]  # fmt: skip
    return _typed(rows, column)


def indicators(
    review: Review, scores: Scores, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the rate of every indicator: the median of the departments and their range.

    Returns
    -------
    DataFrame
        One row per indicator of the rubric and mode that has departments, in rubric order, visited
        before self-assessed: `indicator_id, mode, dept_count` (scored)`, rate_median, rate_min,
        rate_max` (0–1)`, coverage` (departments scored of those to which it applies).
    """
    items = scored(review, scores, "items", group, department)
    applies = ~items["status"].isin(["not_applicable", "pending_city"])
    groups = items.assign(applies=applies).groupby(["indicator_id", "mode"])
    found = groups.agg(
        dept_count=("share", "count"), rate_median=("share", "median"), rate_min=("share", "min"),
        rate_max=("share", "max"), applies=("applies", "sum"),
    )  # fmt: skip
    coverage = found["dept_count"] / found["applies"].where(found["applies"] > 0)
    ids = [item.id for item in review.rubric.indicators]
    order = pd.MultiIndex.from_product([ids, MODE.codes], names=found.index.names)
    told = found.assign(coverage=coverage).reindex(order[order.isin(found.index)])
    return _typed(told.reset_index(), "indicator_id")


def against_peers(review: Review, scores: Scores, department: str) -> pd.DataFrame:
    """Set a department's indicators beside the median of its like, and nobody else's value.

    Parameters
    ----------
    review : Review
    scores : Scores
    department : str
        Its like are the departments of its visit group; of a self-assessed one, the self-assessed.

    Returns
    -------
    DataFrame
        One row per indicator, rubric order: the columns of `Scores.items` with `median` (0–1, the
        department's own value among them; missing where fewer than `FEWEST` are scored)` and
        peer_count` (departments scored).
    """
    about = selected(review, None, department)
    return concerning(_against_peers(review, scores), about, "dept_code").reset_index(drop=True)


@remembered
def _against_peers(review: Review, scores: Scores) -> pd.DataFrame:
    del review  # the scores are its own; it is what the answer is noted with
    items = scores.items
    circle = items["group_id"].where(items["mode"] == "visit", "")
    alike = items.assign(_circle=circle).groupby(["mode", "_circle", "indicator_id"])["share"]
    peer_count = alike.transform("count").fillna(0).astype("Int64")
    median = alike.transform("median").astype("Float64")
    return items.assign(median=median.where(peer_count >= FEWEST), peer_count=peer_count)


def _spread(rates: pd.Series) -> dict[str, float]:
    known = rates.dropna().astype("float64")
    return {"dept_count": len(known), "rate_median": known.median(), "rate_min": known.min(),
            "rate_max": known.max()}  # fmt: skip


def _coverage(part: pd.DataFrame) -> float:
    applicable = float(part["weight_applicable"].astype("float64").sum())
    known = float(part["weight_scored"].astype("float64").sum())
    return known / applicable if applicable else float("nan")


def _typed(rows: list[dict] | pd.DataFrame, key: str) -> pd.DataFrame:
    shares = ["rate_median", "rate_min", "rate_max", "coverage"]
    frame = pd.DataFrame(rows, columns=[key, "mode", "dept_count", *shares])
    return frame.astype(
        {key: "str", "mode": "str", "dept_count": "Int64"} | dict.fromkeys(shares, "Float64")
    )
