"""Where a value stands: file, sheet and cell, so that a reader can go there."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review

SOURCE = ["source_file", "source_sheet", "source_cell", "dq_flags"]
"""Provenance columns that close a frame whose rows are rows of one table."""


def row_numbers(cells: pd.Series) -> pd.Series:
    """Return the row number of cell addresses: "B12" → 12; missing stays missing."""
    return cells.astype("str").str.extract(r"(\d+)$", expand=False).astype("Int64")


def cell_of(review: Review, table: str, frame: pd.DataFrame, column: str) -> pd.Series:
    """Return the cell in which each row of `frame` states `column`.

    A blank cell has no record in `review.cells`; then the first cell of the row stands for it.

    Parameters
    ----------
    review : Review
    table : str
        Table the rows of `frame` come from.
    frame : DataFrame
        Rows with `source_file`, `source_sheet`, `source_cell`.
    column : str
        Column whose address is wanted.
    """
    cells = review.cells
    is_here = (cells["table"] == table) & (cells["column"] == column)
    here = [cells.loc[is_here, name].tolist() for name in ("file", "sheet", "row", "cell")]
    known = {(file, sheet, row): cell for file, sheet, row, cell in zip(*here, strict=True)}
    first = frame["source_cell"]
    asked = [frame["source_file"], frame["source_sheet"], row_numbers(first), first]
    places = zip(*(column.tolist() for column in asked), strict=True)
    found = [known.get((file, sheet, row), own) for file, sheet, row, own in places]
    return pd.Series(found, index=frame.index, dtype="str")


def file_numbers(review: Review) -> dict[str, int]:
    """Number the files of a review from 1 in their sorted order, for anchors on the page."""
    files = set(review.inputs) | set(review.sheets["file"].dropna())
    files |= set(review.issues["file"].dropna())
    return {file: number for number, file in enumerate(sorted(files), start=1)}
