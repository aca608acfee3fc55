"""The workers: each report is made in a process, apart from the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from reviewlib.errors import ReportError
from reviewlib.publish.plan import Report
from reviewlib.publish.processes import end_processes, interrupts_later


@dataclass(frozen=True)
class Order:
    """What a worker needs to make one page; plain values, so that it can travel."""

    report: Report
    notebook: Path
    snapshot: Path
    page: Path
    set_title: str


@dataclass(frozen=True)
class Made:
    """What became of one report: made, or withheld with the reason in both languages."""

    report: Report
    reason_zh: str = ""
    reason_en: str = ""
    log: str = ""

    @property
    def is_made(self) -> bool:
        return not self.reason_zh

    def reason(self, lang: str) -> str:
        return self.reason_en if lang == "en" else self.reason_zh


def make_all(
    orders: Iterable[Order], folder: Path, log: Path, jobs: int, done: Callable[[Made], None]
) -> list[Made]:
    """Make every page and return what became of each, in the order given.

    A worker that dies takes only its own report with it: the pages it interrupted are made again,
    each in a process of its own.

    Parameters
    ----------
    orders : iterable of Order
    folder : Path
        Below it every notebook gets an empty working folder.
    log : Path
        File to which workers and kernels print.
    jobs : int
        How many at once.
    done : callable
        Told of each report as it is finished.
    """
    orders = list(orders)
    made: dict[Report, Made] = {}

    def keep(result: Made) -> None:
        made[result.report] = result
        done(result)

    _in_pool(orders, folder, log, jobs, keep)
    for order in orders:
        if order.report not in made:
            _in_pool([order], folder, log, 1, keep)
        if order.report not in made:
            keep(Made(order.report, "运行进程意外终止", "its process died"))
    return [made[order.report] for order in orders]


def _in_pool(
    orders: list[Order], folder: Path, log: Path, jobs: int, keep: Callable[[Made], None]
) -> None:
    """Make pages in worker processes; come back early when a worker dies."""
    others = multiprocessing.active_children()
    with ProcessPoolExecutor(
        max_workers=max(1, min(jobs, len(orders))),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_settle_in,
        initargs=(log,),
    ) as pool:
        try:
            with interrupts_later():
                futures = [pool.submit(make, order, folder) for order in orders]
            for future in as_completed(futures):
                keep(future.result())
        except BrokenProcessPool:
            return
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            workers = [one for one in multiprocessing.active_children() if one not in others]
            end_processes([worker.pid for worker in workers])
            raise


def _settle_in(log: Path) -> None:
    """Send what a worker and its kernels print to the log; leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)


def make(order: Order, folder: Path) -> Made:
    """Run one notebook and write its page; never raises."""
    from reviewlib.publish import engine, page  # here, so that only workers import the machinery

    try:
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as empty:
            parameters = order.report.parameters(str(order.snapshot))
            executed = engine.execute(order.notebook, parameters, Path(empty))
            html = page.page_of(executed, order.report.kind, order.report.lang, order.set_title)
            order.page.write_text(html, encoding="utf-8", newline="\n")
            return Made(order.report, log=engine.noise_of(executed))
    except ReportError as error:
        return Made(order.report, error.zh, error.en, traceback.format_exc())
    except Exception as error:
        name = type(error).__name__
        return Made(order.report, f"未能制作（{name}）", f"it could not be made ({name})",
                    traceback.format_exc())  # fmt: skip
