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
from reviewlib.schema.check_model import Check
from reviewlib.scoring.addresses import RECORDS, row_of
from reviewlib.scoring.measures.base import measure, where
from reviewlib.scoring.returns import NOTHING_CAME, TABLES, Returns, return_files, returned

Place = tuple[str, str, int, str]
"""Which cell of the returns: table, column, row (0 for a record, which is one) and department."""


@measure("self_ratings", "level", lambda frame, item: frame["indicator_id"] == item.id)
def rated_level(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Return the level the department gives itself on sheet 11 (自评等次)."""
    rows = returns.review.self_ratings
    rows = rows[rows["indicator_id"] == indicator.id].drop_duplicates("dept_code")
    return rows[["dept_code", "level"]].set_index("dept_code")


@measure("self_ratings", "answer", lambda frame, item: frame["indicator_id"] == item.id)
def entered_only(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Take nothing from the lists: only what the visit group or the office enters counts."""
    return pd.DataFrame(index=pd.Index([], name="dept_code"))


@measure("covers", "declared_on")
def return_on_time_and_complete(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Join timeliness and completeness of the return, as shares (及时、完整).

    Without a record of receipt the timeliness is not known and the indicator waits.
    """
    part = float(indicator.parameters["timeliness_part"])
    timely, late = _timeliness(returns.review, indicator)
    required = required_cells(returns.review)
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
    came, blank = returned(review), _blanks(review)
    written = _written(review, {table for table, *_ in blank}, {column for _, column, *_ in blank})
    unfilled = pd.Series([place[-1] for place in blank if place not in written], dtype="str")
    owners = [review.frames[table.name]["dept_code"] for table in TABLES]
    each = np.repeat([len(_required(table)) for table in TABLES], [len(rows) for rows in owners])
    required = pd.Series(each).groupby(pd.concat(owners, ignore_index=True)).sum()
    issues = review.issues
    silent = issues.loc[issues["code"].isin(NOTHING_CAME[:2]), "dept_code"]
    required, unfilled, silent = (
        counts.reindex(came, fill_value=0)
        for counts in (required, unfilled.value_counts(), silent.value_counts())
    )
    counts = {"required": required + silent, "filled": required - unfilled}
    return pd.DataFrame(counts, index=came, dtype=float)


def _required(table: schema.Table) -> list[str]:
    return [column.name for column in table.columns if column.required and column.is_input]


def _blanks(review: Review) -> list[Place]:
    """List the required cells of returns without a value."""
    found = []
    for table in TABLES:
        rows, names = review.frames[table.name], _required(table)
        at, which = np.nonzero(rows[names].isna().to_numpy())
        row = [0] * len(at) if table.name in RECORDS else row_of(rows["source_cell"].take(at))
        columns = [names[i] for i in which]
        codes = rows["dept_code"].take(at)
        found += zip([table.name] * len(at), columns, row, codes, strict=True)
    return found


def _written(review: Review, tables: set[str], columns: set[str]) -> set[Place]:
    """Return the cells of some columns of some tables in which anything was written."""
    cells = review.cells
    cells = cells[cells["table"].isin(tables) & cells["column"].isin(columns)]
    row = cells["row"].mask(cells["table"].isin(RECORDS), 0)
    places = (cells["table"], cells["column"], row, cells["dept_code"])
    return set(zip(*(part.tolist() for part in places), strict=True))


@measure("covers", "declared_code")
def checks_passed(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count the consistency checks passed over those that apply (校验), as the rubric lists them.

    A check applies to a department that filled in every table it reads; it is passed where no data
    issue of the department names it as its rule.
    """
    review, issues = returns.review, returns.review.issues
    checks = {check_id: _check(check_id).tables for check_id in review.rubric.consistency_checks}
    filled = {
        table: set(review.frames[table]["dept_code"].unique())
        for table in {*chain.from_iterable(checks.values())}
    }
    failed = set(zip(issues["rule"], issues["dept_code"], strict=True))
    counts = []
    for code in returns.came:
        asked = [check for check, tables in checks.items()
                 if all(code in filled[table] for table in tables)]  # fmt: skip
        counts.append((sum((check, code) not in failed for check in asked), len(asked)))
    return pd.DataFrame(counts, index=returns.came, columns=["num", "den"], dtype=float)


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
def immediate_done(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count matters of immediate rectification done over those listed (立行立改)."""
    return returns.counts("immediate")
