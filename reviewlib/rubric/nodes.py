"""What a frame of nodes needs to know: which indicators lie below one, which level a rate is."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.rubric.model import Indicator, Node, Rubric
from reviewlib.rubric.scales import Levelled


def is_below(rubric: Rubric, node_id: str) -> np.ndarray:
    """Tell for each indicator whether it lies under a node."""
    above = {node.id: node.parent for node in rubric.nodes}

    def is_under(item_id: str | None) -> bool:
        return item_id == node_id or (item_id is not None and is_under(above[item_id]))

    return np.array([is_under(item.parent) for item in rubric.indicators])


def level_of(rubric: Rubric, nodes: pd.DataFrame) -> pd.Series:
    """Name the level each rate is, for the nodes that yield levels; missing for all others.

    Parameters
    ----------
    nodes : DataFrame
        `node_id, rate`, in any order.
    """
    names = {float(level.share): level.id for level in reversed(rubric.levels)}
    graded = [node.id for node in rubric.nodes if _yields_level(rubric, node)]
    rate = nodes["rate"].where(nodes["node_id"].isin(graded))
    return rate.map(names).astype("str")


def _yields_level(rubric: Rubric, part: Node | Indicator) -> bool:
    """Tell whether a node is a level: looked up, or the weakest of levels; a mean is none."""
    if isinstance(part, Indicator):
        return isinstance(part.scale, Levelled)
    if part.aggregation == "weakest":
        return all(_yields_level(rubric, child) for child in rubric.children_of(part.id))
    return part.aggregation == "table"
