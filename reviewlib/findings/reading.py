"""How what came in was read: rows accounted for, data issues, values changed (数据质量)."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.findings.addresses import file_numbers
from reviewlib.findings.meanings import meanings
from reviewlib.findings.selection import concerning, in_protocol_order, selected
from reviewlib.review import Review
from reviewlib.schema.codes import NOT_USED, SEVERITIES

PARTS = ["header_count", "blank_count", "excluded_count", "clean_count", "quarantined_count"]
"""Where a row seen may go; together they make `seen_count`."""

BLANK = "cell.required"
"""The code of a required cell left blank."""


def issues(review: Review, group: str | None = None, department: str | None = None) -> pd.DataFrame:
    """Return the data issues with the number each has on the data-quality page.

    Returns
    -------
    DataFrame
        One row per data issue in the order of `review.issues` (file, sheet, row, column, code):
        `issue_no` (from 1; the anchor `issue-<n>` whatever the filter) and the columns of the
        record.
    """
    frame = review.issues.reset_index(drop=True)
    frame.insert(0, "issue_no", pd.Series(range(1, len(frame) + 1), dtype="int64"))
    frame = concerning(frame, selected(review, group, department), "dept_code")
    return frame.reset_index(drop=True)


def listed_issues(review: Review, most: int) -> pd.DataFrame:
    """Return the data issues a page has room for: all, or of every file in turn the worst.

    Parameters
    ----------
    review : Review
    most : int
        Rows at most.

    Returns
    -------
    DataFrame
        Rows of `issues` in their order.
    """
    frame = issues(review)
    worst_first = frame["severity"].map(SEVERITIES.index).sort_values(kind="stable")
    turn = frame["file"].loc[worst_first.index].groupby(frame["file"], dropna=False).cumcount()
    return frame.loc[turn.sort_values(kind="stable").index[:most].sort_values()]


def sheets_read(review: Review) -> pd.DataFrame:
    """Account for the rows of every sheet: seen = heading + blank + excluded + used + quarantined.

    Returns
    -------
    DataFrame
        One row per sheet, by file then as intake recorded them: `file_no, file, dept_code, sheet,
        table, seen_count, header_count, blank_count, excluded_count, clean_count,
        quarantined_count, is_balanced`.
    """
    frame = review.sheets.reset_index(drop=True)
    numbers = file_numbers(review)
    counted = frame[["seen_count", *PARTS]].fillna(0)
    frame = frame.assign(
        file_no=frame["file"].map(numbers).astype("Int64"),
        is_balanced=(counted["seen_count"] == counted[PARTS].sum(axis=1)).astype("boolean"),
    )
    columns = ["file_no", "file", "dept_code", "sheet", "table", "seen_count", *PARTS,
               "is_balanced"]  # fmt: skip
    return frame[columns].sort_values("file_no", kind="stable", ignore_index=True)


def files_read(review: Review) -> pd.DataFrame:
    """Sum the rows and the issues of every file that came in.

    Returns
    -------
    DataFrame
        One row per file, by name: `file_no, file, dept_code, sheet_count`, the row counts,
        `is_balanced`, one count of issues per severity (`block_count`, …)`, is_refused` (a block on
        the file itself: none of its rows is used).
    """
    sheets = sheets_read(review)
    counts = ["seen_count", *PARTS]
    sums = sheets.groupby("file", as_index=False).agg(
        dept_code=("dept_code", "first"), sheet_count=("sheet", "size"),
        **{name: (name, "sum") for name in counts}, is_balanced=("is_balanced", "all"),
    )  # fmt: skip
    numbers = file_numbers(review)
    frame = pd.DataFrame({"file_no": numbers.values(), "file": numbers.keys()})
    frame = frame.astype({"file_no": "int64", "file": "str"}).merge(sums, on="file", how="left")
    for severity in SEVERITIES:
        found = review.issues[review.issues["severity"] == severity]
        frame[f"{severity}_count"] = (
            frame["file"].map(found.groupby("file").size()).astype("Int64").fillna(0)
        )
    refused = review.issues[(review.issues["severity"] == "block") & review.issues["sheet"].isna()][
        "file"
    ]
    owner = review.issues.dropna(subset=["dept_code"]).groupby("file")["dept_code"].first()
    whole = dict.fromkeys(["sheet_count", *counts], "Int64")
    frame = frame.astype(whole)
    return frame.assign(
        dept_code=frame["dept_code"].astype("str").fillna(frame["file"].map(owner).astype("str")),
        is_balanced=frame["is_balanced"].astype("boolean").fillna(True),
        is_refused=frame["file"].isin(refused).astype("boolean"),
        **frame[[*whole]].fillna(0),
    )


def issue_counts(review: Review, group: str | None = None) -> pd.DataFrame:
    """Count the data issues by department and severity, in protocol order.

    Parameters
    ----------
    review : Review
    group : str, optional
        Only the departments of this visit group, and nothing of the office.

    Returns
    -------
    DataFrame
        One row per department of the roster, and last one without `dept_code` for the files of
        the office, where it has any: `dept_code, block_count, error_count, warn_count, info_count,
        total_count`.
    """
    frame = review.issues.assign(dept_code=review.issues["dept_code"].fillna(""))
    counts = frame.groupby(["dept_code", "severity"]).size().unstack(fill_value=0)
    counts = counts.reindex(columns=list(SEVERITIES), fill_value=0)
    known = schema.in_roster_order(review.departments)["dept_code"]
    others = [code for code in counts.index if code and code not in set(known)]
    office = [""] if "" in counts.index else []
    counts = counts.reindex([*known, *others, *office], fill_value=0)
    counts = counts.rename(columns={code: f"{code}_count" for code in SEVERITIES})
    counts = counts.assign(total_count=counts.sum(axis=1)).astype("Int64")
    table = counts.rename_axis(index="dept_code", columns=None).reset_index()
    table = table.assign(dept_code=table["dept_code"].astype("str").replace("", pd.NA))
    if group is None:
        return table
    return table[table["dept_code"].isin(selected(review, group, None))].reset_index(drop=True)


def changes(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return every value that says other than the text of its cell (change log, 改写日志).

    Returns
    -------
    DataFrame
        One row per changed value, by file, sheet, row: `table, dept_code, record_key, column,
        file, sheet, cell, row, raw, value, precision, rule, meaning` (the value as the form words
        it)`, is_input` (False: printed or calculated on the form, and read only to be audited).
        A department or a choice written in its very words and stored as its code is no change.
    """
    cells = review.cells[review.cells["is_changed"].fillna(False).astype(bool)]
    cells = concerning(cells, selected(review, group, department), "dept_code")
    cells = cells.assign(meaning=meanings(review, cells), is_input=_is_input(cells))
    cells = cells[cells["raw"].fillna("") != cells["meaning"].fillna("")]
    ordered = cells.sort_values(["file", "sheet", "row", "cell"], kind="stable")
    return ordered.drop(columns="is_changed").reset_index(drop=True)


def _is_input(cells: pd.DataFrame) -> pd.Series:
    printed = {
        (table.name, column.name)
        for table in schema.TABLES.values()
        for column in table.columns
        if not column.is_input
    }
    places = zip(cells["table"], cells["column"], strict=True)
    return pd.Series([place not in printed for place in places], cells.index, dtype="boolean")


def provisional(
    review: Review, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Return the values in use that are not yet certain: provisional or approximate (暂定、近似).

    Returns
    -------
    DataFrame
        Rows of `issues` of severity `warn` about one cell whose value is used, by protocol order.
        A cell left blank is not among them; it has no value (`blanks`).
    """
    frame = issues(review, group, department)
    in_use = frame["cell"].notna() & (frame["code"] != BLANK)
    in_use &= frame["outcome"].isin(["kept", "changed"])
    return in_protocol_order(frame[(frame["severity"] == "warn") & in_use], review, "issue_no")


def blanks(review: Review, group: str | None = None, department: str | None = None) -> pd.DataFrame:
    """Return the required cells that were left blank (未填), as rows of `issues`."""
    frame = issues(review, group, department)
    return in_protocol_order(frame[frame["code"] == BLANK], review, "issue_no")


def unused(review: Review, group: str | None = None, department: str | None = None) -> pd.DataFrame:
    """Return the issues whose value, row or file is not used until it is corrected.

    Returns
    -------
    DataFrame
        Rows of `issues` of severity `block` or `error`, by protocol order.
    """
    frame = issues(review, group, department)
    frame = frame[frame["severity"].isin(NOT_USED)]
    return in_protocol_order(frame, review, "issue_no")
