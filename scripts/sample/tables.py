"""Pipe tables: the sample's data, written so that a person can read and change it."""

from __future__ import annotations

import pandas as pd

from reviewlib import schema

SEPARATOR = "|"


def read_table(text: str) -> list[dict[str, str | None]]:
    """Return one dict per line of a pipe table; the first line names the columns, blank is None."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    names, *rows = ([cell.strip() for cell in line.split(SEPARATOR)] for line in lines)
    for row in rows:
        if len(row) != len(names):
            raise ValueError(f"{len(names)} columns expected {names}, {len(row)} found: {row}")
    return [{name: cell or None for name, cell in zip(names, row, strict=True)} for row in rows]


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
