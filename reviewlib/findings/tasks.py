"""Rectification (整改): every task with its light, and the counts that follow from it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.lights import lit, measured, reckoned
from reviewlib.findings.selection import concerning, in_protocol_order, selected
from reviewlib.review import Review
from reviewlib.review.memory import remembered

COLUMNS = [
    "task_id", "problem_id", "category", "problem_title", "rec_id", "measure", "owner",
    "support_depts", "rectification_type", "start_on", "due_on", "status", "is_closed",
    "is_closure_incomplete", "closed_on", "light", "reason", "reasons", "days_left",
    "progress_share", "elapsed_share", "last_reported_on", "silent_days", "last_progress_text",
    "obstacle", "can_unblock", "is_decision_asked", "next_step", "reviewer_opinion",
    "returned_count", "reopened_count", "evidence_ref", "verified_by_role",
    "verified_by_dept", *SOURCE,
]  # fmt: skip


def rectification(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return every rectification task (整改任务) with its light at `review.as_of`.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep the tasks that a department of the group, or the department, owns or supports, or
        whose problem concerns it.

    Returns
    -------
    DataFrame
        One row per task whose problem was known at `as_of`, by the owner's protocol order, then
        `task_id`; columns as in `COLUMNS`. `status, is_closed, closed_on` are those of `as_of`;
        `is_closure_incomplete`: closure is claimed without all it takes;
        `light, reason, reasons` as `lights.lit` gives them; `days_left` below 0 means overdue;
        missing once closed.

    Notes
    -----
    For a date in the past the steps between (挂账, returned, reopened) are those of today: the
    ledger keeps their present state only.
    """
    about = selected(review, group, department)
    if about is not None:
        named = concerning(review.problem_depts, about, "dept_code")
        about = about | set(named["problem_id"])  # a problem concerns those it names
    frame = concerning(_rectification(review), about, "owner", "support_depts", "problem_id")
    return frame.reset_index(drop=True)


@remembered
def _rectification(review: Review) -> pd.DataFrame:
    about = review.problems[["problem_id", "category", "title", "found_on"]]
    tasks = review.tasks.merge(
        about.drop_duplicates("problem_id").rename(columns={"title": "problem_title"}),
        on="problem_id", how="left",
    )  # fmt: skip
    tasks = tasks[~(tasks["found_on"] > review.as_of)].reset_index(drop=True)
    tasks["start_on"] = tasks["start_on"].fillna(tasks["found_on"])
    tasks = reckoned(tasks, review.as_of, review.departments)
    tasks = measured(tasks, review.followups, review.as_of)
    tasks = lit(tasks, review.settings.lights)
    tasks["days_left"] = tasks["days_left"].mask(tasks["is_closed"].astype(bool))
    return in_protocol_order(tasks[COLUMNS], review, "task_id", by="owner")


def previous_date(review: Review) -> date | None:
    """Return the last report date of the latest month before that of `as_of`; None if none."""
    first_of_month = review.as_of.to_period("M").start_time
    earlier = review.followups["reported_on"]
    earlier = earlier[earlier < first_of_month]
    return earlier.max().date() if len(earlier) else None


def due_soon(review: Review, group: str | None = None) -> pd.DataFrame:
    """Return the open tasks due within `settings.lights.due_list_days`, by due date.

    Overdue tasks are not among them: they are red and stand on their own list.
    """
    tasks = rectification(review, group)
    is_open = ~tasks["is_closed"] & tasks["light"].notna() & (tasks["status"] != "pending_city")
    soon = tasks["days_left"].between(0, review.settings.lights.due_list_days)
    listed = tasks[(is_open & soon).fillna(False).astype(bool)]
    return listed.sort_values("due_on", kind="stable", ignore_index=True)
