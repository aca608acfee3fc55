"""Transfers of duties and of staff; both sides report every matter."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

DUE_ON = "2025-05-31"


LOSING_SAYS = {
    "DT-02": {"status": "partial", "posts_done_count": "1", "obstacle": "understanding",
              "remark": "日常服务已移交区科委，审批权限待市级口径"},
    "DT-08": {"status": "done", "done_on": "2025-05-26", "staff_done_count": "2",
              "handover": "both", "obstacle": None, "remark": "我局已完成移交"},
    "DT-21": {"posts_done_count": "3", "remark": "我委已按编办文件足额划出"},
    "DT-26": {"status": "done", "done_on": "2025-05-30", "posts_done_count": "2",
              "staff_done_count": "2", "obstacle": None, "remark": "已完成移交，名册已送区交通委"},
}  # fmt: skip
"""Where the losing department sees it otherwise: planted disagreements."""

SILENT = ("DT-12",)
"""Matters the losing department did not list at all: a planted silent side."""

LOSING_SAYS_ALL_MOVED = (("DP18", "DP33"), ("DP34", "DP26"))
"""Pairs whose losing department reports every person as moved; the gaining one does not."""

FORMALITIES_BEHIND = {
    ("DP18", "DP33"): (0, 0, 0, 1), ("DP28", "DP27"): (0, 0, 1, 1), ("DP25", "DP26"): (0, 2, 1, 4),
    ("DP14", "DP15"): (0, 0, 0, 3), ("DP21", "DP33"): (0, 1, 0, 2), ("DP13", "DP32"): (0, 0, 0, 1),
    ("DP17", "DP32"): (1, 1, 0, 1), ("DP18", "DP31"): (0, 0, 0, 1), ("DP04", "DP09"): (0, 0, 0, 1),
    ("DP24", "DP04"): (0, 0, 0, 1),
}  # fmt: skip
"""People moved whose register, payroll, Party membership or file has not followed yet."""

PENDING_REASONS = {
    "pending_city": "待市级明确职责口径后一并转隶",
    "partial": "在办业务未了结，个别人员暂缓转隶",
    "not_done": "转隶人员名册尚未确认",
    "disputed": "职责边界尚未商定，人员暂未转隶",
}


def duty_transfers() -> pd.DataFrame:
    """Return both reports of every matter: gaining side first, then losing where it spoke."""
    matters = [row | {"due_on": DUE_ON} for row in read_table("duty_matters")]
    gaining = [row | {"dept_code": row["to_dept"], "reported_by": "gaining"} for row in matters]
    losing = [
        row
        | {"dept_code": row["from_dept"], "reported_by": "losing"}
        | LOSING_SAYS.get(row["matter_id"], {})
        for row in matters
        if row["matter_id"] not in SILENT
    ]
    frame = typed("duty_transfers", gaining + losing)
    return frame.sort_values(["matter_id", "reported_by"], ignore_index=True)


def staff_transfers() -> pd.DataFrame:
    """Return the people who move with the duties: one row per pair of departments and side."""
    duties = duty_transfers()
    duties = duties[duties["reported_by"] == "gaining"]
    moving = duties[duties["staff_count"] > 0]
    rows = []
    for pair, matters in moving.groupby(["from_dept", "to_dept"], sort=False):
        row = _people_of(pair, matters)
        rows.append(row | {"dept_code": pair[1], "reported_by": "gaining"})
        says = _all_moved(row) if pair in LOSING_SAYS_ALL_MOVED else {}
        rows.append(row | {"dept_code": pair[0], "reported_by": "losing"} | says)
    return typed("staff_transfers", rows)


def _people_of(pair: tuple[str, str], matters: pd.DataFrame) -> dict:
    due, done = int(matters["staff_count"].sum()), int(matters["staff_done_count"].sum())
    behind = FORMALITIES_BEHIND.get(pair, (0, 0, 0, 0))
    realname, payroll, party, file = (done - missing for missing in behind)
    open_status = matters.loc[matters["status"] != "done", "status"]
    is_complete = done == due
    return {
        "from_dept": pair[0], "to_dept": pair[1], "estab_type": "administrative",
        "due_count": due, "done_count": done, "pending_count": due - done,
        "pending_reason": None if is_complete else PENDING_REASONS[open_status.iloc[0]],
        "realname_done_count": realname, "payroll_done_count": payroll,
        "party_done_count": party, "file_done_count": file, "due_on": DUE_ON,
        "done_on": matters["done_on"].max() if is_complete else pd.NaT,
        "stated_done_share": round(done / due, 3),
    }  # fmt: skip


def _all_moved(row: dict) -> dict:
    due = row["due_count"]
    return {
        "done_count": due, "pending_count": 0, "pending_reason": None, "stated_done_share": 1.0,
        "realname_done_count": due, "payroll_done_count": due, "party_done_count": due,
        "file_done_count": due, "done_on": pd.Timestamp(DUE_ON),
    }  # fmt: skip
