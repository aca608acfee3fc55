"""The registry of measures: how the tables of a review become the inputs of an indicator.

A measure is a pure function from the returns and the indicator (for its parameters and items) to a
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
from reviewlib.scoring.addresses import SOURCE, is_warned, places
from reviewlib.scoring.returns import Returns

Compute = Callable[[Returns, Indicator], pd.DataFrame]
Rows = Callable[[pd.DataFrame, Indicator], pd.Series]

DTYPES = {
    "answer": "str", "num": "float64", "den": "float64", "value": "float64", "level": "str",
    "excess": "float64", "is_provisional": "bool", "note_zh": "str", "note_en": "str",
} | dict.fromkeys(SOURCE, "str")  # fmt: skip
"""What a measure tells of each department.

`answer` as the rubric knows it; `num, den, value, level` the input of the scale; `excess` how many
posts or persons stand over without approval (for the deduction a case calls for); `is_provisional`
where a value is used with a warning; the notes; the address of the main input. All but the input
may be left to what is made of it here.
"""

LEFT_OUT = {
    "pending": ("待市级明确 {:.0f} 项，不计入", "{:.0f} pending at city level, left out"),
    "lacking": ("{:.0f} 行缺数，未计入", "{:.0f} row(s) without a usable value, left out"),
    "blank": ("未填 {:.0f} 项，按未完成计", "{:.0f} item(s) left blank, counted as not done"),
}
"""Counts a measure may tell besides, and the notes that say so: matters that wait for the city;
rows that lack a number, and items left blank, which make what is counted provisional."""


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
    returns, ids = Returns(review), [item.id for item in indicators]
    codes = pd.Index(review.departments["dept_code"], name="dept_code")
    told = pd.concat([_found(item).compute(returns, item) for item in indicators], keys=ids)
    pairs = pd.MultiIndex.from_product([ids, codes], names=["indicator_id", "dept_code"])
    told = told.reindex(index=pairs, columns=[*DTYPES, *LEFT_OUT])
    told = told.assign(is_provisional=told["is_provisional"].eq(True))
    told = told.astype(DTYPES | dict.fromkeys(LEFT_OUT, "float64")).reset_index()
    return _complete(returns, indicators, _with_left_out(told))


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


def _with_left_out(told: pd.DataFrame) -> pd.DataFrame:
    """Say what was left out; where all matters wait for the city, the indicator waits too."""
    counts = told[[*LEFT_OUT]]
    rows = np.flatnonzero((counts > 0).any(axis=1))
    notes = {name: told[name].to_numpy(dtype=object) for name in ("note_zh", "note_en")}
    for number, (note, glue) in enumerate(zip(notes.values(), ("；", "; "), strict=True)):
        words = [pair[number] for pair in LEFT_OUT.values()]
        for row, found in zip(rows, counts.to_numpy()[rows], strict=True):
            said = (text.format(n) for text, n in zip(words, found, strict=True) if n > 0)
            note[row] = glue.join(said)
    waits = (counts["pending"] > 0) & (told["den"] <= 0)
    is_short = (counts["lacking"] > 0) | (counts["blank"] > 0)
    return told.drop(columns=[*LEFT_OUT]).assign(
        answer=told["answer"].mask(waits, "pending_city"),
        is_provisional=told["is_provisional"] | is_short, **notes,
    ).astype(DTYPES)


def _complete(
    returns: Returns, indicators: Sequence[Indicator], told: pd.DataFrame
) -> pd.DataFrame:
    """Add answer, address and warning where the measures did not say them themselves."""
    review, rows = returns.review, _looked_at(returns.review, indicators)
    has_input = told[["num", "den", "value", "level"]].notna().any(axis=1)
    did_answer = has_input & _came(returns, indicators)
    answer = pd.Series("reported", index=told.index).where(did_answer, "not_reported")
    warned = rows.loc[rows["is_open_to_doubt"] & is_warned(review, rows), "claim"]
    address = places(review, rows).reindex(told.index)
    return told.assign(
        answer=told["answer"].fillna(answer),
        is_provisional=told["is_provisional"] | told.index.isin(warned),
        **{name: told[name].fillna(address[name]) for name in SOURCE},
    )


def _looked_at(review: Review, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the rows that indicators look at, one below the other: what, and where.

    `claim` is the place in what is told: indicator by indicator, department by department.
    """
    found, codes = [_found(item) for item in indicators], pd.Index(review.departments["dept_code"])
    parts = {one.table: review.frames[one.table] for one in found}
    every = pd.concat([part[["dept_code", *SOURCE]] for part in parts.values()])
    ends = np.cumsum([len(part) for part in parts.values()])
    starts = {name: end - len(parts[name]) for name, end in zip(parts, ends, strict=True)}
    seen = [
        starts[one.table]
        + np.flatnonzero(one.rows(parts[one.table], item).to_numpy(dtype=bool, na_value=False))
        for one, item in zip(found, indicators, strict=True)
    ]
    number = np.repeat(np.arange(len(found)), [len(rows) for rows in seen])
    unit = codes.get_indexer(every["dept_code"])[np.concatenate(seen)]
    rows = every.take(np.concatenate(seen)).assign(
        claim=number * len(codes) + unit,
        table=np.array([one.table for one in found], dtype=object)[number],
        column=np.array([one.column for one in found], dtype=object)[number],
        # Where both sides differ is what B05 is about, no doubt on it.
        is_open_to_doubt=np.array([item.rater != "system" for item in indicators])[number],
    )  # fmt: skip
    return rows[unit >= 0].reset_index(drop=True)


def _came(returns: Returns, indicators: Sequence[Indicator]) -> np.ndarray:
    """Tell whether the table of an indicator was answered: indicator by indicator."""
    codes = returns.review.departments["dept_code"]
    tables = [_found(item).table for item in indicators]
    came = {table: codes.isin(returns.answered[table]) for table in {*tables}}
    return np.concatenate([came[table] for table in tables])


def run_measure(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Return what the returns say of one indicator, by dept_code (see `measured`)."""
    told = measured(review, [indicator])
    return told.set_index("dept_code").drop(columns="indicator_id")


def tally(
    returns: Returns, table: str, where: pd.Series, needs: Sequence[str], **columns: pd.Series
) -> pd.DataFrame:
    """Sum columns over the rows of each department that answered a table; 0 where it has no row.

    Parameters
    ----------
    table : str
    where : Series
        The rows that are asked about.
    needs : sequence of str
        Columns without which a row cannot be counted. A row that lacks one (left blank, or not
        used because of an error) is left out of every sum, and counted as `lacking`; where no row
        is left, the department said nothing.
    **columns : Series
        One value per row of the table (bool counts), missing counting 0.

    Returns
    -------
    DataFrame
        By dept_code: the sums, and `lacking` (see `LEFT_OUT`).
    """
    rows, departments = returns.review.frames[table], returns.answered[table]
    unit = departments.get_indexer(rows["dept_code"])
    asked = where.to_numpy(dtype=bool, na_value=False) & (unit >= 0)
    is_lacking = rows[list(needs)].isna().to_numpy().any(axis=1)
    used, lacking = unit[asked & ~is_lacking], unit[asked & is_lacking]
    left_out = np.bincount(lacking, minlength=len(departments))
    is_silent = (left_out > 0) & (np.bincount(used, minlength=len(departments)) == 0)
    told = {"lacking": left_out}
    for name, column in columns.items():
        values = column.to_numpy(dtype=float, na_value=0.0)[asked & ~is_lacking]
        told[name] = np.where(is_silent, np.nan, np.bincount(used, values, len(departments)))
    return pd.DataFrame(told, index=departments)
