"""From what the files gave to the frames of a Review: one per table, and the three records."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import pandas as pd

from reviewlib import schema
from reviewlib.intake.file_read import FileRead
from reviewlib.review import empty_frames

AT_ONCE = 20_000
"""Rows of the change log."""
ISSUE_ORDER = ["file", "sheet", "row", "_column", "code"]


def frames_of(used: Iterable[FileRead], reads: Iterable[FileRead]) -> dict[str, pd.DataFrame]:
    """Build every frame of a Review but its data issues.

    Parameters
    ----------
    used : iterable of FileRead
        Files whose rows count.
    reads : iterable of FileRead
        All files that were read: their row counts are on record.
    """
    used, reads = list(used), list(reads)
    frames = empty_frames()
    for name in schema.TABLES:
        rows = [row for read in used for row in read.rows.get(name, ())]
        if rows:
            frames[name] = schema.frame_of(name, rows)
    frames["departments"] = frames["departments"].sort_values(
        "protocol_order", kind="stable", ignore_index=True
    )
    frames["cells"] = cell_frame(row for read in used for row in read.cells)
    frames["sheets"] = schema.frame_of("sheets", [row for read in reads for row in read.sheets])
    return frames


def cell_frame(rows: Iterable[tuple]) -> pd.DataFrame:
    """Return the change log as a frame, made piece by piece: as objects it would be huge."""
    dtypes, rows = schema.dtypes_of("cells"), iter(rows)
    pieces = [pd.DataFrame(columns=list(dtypes)).astype(dtypes)]
    while some := list(islice(rows, AT_ONCE)):
        pieces.append(pd.DataFrame(some, columns=list(dtypes)).astype(dtypes))
    return pd.concat(pieces[1:] or pieces, ignore_index=True)


def issue_frame(issues: Iterable[dict]) -> pd.DataFrame:
    """Return the data issues as a frame, by file, sheet, row, column of the sheet, code."""
    rows = [{k: None if v == "" else v for k, v in row.items()} for row in issues]
    frame = schema.frame_of("issues", rows)
    letters = frame["cell"].str.extract(r"^([A-Z]+)", expand=False).fillna("")
    order = frame.assign(_column=letters.str.len().astype("str") + letters)
    order = order.sort_values(ISSUE_ORDER, kind="stable", na_position="first")
    return order.drop(columns="_column").reset_index(drop=True)
