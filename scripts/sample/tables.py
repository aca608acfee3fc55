"""The sample's data stand in data/*.csv, where a person can read and change them."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from reviewlib import schema

DATA = Path(__file__).parent / "data"


def read_table(name: str) -> list[dict[str, str | None]]:
    """Return the rows of `data/<name>.csv`, one dict each; a blank is None."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def typed(name: str, rows: list[dict]) -> pd.DataFrame:
    """Return rows of text as the frame `name`: whole numbers, yes/no and dates by their kind."""
    table = schema.TABLES[name]
    columns = {column.name: column for column in table.columns}
    unknown = {key for row in rows for key in row} - set(table.dtypes)
    if unknown:
        raise ValueError(f"{name} has no columns {sorted(unknown)}")
    typed_rows = [
        {key: _value(columns.get(key), value) for key, value in row.items()} for row in rows
    ]
    return _with_precision(name, schema.frame_of(name, typed_rows))


def _value(column: schema.Column | None, value):
    if column is None or not isinstance(value, str):
        return value
    match column.kind:
        case schema.Kind.COUNT:
            return int(value)
        case schema.Kind.NUMBER | schema.Kind.SHARE:
            return float(value)
        case schema.Kind.DATE:
            return pd.Timestamp(value)
        case schema.Kind.YES_NO:
            return {"yes": True, "no": False}[value]
    return value


def _with_precision(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Every date of the truth is known to the day."""
    days = {
        f"{column.name}_precision": frame[column.name].notna().map({True: "day", False: None})
        for column in schema.TABLES[name].columns
        if column.kind is schema.Kind.DATE
    }
    return frame.assign(**days).astype(schema.dtypes_of(name))
