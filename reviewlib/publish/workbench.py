"""The process that reports are forked from: fresh, of one thread, with all they need at hand.

`workshop` starts it, and it ends when `workshop` does. Each report gets a process of its own, a
copy of this one, so that it finds libraries, fonts, review and scores loaded and leaves nothing
behind. Where there is no fork, report processes start from nothing; where kernels were asked for,
each starts one.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import select
import signal
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from reviewlib.processes import limit_memory, receive, send
from reviewlib.publish.orders import STANDARD, Known, Limits, Made, Order, died, late
from reviewlib.publish.processes import (
    ADOPTS,
    KILL,
    adopt_orphans,
    end_group,
    end_orphans,
    end_processes,
    end_with_parent,
)
from reviewlib.publish.surroundings import remove

HAS_FORK = hasattr(os, "fork") and sys.platform != "darwin"  # frameworks there do not bear a fork
LOOK_AGAIN = 1.0
"""Seconds between two looks at the clock."""
PATIENCE = 2.0
"""Seconds a process may take from closing its pipes to its end."""


@dataclass(frozen=True)
class Batch:
    """Reports to be made, at most `jobs` at once, in working folders below `folder`."""

    orders: Sequence[Order]
    folder: Path
    jobs: int
    limits: Limits = STANDARD
    known: Sequence[Known] = ()


@dataclass
class _Place:
    """One report under way."""

    order: Order
    process: BaseProcess
    news: Connection
    cells: Connection
    began: float
    cell_began: float | None = None

    @property
    def pipes(self) -> tuple[Connection, Connection]:
        return self.news, self.cells

    def is_late(self, limits: Limits) -> bool:
        """Tell whether the cell under way, where it tells of its cells, or the whole is late."""
        now = time.monotonic()
        with contextlib.suppress(EOFError, OSError):
            while self.cells.poll():
                self.cell_began = self.cells.recv()
        cell_began = now if self.cell_began is None else self.cell_began
        return now - self.began > limits.whole or now - cell_began > limits.cell


class _Deserted(BaseException):
    """Nobody waits for the reports any more."""


def serve(engine_name: str, parent: int, folder: str) -> None:
    """Make what is asked for, batch after batch, until the other side is gone.

    Parameters
    ----------
    engine_name : {"fork", "kernel"}
    parent : int
        The process that waits for the reports.
    folder : str
        Temporary folder, cleared away if that process has ended without doing so.
    """
    try:
        with contextlib.suppress(EOFError, BrokenPipeError, _Deserted):
            signal.signal(signal.SIGTERM, _leave)
            end_with_parent(parent, signal.SIGTERM)
            _serve(engine_name)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the pipes tell first, then the signal
        if _has_ended(parent):
            remove(Path(folder))


def _has_ended(parent: int) -> bool:
    """Tell whether the process that started this one is gone; its pipes close a moment before."""
    until = time.monotonic() + PATIENCE
    while os.getppid() == parent and time.monotonic() < until:
        time.sleep(0.01)
    return os.getppid() != parent


def _leave(*_: object) -> None:
    raise _Deserted


def _serve(engine_name: str) -> None:
    adopt_orphans()
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the messages
    from reviewlib.publish import warm

    gc.disable()  # nearly all that is loaded here stays; reports collect what is theirs
    warm.load_machinery()
    if engine_name == "fork":
        from reviewlib.publish import cells

        warm.load_libraries()
        cells.warm_up()
    while True:
        batch = receive(orders)
        warm.look_into({order.notebook for order in batch.orders})
        if engine_name == "fork":
            warm.hold({order.snapshot for order in batch.orders}, batch.known)
        _Bench(batch, engine_name, answers).run()


class _Bench:
    """One batch at work."""

    def __init__(self, batch: Batch, engine_name: str, answers):
        self._batch, self._engine_name, self._answers = batch, engine_name, answers
        self._context = multiprocessing.get_context("fork" if HAS_FORK else "spawn")
        self._places: list[_Place] = []

    def run(self) -> None:
        """Make every report, or take it over; whatever happens, none is left under way."""
        waiting, to_make = deque(self._batch.orders), deque()
        try:
            while waiting or to_make or self._places:
                while to_make and len(self._places) < self._batch.jobs:
                    self._start(to_make.popleft())
                if waiting:
                    order = waiting.popleft()
                    if not self._is_taken_over(order):
                        to_make.append(order)
                self._look(0 if waiting else LOOK_AGAIN)
        finally:
            for place in self._places:
                self._end(place)

    def _is_taken_over(self, order: Order) -> bool:
        """Let the earlier page stand where it does; others are being made meanwhile."""
        from reviewlib.publish.making import taken_over

        if order.earlier is None:
            return False
        send(self._answers, order.report)
        kept = taken_over(order)
        if kept:
            send(self._answers, kept)
        return kept is not None

    def _start(self, order: Order) -> None:
        news, told = self._context.Pipe(duplex=False)
        cells, begun = self._context.Pipe(duplex=False)
        heard = (news, cells, *(pipe for place in self._places for pipe in place.pipes))
        private = (self._answers.fileno(), *(pipe.fileno() for pipe in heard))
        arguments = (order, self._batch, self._engine_name, told, begun, os.getpid(), private)
        process = self._context.Process(target=_work, args=arguments)
        process.start()
        told.close()
        begun.close()
        self._places.append(_Place(order, process, news, cells, time.monotonic()))
        send(self._answers, order.report)

    def _look(self, seconds: float) -> None:
        """Wait so long for news, and act on it."""
        watched = [one for place in self._places for one in (place.news, place.process.sentinel)]
        wait([*watched, *_other_side()], timeout=seconds)
        if _is_deserted():
            raise _Deserted
        for place in list(self._places):
            made = self._news_of(place)
            if made is not None:
                self._end(place)
                self._places.remove(place)
                send(self._answers, made)

    def _news_of(self, place: _Place) -> Made | None:
        """Return what became of a report; None while it is under way."""
        has_ended = not place.process.is_alive()  # asked first: what it said last is there by then
        with contextlib.suppress(EOFError, OSError):
            if place.news.poll():
                return place.news.recv()
        if has_ended:
            return died(place.order.report)
        return late(place.order.report) if place.is_late(self._batch.limits) else None

    def _end(self, place: _Place) -> None:
        """End a report process and all it started, wherever that has got to."""
        if not ADOPTS:
            end_processes([place.process.pid])
        place.process.kill()
        end_group(place.process.pid)
        place.process.join()
        place.process.close()
        place.news.close()
        place.cells.close()
        if ADOPTS:
            end_orphans({other.process.pid for other in self._places if other is not place})


def _work(
    order: Order, batch: Batch, engine_name: str, told: Connection, begun: Connection, parent: int,
    private: Sequence[int],
) -> None:  # fmt: skip
    """In the report process: make one page and say so; what others say is not for it to hear."""
    if HAS_FORK:
        for handle in private:
            os.close(handle)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent, KILL)
    if hasattr(os, "setsid"):
        os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # what is said to the workbench is not for it
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    limit_memory(batch.limits.memory)
    gc.enable()
    from reviewlib.publish.making import make

    if engine_name == "fork":
        from reviewlib.publish.cells import forget_randomness

        forget_randomness()
    told.send(make(order, batch.folder, engine_name, lambda _: begun.send(time.monotonic()),
                   limits=batch.limits))  # fmt: skip


def _other_side() -> list:
    return [sys.stdin.buffer] if os.name == "posix" else []


def _is_deserted() -> bool:
    """Tell whether who asked is gone; between batches nothing is said, so news can only be that."""
    return os.name == "posix" and bool(select.select([sys.stdin.buffer], [], [], 0)[0])
