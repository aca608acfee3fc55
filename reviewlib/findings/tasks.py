"""Rectification (整改): every task with its light, and the counts that follow from it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from reviewlib import schema
from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.lights import DTYPES as LIT
from reviewlib.findings.lights import lit
from reviewlib.findings.records import LedgerRecords, Reckoning, Record, grouped
from reviewlib.findings.selection import concerning, in_protocol_order, selected
from reviewlib.review import Review
from reviewlib.review.memory import remembered
from reviewlib.schema.frames import frame_from

COLUMNS = [
    "task_id", "problem_id", "category", "problem_title", "rec_id", "measure", "owner",
    "support_depts", "rectification_type", "start_on", "due_on", "status", "is_closed",
    "is_closure_incomplete", "closed_on", "light", "reason", "reasons", "days_left",
    "progress_share", "elapsed_share", "last_reported_on", "silent_days", "last_progress_text",
    "obstacle", "can_unblock", "is_decision_asked", "next_step", "reviewer_opinion",
    "returned_count", "reopened_count", "evidence_ref", "verified_by_role",
    "verified_by_dept", *SOURCE,
]  # fmt: skip
DTYPES = {name: (schema.dtypes_of("tasks") | LIT).get(name, "str") for name in COLUMNS}


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
    Of `review.at` a day in the past the steps between (挂账, returned, reopened) are those of
    today, as the rows have them; `ledger.ledger_at` gives the ledger as its log had it then.
    """
    about = selected(review, group, department)
    if about is not None:
        named = concerning(review.problem_depts, about, "dept_code")
        about = about | set(named["problem_id"])  # a problem concerns those it names
    frame = concerning(_rectification(review), about, "owner", "support_depts", "problem_id")
    return frame.reset_index(drop=True)


@remembered
def _rectification(review: Review) -> pd.DataFrame:
    tasks = lit_tasks(LedgerRecords.of(review), Reckoning.of(review))
    return in_protocol_order(frame_from(tasks, DTYPES), review, "task_id", by="owner")


def lit_tasks(ledger: LedgerRecords, by: Reckoning) -> list[Record]:
    """Return the tasks whose problem was known at `by.as_of`, each with its light.

    Returns
    -------
    list of Record
        In the order of the ledger, with what `COLUMNS` names.
    """
    about, reports = grouped(ledger.problems, "problem_id"), grouped(ledger.followups, "task_id")
    tasks = []
    for task in ledger.tasks:
        problem = about.get(task["problem_id"], [{}])[0]
        found_on = problem.get("found_on")
        if found_on is None or found_on <= by.as_of:
            told = {"category": problem.get("category"), "problem_title": problem.get("title"),
                    "start_on": task["start_on"] or found_on}  # fmt: skip
            tasks.append(lit(task | told, by, reports.get(task["task_id"], ())))
    return tasks


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
