"""Establishment, leadership posts and sections: approved against in place (编制配备)."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.selection import concerning, in_protocol_order, selected, with_mode
from reviewlib.review import Review
from reviewlib.review.memory import remembered


def staffing(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Set approved establishment against staff in post (核定、实有、空编、超编).

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per department and type of establishment with a number in it, protocol order:
        `dept_code, mode, group_id, estab_type, posts_approved_count, posts_filled_count,
        posts_vacant_count, posts_over_count, filled_share` (missing when nothing is approved)`,
        seconded_in_count, seconded_out_count, off_estab_count, over_approval_no`, provenance.

    Notes
    -----
    Vacant and over are two non-negative columns and are never netted, neither within a row nor
    when rows are added up. What the form calculated is not read.
    """
    about = selected(review, group, department)
    return concerning(_staffing(review), about, "dept_code").reset_index(drop=True)


@remembered
def _staffing(review: Review) -> pd.DataFrame:
    facts = ["posts_approved_count", "posts_filled_count", "seconded_in_count",
             "seconded_out_count", "off_estab_count"]  # fmt: skip
    frame = review.staffing[review.staffing[facts].notna().any(axis=1)]
    approved, filled = frame["posts_approved_count"], frame["posts_filled_count"]
    frame = with_mode(frame, review).assign(
        **_gaps("posts_vacant_count", "posts_over_count", approved, filled),
        filled_share=share_of(filled, approved).to_numpy(),
    )
    columns = ["dept_code", "mode", "group_id", "estab_type", "posts_approved_count",
               "posts_filled_count", "posts_vacant_count", "posts_over_count", "filled_share",
               "seconded_in_count", "seconded_out_count", "off_estab_count",
               "over_approval_no", *SOURCE]  # fmt: skip
    return _in_form_order(frame[columns], review, "staffing", "estab_type")


def leadership(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Set approved leadership posts against those filled (领导职数), each kind by itself.

    Returns
    -------
    DataFrame
        One row per department and kind of post with a number in it, protocol order:
        `dept_code, mode, group_id, post_type, leadership_posts_approved_count,
        leadership_posts_filled_count, leadership_posts_vacant_count,
        leadership_posts_over_count, leadership_approval_no`, provenance. Never netted: one head
        too many and one deputy too few is one over.
    """
    facts = ["leadership_posts_approved_count", "leadership_posts_filled_count"]
    frame = concerning(review.leadership_posts, selected(review, group, department), "dept_code")
    frame = frame[frame[facts].notna().any(axis=1)]
    vacant, over = "leadership_posts_vacant_count", "leadership_posts_over_count"
    frame = with_mode(frame, review).assign(**_gaps(vacant, over, frame[facts[0]], frame[facts[1]]))
    columns = ["dept_code", "mode", "group_id", "post_type", *facts, vacant, over,
               "leadership_approval_no", *SOURCE]  # fmt: skip
    return _in_form_order(frame[columns], review, "leadership_posts", "post_type")


def sections(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Count the internal units (内设机构) of each department: set up, headed, staffed.

    Returns
    -------
    DataFrame
        One row per department that lists any unit, protocol order: `dept_code, mode, group_id,
        approved_count` (units of the regulation; the denominator of the others)`, set_up_count,
        headed_count, staffed_count` (someone besides the head, or a one-person unit)`,
        duties_issued_count, cross_predecessor_count, unset_count` (approved, not set up)`,
        extra_count` (set up, not approved and no mere nameplate)`, renamed_count` (set up under
        another name).
    """
    about = selected(review, group, department)
    return concerning(_sections(review), about, "dept_code").reset_index(drop=True)


@remembered
def _sections(review: Review) -> pd.DataFrame:
    frame = review.internal_units
    no = frame[["is_in_three_det", "is_set_up", "is_head_in_place", "is_duties_issued",
                "is_nameplate"]].fillna(False).astype(bool)  # fmt: skip
    approved, set_up = no["is_in_three_det"], no["is_set_up"]
    actual = frame["actual_staff_count"].fillna(0)
    heads = no["is_head_in_place"].astype("int64")
    is_single = (frame["approved_staff_count"] == 1).fillna(False)
    is_renamed = frame["approved_name"].notna() & (frame["approved_name"] != frame["unit_name"])
    counted = pd.DataFrame({
        "dept_code": frame["dept_code"],
        "approved_count": approved,
        "set_up_count": approved & set_up,
        "headed_count": approved & no["is_head_in_place"],
        "staffed_count": approved & (((actual - heads) >= 1) | is_single),
        "duties_issued_count": approved & no["is_duties_issued"],
        "cross_predecessor_count": approved & (frame["predecessor_mix"] == "merged"),
        "unset_count": approved & ~set_up,
        "extra_count": ~approved & set_up & ~no["is_nameplate"],
        "renamed_count": approved & set_up & is_renamed,
    })  # fmt: skip
    sums = counted.groupby("dept_code", as_index=False).sum()
    numbers = [name for name in sums.columns if name != "dept_code"]
    sums = sums.astype(dict.fromkeys(numbers, "Int64"))
    return in_protocol_order(with_mode(sums, review), review)


def _gaps(vacant: str, over: str, approved: pd.Series, filled: pd.Series) -> dict[str, pd.Series]:
    """Return vacant and over as two columns, neither below zero; missing where a side is."""
    return {
        vacant: (approved - filled).clip(lower=0).to_numpy(),
        over: (filled - approved).clip(lower=0).to_numpy(),
    }


def share_of(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return part over whole, missing where there is nothing to divide by."""
    return part.astype("Float64") / whole.astype("Float64").where(whole > 0)


def _in_form_order(frame: pd.DataFrame, review: Review, table: str, column: str) -> pd.DataFrame:
    """Sort by protocol order, then as the rows stand on the form."""
    order = {code: n for n, code in enumerate(schema.TABLES[table][column].vocabulary.codes)}
    return in_protocol_order(frame.assign(_form=frame[column].map(order)), review, "_form").drop(
        columns="_form"
    )
