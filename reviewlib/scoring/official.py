"""Which source counts (正式评分): final, moderated, visit, return, in this order, and what is out.

Scores that a workbook states are audited elsewhere and never used here.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring.claims import (
    CLAIM_DTYPES,
    KEY,
    NO_SHARE,
    claims_of_visits,
    office_claims,
    office_pending,
    own_group_rows,
    unusable_values,
)


def official_claims(review: Review, returns: pd.DataFrame) -> pd.DataFrame:
    """Return the claim that counts for every department × indicator.

    Parameters
    ----------
    review : Review
    returns : DataFrame
        As `return_claims` makes it.

    Returns
    -------
    DataFrame
        One row per department × indicator, columns `CLAIM_DTYPES`; `in_order` puts them in order.
    """
    visits = own_group_rows(review)
    claims = pd.concat(
        [
            office_claims(review),
            claims_of_visits(review, visits),
            office_pending(review, returns),
            _unvisited(review, returns),
            returns,
        ],
        ignore_index=True,
    )
    chosen = claims.drop_duplicates(KEY, keep="first")
    return _with_unused(chosen, unusable_values(review, visits))


def _with_unused(claims: pd.DataFrame, unused: pd.DataFrame) -> pd.DataFrame:
    """Say where a value that a visit group entered could not be used."""
    if unused.empty:
        return claims
    values = unused.set_index(KEY)["value"]
    values = values.reindex(pd.MultiIndex.from_frame(claims[KEY])).set_axis(claims.index)
    is_unused = values.notna()
    notes = {
        name: claims[name].mask(is_unused, values.map(words.format))
        for name, words in zip(("note_zh", "note_en"), NO_SHARE, strict=True)
    }
    return claims.assign(**notes, is_provisional=claims["is_provisional"] | is_unused)


def in_order(review: Review, claims: pd.DataFrame, applies: pd.DataFrame) -> pd.DataFrame:
    """Put claims in protocol and rubric order, and mark those that the facts exclude.

    Parameters
    ----------
    review : Review
    claims : DataFrame
        One row per department × indicator; one that is not in the roster or rubric is left out.
    applies : DataFrame
        As `applicability` makes it: department × indicator, in order.
    """
    unit = applies.index.get_indexer(claims["dept_code"])
    item = applies.columns.get_indexer(claims["indicator_id"])
    is_known = (unit >= 0) & (item >= 0)
    claims = claims[is_known].set_axis((unit * applies.shape[1] + item)[is_known])
    claims = claims.reindex(pd.RangeIndex(applies.size))
    names = np.tile(applies.columns, len(applies))
    out = ~applies.to_numpy().ravel()
    words_zh = {item.id: f"适用：{item.applies_zh}" for item in review.rubric.indicators}
    words_en = {item.id: f"Applies to: {item.applies_en}" for item in review.rubric.indicators}
    return claims.assign(
        dept_code=np.repeat(applies.index, applies.shape[1]), indicator_id=names,
        answer=claims["answer"].mask(out, "not_applicable"),
        level=claims["level"].mask(out),
        note_zh=claims["note_zh"].mask(out, [words_zh[name] for name in names]),
        note_en=claims["note_en"].mask(out, [words_en[name] for name in names]),
        is_provisional=claims["is_provisional"].eq(True) & ~out,
    ).astype(CLAIM_DTYPES)  # fmt: skip


def _unvisited(review: Review, returns: pd.DataFrame) -> pd.DataFrame:
    """Levels of visited departments wait for the visit group, whatever the return says."""
    visited = review.departments.loc[review.departments["mode"] == "visit", "dept_code"]
    levels = [item.id for item in review.rubric.level_items]
    waiting = returns[returns["dept_code"].isin(visited) & returns["indicator_id"].isin(levels)]
    return waiting.assign(
        stage="visit", answer="pending", level=pd.NA,
        note_zh="回访组尚未评定", note_en="not yet rated by the visit group",
    ).astype(CLAIM_DTYPES)  # fmt: skip

