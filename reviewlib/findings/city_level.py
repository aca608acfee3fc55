"""What only the city level can settle (需市级明确事项): apart, counting neither for nor against."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.ledger_problems import problems
from reviewlib.findings.observations import self_problems
from reviewlib.findings.selection import concerning, in_protocol_order, join_codes, selected
from reviewlib.review import Review

COLUMNS = ["source", "reference", "dept_codes", "text", "detail", "city_contacted_on",
           *SOURCE]  # fmt: skip
SOURCES = ("problem", "duty", "cross_matter", "self_problem")


def city_matters(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """List everything that waits for the city level, from the ledger and the returns.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep what concerns a department of the group, or the department.

    Returns
    -------
    DataFrame
        One row per matter and source, in the order of `SOURCES`, then protocol order: `source`
        (vocabulary CITY_SOURCE)`, reference` (problem, duty or matter; missing for a
        self-reported problem)`, dept_codes` (joined by ";")`, text, detail` (what is asked or
        why)`, city_contacted_on` (ledger only)`, provenance.

    Notes
    -----
    From the ledger: problems 挂账 or to be settled by the city and not closed. A duty transfer
    when either side says so. A cross-department matter that does not correspond to the city
    level, or that a higher level is to settle, and is not settled at `as_of`. A self-reported
    problem so marked.
    """
    parts = [_ledger(review), _duties(review), _cross(review), _own(review)]
    text = dict.fromkeys([name for name in COLUMNS if name != "city_contacted_on"], "str")
    frame = pd.concat(
        [
            part.assign(source=source).reindex(columns=COLUMNS)
            .astype(text | {"city_contacted_on": "datetime64[us]"})
            for source, part in zip(SOURCES, parts, strict=True)
        ],
        ignore_index=True,
    )  # fmt: skip
    frame = concerning(frame, selected(review, group, department), "dept_codes")
    lead = frame["dept_codes"].str.split(";").str[0]
    order = frame["source"].map({source: n for n, source in enumerate(SOURCES)})
    ordered = in_protocol_order(frame.assign(_lead=lead, _order=order), review, by="_lead")
    ordered = ordered.sort_values("_order", kind="stable", ignore_index=True)
    return ordered[COLUMNS]


def _ledger(review: Review) -> pd.DataFrame:
    frame = problems(review)
    waits = (frame["status"] == "pending_city") | (frame["resolution_level"] == "city")
    frame = frame[waits & ~frame["is_closed"].astype(bool) & (frame["status"] != "rejected")]
    return frame.assign(
        reference=frame["problem_id"], text=frame["title"], detail=frame["description"]
    )


def _duties(review: Review) -> pd.DataFrame:
    """Return one row per duty, whoever of the two sides says that it waits."""
    frame = review.duty_transfers[review.duty_transfers["status"] == "pending_city"]
    frame = frame.sort_values("reported_by", kind="stable").drop_duplicates("matter_id")
    both = frame["to_dept"].fillna("") + ";" + frame["from_dept"].fillna("")
    return frame.assign(
        reference=frame["matter_id"], text=frame["matter"], detail=frame["remark"],
        dept_codes=both.str.strip(";"),
    )  # fmt: skip


def _cross(review: Review) -> pd.DataFrame:
    """Return one row per matter, with every department that reports it."""
    frame = review.cross_dept_matters
    waits = (frame["matter_kind"] == "vertical_mismatch") | (frame["resolver"] == "superior")
    is_settled = (frame["resolved_on"] <= review.as_of).fillna(False)
    frame = in_protocol_order(frame[waits & ~is_settled], review)
    key = frame["cross_matter_id"].fillna(frame["matter"])
    depts = frame.groupby(key)["dept_code"].agg(join_codes)
    frame = frame.assign(
        reference=frame["cross_matter_id"], text=frame["matter"], detail=frame["remark"],
        dept_codes=key.map(depts), _key=key,
    )  # fmt: skip
    return frame.drop_duplicates("_key")


def _own(review: Review) -> pd.DataFrame:
    frame = self_problems(review)
    frame = frame[frame["is_city_needed"].fillna(False).astype(bool)]
    return frame.assign(
        dept_codes=frame["dept_code"], text=frame["description"], detail=frame["suggestion"]
    )
