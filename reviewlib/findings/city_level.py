"""What only the city level can settle (需市级明确事项): apart, counting neither for nor against."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.ledger_problems import problems
from reviewlib.findings.observations import self_problems
from reviewlib.findings.records import Record, blanks_last, records_of
from reviewlib.findings.selection import (
    concerning,
    in_protocol_order,
    join_codes,
    protocol_place,
    selected,
)
from reviewlib.review import Review
from reviewlib.schema.frames import frame_from

COLUMNS = ["source", "reference", "dept_codes", "text", "detail", "city_contacted_on",
           *SOURCE]  # fmt: skip
DTYPES = dict.fromkeys(COLUMNS, "str") | {"city_contacted_on": "datetime64[us]"}
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
    found = zip(SOURCES, (_ledger, _duties, _cross, _own), strict=True)
    place = protocol_place(review)
    rows = [
        row | {"source": source}
        for source, matters in found
        for row in sorted(matters(review), key=lambda row: _place(row["dept_codes"], place))
    ]
    frame = frame_from(rows, DTYPES)
    about = selected(review, group, department)
    return concerning(frame, about, "dept_codes").reset_index(drop=True)


def _place(dept_codes: str | None, place: Callable[[object], int]) -> tuple:
    """Return where a matter stands: with the first of its departments."""
    lead = None if dept_codes is None else dept_codes.split(";")[0]
    return place(lead), *blanks_last(lead)


def _ledger(review: Review) -> list[Record]:
    return [
        row | {"reference": row["problem_id"], "text": row["title"], "detail": row["description"]}
        for row in records_of(problems(review))
        if (row["status"] == "pending_city" or row["resolution_level"] == "city")
        and not row["is_closed"] and row["status"] != "rejected"
    ]  # fmt: skip


def _duties(review: Review) -> list[Record]:
    """Return one row per duty, whoever of the two sides says that it waits."""
    reports = review.duty_transfers
    waiting = records_of(reports[reports["status"] == "pending_city"])
    first: dict[str | None, Record] = {}
    for row in sorted(waiting, key=lambda row: blanks_last(row["reported_by"])):
        first.setdefault(row["matter_id"], row)
    return [
        row | {"reference": row["matter_id"], "text": row["matter"], "detail": row["remark"],
               "dept_codes": f"{row['to_dept'] or ''};{row['from_dept'] or ''}".strip(";")}
        for row in first.values()
    ]  # fmt: skip


def _cross(review: Review) -> list[Record]:
    """Return one row per matter, with every department that reports it."""
    matters: dict[str | None, list[Record]] = {}
    for row in records_of(in_protocol_order(review.cross_dept_matters, review)):
        is_settled = row["resolved_on"] is not None and row["resolved_on"] <= review.as_of
        waits = row["matter_kind"] == "vertical_mismatch" or row["resolver"] == "superior"
        if waits and not is_settled:
            matters.setdefault(row["cross_matter_id"] or row["matter"], []).append(row)
    return [
        first | {"reference": first["cross_matter_id"], "text": first["matter"],
                 "detail": first["remark"],
                 "dept_codes": join_codes(row["dept_code"] for row in (first, *others))}
        for first, *others in matters.values()
    ]  # fmt: skip


def _own(review: Review) -> list[Record]:
    return [
        row | {"dept_codes": row["dept_code"], "text": row["description"],
               "detail": row["suggestion"]}
        for row in records_of(self_problems(review)) if row["is_city_needed"]
    ]  # fmt: skip
