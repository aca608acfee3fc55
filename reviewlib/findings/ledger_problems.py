"""The problems of the ledger (问题台账): whom they concern, what answers them, their light."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from reviewlib import schema
from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.lights import DTYPES as LIT
from reviewlib.findings.lights import RULES, lit, worst_of
from reviewlib.findings.observations import CATEGORIES
from reviewlib.findings.records import (
    LedgerRecords,
    Reckoning,
    Record,
    blanks_last,
    grouped,
    records_of,
)
from reviewlib.findings.selection import concerning, join_codes, protocol_place, selected
from reviewlib.findings.tasks import lit_tasks
from reviewlib.review import Review
from reviewlib.review.memory import remembered
from reviewlib.schema.frames import frame_from

COLUMNS = [
    "problem_id", "category", "title", "description", "sources", "nature", "cause",
    "resolution_level", "severity", "rectification_type", "owner", "owner_role", "dept_codes",
    "dept_count", "rec_ids", "task_ids", "task_count", "found_on", "due_on", "days_left", "status",
    "is_closed", "is_closure_incomplete", "closed_on", "light", "reason", "returned_count",
    "city_contacted_on", "evidence_ref", "verified_by_role", "closure_leadership",
    "closure_capacity", "closure_plan", "closure_monitoring", "closure_result", *SOURCE,
]  # fmt: skip
DTYPES = {
    name: (schema.dtypes_of("problems") | LIT
           | dict.fromkeys(["dept_count", "task_count"], "Int64")).get(name, "str")
    for name in COLUMNS
}  # fmt: skip
_ORDER = {category: place for place, category in enumerate(CATEGORIES)}


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
    found = lit_problems(LedgerRecords.of(review), Reckoning.of(review))
    departments, recs = _departments(found, review), _recommendations(review)
    rows = [row | departments.get(row["problem_id"], {}) | recs.get(row["problem_id"], {})
            for row in found]  # fmt: skip
    return frame_from(sorted(rows, key=_place), DTYPES)


def _place(problem: Record) -> tuple:
    """Return where a problem stands: by category, then by its number."""
    return _ORDER.get(problem["category"], len(_ORDER)), *blanks_last(problem["problem_id"])


def lit_problems(ledger: LedgerRecords, by: Reckoning) -> list[Record]:
    """Return the problems found by `by.as_of`, each with its tasks and its light.

    Returns
    -------
    list of Record
        In the order of the ledger: the columns of `problems` but for the departments and
        recommendations.
    """
    tasks = sorted(lit_tasks(ledger, by), key=lambda task: blanks_last(task["task_id"]))
    of_problem = grouped(tasks, "problem_id")
    known = (
        lit(problem | {"start_on": None}, by) for problem in ledger.problems
        if problem["found_on"] is None or problem["found_on"] <= by.as_of
    )  # fmt: skip
    return [_with_tasks(problem, of_problem.get(problem["problem_id"], ())) for problem in known]


def _with_tasks(problem: Record, tasks: Sequence[Record]) -> Record:
    """Take the tasks' light; a closure claimed and incomplete makes it at least yellow."""
    worst = worst_of(task["light"] for task in tasks)
    deciding = next((task for task in tasks if worst and task["light"] == worst), problem)
    light, reason = deciding["light"], deciding["reason"]
    if problem["is_closure_incomplete"] and light in ("green", "grey"):
        light, reason = RULES["closure_incomplete"], "closure_incomplete"
    ids = join_codes(task["task_id"] for task in tasks) if tasks else None
    return problem | {"light": light, "reason": reason, "task_ids": ids, "task_count": len(tasks)}


def _departments(found: Sequence[Record], review: Review) -> dict[object, Record]:
    """Return the departments of each problem, its owner included, in protocol order."""
    named = records_of(review.problem_depts[["problem_id", "dept_code"]])
    named += [{"problem_id": row["problem_id"], "dept_code": row["owner"]} for row in found]
    place = protocol_place(review)
    told = {}
    for problem_id, rows in grouped(named, "problem_id").items():
        codes = sorted({row["dept_code"] for row in rows} - {None}, key=lambda c: (place(c), c))
        if codes:
            told[problem_id] = {"dept_codes": ";".join(codes), "dept_count": len(codes)}
    return told


def _recommendations(review: Review) -> dict[object, Record]:
    """Return the recommendations that answer each problem."""
    links = grouped(records_of(review.problem_recs[["problem_id", "rec_id"]]), "problem_id")
    return {problem_id: {"rec_ids": join_codes(row["rec_id"] for row in rows)}
            for problem_id, rows in links.items()}  # fmt: skip
