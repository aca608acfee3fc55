"""Work on files of others in a process of its own, within limits, replaced when it fails.

A process serves many pieces of work. One that takes too long is killed, one that dies is noticed;
either way only that piece is lost, and the next gets a fresh process. It runs nothing but this
package: no current directory, no user site, on its path.
"""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reviewlib.processes import ALONE, limit_memory, loading, receive, send

HERE = Path(__file__).parents[1]
SECONDS, MEMORY = 10, 512 * 2**20
"""What one file may take: time at work, and bytes beyond what the process has when it begins."""
COUNTS_WORK = hasattr(signal, "setitimer")
PATIENCE = 3 if COUNTS_WORK else 1
"""How many times the limit the clock may show: the backstop for one that waits for ever."""
SLICES = 30
"""In how many pieces the clock is looked at."""
START_SECONDS = 120
"""Python and its libraries may take long to load on a busy machine; no file is open then."""


class Lost(Exception):
    """The process came to its end before its work did."""


class TookTooLong(Lost):
    """It worked for longer than it may."""


class TookTooMuch(Lost):
    """It wanted more memory than it may have."""


# in the process ──────────────────────────────────────────────────────────────────────────────────


def serve(parent: int, folder: str) -> None:
    """Work until the other side is gone: what to do and limits first, then piece after piece.

    Parameters
    ----------
    parent : int
        The process on the other side.
    folder : str
        Temporary folder of this process, cleared away if the other one cannot do it any more.
    """
    _end_with(parent, folder)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the messages
    with loading():
        function, seconds, memory_bytes = receive(orders)
    gc.freeze()  # what is loaded stays, and need not be looked through again with every file
    limit_memory(memory_bytes)
    send(answers, "ready")
    shared: tuple = ()
    while True:
        try:
            own, news = receive(orders)
        except EOFError:
            _clear(folder)
            os._exit(0)  # nothing is left to do; to take it all apart would take a while
        shared = shared if news is None else news
        _set_alarm(seconds)
        try:
            answer = (True, function(*own, *shared))
        except MemoryError:
            answer = (False, None)
        _set_alarm(0)
        send(answers, answer)
        if not answer[0]:
            return  # nothing here can be relied on any more


def _set_alarm(seconds: float) -> None:
    """End this process when it has worked so long, where the system can; 0 takes the alarm back.

    Time at work, not time on the clock: a busy machine must not refuse an honest file.
    """
    if COUNTS_WORK:
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _clear(folder: str) -> None:
    """Remove what libraries have left: sheets that somebody wrote, in files between."""
    shutil.rmtree(folder, ignore_errors=True)


def _end_with(parent: int, folder: str) -> None:
    """End this process soon after the one that started it, also in the middle of its work."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        _clear(folder)
        os._exit(1)

    if os.name == "posix":  # elsewhere an orphan keeps the number of its parent
        threading.Thread(target=watch, daemon=True).start()


# on the other side ───────────────────────────────────────────────────────────────────────────────


class LimitedProcess:
    """One process, started when first needed and again after each failure.

    Parameters
    ----------
    function : callable
        What it does; a public name of a module of ours. What it raises ends the process.
    seconds : float
        Time at work for one piece.
    memory_bytes : int
        Beyond what the process has when it begins, where the system can limit it.
    """

    def __init__(self, function: Callable, seconds: float, memory_bytes: int):
        self._function, self._seconds, self._memory = function, seconds, memory_bytes
        self._process: subprocess.Popen | None = None
        self._folder = ""
        self._shared: tuple = ()
        self._is_over = False

    def work(self, *own: object, shared: tuple = ()) -> object:
        """Return what the function gives for some arguments.

        Parameters
        ----------
        *own : object
        shared : tuple
            Further arguments, sent again only where they are others than the last time.

        Raises
        ------
        Lost
            It takes too long or too much, or the process dies, or cannot be started.
        """
        process = self._process or self._start() or self._start()
        if process is None:
            raise Lost
        is_new = len(shared) != len(self._shared) or any(
            one is not other for one, other in zip(shared, self._shared, strict=True)
        )
        with _Backstop(process, self._seconds * PATIENCE) as backstop:
            try:
                send(process.stdin, (own, shared if is_new else None))
                is_done, answer = receive(process.stdout)
            except (EOFError, OSError, ValueError, pickle.UnpicklingError) as error:
                self.close()
                is_late = backstop.is_late or _rang(process)
                raise (TookTooLong if is_late else Lost) from error
            except BaseException:  # what it says next would be taken for another answer
                self.close()
                raise
        self._shared = shared
        if not is_done:
            self.close()
            raise TookTooMuch
        if backstop.is_late:  # it is dead by now; what it said was in time
            self.close()
        return answer

    def _start(self) -> subprocess.Popen | None:
        """Return a process that is ready; None where it did not come up."""
        if self._is_over:
            return None
        self._shared = ()
        try:
            self._folder = tempfile.mkdtemp()
            self._process = process = subprocess.Popen(
                [sys.executable, *ALONE, "-c", _start_of(os.getpid(), self._folder)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env=_environment(self._folder), start_new_session=True,
            )  # fmt: skip
        except OSError:  # no room for another process, or for its folder
            self.close()
            return None
        with _Backstop(process, START_SECONDS):
            try:
                send(process.stdin, (self._function, self._seconds, self._memory))
                receive(process.stdout)
            except (EOFError, OSError):
                self.close()
                return None
        return process

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._process and self._process.pid

    def end(self) -> None:
        """End the process for good: none is started any more."""
        self._is_over = True
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing; the next piece of work gets another."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
        folder, self._folder = self._folder, ""
        if folder:
            _clear(folder)


class _Backstop:
    """Kills a process that has not answered for so many seconds (`is_late`).

    They are counted in slices, so that those in which this process was stopped itself (Ctrl-Z, a
    machine asleep) are not held against the other, which may have waited to be heard.
    """

    def __init__(self, process: subprocess.Popen, seconds: float):
        self.is_late = False
        self._process, self._slice = process, seconds / SLICES
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._count, daemon=True)

    def __enter__(self) -> _Backstop:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()  # it may be at it

    def _count(self) -> None:
        if not any(self._is_over.wait(self._slice) for _ in range(SLICES)):
            self.is_late = True
            self._process.kill()


def _end(process: subprocess.Popen) -> None:
    with suppress(OSError):
        process.stdin.close()  # an idle one ends by itself
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=0.2)
    process.kill()
    process.wait()
    process.stdout.close()


def _start_of(parent: int, folder: str) -> str:
    """Return what a process begins with.

    openpyxl loads numpy where it can, to write arrays: a fifth of the start and 11 MB for nothing.
    """
    return (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); sys.modules['numpy'] = None; "
        f"from reviewlib.limited import serve; serve({parent}, {folder!r})"
    )


def _rang(process: subprocess.Popen) -> bool:
    """Say whether a process was ended by its own alarm: it had worked too long."""
    return COUNTS_WORK and process.returncode == -signal.SIGPROF


def _environment(folder: str) -> dict[str, str]:
    """Return what the process needs of the environment: no more, and one thread of arithmetic."""
    kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "LC_CTYPE", "LOCPATH")
    own = {name: os.environ[name] for name in kept if name in os.environ}
    own |= dict.fromkeys(("TEMP", "TMP", "TMPDIR"), folder)
    alike_everywhere = {"OPENPYXL_LXML": "False"}  # whatever else is installed
    return own | alike_everywhere | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
