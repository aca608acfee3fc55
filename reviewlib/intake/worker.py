"""Read untrusted workbooks in processes of their own, within limits, replaced when one fails.

A worker serves many files. One that takes too long is killed, one that dies is noticed; either way
that file is refused with its code and the next file gets a fresh worker. The worker runs nothing
but this package: no current directory, no user site, on its path.
"""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue

from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.limits import MB, STANDARD, Limits
from reviewlib.intake.take_in import refused, take_in
from reviewlib.intake.values import Reading
from reviewlib.processes import ALONE, limit_memory, receive, send

HERE = Path(__file__).parents[2]
START = (
    f"import sys; sys.path.insert(0, {str(HERE)!r}); sys.modules['numpy'] = None; "
    "from reviewlib.intake.worker import serve; serve({parent})"
)
"""How a worker begins. openpyxl loads numpy where it can, to write arrays: a fifth of the start and
11 MB for nothing."""
COUNTS_WORK = hasattr(signal, "setitimer")
PATIENCE = 3 if COUNTS_WORK else 1
"""How many times the limit the clock may show: the backstop for a worker that waits for ever."""
OUT_OF_MEMORY = "out of memory"
"""What a worker answers before it ends itself."""
AHEAD = 8
"""Files per worker that may be begun before the first of them is asked for: a slow one must not let
the results of a thousand others pile up."""
START_SECONDS = 120
"""Python and its libraries may take long to load on a busy machine; no file is being read then."""


# in the worker ───────────────────────────────────────────────────────────────────────────────────


def serve(parent: int) -> None:
    """Serve files until the other side is gone: names and limits first, then one job at a time."""
    _end_with(parent)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the messages
    reading, limits = receive(orders)
    limit_memory(limits.memory_bytes)
    send(answers, "ready")
    while True:
        try:
            job = receive(orders)
        except EOFError:
            os._exit(0)  # nothing is left to do; to take it all apart would take a while
        _set_alarm(limits.seconds)
        try:
            answer = take_in(job, reading, limits)
        except MemoryError:
            answer = OUT_OF_MEMORY
        _set_alarm(0)
        send(answers, answer)
        if answer == OUT_OF_MEMORY:
            return  # nothing here can be relied on any more


def _set_alarm(seconds: float) -> None:
    """End this process when it has worked so long, where the system can; 0 takes the alarm back.

    Time at work, not time on the clock: a busy machine must not refuse an honest file.
    """
    if COUNTS_WORK:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _end_with(parent: int) -> None:
    """End this process soon after the one that started it, also in the middle of a file."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    if os.name == "posix":  # elsewhere an orphan keeps the number of its parent
        threading.Thread(target=watch, daemon=True).start()


# in the parent ───────────────────────────────────────────────────────────────────────────────────


class Worker:
    """One reader process, started when first needed and again after each failure."""

    def __init__(self, reading: Reading, limits: Limits = STANDARD):
        self._reading, self._limits = reading, limits
        self._process: subprocess.Popen | None = None

    def read(self, job: Job) -> FileRead:
        """Read one file; a worker that fails costs this file only."""
        process = self._process or self._start() or self._start()
        if process is None:
            return self._refused(job, None, is_late=False)
        late = threading.Event()
        timer = threading.Timer(self._limits.seconds * PATIENCE, _kill, (process, late))
        timer.start()
        try:
            send(process.stdin, job)
            answer = receive(process.stdout)
        except (EOFError, OSError):
            answer = None
        finally:
            timer.cancel()
        if late.is_set() or not isinstance(answer, FileRead):
            self.close()
        if isinstance(answer, FileRead):
            return answer
        return self._refused(job, answer, is_late=late.is_set() or _rang(process))

    def _refused(self, job: Job, answer: str | None, *, is_late: bool) -> FileRead:
        """Return what is known of a file that ended its worker."""
        try:
            with job.path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            sha256 = ""
        why = partial(refused, job, sha256, reading=self._reading)
        if is_late:
            return why("file.read-timeout", limit=f"{self._limits.seconds:g}")
        if answer == OUT_OF_MEMORY:
            limit = f"{self._limits.memory_bytes / MB:g} MB"
            return why("file.reader-died", detail=f"（内存超过 {limit}）",
                       detail_en=f"(more than {limit} of memory)")  # fmt: skip
        return why("file.reader-died")

    def _start(self) -> subprocess.Popen | None:
        """Return a process that is ready; None where it did not come up."""
        self._process = process = subprocess.Popen(
            [sys.executable, *ALONE, "-c", START.format(parent=os.getpid())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), start_new_session=True,
        )  # fmt: skip
        timer = threading.Timer(START_SECONDS, process.kill)
        timer.start()
        try:
            send(process.stdin, (self._reading, self._limits))
            receive(process.stdout)
        except (EOFError, OSError):
            self.close()
            return None
        finally:
            timer.cancel()
        return process

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.stdin.close()  # an idle worker ends by itself
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
        process.kill()
        process.wait()
        process.stdout.close()


def _rang(process: subprocess.Popen) -> bool:
    """Say whether a process was ended by its own alarm: it had worked too long."""
    return COUNTS_WORK and process.returncode == -signal.SIGPROF


def _kill(process: subprocess.Popen, late: threading.Event) -> None:
    late.set()
    process.kill()


def _environment() -> dict[str, str]:
    """Return what a worker needs of the environment: no more, and one thread of arithmetic."""
    kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LC_CTYPE", "LOCPATH")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    own |= dict.fromkeys(("TEMP", "TMP", "TMPDIR"), tempfile.gettempdir())
    alike_everywhere = {"OPENPYXL_LXML": "False"}  # whatever else is installed
    return own | alike_everywhere | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class WorkerPool:
    """Some workers at once; files come back in the order they were asked for.

    Parameters
    ----------
    reading : Reading
        What every file is read with.
    limits : Limits
    size : int
        Workers.
    """

    def __init__(self, reading: Reading, limits: Limits = STANDARD, size: int = 1):
        self._size = size
        self._workers = [Worker(reading, limits) for _ in range(self._size)]
        self._free: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.close()

    def read(self, jobs: Iterable[Job]) -> Iterator[FileRead]:
        """Read files; the results come in the order of the jobs."""
        threads = ThreadPoolExecutor(self._size)
        begun: deque[Future[FileRead]] = deque()
        try:
            for job in jobs:
                begun.append(threads.submit(self._read, job))
                if len(begun) > AHEAD * self._size:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)

    def _read(self, job: Job) -> FileRead:
        worker = self._free.get()
        try:
            return worker.read(job)
        finally:
            self._free.put(worker)
