"""The registry of measures: how the tables of a review become the inputs of an indicator.

A measure is a pure function from the review and the indicator (for its parameters and items) to a
frame by department. It says nothing of thresholds or weights; those are the rubric's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reviewlib.errors import RubricError
from reviewlib.review import Review
from reviewlib.rubric import Indicator
from reviewlib.scoring.arrivals import CLAIM, SOURCE, answered, is_warned, places

Compute = Callable[[Review, Indicator], pd.DataFrame]
Rows = Callable[[pd.DataFrame, Indicator], pd.Series]

DTYPES = {
    "answer": "str", "num": "float64", "den": "float64", "value": "float64", "level": "str",
    "excess": "float64", "is_provisional": "bool", "note_zh": "str", "note_en": "str",
} | dict.fromkeys(SOURCE, "str")  # fmt: skip
"""What a measure tells of each department.

`answer` as the rubric knows it; `num, den, value, level` the input of the scale; `excess` how many
posts or persons stand over without approval (for the deduction a case calls for); `is_provisional`
where a value is used with a warning; the notes; the address of the main input.
"""


@dataclass(frozen=True)
class Measure:
    """One registered measure, and where its main input stands.

    Parameters
    ----------
    name : str
    table, column : str
        The table and column of the main input.
    compute : callable
    rows : callable
        Picks the rows of the table that are looked at.
    """

    name: str
    table: str
    column: str
    compute: Compute
    rows: Rows


MEASURES: dict[str, Measure] = {}
"""Every measure by its name, as rubrics refer to it."""


def every_row(frame: pd.DataFrame, indicator: Indicator) -> pd.Series:
    """Look at all rows of a table."""
    return pd.Series(True, index=frame.index)


def where(column: str, *allowed: str) -> Rows:
    """Look at the rows whose column holds one of these codes."""
    return lambda frame, indicator: frame[column].isin(allowed)


GAINING = where("reported_by", "gaining")


def measure(table: str, column: str, rows: Rows = every_row) -> Callable[[Compute], Compute]:
    """Register a measure under the name of its function."""

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        MEASURES[name] = Measure(name, table, column, compute, rows)
        return compute

    return register


def measured(review: Review, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return what the returns say of some indicators, for every department of the roster.

    Returns
    -------
    DataFrame
        One row per indicator × department: `indicator_id, dept_code` and columns `DTYPES`. A
        department that did not answer the table has the answer not_reported.

    Raises
    ------
    RubricError
        The rubric names a measure that is not registered.
    """
    codes = pd.Index(review.departments["dept_code"], name="dept_code")
    ids = [item.id for item in indicators]
    told = pd.concat([_found(item).compute(review, item) for item in indicators], keys=ids)
    pairs = pd.MultiIndex.from_product([ids, codes], names=CLAIM)
    told = told.reindex(index=pairs, columns=list(DTYPES)).astype(object)
    return _complete(review, indicators, told).reset_index()


def _found(indicator: Indicator) -> Measure:
    if indicator.measure in MEASURES:
        return MEASURES[indicator.measure]
    raise RubricError(
        f"指标 {indicator.id} 的计算口径 {indicator.measure!r} 没有登记",
        f"indicator {indicator.id} names an unknown measure {indicator.measure!r}",
        where=f"rubric.toml indicators[{indicator.id}].measure",
        fix_zh=f"。已登记的有 {'、'.join(sorted(MEASURES))}。",
        fix_en=f"The measures are {', '.join(sorted(MEASURES))}.",
    )


def _complete(
    review: Review, indicators: Sequence[Indicator], told: pd.DataFrame
) -> pd.DataFrame:
    """Add answer, address and warning where the measures did not say them themselves."""
    rows = _looked_at(review, indicators)
    has_input = told[["num", "den", "value", "level"]].notna().any(axis=1)
    did_answer = has_input & _came(review, indicators)
    default = pd.Series("reported", index=told.index).where(did_answer, "not_reported")
    # Where both sides differ is what B05 is about, no doubt on it.
    doubted = rows[rows["indicator_id"].isin([i.id for i in indicators if i.rater != "system"])]
    warned = pd.MultiIndex.from_frame(doubted.loc[is_warned(review, doubted), CLAIM])
    address = places(review, rows).reindex(told.index)
    return told.assign(
        answer=told["answer"].where(told["answer"].notna(), default),
        is_provisional=told["is_provisional"].eq(True) | told.index.isin(warned),
        **{name: told[name].where(told[name].notna(), address[name]) for name in SOURCE},
    ).astype(DTYPES)


def _looked_at(review: Review, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the rows that indicators look at, one below the other: `CLAIM`, what, and where."""
    found = [_found(item) for item in indicators]
    parts = {one.table: review.frames[one.table][["dept_code", *SOURCE]] for one in found}
    every, ends = pd.concat(parts), np.cumsum([len(part) for part in parts.values()])
    starts = {name: end - len(parts[name]) for name, end in zip(parts, ends, strict=True)}
    seen = [
        starts[one.table] + np.flatnonzero(
            one.rows(review.frames[one.table], item).to_numpy(dtype=bool, na_value=False)
        )
        for one, item in zip(found, indicators, strict=True)
    ]  # fmt: skip
    counts = [len(rows) for rows in seen]
    return every.take(np.concatenate(seen)).reset_index(drop=True).assign(
        indicator_id=np.repeat([item.id for item in indicators], counts),
        table=np.repeat([one.table for one in found], counts),
        column=np.repeat([one.column for one in found], counts),
    )  # fmt: skip


def _came(review: Review, indicators: Sequence[Indicator]) -> np.ndarray:
    """Tell whether the table of an indicator was answered: indicator by indicator."""
    codes, tables = review.departments["dept_code"], [_found(item).table for item in indicators]
    came = {table: codes.isin(answered(review, table)) for table in {*tables}}
    return np.concatenate([came[table] for table in tables])


def run_measure(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Return what the returns say of one indicator, by dept_code (see `measured`)."""
    told = measured(review, [indicator])
    return told.set_index("dept_code").drop(columns="indicator_id")


def tally(
    review: Review, table: str, where: pd.Series, needs: Sequence[str], **columns: pd.Series
) -> pd.DataFrame:
    """Sum columns over the rows of each department that answered a table; 0 where it has no row.

    Parameters
    ----------
    table : str
    where : Series
        The rows that are asked about.
    needs : sequence of str
        Columns without which a row cannot be counted. A row that lacks one (left blank, or not
        used because of an error) is left out of every sum, and said to be; where no row is left,
        the department said nothing.
    **columns : Series
        One value per row of the table (bool counts), missing counting 0.

    Returns
    -------
    DataFrame
        By dept_code: the sums, `is_provisional, note_zh, note_en`.
    """
    rows = review.frames[table]
    asked = where.to_numpy(dtype=bool, na_value=False)
    lacking = asked & rows[list(needs)].isna().to_numpy().any(axis=1)
    used = asked & ~lacking
    values = {
        name: np.where(used, column.to_numpy(dtype=float, na_value=0.0), 0.0)
        for name, column in columns.items()
    }
    values |= {"_used": used.astype(float), "_out": lacking.astype(float)}
    sums = pd.DataFrame(values, index=rows.index).groupby(rows["dept_code"]).sum()
    sums = sums.reindex(answered(review, table), fill_value=0.0)
    out = sums["_out"]
    told = sums[[*columns]].where((sums["_used"] > 0) | (out == 0))
    return told.assign(
        is_provisional=out > 0,
        note_zh=out.map("{:.0f} 行缺数，未计入".format).where(out > 0),
        note_en=out.map("{:.0f} row(s) without a usable value, left out".format).where(out > 0),
    )


def count_of(review: Review, item: str, part: str = "num") -> pd.Series:
    """Return one count of sheet 12 by department; missing where it was left blank."""
    counts = review.other_counts
    mine = counts[counts["count_item"] == item].drop_duplicates("dept_code")
    return mine.set_index("dept_code")[part].astype("Float64").astype(float)
