"""What was put right on the spot (立行立改), from the visits and from the ledger."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.observations import visit_findings
from reviewlib.findings.selection import in_protocol_order, with_mode
from reviewlib.findings.tasks import rectification
from reviewlib.review import Review
from reviewlib.review.calendar import add_workdays

COLUMNS = ["dept_code", "mode", "group_id", "source", "reference", "text", "due_on", "done_on",
           "is_done", "problem_ids", *SOURCE]  # fmt: skip


def immediate(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """List what was to be put right at once and whether it is done at `review.as_of`.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per visit finding marked 立行立改 and per task of that type, protocol order:
        `dept_code, mode, group_id, source` (vocabulary IMMEDIATE_SOURCE)`, reference` (finding or
        task)`, text, due_on` (of a finding: the first visit and the default term in working
        days)`, done_on, is_done, problem_ids`, provenance. A finding and the task it led to are
        two rows joined by their problem.
    """
    parts = [_found(review, group, department), _tasked(review, group, department)]
    frame = pd.concat(parts, ignore_index=True)
    return in_protocol_order(frame, review, "source", "reference")


def _found(review: Review, group: str | None, department: str | None) -> pd.DataFrame:
    frame = visit_findings(review, group, department)
    frame = frame[frame["is_immediate"].fillna(False).astype(bool)]
    visits = review.visits.sort_values("visit_on", kind="stable").drop_duplicates("dept_code")
    frame = frame.merge(visits[["dept_code", "visit_on"]], on="dept_code", how="left")
    done_on = frame["immediate_done_on"]
    return frame.assign(
        source="finding", reference=frame["finding_id"],
        due_on=pd.array([_due(day, review) for day in frame["visit_on"]], dtype="datetime64[us]"),
        done_on=done_on, is_done=(done_on <= review.as_of).astype("boolean"),
    )[COLUMNS]  # fmt: skip


def _due(visited_on: pd.Timestamp, review: Review) -> pd.Timestamp | None:
    """Return the end of the default term of what is put right on the spot."""
    if pd.isna(visited_on):
        return None
    term = review.settings.deadlines.immediate_workdays
    return pd.Timestamp(add_workdays(visited_on.date(), term, review.settings))


def _tasked(review: Review, group: str | None, department: str | None) -> pd.DataFrame:
    frame = rectification(review, group, department)
    frame = frame[frame["rectification_type"] == "immediate"]
    frame = frame.assign(
        dept_code=frame["owner"], source="task", reference=frame["task_id"],
        text=frame["measure"], done_on=frame["closed_on"], is_done=frame["is_closed"],
        problem_ids=frame["problem_id"],
    )  # fmt: skip
    return with_mode(frame, review)[COLUMNS]
