"""Read the workbooks of a folder: as they were kept, else in processes of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.kept import Kept
from reviewlib.intake.limits import STANDARD, Limits
from reviewlib.intake.packed import Store, packed
from reviewlib.intake.values import Reading
from reviewlib.intake.worker import WorkerPool
from reviewlib.processes import cores

FILES_PER_WORKER = 6


class Readers:
    """What reads; leaving it ends the processes.

    Parameters
    ----------
    kept : Path, optional
        A folder in which what each file gave is kept from one time to the next.
    limits : Limits
    """

    def __init__(self, kept: Path | None = None, limits: Limits = STANDARD):
        self._kept, self._pool = Kept(kept, limits), WorkerPool(cores(), limits)

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.end()

    def read(self, job: Job, reading: Reading) -> FileRead:
        """Return what one file gives."""
        found = self._kept.find(job, reading)
        if found is not None:
            return found
        return self._kept.keep(job, reading, *self._pool.read([job], reading, at_once=1))

    def read_all(self, jobs: Sequence[Job], reading: Reading, store: Store) -> list[FileRead]:
        """Return what each file gives, put away in a store.

        No process is started where nothing must be read. What no file needed so far is kept no
        longer.
        """
        found = (self._kept.find(job, reading) for job in jobs)
        known = [read and packed(read, store) for read in found]
        unknown = [job for job, read in zip(jobs, known, strict=True) if read is None]
        read = self._pool.read(unknown, reading, at_once=workers_for(len(unknown)))
        fresh = (
            packed(self._kept.keep(job, reading, one), store)
            for job, one in zip(unknown, read, strict=True)
        )
        reads = [next(fresh) if one is None else one for one in known]
        self._kept.end()
        self._pool.rest()
        return reads


def workers_for(count: int) -> int:
    """Return how many workers so many files deserve: starting one costs as much as a few files."""
    return max(1, min(cores(), count // FILES_PER_WORKER))
