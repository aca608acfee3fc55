"""From what the files gave to the frames of a Review: one per table, and the three records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import pandas as pd
import pyarrow as pa

from reviewlib import schema
from reviewlib.intake.file_read import FileRead
from reviewlib.intake.packed import PackedCells
from reviewlib.schema.frames import frame_of_table, schema_from

ROWS_AT_ONCE, CELLS_AT_ONCE = 4_000, 20_000
"""How many rows of a table, and of the change log, are made into a frame at a time."""
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
    frames = {
        name: frame_by_pieces(name, (row for read in used for row in read.rows.get(name, ())))
        for name in schema.TABLES
    } | {name: schema.frame_of(name) for name in schema.RECORDS}
    frames["departments"] = frames["departments"].sort_values(
        "protocol_order", kind="stable", ignore_index=True
    )
    frames["cells"] = cell_frame(read.cells for read in used)
    frames["sheets"] = frame_by_pieces("sheets", (row for read in reads for row in read.sheets))
    return frames


def frame_by_pieces(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    """Return rows as the frame `name`; as dictionaries never more than some of them at once."""
    rows = iter(rows)
    pieces = [schema.frame_of(name, list(islice(rows, ROWS_AT_ONCE)))]
    while some := list(islice(rows, ROWS_AT_ONCE)):
        pieces.append(schema.frame_of(name, some))
    return pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)


def cell_frame(logs: Iterable[Sequence[tuple]]) -> pd.DataFrame:
    """Return the change log of some files as a frame, made piece by piece: there may be very many.

    Parameters
    ----------
    logs : iterable of PackedCells or list of tuple
        The `cells` of each file.
    """
    dtypes = schema.dtypes_of("cells")
    pieces, some, count = [], [schema_from(dtypes).empty_table()], 0
    for log in logs:
        some.append((log if isinstance(log, PackedCells) else PackedCells.of(log)).table())
        count += len(log)
        if count > CELLS_AT_ONCE:
            pieces.append(pa.concat_tables(some).combine_chunks())
            some, count = [], 0
    return frame_of_table(pa.concat_tables([*pieces, *some]))


def issue_frame(issues: Iterable[dict]) -> pd.DataFrame:
    """Return the data issues as a frame, by file, sheet, row, column of the sheet, code."""
    rows = [{k: None if v == "" else v for k, v in row.items()} for row in issues]
    frame = schema.frame_of("issues", rows)
    letters = frame["cell"].str.extract(r"^([A-Z]+)", expand=False).fillna("")
    order = frame.assign(_column=letters.str.len().astype("str") + letters)
    order = order.sort_values(ISSUE_ORDER, kind="stable", na_position="first")
    return order.drop(columns="_column").reset_index(drop=True)
