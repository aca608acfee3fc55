"""Measures of dimension B: who does what between departments (部门间职责关系)."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric import Indicator
from reviewlib.scoring.measures.base import count_of, measure, tally, where
from reviewlib.scoring.measures.plan import without_city

UNCLEAR = ("unclear", "disputed")
BODY_ITEMS = {
    "rules": ("has_rules",),
    "duty_list": ("has_office_duty_list",),
    "members": ("has_member_duties", "has_liaison"),
    "ledger": ("has_decision_ledger",),
}
"""Columns that an item of B06 asks for; meetings are counted apart."""


@measure("cross_dept_matters", "boundary")
def boundaries_clear(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count the main duties less the matters whose boundary is unclear (边界不清), not below 0.

    Unclear means unclear or disputed, and not resolved by the cut-off date.
    """
    rows = review.cross_dept_matters
    resolved = rows["resolved_on"] <= pd.Timestamp(review.settings.cutoff_on)
    told = tally(
        review, "cross_dept_matters", rows["matter"].notna(), ["boundary"],
        unclear=rows["boundary"].isin(UNCLEAR) & ~resolved,
    )  # fmt: skip
    duties = count_of(review, "main_duties").reindex(told.index)
    return told.assign(num=(duties - told["unclear"]).clip(lower=0), den=duties)


@measure("cross_dept_matters", "is_written")
def leads_written(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count cross-department matters whose lead and support are set in writing (牵头配合明确)."""
    rows = review.cross_dept_matters
    listed = rows["matter"].notna()
    return tally(
        review, "cross_dept_matters", listed, ["is_written"], num=rows["is_written"], den=listed
    )


@measure("other_counts", "num", where("count_item", "city_alignment"))
def city_aligned(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count matters aligned with the city's departments; those pending there are out."""
    due = count_of(review, "city_alignment", "den")
    pending = count_of(review, "city_alignment_pending").reindex(due.index).fillna(0.0)
    counts = pd.DataFrame(
        {"num": count_of(review, "city_alignment"), "den": due - pending, "pending": pending}
    )
    return without_city(counts)


@measure("other_counts", "num", where("count_item", "disputes"))
def disputes_resolved(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count disputes over duties resolved over those raised (职责争议办结)."""
    return pd.DataFrame(
        {"num": count_of(review, "disputes"), "den": count_of(review, "disputes", "den")}
    )


@measure("duty_transfers", "status")
def sides_agree(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count the transfers whose status both sides report alike (双方对碰).

    A silent side is a mismatch. A transfer whose other side is not in the roster (a body that no
    longer exists, one of the city) can have no second report and is left out.
    """
    rows = review.duty_transfers[review.duty_transfers["matter_id"].notna()]
    matters = rows.groupby("matter_id")[["from_dept", "to_dept"]].first()
    for side in ("losing", "gaining"):
        told = rows[rows["reported_by"] == side].drop_duplicates("matter_id")
        matters[side] = told.set_index("matter_id")["status"].reindex(matters.index)
    roster = review.departments["dept_code"]
    both_known = matters["from_dept"].isin(roster) & matters["to_dept"].isin(roster)
    agrees = (matters["losing"] == matters["gaining"]) & matters["losing"].notna()
    long = pd.concat(
        [
            pd.DataFrame({"dept_code": matters[side], "num": agrees, "den": True})[both_known]
            for side in ("from_dept", "to_dept")
        ]
    )
    counts = long.groupby("dept_code")[["num", "den"]].sum().astype(float)
    counts = counts.reindex(pd.Index(roster, name="dept_code"), fill_value=0.0)
    return counts.assign(answer="reported")


@measure("coordination_bodies", "has_rules", where("body_level", "party_committee"))
def bodies_run(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count the items met by the offices of Party coordination bodies (议事协调机构).

    Each body has as many items as the rubric lists, so the sum over bodies is their mean. Meetings
    are met when as many were held as the rules require, and at least one.
    """
    rows = review.coordination_bodies
    counted = rows["body_level"] == "party_committee"
    met = pd.DataFrame(index=rows.index)
    for item in indicator.scale.items:
        if item.id in BODY_ITEMS:
            met[item.id] = rows[list(BODY_ITEMS[item.id])].fillna(False).all(axis=1)
        else:
            required = rows["meetings_required_count"].fillna(1).clip(lower=1)
            met[item.id] = (rows["meetings_held_count"] >= required).fillna(False)
    return tally(
        review, "coordination_bodies", counted, ["body_name"],
        num=met.sum(axis=1), den=counted * len(indicator.scale.items),
    )  # fmt: skip
