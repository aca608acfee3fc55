"""The ledger (台账): 4 categories and 11 problems, 4 strands and 11 recommendations, tasks."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

CLOSURE = {"P-10": "met;met;met;met;partly"}
"""The five criteria of closure, in their order: leadership, capacity, plan, monitoring, result."""
CRITERIA = ("leadership", "capacity", "plan", "monitoring", "result")


def problems() -> pd.DataFrame:
    """Return the eleven problems of the ledger."""
    return typed("problems", [_problem(row) for row in read_table("problems")])


def _problem(row: dict) -> dict:
    code = row["problem_id"]
    closure = CLOSURE.get(code, "").split(";") if code in CLOSURE else [None] * len(CRITERIA)
    return (
        row
        | {"verified_by_dept": "DP08" if row["status"] == "closed" else None}
        | {f"closure_{name}": value for name, value in zip(CRITERIA, closure, strict=True)}
    )


def problem_depts() -> pd.DataFrame:
    """Return the departments each problem concerns, the one mainly responsible first."""
    rows = []
    for row in read_table("problem_departments"):
        pairs = [(row["main"], "main")]
        pairs += [(code, "support") for code in (row["support"] or "").split(";") if code]
        rows += [
            {"problem_id": row["problem_id"], "dept_code": code, "role": role}
            for code, role in pairs
        ]
    return typed("problem_depts", rows)


def recommendations() -> pd.DataFrame:
    """Return the eleven recommendations; three of them ask for a decision."""
    return typed("recommendations", read_table("recommendations"))


def problem_recs() -> pd.DataFrame:
    """Return which recommendation answers which problem."""
    rows = [
        {"problem_id": row["problem_id"], "rec_id": rec_id}
        for row in read_table("problem_recommendations")
        for rec_id in row["recs"].split(";")
    ]
    return typed("problem_recs", rows)


def tasks() -> pd.DataFrame:
    """Return the rectification tasks as they stand at the date of reckoning."""
    return typed("tasks", read_table("tasks"))
