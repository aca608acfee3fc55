"""From what the files gave to the frames of a Review: one per table, and the three records.

Rows become dictionaries a few thousand at a time, and the change log, far the longest of the
frames, is looked at where it lies, on disk: so memory hardly grows with the number of files.
"""

from __future__ import annotations

import mmap
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import pandas as pd
import pyarrow as pa
from pyarrow.compute import match_substring_regex

from reviewlib import schema
from reviewlib.intake.file_read import FileRead
from reviewlib.intake.packed import table_of
from reviewlib.review.looked_up import Later
from reviewlib.schema.frames import frame_of_table, schema_from
from reviewlib.schema.rules import ASKED_AGAIN

Log = Sequence[tuple]
"""The change log of one file: `FileRead.cells`, packed or not."""

ROWS_AT_ONCE, CELLS_AT_ONCE = 1_000, 5_000
"""How many rows of a table, and of the change log, are made into a frame at a time."""
NO_CELLS = schema_from(schema.dtypes_of("cells")).empty_table()
ISSUE_ORDER = ["file", "sheet", "row", "_column", "code"]


def frames_of(used: Iterable[FileRead], reads: Iterable[FileRead]) -> dict[str, pd.DataFrame]:
    """Build the frames of a Review but two: the data issues, and the change log in full.

    Parameters
    ----------
    used : iterable of FileRead
        Files whose rows count.
    reads : iterable of FileRead
        All files that were read: their row counts are on record.

    Returns
    -------
    dict of str to DataFrame
        `cells` holds what will be asked for again, see `rules.ASKED_AGAIN`; `issues` is empty.
    """
    used, reads = list(used), list(reads)
    frames = {
        name: frame_by_pieces(name, (row for read in used for row in read.rows.get(name, ())))
        for name in schema.TABLES
    } | {name: schema.frame_of(name) for name in schema.RECORDS}
    frames["departments"] = schema.in_roster_order(frames["departments"])
    frames["cells"] = cells_read_by(ASKED_AGAIN, (read.cells for read in used))
    frames["sheets"] = frame_by_pieces("sheets", (row for read in reads for row in read.sheets))
    return frames


def frame_by_pieces(name: str, rows: Iterable[dict]) -> pd.DataFrame:
    """Return rows as the frame `name`; as dictionaries never more than some of them at once."""
    rows = iter(rows)
    pieces = [schema.frame_of(name, list(islice(rows, ROWS_AT_ONCE)))]
    while some := list(islice(rows, ROWS_AT_ONCE)):
        pieces.append(schema.frame_of(name, some))
    return pieces[0] if len(pieces) == 1 else pd.concat(pieces, ignore_index=True)


def cells_read_by(rules: Iterable[str], logs: Iterable[Log]) -> pd.DataFrame:
    """Return the cells of some files that were read by any of some rules, as the frame `cells`."""
    asked, found = "|".join(rules), [NO_CELLS]
    for table in map(table_of, logs):
        is_asked = match_substring_regex(table["rule"], asked)
        found.append(table.filter(is_asked))
    return frame_of_table(pa.concat_tables(found))


def cells_on_disk(logs: Iterable[Log]) -> Later:
    """Write the change log of some files down, to be the frame `cells` when it is looked at.

    It is written to a temporary file, piece by piece, and the columns of the frame are that file as
    the system maps it. The file has no name where the system allows that, and goes with the frame.
    """
    count = 0
    with tempfile.TemporaryFile() as file:
        with pa.ipc.new_file(file, NO_CELLS.schema) as writer:
            for piece in _pieces(logs):
                writer.write_table(piece)
                count += len(piece)
        file.flush()
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return Later(lambda: frame_of_table(pa.ipc.open_file(pa.py_buffer(mapped)).read_all()), count)


def _pieces(logs: Iterable[Log]) -> Iterator[pa.Table]:
    """Yield the change log in pieces of many files: very many small ones would be slow to use."""
    some, count = [], 0
    for table in map(table_of, logs):
        some.append(table)
        count += len(table)
        if count > CELLS_AT_ONCE:
            yield pa.concat_tables(some).combine_chunks()
            some, count = [], 0
    if some:
        yield pa.concat_tables(some).combine_chunks()


def issue_frame(issues: Iterable[dict]) -> pd.DataFrame:
    """Return the data issues as a frame, by file, sheet, row, column of the sheet, code."""
    rows = ({k: None if v == "" else v for k, v in row.items()} for row in issues)
    frame = frame_by_pieces("issues", rows)
    letters = frame["cell"].str.extract(r"^([A-Z]+)", expand=False).fillna("")
    order = frame.assign(_column=letters.str.len().astype("str") + letters)
    order = order.sort_values(ISSUE_ORDER, kind="stable", na_position="first")
    return order.drop(columns="_column").reset_index(drop=True)
