"""Every rating ever given, in long form: nothing is overwritten (评分留痕)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import in_roster_order
from reviewlib.schema.vocabularies import RATING_STAGE
from reviewlib.scoring.addresses import cell_in_row

RATING_DTYPES = {
    "dept_code": "str", "mode": "str", "group_id": "str", "indicator_id": "str", "stage": "str",
    "rated_by_group": "str",
    "answer": "str", "level": "str", "num": "float64", "den": "float64", "value": "float64",
    "role": "str", "reason": "str", "evidence_ref": "str", "dated_on": "datetime64[us]",
    "source_file": "str", "source_sheet": "str", "source_cell": "str",
}  # fmt: skip

STATED = {"table": "str", "column": "str"} | RATING_DTYPES
"""A rating with the table and the column that state it."""

SCORER_ROLES = {"scorer_1": "评分人一", "scorer_2": "评分人二", "agreed": "回访组组长"}


def ratings_of(review: Review) -> pd.DataFrame:
    """Return the ratings of all stages: self, scorer 1 and 2, agreed, moderated, challenged, final.

    Returns
    -------
    DataFrame
        One row per department × indicator × stage, by protocol order, rubric order, stage:
        columns `RATING_DTYPES`. `group_id` is the department's group, `rated_by_group` the one
        that gave the rating; the two differ only where a department was rated in common. Ratings
        of departments or indicators that are not known are left out (they are data issues).
    """
    parts = [_self(review), *(_visit(review, stage) for stage in SCORER_ROLES), _office(review)]
    frame = pd.concat([part.reindex(columns=[*STATED]) for part in parts], ignore_index=True)
    rows = _in_order(review, frame.astype(STATED))
    cell = cell_in_row(review, rows["table"], rows["column"], rows)
    return rows.assign(source_cell=cell)[[*RATING_DTYPES]]


def _in_order(review: Review, frame: pd.DataFrame) -> pd.DataFrame:
    """Put ratings in order, with mode and group; what is not known is left out."""
    roster = in_roster_order(review.departments)
    unit, item, stage = (
        pd.Index(known).get_indexer(frame[name])
        for name, known in (
            ("dept_code", roster["dept_code"]),
            ("indicator_id", [item.id for item in review.rubric.indicators]),
            ("stage", RATING_STAGE.codes),
        )
    )
    order = np.lexsort((np.where(stage < 0, len(RATING_STAGE.codes), stage), item, unit))
    order = order[(unit[order] >= 0) & (item[order] >= 0)]
    place = roster[["mode", "group_id"]].take(unit[order]).reset_index(drop=True)
    return frame.take(order).reset_index(drop=True).assign(**place)


def _self(review: Review) -> pd.DataFrame:
    rows = review.self_ratings
    covers = review.covers.drop_duplicates("dept_code").set_index("dept_code")
    covers = covers.reindex(rows["dept_code"]).set_axis(rows.index)
    said = rows["answer"].notna() & (rows["answer"] != "not_reported") | rows["level"].notna()
    return rows[said].assign(
        stage="self", value=rows["stated_share"], reason=rows["not_applicable_reason"],
        role=covers["filled_by_role"], dated_on=covers["declared_on"],
        table="self_ratings", column="level",
    )  # fmt: skip


def _visit(review: Review, stage: str) -> pd.DataFrame:
    """Scorers give levels; the agreed stage also holds the numbers that a group counted."""
    rows = review.visit_scores
    given = rows[stage].notna()
    if stage == "agreed":
        numbers = rows[["raw_value", "num", "den"]].notna().any(axis=1)
        given |= numbers | rows["answer"].isin(["insufficient", "not_applicable", "not_reported"])
    kept = rows[given].assign(
        stage=stage, rated_by_group=rows["group_id"], level=rows[stage], role=SCORER_ROLES[stage],
        reason=rows["comment"], value=rows["raw_value"], dated_on=rows["scored_on"],
        table="visit_scores", column=stage,
    )  # fmt: skip
    if stage != "agreed":
        kept = kept.assign(num=float("nan"), den=float("nan"), value=float("nan"))
    return kept


def _office(review: Review) -> pd.DataFrame:
    rows = review.moderations
    return rows.assign(value=rows["raw_value"], table="moderations", column="level")
