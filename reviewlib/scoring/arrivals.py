"""What came back from whom: which lists were answered, and in which cells it stands."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.review import Review
from reviewlib.schema import Layout

NOTHING_CAME = ("sheet.no-rows", "sheet.missing", "label.missing")
"""Data issues after which an empty list means 未填; without them it means 无此类情形."""

RETURNED = schema.tables_of("return")
"""The tables a return holds."""
RECORDS = [name for name, table in schema.TABLES.items() if table.layout is Layout.RECORD]
"""Tables whose sheet has labels and values: one row for a department, a cell for each column."""

SOURCE = ["source_file", "source_sheet", "source_cell"]
CLAIM = ["indicator_id", "dept_code"]
"""What one claim is about."""


def returned(review: Review) -> pd.Index:
    """Return the codes of the departments whose return came and could be read."""
    codes = pd.concat([review.frames[table.name]["dept_code"] for table in RETURNED])
    return pd.Index(codes.dropna().unique(), name="dept_code", dtype="str")


def return_files(review: Review) -> pd.Series:
    """Return the file of each department's return, by dept_code."""
    tables = [review.frames[table.name][["dept_code", "source_file"]] for table in RETURNED]
    rows = pd.concat(tables).dropna()
    return rows.drop_duplicates("dept_code").set_index("dept_code")["source_file"]


def answered(review: Review, table: str) -> pd.Index:
    """Return the departments that answered one table of the return.

    An empty list counts as answered unless intake says that nothing stood there: the box
    “无此类情形” was ticked, so zero is meant.
    """
    issues, sheet = review.issues, schema.TABLES[table].sheet
    named = (issues["sheet"] == sheet) | (issues["expected"] == sheet)
    silent = issues.loc[named & issues["code"].isin(NOTHING_CAME), "dept_code"]
    came, filled = returned(review), review.frames[table]["dept_code"].unique()
    return came[~came.isin(silent) | came.isin(filled)]


def row_of(cells: pd.Series) -> pd.Series:
    """Return the row number of addresses such as H6; missing stays missing."""
    return cells.astype("str").str.extract(r"(\d+)", expand=False).astype("Int64")


def cell_in_row(
    review: Review, table: str | pd.Series, column: str | pd.Series, rows: pd.DataFrame
) -> pd.Series:
    """Return the cell in which each row of a table states a column.

    The letter is that of the column elsewhere on the sheet, so a blank cell has an address too;
    where the column never stands filled, the first cell of the row serves.

    Parameters
    ----------
    table, column : str or Series
        What is stated: of all rows the same, or a name for each row.
    rows : DataFrame
        Rows with their provenance (`SOURCE`).
    """
    asked = pd.DataFrame({"table": table, "column": column}, index=rows.index, dtype="str")
    asked = asked.assign(file=rows["source_file"], sheet=rows["source_sheet"])
    cells = _cells_of(review, asked)[[*asked, "cell"]].drop_duplicates([*asked])
    letter = _letters(asked.merge(cells, on=[*asked], how="left")["cell"]).set_axis(rows.index)
    own = _letters(rows["source_cell"].astype("str"))
    return letter.where(letter.notna(), own) + row_of(rows["source_cell"]).astype("str")


def _letters(cells: pd.Series) -> pd.Series:
    return cells.str.extract(r"([A-Z]+)", expand=False)


def _cells_of(review: Review, asked: pd.DataFrame) -> pd.DataFrame:
    """Return the filled cells of some columns of some tables: what, whose and where."""
    cells = review.cells
    is_asked = cells["table"].isin(asked["table"].unique())
    is_asked &= cells["column"].isin(asked["column"].unique())
    return cells.loc[is_asked, ["table", "column", "dept_code", "file", "sheet", "cell"]]


def places(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """Return where the departments state what indicators look at: one range per department.

    Parameters
    ----------
    rows : DataFrame
        The rows looked at: `indicator_id`, the `table` and `column` of its main input,
        `dept_code` and provenance.

    Returns
    -------
    DataFrame
        By indicator_id and dept_code: `source_file, source_sheet, source_cell` such as H6 or
        H6:H14.
    """
    rows = rows[rows["source_cell"].notna()]
    is_record = rows["table"].isin(RECORDS)
    found = [_list_places(review, rows[~is_record]), _record_places(review, rows[is_record])]
    return pd.concat(found)[SOURCE].astype("str")


def _list_places(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """On a list the rows of a department stand below one another: from the first to the last."""
    placed = rows.assign(_cell=cell_in_row(review, rows["table"], rows["column"], rows))
    placed = placed.assign(_row=row_of(placed["_cell"])).sort_values("_row", kind="stable")
    groups = placed.groupby(CLAIM)
    found, last = groups[[*SOURCE[:2], "_cell"]].first(), groups["_cell"].last()
    first = found["_cell"]
    return found.assign(source_cell=first.where(first == last, first + ":" + last))


def _record_places(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """On a sheet of labels and values each column has its own cell."""
    key = ["table", "column", "dept_code"]
    known = _cells_of(review, rows).drop_duplicates(key).set_index(key)["cell"]
    found = rows.drop_duplicates(CLAIM).set_index(CLAIM, drop=False)
    cell = known.reindex(pd.MultiIndex.from_frame(found[key])).set_axis(found.index)
    return found.assign(source_cell=cell.where(cell.notna(), found["source_cell"]))


def is_warned(review: Review, rows: pd.DataFrame) -> pd.Series:
    """Tell in which rows of returns a value is used with a warning (暂用)."""
    issues = review.issues
    place = ["file", "sheet", "row"]
    warned = issues.loc[issues["severity"] == "warn", place].dropna()
    own = pd.DataFrame({"file": rows["source_file"], "sheet": rows["source_sheet"],
                        "row": row_of(rows["source_cell"])})  # fmt: skip
    marked = pd.MultiIndex.from_frame(own).isin(pd.MultiIndex.from_frame(warned))
    return pd.Series(marked, index=rows.index)
