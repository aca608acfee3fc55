"""Work done in a thread while report processes are at theirs."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


@contextlib.contextmanager
def beside(steps: Generator[None, None, Result]) -> Iterator[Future[Result]]:
    """Go through the steps of a generator while the body runs; yield where its result will be.

    Where the body fails, or is interrupted, the step under way is the last.
    """
    is_over = threading.Event()

    def work() -> Result | None:
        while not is_over.is_set():
            try:
                next(steps)
            except StopIteration as end:
                return end.value
        return None

    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread.submit(work)
        except BaseException:
            is_over.set()
            raise
