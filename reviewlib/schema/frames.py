"""Rows as frames: every declared column, in order, with its dtype.

Rows go through Arrow column by column, which takes a fraction of the time and room that pandas
needs to find out what they are. What Arrow will not take as declared, pandas makes of it what it
can, or says what is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import pyarrow as pa

ARROW = {
    "str": pa.large_string(), "Int64": pa.int64(), "Float64": pa.float64(), "boolean": pa.bool_(),
    "datetime64[us]": pa.timestamp("us"),
}  # fmt: skip
"""Arrow type by dtype, for every dtype of `schema.model`."""
DAYS = (pa.date32(), pa.timestamp("us"), pa.null())


def frame_from(rows: Sequence[dict] | pd.DataFrame, dtypes: dict[str, str]) -> pd.DataFrame:
    """Return rows as a frame of these columns; a column that no row has is missing in all."""
    if isinstance(rows, (list, tuple)):
        try:
            return frame_of_table(table_from(rows, dtypes))
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            pass  # not yet of its dtype: a count written as text, a date as ISO text
    return pd.DataFrame(rows).reindex(columns=list(dtypes)).astype(dtypes)


def schema_from(dtypes: dict[str, str]) -> pa.Schema:
    """Return columns as Arrow declares them."""
    return pa.schema([(name, ARROW[dtype]) for name, dtype in dtypes.items()])


def table_from(rows: Iterable[dict], dtypes: dict[str, str]) -> pa.Table:
    """Return rows as an Arrow table.

    Raises
    ------
    ArrowException, TypeError, ValueError, OverflowError
        A value is not of the dtype of its column.
    """
    columns = {name: [row.get(name) for row in rows] for name in dtypes}
    return pa.table({name: array_of(columns[name], dtype) for name, dtype in dtypes.items()})


def array_of(values: Sequence, dtype: str) -> pa.Array:
    """Return the values of one column as an Arrow array; None and NaN are missing."""
    if dtype != "datetime64[us]":
        return pa.array(values, type=ARROW[dtype], from_pandas=True)
    days = pa.array(values, from_pandas=True)
    if days.type not in DAYS:
        raise TypeError(f"not dates: {days.type}")
    return days.cast(ARROW[dtype])


def frame_of_table(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table of declared columns as the frame that it is."""
    dtypes = {arrow: dtype for dtype, arrow in ARROW.items()}
    arrays = {name: _array(table[name], dtypes[table[name].type]) for name in table.column_names}
    return pd.DataFrame(arrays, copy=False)


def _array(column: pa.ChunkedArray, dtype: str):
    if dtype == "datetime64[us]":
        return column.to_numpy()
    return pd.api.types.pandas_dtype(dtype).__from_arrow__(column)
