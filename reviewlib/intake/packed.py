"""What the files gave waits on disk (暂存) until it is needed: very many would fill the memory.

Rows come in two kinds, for two uses: rows of tables, few and of many shapes, and the change log,
which is long and always of one shape.
"""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pyarrow as pa

from reviewlib import schema
from reviewlib.intake.file_read import FileRead
from reviewlib.schema.frames import array_of, schema_from

WRITE = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
READ = pa.ipc.IpcReadOptions(use_threads=False)  # threads cost more than so few rows


class Store:
    """A temporary file that takes bytes and gives them back; it is gone when it is left.

    It has no name in any folder where the system allows that, and nobody else reads or writes it.
    """

    def __init__(self):
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - leaving the store closes it

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, data: bytes) -> Stored:
        """Put bytes away."""
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(data)
        return Stored(self, start, len(data))

    def get(self, start: int, length: int) -> bytes:
        """Return the bytes that stand at a place."""
        self._file.seek(start)
        return self._file.read(length)


class Stored(NamedTuple):
    """Bytes in a store, by their place in it."""

    store: Store
    start: int
    length: int

    def data(self) -> bytes:
        return self.store.get(self.start, self.length)


class Packed(Sequence):
    """A list of plain rows, put away in a store; each look unpacks it anew.

    Parameters
    ----------
    rows : list
    store : Store
    """

    __slots__ = ("_count", "_stored")

    def __init__(self, rows: list, store: Store):
        self._count = len(rows)
        self._stored = store.put(pickle.dumps(rows, protocol=pickle.HIGHEST_PROTOCOL))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place):
        return pickle.loads(self._stored.data())[place]

    def __iter__(self):
        return iter(self[:])


class PackedCells(Sequence):
    """Rows of the change log as the compressed bytes of an Arrow stream: nothing in them can run.

    Parameters
    ----------
    data : bytes or Stored
        As `PackedCells.of` makes them.
    """

    __slots__ = ("_count", "_data")

    def __init__(self, data: bytes | Stored, count: int):
        self._data, self._count = data, count

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

    def put_in(self, store: Store) -> PackedCells:
        """Return the same rows with their bytes in a store."""
        return PackedCells(store.put(self.data), self._count)

    @property
    def data(self) -> bytes:
        return self._data.data() if isinstance(self._data, Stored) else self._data

    def table(self) -> pa.Table:
        """Return the rows as an Arrow table."""
        return pa.ipc.open_stream(self.data, options=READ).read_all()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, place):
        return list(self)[place]

    def __iter__(self):
        return zip(*(column.to_pylist() for column in self.table().columns), strict=True)


def table_of(log: Sequence[tuple]) -> pa.Table:
    """Return the change log of one file, packed or not, as an Arrow table."""
    return (log if isinstance(log, PackedCells) else PackedCells.of(log)).table()


def packed(read: FileRead, store: Store) -> FileRead:
    """Return what one file gave with its rows, cells, sheets and data issues put away."""
    cells = read.cells if isinstance(read.cells, PackedCells) else PackedCells.of(read.cells)
    return replace(
        read, cells=cells.put_in(store), rows=_packed(read.rows, store),
        set_aside=_packed(read.set_aside, store), issues=Packed(read.issues, store),
        sheets=Packed(read.sheets, store),
    )  # fmt: skip


def _packed(tables: dict[str, Sequence[dict]], store: Store) -> dict[str, Sequence[dict]]:
    return {name: Packed(rows, store) for name, rows in tables.items() if rows}
