"""Measures of dimension D, and the level a department gives itself (自查质量、自评等次)."""

from __future__ import annotations

from itertools import chain

import numpy as np
import pandas as pd

from reviewlib import schema
from reviewlib.errors import RubricError
from reviewlib.review import Review
from reviewlib.review.calendar import workdays_between
from reviewlib.rubric import Indicator
from reviewlib.schema import Layout
from reviewlib.schema.check_model import Check
from reviewlib.scoring.arrivals import (
    NOTHING_CAME,
    RECORDS,
    return_files,
    returned,
    row_of,
)
from reviewlib.scoring.measures.base import count_of, measure, where

PLACE_DTYPES = {"table": "str", "column": "str", "dept_code": "str", "row": "Int64"}
"""Which cell of a return: of whose sheet, on which row."""


@measure("self_ratings", "level", lambda frame, item: frame["indicator_id"] == item.id)
def rated_level(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Return the level the department gives itself on sheet 11 (自评等次)."""
    rows = review.self_ratings[review.self_ratings["indicator_id"] == indicator.id]
    rows = rows.drop_duplicates("dept_code").set_index("dept_code")
    return pd.DataFrame({"level": rows["level"]})


@measure("self_ratings", "answer", lambda frame, item: frame["indicator_id"] == item.id)
def entered_only(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Take nothing from the lists: only what the visit group or the office enters counts."""
    return pd.DataFrame(index=pd.Index([], name="dept_code"))


@measure("covers", "declared_on")
def return_on_time_and_complete(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Join timeliness and completeness of the return, as shares (及时、完整).

    Without a record of receipt the timeliness is not known and the indicator waits.
    """
    part = float(indicator.parameters["timeliness_part"])
    timely, late = _timeliness(review, indicator)
    required = required_cells(review)
    complete = required["filled"] / required["required"]
    value = part * timely + (1 - part) * complete.reindex(timely.index)
    return pd.DataFrame(
        {
            "value": value,
            "answer": pd.Series("reported", index=value.index).where(value.notna(), "pending"),
            "note_zh": _notes(late, required, "迟 {late} 个工作日，必填项 {filled}/{required}",
                              "没有接收记录，及时性待定"),
            "note_en": _notes(late, required, "{late} working days late, required cells "
                              "{filled}/{required}", "no record of receipt, timeliness not known"),
        }
    )  # fmt: skip


def _notes(late: pd.Series, required: pd.DataFrame, known: str, unknown: str) -> pd.Series:
    counts = required.reindex(late.index)
    return pd.Series(
        [
            unknown if pd.isna(days) else
            known.format(late=int(days), filled=int(filled), required=int(total))
            for days, filled, total in zip(late, counts["filled"], counts["required"], strict=True)
        ],
        index=late.index,
    )  # fmt: skip


def _timeliness(review: Review, indicator: Indicator) -> tuple[pd.Series, pd.Series]:
    """Return by department the credit for being on time, and the working days late."""
    due = review.settings.deadlines.return_due_on
    names = return_files(review)
    register = review.receipts["file"].astype("str").str.rsplit("/", n=1).str[-1]
    received = dict(zip(register, review.receipts["received_on"], strict=True))

    def days_late(name: str) -> float:
        day = received.get(str(name).rpartition("/")[2])
        return float("nan") if pd.isna(day) else workdays_between(due, day.date(), review.settings)

    late = pd.Series([days_late(name) for name in names], index=names.index, dtype=float)
    credit = pd.Series(0.0, index=late.index)
    credit = credit.mask(late <= float(indicator.parameters["late_workdays"]),
                         float(indicator.parameters["late_credit"]))  # fmt: skip
    return credit.mask(late == 0, 1.0).where(late.notna()), late


def required_cells(review: Review) -> pd.DataFrame:
    """Count the required cells of each return, and those that were filled.

    Every required column of every row that came; a cell that was filled but could not be read
    counts as filled. A list left empty without ticking “无此类情形”, and a sheet that is missing,
    count as one required cell left blank.

    Returns
    -------
    DataFrame
        By dept_code: `required, filled`.
    """
    came, tables = returned(review), schema.tables_of("return")
    blank = pd.concat([_blanks(review.frames[table.name], table) for table in tables])
    unfilled = blank.loc[~_is_written(review, blank), "dept_code"]
    required = sum(
        review.frames[table.name]["dept_code"].value_counts().reindex(came, fill_value=0)
        * len(_required(table))
        for table in tables
    )
    issues = review.issues
    silent = issues.loc[issues["code"].isin(NOTHING_CAME[:2]), "dept_code"]
    counts = pd.DataFrame({"required": required, "filled": required}, index=came, dtype=float)
    counts["filled"] -= unfilled.value_counts().reindex(came, fill_value=0)
    counts["required"] += silent.value_counts().reindex(came, fill_value=0)
    return counts


def _required(table: schema.Table) -> list[str]:
    return [column.name for column in table.columns if column.required and column.is_input]


def _blanks(rows: pd.DataFrame, table: schema.Table) -> pd.DataFrame:
    """List the required cells of a table without a value; a record stands on row 0, whole."""
    names = np.array(_required(table), dtype=object)
    at, which = np.nonzero(rows[[*names]].isna().to_numpy())
    row = 0 if table.layout is Layout.RECORD else row_of(rows["source_cell"].iloc[at])
    found = rows[["dept_code"]].iloc[at].assign(table=table.name, column=names[which], row=row)
    return found.astype(PLACE_DTYPES)


def _is_written(review: Review, blank: pd.DataFrame) -> np.ndarray:
    """Tell of which cells without a value something was written in them all the same."""
    cells = review.cells
    cells = cells.loc[cells["table"].isin(blank["table"]) & cells["column"].isin(blank["column"]),
                      [*PLACE_DTYPES]]  # fmt: skip
    is_record = cells["table"].isin(RECORDS)
    cells = cells.assign(row=cells["row"].mask(is_record, 0)).drop_duplicates()
    return (blank.merge(cells, how="left", indicator="found")["found"] == "both").to_numpy()


@measure("covers", "declared_code")
def checks_passed(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count the consistency checks passed over those that apply (校验), as the rubric lists them.

    A check applies to a department that filled in every table it reads; it is passed where no data
    issue of the department names it as its rule.
    """
    came, issues = returned(review), review.issues
    checks = {check_id: _check(check_id).tables for check_id in review.rubric.consistency_checks}
    filled = {
        table: came.isin(review.frames[table]["dept_code"].unique())
        for table in {*chain.from_iterable(checks.values())}
    }
    counts = pd.DataFrame(0.0, index=came, columns=["num", "den"])
    for check_id, tables in checks.items():
        applies = np.logical_and.reduce([filled[table] for table in tables])
        failed = came.isin(issues.loc[issues["rule"] == check_id, "dept_code"])
        counts["den"] += applies
        counts["num"] += applies & ~failed
    return counts


def _check(check_id: str) -> Check:
    if check_id in schema.CHECKS:
        return schema.CHECKS[check_id]
    raise RubricError(
        f"没有校验 {check_id}", f"there is no check {check_id}",
        where="rubric.toml consistency_checks",
        fix_zh=f"。已有 {'、'.join(schema.CHECKS)}。",
        fix_en=f"The checks are {', '.join(schema.CHECKS)}.",
    )  # fmt: skip


@measure("other_counts", "num", where("count_item", "immediate"))
def immediate_done(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Count matters of immediate rectification done over those listed (立行立改)."""
    return pd.DataFrame(
        {"num": count_of(review, "immediate"), "den": count_of(review, "immediate", "den")}
    )
