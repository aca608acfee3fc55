"""Do two scorers see the same (评分一致性): kappa, alpha and ICC, with bootstrap intervals.

The statistics are plain functions of arrays; each takes whole stacks, so that thousands of
resamples are worked out at once. `scorer_agreement` applies them to the ratings of a review.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

DISTANCES = {
    "nominal": lambda k: (np.arange(k)[:, None] != np.arange(k)[None, :]).astype(float),
    "linear": lambda k: np.abs(np.arange(k)[:, None] - np.arange(k)[None, :]).astype(float),
    "quadratic": lambda k: (np.arange(k)[:, None] - np.arange(k)[None, :]).astype(float) ** 2,
}
"""Disagreement between categories by their places, for weighted kappa."""


def weighted_kappa(table: np.ndarray, weights: str | np.ndarray = "quadratic") -> np.ndarray:
    """Return Cohen's weighted kappa (加权 kappa) of tables of two raters.

    Parameters
    ----------
    table : array, … × k × k
        Counts: first rater by second rater, categories in order.
    weights : {"nominal", "linear", "quadratic"} or array k × k
        Disagreement of every pair of categories; "nominal" is the simple kappa.

    Returns
    -------
    array …
        1 is full agreement, 0 what chance gives; NaN where nothing could differ.

    Notes
    -----
    Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70, 213–220.
    """
    table = np.asarray(table, dtype=float)
    distance = DISTANCES[weights](table.shape[-1]) if isinstance(weights, str) else weights
    total = table.sum(axis=(-2, -1))
    expected = table.sum(axis=-1)[..., :, None] * table.sum(axis=-2)[..., None, :]
    observed = (table * distance).sum(axis=(-2, -1)) * total
    by_chance = (expected * distance).sum(axis=(-2, -1))
    return 1 - observed / np.where(by_chance == 0, np.nan, by_chance)


def krippendorff_alpha(coincidence: np.ndarray, metric: str = "ordinal") -> np.ndarray:
    """Return Krippendorff's alpha of coincidence matrices.

    Parameters
    ----------
    coincidence : array, … × k × k
    metric : {"nominal", "ordinal", "interval"}

    Returns
    -------
    array …
        1 is full agreement, 0 what chance gives; NaN where nothing could differ.

    Notes
    -----
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
    """
    marginal = coincidence.sum(axis=-1)
    distance = _metric(marginal, metric)
    expected = marginal[..., :, None] * marginal[..., None, :]
    expected = expected - marginal[..., :, None] * np.eye(marginal.shape[-1])
    observed = (coincidence * distance).sum(axis=(-2, -1)) * (marginal.sum(axis=-1) - 1)
    by_chance = (expected * distance).sum(axis=(-2, -1))
    return 1 - observed / np.where(by_chance == 0, np.nan, by_chance)


def _metric(marginal: np.ndarray, metric: str) -> np.ndarray:
    """Return the squared distance of every pair of categories."""
    places = np.arange(marginal.shape[-1])
    if metric == "ordinal":  # as many ratings as lie between, the ends at half
        up_to = np.cumsum(marginal, axis=-1) - marginal / 2
        return (up_to[..., :, None] - up_to[..., None, :]) ** 2
    return DISTANCES["nominal" if metric == "nominal" else "quadratic"](len(places))


class Icc(NamedTuple):
    """Intraclass correlations of single ratings (组内相关系数).

    `one_way`: each target has other judges, ICC(1,1); `agreement`: the judges are a sample and
    their levels count, ICC(2,1); `consistency`: these judges, levels apart, ICC(3,1).
    """

    one_way: np.ndarray
    agreement: np.ndarray
    consistency: np.ndarray


def icc(ratings: np.ndarray) -> Icc:
    """Return the intraclass correlations of complete ratings.

    Parameters
    ----------
    ratings : array, … × target × judge

    Notes
    -----
    Shrout, P. E. and Fleiss, J. L. (1979). Psychological Bulletin 86, 420–428.
    """
    ratings = np.asarray(ratings, dtype=float)
    n, k = ratings.shape[-2:]
    grand = ratings.mean(axis=(-2, -1), keepdims=True)
    targets = ratings.mean(axis=-1, keepdims=True)
    judges = ratings.mean(axis=-2, keepdims=True)
    between = k * ((targets - grand) ** 2).sum(axis=(-2, -1)) / (n - 1)
    within = ((ratings - targets) ** 2).sum(axis=(-2, -1)) / (n * (k - 1))
    of_judges = n * ((judges - grand) ** 2).sum(axis=(-2, -1)) / (k - 1)
    residual = ((ratings - targets - judges + grand) ** 2).sum(axis=(-2, -1))
    residual = residual / ((n - 1) * (k - 1))

    def over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
        return part / np.where(np.abs(whole) < 1e-12, np.nan, whole)

    return Icc(
        over(between - within, between + (k - 1) * within),
        over(between - residual, between + (k - 1) * residual + k * (of_judges - residual) / n),
        over(between - residual, between + (k - 1) * residual),
    )


def pair_tables(first: np.ndarray, second: np.ndarray, categories: int) -> np.ndarray:
    """Count the pairs of two raters: … × item places to … × k × k tables."""
    cells = np.asarray(first) * categories + np.asarray(second)
    flat = cells.reshape(-1, cells.shape[-1])
    offsets = np.arange(len(flat))[:, None] * categories**2
    counts = np.bincount((flat + offsets).ravel(), minlength=len(flat) * categories**2)
    return counts.reshape(*cells.shape[:-1], categories, categories)


def resamples(items: int, draws: int, seed: int) -> np.ndarray:
    """Return bootstrap samples of item places: draw × item, the same for the same seed."""
    return np.random.default_rng(seed).integers(0, items, size=(draws, items))


def interval(values: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Return the percentile interval of bootstrap values; NaN where fewer than half are defined."""
    known = values[~np.isnan(values)]
    if len(known) < len(values) / 2 or not len(known):
        return float("nan"), float("nan")
    tail = 100 * (1 - level) / 2
    low, high = np.percentile(known, [tail, 100 - tail])
    return float(low), float(high)
