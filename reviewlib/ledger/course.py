"""How the ledger moves: burn-down, ageing, and the flow from problem to recommendation to status.

Each respects `review.as_of`: what was logged or dated later is not known yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

import pandas as pd

from reviewlib.findings import previous_date, problems
from reviewlib.findings.ledger_problems import lit_problems
from reviewlib.findings.progress import COUNTS, LIT, counted
from reviewlib.findings.records import LedgerRecords, Reckoning
from reviewlib.findings.selection import in_protocol_order, split_codes
from reviewlib.findings.tasks import lit_tasks
from reviewlib.ledger.past import as_known, records_at
from reviewlib.review import Review
from reviewlib.review.memory import remembered
from reviewlib.schema import vocabularies as v

FIND = {"problems": lit_problems, "tasks": lit_tasks}
SETTLED = ("closed", "rejected")

AGE_BANDS = {"to_30": 30, "to_60": 60, "to_90": 90, "over_90": None}
"""Age of what is open, by the last day of each band (days)."""

BURN_DOWN_DTYPES = {"as_of": "datetime64[us]"} | dict.fromkeys(
    [COUNTS[0], "open", *COUNTS[1:]], "Int64"
)


@remembered
def burn_down(review: Review, of: str = "problems") -> pd.DataFrame:
    """Count what was open and closed at the end of each month, and at `as_of` (销号进度曲线).

    Parameters
    ----------
    review : Review
        With its log each month is the ledger as it stood; without one it is reckoned from the
        dates in the rows, and steps between (挂账, returned, reopened) are those of today.
    of : {"problems", "tasks"}

    Returns
    -------
    DataFrame
        One row per month end from the month of the first finding, then `as_of`: `as_of, total,
        open` (neither closed nor rejected)`, closed, green, yellow, red, grey, pending_city`.
        Empty where nothing has been found.
    """
    found = review.problems["found_on"]
    found = found[found <= review.as_of]
    if found.empty:
        return pd.DataFrame(columns=list(BURN_DOWN_DTYPES)).astype(BURN_DOWN_DTYPES)
    ends = pd.date_range(found.min(), review.as_of, freq="ME").normalize()
    rows = []
    for ledger, by in _stood(review, [day for day in ends if day < review.as_of]):
        counts = _counts(of, ledger, by)
        rows.append({"as_of": by.as_of, **counts, "open": counts["total"] - counts["closed"]})
    return pd.DataFrame(rows, columns=list(BURN_DOWN_DTYPES)).astype(BURN_DOWN_DTYPES)


def _stood(
    review: Review, earlier: Sequence[pd.Timestamp]
) -> list[tuple[LedgerRecords, Reckoning]]:
    """Return the ledgers of some earlier days, then that of `as_of`, and by what they are reckoned.

    Today's is the ledger that every other figure of today is counted in.
    """
    ledgers = [*records_at(review, [day.date() for day in earlier]),
               LedgerRecords.of(as_known(review))]  # fmt: skip
    by = Reckoning.of(review)
    return list(zip(ledgers, [by.at(day) for day in (*earlier, review.as_of)], strict=True))


def _counts(of: str, ledger: LedgerRecords, by: Reckoning) -> dict[str, float]:
    return counted(map(itemgetter(*LIT), FIND[of](ledger, by)))


@remembered
def change(review: Review) -> pd.DataFrame:
    """Set the totals of `as_of` beside those of the previous follow-up, as the log has it.

    The earlier period is the ledger as it stood then, so that returns, reopenings and what was put
    on hold since are counted as changes; without a log it is reckoned from the dates in the rows.

    Returns
    -------
    DataFrame
        One row per kind and date, problems then tasks, now then before: `kind` (problems,
        tasks)`, period` (now, previous)`, as_of` and the columns of `find.totals`. Without an
        earlier report there is no previous row.
    """
    before = previous_date(review)
    stood = _stood(review, [pd.Timestamp(before)] if before else [])
    rows = [
        {"kind": kind, "period": period, "as_of": by.as_of, **_counts(kind, ledger, by)}
        for kind in FIND
        for period, (ledger, by) in zip(("now", "previous"), reversed(stood), strict=False)
    ]
    dtypes = dict.fromkeys(COUNTS, "Int64") | {"closing_share": "Float64"}
    return pd.DataFrame(rows).astype(dtypes)


@remembered
def ageing(review: Review) -> pd.DataFrame:
    """Return the age of every open problem (未销号问题账龄), oldest first.

    Returns
    -------
    DataFrame
        One row per problem neither closed nor rejected: `problem_id, category, title, owner,
        status, light, found_on, age_days` (since it was found)`, age_band` (of `AGE_BANDS`)`,
        in_status_days` (since its status last changed on the log; missing without log).
    """
    review = as_known(review)
    frame = problems(review)
    frame = frame[~frame["is_closed"].astype(bool) & ~frame["status"].isin(SETTLED)]
    age = (review.as_of - frame["found_on"]).dt.days.astype("Int64")
    since = _status_since(review).reindex(frame["problem_id"]).set_axis(frame.index)
    frame = frame.assign(
        age_days=age,
        age_band=pd.Series([_band(days) for days in age], index=frame.index, dtype="str"),
        in_status_days=(review.as_of - since).dt.days.astype("Int64"),
    )
    ordered = in_protocol_order(frame, review, "problem_id", by="owner")
    columns = ["problem_id", "category", "title", "owner", "status", "light", "found_on",
               "age_days", "age_band", "in_status_days"]  # fmt: skip
    return ordered.sort_values("age_days", ascending=False, kind="stable", na_position="last",
                               ignore_index=True)[columns]  # fmt: skip


@remembered
def age_counts(review: Review) -> pd.DataFrame:
    """Count open problems by category and age, in the order of the taxonomy.

    Returns
    -------
    DataFrame
        One row per category with an open problem: `category, open` and one column per band.
    """
    frame = ageing(review)
    rows = [
        {"category": code, "open": len(own),
         **{band: int((own["age_band"] == band).sum()) for band in AGE_BANDS}}
        for code in v.CATEGORY.codes
        if len(own := frame[frame["category"] == code])
    ]  # fmt: skip
    columns = ["category", "open", *AGE_BANDS]
    return pd.DataFrame(rows, columns=columns).astype(
        {"category": "str"} | dict.fromkeys(columns[1:], "Int64")
    )


def _band(days) -> str | None:
    if pd.isna(days):
        return None
    return next(name for name, last in AGE_BANDS.items() if last is None or days <= last)


def _status_since(review: Review) -> pd.Series:
    """Return the day each problem last changed its status on the log, by problem."""
    events = review.ledger_events
    is_step = (events["event_kind"] == "row") & (events["table"] == "problems")
    steps = events[is_step & (events["column"] == "status") & (events["dated_on"] <= review.as_of)]
    return steps.groupby("record_key")["dated_on"].max()


@remembered
def flow(review: Review) -> pd.DataFrame:
    """Count the links problem category → recommendation strand → status of the problem (流向).

    Returns
    -------
    DataFrame
        One row per combination that occurs, in the order of category, strand and status:
        `category, strand` (missing where no recommendation answers the problem)`, status,
        link_count, problem_count`. A problem with recommendations of two strands counts in both.
    """
    review = as_known(review)
    frame = problems(review)
    strands = review.recommendations.drop_duplicates("rec_id").set_index("rec_id")["strand"]
    rows = [
        {"category": row["category"], "strand": strand, "status": row["status"],
         "problem_id": row["problem_id"]}
        for row in frame.to_dict("records")
        for strand in _strands(row["rec_ids"], strands)
    ]  # fmt: skip
    keys = ["category", "strand", "status"]
    links = pd.DataFrame(rows, columns=[*keys, "problem_id"]).astype("str")
    counted = links.groupby(keys, dropna=False, as_index=False).agg(
        link_count=("problem_id", "size"), problem_count=("problem_id", "nunique")
    )
    orders = {"category": v.CATEGORY, "strand": v.STRAND, "status": v.LEDGER_STATUS}
    ranks = {
        f"_{name}": counted[name].map({code: n for n, code in enumerate(vocabulary.codes)})
        for name, vocabulary in orders.items()
    }
    ordered = counted.assign(**ranks).sort_values(list(ranks), kind="stable", ignore_index=True)
    counts = {"link_count": "Int64", "problem_count": "Int64"}
    return ordered[[*keys, *counts]].astype(dict.fromkeys(keys, "str") | counts)


def _strands(rec_ids, strands: pd.Series) -> list:
    """Return the strand of each recommendation that answers a problem; one blank for none."""
    return [strands.get(rec_id) for rec_id in split_codes(rec_ids)] or [None]
