"""Starting and ending processes: not half, and with all that they started in turn."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterable, Iterator

import psutil


def end_processes(pids: Iterable[int]) -> None:
    """Kill processes and everything below them; one that has gone already is no fault."""
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            for each in [*process.children(recursive=True), process]:
                with contextlib.suppress(psutil.Error):
                    each.kill()


@contextlib.contextmanager
def interrupts_later() -> Iterator[None]:
    """Hold interrupts back while processes are started: one left half started complains aloud."""
    if threading.current_thread() is not threading.main_thread():
        yield  # interrupts are the main thread's business
        return
    held: list[tuple] = []
    interrupts = (signal.SIGINT, signal.SIGTERM)
    handlers = [signal.signal(one, lambda *heard: held.append(heard)) for one in interrupts]
    try:
        yield
    finally:
        for one, handler in zip(interrupts, handlers, strict=True):
            signal.signal(one, handler)
        for number, _ in held[:1]:
            signal.raise_signal(number)
