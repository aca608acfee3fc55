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
    sums = rows.groupby(["kind", "unit"], observed=True)["points"].sum()

    def capped(kind: str, cap) -> np.ndarray:
        mine = sums[sums.index.get_level_values("kind") == kind].droplevel("kind")
        points = mine.reindex(units, fill_value=0.0).to_numpy(dtype=float)
        return points if cap is None else np.minimum(points, float(cap))

    best, items = _bars(rubric, units, rows)
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
    items = adjustments["item_id"]
    bonus_ids = {bonus.id for bonus in rubric.bonuses}
    waived = {item.id for item in rubric.deductions if item.is_waived_by_approval}
    is_waived = items.isin(waived)
    if "approval_no" in adjustments:
        is_waived &= adjustments["approval_no"].notna()
    else:
        is_waived &= False
    counted = adjustments["count"].astype(float).fillna(0.0).where(~is_waived, 0.0)
    each = items.map({i: float(rubric.adjustment(i).points_each) for i in items.unique()})
    limits = {i: rubric.adjustment(i).points_max for i in items.unique()}
    limit = items.map({i: np.inf if top is None else float(top) for i, top in limits.items()})
    points = counted * each.astype(float)
    keys = [adjustments["unit"], items]
    so_far = points.groupby(keys, observed=True).cumsum()
    limit = limit.astype(float)
    points = np.minimum(so_far, limit) - np.minimum(so_far - points, limit)
    kind = np.where(items.isin(bonus_ids), "bonus", "deduction")
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


def _bars(rubric: Rubric, units: pd.Index, rows: pd.DataFrame) -> tuple[np.ndarray, list[str]]:
    """Return the best band still open to each unit, and the items that bar it."""
    positions = {band.id: i for i, band in enumerate(rubric.bands)}
    barring = {
        item.id: positions[item.bars_above]
        for item in (*rubric.deductions, *rubric.bonuses) if item.bars_above is not None
    }  # fmt: skip
    found = rows[rows["item_id"].isin(barring) & (rows["counted"] > 0)]
    places = found["item_id"].map(barring).astype(int)
    best = places.groupby(found["unit"], observed=True).max().reindex(units, fill_value=0)
    names = found.groupby("unit", observed=True)["item_id"].agg(
        lambda ids: ";".join(sorted(set(ids)))
    )
    return best.to_numpy(dtype=int), names.reindex(units, fill_value="").tolist()
