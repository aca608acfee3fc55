"""Whether the visit groups judged by one measure: a diagnostic, never a correction (尺度差异)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from reviewlib.review import Review

if TYPE_CHECKING:
    from reviewlib.scoring import Scores

COLUMNS = {
    "group_id": "str", "dept_count": "Int64", "total_median": "Float64", "total_min": "Float64",
    "total_max": "Float64", "level_count": "Int64", "level_a_count": "Int64",
    "level_a_share": "Float64", "level_median": "Float64", "level_median_overall": "Float64",
    "level_gap": "Float64", "self_gap_median": "Float64", "is_hint": "boolean",
}  # fmt: skip


def moderation(
    review: Review, scores: Scores, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Compare what the visit groups gave, to show where their severity may differ.

    Parameters
    ----------
    review : Review
    scores : Scores
        As `scoring.score(review)` gives them.
    group : str, optional
        Only this group's row; the overall median stays that of all visited departments.
    department : str, optional
        Only the row of the group that visited this department.

    Returns
    -------
    DataFrame
        One row per visit group of the settings: `group_id, dept_count` (with a total)`,
        total_median, total_min, total_max` (points as shown)`, level_count, level_a_count,
        level_a_share` (of level items rated)`, level_median` (median over departments of their
        rate on level items, 0–100)`, level_median_overall, level_gap` (points)`,
        self_gap_median` (total less the total the return alone gives)`, is_hint` (the gap is
        larger than `settings.fairness.leniency_points`).

    Notes
    -----
    The groups visit different departments, so a difference may lie in the departments as well as
    in the judges; nothing is corrected.
    """
    totals, items = scores.totals, _level_items(review, scores)
    levels = _level_rates(items)
    rows = [_row(review, totals, items, levels, code) for code in review.settings.groups]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    if department is not None:
        own = review.departments.set_index("dept_code")["group_id"].get(department)
        frame = frame[frame["group_id"] == own]
    if group is not None:
        frame = frame[frame["group_id"] == group]
    return frame.reset_index(drop=True)


def _level_items(review: Review, scores: Scores) -> pd.DataFrame:
    ids = [item.id for item in review.rubric.level_items]
    items = scores.items
    return items[
        items["indicator_id"].isin(ids) & (items["mode"] == "visit") & items["share"].notna()
    ]


def _level_rates(items: pd.DataFrame) -> pd.DataFrame:
    """Return each visited department's rate on its level items, 0–100."""
    weight = items["weight"].astype("float64")
    worth = items.assign(_weight=weight, _points=weight * items["share"].astype("float64"))
    sums = worth.groupby(["group_id", "dept_code"], as_index=False)[["_weight", "_points"]].sum()
    return sums.assign(rate=100 * sums["_points"] / sums["_weight"])


def _row(
    review: Review, totals: pd.DataFrame, items: pd.DataFrame, levels: pd.DataFrame, group: str
) -> dict[str, object]:
    totals = totals[(totals["group_id"] == group) & (totals["mode"] == "visit")]
    shown = totals["total_shown"].dropna().astype("float64")
    given = items.loc[items["group_id"] == group, "level"].dropna()
    median = levels.loc[levels["group_id"] == group, "rate"].median()
    overall = levels["rate"].median()
    gaps = totals["total_shown"].astype("Float64") - totals["self_total_shown"].astype("Float64")
    gap = median - overall
    return {
        "group_id": group, "dept_count": len(shown), "total_median": shown.median(),
        "total_min": shown.min(), "total_max": shown.max(), "level_count": len(given),
        "level_a_count": int((given == "A").sum()),
        "level_a_share": (given == "A").mean() if len(given) else float("nan"),
        "level_median": median, "level_median_overall": overall, "level_gap": gap,
        "self_gap_median": gaps.median(),
        "is_hint": bool(round(abs(gap), 6) > review.settings.fairness.leniency_points),
    }  # fmt: skip
