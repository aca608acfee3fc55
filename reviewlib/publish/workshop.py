"""The workshop hands orders to the workbench, a process of its own, and hears what becomes of them.

The process of whoever called `run` is never forked, and nothing a report does can reach it. What
the workbench starts ends with it, and it ends when the workshop is left, or its process is gone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from reviewlib.processes import ALONE, receive, send
from reviewlib.publish.orders import STANDARD, Known, Limits, Made, Order, died
from reviewlib.publish.plan import Report
from reviewlib.publish.processes import end_processes
from reviewlib.publish.workbench import HAS_FORK, Batch

ENGINES = ("fork", "kernel")
DEFAULT_ENGINE = "fork" if HAS_FORK else "kernel"
SILENCE = 120
"""Seconds beyond the limit of a report for which the workbench may say nothing."""
HERE = str(Path(__file__).parents[2])
START = (
    "import sys; sys.path.insert(0, {here!r}); from reviewlib.publish.workbench import serve; "
    "serve({engine!r}, {parent}, {folder!r})"
)


class Workshop:
    """Makes pages. Entering it starts the workbench, which gets ready while others read the review.

    Parameters
    ----------
    folder : Path
        Temporary folder; every notebook works in an empty folder below it.
    environment : mapping of str to str
        What report processes see of the environment.
    log : Path
        File to which they print.
    jobs : int
        Reports made at once.
    engine : {"fork", "kernel"}
    limits : Limits
    """

    def __init__(
        self, folder: Path, environment: Mapping[str, str], log: Path, *, jobs: int,
        engine: str = DEFAULT_ENGINE, limits: Limits = STANDARD,
    ):  # fmt: skip
        self.folder, self.log, self.engine = folder, log, engine
        self._environment, self._jobs, self._limits = environment, jobs, limits
        self._known: tuple[Known, ...] = ()
        self._bench: subprocess.Popen | None = None
        self._failed_starts = 0

    def __enter__(self) -> Workshop:
        self._open()
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def make(
        self, orders: Iterable[Order], done: Callable[[Made], None], known: Sequence[Known] = ()
    ) -> list[Made]:
        """Make every page; return what became of each, in the order given.

        A report that takes the workbench with it costs only itself: those under way with it are
        made again, each by a workbench of its own.

        Parameters
        ----------
        orders : iterable of Order
        done : callable
            Told of each report as it is finished.
        known : sequence of Known
            Snapshots that report processes need not read and score; only forks can be told.
        """
        orders = list(orders)
        self._known = tuple(known) if self.engine == "fork" else ()
        longest_first = sorted(orders, key=lambda order: bool(order.report.code))
        made: dict[Report, Made] = {}
        pages = {order.report: order.page for order in orders}

        def keep(result: Made) -> None:
            if not result.is_made:
                remove(pages[result.report])  # perhaps half of one
            made[result.report] = result
            done(result)

        def left() -> list[Order]:
            return [order for order in longest_first if order.report not in made]

        try:
            while left():
                under_way = self._batch(left(), self._jobs, keep)
                for order in [order for order in left() if order.report in under_way]:
                    if self._batch([order], 1, keep):
                        keep(died(order.report))
        except BaseException:
            self._close()  # at once, whatever else the run has to end
            raise
        return [made[order.report] for order in orders]

    def _batch(
        self, orders: Sequence[Order], jobs: int, keep: Callable[[Made], None]
    ) -> set[Report]:
        """Have a batch made; return what was under way if the workbench died over it."""
        bench = self._bench or self._open()
        unfinished = {order.report for order in orders}
        under_way: set[Report] = set()
        has_begun = False
        try:
            _ask(bench, Batch(orders, self.folder, jobs, self._limits, self._known))
            while unfinished:
                news = self._heard(bench)
                has_begun = True
                if isinstance(news, Made):
                    unfinished.discard(news.report)
                    under_way.discard(news.report)
                    keep(news)
                else:
                    under_way.add(news)
        except _Gone as error:
            self._close()
            self._failed_starts += not has_begun
            if self._failed_starts > 1:
                from reviewlib.publish.faults import cannot_start  # here: it needs the schema

                raise cannot_start() from error
        return under_way

    def _heard(self, bench: subprocess.Popen) -> Report | Made:
        """Wait for what the workbench says next: a report is begun, or has come to something.

        Raises
        ------
        _Gone
            It has ended, is silent for longer than any report may take, or what it says is no news.
        """
        patience = threading.Timer(self._limits.whole + SILENCE, end_processes, ([bench.pid],))
        patience.daemon = True
        patience.start()
        try:
            news = receive(bench.stdout)
        except Exception as error:  # whatever was in the pipe
            raise _Gone from error
        finally:
            patience.cancel()
        if not isinstance(news, Report | Made):
            raise _Gone
        return news

    def _open(self) -> subprocess.Popen:
        with self.log.open("ab") as log:
            self._bench = subprocess.Popen(
                [sys.executable, *ALONE, "-c", START.format(
                    here=HERE, engine=self.engine, parent=os.getpid(), folder=str(self.folder),
                )],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=self._environment,
                cwd=self.folder, start_new_session=True,
            )  # fmt: skip
        return self._bench

    def _close(self) -> None:
        """End the workbench and everything below it."""
        bench, self._bench = self._bench, None
        if bench is None:
            return
        end_processes([bench.pid])
        with contextlib.suppress(OSError):
            bench.communicate()


class _Gone(Exception):
    """The workbench is no more, or of no more use."""


def _ask(bench: subprocess.Popen, batch: Batch) -> None:
    try:
        send(bench.stdin, batch)
    except OSError as error:
        raise _Gone from error


def remove(page: Path) -> None:
    """Remove what stands where a page should, whatever a report has made of it."""
    if page.is_dir() and not page.is_symlink():
        shutil.rmtree(page)
    else:
        page.unlink(missing_ok=True)
