"""Posts, people and leadership posts; numbers that hang together with the internal units."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

POSTS = """
dept_code | approved | filled | workers | institution | seconded_in | seconded_out | off_estab | deputies | deputies_filled | heads_over | pressure | pressure_note
DP01 | 58 | 55 | 4 | 0 | 2 | 3 | 4 | 4 | 4 | 0 | enough |
DP02 | 38 | 36 | 5 | 0 | 3 | 0 | 6 | 4 | 4 | 0 | enough |
DP03 | 42 | 40 | 3 | 6 | 4 | 1 | 3 | 4 | 4 | 0 | enough | 公务员管理职责划入后业务量增加，已内部调剂
DP04 | 32 | 30 | 2 | 0 | 2 | 1 | 5 | 4 | 4 | 0 | enough |
DP05 | 24 | 22 | 2 | 0 | 0 | 1 | 2 | 4 | 3 | 0 | enough |
DP06 | 25 | 24 | 2 | 0 | 3 | 0 | 4 | 4 | 4 | 0 | enough |
DP07 | 18 | 16 | 1 | 0 | 1 | 1 | 0 | 3 | 2 | 0 | enough |
DP08 | 17 | 16 | 1 | 5 | 0 | 0 | 0 | 3 | 3 | 0 | enough |
DP09 | 15 | 13 | 1 | 4 | 2 | 0 | 3 | 2 | 2 | 0 | tight | 舆情监测实行全天值守，现有人员轮班困难
DP10 | 14 | 13 | 1 | 0 | 0 | 1 | 1 | 2 | 2 | 0 | ample |
DP11 | 19 | 18 | 1 | 0 | 4 | 0 | 5 | 3 | 3 | 0 | enough |
DP12 | 45 | 43 | 6 | 0 | 5 | 0 | 9 | 5 | 5 | 0 | enough |
DP13 | 46 | 41 | 3 | 8 | 1 | 3 | 4 | 5 | 5 | 0 | enough |
DP14 | 36 | 33 | 2 | 5 | 0 | 2 | 3 | 4 | 4 | 0 | enough |
DP15 | 22 | 22 | 1 | 0 | 5 | 0 | 8 | 4 | 4 | 0 | short | 商务审批和外资服务年办件量较上年增长三成，招商与流通两条线共用人员
DP16 | 40 | 38 | 3 | 0 | 6 | 0 | 6 | 4 | 4 | 0 | enough |
DP17 | 24 | 21 | 1 | 4 | 0 | 2 | 2 | 4 | 3 | 0 | enough |
DP18 | 27 | 25 | 2 | 0 | 1 | 2 | 4 | 4 | 4 | 0 | enough |
DP19 | 52 | 50 | 3 | 0 | 0 | 2 | 6 | 5 | 5 | 0 | enough |
DP20 | 44 | 41 | 3 | 0 | 0 | 4 | 3 | 5 | 5 | 0 | enough |
DP21 | 48 | 44 | 3 | 10 | 0 | 4 | 6 | 5 | 5 | 0 | enough |
DP22 | 50 | 46 | 3 | 12 | 2 | 2 | 8 | 5 | 5 | 0 | enough | 详规修编任务集中，阶段性紧张
DP23 | 34 | 32 | 2 | 20 | 1 | 1 | 7 | 4 | 4 | 0 | enough |
DP24 | 38 | 31 | 3 | 15 | 2 | 1 | 6 | 5 | 4 | 0 | tight | 两家合并后文化、旅游、广电审批人员尚在磨合
DP25 | 40 | 36 | 3 | 8 | 1 | 5 | 9 | 5 | 6 | 0 | enough |
DP26 | 26 | 26 | 2 | 18 | 7 | 0 | 14 | 4 | 4 | 0 | short | 行业监管对象较上年增加四成，一名科员平均承担三条业务线
DP27 | 36 | 33 | 2 | 14 | 0 | 3 | 6 | 5 | 5 | 0 | enough |
DP28 | 30 | 31 | 2 | 22 | 0 | 2 | 5 | 4 | 4 | 0 | enough |
DP29 | 42 | 39 | 3 | 16 | 3 | 1 | 10 | 5 | 5 | 0 | tight | 公共卫生条线任务叠加
DP30 | 18 | 14 | 1 | 4 | 2 | 0 | 3 | 3 | 3 | 0 | tight | 优抚对象信息采集工作量大，岗位尚未配齐
DP31 | 28 | 21 | 2 | 12 | 4 | 0 | 7 | 4 | 3 | 0 | tight | 专业监管人员缺口较大
DP32 | 92 | 86 | 6 | 0 | 0 | 6 | 12 | 6 | 6 | 1 | enough |
DP33 | 16 | 14 | 1 | 9 | 1 | 0 | 2 | 3 | 3 | 0 | enough |
DP34 | 34 | 30 | 3 | 60 | 0 | 8 | 15 | 4 | 4 | 0 | enough |
"""
"""approved, filled: administrative establishment; deputies: deputy heads of department;
heads_over: section heads above their quota."""

OVER_APPROVALS = {"DP32": "示委编〔2025〕27号"}
"""Approved plans to absorb an excess of section heads; DP25's sixth deputy has none."""

INSTITUTION_VACANT = {"DP26": 2, "DP23": 1, "DP34": 5, "DP28": 2, "DP31": 3}
"""Vacant posts on the institution establishment."""

OTHER_LEADERS = {"DP03": 1, "DP21": 1, "DP22": 1, "DP25": 1, "DP26": 1, "DP31": 1, "DP32": 2}
"""Chief engineers and the like, filled as approved."""


def posts() -> dict[str, dict]:
    """Return the posts of each department, as whole numbers where they are numbers."""
    return {
        row["dept_code"]: {
            key: int(value) if value and value.isdigit() else value for key, value in row.items()
        }
        for row in read_table(POSTS)
    }


def leaders(row: dict) -> tuple[int, int]:
    """Return department leaders approved and in post: head, deputies and the like."""
    other = OTHER_LEADERS.get(row["dept_code"], 0)
    return 1 + row["deputies"] + other, 1 + row["deputies_filled"] + other


def staffing() -> pd.DataFrame:
    """Return one row per department and type of establishment; types not held count zero."""
    return typed("staffing", [entry for row in posts().values() for entry in _staffing_of(row)])


def _staffing_of(row: dict) -> list[dict]:
    code = row["dept_code"]
    institution = (row["institution"], row["institution"] - INSTITUTION_VACANT.get(code, 0))
    held = {
        "administrative": (row["approved"], row["filled"]),
        "political_legal": (0, 0),
        "institution_civil": institution if code in ("DP23", "DP26", "DP28", "DP34") else (0, 0),
        "institution": (0, 0) if code in ("DP23", "DP26", "DP28", "DP34") else institution,
        "workers": (row["workers"], row["workers"]),
        "other": (0, 0),
    }
    people = {
        "seconded_in_count": row["seconded_in"], "seconded_out_count": row["seconded_out"],
        "off_estab_count": row["off_estab"],
    }  # fmt: skip
    return [
        {
            "dept_code": code, "estab_type": estab_type, "posts_approved_count": approved,
            "posts_filled_count": filled, "posts_vacant_count": max(approved - filled, 0),
            "posts_over_count": max(filled - approved, 0),
        }
        | (people if estab_type == "administrative" else dict.fromkeys(people, 0))
        for estab_type, (approved, filled) in held.items()
    ]  # fmt: skip


def leadership_posts(units: pd.DataFrame) -> pd.DataFrame:
    """Return one row per department and type of post; section heads as the internal units say."""
    return typed(
        "leadership_posts",
        [entry for row in posts().values() for entry in _leadership_of(row, units)],
    )


def _leadership_of(row: dict, units: pd.DataFrame) -> list[dict]:
    code = row["dept_code"]
    own = units[(units["dept_code"] == code) & units["is_in_three_det"]]
    sections, heads = len(own), int(own["is_head_in_place"].sum())
    deputies = row["approved"] // 6
    other = OTHER_LEADERS.get(code, 0)
    counts = {
        "dept_head": (1, 1),
        "dept_deputy": (row["deputies"], row["deputies_filled"]),
        "dept_other": (other, other),
        "section_head": (sections, heads + row["heads_over"]),
        "section_deputy": (deputies, deputies - 1),
    }
    return [
        {
            "dept_code": code, "post_type": post_type,
            "leadership_posts_approved_count": approved,
            "leadership_posts_filled_count": filled,
            "leadership_posts_over_count": max(filled - approved, 0),
            "leadership_approval_no": OVER_APPROVALS.get(code) if filled > approved else None,
        }
        for post_type, (approved, filled) in counts.items()
    ]  # fmt: skip
