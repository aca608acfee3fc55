"""Deductions and bonuses: what the visit groups entered, and what over-filled posts call for."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric.scales import Banded
from reviewlib.schema import in_roster_order
from reviewlib.scoring.addresses import SOURCE

COLUMNS = ["unit", "item_id", "count", "reason", "evidence_ref", "approval_no", "is_computed",
           *SOURCE]  # fmt: skip


def adjustments_of(review: Review, official: pd.DataFrame) -> pd.DataFrame:
    """Return every deduction and bonus, in protocol order.

    Parameters
    ----------
    review : Review
    official : DataFrame
        The claims that count (see `official_claims`).

    Returns
    -------
    DataFrame
        `unit` (dept_code)`, item_id, count, reason, evidence_ref, approval_no, is_computed, …`.

    Notes
    -----
    Where posts stand over without approval the rubric's case names a deduction (并记 K02、K03); it
    is added, one for each post over, unless the visit group itself entered that item for the
    department: what people recorded on the spot is not counted twice.
    """
    known = [item.id for item in (*review.rubric.deductions, *review.rubric.bonuses)]
    roster = in_roster_order(review.departments)["dept_code"]
    entered = review.adjustments.rename(columns={"dept_code": "unit"}).assign(is_computed=False)
    entered = entered.loc[entered["item_id"].isin(known) & entered["unit"].isin(roster), COLUMNS]
    said = set(zip(entered["unit"], entered["item_id"], strict=True))
    computed = _called_for(review, official)
    is_new = [key not in said for key in zip(computed["unit"], computed["item_id"], strict=True)]
    both = [part for part in (entered, computed.loc[is_new]) if len(part)]
    frame = pd.concat(both, ignore_index=True) if both else entered
    place = pd.Index(roster).get_indexer(frame["unit"])
    order = frame.assign(_place=place).sort_values(["_place", "item_id"], kind="stable")
    return order.drop(columns="_place").reset_index(drop=True)


def _called_for(review: Review, official: pd.DataFrame) -> pd.DataFrame:
    """Return the deductions that cases of banded scales call for; none without an excess."""
    cases = {
        (indicator.id, case.id): (case.deduction, f"{indicator.id} {indicator.zh}：{case.zh}")
        for indicator in review.rubric.indicators if isinstance(indicator.scale, Banded)
        for case in indicator.scale.cases if case.deduction is not None
    }  # fmt: skip
    told = official[official["answer"] == "reported"]
    called = [cases.get(key) for key in zip(told["indicator_id"], told["level"], strict=True)]
    mine = told.loc[[case is not None for case in called]]
    item_ids, reasons = zip(*filter(None, called), strict=True) if len(mine) else ((), ())
    return mine.rename(columns={"dept_code": "unit"}).assign(
        item_id=pd.Series(item_ids, index=mine.index, dtype="str"),
        count=mine["excess"].fillna(1.0).clip(lower=1.0),
        reason=pd.Series(reasons, index=mine.index, dtype="str"),
        evidence_ref=pd.NA, approval_no=pd.NA, is_computed=True,
    )[COLUMNS]  # fmt: skip
