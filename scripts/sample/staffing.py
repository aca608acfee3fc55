"""Posts, people and leadership posts; numbers that hang together with the internal units."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

OVER_APPROVALS = {"DP21": "示委编〔2025〕27号"}
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
        for row in read_table("posts")
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
    deputies = row["approved"] // 6 if sections else 0
    other = OTHER_LEADERS.get(code, 0)
    counts = {
        "dept_head": (1, 1),
        "dept_deputy": (row["deputies"], row["deputies_filled"]),
        "dept_other": (other, other),
        "section_head": (sections, heads + row["heads_over"]),
        "section_deputy": (deputies, max(deputies - 1, 0)),
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
