"""The visits (回访记录), what they found (发现) and deductions and bonuses (加减分)."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

VISIT_DAYS = pd.to_datetime(
    ["2025-07-14", "2025-07-15", "2025-07-16", "2025-07-17", "2025-07-18"]
).as_unit("us")
METHODS = (
    "briefing;meeting;documents;site", "briefing;meeting;interview;documents",
    "briefing;documents;site;questionnaire", "briefing;meeting;interview;documents;site",
)  # fmt: skip


def visits(departments: pd.DataFrame) -> pd.DataFrame:
    """Return one visit per visited department: two a day for each group, in protocol order."""
    visited = departments[departments["mode"] == "visit"]
    rows = []
    for group_id, members in visited.groupby("group_id"):
        for turn, code in enumerate(members["dept_code"]):
            rows.append(_visit(group_id, code, turn))
    return typed("visits", rows)


def _visit(group_id: str, code: str, turn: int) -> dict:
    return {
        "group_id": group_id, "dept_code": code, "visit_on": VISIT_DAYS[turn // 2],
        "half_day": "am" if turn % 2 == 0 else "pm", "methods": METHODS[turn % len(METHODS)],
        "participants_count": 8 + 3 * (int(code[2:]) % 4),
        "minutes_ref": f"回访纪要{group_id}-{turn + 1:02d}",
    }  # fmt: skip


def findings(departments: pd.DataFrame) -> pd.DataFrame:
    """Return the raw findings, numbered in protocol order."""
    group_of = departments.set_index("dept_code")["group_id"]
    rows = [
        {
            "finding_id": finding_id, "dept_code": row["dept_code"],
            "group_id": group_of[row["dept_code"]], "indicator_id": row["indicator_id"],
            "category": row["category"], "text": row["text"],
            "quote_ref": "座谈记录" if row["category"] in ("STAFF", "COORD") else "查阅资料",
            "is_immediate": row["immediate_done_on"] is not None,
            "immediate_done_on": row["immediate_done_on"], "suggestion": row["suggestion"],
        }
        for finding_id, row in numbered()
    ]  # fmt: skip
    return typed("findings", rows)


def numbered() -> list[tuple[str, dict]]:
    """Return the findings with their numbers, as the groups issued them."""
    return [(f"F-{number:03d}", row) for number, row in enumerate(read_table("findings"), start=1)]


def problem_findings() -> pd.DataFrame:
    """Return what became of every finding: merged, to be merged, or not adopted with a reason."""
    return typed(
        "problem_findings",
        [{"finding_id": finding_id} | _fate(row["becomes"]) for finding_id, row in numbered()],
    )


def _fate(becomes: str) -> dict:
    if becomes.startswith("P-"):
        return {"status": "merged", "problem_id": becomes}
    if becomes == "待归并":
        return {"status": "unmerged"}
    return {"status": "declined", "reason": becomes}


def adjustments() -> pd.DataFrame:
    """Return the deductions and bonuses the groups entered."""
    return typed("adjustments", read_table("adjustments"))
