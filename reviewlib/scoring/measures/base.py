"""The registry of measures: how the tables of a review become the inputs of an indicator.

A measure is a pure function from the review and the indicator (for its parameters and items) to a
frame by department. It says nothing of thresholds or weights; those are the rubric's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from reviewlib.errors import RubricError
from reviewlib.review import Review
from reviewlib.rubric import Indicator
from reviewlib.scoring.arrivals import SOURCE, answered, places, provisional

Compute = Callable[[Review, Indicator], pd.DataFrame]

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
    """One registered measure: its function, and the table and column its main input stands in."""

    name: str
    table: str
    column: str
    compute: Compute


MEASURES: dict[str, Measure] = {}
"""Every measure by its name, as rubrics refer to it."""


def measure(table: str, column: str) -> Callable[[Compute], Compute]:
    """Register a measure under the name of its function."""

    def register(compute: Compute) -> Compute:
        name = compute.__name__
        MEASURES[name] = Measure(name, table, column, compute)
        return compute

    return register


def run_measure(review: Review, indicator: Indicator) -> pd.DataFrame:
    """Return what the returns say of one indicator, for every department of the roster.

    Returns
    -------
    DataFrame
        By dept_code, columns `DTYPES`. A department that did not answer the table has the answer
        not_reported.

    Raises
    ------
    RubricError
        The rubric names a measure that is not registered.
    """
    found = MEASURES.get(indicator.measure)
    if found is None:
        raise RubricError(
            f"指标 {indicator.id} 的计算口径 {indicator.measure!r} 没有登记",
            f"indicator {indicator.id} names an unknown measure {indicator.measure!r}",
            where=f"rubric.toml indicators[{indicator.id}].measure",
            fix_zh=f"。已登记的有 {'、'.join(sorted(MEASURES))}。",
            fix_en=f"The measures are {', '.join(sorted(MEASURES))}.",
        )
    codes = pd.Index(review.departments["dept_code"], name="dept_code")
    told = found.compute(review, indicator).reindex(codes)
    return _complete(review, found, told)


def _complete(review: Review, found: Measure, told: pd.DataFrame) -> pd.DataFrame:
    """Add the answer, the address and the warning where the measure did not say them itself."""
    frame = told.reindex(columns=list(DTYPES))
    came = frame.index.isin(answered(review, found.table))
    says_something = frame[["num", "den", "value"]].notna().any(axis=1) | frame["level"].notna()
    default = pd.Series("reported", index=frame.index).where(came & says_something, "not_reported")
    rows = review.frames[found.table]
    where = places(review, found.table, found.column, rows).reindex(frame.index)
    warned = frame.index.isin(provisional(review, rows))
    filled = {name: frame[name].where(frame[name].notna(), where[name]) for name in SOURCE}
    return frame.assign(
        answer=frame["answer"].where(frame["answer"].notna(), default),
        is_provisional=frame["is_provisional"].fillna(False).astype(bool) | warned,
        **filled,
    ).astype(DTYPES)


def tally(review: Review, table: str, **columns: pd.Series) -> pd.DataFrame:
    """Sum columns over the rows of each department that answered a table; 0 where it has no row.

    Parameters
    ----------
    table : str
    **columns : Series
        One value per row of the table (bool counts), missing counting 0.
    """
    rows = review.frames[table]
    values = pd.DataFrame(
        {
            name: column.astype("Float64").fillna(0.0).astype(float)
            for name, column in columns.items()
        },
        index=rows.index,
    )
    sums = values.groupby(rows["dept_code"]).sum()
    return sums.reindex(answered(review, table), fill_value=0.0)


def count_of(review: Review, item: str, part: str = "num") -> pd.Series:
    """Return one count of sheet 12 by department; missing where it was left blank."""
    counts = review.other_counts
    mine = counts[counts["count_item"] == item].drop_duplicates("dept_code")
    return mine.set_index("dept_code")[part].astype("Float64").astype(float)
