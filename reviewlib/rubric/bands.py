"""Bands of the total (评定): taken from the number that is shown, never from the one behind it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reviewlib.rubric.model import Rubric
from reviewlib.rubric.rounding import NOISE_DECIMALS, half_up

NOT_RATED = "not_rated"


def is_rated(rubric: Rubric, coverage: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Tell whether enough was scored to rate each unit."""
    enough = np.round(coverage, NOISE_DECIMALS) >= float(rubric.coverage_min)
    return enough & ~np.isnan(total)


def bands_of(rubric: Rubric, shown: np.ndarray, best_band: np.ndarray) -> np.ndarray:
    """Return the band of each displayed total: an id of `rubric.bands`, or not_rated.

    Parameters
    ----------
    shown : array of float
        Displayed totals; NaN where not rated.
    best_band : array of int, broadcasting against `shown`
        Position of the best band still open to the unit; 0 where nothing bars it.

    Returns
    -------
    array of str
        Empty text where the rubric has no bands, or no total to be rated.
    """
    if rubric.total.aggregation == "none":
        return np.full(np.shape(shown), "", dtype=object)
    names = [band.id for band in rubric.bands] or [""]
    return np.array([*names, NOT_RATED], dtype=object)[band_places(rubric, shown, best_band)]


def band_places(rubric: Rubric, shown: np.ndarray, best_band: np.ndarray) -> np.ndarray:
    """Return the places of bands in `rubric.bands`, -1 where not rated (see `bands_of`)."""
    earned = np.zeros(np.shape(shown), dtype=int)
    for band in rubric.bands[:-1]:  # the last band holds whatever no other does
        earned += np.less(shown, float(band.at_least))
    return np.where(np.isnan(shown), -1, np.maximum(earned, best_band))


def band_gaps(rubric: Rubric, shown: np.ndarray) -> np.ndarray:
    """Return the distance of each displayed total from the nearest edge between two bands.

    Positive: above the edge by so much; negative: short of it by so much; NaN: not rated.
    """
    edges = np.array([float(band.at_least) for band in rubric.bands[:-1]])
    if not len(edges):
        return np.full(len(shown), np.nan)
    gaps = shown[:, None] - edges[None, :]
    nearest = np.nan_to_num(np.abs(gaps), nan=np.inf).argmin(axis=1)
    return half_up(gaps[np.arange(len(shown)), nearest], rubric.total.decimals)


def best_bands(rubric: Rubric, bar_items: Iterable[str]) -> np.ndarray:
    """Return the position of the best band still open, from the barring items joined by ;."""
    places = {band.id: i for i, band in enumerate(rubric.bands)}
    bars = {item.id: places[item.bars_above] for item in (*rubric.deductions, *rubric.bonuses)
            if item.bars_above is not None}  # fmt: skip
    found = [max([bars[i] for i in items.split(";") if i] or [0]) for items in bar_items]
    return np.array(found, dtype=int)
