"""The arithmetic of moving posts: which whole posts leave and join, and no others would do better.

Questions, each settled before the next is asked: how small can the largest shortfall be; with how
few posts moved; then how small all shortfalls together, so that posts come from where they are
needed least; and of what is still alike, which posts. Each is an integer programme for SciPy's
HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

ENOUGH = 1e-3
"""Needs are in tenths of a post: two shortfalls that differ at all differ by more than this."""


@dataclass(frozen=True)
class Bounds:
    """What may move, in whole posts; rows are departments, columns types of establishment.

    Parameters
    ----------
    out : ndarray of (departments, types)
        Most posts that may leave.
    per_department : ndarray of departments
        Most posts that may leave a department, and most that may join it.
    per_type : ndarray of types
        Most posts of one type that may move in all.
    lowest, highest : ndarray of departments
        Posts a department must have, and may have, afterwards.
    """

    out: np.ndarray
    per_department: np.ndarray
    per_type: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray


def least_shortfall(
    posts: np.ndarray, need: np.ndarray, bounds: Bounds
) -> tuple[np.ndarray, np.ndarray] | None:
    """Return the posts that leave and that join, by department and type; None if no way is left.

    Parameters
    ----------
    posts : ndarray of (departments, types)
    need : ndarray of departments
        Posts needed, in tenths.
    bounds : Bounds

    Notes
    -----
    Of ways alike in all of this the one is taken in which departments that stand earlier give up
    fewer posts, then receive them first.
    """
    programme = _Programme(posts, need, bounds)
    found = None
    for cost in (programme.largest, programme.leaving, programme.together):
        found = programme.best(cost)
        if found is None:
            return None
        programme.settle(cost, found)
    for place in programme.out_places:
        found = programme.fix(place, found, +1)
    for place in programme.in_places:
        found = programme.fix(place, found, -1)
    return programme.out_of(found), programme.into_of(found)


class _Programme:
    """Columns: posts leaving, posts joining (department by department), shortfalls, the largest."""

    def __init__(self, posts: np.ndarray, need: np.ndarray, bounds: Bounds):
        self.shape, self.size = posts.shape, posts.size
        departments = len(posts)
        parts = np.split(np.arange(2 * self.size + departments + 1),
                         np.cumsum([self.size, self.size, departments]))  # fmt: skip
        self.out_places, self.in_places, short_places, largest_place = parts
        self.width = 2 * self.size + departments + 1
        self.leaving = self._ones(self.out_places)
        self.together = self._ones(short_places)
        self.largest = self._ones(largest_place)
        joining = np.tile(posts.sum(axis=0), departments)
        unlimited = np.full(departments + 1, np.inf)
        self.low = np.zeros(self.width)
        self.high = np.r_[bounds.out.ravel(), joining, unlimited].astype(float)
        self.rows = self._rows(posts.sum(axis=1), need, bounds)

    def _ones(self, places: np.ndarray) -> np.ndarray:
        row = np.zeros(self.width)
        row[places] = 1
        return row

    def _rows(self, posts: np.ndarray, need: np.ndarray, bounds: Bounds) -> list[tuple]:
        """Return (matrix, low, high) of each constraint."""
        departments, types = self.shape
        by_dept = np.kron(np.eye(departments), np.ones(types))
        by_type = np.kron(np.ones(departments), np.eye(types))
        each = np.eye(departments)

        def wide(out, into, short=0, largest=0):
            rows = len(out if np.ndim(out) else into)
            shapes = (self.size, self.size, departments, 1)
            return np.hstack([np.broadcast_to(part, (rows, width)) for part, width in
                              zip((out, into, short, largest), shapes, strict=True)])  # fmt: skip

        return [
            (wide(-by_type, by_type), 0, 0),
            (wide(by_type, 0), 0, bounds.per_type),
            (wide(by_dept, 0), 0, bounds.per_department),
            (wide(0, by_dept), 0, bounds.per_department),
            (wide(-by_dept, by_dept), bounds.lowest - posts, bounds.highest - posts),
            (wide(-by_dept, by_dept, each), need - posts, np.inf),
            (wide(0 * by_dept, 0, -each, 1), 0, np.inf),
        ]

    def best(self, cost: np.ndarray) -> np.ndarray | None:
        """Return the cheapest whole solution, or None."""
        from scipy.optimize import Bounds as Box  # here: a second's import that few need
        from scipy.optimize import LinearConstraint, milp

        found = milp(
            cost, integrality=self._ones(np.r_[self.out_places, self.in_places]),
            bounds=Box(self.low, self.high), options={"mip_rel_gap": 0.0},
            constraints=[LinearConstraint(*row) for row in self.rows],
        )  # fmt: skip
        return found.x

    def out_of(self, found: np.ndarray) -> np.ndarray:
        """Return the posts that leave, by department and type."""
        return np.rint(found[self.out_places]).astype(int).reshape(self.shape)

    def into_of(self, found: np.ndarray) -> np.ndarray:
        """Return the posts that join, by department and type."""
        return np.rint(found[self.in_places]).astype(int).reshape(self.shape)

    def settle(self, cost: np.ndarray, found: np.ndarray) -> None:
        """From now on the cost may not be higher than this."""
        self.rows.append((cost, -np.inf, cost @ found + ENOUGH))

    def fix(self, place: int, found: np.ndarray, way: int) -> np.ndarray:
        """Make one place as small (+1) or large (-1) as it still can be, and keep it there."""
        if self._is_open(place, found, way):
            found = self.best(way * self._ones(place))
        self.low[place] = self.high[place] = np.rint(found[place])
        return found

    def _is_open(self, place: int, found: np.ndarray, way: int) -> bool:
        """Tell whether a better value is possible at all.

        None leaves less than nothing; more can join here only what would join further down.
        """
        if way > 0:
            return found[place] > 0.5
        types = self.shape[1]
        return found[place + types : self.in_places[-1] + 1 : types].sum() > 0.5
