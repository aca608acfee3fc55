"""Within what posts may be moved, and which of those limits cannot be met (约束条件)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from reviewlib.errors import UsageError
from reviewlib.findings.moving_posts import Bounds
from reviewlib.findings.vocabularies import LIMIT
from reviewlib.schema import vocabularies as v

Most = int | Mapping[str, int] | None
OFTEN = 10**6
"""No limit: more posts than any district has."""


@dataclass(frozen=True)
class Limits:
    """Within what posts may be moved (约束条件).

    Parameters
    ----------
    per_department : int or mapping of dept_code to int, optional
        Most posts that may leave a department, and most that may join it.
    per_type : int or mapping of estab_type to int, optional
        Most posts of one type that may move in all.
    lowest, highest : mapping of dept_code to int
        Posts of the types considered that a department must have, and may have, afterwards.
    is_vacant_only : bool
        Only vacant posts move, and nobody with them.
    """

    per_department: Most = None
    per_type: Most = None
    lowest: Mapping[str, int] = field(default_factory=dict)
    highest: Mapping[str, int] = field(default_factory=dict)
    is_vacant_only: bool = False


def check_request(
    codes: Iterable[str], types: Sequence[str], limits: Limits, need: Mapping[str, float] | None
) -> None:
    """Raise UsageError for an unknown department or type, or a number that is none."""
    by_code = [limits.per_department, limits.lowest, limits.highest, need]
    by_type = [limits.per_type, dict.fromkeys(types, 0)]
    unknown = [*_unknown(by_code, codes), *_unknown(by_type, v.ESTAB_TYPE.codes)]
    if unknown:
        names = ", ".join(unknown)
        raise UsageError(f"没有这样的部门或编制类型：{names}",
                         f"no such department or type of establishment: {names}.")  # fmt: skip
    numbers = [n for one in (*by_code, limits.per_type) for n in _numbers(one)]
    if not all(n is None or n >= 0 for n in numbers):
        raise UsageError("约束和需求应为不小于0的数", "limits and needs are numbers from 0 up.")


def _unknown(named: Iterable, known: Iterable[str]) -> list[str]:
    given = {code for one in named if isinstance(one, Mapping) for code in one}
    return sorted(given - set(known))


def _numbers(one: Most) -> list:
    return list(one.values()) if isinstance(one, Mapping) else [one]


def bounds_of(
    codes: Sequence[str], posts: pd.DataFrame, filled: pd.DataFrame, limits: Limits
) -> Bounds:
    """Return the limits as numbers, for posts by department and type."""
    vacant = (posts - filled.fillna(posts)).clip(lower=0)  # not reported: taken as filled
    return Bounds(
        out=(vacant if limits.is_vacant_only else posts).to_numpy(dtype=int),
        per_department=_most(limits.per_department, codes),
        per_type=_most(limits.per_type, list(posts.columns)),
        lowest=_most(limits.lowest, codes, 0), highest=_most(limits.highest, codes),
    )  # fmt: skip


def _most(limit: Most, names: Sequence[str], otherwise: int = OFTEN) -> np.ndarray:
    each = limit if isinstance(limit, Mapping) else dict.fromkeys(names, limit)
    told = (each.get(name) for name in names)
    return np.array([otherwise if n is None else n for n in told], dtype=int)


def unmet_limits(codes: Sequence[str], posts: np.ndarray, bounds: Bounds) -> pd.DataFrame:
    """List the limits that cannot be met whatever moves: `limit, dept_code, wanted, possible`."""
    have, total = posts.sum(axis=1), int(posts.sum())
    most = np.minimum(have + bounds.per_department, total)
    least = have - np.minimum(bounds.per_department, bounds.out.sum(axis=1))
    rows = []
    for n, code in enumerate(codes):
        low, high = bounds.lowest[n], bounds.highest[n]
        rows += [("both", code, low, high)] if low > high else []
        rows += [("lowest", code, low, most[n])] if low > most[n] else []
        rows += [("highest", code, high, least[n])] if high < least[n] else []
    if bounds.lowest.sum() > total:
        rows.append(("total_lowest", None, bounds.lowest.sum(), total))
    if bounds.highest.sum() < total:
        rows.append(("total_highest", None, bounds.highest.sum(), total))
    return unmet_frame(rows)


def unmet_frame(rows: Iterable[tuple]) -> pd.DataFrame:
    """Return limits that cannot be met as a frame, kind by kind."""
    order = {code: n for n, code in enumerate(LIMIT.codes)}
    columns = {"limit": "str", "dept_code": "str", "wanted": "Int64", "possible": "Int64"}
    ordered = sorted(rows, key=lambda row: order[row[0]])
    return pd.DataFrame(ordered, columns=list(columns)).astype(columns)
