"""Counts by light, the closing rate, and what is red or yellow (进度)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.ledger_problems import problems
from reviewlib.findings.lights import ALARMING
from reviewlib.findings.observations import CATEGORIES
from reviewlib.findings.records import Record, records_of
from reviewlib.findings.selection import in_protocol_order
from reviewlib.findings.tasks import rectification
from reviewlib.review import Review
from reviewlib.schema.frames import frame_from

COUNTS = ["total", "closed", "green", "yellow", "red", "grey", "pending_city"]
LIT = ["light", "is_closed", "status"]
"""What a task or a problem is counted by."""


def totals(frame: pd.DataFrame) -> pd.Series:
    """Count tasks or problems by light.

    Parameters
    ----------
    frame : DataFrame
        Rows of `rectification` or `problems`.

    Returns
    -------
    Series
        `total` (rejected ones are not counted)`, closed, green` (open and on track)`, yellow,
        red, grey, pending_city` (among the grey)`, closing_share` (closed of those the district
        can close: 挂账 leaves numerator and denominator; missing when there are none).
    """
    told = zip(*(frame[name].tolist() for name in LIT), strict=True)
    return pd.Series(counted(told), dtype=object)  # counts stay whole


def counted(told: Iterable[tuple]) -> dict[str, float]:
    """Count tasks or problems by what `LIT` names of each; see `totals`."""
    known = [row for row in told if pd.notna(row[0])]
    still_open = [(light, status) for light, is_closed, status in known if not is_closed]
    lights = Counter(light for light, _ in still_open)
    pending = sum(status == "pending_city" for _, status in still_open)
    closed, total = len(known) - len(still_open), len(known)
    counts = {"total": total, "closed": closed}
    counts |= {light: lights[light] for light in COUNTS[2:6]}
    can_close = total - pending
    share = closed / can_close if can_close else float("nan")
    return counts | {"pending_city": pending, "closing_share": share}


def totals_by(frame: pd.DataFrame, column: str) -> dict[str, dict[str, float]]:
    """Return the `totals` of the rows of each value of a column, in its sorted order."""
    told: dict[str, list[list]] = {}
    for value, *row in zip(*(frame[name].tolist() for name in (column, *LIT)), strict=True):
        if pd.notna(value):
            told.setdefault(value, []).append(row)
    return {value: counted(rows) for value, rows in sorted(told.items())}


_NUMBERS = {"due_on": "datetime64[us]", "days_left": "Int64", "progress_share": "Float64",
            "elapsed_share": "Float64", "silent_days": "Int64", "returned_count": "Int64",
            "is_decision_asked": "boolean"}  # fmt: skip
ATTENTION = [
    "kind", "reference", "problem_id", "problem_title", "text", "owner", "due_on", "days_left",
    "progress_share", "elapsed_share", "silent_days", "returned_count", "light", "reasons",
    "obstacle", "can_unblock", "is_decision_asked", "next_step", *SOURCE,
]  # fmt: skip
_ATTENTION_DTYPES = dict.fromkeys(ATTENTION, "str") | _NUMBERS


def attention(review: Review, group: str | None = None) -> pd.DataFrame:
    """List what is red or yellow, with what blocks it and who can unblock it (红黄灯事项).

    Parameters
    ----------
    review : Review
    group : str, optional
        Only what concerns a department of this visit group.

    Returns
    -------
    DataFrame
        One row per red or yellow task, and per such problem that has no such task; red before
        yellow, then protocol order of the owner: `kind` (task, problem)`, reference` (its id)`,
        problem_id, problem_title, text` (measure or description)`, owner, due_on, days_left` (below
        0: overdue)`, progress_share, elapsed_share, silent_days, returned_count, light, reasons,
        obstacle, can_unblock, is_decision_asked, next_step`, provenance.
    """
    rows = [
        task | {"kind": "task", "reference": task["task_id"], "text": task["measure"]}
        for task in _alarming(rectification(review, group))
    ]
    told = {task["problem_id"] for task in rows}
    rows += [
        problem | {"kind": "problem", "reference": problem["problem_id"],
                   "problem_title": problem["title"], "text": problem["description"],
                   "reasons": problem["reason"]}
        for problem in _alarming(problems(review, group)) if problem["problem_id"] not in told
    ]  # fmt: skip
    parts = [frame_from([row for row in rows if row["light"] == light], _ATTENTION_DTYPES)
             for light in ALARMING]  # fmt: skip
    ordered = [in_protocol_order(part, review, "reference", by="owner") for part in parts]
    return pd.concat(ordered, ignore_index=True)


def _alarming(frame: pd.DataFrame) -> list[Record]:
    return records_of(frame[frame["light"].isin(ALARMING)])


def by_category(review: Review) -> pd.DataFrame:
    """Count problems by category and light, in the order of the taxonomy (四类问题进度).

    Returns
    -------
    DataFrame
        One row per category that holds a problem: `category`, the columns of `totals`,
        `task_count, tasks_closed`.
    """
    found = totals_by(problems(review), "category")
    tasks = totals_by(rectification(review), "category")
    nothing = dict.fromkeys(COUNTS, 0)
    rows = [
        {"category": category, **found[category], **_tasks(tasks.get(category, nothing))}
        for category in CATEGORIES
        if category in found
    ]
    return _counted(rows, "category")


def by_owner(review: Review) -> pd.DataFrame:
    """Count tasks by the department responsible and light, in protocol order (部门进度).

    Returns
    -------
    DataFrame
        One row per department that owns a task: `dept_code` and the columns of `totals`.
    """
    own = totals_by(rectification(review), "owner")
    rows = [{"dept_code": owner, **counts} for owner, counts in own.items()]
    return in_protocol_order(_counted(rows, "dept_code"), review)


def _tasks(counts: Mapping[str, int]) -> dict[str, int]:
    return {"task_count": int(counts["total"]), "tasks_closed": int(counts["closed"])}


def _counted(rows: list[dict], key: str) -> pd.DataFrame:
    extra = ["task_count", "tasks_closed"] if key == "category" else []
    columns = [key, *COUNTS, "closing_share", *extra]
    dtypes = {key: "str"} | dict.fromkeys([*COUNTS, *extra], "Int64") | {"closing_share": "Float64"}
    return pd.DataFrame(rows, columns=columns).astype(dtypes)
