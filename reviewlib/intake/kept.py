"""What a file gave, kept from run to run: one whose bytes were read before is not read again.

An entry is named by all that it depends on: the bytes of the file, its name and kind, the names and
codes of the review, the limits, and the software that reads. So it is either right or not found.
Entries are plain data with a checksum in front; one that is damaged, forged or of another version
is made again. Nothing here can make a run fail.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import metadata
from pathlib import Path

import pyarrow as pa

from reviewlib import schema
from reviewlib.fingerprints import code_of, opened
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.limits import MB, STANDARD, Limits
from reviewlib.intake.packed import PackedCells
from reviewlib.intake.take_in import bytes_of
from reviewlib.intake.values import Reading

ROOMS = ("intake", "schema")
"""Whose code turns a file into rows, with the libraries it reads with."""
LIBRARIES = ("cn2an", "openpyxl", "python-calamine", "rapidfuzz")
NOT_OF_THE_FILE = {"file.read-timeout", "file.reader-died"}
"""Refusals of a busy machine as well as of a bad file: the same bytes may be read the next time."""
PASSING = {"file.file-locked", "file.file-unstable", *NOT_OF_THE_FILE}
"""Refusals that may not come again; all others are kept like any reading."""
SUFFIX, HALF = ".read", ".half"
TYPES = {
    dtype: {type(None), *types}
    for dtype, types in {
        "str": (str,), "Int64": (int,), "Float64": (float, int), "boolean": (bool,),
    }.items()
}  # fmt: skip
"""What may stand in a column, by its dtype."""
LARGEST = 256 * MB
CHECKSUM = hashlib.sha256().digest_size


class Kept:
    """The folder in which readings are kept, for one run.

    Parameters
    ----------
    folder : Path, optional
        Made where it is not there; without one, or where it cannot be used, nothing is kept.
    limits : Limits
        Within which files are read.
    """

    def __init__(self, folder: Path | None = None, limits: Limits = STANDARD):
        self._folder, self._limits = None, limits
        self._used: set[str] = set()
        with suppress(OSError):
            if folder is not None and not folder.is_symlink():
                folder.mkdir(exist_ok=True)
                self._folder = folder

    def find(self, job: Job, reading: Reading) -> FileRead | None:
        """Return what a file gave when it was read before, just as it would be read now."""
        if self._folder is None:
            return None
        try:
            digest = hashlib.sha256(bytes_of(job.path, self._limits)).hexdigest()
            name = self._name(job, reading, digest)
            found = _decoded(_content(self._folder / name))
        except Exception:  # whatever lies there, or does not, the file itself can still be read
            return None
        if (found.file, found.sha256, found.workbook) != (job.file, digest, job.workbook):
            return None
        self._used.add(name)
        return found

    def keep(self, job: Job, reading: Reading, read: FileRead) -> FileRead:
        """Keep what a file gave, where it would give it again; return it."""
        is_passing = any(found["code"] in PASSING for found in read.issues)
        if self._folder is None or not read.sha256 or is_passing:
            return read
        name = self._name(job, reading, read.sha256)
        with suppress(OSError, ValueError, TypeError, pa.ArrowException):
            read = replace(read, cells=PackedCells.of(read.cells))
            _write(self._folder / name, _encoded(read))
            self._used.add(name)
        return read

    def end(self) -> None:
        """Remove what this run did not use, so that the folder does not grow."""
        if self._folder is None:
            return
        with suppress(OSError):
            for path in self._folder.iterdir():
                if path.suffix in (SUFFIX, HALF) and path.name not in self._used:
                    with suppress(OSError):
                        path.unlink()


    def _name(self, job: Job, reading: Reading, digest: str) -> str:
        parts = (software(), repr(self._limits), reading.fingerprint, job.workbook, job.file,
                 job.path.name, digest)  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest() + SUFFIX


# names ───────────────────────────────────────────────────────────────────────────────────────────


@cache
def software() -> str:
    """Return the fingerprint of all that turns a file's bytes into what it gives."""
    versions = {name: metadata.version(name) for name in LIBRARIES}
    parts = (code_of(ROOMS), versions, platform.python_version())
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


# entries ─────────────────────────────────────────────────────────────────────────────────────────


def _encoded(read: FileRead) -> bytes:
    """Return a reading as bytes: a checksum, its record in JSON, its cells as they are packed."""
    record = vars(read) | {"cells": None}
    text = json.dumps(record, ensure_ascii=False, default=date.isoformat).encode()
    body = len(text).to_bytes(8) + text + read.cells.data
    return hashlib.sha256(body).digest() + body


def _decoded(data: bytes) -> FileRead:
    """Return the reading that some bytes hold.

    Raises
    ------
    Exception
        They hold none: anybody may have written them.
    """
    body = memoryview(data)[CHECKSUM:]
    if hashlib.sha256(body).digest() != data[:CHECKSUM]:
        raise ValueError("damaged")
    length = int.from_bytes(body[:8])
    read = FileRead(**json.loads(bytes(body[8 : 8 + length])))
    read.cells = PackedCells.checked(bytes(body[8 + length :]))
    records = {"issues": read.issues, "sheets": read.sheets}
    for tables in (read.rows, read.set_aside, records):
        for name, rows in tables.items():
            _restore(rows, schema.dtypes_of(name))
    return read


def _restore(rows: list[dict], dtypes: dict[str, str]) -> None:
    """Make dates of the texts that stand for them in JSON, and see that all is as declared."""
    if not rows:
        return
    for name, dtype in dtypes.items():
        if dtype == "datetime64[us]":
            for row in rows:
                row[name] = row.get(name) and date.fromisoformat(row[name])
        elif not {type(row.get(name)) for row in rows} <= TYPES[dtype]:
            raise TypeError(f"{name} is not {dtype}")


def _content(path: Path) -> bytes:
    """Return the bytes of a plain file, never of what it may point to."""
    if path.is_symlink():  # where the system cannot refuse it itself
        raise OSError("a link")
    with opened(path, is_link_followed=False) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise OSError("too large")
        return file.read()


def _write(path: Path, data: bytes) -> None:
    """Put an entry in its place whole; half of one is never seen under its name."""
    handle, half = tempfile.mkstemp(suffix=HALF, dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(half, path)
    except BaseException:
        Path(half).unlink(missing_ok=True)
        raise
