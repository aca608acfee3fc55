"""Where the history of ratings contradicts itself (留痕核对); which rating counts stays declared.

The later stage counts whatever its date, and of several ratings at one stage the last by date; of
a return, in which a repeated row is not used, the first. A person must settle what is listed here.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema.vocabularies import RATING_STAGE
from reviewlib.scoring.ratings import ratings_of

KINDS = {
    "repeated": ("同一环节有不同的评定，按日期最晚、同日按后填的计",
                 "rated differently at one stage; the last by date counts, then the last written"),
    "repeated_own": ("自评同一项有不同的填报，按先填的计",
                     "the return answers it twice and differently; the first counts"),
    "backwards": ("后一环节的日期早于前一环节", "a later stage is dated before an earlier one"),
    "open_challenge": ("部门申辩后没有最终认定", "challenged, and not finally rated since"),
    "without_level": ("填报情况为“已填”，没有等次", "answered without a level"),
}  # fmt: skip
"""Kinds of contradiction, in both languages."""

KEY = ["dept_code", "indicator_id"]
COLUMNS = [*KEY, "stage", "kind", "note_zh", "note_en"]


def contradictions(review: Review, ratings: pd.DataFrame | None = None) -> pd.DataFrame:
    """List the ratings that contradict one another.

    Returns
    -------
    DataFrame
        One row per department × indicator × kind, protocol then rubric order: `dept_code,
        indicator_id, stage, kind` (see `KINDS`)`, note_zh, note_en`.
    """
    ratings = ratings_of(review) if ratings is None else ratings
    levels = {item.id for item in review.rubric.level_items}
    rows = [
        (*key, stage, kind, *KINDS[kind])
        for key, mine in ratings.groupby(KEY, sort=False)
        for kind, stage in _found(mine, key[1] in levels)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _found(mine: pd.DataFrame, is_level: bool) -> list[tuple[str, str]]:
    """Return the kinds of contradiction in the ratings of one item, with the stage of each."""
    found = []
    told = ["answer", "level", "num", "den", "value"]
    own = mine[mine["rated_by_group"].isna() | (mine["rated_by_group"] == mine["group_id"])]
    for stage, same in own.groupby("stage", sort=False):
        if len(same[told].drop_duplicates()) > 1:
            found.append(("repeated_own" if stage == "self" else "repeated", stage))
    dated = own[own["dated_on"].notna()]
    place = dated["stage"].map({code: i for i, code in enumerate(RATING_STAGE.codes)})
    latest = dated.groupby(place.to_numpy())["dated_on"].max().sort_index()
    back = latest < latest.cummax()
    found += [("backwards", RATING_STAGE.codes[i]) for i in latest.index[back]]
    stages = set(own["stage"])
    if "challenged" in stages and "final" not in stages:
        found.append(("open_challenge", "challenged"))
    if is_level:
        blank = own[(own["answer"] == "reported") & own["level"].isna()]
        blank = blank[blank["stage"].isin(["self", "moderated", "final"])]
        found += [("without_level", stage) for stage in blank["stage"].unique()]
    return found
