"""How sure is a band (稳健性): what weights, missing answers and severity could have made of it.

Seeded and vectorised: the same review gives the same figures at every run. Nothing here ranks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric import Rubric
from reviewlib.rubric.aggregate import leaf_weights, roll_up
from reviewlib.rubric.bands import band_places, best_bands
from reviewlib.rubric.board import INSUFFICIENT, PENDING, UNREPORTED, Board
from reviewlib.rubric.rounding import half_up
from reviewlib.scoring.score import Scores
from reviewlib.scoring.severity import severity

DRAWS, SEED = 10_000, 20251
SPREAD = 0.25
"""Every weight is drawn between 75 and 125 per cent of its own."""
INTERVAL = (5, 50, 95)
SURE = 0.9
"""A band is robust where at least so many of the draws give it."""
CHUNK = 1_000_000
POLICIES = ("as_declared", "left_out", "zero")
"""What a draw may make of missing answers: as the rubric says, nothing, or nought."""


@dataclass(frozen=True)
class Robustness:
    """What the draws gave.

    Parameters
    ----------
    totals : DataFrame
        One row per rated department, protocol order: `dept_code, mode, group_id, total_shown, low,
        median, high` (5th, 50th and 95th per cent of the draws)`, band`, one column `p_<band>` per
        band (share of the draws)`, p_band` (of the band it has)`, is_robust`.
    draws, seed : int
    spread, sure : float
    varied : tuple of str
        What was varied: weights, missing, severity.
    """

    totals: pd.DataFrame
    draws: int
    seed: int
    spread: float
    sure: float
    varied: tuple[str, ...]


def robustness(
    review: Review,
    scores: Scores,
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    spread: float = SPREAD,
    sure: float = SURE,
) -> Robustness:
    """Draw weights, missing policy and, where groups are linked, severity, and score again.

    Parameters
    ----------
    review : Review
    scores : Scores
        As `score(review)` gives them.
    draws : int
    seed : int
    spread : float
        How far a weight may lie from its own, as a share of it.
    sure : float
        Share of the draws from which a band is robust.

    Notes
    -----
    Deductions, bonuses and bars are facts and are not varied. A department that is not rated is
    left out. Weights are drawn alike for all departments; the missing policy too.
    """
    board, rubric = scores.rubric_scores.board, review.rubric
    random = np.random.default_rng(seed)
    factors = random.uniform(1 - spread, 1 + spread, (len(rubric.indicators), draws))
    policies = random.integers(0, len(POLICIES), draws)
    shifts = _severity_draws(review, scores.totals, draws, random)
    rated = scores.totals["total_shown"].notna().to_numpy()
    totals, drawn = scores.totals[rated], []
    for chosen, share in _scenarios(board, policies, rated):
        weights = leaf_weights(rubric)[:, None, None] * factors[:, None, chosen]
        base = roll_up(rubric, share[:, :, None], weights, is_trial=True)[None].share
        drawn.append(_shown(rubric, totals, base, shifts[rated][:, chosen]))
    frame = _frame(rubric, totals, np.hstack(drawn), sure)
    varied = ["weights"]
    if np.isin(board.status[:, rated], (PENDING, UNREPORTED, INSUFFICIENT)).any():
        varied.append("missing")
    if shifts.any():
        varied.append("severity")
    return Robustness(frame, draws, seed, spread, sure, tuple(varied))


def _scenarios(
    board: Board, policies: np.ndarray, rated: np.ndarray
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield draws of one missing policy with the shares it means, in pieces that fit in memory."""
    piece = max(1, CHUNK // max(1, int(rated.sum())))
    missing = np.isin(board.status, (PENDING, UNREPORTED, INSUFFICIENT))
    for number, name in enumerate(POLICIES):
        share = board.share
        if name != "as_declared":
            share = np.where(missing, np.nan if name == "left_out" else 0.0, share)
        chosen = np.flatnonzero(policies == number)
        for start in range(0, len(chosen), piece):
            yield chosen[start : start + piece], share[:, rated]


def _severity_draws(
    review: Review, totals: pd.DataFrame, draws: int, random: np.random.Generator
) -> np.ndarray:
    """Draw the adjustment of each department's group (department × draw); 0 where unlinked."""
    known = severity(review).dropna(subset=["adjustment", "adjustment_se"])
    shifts = np.zeros((len(totals), draws))
    is_applied = review.settings.fairness.is_severity_applied
    for row in known.itertuples():
        drawn = random.normal(float(row.adjustment), float(row.adjustment_se), draws)
        mine = (totals["group_id"] == row.group_id).to_numpy()
        shifts[mine] = drawn if is_applied else drawn * (random.random(draws) < 0.5)
    return shifts


def _shown(
    rubric: Rubric, totals: pd.DataFrame, base: np.ndarray, shifts: np.ndarray
) -> np.ndarray:
    scale = float(rubric.total.scale)
    fixed = (totals["bonus"] - totals["deduction"]).to_numpy(dtype=float)
    return half_up(np.clip(base * scale + shifts + fixed[:, None], 0, scale), rubric.total.decimals)


def _frame(rubric: Rubric, totals: pd.DataFrame, drawn: np.ndarray, sure: float) -> pd.DataFrame:
    frame = totals[["dept_code", "mode", "group_id", "total_shown", "band"]].reset_index(drop=True)
    if len(frame):
        cuts = np.nanpercentile(drawn, INTERVAL, axis=1)
        frame = frame.assign(**dict(zip(("low", "median", "high"), cuts, strict=True)))
    best = best_bands(rubric, totals["bar_items"])[:, None]
    bands = band_places(rubric, drawn, best)
    shares = {f"p_{band.id}": (bands == i).mean(axis=1) for i, band in enumerate(rubric.bands)}
    same = bands == band_places(rubric, totals[["total_shown"]].to_numpy(), best)
    own = same.mean(axis=1)
    frame = frame.assign(**shares, p_band=own, is_robust=own >= sure)
    order = ["dept_code", "mode", "group_id", "total_shown", "low", "median", "high", "band",
             *shares, "p_band", "is_robust"]  # fmt: skip
    return frame.reindex(columns=order)
