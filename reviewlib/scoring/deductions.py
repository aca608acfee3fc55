"""Deductions and bonuses: what the visit groups entered, and what over-filled posts call for."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric.scales import Banded
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
    roster = review.departments.sort_values("protocol_order", kind="stable")["dept_code"]
    entered = review.adjustments.rename(columns={"dept_code": "unit"}).assign(is_computed=False)
    entered = entered[entered["item_id"].isin(known) & entered["unit"].isin(roster)]
    computed = _called_for(review, official)
    pairs = pd.MultiIndex.from_frame(computed[["unit", "item_id"]])
    computed = computed[~pairs.isin(pd.MultiIndex.from_frame(entered[["unit", "item_id"]]))]
    both = [part[COLUMNS] for part in (entered, computed) if len(part)]
    frame = pd.concat(both, ignore_index=True) if both else entered[COLUMNS]
    place = pd.Series(range(len(roster)), index=roster)
    order = frame.assign(_place=frame["unit"].map(place)).sort_values(
        ["_place", "item_id"], kind="stable"
    )
    return order.drop(columns="_place").reset_index(drop=True)


def _called_for(review: Review, official: pd.DataFrame) -> pd.DataFrame:
    """Return the deductions that cases of banded scales call for; none without an excess."""
    parts = []
    for indicator in review.rubric.indicators:
        if not isinstance(indicator.scale, Banded):
            continue
        for case in indicator.scale.cases:
            if case.deduction is None:
                continue
            mine = official[
                (official["indicator_id"] == indicator.id)
                & (official["level"] == case.id)
                & (official["answer"] == "reported")
            ]
            parts.append(
                mine.rename(columns={"dept_code": "unit"}).assign(
                    item_id=case.deduction,
                    count=mine["excess"].fillna(1.0).clip(lower=1.0),
                    reason=f"{indicator.id} {indicator.zh}：{case.zh}",
                    evidence_ref=pd.NA, approval_no=pd.NA, is_computed=True,
                )[COLUMNS]
            )  # fmt: skip
    empty = pd.DataFrame(columns=COLUMNS)
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True) if found else empty
