"""Which departments a question is about, and their protocol order (机构序列)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from reviewlib.review import Review

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
    return departments.sort_values("protocol_order", kind="stable").reset_index(drop=True)


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
    is_run = not places or places[-1] - places[0] + 1 == len(places)
    first = places[0] if places else 0
    return frame.iloc[first : first + len(places)] if is_run else frame.take(places)


def protocol_place(review: Review) -> Callable[[str], tuple[int, str]]:
    """Return what says where a department stands; those not on the roster by code, last."""
    told = (review.departments[name].tolist() for name in ("dept_code", "protocol_order"))
    places = {code: place for code, place in zip(*told, strict=True) if pd.notna(place)}
    return lambda code: (places.get(code, UNKNOWN_ORDER), code)


def in_protocol_order(
    frame: pd.DataFrame, review: Review, *then: str, by: str = "dept_code"
) -> pd.DataFrame:
    """Sort rows by the protocol order of the department in `by`, then by the columns `then`."""
    order = review.departments.set_index("dept_code")["protocol_order"].astype("float64")
    position = frame[by].map(order).astype("float64").fillna(UNKNOWN_ORDER)
    ranked = frame[[*dict.fromkeys([by, *then])]].assign(_position=position).reset_index(drop=True)
    ranked = ranked.sort_values(["_position", by, *then], kind="stable", na_position="last")
    return frame.take(ranked.index).reset_index(drop=True)


def with_mode(frame: pd.DataFrame, review: Review) -> pd.DataFrame:
    """Add `mode` and `group_id` after `dept_code`, so that no table mixes the two modes unseen."""
    known = review.departments[["dept_code", "mode", "group_id"]]
    merged = frame.drop(columns=["mode", "group_id"], errors="ignore").merge(
        known, on="dept_code", how="left"
    )
    rest = [name for name in merged.columns if name not in known.columns]
    return merged[[*known.columns, *rest]]
