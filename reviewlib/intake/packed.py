"""Rows put away small until they are needed (压缩存放): a thousand files would fill the memory.

Two kinds, for two uses: rows of tables, few and of many shapes, and the change log, which is long
and always of one shape.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from reviewlib import schema
from reviewlib.intake.file_read import FileRead
from reviewlib.schema.frames import array_of, schema_from

WRITE = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
READ = pa.ipc.IpcReadOptions(use_threads=False)  # threads cost more than so few rows


class Packed(Sequence):
    """A list of plain rows, kept as compressed bytes; each look unpacks it anew.

    Parameters
    ----------
    rows : list
    """

    def __init__(self, rows: list):
        self._count = len(rows)
        self._data = zlib.compress(pickle.dumps(rows, protocol=pickle.HIGHEST_PROTOCOL), 1)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place):
        return pickle.loads(zlib.decompress(self._data))[place]

    def __iter__(self):
        return iter(self[:])


class PackedCells(Sequence):
    """Rows of the change log as the compressed bytes of an Arrow stream: nothing in them can run.

    Parameters
    ----------
    data : bytes
        As `PackedCells.of` makes them.
    """

    def __init__(self, data: bytes, count: int):
        self.data, self._count = data, count

    @classmethod
    def of(cls, rows: Sequence[tuple]) -> PackedCells:
        """Put rows away: tuples in the order of `schema.CELL_COLUMNS`."""
        dtypes = schema.dtypes_of("cells")
        columns = zip(dtypes, zip(*rows, strict=True), strict=True) if rows else ()
        arrays = {name: array_of(values, dtypes[name]) for name, values in columns}
        table = pa.table(arrays) if rows else schema_from(dtypes).empty_table()
        stream = pa.BufferOutputStream()
        with pa.ipc.new_stream(stream, table.schema, options=WRITE) as writer:
            writer.write_table(table)
        return cls(stream.getvalue().to_pybytes(), table.num_rows)

    @classmethod
    def checked(cls, data: bytes) -> PackedCells:
        """Return rows that somebody else put away.

        Raises
        ------
        ValueError, ArrowException
            The bytes are damaged, or of something else.
        """
        table = cls(data, 0).table()
        table.validate(full=True)
        if not table.schema.equals(schema_from(schema.dtypes_of("cells"))):
            raise ValueError("not the columns of the change log")
        return cls(data, table.num_rows)

    def table(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        return pa.ipc.open_stream(self.data, options=READ).read_all()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place):
        return list(self)[place]

    def __iter__(self):
        return zip(*(column.to_pylist() for column in self.table().columns), strict=True)


def packed(read: FileRead) -> FileRead:
    """Return what one file gave with its rows and cells put away small."""
    return replace(
        read,
        rows={name: Packed(rows) for name, rows in read.rows.items()},
        set_aside={name: Packed(rows) for name, rows in read.set_aside.items()},
        sheets=Packed(read.sheets),
        cells=read.cells if isinstance(read.cells, PackedCells) else PackedCells.of(read.cells),
    )
