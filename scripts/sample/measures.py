"""What the lists say, indicator by indicator: num and den as a clerk would count them by hand.

The sample's own arithmetic, apart from the package's measures, so that each can check the other.
"""

from __future__ import annotations

import pandas as pd

FORMALITIES = ("realname_done_count", "payroll_done_count", "party_done_count", "file_done_count")


def ratios(frames: dict[str, pd.DataFrame], code: str) -> dict[str, tuple[float, float]]:
    """Return num and den of every ratio indicator that arises for a department."""
    own = {
        name: frame[frame["dept_code"] == code]
        for name, frame in frames.items()
        if "dept_code" in frame
    }
    pairs = (
        _transfers(own["duty_transfers"], own["staff_transfers"])
        | _units(own["internal_units"], bool(own["departments"]["is_three_det_reissued"].item()))
        | _counted(own["other_counts"], own["cross_dept_matters"])
        | _subordinates(own["profiles"])
    )
    return {name: (num, den) for name, (num, den) in pairs.items() if den > 0}


def _transfers(duties: pd.DataFrame, staff: pd.DataFrame) -> dict:
    gained = duties[duties["reported_by"] == "gaining"]
    moved = staff[staff["reported_by"] == "gaining"]
    status = gained["status"]
    return {
        "A02": (int(moved["done_count"].sum()), int(moved["due_count"].sum())),
        "A03": (int(moved[list(FORMALITIES)].sum().sum()), 4 * int(moved["due_count"].sum())),
        "A04": (
            (status == "done").sum() + 0.5 * (status == "partial").sum(),
            (status != "pending_city").sum(),
        ),
        "A05": (int(gained["posts_done_count"].sum()), int(gained["posts_count"].sum())),
    }


def _units(units: pd.DataFrame, is_reissued: bool) -> dict:
    approved = units[units["is_in_three_det"]]
    count = len(approved)
    unapproved = len(units) - count
    missing = int((~approved["is_set_up"]).sum())
    renamed = int((approved["unit_name"] != approved["approved_name"]).sum())
    besides_head = approved["actual_staff_count"] - approved["is_head_in_place"].astype(int)
    present = (besides_head > 0) | (approved["approved_staff_count"] == 1)
    pairs = {
        "C02": (max(count - unapproved - missing - renamed, 0), count),
        "C03": (int(approved["is_head_in_place"].sum()), count),
        "C04": (int(present.sum()), count),
    }
    if is_reissued:
        pairs["C01"] = (int(approved["is_duties_issued"].sum()), count)
    return pairs


def _counted(counts: pd.DataFrame, matters: pd.DataFrame) -> dict:
    num = counts.set_index("count_item")["num"]
    den = counts.set_index("count_item")["den"]
    duties = int(num["main_duties"])
    is_unclear = matters["boundary"].isin(["unclear", "disputed"]) & matters["resolved_on"].isna()
    unclear = int(is_unclear.sum())
    return {
        "A07": (int(num["archives"]), int(den["archives"])),
        "B01": (max(duties - unclear, 0), duties),
        "B02": (int(matters["is_written"].sum()), len(matters)),
        "B03": (
            int(num["city_alignment"]),
            int(den["city_alignment"] - num["city_alignment_pending"]),
        ),
        "B04": (int(num["disputes"]), int(den["disputes"])),
        "C09": (
            num["duties_performed"] + 0.5 * num["duties_partial"],
            duties - int(num["duties_pending_city"]),
        ),
        "D05": (int(num["immediate"]), int(den["immediate"])),
    }


def _subordinates(profile: pd.DataFrame) -> dict:
    due, done = profile["subordinates_due_count"], profile["subordinates_done_count"]
    return {"A08": (int(done.fillna(0).item()), int(due.fillna(0).item()))}
