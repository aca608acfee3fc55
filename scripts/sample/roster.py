"""The 34 departments of the fictional 示例区, and the names by which they are met."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

PREDECESSORS = {
    "DP14": "区经委", "DP15": "区经委", "DP19": "区司法局、区法制办", "DP22": "区规土局",
    "DP23": "区环保局", "DP24": "区文广局、区旅游局", "DP25": "区建管委", "DP26": "区建管委",
    "DP27": "区农委", "DP29": "区卫计委", "DP31": "区安监局", "DP32": "区市场监管局、区物价局",
}  # fmt: skip
NAMEPLATES = {
    "DP02": "区档案局", "DP04": "区新闻出版局（区版权局）", "DP05": "区民族宗教办、区侨务办",
    "DP07": "区委全面深化改革办", "DP17": "区外国专家局", "DP32": "区知识产权局",
    "DP34": "区综合执法指挥中心",
}  # fmt: skip
COLOCATED = {"DP01": "区纪委机关与区监委机关合署办公", "DP05": "区委台办"}
WITH_SUBORDINATES = ("DP15", "DP18", "DP22", "DP24", "DP25", "DP26", "DP27", "DP29", "DP31", "DP33")
"""Departments whose subordinate institutions the reform plan realigns."""
WITHOUT_POWER_LIST = ("DP12",)
"""Government bodies that exercise no power towards the public, and so keep no list."""


def departments() -> pd.DataFrame:
    """Return the roster in protocol order, one row per department."""
    rows = [
        row
        | {
            "protocol_order": order,
            "predecessors": PREDECESSORS.get(row["dept_code"]),
            "nameplates": NAMEPLATES.get(row["dept_code"]),
            "colocated": COLOCATED.get(row["dept_code"]),
            "is_three_det_reissued": row["three_det_on"] is not None,
            "three_det_no": _three_det_no(row, order),
            "has_subordinates_in_plan": row["dept_code"] in WITH_SUBORDINATES,
            "has_power_list": _has_power_list(row),
            "mode": "visit" if row["group_id"] else "self",
            "contact_role": "办公室主任",
        }
        for order, row in enumerate(read_table("roster"), start=1)
    ]
    return typed("departments", rows)


def dept_aliases() -> pd.DataFrame:
    """Return the aliases; 区建管委 has two successors, so a person has to choose."""
    return typed("dept_aliases", read_table("aliases"))


def _three_det_no(row: dict, order: int) -> str | None:
    if row["three_det_on"] is None:
        return None
    issuer = "示委办发" if row["side"] == "party" else "示府办发"
    return f"{issuer}〔2025〕{order + 9}号"


def _has_power_list(row: dict) -> bool:
    return row["side"] == "government" and row["dept_code"] not in WITHOUT_POWER_LIST
