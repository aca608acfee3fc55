"""A stored value in the words of the form: what a reader can set beside the text of the cell."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.review import Review
from reviewlib.schema import Column, Kind

YES_NO = {"true": "是", "false": "否"}
BETWEEN = "、"
"""What separates several values of one cell on the form."""


def meanings(review: Review, cells: pd.DataFrame) -> pd.Series:
    """Return each value of `cells` as the form words it: 到位 for `done`, 区民政局 for `DP18`.

    Parameters
    ----------
    review : Review
    cells : DataFrame
        Rows with `table, column, value`; a row whose column no table declares keeps its value.
    """
    names = dict(
        zip(review.departments["dept_code"], review.departments["short_name"], strict=True)
    )
    rows = zip(cells["table"], cells["column"], cells["value"], strict=True)
    words = [_meaning(_declared(table, column), value, names) for table, column, value in rows]
    return pd.Series(words, index=cells.index, dtype="str")


def word_of(value: object) -> object:
    """Return the Chinese word of a code such as `to_close`; anything else as it is.

    For values whose table is not known. A code that is one plain word is left alone: it may be what
    somebody wrote.
    """
    if not isinstance(value, str) or "_" not in value:
        return value
    return _CODES.get(value, value)


_CODES = {
    choice.code: choice.zh
    for table in schema.TABLES.values()
    for column in table.columns
    if column.vocabulary is not None
    for choice in column.vocabulary
}


def _declared(table: object, column: object) -> Column | None:
    if table not in schema.TABLES or column not in schema.TABLES[table].names:
        return None
    return schema.TABLES[table][column]


def _meaning(declared: Column | None, value: object, names: dict[str, str]) -> object:
    if declared is None or pd.isna(value):
        return value
    if declared.kind is Kind.YES_NO:
        return YES_NO.get(str(value), value)
    if declared.kind in (Kind.DEPARTMENT, Kind.DEPARTMENTS):
        return BETWEEN.join(names.get(code, code) for code in str(value).split(";"))
    if declared.vocabulary is not None:
        return BETWEEN.join(declared.vocabulary.label(code) for code in str(value).split(";"))
    return value
