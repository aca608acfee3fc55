"""What moving posts would do (“瘦身”与“健身”相结合): a scenario with its assumptions, no decision.

Within the total there is: first the largest shortfall of posts against workload as small as it can
be, then with the fewest posts moved, within limits per department and per type of post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewlib.findings.moving_posts import least_shortfall
from reviewlib.findings.need import need as need_of
from reviewlib.findings.post_limits import (
    Limits,
    bounds_of,
    check_request,
    unmet_frame,
    unmet_limits,
)
from reviewlib.findings.posts import staffing
from reviewlib.review import Review
from reviewlib.rubric import half_up


@dataclass(frozen=True)
class Rebalancing:
    """A scenario of moving posts, with everything it assumes (情景推演).

    Parameters
    ----------
    outcome : str
        moved, no_shortfall, no_better (within the limits), infeasible, or nobody (no department
        has both posts and a need).
    moves : DataFrame
        One row per giving and receiving department and type, protocol order: `from_dept, to_dept,
        estab_type, posts_count`.
    departments : DataFrame
        One row per department considered, protocol order: `dept_code, posts_approved_count,
        posts_filled_count, posts_needed` (to a tenth)`, shortfall, posts_out_count,
        posts_in_count, posts_after_count, shortfall_after, staff_over_count` (people in post beyond
        the posts then left).
    left_out : DataFrame
        Departments whose posts stay, protocol order: `dept_code, why` (vocabulary LEFT_OUT).
    unmet : DataFrame
        Where infeasible, the limits that cannot be met: `limit` (vocabulary LIMIT)`, dept_code,
        wanted, possible`.
    limits : Limits
    types : tuple of str
        Types of establishment considered.
    is_need_given : bool
        Needs were given, not reckoned from each department's own workload.
    """

    outcome: str
    moves: pd.DataFrame
    departments: pd.DataFrame
    left_out: pd.DataFrame
    unmet: pd.DataFrame
    limits: Limits
    types: tuple[str, ...]
    is_need_given: bool

    @property
    def moved_count(self) -> int:
        """Posts moved in all."""
        return int(self.moves["posts_count"].sum())

    @property
    def worst_before(self) -> float:
        """The largest shortfall of posts as things are."""
        return float(self.departments["shortfall"].max()) if len(self.departments) else 0.0

    @property
    def worst_after(self) -> float:
        """The largest shortfall of posts after the moves."""
        return float(self.departments["shortfall_after"].max()) if len(self.departments) else 0.0


def rebalance(
    review: Review,
    *,
    need: Mapping[str, float] | None = None,
    types: Sequence[str] = ("administrative",),
    limits: Limits | None = None,
) -> Rebalancing:
    """Propose moves of posts within the fixed total that ease the largest shortfall.

    Parameters
    ----------
    review : Review
    need : mapping of dept_code to posts, optional
        Posts each department needs. Not given: the posts at which this year's cases would be
        handled at last year's cases per post, so that no department's cases are set against
        another's.
    types : sequence of estab_type
        Types of establishment considered; a post stays of its type.
    limits : Limits, optional
        None: every post may move anywhere.

    Returns
    -------
    Rebalancing
        The same for the same numbers, in whatever order they stand: of ways equally good, the one
        with the least shortfalls together, then the one in which departments earlier in protocol
        order give up fewer posts, then receive first.

    Raises
    ------
    UsageError
        An unknown department or type, or a number below zero.
    """
    limits, known = limits or Limits(), need_of(review)
    check_request(known["dept_code"], types, limits, need)
    approved, filled = (_by_type(review, known["dept_code"], types, f"posts_{name}_count")
                        for name in ("approved", "filled"))  # fmt: skip
    needed = _needed(known, approved, need)
    why = _left_out(known, approved, needed, need)
    is_in = why.isna().to_numpy()
    codes = known.loc[is_in, "dept_code"].tolist()
    bounds = bounds_of(codes, approved[is_in], filled[is_in], limits)
    posts, wanted = approved[is_in].to_numpy(dtype=int), needed[is_in].to_numpy(dtype=float)
    unmet = unmet_limits(codes, posts, bounds)
    found = least_shortfall(posts, wanted, bounds) if codes and unmet.empty else None
    if codes and unmet.empty and found is None:
        unmet = unmet_frame([("together", None, None, None)])
    out, into = found or (np.zeros_like(posts), np.zeros_like(posts))
    departments = _departments(codes, posts, filled[is_in], wanted, out, into)
    left_out = known[["dept_code"]].assign(why=why)[~is_in].reset_index(drop=True)
    return Rebalancing(_outcome(departments, unmet), _moves(codes, types, out, into), departments,
                       left_out, unmet, limits, tuple(types), need is not None)  # fmt: skip


def _by_type(review: Review, codes: pd.Series, types: Sequence[str], column: str) -> pd.DataFrame:
    """Return posts by department and type; where a department reports any, no row means none."""
    rows = staffing(review).drop_duplicates(["dept_code", "estab_type"])
    rows = rows.set_index(["dept_code", "estab_type"])[column]
    reported = set(rows.index.get_level_values("dept_code"))
    told = [[rows.get((code, kind), 0 if code in reported else pd.NA) for kind in types]
            for code in codes]  # fmt: skip
    return pd.DataFrame(told, columns=list(types), index=codes.index).astype("Int64")


def _needed(known: pd.DataFrame, posts: pd.DataFrame, need: Mapping | None) -> pd.Series:
    """Return the posts needed, to a tenth; missing where nothing tells."""
    if need is None:
        have = posts.sum(axis=1, skipna=False).astype("Float64")
        told = have * (1 + known["workload_change_share"])
    else:
        told = known["dept_code"].map(dict(need)).astype("Float64")
    exact = told.to_numpy(dtype=float, na_value=np.nan)
    return pd.Series(half_up(exact, 1), index=known.index)


def _left_out(known, posts: pd.DataFrame, needed: pd.Series, need: Mapping | None) -> pd.Series:
    """Say why a department is not considered; missing where it is."""
    why = pd.Series(float("nan"), index=known.index, dtype="str")
    why = why.mask(needed.isna(), "no_workload" if need is None else "no_need")
    return why.mask(posts.isna().any(axis=1), "no_posts")


def _departments(codes, posts, filled: pd.DataFrame, needed, out, into) -> pd.DataFrame:
    have, gone, come = (part.sum(axis=1) for part in (posts, out, into))
    over = (filled.to_numpy(dtype=float, na_value=np.nan) - (posts - out + into)).clip(min=0)
    frame = pd.DataFrame({
        "dept_code": codes, "posts_approved_count": have,
        "posts_filled_count": filled.sum(axis=1, skipna=False).to_numpy(),
        "posts_needed": needed, "shortfall": (needed - have).clip(min=0).round(1),
        "posts_out_count": gone, "posts_in_count": come,
        "posts_after_count": have - gone + come,
        "shortfall_after": (needed - (have - gone + come)).clip(min=0).round(1),
        "staff_over_count": over.sum(axis=1),
    })  # fmt: skip
    counts = [name for name in frame if name.endswith("_count")]
    tenths = ["posts_needed", "shortfall", "shortfall_after"]
    return frame.astype({"dept_code": "str", **dict.fromkeys(counts, "Int64"),
                         **dict.fromkeys(tenths, "Float64")})  # fmt: skip


def _outcome(departments: pd.DataFrame, unmet: pd.DataFrame) -> str:
    if len(unmet):
        return "infeasible"
    if departments.empty:
        return "nobody"
    if departments["posts_out_count"].sum():
        return "moved"
    return "no_better" if departments["shortfall"].max() > 0 else "no_shortfall"


def _moves(codes: list[str], types: Sequence[str], out, into) -> pd.DataFrame:
    """Pair posts that leave with posts that join, type by type, in protocol order."""
    rows = []
    for kind, leaving, joining in zip(types, out.T.tolist(), into.T.tolist(), strict=True):
        gives = [code for code, n in zip(codes, leaving, strict=True) for _ in range(n)]
        takes = [code for code, n in zip(codes, joining, strict=True) for _ in range(n)]
        rows += [(*pair, kind) for pair in zip(gives, takes, strict=True)]
    columns = ["from_dept", "to_dept", "estab_type"]
    single = pd.DataFrame(rows, columns=columns).astype("str")
    counted = single.groupby(columns, sort=False).size().rename("posts_count").reset_index()
    return counted.astype({"posts_count": "Int64"})
