"""In which cells of the workbooks it stands what scores rest on."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.review import Review
from reviewlib.schema import Layout

RECORDS = [name for name, table in schema.TABLES.items() if table.layout is Layout.RECORD]
"""Tables whose sheet has labels and values: one row for a department, a cell for each column."""

SOURCE = ["source_file", "source_sheet", "source_cell"]


def row_of(cells: pd.Series) -> pd.Series:
    """Return the row number of addresses such as H6; missing stays missing."""
    return _digits(cells).astype("Int64")


def cell_in_row(
    review: Review, table: str | pd.Series, column: str | pd.Series, rows: pd.DataFrame
) -> pd.Series:
    """Return the cell in which each row of a table states a column.

    Parameters
    ----------
    table, column : str or Series
        What is stated: of all rows the same, or a name for each row.
    rows : DataFrame
        Rows with their provenance (`SOURCE`).
    """
    return letter_in_row(review, table, column, rows) + _digits(rows["source_cell"])


def letter_in_row(
    review: Review, table: str | pd.Series, column: str | pd.Series, rows: pd.DataFrame
) -> pd.Series:
    """Return the letter of the cell in which each row states a column (see `cell_in_row`).

    The letter is that of the column elsewhere on the sheet, so a blank cell has an address too;
    where the column never stands filled, the first cell of the row serves.
    """
    asked = {"table": table, "column": column, "file": rows["source_file"],
             "sheet": rows["source_sheet"]}  # fmt: skip
    asked = pd.DataFrame(asked, index=rows.index, dtype="str")
    cells = _cells_of(review, asked).drop_duplicates([*asked])
    letters = _looked_up(asked, cells[[*asked]], _letters(cells["cell"]))
    return letters.fillna(_letters(rows["source_cell"]))


def _letters(cells: pd.Series) -> pd.Series:
    return cells.astype("str").str.extract(r"([A-Z]+)", expand=False)


def _digits(cells: pd.Series) -> pd.Series:
    return cells.astype("str").str.extract(r"(\d+)", expand=False)


def _records(rows: pd.DataFrame) -> list[tuple]:
    return list(zip(*(column.tolist() for _, column in rows.items()), strict=True))


def _looked_up(asked: pd.DataFrame, keys: pd.DataFrame, values: pd.Series) -> pd.Series:
    """Return the text that stands beside the key equal to each row; missing where there is none."""
    known = dict(zip(_records(keys), values.tolist(), strict=True))
    return pd.Series(map(known.get, _records(asked)), index=asked.index, dtype="str")


def _cells_of(review: Review, asked: pd.DataFrame) -> pd.DataFrame:
    """Return the filled cells of some columns of some tables: what, whose and where."""
    cells = review.cells
    is_asked = cells["table"].isin(asked["table"].unique())
    is_asked &= cells["column"].isin(asked["column"].unique())
    return cells.loc[is_asked, ["table", "column", "dept_code", "file", "sheet", "cell"]]


def places(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """Return where the departments state what indicators look at: one range for each claim.

    Parameters
    ----------
    rows : DataFrame
        The rows looked at: `claim`, a number for what is looked at of whom, the `table` and
        `column` of its main input, `dept_code` and provenance.

    Returns
    -------
    DataFrame
        By claim: `source_file, source_sheet, source_cell` such as H6 or H6:H14.
    """
    rows = rows[rows["source_cell"].notna()]
    is_record = rows["table"].isin(RECORDS)
    found = [_list_places(review, rows[~is_record]), _record_places(review, rows[is_record])]
    return pd.concat(found)


def _list_places(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """On a list the rows of a department stand below one another: from the first to the last."""
    rows = rows.assign(_row=row_of(rows["source_cell"])).sort_values("_row", kind="stable")
    first = rows.drop_duplicates("claim").set_index("claim")
    last = rows.drop_duplicates("claim", keep="last").set_index("claim").reindex(first.index)
    letter = letter_in_row(review, first["table"], first["column"], first)
    start, end = (letter + part["_row"].astype("str") for part in (first, last))
    return first[SOURCE].assign(source_cell=start.where(start == end, start + ":" + end))


def _record_places(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """On a sheet of labels and values each column has its own cell."""
    key = ["table", "column", "dept_code"]
    cells = _cells_of(review, rows).drop_duplicates(key)
    found = rows.drop_duplicates("claim").set_index("claim")
    cell = _looked_up(found[key], cells[key], cells["cell"]).fillna(found["source_cell"])
    return found[SOURCE].assign(source_cell=cell)


def is_warned(review: Review, rows: pd.DataFrame) -> pd.Series:
    """Tell in which rows of returns a value is used with a warning (暂用)."""
    issues = review.issues
    warned = issues.loc[issues["severity"] == "warn", ["file", "sheet", "row"]].dropna()
    own = rows[SOURCE[:2]].assign(row=row_of(rows["source_cell"]))
    marked = set(_records(warned))
    return pd.Series([place in marked for place in _records(own)], index=rows.index, dtype=bool)
