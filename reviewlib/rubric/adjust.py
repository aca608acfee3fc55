"""Deductions, bonuses and bars (扣分、加分、限档), each item with a limit, and all with one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from reviewlib.errors import ScoreInputError
from reviewlib.rubric.model import Rubric


class Adjusted(NamedTuple):
    """What deductions and bonuses do to each unit.

    `rows` is the input with `kind` (deduction, bonus), `counted` (how many count) and `points`;
    `best_band` the position of the best band still open, 0 where nothing bars.
    """

    rows: pd.DataFrame
    deduction: np.ndarray
    bonus: np.ndarray
    best_band: np.ndarray
    bar_items: list[str]


def adjust(rubric: Rubric, units: pd.Index, adjustments: pd.DataFrame | None) -> Adjusted:
    """Count deductions and bonuses.

    Parameters
    ----------
    adjustments : DataFrame or None
        `unit, item_id, count`, and where there is one `approval_no`.

    Raises
    ------
    ScoreInputError
        An item that the rubric does not have, or a unit that is not scored.
    """
    rows = _counted(rubric, units, adjustments)
    at, points = units.get_indexer(rows["unit"]), rows["points"].to_numpy(dtype=float)

    def capped(kind: str, cap) -> np.ndarray:
        total = np.bincount(at, points * (rows["kind"] == kind), minlength=len(units))
        return total if cap is None else np.minimum(total, float(cap))

    best, items = _bars(rubric, at, rows, len(units))
    return Adjusted(
        rows,
        capped("deduction", rubric.deduction_cap),
        capped("bonus", rubric.bonus_cap),
        best,
        items,
    )


def _counted(rubric: Rubric, units: pd.Index, adjustments: pd.DataFrame | None) -> pd.DataFrame:
    """Add kind, counted and points to every row; points stop at the limit of their item."""
    if adjustments is None:
        adjustments = pd.DataFrame(
            {"unit": pd.Series(dtype="str"), "item_id": pd.Series(dtype="str"),
             "count": pd.Series(dtype=float)}
        )  # fmt: skip
    _check(rubric, units, adjustments)
    items = [rubric.adjustment(item_id) for item_id in adjustments["item_id"]]
    is_waived = np.array([item.is_waived_by_approval for item in items], dtype=bool)
    if "approval_no" in adjustments:
        is_waived &= adjustments["approval_no"].notna().to_numpy()
    else:
        is_waived &= False
    counted = adjustments["count"].astype(float).fillna(0.0).where(~is_waived, 0.0)
    points = counted * np.array([float(item.points_each) for item in items])
    limit = [np.inf if item.points_max is None else float(item.points_max) for item in items]
    so_far = points.groupby([adjustments["unit"], adjustments["item_id"]], observed=True).cumsum()
    points = np.minimum(so_far, limit) - np.minimum(so_far - points, limit)
    is_bonus = adjustments["item_id"].isin([bonus.id for bonus in rubric.bonuses])
    kind = np.where(is_bonus, "bonus", "deduction")
    return adjustments.assign(kind=kind, counted=counted, points=points)


def _check(rubric: Rubric, units: pd.Index, adjustments: pd.DataFrame) -> None:
    known = [item.id for item in (*rubric.deductions, *rubric.bonuses)]
    unknown = sorted(set(adjustments["item_id"]) - set(known))
    strange = sorted(set(adjustments["unit"]) - set(units))
    if unknown or strange:
        raise ScoreInputError(
            f"加减分中有未知项目 {unknown} 或未评分单位 {strange}",
            f"deductions and bonuses name unknown items {unknown} or units not scored {strange}",
            where="adjustments",
            fix_zh=f"。评分表的项目为 {'、'.join(known)}。",
            fix_en=f"The rubric's items are {', '.join(known)}.",
        )


def _bars(
    rubric: Rubric, at: np.ndarray, rows: pd.DataFrame, count: int
) -> tuple[np.ndarray, list[str]]:
    """Return the best band still open to each of `count` units, and the items that bar it."""
    positions = {band.id: i for i, band in enumerate(rubric.bands)}
    barring = {
        item.id: positions[item.bars_above]
        for item in (*rubric.deductions, *rubric.bonuses) if item.bars_above is not None
    }  # fmt: skip
    best, items = np.zeros(count, dtype=int), [set() for _ in range(count)]
    for unit, item_id, counted in zip(at, rows["item_id"], rows["counted"], strict=True):
        if counted > 0 and item_id in barring:
            best[unit] = max(best[unit], barring[item_id])
            items[unit].add(item_id)
    return best, [";".join(sorted(names)) for names in items]
