"""Score any units by any rubric: indicators, nodes, total, deductions, bonus, band, trace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from reviewlib.errors import ScoreInputError
from reviewlib.rubric.adjust import Adjusted, adjust
from reviewlib.rubric.aggregate import Branch, attribute, leaf_weights, roll_up
from reviewlib.rubric.bands import band_gaps, bands_of, is_rated
from reviewlib.rubric.board import STATUSES, Board, make_board
from reviewlib.rubric.model import Rubric
from reviewlib.rubric.nodes import is_below, level_of
from reviewlib.rubric.rounding import half_up

UNITS_NAMED = 10
"""Units named in an error; of more only their number is given."""


@dataclass(frozen=True)
class RubricScores:
    """What a rubric makes of its units. Frames are made when first asked for.

    Parameters
    ----------
    rubric : Rubric
    board : Board
        Shares and statuses, indicator × unit.
    totals : DataFrame
        One row per unit, in input order: `unit, weight_applicable, weight_scored, coverage, base,
        deduction, bonus, total` (unrounded)`, total_shown` (rounded half up; missing where not
        rated)`, band, is_barred, bar_items, band_gap` (points from the nearest edge between bands:
        above it positive, short of it negative).
    adjustments : DataFrame
        One row per deduction or bonus, with `kind, counted, points`.
    is_trial : bool
        See `score_units`.
    """

    rubric: Rubric
    board: Board
    totals: pd.DataFrame
    adjustments: pd.DataFrame
    is_trial: bool = False

    @cached_property
    def branches(self) -> dict[str | None, Branch]:
        """Share and weight of every node and indicator; the root stands under None."""
        weights = leaf_weights(self.rubric)[:, None]
        return roll_up(self.rubric, self.board.share, weights, is_trial=self.is_trial)

    @cached_property
    def items(self) -> pd.DataFrame:
        """One row per unit × indicator, in input and rubric order.

        `unit, indicator_id, dimension_id, aspect, weight, status, share` (0–1)`, points` (weight ×
        share)`, effective_weight` (points of the total that hang on it)`, contribution` (points of
        the total it brings; they add up to the base)`, is_clipped`.
        """
        rubric, board = self.rubric, self.board
        scale = float(rubric.total.scale)
        effective, part = attribute(rubric, self.branches)
        count, names = len(board.units), rubric.indicators
        weight = np.tile(leaf_weights(rubric), count)
        share = board.share.T.ravel()
        base = np.nan_to_num(self.totals["base"].to_numpy())
        return pd.DataFrame(
            {
                "unit": np.repeat(board.units.to_numpy(), len(names)),
                "indicator_id": np.tile([item.id for item in names], count),
                "dimension_id": np.tile([rubric.dimension_of(item.id).id for item in names], count),
                "aspect": np.tile([item.aspect for item in names], count),
                "weight": weight,
                "status": np.array(STATUSES, dtype=object)[board.status.T.ravel()],
                "share": share,
                "points": weight * share,
                "effective_weight": (effective * scale).T.ravel(),
                "contribution": (part * base).T.ravel(),
                "is_clipped": board.is_clipped.T.ravel(),
            }
        )

    @cached_property
    def nodes(self) -> pd.DataFrame:
        """One row per unit × node: `unit, node_id, parent, rate` (0–1)`, level` (where the rate is
        one)`, weight_applicable, weight_scored, coverage`."""
        groups = {node.id: is_below(self.rubric, node.id) for node in self.rubric.nodes}
        frame = self._grouped("node_id", groups, {i: self.branches[i].share for i in groups})
        parents = {node.id: node.parent for node in self.rubric.nodes}
        frame.insert(2, "parent", frame["node_id"].map(parents))
        frame.insert(4, "level", level_of(self.rubric, frame))
        return frame

    @cached_property
    def aspects(self) -> pd.DataFrame:
        """One row per unit × aspect: `unit, aspect, rate` (weighted mean over what is scored)`,
        weight_applicable, weight_scored, coverage`."""
        items = self.rubric.indicators
        groups = {
            aspect.id: np.array([item.aspect == aspect.id for item in items])
            for aspect in self.rubric.aspects
        }
        weights = leaf_weights(self.rubric)[:, None]
        rates = {}
        for aspect, mine in groups.items():
            counted = np.where(self.board.is_counted[mine], weights[mine], 0.0)
            gained = np.nansum(counted * self.board.share[mine], axis=0)
            rates[aspect] = _over(gained, counted.sum(axis=0))
        return self._grouped("aspect", groups, rates)

    def _grouped(self, name: str, groups: dict, rates: dict) -> pd.DataFrame:
        """One row per unit × group, with its rate, weights and coverage."""
        weights = leaf_weights(self.rubric)[:, None]
        count = len(self.board.units)
        applicable, scored = (
            np.stack([(weights * flags)[mine].sum(axis=0) for mine in groups.values()])
            if groups else np.empty((0, count))
            for flags in (self.board.is_applicable, self.board.is_counted)
        )  # fmt: skip
        rate = np.stack(list(rates.values())) if rates else np.empty((0, count))
        return pd.DataFrame(
            {
                "unit": np.repeat(self.board.units.to_numpy(), len(groups)),
                name: np.tile(list(groups), count) if groups else np.array([], dtype=str),
                "rate": rate.T.ravel(),
                "weight_applicable": applicable.T.ravel(),
                "weight_scored": scored.T.ravel(),
                "coverage": _over(scored, applicable).T.ravel(),
            }
        )

    def trace(self, unit: str) -> pd.DataFrame:
        """Return how one unit's base came about: its rows of `items`; `contribution` adds up."""
        mine = self.items[self.items["unit"] == unit]
        return mine.reset_index(drop=True)


def score_units(
    rubric: Rubric,
    inputs: pd.DataFrame,
    adjustments: pd.DataFrame | None = None,
    *,
    is_deadline_past: bool = False,
    unrated: tuple[str, ...] = (),
    is_trial: bool = False,
) -> RubricScores:
    """Score units by a rubric.

    Parameters
    ----------
    rubric : Rubric
    inputs : DataFrame
        One row per unit × indicator: `unit, indicator_id` and any of `answer` (reported,
        not_reported, not_applicable, insufficient, pending, pending_city; blank: reported)`, num,
        den, value, level`. A pair without a row is not reported.
    adjustments : DataFrame, optional
        One row per deduction or bonus: `unit, item_id, count`, and `approval_no` where approved.
    is_deadline_past : bool
        Which half of the missing policy holds.
    unrated : tuple of str
        Units that are not to be rated whatever came, such as those that returned nothing.
    is_trial : bool
        Only to see what would come of it: a geometric mean over a zero is zero and no error.

    Returns
    -------
    RubricScores

    Raises
    ------
    ScoreInputError
        Every unknown indicator, repeated pair and input outside its scale, at once.
    """
    board = make_board(rubric, inputs, is_deadline_past=is_deadline_past)
    return score_board(rubric, board, adjustments, unrated=unrated, is_trial=is_trial)


def score_board(
    rubric: Rubric,
    board: Board,
    adjustments: pd.DataFrame | None = None,
    *,
    unrated: tuple[str, ...] = (),
    is_trial: bool = False,
) -> RubricScores:
    """Score units whose inputs already stand on their scales (see `score_units`)."""
    weights = leaf_weights(rubric)[:, None]
    root = _rolled_up(rubric, board, weights, is_trial)
    adjusted = adjust(rubric, board.units, adjustments)
    applicable = (weights * board.is_applicable).sum(axis=0)
    scored = (weights * board.is_counted).sum(axis=0)
    totals = pd.DataFrame(
        {
            "unit": board.units,
            "weight_applicable": applicable,
            "weight_scored": scored,
            "coverage": _over(scored, applicable),
            "base": root.share * float(rubric.total.scale),
        }
    )
    totals = _with_total(rubric, totals, adjusted, ~board.units.isin(unrated))
    return RubricScores(rubric, board, totals, adjusted.rows, is_trial)


def _rolled_up(rubric: Rubric, board: Board, weights: np.ndarray, is_trial: bool) -> Branch:
    """Return the root; a geometric mean over a zero is said with the units that have it."""
    try:
        return roll_up(rubric, board.share, weights, is_trial=is_trial)[None]
    except ScoreInputError as error:
        units = [str(unit) for unit in board.units[error.units]]
        named, is_cut = units[:UNITS_NAMED], len(units) > UNITS_NAMED
        error.zh += f"：{'、'.join(named)}" + (f"等 {len(units)} 个单位" if is_cut else "")
        error.en += f": {', '.join(named)}" + (f" … {len(units)} units" if is_cut else "")
        raise


def _with_total(
    rubric: Rubric, totals: pd.DataFrame, adjusted: Adjusted, may_rate: np.ndarray
) -> pd.DataFrame:
    """Add deductions, bonus, total and band."""
    total = totals["base"] - adjusted.deduction + adjusted.bonus
    total = total.clip(0.0, float(rubric.total.scale))
    rated = may_rate & is_rated(rubric, totals["coverage"].to_numpy(), total.to_numpy())
    shown = np.where(rated, half_up(total.to_numpy(), rubric.total.decimals), np.nan)
    return totals.assign(
        deduction=adjusted.deduction,
        bonus=adjusted.bonus,
        total=total,
        total_shown=shown,
        band=bands_of(rubric, shown, adjusted.best_band),
        is_barred=adjusted.best_band > 0,
        bar_items=adjusted.bar_items,
        band_gap=band_gaps(rubric, shown),
    )


def _over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Divide; missing over 0."""
    return part / np.where(whole == 0, np.nan, whole)
