"""Which departments a question is about, and their protocol order (机构序列)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import in_roster_order

UNKNOWN_ORDER = 10**6
"""A department that is not on the roster stands after all that are."""


def roster(review: Review, group: str | None = None, department: str | None = None) -> pd.DataFrame:
    """Return the departments asked for, one row each, in protocol order.

    Parameters
    ----------
    review : Review
    group : str, optional
        Only the departments of this visit group, such as "G1".
    department : str, optional
        Only this department, such as "DP01".
    """
    departments = review.departments
    if group is not None:
        departments = departments[departments["group_id"] == group]
    if department is not None:
        departments = departments[departments["dept_code"] == department]
    return in_roster_order(departments)


def selected(review: Review, group: str | None, department: str | None) -> set[str] | None:
    """Return the codes asked for, or None where nothing narrows the question."""
    if group is None and department is None:
        return None
    told = (review.departments[name].tolist() for name in ("dept_code", "group_id"))
    return {
        code for code, own_group in zip(*told, strict=True)
        if department in (None, code) and group in (None, own_group)
    }  # fmt: skip


def split_codes(joined: object) -> list[str]:
    """Return the codes of one cell: "DP01;DP02" → ["DP01", "DP02"], missing → []."""
    return [] if pd.isna(joined) else [code for code in str(joined).split(";") if code]


def join_codes(codes: Iterable[object]) -> str:
    """Return codes as one cell, without repetition, in the order they come."""
    return ";".join(dict.fromkeys(code for code in codes if pd.notna(code)))


def concerning(frame: pd.DataFrame, codes: set[str] | None, *columns: str) -> pd.DataFrame:
    """Keep the rows in which any of `columns` (one code or several) names one of `codes`."""
    if codes is None:
        return frame
    told = zip(*(frame[column].tolist() for column in columns), strict=True)
    names = cache(lambda cell: not codes.isdisjoint(split_codes(cell)))
    return _rows_at(frame, [place for place, cells in enumerate(told) if any(map(names, cells))])


def _rows_at(frame: pd.DataFrame, places: list[int]) -> pd.DataFrame:
    """Return some rows; those that stand together, as one department's mostly do, as a slice."""
    first = places[0] if places else 0
    run = range(first, first + len(places))
    return frame.iloc[run.start : run.stop] if places == list(run) else frame.take(places)


def protocol_place(review: Review) -> Callable[[object], int]:
    """Return what tells where a department stands; those that are not on the roster last."""
    told = (review.departments[name].tolist() for name in ("dept_code", "protocol_order"))
    places = {code: place for code, place in zip(*told, strict=True) if pd.notna(place)}
    return lambda code: places.get(code, UNKNOWN_ORDER)


def in_protocol_order(
    frame: pd.DataFrame, review: Review, *then: str, by: str = "dept_code"
) -> pd.DataFrame:
    """Sort rows by the protocol order of the department in `by`, then by the columns `then`."""
    place = protocol_place(review)
    first = [place(code) for code in frame[by].tolist()]
    keys = list(zip(first, *(_blanks_last(frame[name]) for name in (by, *then)), strict=True))
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return _rows_at(frame, order).reset_index(drop=True)


def _blanks_last(column: pd.Series) -> list[tuple]:
    told = zip(column.isna().tolist(), column.tolist(), strict=True)
    return [(True,) if is_blank else (False, value) for is_blank, value in told]


def with_mode(frame: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Add `mode` and `group_id` after `dept_code`, so that no table mixes the two modes unseen."""
    first = ["dept_code", "mode", "group_id"]
    told = (review.departments[name].tolist() for name in first)
    known = {code: own for code, *own in zip(*told, strict=True)}
    own = [known.get(code, (None, None)) for code in frame["dept_code"].tolist()]
    placed = frame.reset_index(drop=True).assign(
        mode=pd.Series([mode for mode, _ in own], dtype="str"),
        group_id=pd.Series([group for _, group in own], dtype="str"),
    )
    return placed[[*first, *(name for name in frame if name not in first)]]
