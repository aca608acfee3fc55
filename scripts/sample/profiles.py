"""Covers, profiles and the counts that no list carries (封面、基本情况、其他计数)."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema.vocabularies import COUNT_ITEM_INDICATOR

from .staffing import posts
from .tables import read_table, typed

STAND_UP_DUE = {"nameplate": "2025-03-31", "seal": "2025-03-31", "leaders": "2025-03-20",
                "office": "2025-05-15"}  # fmt: skip


DECLARED_DAYS = (4, 7, 8, 9, 7, 8, 3, 9, 8, 7)
"""Days of July 2025 on which departments date their returns, in turn."""


def covers(departments: pd.DataFrame, files: dict[str, str]) -> pd.DataFrame:
    """Return one cover per department."""
    rows = [
        {
            "dept_code": row.dept_code, "declared_code": row.dept_code,
            "declared_name": row.short_name,
            "declared_on": f"2025-07-{DECLARED_DAYS[position % len(DECLARED_DAYS)]:02d}",
            "filled_by_role": "人事科科长" if position % 3 else "办公室主任",
            "reviewed_by_role": "分管副职" if position % 4 else "主要负责人",
            "is_committed": "yes", "source_file": f"returns/{files[row.dept_code]}",
        }
        for position, row in enumerate(departments.itertuples())
    ]  # fmt: skip
    return typed("covers", rows)


def profiles(departments: pd.DataFrame, duties: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return one profile per department; handover is asked of all who gained or lost duties."""
    stand_up = {row["dept_code"]: row for row in read_table("stand_up")}
    subordinates = {row["dept_code"]: row for row in read_table("subordinates")}
    transferring = set(duties["dept_code"])
    rows = [
        _stated(row)
        | {"three_det_complete_on": _complete_on(row, units)}
        | _stand_up_of(stand_up.get(row.dept_code))
        | _handover_of(stand_up.get(row.dept_code), row.dept_code in transferring)
        | _subordinates_of(subordinates.get(row.dept_code))
        | _pressure_of(row.dept_code)
        for row in departments.itertuples()
    ]
    return typed("profiles", rows)


def _stated(row) -> dict:
    return {
        "dept_code": row.dept_code, "stated_change_type": row.change_type,
        "stated_three_det_no": row.three_det_no, "stated_three_det_on": row.three_det_on,
    }  # fmt: skip


def _complete_on(row, units: pd.DataFrame):
    """The day the last head came, blank while a unit or a head is missing."""
    own = units[(units["dept_code"] == row.dept_code) & units["is_in_three_det"]]
    is_complete = own["is_head_in_place"].all() and pd.notna(row.three_det_on)
    return own["head_on"].max() if is_complete else pd.NaT


def _stand_up_of(row: dict | None) -> dict:
    if row is None:
        return {}
    asked = [step for step in STAND_UP_DUE if row[step] or row["leaders"]]
    return {f"{step}_due_on": STAND_UP_DUE[step] for step in asked} | {
        f"{step}_done_on": row[step] for step in asked if row[step]
    }


def _handover_of(row: dict | None, is_transferring: bool) -> dict:
    states = ("funds", "assets", "offices", "archives")
    if row is not None:
        return {f"{state}_state": row[state] for state in states}
    if not is_transferring:
        return {f"{state}_state": "not_applicable" for state in states}
    return {f"{state}_state": "done" for state in states} | {"offices_state": "not_applicable"}


def _subordinates_of(row: dict | None) -> dict:
    if row is None:
        return {}
    return {"subordinates_due_count": row["due"], "subordinates_done_count": row["done"]}


def _pressure_of(code: str) -> dict:
    own = posts()[code]
    return {"staffing_pressure": own["pressure"], "staffing_pressure_note": own["pressure_note"]}


def other_counts(matters: pd.DataFrame, staffing: pd.DataFrame) -> pd.DataFrame:
    """Return the printed counts of every department; disputes come from the raised matters."""
    in_post = staffing[staffing["estab_type"] == "administrative"]
    in_post = in_post.set_index("dept_code")["posts_filled_count"]
    rows = []
    for row in read_table("counts"):
        code = row["dept_code"]
        counts = _plain_counts(row) | _people_counts(int(in_post[code]), int(code[2:]))
        counts["disputes"] = _disputes(matters[matters["dept_code"] == code])
        rows += [
            {"dept_code": code, "count_item": item, "num": num, "den": den}
            | {"indicator_id": COUNT_ITEM_INDICATOR[item]}
            for item, (num, den) in counts.items()
        ]
    return typed("other_counts", rows)


def _plain_counts(row: dict) -> dict[str, tuple]:
    return {
        "main_duties": (row["duties"], None),
        "duties_performed": (row["performed"], None),
        "duties_partial": (row["partial"], None),
        "duties_pending_city": (row["city"], None),
        "archives": _pair(row["archives"]),
        "city_alignment": _pair(row["alignment"]),
        "city_alignment_pending": (row["alignment_city"], None),
        "disputes": (0, 0),
        "immediate": _pair(row["immediate"]),
        "workload": _pair(row["workload"]),
    }


def _pair(text: str | None) -> tuple[int, int]:
    """Read num/den; a count that does not arise is 0 out of 0, never blank."""
    num, den = (text or "0/0").split("/")
    return int(num), int(den)


def _people_counts(in_post: int, turn: int) -> dict[str, tuple[int, int]]:
    young = round(in_post * (0.24 + 0.02 * (turn % 6)))
    matched = round(in_post * (0.62 + 0.04 * (turn % 7)))
    return {"age_under_35": (young, in_post), "specialists": (matched, in_post)}


def _disputes(own: pd.DataFrame) -> tuple[int, int]:
    raised = own[own["raised_on"].notna()]
    return int(raised["resolved_on"].notna().sum()), len(raised)
