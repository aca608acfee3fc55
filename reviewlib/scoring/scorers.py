"""The two scorers of each visit group: how far they agree, and where they stand far apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring.agreement import (
    icc,
    interval,
    krippendorff_alpha,
    pair_tables,
    resamples,
    weighted_kappa,
)
from reviewlib.scoring.ratings import ratings_of

MIN_ITEMS = 10
"""Items rated twice below which no interval is given: it would mean nothing."""
DRAWS, SEED = 2000, 20251
STATISTICS = ("kappa", "alpha", "icc")
DTYPES = (
    {"group_id": "str", "item_count": "Int64", "same_count": "Int64", "same_share": "Float64",
     "apart_count": "Int64"}
    | {f"{name}{end}": "Float64" for name in STATISTICS for end in ("", "_low", "_high")}
)  # fmt: skip


def rated_twice(review: Review, ratings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the level items of visits that two scorers rated.

    Returns
    -------
    DataFrame
        One row per department × indicator, protocol then rubric order: `dept_code, group_id,
        indicator_id, scorer_1, scorer_2, agreed, gap` (levels apart)`, reason, source_file,
        source_sheet, source_cell` (of scorer 1).
    """
    ratings = ratings_of(review) if ratings is None else ratings
    levels = [item.id for item in review.rubric.level_items]
    mine = ratings[ratings["indicator_id"].isin(levels) & (ratings["mode"] == "visit")]
    mine = mine.assign(group_id=mine["rated_by_group"])
    keys = ["dept_code", "group_id", "indicator_id"]
    places = {level.id: i for i, level in enumerate(_levels(review))}
    stages = {
        stage: _last(mine[mine["stage"] == stage], keys).set_index(keys)
        for stage in ("scorer_1", "scorer_2", "agreed")
    }
    frame = stages["scorer_1"][["level", "source_file", "source_sheet", "source_cell"]]
    frame = frame.rename(columns={"level": "scorer_1"})
    frame = frame.join(stages["scorer_2"]["level"].rename("scorer_2"), how="inner")
    frame = frame.join(stages["agreed"][["level", "reason"]].rename(columns={"level": "agreed"}))
    known = frame["scorer_1"].isin(places) & frame["scorer_2"].isin(places)
    frame = frame[known].reset_index()
    first, second = (frame[name].map(places).astype("float64") for name in ("scorer_1", "scorer_2"))
    gap = (first - second).abs().astype("Int64")
    order = [*keys, "scorer_1", "scorer_2", "agreed", "gap", "reason", "source_file",
             "source_sheet", "source_cell"]  # fmt: skip
    return frame.assign(gap=gap)[order]


def _last(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Keep one rating of each item: the last by date, of the same day the last written."""
    order = rows.sort_values("dated_on", kind="stable", na_position="first")
    return order.drop_duplicates(keys, keep="last").sort_index()


def far_apart(review: Review, ratings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the items on which two scorers stand two or more levels apart (分差两档以上).

    As `rated_twice`, with `has_reason`: a gap of two levels needs a written reason.
    """
    frame = rated_twice(review, ratings)
    frame = frame[frame["gap"] >= 2].reset_index(drop=True)
    return frame.assign(has_reason=frame["reason"].notna())


def scorer_agreement(review: Review, ratings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how far the scorers of each visit group agree.

    Returns
    -------
    DataFrame
        One row per visit group of the settings: `group_id, item_count` (rated twice)`, same_count,
        same_share, apart_count` (two or more levels apart)`, kappa` (quadratic weights)`, alpha`
        (ordinal)`, icc` (ICC(2,1) of the levels' shares)`, each with `_low, _high` (95 per cent,
        bootstrap over items; missing with fewer than ten items)`. A statistic is missing where no
        rating differs from any other, for then chance explains all.
    """
    frame = rated_twice(review, ratings)
    rows = [_row(review, code, frame[frame["group_id"] == code]) for code in review.settings.groups]
    return pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES)


def _levels(review: Review) -> list:
    return [level for level in review.rubric.levels if level.is_given]


def _row(review: Review, group_id: str, frame: pd.DataFrame) -> dict:
    count = len(frame)
    row = {
        "group_id": group_id, "item_count": count, "same_count": int((frame["gap"] == 0).sum()),
        "same_share": (frame["gap"] == 0).mean() if count else np.nan,
        "apart_count": int((frame["gap"] >= 2).sum()),
    }  # fmt: skip
    levels = _levels(review)
    places = {level.id: i for i, level in enumerate(levels)}
    shares = np.array([float(level.share) for level in levels])
    if count < 2:
        return row
    pair = [frame[name].map(places).to_numpy(dtype=int) for name in ("scorer_1", "scorer_2")]
    row |= {name: float(value) for name, value in _statistics(*pair, shares).items()}
    if count >= MIN_ITEMS:
        drawn = resamples(count, DRAWS, SEED)
        many = _statistics(pair[0][drawn], pair[1][drawn], shares)
        for name, values in many.items():
            row[f"{name}_low"], row[f"{name}_high"] = interval(values)
    return row


def _statistics(first: np.ndarray, second: np.ndarray, shares: np.ndarray) -> dict:
    """Work out the three statistics of stacks of items rated twice."""
    tables = pair_tables(first, second, len(shares))
    both = tables + np.swapaxes(tables, -1, -2)
    return {
        "kappa": weighted_kappa(tables, "quadratic"),
        "alpha": krippendorff_alpha(both, "ordinal"),
        "icc": icc(np.stack([shares[first], shares[second]], axis=-1)).agreement,
    }
