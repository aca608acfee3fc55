"""Measures of dimension B: who does what between departments (部门间职责关系)."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from reviewlib.rubric import Indicator
from reviewlib.scoring.measures.base import measure, tally, where
from reviewlib.scoring.returns import Returns

UNCLEAR = ("unclear", "disputed")
BODY_ITEMS = {
    "rules": ("has_rules",),
    "duty_list": ("has_office_duty_list",),
    "members": ("has_member_duties", "has_liaison"),
    "ledger": ("has_decision_ledger",),
}
"""Columns that an item of B06 asks for; meetings are counted apart."""


@measure("cross_dept_matters", "boundary")
def boundaries_clear(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count the main duties less the matters whose boundary is unclear (边界不清), not below 0.

    Unclear means unclear or disputed, and not resolved by the cut-off date.
    """
    rows = returns.review.cross_dept_matters
    resolved = rows["resolved_on"] <= pd.Timestamp(returns.review.settings.cutoff_on)
    told = tally(
        returns, "cross_dept_matters", rows["matter"].notna(), ["boundary"],
        unclear=rows["boundary"].isin(UNCLEAR) & ~resolved,
    )  # fmt: skip
    duties = returns.counts("main_duties")["num"].reindex(told.index)
    return told.assign(num=(duties - told["unclear"]).clip(lower=0), den=duties)


@measure("cross_dept_matters", "is_written")
def leads_written(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count cross-department matters whose lead and support are set in writing (牵头配合明确)."""
    rows = returns.review.cross_dept_matters
    listed = rows["matter"].notna()
    return tally(
        returns, "cross_dept_matters", listed, ["is_written"], num=rows["is_written"], den=listed
    )


@measure("other_counts", "num", where("count_item", "city_alignment"))
def city_aligned(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count matters aligned with the city's departments; those pending there are out."""
    told = returns.counts("city_alignment")
    pending = returns.counts("city_alignment_pending")["num"].reindex(told.index).fillna(0.0)
    return told.assign(den=told["den"] - pending, pending=pending)


@measure("other_counts", "num", where("count_item", "disputes"))
def disputes_resolved(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count disputes over duties resolved over those raised (职责争议办结)."""
    return returns.counts("disputes")


@measure("duty_transfers", "status")
def sides_agree(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count the transfers whose status both sides report alike (双方对碰).

    A silent side is a mismatch. A transfer whose other side is not in the roster (a body that no
    longer exists, one of the city) can have no second report and is left out.
    """
    rows, roster = returns.review.duty_transfers, returns.review.departments["dept_code"]
    rows = rows[rows["matter_id"].notna()]
    matters = rows.groupby("matter_id")[["from_dept", "to_dept"]].first()
    for side in ("losing", "gaining"):
        told = rows[rows["reported_by"] == side].drop_duplicates("matter_id")
        matters[side] = told.set_index("matter_id")["status"].reindex(matters.index)
    matters = matters[matters["from_dept"].isin(roster) & matters["to_dept"].isin(roster)]
    agreed = matters[matters["losing"] == matters["gaining"]]
    counts = {
        name: pd.concat([found["from_dept"], found["to_dept"]]).value_counts()
        for name, found in (("num", agreed), ("den", matters))
    }
    counts = pd.DataFrame(counts, index=pd.Index(roster, name="dept_code"), dtype=float)
    return counts.fillna(0.0).assign(answer="reported")


@measure("coordination_bodies", "has_rules", where("body_level", "party_committee"))
def bodies_run(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count the items met by the offices of Party coordination bodies (议事协调机构).

    Each body has as many items as the rubric lists, so the sum over bodies is their mean.
    """
    rows, items = returns.review.coordination_bodies, [item.id for item in indicator.scale.items]
    counted = rows["body_level"] == "party_committee"
    met = points_met(rows, items).to_numpy().sum(axis=1)
    return tally(
        returns, "coordination_bodies", counted, ["body_name"],
        num=pd.Series(met), den=counted * len(items),
    )  # fmt: skip


def points_met(bodies: pd.DataFrame, items: Iterable[str]) -> pd.DataFrame:
    """Say of each coordination body which items of B06 its office meets; a blank meets none.

    Meetings are met when as many were held as the rules require, and at least one.
    """
    required = bodies["meetings_required_count"].fillna(1).clip(lower=1)
    has_met = (bodies["meetings_held_count"] >= required).fillna(False).astype(bool)
    return pd.DataFrame({
        item: bodies[list(BODY_ITEMS[item])].fillna(False).astype(bool).all(axis=1)
        if item in BODY_ITEMS else has_met
        for item in items
    }, index=bodies.index)  # fmt: skip
