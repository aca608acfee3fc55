"""Covers, profiles and the counts that no list carries (封面、基本情况、其他计数)."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema.vocabularies import COUNT_ITEM_INDICATOR

from .staffing import posts
from .tables import read_table, typed

STAND_UP_DUE = {"nameplate": "2025-03-31", "seal": "2025-03-31", "leaders": "2025-03-20",
                "office": "2025-05-15"}  # fmt: skip

STAND_UP = """
dept_code | nameplate | seal | leaders | office | funds | assets | offices | archives
DP09 | 2025-03-28 | 2025-03-31 | 2025-03-14 | 2025-05-30 | done | done | in_progress | done
DP14 | 2025-03-25 | 2025-03-27 | | | done | done | not_applicable | done
DP15 | 2025-03-31 | 2025-03-31 | 2025-03-14 | 2025-06-10 | done | in_progress | in_progress | in_progress
DP19 | 2025-03-24 | 2025-03-26 | 2025-03-12 | 2025-05-06 | done | done | done | done
DP22 | 2025-03-28 | 2025-03-31 | 2025-03-17 | 2025-05-13 | done | done | done | in_progress
DP23 | 2025-03-27 | 2025-03-28 | 2025-03-17 | 2025-04-25 | done | done | done | done
DP24 | 2025-03-31 | 2025-04-11 | 2025-03-14 | | in_progress | in_progress | not_started | in_progress
DP25 | 2025-03-28 | 2025-03-31 | 2025-03-19 | 2025-05-14 | done | in_progress | done | in_progress
DP26 | 2025-03-31 | 2025-04-08 | 2025-03-20 | | in_progress | in_progress | in_progress | in_progress
DP27 | 2025-03-31 | 2025-03-31 | 2025-03-20 | 2025-06-05 | done | in_progress | in_progress | in_progress
DP29 | 2025-03-28 | 2025-03-31 | 2025-03-18 | 2025-05-12 | done | done | done | done
DP30 | 2025-03-31 | 2025-03-31 | 2025-03-20 | 2025-05-26 | done | in_progress | done | done
DP31 | 2025-03-31 | 2025-04-15 | 2025-03-20 | | in_progress | not_started | in_progress | in_progress
DP32 | 2025-03-26 | 2025-03-28 | 2025-03-18 | 2025-05-09 | done | done | done | done
DP33 | 2025-03-31 | 2025-03-31 | 2025-03-20 | 2025-05-15 | done | done | done | done
"""
"""Days of the four stand-up steps (blank: not done, or not asked of a renamed body)."""

SUBORDINATES = """
dept_code | due | done
DP15 | 2 | 2
DP18 | 3 | 3
DP22 | 4 | 4
DP24 | 6 | 3
DP25 | 5 | 4
DP26 | 4 | 2
DP27 | 6 | 4
DP29 | 3 | 3
DP31 | 3 | 1
DP33 | 1 | 1
"""

COUNTS = """
dept_code | duties | performed | partial | city | archives | alignment | alignment_city | immediate | workload
DP01 | 12 | 12 | 0 | 0 | | 8/8 | 0 | | 1260/1184
DP02 | 14 | 14 | 0 | 0 | 6/6 | 6/6 | 0 | 1/1 | 3420/3318
DP03 | 15 | 15 | 0 | 0 | 8/8 | 10/10 | 0 | 2/2 | 2875/2410
DP04 | 14 | 13 | 1 | 0 | 7/7 | 9/9 | 0 | 1/1 | 1940/1865
DP05 | 12 | 11 | 1 | 0 | 9/10 | 8/8 | 0 | 1/1 | 865/702
DP06 | 13 | 13 | 0 | 0 | 5/5 | 8/8 | 0 | 1/1 | 1530/1498
DP07 | 9 | 9 | 0 | 0 | | 4/4 | 0 | | 420/398
DP08 | 10 | 10 | 0 | 0 | | 7/8 | 1 | 1/1 | 640/585
DP09 | 11 | 9 | 2 | 0 | 6/7 | 6/7 | 0 | 1/2 | 980/610
DP10 | 8 | 8 | 0 | 0 | | 3/3 | 0 | | 310/306
DP11 | 9 | 8 | 1 | 0 | | 4/5 | 0 | | 5210/4870
DP12 | 16 | 15 | 1 | 0 | 11/12 | 9/9 | 0 | 2/2 | 6850/6420
DP13 | 18 | 16 | 2 | 0 | 12/12 | 11/12 | 0 | 2/2 | 4120/3985
DP14 | 14 | 14 | 0 | 0 | 9/9 | 8/8 | 0 | 1/1 | 2310/2402
DP15 | 15 | 11 | 4 | 0 | 8/10 | 7/9 | 0 | 2/3 | 3960/3046
DP16 | 15 | 14 | 1 | 0 | 3/3 | 8/9 | 0 | 2/2 | 4480/4390
DP17 | 13 | 11 | 1 | 1 | 5/6 | 7/9 | 1 | 1/1 | 1750/1688
DP18 | 15 | 12 | 2 | 1 | 10/12 | 8/10 | 1 | 2/2 | 5230/5610
DP19 | 17 | 17 | 0 | 0 | 14/14 | 11/11 | 0 | 3/3 | 3690/3120
DP20 | 16 | 16 | 0 | 0 | 4/4 | 10/10 | 0 | 1/1 | 7120/6980
DP21 | 18 | 16 | 1 | 1 | 9/9 | 11/12 | 1 | 2/2 | 9840/9650
DP22 | 18 | 16 | 2 | 0 | 15/17 | 12/13 | 0 | 2/2 | 5120/4880
DP23 | 14 | 14 | 0 | 0 | 10/10 | 9/9 | 0 | 2/2 | 2640/2415
DP24 | 16 | 9 | 6 | 0 | 12/20 | 6/10 | 0 | 2/5 | 3050/2980
DP25 | 17 | 14 | 3 | 0 | 12/15 | 10/11 | 0 | 1/2 | 4630/5870
DP26 | 16 | 10 | 5 | 0 | 9/15 | 7/10 | 0 | 2/4 | 6280/4486
DP27 | 17 | 12 | 4 | 0 | 10/14 | 9/12 | 0 | 2/3 | 3340/3015
DP28 | 14 | 12 | 1 | 1 | 8/9 | 7/9 | 1 | 1/1 | 2180/2240
DP29 | 17 | 15 | 1 | 1 | 13/14 | 11/12 | 1 | 2/2 | 6910/6480
DP30 | 12 | 9 | 3 | 0 | 8/9 | 7/8 | 0 | 1/2 | 2870/2105
DP31 | 15 | 8 | 5 | 1 | 7/13 | 6/10 | 1 | 2/4 | 3520/2660
DP32 | 20 | 19 | 1 | 0 | 18/19 | 13/13 | 0 | 3/3 | 15840/15260
DP33 | 11 | 11 | 0 | 0 | 7/7 | 7/7 | 0 | 1/1 | 4260/3890
DP34 | 12 | 9 | 2 | 0 | 5/8 | 5/7 | 0 | 1/2 | 7760/8120
"""
"""duties = performed + partial + pending at city level + not performed; n/m is num/den."""

DECLARED_DAYS = (4, 7, 8, 9, 7, 8, 3, 9, 8, 7)
"""Days of July 2025 on which departments date their returns, in turn."""


def covers(departments: pd.DataFrame) -> pd.DataFrame:
    """Return one cover per department."""
    rows = [
        {
            "dept_code": row.dept_code, "declared_code": row.dept_code,
            "declared_name": row.short_name,
            "declared_on": f"2025-07-{DECLARED_DAYS[position % len(DECLARED_DAYS)]:02d}",
            "filled_by_role": "人事科科长" if position % 3 else "办公室主任",
            "reviewed_by_role": "分管副职" if position % 4 else "主要负责人",
            "is_committed": "yes",
        }
        for position, row in enumerate(departments.itertuples())
    ]  # fmt: skip
    return typed("covers", rows)


def profiles(departments: pd.DataFrame, duties: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Return one profile per department; handover is asked of all who gained or lost duties."""
    stand_up = {row["dept_code"]: row for row in read_table(STAND_UP)}
    subordinates = {row["dept_code"]: row for row in read_table(SUBORDINATES)}
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
    for row in read_table(COUNTS):
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
