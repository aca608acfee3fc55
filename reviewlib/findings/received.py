"""Who answered, when, how completely, and who is missing (覆盖情况)."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.findings.selection import concerning, roster, selected
from reviewlib.review import Review
from reviewlib.review.calendar import workdays_between
from reviewlib.review.memory import remembered

UNANSWERED = "not_reported"


def coverage(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Say for every department what came in: its return, its visits, its answers.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per department, protocol order: `dept_code, mode, group_id, is_returned,
        source_file, declared_on, received_on, late_workdays` (0 when in time, missing when not
        received)`, is_visited, visit_count, visited_on` (first)`, items_expected, items_filled`
        (indicators of the return answered)`, visit_items_expected, visit_items_filled` (visited
        departments; missing for the self-assessed)`, is_missing`.
    """
    about = selected(review, group, department)
    return concerning(_coverage(review), about, "dept_code").reset_index(drop=True)


@remembered
def _coverage(review: Review) -> pd.DataFrame:
    frame = roster(review)[["dept_code", "mode", "group_id"]]
    frame = frame.merge(_returns(review), on="dept_code", how="left")
    frame = frame.merge(_visits(review), on="dept_code", how="left")
    asked = len(review.rubric.indicators)
    frame["is_returned"] = frame["is_returned"].astype("boolean").fillna(False)
    frame["visit_count"] = frame["visit_count"].astype("Int64").fillna(0)
    frame["is_visited"] = (frame["visit_count"] > 0).astype("boolean")
    is_visit = frame["mode"] == "visit"
    frame["items_expected"] = pd.Series(asked, index=frame.index, dtype="Int64")
    frame["items_filled"] = _answered(review.self_ratings, frame)
    frame["visit_items_expected"] = frame["items_expected"].where(is_visit)
    frame["visit_items_filled"] = _answered(review.visit_scores, frame).where(is_visit)
    frame["is_missing"] = ~frame["is_returned"] | (is_visit & ~frame["is_visited"])
    return frame[
        ["dept_code", "mode", "group_id", "is_returned", "source_file", "declared_on",
         "received_on", "late_workdays", "is_visited", "visit_count", "visited_on",
         "items_expected", "items_filled", "visit_items_expected", "visit_items_filled",
         "is_missing"]
    ]  # fmt: skip


def missing(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """List what has not come: one row per department and thing missing, protocol order.

    Returns
    -------
    DataFrame
        `dept_code, mode, group_id, what` (vocabulary MISSING: return, visit, scores).
        A department due to be visited lacks a visit when no visit is recorded, and lacks scores
        when it was visited but no indicator is answered.
    """
    frame = coverage(review, group, department)
    is_visit = frame["mode"] == "visit"
    lacks = {
        "return": ~frame["is_returned"],
        "visit": is_visit & ~frame["is_visited"],
        "scores": is_visit & frame["is_visited"] & (frame["visit_items_filled"].fillna(0) == 0),
    }
    parts = [
        frame.loc[mask.astype(bool), ["dept_code", "mode", "group_id"]].assign(what=what)
        for what, mask in lacks.items()
    ]
    listed = pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)
    return listed.astype({"what": "str"})


def _returns(review: Review) -> pd.DataFrame:
    """Return one row per department that returned anything, with its dates."""
    names = [table.name for table in schema.tables_of("return")]
    seen = pd.concat([review.frames[name][["dept_code", "source_file"]] for name in names])
    seen = seen.dropna(subset="dept_code").drop_duplicates("dept_code")
    covers = review.covers.drop_duplicates("dept_code")[["dept_code", "declared_on"]]
    frame = seen.merge(covers, on="dept_code", how="left")
    frame["file"] = frame["source_file"].str.removeprefix("returns/")
    receipts = review.receipts.drop_duplicates("file")[["file", "received_on"]]
    frame = frame.merge(receipts, on="file", how="left").drop(columns="file")
    late = [_late(day, review) for day in frame["received_on"]]
    frame["late_workdays"] = pd.array(late, dtype="Int64")
    return frame.assign(is_returned=True)


def _late(received_on: pd.Timestamp, review: Review) -> int | None:
    """Return the working days after the deadline; unknown where no receipt was kept."""
    if pd.isna(received_on):
        return None
    settings = review.settings
    return workdays_between(settings.deadlines.return_due_on, received_on.date(), settings)


def _visits(review: Review) -> pd.DataFrame:
    visits = review.visits.groupby("dept_code", as_index=False)
    return visits.agg(visit_count=("visit_on", "size"), visited_on=("visit_on", "min"))


def _answered(ratings: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """Count, per row of `frame`, the indicators with an answer other than 未填."""
    given = ratings[ratings["answer"].notna() & (ratings["answer"] != UNANSWERED)]
    counts = given.groupby("dept_code")["indicator_id"].nunique()
    return frame["dept_code"].map(counts).astype("Int64").fillna(0)
