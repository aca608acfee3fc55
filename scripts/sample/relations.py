"""Matters between departments (部门间职责关系) and coordination bodies (议事协调机构)."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

SUPPORT_SEES = {
    ("XM-04", "DP26"): {"boundary": "mostly_clear"},
    ("XM-03", "DP31"): {"boundary": "unclear"},
    ("XM-22", "DP26"): {"boundary": "unclear", "matter_kind": "unclear_lead"},
    ("XM-16", "DP23"): {"boundary": "clear"},
}
"""Where a supporting department judges the boundary otherwise than the lead."""


def cross_dept_matters() -> pd.DataFrame:
    """Return each matter once for every department that takes part in it and reports it."""
    rows = [row for matter in read_table("cross_matters") for row in _reports_of(matter)]
    return typed("cross_dept_matters", rows)


def _reports_of(matter: dict) -> list[dict]:
    row = {
        "cross_matter_id": matter["id"], "matter": matter["matter"], "lead_dept": matter["lead"],
        "support_depts": matter["support"], "basis": matter["basis"],
        "is_written": matter["basis"] != "none", "boundary": matter["boundary"],
        "matter_kind": matter["kind"], "raised_on": matter["raised_on"],
        "resolved_on": matter["resolved_on"], "resolver": matter["resolver"],
        "remark": matter["remark"],
    }  # fmt: skip
    departments = [matter["lead"], *matter["support"].split(";")]
    return [
        row | {"dept_code": code} | SUPPORT_SEES.get((matter["id"], code), {})
        for code in departments
    ]


def coordination_bodies() -> pd.DataFrame:
    """Return one row per coordination body; the department that hosts its office reports it."""
    rows = [row | {"dept_code": row["office_dept"]} for row in read_table("bodies")]
    return typed("coordination_bodies", rows)
