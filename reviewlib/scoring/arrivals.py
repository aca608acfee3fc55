"""What came back from whom: which lists were answered, and in which cells it stands."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema
from reviewlib.review import Review
from reviewlib.schema import Layout

NOTHING_CAME = ("sheet.no-rows", "sheet.missing", "label.missing")
"""Data issues after which an empty list means 未填; without them it means 无此类情形."""

SOURCE = ["source_file", "source_sheet", "source_cell"]


def returned(review: Review) -> pd.Index:
    """Return the codes of the departments whose return came and could be read."""
    codes: dict[str, None] = {}  # an ordered set
    for table in schema.tables_of("return"):
        codes |= dict.fromkeys(review.frames[table.name]["dept_code"].dropna().unique())
    return pd.Index([*codes], name="dept_code", dtype="str")


def return_files(review: Review) -> pd.Series:
    """Return the file of each department's return, by dept_code."""
    tables = [review.frames[table.name] for table in schema.tables_of("return")]
    rows = pd.concat([frame[["dept_code", "source_file"]] for frame in tables]).dropna()
    return rows.drop_duplicates("dept_code").set_index("dept_code")["source_file"]


def answered(review: Review, table: str) -> pd.Index:
    """Return the departments that answered one table of the return.

    An empty list counts as answered unless intake says that nothing stood there: the box
    “无此类情形” was ticked, so zero is meant.
    """
    issues = review.issues
    sheet = schema.TABLES[table].sheet
    named = (issues["sheet"] == sheet) | (issues["expected"] == sheet)
    silent = set(issues.loc[issues["code"].isin(NOTHING_CAME) & named, "dept_code"])
    filled = set(review.frames[table]["dept_code"])
    came = returned(review)
    return came[[code in filled or code not in silent for code in came]]


def row_of(cells: pd.Series) -> pd.Series:
    """Return the row number of addresses such as H6; missing stays missing."""
    return cells.astype("str").str.extract(r"(\d+)", expand=False).astype("Int64")


def cell_in_row(review: Review, table: str, column: str, rows: pd.DataFrame) -> pd.Series:
    """Return the cell in which each row of a table states a column.

    The letter is that of the column elsewhere on the sheet, so a blank cell has an address too;
    where the column never stands filled, the first cell of the row serves.
    """
    cells = review.cells
    cells = cells[(cells["table"] == table) & (cells["column"] == column)]
    letters = cells.drop_duplicates(["file", "sheet"]).set_index(["file", "sheet"])["cell"]
    letters = letters.str.extract(r"([A-Z]+)", expand=False)
    here = pd.MultiIndex.from_frame(rows[["source_file", "source_sheet"]])
    letter = letters.reindex(here).set_axis(rows.index) if len(letters) else None
    own = rows["source_cell"].astype("str").str.extract(r"([A-Z]+)", expand=False)
    letter = own if letter is None else letter.where(letter.notna(), own)
    return letter + row_of(rows["source_cell"]).astype("str")


def places(review: Review, table: str, column: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return where the departments state a column: one range per department.

    Parameters
    ----------
    table, column : str
        What is stated.
    rows : DataFrame
        The rows of the table that were used, with their provenance.

    Returns
    -------
    DataFrame
        By dept_code: `source_file, source_sheet, source_cell` such as H6 or H6:H14.
    """
    rows = rows[rows["source_cell"].notna()]
    if rows.empty:
        return pd.DataFrame(columns=SOURCE, index=pd.Index([], name="dept_code"), dtype="str")
    if schema.TABLES[table].layout is Layout.RECORD:
        return _record_places(review, table, column, rows)
    placed = rows.assign(_cell=cell_in_row(review, table, column, rows))
    placed = placed.assign(_row=row_of(placed["_cell"])).sort_values("_row", kind="stable")
    found = placed.groupby("dept_code").agg(
        source_file=("source_file", "first"), source_sheet=("source_sheet", "first"),
        _first=("_cell", "first"), _last=("_cell", "last"),
    )  # fmt: skip
    span = found["_first"] + ":" + found["_last"]
    cell = found["_first"].where(found["_first"] == found["_last"], span)
    return found.assign(source_cell=cell)[SOURCE].astype("str")


def _record_places(review: Review, table: str, column: str, rows: pd.DataFrame) -> pd.DataFrame:
    """On a sheet of labels and values each column has its own cell."""
    cells = review.cells
    cells = cells[(cells["table"] == table) & (cells["column"] == column)]
    known = cells.drop_duplicates("dept_code").set_index("dept_code")["cell"]
    found = rows.drop_duplicates("dept_code").set_index("dept_code")[SOURCE]
    cell = known.reindex(found.index)
    return found.assign(source_cell=cell.where(cell.notna(), found["source_cell"])).astype("str")


def provisional(review: Review, rows: pd.DataFrame) -> pd.Index:
    """Return the departments among whose rows a value is used with a warning (暂用)."""
    issues = review.issues
    warned = issues.loc[issues["severity"] == "warn", ["file", "sheet", "row"]].dropna()
    marks = set(zip(warned["file"], warned["sheet"], warned["row"].astype(int), strict=True))
    if not marks or rows.empty:
        return pd.Index([])
    numbers = row_of(rows["source_cell"]).fillna(-1).astype(int)
    is_warned = [
        place in marks
        for place in zip(rows["source_file"], rows["source_sheet"], numbers, strict=True)
    ]
    return pd.Index(rows.loc[is_warned, "dept_code"].unique())
