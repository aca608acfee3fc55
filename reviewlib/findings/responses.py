"""What came of it: the review's recommendations and the departments' opinions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewlib import schema
from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.ledger_problems import problems
from reviewlib.findings.lights import worst_of
from reviewlib.findings.progress import totals_by
from reviewlib.findings.records import Record, grouped, records_of
from reviewlib.findings.selection import (
    concerning,
    in_protocol_order,
    join_codes,
    selected,
    split_codes,
    with_mode,
)
from reviewlib.findings.tasks import rectification
from reviewlib.review import Review
from reviewlib.review.memory import remembered
from reviewlib.schema.frames import frame_from

CAME_OF = {"problem_ids": "str", "task_count": "Int64", "tasks_closed": "Int64", "light": "str"}
STRANDS = schema.TABLES["recommendations"]["strand"].vocabulary.codes


def recommendations(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the recommendations (工作建议) with the problems they answer and how far they are.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep those led or supported by a department of the group, or the department.

    Returns
    -------
    DataFrame
        One row per recommendation, by strand, then `rec_id`: the ledger's columns with
        `problem_ids, task_count, tasks_closed, light` (the worst of its tasks; of its problems
        where it has no task; missing where it has neither), provenance.
    """
    selection = selected(review, group, department)
    frame = concerning(review.recommendations, selection, "lead_dept", "support_depts")
    frame = frame.reset_index(drop=True)
    frame = frame.join(frame_from(_came_of(review, frame["rec_id"].tolist()), CAME_OF))
    columns = ["rec_id", "strand", "text", "lead_dept", "support_depts", "resolution_level",
               "deliverable", "due_on", "priority", "status", "decision_needed", "decision_ref",
               "problem_ids", "task_count", "tasks_closed", "light", *SOURCE]  # fmt: skip
    order = frame["strand"].map({code: n for n, code in enumerate(STRANDS)})
    frame = frame.assign(_order=order).sort_values(["_order", "rec_id"], kind="stable")
    return frame[columns].reset_index(drop=True)


def _came_of(review: Review, rec_ids: Sequence[str]) -> list[Record]:
    """Return what came of each recommendation: its problems, its tasks and its light."""
    links = grouped(records_of(review.problem_recs[["rec_id", "problem_id"]]), "rec_id")
    tasks, found = rectification(review), problems(review)
    counts = totals_by(tasks, "rec_id")
    of_rec = grouped(records_of(tasks[["rec_id", "light"]]), "rec_id")
    of_problem = dict(zip(found["problem_id"], found["light"], strict=True))
    told = []
    for rec_id in rec_ids:
        answered = join_codes(link["problem_id"] for link in links.get(rec_id, ()))
        own = counts.get(rec_id, {"total": 0, "closed": 0})
        lights = [task["light"] for task in of_rec[rec_id]] if own["total"] else [
            of_problem.get(code) for code in split_codes(answered)
        ]  # fmt: skip
        told.append({"problem_ids": answered if rec_id in links else None,
                     "task_count": own["total"], "tasks_closed": own["closed"],
                     "light": worst_of(lights)})  # fmt: skip
    return told


def opinions(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the opinions of departments (意见建议) with their handling and reply.

    Returns
    -------
    DataFrame
        One row per opinion, protocol order: `dept_code, mode, group_id, opinion_id, topic, text,
        basis_text, resolution_level, handling` (missing: not handled yet)`, reason, rec_id,
        reply_text, replied_on, is_handled`, provenance of the opinion.
    """
    about = selected(review, group, department)
    return concerning(_opinions(review), about, "dept_code").reset_index(drop=True)


@remembered
def _opinions(review: Review) -> pd.DataFrame:
    handled = review.opinion_handlings.drop_duplicates("opinion_id")
    handled = handled[["opinion_id", "handling", "reason", "rec_id", "reply_text", "replied_on"]]
    frame = review.opinions.merge(handled.dropna(subset="opinion_id"), on="opinion_id", how="left")
    frame["is_handled"] = frame["handling"].notna().astype("boolean")
    columns = ["dept_code", "opinion_id", "topic", "text", "basis_text", "resolution_level",
               "handling", "reason", "rec_id", "reply_text", "replied_on", "is_handled",
               *SOURCE]  # fmt: skip
    return in_protocol_order(with_mode(frame[columns], review), review, "opinion_id")
