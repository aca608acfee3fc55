"""What a frame of nodes needs to know: which indicators lie below one, which level a rate is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.rubric.model import Rubric


def is_below(rubric: Rubric, node_id: str) -> np.ndarray:
    """Tell for each indicator whether it lies under a node."""
    above = {node.id: node.parent for node in rubric.nodes}

    def is_under(item_id: str | None) -> bool:
        return item_id == node_id or (item_id is not None and is_under(above[item_id]))

    return np.array([is_under(item.parent) for item in rubric.indicators])


def level_of(rubric: Rubric, rate: pd.Series) -> pd.Series:
    """Name the level whose share a rate is, where the rubric has lookup tables or weakest links."""
    if not any(node.aggregation in {"weakest", "table"} for node in rubric.nodes):
        return pd.Series(np.nan, index=rate.index, dtype="str")
    names = {float(level.share): level.id for level in reversed(rubric.levels)}
    return rate.map(names).astype("str")
