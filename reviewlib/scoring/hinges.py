"""Departments whose band hangs on one indicator or on one missing answer (单项决定)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric.aggregate import leaf_weights, roll_up
from reviewlib.rubric.bands import bands_of, best_bands
from reviewlib.rubric.board import COUNTED, INSUFFICIENT, PENDING, STATUSES, UNREPORTED
from reviewlib.rubric.rounding import half_up
from reviewlib.scoring.score import Scores

MISSING = (PENDING, UNREPORTED, INSUFFICIENT)
COLUMNS = ["dept_code", "mode", "group_id", "indicator_id", "kind", "status", "total_shown",
           "band", "other_total_shown", "other_band"]  # fmt: skip


def hinges(review: Review, scores: Scores) -> pd.DataFrame:
    """List what a department's band hangs on.

    Returns
    -------
    DataFrame
        One row per department × indicator × kind, protocol then rubric order: `dept_code, mode,
        group_id, indicator_id, kind, status, total_shown, band, other_total_shown, other_band`.
        Kind "without": left out of the total, this indicator gives another band. Kind "full" or
        "nothing": this missing answer, once it comes, could give another band, by full marks or by
        none.
    """
    board = scores.rubric_scores.board
    counted = np.isin(board.status, COUNTED)
    missing = np.isin(board.status, MISSING)
    parts = [
        _scenario(review, scores, "without", counted & ~missing, np.nan),
        _scenario(review, scores, "full", missing, 1.0),
        _scenario(review, scores, "nothing", missing, 0.0),
    ]
    frame = pd.concat(parts, ignore_index=True)
    order = frame.sort_values(["_unit", "_item"], kind="stable", ignore_index=True)
    return order[COLUMNS]


def _scenario(
    review: Review, scores: Scores, kind: str, asked: np.ndarray, instead: float
) -> pd.DataFrame:
    """Put `instead` in the place of each indicator in turn, for all departments at once."""
    rubric, totals, board = review.rubric, scores.totals, scores.rubric_scores.board
    share = np.repeat(board.share[:, :, None], len(board.share), axis=2)
    turns = np.arange(len(board.share))
    share[turns, :, turns] = instead
    base = roll_up(rubric, share, leaf_weights(rubric)[:, None, None], is_trial=True)[None].share
    scale = float(rubric.total.scale)
    fixed = (totals["bonus"] - totals["deduction"] + totals["severity_adjustment"]).to_numpy()
    total = np.clip(base * scale + fixed[:, None], 0, scale)
    shown = half_up(total, rubric.total.decimals)
    bands = bands_of(rubric, shown, best_bands(rubric, totals["bar_items"])[:, None])
    is_rated = totals["total_shown"].notna().to_numpy()
    differs = (bands != totals["band"].to_numpy()[:, None]) & asked.T & is_rated[:, None]
    differs &= ~np.isnan(shown)
    units, items = np.nonzero(differs)
    frame = totals.iloc[units][["dept_code", "mode", "group_id", "total_shown", "band"]]
    return frame.reset_index(drop=True).assign(
        indicator_id=[rubric.indicators[i].id for i in items],
        kind=kind,
        status=[STATUSES[s] for s in board.status[items, units]],
        other_total_shown=shown[units, items],
        other_band=bands[units, items],
        _unit=units, _item=items,
    )  # fmt: skip
