"""Read untrusted workbooks in processes of their own: one that is lost refuses its file, no more.

The processes are `limited`; here is what is read in them, how many at once, and what is said of a
file that ended one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from queue import LifoQueue

from reviewlib.fingerprints import sha256
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.limits import MB, STANDARD, Limits
from reviewlib.intake.take_in import refused, take_in
from reviewlib.intake.values import Reading
from reviewlib.limited import LimitedProcess, Lost, TookTooLong, TookTooMuch

AHEAD = 8
"""Files per worker that may be begun before the first of them is asked for: a slow one must not let
the results of a thousand others pile up."""


class Worker:
    """One reader process."""

    def __init__(self, limits: Limits = STANDARD):
        self._limits = limits
        self.process = LimitedProcess(take_in, limits.seconds, limits.memory_bytes)

    def read(self, job: Job, reading: Reading) -> FileRead:
        """Read one file; what it does to the process costs this file only."""
        try:
            answer = self.process.work(job, shared=(reading, self._limits))
        except Lost as error:
            return self._refused(job, reading, error)
        if isinstance(answer, FileRead):
            return answer
        self.close()  # whoever speaks there is no reader
        return self._refused(job, reading, Lost())

    def _refused(self, job: Job, reading: Reading, error: Lost) -> FileRead:
        """Return what is known of a file that ended its process."""
        try:
            digest = sha256(job.path)
        except OSError:
            digest = ""
        why = partial(refused, job, digest, reading=reading)
        if isinstance(error, TookTooLong):
            return why("file.read-timeout", limit=f"{self._limits.seconds:g}")
        if isinstance(error, TookTooMuch):
            limit = f"{self._limits.memory_bytes / MB:g} MB"
            return why("file.reader-died", detail=f"（内存超过 {limit}）",
                       detail_en=f"(more than {limit} of memory)")  # fmt: skip
        return why("file.reader-died")

    def close(self) -> None:
        """End the process, whatever it is doing; the next file gets another."""
        self.process.close()


class WorkerPool:
    """Some workers at once; files come back in the order they were asked for.

    Parameters
    ----------
    size : int
        Workers at most; each starts when it is first needed.
    limits : Limits
    """

    def __init__(self, size: int = 1, limits: Limits = STANDARD):
        self._workers = [Worker(limits) for _ in range(size)]
        self._free: LifoQueue[Worker] = LifoQueue()  # one that has started is taken first
        for worker in self._workers:
            self._free.put(worker)

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End all workers for good."""
        for worker in self._workers:
            worker.process.end()

    def rest(self) -> None:
        """End all workers but the first: after many files single ones may come."""
        for worker in self._workers[:-1]:
            worker.close()

    def read(
        self, jobs: Iterable[Job], reading: Reading, at_once: int | None = None
    ) -> Iterator[FileRead]:
        """Read files, all with the same names and codes; they come in the order of the jobs."""
        size = min(at_once or len(self._workers), len(self._workers))
        threads = ThreadPoolExecutor(size)
        begun: deque[Future[FileRead]] = deque()
        try:
            for job in jobs:
                begun.append(threads.submit(self._read, job, reading))
                if len(begun) > AHEAD * size:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def _read(self, job: Job, reading: Reading) -> FileRead:
        worker = self._free.get()
        try:
            return worker.read(job, reading)
        finally:
            self._free.put(worker)
