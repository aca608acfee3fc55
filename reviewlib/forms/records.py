"""From frames to the rows of a form."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewlib.forms.sheets import Row
from reviewlib.schema import Table

Records = Mapping[str, pd.DataFrame]
"""Frames by table name, of one department, one group or the whole review: what to fill in."""


def rows_of(records: Records | None, table: Table) -> list[Row] | None:
    """Return the rows of a list; None where nothing is known of it, so that the box stays open."""
    if records is None or table.name not in records:
        return None
    return [Row(values) for values in records[table.name].to_dict("records")]


def by_key(records: Records | None, table: Table, *key: str) -> dict[tuple, dict]:
    """Return the records of a table whose rows are printed beforehand, by what identifies a row."""
    if records is None or table.name not in records:
        return {}
    frame = records[table.name]
    return {tuple(row[name] for name in key): row for row in frame.to_dict("records")}
