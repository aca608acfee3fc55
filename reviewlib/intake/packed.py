"""Rows put away small until they are needed (压缩存放): a thousand files would fill the memory."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Sequence


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
