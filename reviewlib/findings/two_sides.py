"""Every transfer as both sides tell it, and where they differ (双方对碰)."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.addresses import cell_of
from reviewlib.findings.selection import concerning, in_protocol_order, selected
from reviewlib.review import Review
from reviewlib.review.memory import remembered

SIDES = ("losing", "gaining")
PLACE = ["file", "sheet", "cell"]
DUTY_FACTS = ["status", "done_on", "posts_count", "posts_done_count", "staff_count",
              "staff_done_count"]  # fmt: skip
COMPARED = (  # table, what makes one record, (kind, field) …
    ("duty_transfers", ["matter_id"], (
        ("duty", "status"), ("posts", "posts_count"), ("posts", "posts_done_count"),
        ("staff", "staff_count"), ("staff", "staff_done_count"),
    )),
    ("staff_transfers", ["from_dept", "to_dept", "estab_type"], (
        ("staff", "due_count"), ("staff", "done_count"),
    )),
)  # fmt: skip
"""What the two sides must state alike, in the order it is listed."""

LEADING = ("status", "due_count")
"""The field of each table under which a silent side is listed, once."""

MISMATCH_DTYPES = dict.fromkeys(
    ["kind", "field", "record", "matter", "from_dept", "to_dept", "losing_statement",
     "gaining_statement"], "str",
) | {"difference": "Float64"} | dict.fromkeys(
    [f"{side}_{part}" for side in SIDES for part in PLACE], "str",
) | {"is_losing_told": "boolean", "is_gaining_told": "boolean"}  # fmt: skip


def duties(review: Review, group: str | None = None, department: str | None = None) -> pd.DataFrame:
    """Put both sides of every duty transfer (职责划转) on one row.

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep the duties in which a department of the group, or the department, takes part.

    Returns
    -------
    DataFrame
        One row per duty, by the gaining department's protocol order, then `matter_id`:
        `matter_id, matter, from_dept, to_dept, basis_no, due_on, handover, obstacle, remark`;
        for each side `losing_…` and `gaining_…`: `status, done_on, posts_count,
        posts_done_count, staff_count, staff_done_count, file, sheet, cell` (the cell of the
        status); `is_losing_told, is_gaining_told` (that side reports it at all)`, is_two_sided,
        agreement` (agree, differ, losing_silent, gaining_silent, or no_counterpart: the other side
        no longer exists)`, status` (the gaining side's, the losing side's where it is silent)`,
        is_pending_city`.
    """
    about = selected(review, group, department)
    return concerning(_duties(review), about, "from_dept", "to_dept").reset_index(drop=True)


@remembered
def _duties(review: Review) -> pd.DataFrame:
    reports = _placed(review, "duty_transfers", "status")
    gaining_first = reports.sort_values("reported_by", kind="stable")  # "gaining" < "losing"
    shared = ["matter", "from_dept", "to_dept", "basis_no", "due_on", "handover", "obstacle",
              "remark"]  # fmt: skip
    facts = gaining_first.groupby("matter_id", as_index=False)[shared].first()
    frame = facts.merge(
        _side_by_side(reports, ["matter_id"], [*DUTY_FACTS, *PLACE]), on="matter_id", how="left"
    )
    has_gaining = frame["is_gaining_told"]
    status = frame["gaining_status"].where(has_gaining, frame["losing_status"])
    frame = frame.assign(
        is_two_sided=(frame["is_losing_told"] & has_gaining).astype("boolean"),
        agreement=_agreement(frame, review),
        status=status,
        is_pending_city=(status == "pending_city").astype("boolean"),
    )
    return in_protocol_order(frame, review, "matter_id", by="to_dept")


def mismatches(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """List where the two sides of a transfer do not say the same (双方对碰不一致).

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep the transfers in which a department of the group, or the department, takes part.

    Returns
    -------
    DataFrame
        One row per fact that differs; duties, then posts, then staff; each by the gaining
        department's protocol order: `kind, field` (vocabularies MISMATCH_KIND, MISMATCH_FIELD)`,
        record` (matter, or type of establishment)`, matter, from_dept, to_dept,
        losing_statement, gaining_statement` (a code or a number as text; missing where that side
        is silent)`, difference` (gaining less losing)`, losing_file, losing_sheet, losing_cell,
        gaining_file, gaining_sheet, gaining_cell, is_losing_told, is_gaining_told, scope`
        (within: both departments in one visit group; across: not, or one is in none).

    Notes
    -----
    A silent side is a mismatch, listed once and not once per number; beside a transfer of nobody
    (0 due) silence says the same. A department that no longer exists cannot answer and makes none.
    Numbers differ only where both sides state one.
    """
    about = selected(review, group, department)
    return concerning(_mismatches(review), about, "from_dept", "to_dept").reset_index(drop=True)


@remembered
def _mismatches(review: Review) -> pd.DataFrame:
    parts = [part for what in COMPARED for part in _compared(review, *what)]
    frame = pd.concat([part.assign(_kind=n) for n, part in enumerate(parts)], ignore_index=True)
    frame = frame.assign(scope=_scope(frame, review))
    ordered = in_protocol_order(frame, review, "record", by="to_dept")
    return ordered.sort_values("_kind", kind="stable", ignore_index=True).drop(columns="_kind")


def _placed(review: Review, table: str, column: str) -> pd.DataFrame:
    """Return the reports of a table with the short name of the place where `column` stands."""
    reports = review.frames[table]
    cell = cell_of(review, table, reports, column)
    return reports.assign(file=reports["source_file"], sheet=reports["source_sheet"], cell=cell)


def _side_by_side(reports: pd.DataFrame, keys: list[str], facts: list[str]) -> pd.DataFrame:
    """Return one row per key with the facts of both sides, prefixed; the first report counts.

    `is_losing_told` and `is_gaining_told` say which side reports the row at all.
    """
    frame = reports[keys].drop_duplicates()
    for side in SIDES:
        told = reports[reports["reported_by"] == side].drop_duplicates(keys)[[*keys, *facts]]
        renamed = told.rename(columns={fact: f"{side}_{fact}" for fact in facts})
        frame = frame.merge(renamed, on=keys, how="left", indicator=f"is_{side}_told")
        frame[f"is_{side}_told"] = frame[f"is_{side}_told"] == "both"
    return frame


def _compared(
    review: Review, table: str, keys: list[str], stated: tuple[tuple[str, str], ...]
) -> list[pd.DataFrame]:
    """Return for each field the records of `table` whose two sides state it differently."""
    reports = review.frames[table]
    cells = {f"{field}_cell": cell_of(review, table, reports, field) for _, field in stated}
    reports = reports.assign(file=reports["source_file"], sheet=reports["source_sheet"], **cells)
    facts = [*(field for _, field in stated), *PLACE[:2], *cells]
    frame = _side_by_side(reports, keys, facts)
    names = [n for n in ("matter", "from_dept", "to_dept") if n in reports and n not in keys]
    frame = frame.merge(reports.drop_duplicates(keys)[[*keys, *names]], on=keys, how="left")
    frame = frame[~_is_one_gone(frame, review)].assign(record=frame[keys[-1]])
    return [_differing(frame, kind, field) for kind, field in stated]


def _differing(frame: pd.DataFrame, kind: str, field: str) -> pd.DataFrame:
    """Return the records of both sides that state `field` differently, as mismatches."""
    losing, gaining = frame[f"losing_{field}"], frame[f"gaining_{field}"]
    differs = (losing != gaining).fillna(False).astype(bool) & losing.notna() & gaining.notna()
    if field in LEADING:
        is_silent = losing.isna() != gaining.isna()
        differs |= is_silent & (losing.fillna(gaining).astype("str") != "0")
    told = frame.assign(
        kind=kind, field=field, losing_statement=losing, gaining_statement=gaining,
        difference=pd.NA if field == "status" else gaining - losing,
        **{f"{side}_cell": frame[f"{side}_{field}_cell"] for side in SIDES},
    )  # fmt: skip
    return told[differs].reindex(columns=list(MISMATCH_DTYPES)).astype(MISMATCH_DTYPES)


def _is_one_gone(frame: pd.DataFrame, review: Review) -> pd.Series:
    """Say where a side is silent because that department no longer exists."""
    known = review.departments["dept_code"]
    is_losing_gone = ~frame["is_losing_told"] & ~frame["from_dept"].isin(known)
    is_gaining_gone = ~frame["is_gaining_told"] & ~frame["to_dept"].isin(known)
    return is_losing_gone | is_gaining_gone


def _agreement(frame: pd.DataFrame, review: Review) -> pd.Series:
    is_same = frame["losing_status"].fillna("") == frame["gaining_status"].fillna("")
    verdict = pd.Series("differ", index=frame.index, dtype="str").mask(is_same, "agree")
    verdict = verdict.mask(~frame["is_losing_told"], "losing_silent")
    verdict = verdict.mask(~frame["is_gaining_told"], "gaining_silent")
    return verdict.mask(_is_one_gone(frame, review), "no_counterpart")


def _scope(frame: pd.DataFrame, review: Review) -> pd.Series:
    groups = review.departments.set_index("dept_code")["group_id"]
    losing, gaining = frame["from_dept"].map(groups), frame["to_dept"].map(groups)
    is_within = losing.notna() & (losing == gaining)
    return pd.Series("across", index=frame.index, dtype="str").mask(is_within, "within")
