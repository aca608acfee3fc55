"""From indicators to the total: every node by its own aggregation, for all units at once.

Arrays run indicator first: `shares[i]` holds one share per unit (or per unit and draw, anything
that broadcasts), NaN where the indicator is not scored. A `Branch` is what a node becomes.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from reviewlib.errors import ScoreInputError
from reviewlib.rubric.model import Aggregated, Indicator, Node, Rubric


class Branch(NamedTuple):
    """One node or indicator: its share (NaN: nothing scored) and the weight that counts."""

    share: np.ndarray
    mass: np.ndarray


def leaf_weights(rubric: Rubric) -> np.ndarray:
    """Return the weight of every indicator in points of `full_weight`, in rubric order."""
    if rubric.weights == "points":
        return np.array([float(item.weight) for item in rubric.indicators])
    points: dict[str | None, Decimal] = {None: rubric.full_weight}
    waiting: list[str | None] = [None]
    while waiting:
        parent = waiting.pop()
        children = rubric.children_of(parent)
        total = sum(child.weight for child in children)
        for child in children:
            points[child.id] = points[parent] * child.weight / total
            if isinstance(child, Node):
                waiting.append(child.id)
    return np.array([float(points[item.id]) for item in rubric.indicators])


def roll_up(
    rubric: Rubric, shares: np.ndarray, weights: np.ndarray, *, is_trial: bool = False
) -> dict[str | None, Branch]:
    """Aggregate from the indicators up; the root stands under None.

    Parameters
    ----------
    rubric : Rubric
    shares : array, indicator × …
        0–1; NaN where not scored.
    weights : array, indicator × …
        Weights in points, broadcasting against `shares`.
    is_trial : bool
        Shares that were never given, to see what would come of them: a geometric mean over a zero
        is then zero, whatever the rubric declares.

    Returns
    -------
    dict of str to Branch
        One per indicator and node, by id.

    Raises
    ------
    ScoreInputError
        A geometric mean over a zero that the rubric does not allow (`at_zero`).
    """
    branches: dict[str | None, Branch] = {
        item.id: Branch(share, np.where(np.isnan(share), 0.0, weight))
        for item, share, weight in zip(rubric.indicators, shares, weights, strict=True)
    }
    full = dict(zip((item.id for item in rubric.indicators), weights, strict=True))
    for node_id in _children_first(rubric):
        children = rubric.children_of(node_id)
        node = rubric.total if node_id is None else rubric.node(node_id)
        full[node_id] = sum(full[child.id] for child in children)
        below = [branches[child.id] for child in children]
        share, mass = _aggregate(rubric, node, below, is_trial)
        if rubric.renormalise == "node":
            mass = np.where(np.isnan(share), 0.0, full[node_id])
        branches[node_id] = Branch(share, mass)
    return branches


def _children_first(rubric: Rubric) -> list[str | None]:
    """Order the nodes so that each comes after those below it; the root is last."""
    order: list[str | None] = [None]
    for node_id in order:
        order.extend(child.id for child in rubric.children_of(node_id) if isinstance(child, Node))
    return order[::-1]


def _aggregate(
    rubric: Rubric, node: Aggregated, children: Sequence[Branch], is_trial: bool
) -> Branch:
    mass = sum(child.mass for child in children)
    match node.aggregation:
        case "arithmetic":
            share = _mean([child.share for child in children], children, mass)
        case "geometric":
            share = _geometric(node, children, mass, is_trial)
        case "weakest":
            share = _weakest(rubric, node, children)
        case "table":
            share = _looked_up(rubric, node, children)
        case "none":
            share = np.full(np.shape(mass), np.nan)
    return Branch(share, mass)


def _mean(values: list[np.ndarray], children: Sequence[Branch], mass: np.ndarray) -> np.ndarray:
    total = sum(
        np.where(np.isnan(value), 0.0, value) * child.mass
        for value, child in zip(values, children, strict=True)
    )
    return total / np.where(mass == 0, np.nan, mass)


def _geometric(
    node: Aggregated, children: Sequence[Branch], mass: np.ndarray, is_trial: bool
) -> np.ndarray:
    if node.at_zero == "error" and not is_trial:
        zeros = sum((child.share == 0).astype(int) for child in children)
        if zeros.any():
            name, places, zeros = getattr(node, "id", "total"), np.nonzero(zeros), zeros.sum()
            error = ScoreInputError(
                f"节点 {name} 取几何平均，下级有 {zeros} 个 0",
                f"node {name} is a geometric mean over {zeros} zero(s)",
                where=name,
                fix_zh="。请核对输入，或在评分表中写明 at_zero = \"zero\"。",
                fix_en='Check the inputs, or declare at_zero = "zero" in the rubric.',
            )
            error.units = places[0]
            raise error
    with np.errstate(divide="ignore"):
        logs = [np.log(child.share) for child in children]
    counted = [np.where(child.mass == 0, np.nan, log)
               for log, child in zip(logs, children, strict=True)]  # fmt: skip
    return np.exp(_mean(counted, children, mass))


def _lowest(children: Sequence[Branch]) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest share of the children; NaN where none is scored."""
    shares = np.stack(np.broadcast_arrays(*(child.share for child in children)))
    low = np.where(np.isnan(shares), np.inf, shares).min(axis=0)
    high = np.where(np.isnan(shares), -np.inf, shares).max(axis=0)
    nothing = np.isinf(low)
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)


def _weakest(rubric: Rubric, node: Aggregated, children: Sequence[Branch]) -> np.ndarray:
    low, high = _lowest(children)
    share = low
    by_id = {level.id: float(level.share) for level in rubric.levels}
    for level, raised in node.plus.items():
        share = np.where((low == by_id[level]) & (high > low), by_id[raised], share)
    return share


def level_points(rubric: Rubric, share: np.ndarray) -> np.ndarray:
    """Return the level points of shares that are levels; 0 elsewhere."""
    points = np.zeros(np.shape(share), dtype=int)
    for level in rubric.levels:
        points = np.where(share == float(level.share), level.points or 0, points)
    return points


def _looked_up(rubric: Rubric, node: Aggregated, children: Sequence[Branch]) -> np.ndarray:
    """Look the level up by the number of children scored and the sum of their points."""
    count = sum((~np.isnan(child.share)).astype(int) for child in children)
    points = sum(level_points(rubric, child.share) for child in children)
    by_id = {level.id: float(level.share) for level in rubric.levels}
    share = np.full(np.shape(count), np.nan)
    for row in sorted(rubric.lookup_tables[node.table], key=lambda row: row.at_least):
        held = (count == row.count) & (points >= row.at_least)
        share = np.where(held, by_id[row.level], share)
    return share


def attribute(
    rubric: Rubric, branches: dict[str | None, Branch]
) -> tuple[np.ndarray, np.ndarray]:
    """Share the total out among the indicators.

    Returns
    -------
    effective : array, indicator × unit
        Part of the total's weight that hangs on the indicator; adds up to 1.
    part : array, indicator × unit
        Part of the total that the indicator contributes; adds up to 1 where the total is above 0.

    Notes
    -----
    Every aggregation is homogeneous (half the shares, half the total), so each child's part follows
    from its marginal effect: in an arithmetic mean its share times its weight, in a geometric mean
    its weight, in a weakest link all of it for the lowest child, in a lookup table its points.
    """
    effective: dict[str | None, np.ndarray] = {None: np.where(branches[None].mass > 0, 1.0, 0.0)}
    part = dict(effective)
    for node_id in reversed(_children_first(rubric)):
        node = rubric.total if node_id is None else rubric.node(node_id)
        children: Sequence[Node | Indicator] = rubric.children_of(node_id)
        below = [branches[child.id] for child in children]
        weight, gain = _parts(rubric, node, below)
        for child, own_weight, own_gain in zip(children, weight, gain, strict=True):
            effective[child.id] = effective[node_id] * own_weight
            part[child.id] = part[node_id] * own_gain
    ids = [item.id for item in rubric.indicators]
    return np.stack([effective[i] for i in ids]), np.stack([part[i] for i in ids])


def _parts(rubric: Rubric, node: Aggregated, children: Sequence[Branch]) -> tuple[list, list]:
    """Return each child's part of the node's weight and of the node's share."""
    weight = _normed([child.mass for child in children])
    if node.aggregation == "arithmetic":
        gain = [np.where(np.isnan(child.share), 0.0, child.share * child.mass)
                for child in children]  # fmt: skip
        return weight, _normed(gain, weight)
    if node.aggregation == "weakest":
        low, _ = _lowest(children)
        weight = _normed([(child.share == low).astype(float) for child in children])
    elif node.aggregation == "table":
        weight = _normed([level_points(rubric, child.share).astype(float) for child in children])
    elif node.aggregation == "none":
        weight = [np.zeros(np.shape(child.mass)) for child in children]
    return weight, weight


def _normed(values: list[np.ndarray], instead: list[np.ndarray] | None = None) -> list[np.ndarray]:
    """Divide by the sum; where that is 0, take `instead` (or 0)."""
    total = sum(values)
    instead = instead or [np.zeros(np.shape(value)) for value in values]
    safe = np.where(total == 0, 1.0, total)
    return [np.where(total == 0, other, value / safe)
            for value, other in zip(values, instead, strict=True)]  # fmt: skip
