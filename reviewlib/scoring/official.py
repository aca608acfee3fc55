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
    office_claims,
    office_pending,
    return_claims,
    unusable_values,
    visit_claims,
)
from reviewlib.scoring.facts import applicability


def official_claims(review: Review, returns: pd.DataFrame) -> pd.DataFrame:
    """Return the claim that counts for every department × indicator, in protocol and rubric order.

    Parameters
    ----------
    review : Review
    returns : DataFrame
        As `return_claims` makes it.

    Returns
    -------
    DataFrame
        One row per department × indicator, columns `CLAIM_DTYPES`.
    """
    claims = pd.concat(
        [
            office_claims(review, "final"),
            office_claims(review, "moderated"),
            visit_claims(review),
            office_pending(review, returns),
            _unvisited(review, returns),
            returns,
        ],
        ignore_index=True,
    )
    chosen = claims.drop_duplicates(KEY, keep="first")
    return in_order(review, _with_unused(review, chosen))


def _with_unused(review: Review, claims: pd.DataFrame) -> pd.DataFrame:
    """Say where a value that a visit group entered could not be used."""
    unused = unusable_values(review)
    if unused.empty:
        return claims
    values = dict(zip(map(tuple, unused[KEY].to_numpy()), unused["value"], strict=True))
    keys = list(map(tuple, claims[KEY].to_numpy()))
    notes = {
        name: [words.format(values[key]) if key in values else told
               for key, told in zip(keys, claims[name], strict=True)]
        for name, words in zip(("note_zh", "note_en"), NO_SHARE, strict=True)
    }  # fmt: skip
    doubt = claims["is_provisional"].eq(True) | np.array([key in values for key in keys])
    return claims.assign(**notes, is_provisional=doubt)


def in_order(review: Review, claims: pd.DataFrame) -> pd.DataFrame:
    """Put claims in protocol and rubric order, and mark those that the facts exclude."""
    items = review.rubric.indicators
    applies = applicability(review)
    pairs = pd.MultiIndex.from_product([applies.index, applies.columns], names=KEY)
    claims = claims.set_index(KEY).reindex(pairs).reset_index()
    out = ~applies.to_numpy().ravel()
    words_zh = {item.id: f"适用：{item.applies_zh}" for item in items}
    words_en = {item.id: f"Applies to: {item.applies_en}" for item in items}
    return claims.assign(
        answer=claims["answer"].mask(out, "not_applicable"),
        level=claims["level"].mask(out),
        note_zh=claims["note_zh"].mask(out, claims["indicator_id"].map(words_zh)),
        note_en=claims["note_en"].mask(out, claims["indicator_id"].map(words_en)),
        is_provisional=claims["is_provisional"].eq(True) & ~out,
    )[list(CLAIM_DTYPES)].astype(CLAIM_DTYPES)


def _unvisited(review: Review, returns: pd.DataFrame) -> pd.DataFrame:
    """Levels of visited departments wait for the visit group, whatever the return says."""
    visited = review.departments.loc[review.departments["mode"] == "visit", "dept_code"]
    levels = [item.id for item in review.rubric.level_items]
    waiting = returns[returns["dept_code"].isin(visited) & returns["indicator_id"].isin(levels)]
    return waiting.assign(
        stage="visit", answer="pending", level=pd.NA,
        note_zh="回访组尚未评定", note_en="not yet rated by the visit group",
    ).astype(CLAIM_DTYPES)  # fmt: skip


__all__ = ["in_order", "official_claims", "return_claims"]
