"""The problems of the ledger (问题台账): whom they concern, what answers them, their light."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.lights import RULES, WORST_FIRST, lit, measured, reckoned, worst_of
from reviewlib.findings.observations import CATEGORIES
from reviewlib.findings.selection import concerning, in_protocol_order, join_codes, selected
from reviewlib.findings.tasks import rectification
from reviewlib.review import Review
from reviewlib.review.memory import remembered

COLUMNS = [
    "problem_id", "category", "title", "description", "sources", "nature", "cause",
    "resolution_level", "severity", "rectification_type", "owner", "owner_role", "dept_codes",
    "dept_count", "rec_ids", "task_ids", "task_count", "found_on", "due_on", "days_left", "status",
    "is_closed", "is_closure_incomplete", "closed_on", "light", "reason", "returned_count",
    "city_contacted_on", "evidence_ref", "verified_by_role", "closure_leadership",
    "closure_capacity", "closure_plan", "closure_monitoring", "closure_result", *SOURCE,
]  # fmt: skip


def problems(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the agreed problems of the ledger as they stood at `review.as_of`.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep the problems that concern, or are owned by, a department of the group or the
        department.

    Returns
    -------
    DataFrame
        One row per problem found by `as_of`, in the order of the categories, then `problem_id`:
        the ledger's columns with `dept_codes` (joined by ";", protocol order, the owner included)`,
        dept_count, rec_ids, task_ids, task_count, days_left, is_closed, is_closure_incomplete,
        light` (the worst of its tasks; its own where it has none)`, reason` (that task's reason)`,
        provenance.
    """
    about = selected(review, group, department)
    return concerning(_problems(review), about, "dept_codes").reset_index(drop=True)


@remembered
def _problems(review: Review) -> pd.DataFrame:
    frame = review.problems[~(review.problems["found_on"] > review.as_of)]
    frame = _own_light(frame, review)
    frame = frame.merge(_departments(frame, review), on="problem_id", how="left")
    recs = review.problem_recs.groupby("problem_id", as_index=False).agg(
        rec_ids=("rec_id", join_codes)
    )
    frame = frame.merge(recs, on="problem_id", how="left")
    frame = frame.merge(_task_lights(review), on="problem_id", how="left")
    frame = _worst(frame)
    frame["task_count"] = frame["task_count"].astype("Int64").fillna(0)
    order = frame["category"].map({code: n for n, code in enumerate(CATEGORIES)})
    frame = frame.assign(_order=order).sort_values(["_order", "problem_id"], kind="stable")
    return frame[COLUMNS].reset_index(drop=True)


def _own_light(frame: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Give each problem the light its own row would have: a task without reports."""
    alone = frame.assign(
        task_id=frame["problem_id"], start_on=pd.NaT, progress_share=pd.NA,
    ).astype({"start_on": "datetime64[us]", "progress_share": "Float64"})  # fmt: skip
    alone = reckoned(alone, review.as_of, review.departments)
    alone = measured(alone, review.followups.iloc[:0], review.as_of)
    return lit(alone, review.settings.lights)


def _departments(frame: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Return the departments of each problem, its owner included, in protocol order."""
    owners = frame[["problem_id", "owner"]].rename(columns={"owner": "dept_code"})
    named = pd.concat([review.problem_depts[["problem_id", "dept_code"]], owners])
    named = in_protocol_order(named.dropna().drop_duplicates(), review)
    return named.groupby("problem_id", as_index=False).agg(
        dept_codes=("dept_code", join_codes), dept_count=("dept_code", "nunique")
    )


def _task_lights(review: Review) -> pd.DataFrame:
    """Return per problem its tasks, the worst light among them, and that task's reason."""
    tasks = rectification(review).sort_values("task_id", kind="stable")
    rank = tasks["light"].map({light: n for n, light in enumerate(WORST_FIRST)})
    why = tasks.assign(_rank=rank).sort_values("_rank", kind="stable")
    return tasks.groupby("problem_id", as_index=False).agg(
        task_ids=("task_id", join_codes),
        task_count=("task_id", "size"),
        task_light=("light", worst_of),
    ).merge(
        why.drop_duplicates("problem_id")[["problem_id", "reason"]].rename(
            columns={"reason": "task_reason"}
        ),
        on="problem_id", how="left",
    )  # fmt: skip


def _worst(frame: pd.DataFrame) -> pd.DataFrame:
    """Take the tasks' light; a closure claimed and incomplete makes it at least yellow."""
    has_tasks = frame["task_light"].notna()
    light = frame["task_light"].where(has_tasks, frame["light"])
    reason = frame["task_reason"].where(has_tasks, frame["reason"])
    unproven = frame["is_closure_incomplete"].astype(bool) & light.isin(["green", "grey"])
    return frame.assign(
        days_left=frame["days_left"].mask(frame["is_closed"].astype(bool)),
        light=light.mask(unproven, RULES["closure_incomplete"]).astype("str"),
        reason=reason.mask(unproven, "closure_incomplete").astype("str"),
    )
