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
TOLD = ["answer", "level", "num", "den", "value"]
MUST_HAVE_LEVEL = ("self", "moderated", "final")
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
    is_own = ratings["rated_by_group"].isna() | (ratings["rated_by_group"] == ratings["group_id"])
    own = ratings.loc[is_own, [*KEY, "stage", *TOLD, "dated_on"]]
    found = [_repeated(own), _backwards(own), _open_challenges(own), _without_level(own, levels)]
    rows = pd.concat(found, ignore_index=True)
    rows = rows.assign(
        note_zh=[KINDS[kind][0] for kind in rows["kind"]],
        note_en=[KINDS[kind][1] for kind in rows["kind"]],
    )
    keys = ratings[KEY].drop_duplicates()
    order = keys.assign(_position=range(len(keys)))
    ordered = rows.merge(order, on=KEY, how="left").sort_values("_position", kind="stable")
    return ordered[COLUMNS].reset_index(drop=True)


def _told(rows: pd.DataFrame, kind: pd.Series | str) -> pd.DataFrame:
    """Return the items and stages of some ratings, once each, as one kind of contradiction."""
    return rows[[*KEY, "stage"]].assign(kind=kind).drop_duplicates()


def _repeated(own: pd.DataFrame) -> pd.DataFrame:
    """Find stages at which an item was rated more than once and differently."""
    different = own.drop_duplicates([*KEY, "stage", *TOLD])
    rows = different[different.duplicated([*KEY, "stage"])]
    return _told(rows, rows["stage"].map(lambda stage: f"repeated{'_own' * (stage == 'self')}"))


def _backwards(own: pd.DataFrame) -> pd.DataFrame:
    """Find stages whose last rating is dated before the last of an earlier stage."""
    place = own["stage"].map({code: n for n, code in enumerate(RATING_STAGE.codes)})
    dated = own.assign(_place=place)[own["dated_on"].notna()]
    last = dated.groupby([*KEY, "_place"], as_index=False)["dated_on"].max()
    last["stage"] = [RATING_STAGE.codes[n] for n in last["_place"]]
    return _told(last[last["dated_on"] < last.groupby(KEY)["dated_on"].cummax()], "backwards")


def _open_challenges(own: pd.DataFrame) -> pd.DataFrame:
    """Find challenges without a final rating."""
    final = pd.MultiIndex.from_frame(own.loc[own["stage"] == "final", KEY])
    rows = own[own["stage"] == "challenged"]
    return _told(rows[~pd.MultiIndex.from_frame(rows[KEY]).isin(final)], "open_challenge")


def _without_level(own: pd.DataFrame, levels: set[str]) -> pd.DataFrame:
    """Find level items that are said to be answered and have no level."""
    is_blank = (own["answer"] == "reported") & own["level"].isna()
    is_asked = own["indicator_id"].isin(levels) & own["stage"].isin(MUST_HAVE_LEVEL)
    return _told(own[is_blank & is_asked], "without_level")
