"""One page: made, in a process of its own, or taken over from the earlier set where it stands."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from reviewlib.errors import ReportError
from reviewlib.publish import engine, page
from reviewlib.publish.earlier import take_over
from reviewlib.publish.faults import plain_name
from reviewlib.publish.notebooks import is_told_by_show
from reviewlib.publish.orders import STANDARD, Limits, Made, Order
from reviewlib.review import grounds, load_review


def make(
    order: Order, folder: Path, engine_name: str, on_cell: Callable[[int], None] = lambda _: None,
    *, limits: Limits = STANDARD,
) -> Made:  # fmt: skip
    """Run one notebook and write its page; never raises.

    Parameters
    ----------
    order : Order
    folder : Path
        The notebook gets an empty working folder below it.
    engine_name : {"fork", "kernel"}
        In this process, or by a kernel that it starts.
    on_cell : callable
        Told the number of each cell this process is about to run.
    limits : Limits
        Of a kernel.
    """
    timed = _stopwatch()
    try:
        made = _made(order, folder, engine_name, on_cell, limits)
    except ReportError as error:
        made = Made(order.report, error.zh, error.en, traceback.format_exc(), code=error.code)
    except Exception as error:
        name = plain_name(type(error).__name__)
        made = Made(
            order.report, f"未能制作（{name}）", f"it could not be made ({name})",
            traceback.format_exc(), code="run.notebook-error",
        )  # fmt: skip
    return timed(made)


def _stopwatch() -> Callable[[Made], Made]:
    """Return what notes in a result how long it took from now.

    Time of the processor is that of this process and of those it has waited for.
    """
    began, at_work = time.perf_counter(), sum(os.times()[:4])
    return lambda made: replace(
        made, seconds=time.perf_counter() - began, work_seconds=sum(os.times()[:4]) - at_work
    )


def taken_over(order: Order) -> Made | None:
    """Take over the earlier page; None where there is none, or not all is as it was."""
    if order.earlier is None:
        return None
    timed = _stopwatch()
    with contextlib.suppress(Exception):  # whatever is wrong, making the page will tell
        if take_over(order.earlier, order.page, load_review(str(order.snapshot))):
            known = order.earlier
            return timed(Made(order.report, grounds=known.grounds, is_kept=True,
                              sha256=known.sha256))  # fmt: skip
    return None


def _made(
    order: Order, folder: Path, engine_name: str, on_cell: Callable[[int], None], limits: Limits
) -> Made:
    if engine_name == "fork":  # only what is asked in this process can be noted
        with contextlib.suppress(Exception):  # a snapshot that cannot be read: the notebook tells
            grounds.watch(load_review(str(order.snapshot)))
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as empty, _umask():
        parameters = order.report.parameters(str(order.snapshot))
        executed = engine.execute(
            order.notebook, parameters, Path(empty), limits, engine_name=engine_name,
            on_cell=on_cell,
        )  # fmt: skip
    html = page.page_of(executed, order.report.kind, order.report.lang, order.set_title)
    data = html.encode("utf-8")
    order.page.unlink(missing_ok=True)
    with order.page.open("xb") as file:  # never through a link
        file.write(data)
    rests_on = grounds.grounds() if is_told_by_show(order.notebook) else None
    return Made(order.report, log=engine.noise_of(executed), grounds=rests_on,
                sha256=sha256(data).hexdigest())  # fmt: skip


@contextlib.contextmanager
def _umask() -> Iterator[None]:
    """Let a notebook change with which rights files are made, and take that back."""
    mask = os.umask(0)
    os.umask(mask)
    try:
        yield
    finally:
        os.umask(mask)
