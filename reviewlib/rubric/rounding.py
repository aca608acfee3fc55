"""Rounding as it is declared: half up, away from zero, and blind to the noise of binary floats."""

from __future__ import annotations

import numpy as np

NOISE_DECIMALS = 9
"""Decimals kept before the half is judged: far below any weight, far above binary noise."""


def half_up(values: np.ndarray | float, decimals: int) -> np.ndarray:
    """Round half up (四舍五入), as Decimal's ROUND_HALF_UP would the exact number.

    Parameters
    ----------
    values : array of float
        NaN stays NaN.
    decimals : int

    Returns
    -------
    array of float
        The binary float nearest to each rounded decimal.

    Notes
    -----
    87.25 that computing has turned into 87.24999999999999 is shown as 87.3.
    """
    scaled = np.round(np.abs(np.asarray(values, dtype=float)) * 10.0**decimals, NOISE_DECIMALS)
    return np.copysign(np.floor(scaled + 0.5) / 10.0**decimals, values)
