"""The four aspects (四个方面): counts first, then rates, the two modes apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from reviewlib.findings.medians import rates_by
from reviewlib.findings.posts import sections, staffing
from reviewlib.findings.scored import scored
from reviewlib.findings.selection import roster
from reviewlib.review import Review
from reviewlib.schema.checks import FORMALITIES
from reviewlib.schema.vocabularies import MODE

if TYPE_CHECKING:
    from reviewlib.scoring import Scores


def aspects(
    review: Review, scores: Scores, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the rate of every aspect: the median of the departments and their range.

    Parameters
    ----------
    review : Review
    scores : Scores
        As `scoring.score(review)` gives them.
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per aspect of the rubric and mode that has departments, in rubric order, visited
        before self-assessed: `aspect, mode, dept_count` (with a rate)`, rate_median, rate_min,
        rate_max` (0–1)`, coverage` (weight scored of weight applicable, all departments).
    """
    rated = scored(review, scores, "aspects", group, department)
    return rates_by("aspect", [aspect.id for aspect in review.rubric.aspects], rated)


def aspect_counts(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the counts that stand before the rates, summed over departments, the modes apart.

    Returns
    -------
    DataFrame
        One row per count and mode that has departments: `item` (vocabulary ASPECT_COUNT)`, mode,
        num, den, pending_city` (left out of `den`)`, share` (missing where `den` is 0).

    Notes
    -----
    Transfers are counted once, as the gaining department reports them. Vacant and over are summed
    apart and never netted.
    """
    departments = roster(review, group, department)
    parts = []
    for mode in MODE.codes:
        codes = set(departments.loc[departments["mode"] == mode, "dept_code"])
        if codes:
            parts += [{"item": item, "mode": mode, "num": num, "den": den, "pending_city": city}
                      for item, num, den, city in _counts(review, codes)]  # fmt: skip
    frame = pd.DataFrame(parts, columns=["item", "mode", "num", "den", "pending_city"])
    counts = dict.fromkeys(["num", "den", "pending_city"], "Int64")
    frame = frame.astype({"item": "str", "mode": "str"} | counts)
    whole = frame["den"].astype("Float64")
    return frame.assign(share=frame["num"].astype("Float64") / whole.where(whole > 0))


def _counts(review: Review, codes: set[str]) -> list[tuple[str, int, int, int]]:
    """Return (item, num, den, pending at the city) of some departments."""
    return [
        *_staff(_gained(review.staff_transfers, codes)),
        *_duties(_gained(review.duty_transfers, codes)),
        *_matters(review.cross_dept_matters[review.cross_dept_matters["dept_code"].isin(codes)]),
        *_units(sections(review), codes),
        *_posts(staffing(review), codes),
        *_own(review, codes),
    ]


def _gained(reports: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    is_gaining = (reports["reported_by"] == "gaining") & reports["to_dept"].isin(codes)
    return reports[is_gaining]


def _sum(values: pd.Series) -> int:
    return int(values.sum())  # what is missing adds nothing


def _staff(told: pd.DataFrame) -> list[tuple]:
    due = _sum(told["due_count"])
    formalities = sum(_sum(told[name]) for name in FORMALITIES)
    return [
        ("staff_transferred", _sum(told["done_count"]), due, 0),
        ("formalities_done", formalities, due * len(FORMALITIES), 0),
    ]


def _duties(told: pd.DataFrame) -> list[tuple]:
    told = told.drop_duplicates("matter_id")
    pending = int((told["status"] == "pending_city").sum())
    due = len(told) - pending
    return [
        ("duties_in_place", int((told["status"] == "done").sum()), due, pending),
        ("duties_partial", int((told["status"] == "partial").sum()), due, pending),
        ("posts_moved", _sum(told["posts_done_count"]), _sum(told["posts_count"]), 0),
    ]


def _matters(told: pd.DataFrame) -> list[tuple]:
    raised = len(told)
    unclear = int(told["boundary"].isin(["unclear", "disputed"]).sum())
    written = int(told["is_written"].fillna(False).sum())
    return [("matters_written", written, raised, 0), ("boundary_unclear", unclear, raised, 0)]


def _units(units: pd.DataFrame, codes: set[str]) -> list[tuple]:
    units = units[units["dept_code"].isin(codes)]
    approved = _sum(units["approved_count"])
    return [
        ("units_set_up", _sum(units["set_up_count"]), approved, 0),
        ("duties_issued", _sum(units["duties_issued_count"]), approved, 0),
        ("heads_in_place", _sum(units["headed_count"]), approved, 0),
    ]


def _posts(posts: pd.DataFrame, codes: set[str]) -> list[tuple]:
    posts = posts[posts["dept_code"].isin(codes)]
    approved = _sum(posts["posts_approved_count"])
    return [
        (f"posts_{part}", _sum(posts[f"posts_{part}_count"]), approved, 0)
        for part in ("filled", "vacant", "over")
    ]


def _own(review: Review, codes: set[str]) -> list[tuple]:
    rated = review.self_ratings[review.self_ratings["dept_code"].isin(codes)]
    given = int((rated["answer"].notna() & (rated["answer"] != "not_reported")).sum())
    asked = len(review.rubric.indicators) * len(codes)
    others = review.other_counts[review.other_counts["dept_code"].isin(codes)]
    listed = others[others["count_item"] == "immediate"]
    return [
        ("answers_given", given, asked, 0),
        ("immediate_done", _sum(listed["num"]), _sum(listed["den"]), 0),
    ]
