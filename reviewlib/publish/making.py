"""In a report process: one page made, or taken over from the earlier set where it stands."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reviewlib.errors import ReportError
from reviewlib.publish import engine, page
from reviewlib.publish.kept_pages import is_told_by_show, still_stands
from reviewlib.publish.orders import Made, Order
from reviewlib.review import grounds, load_review


def make(
    order: Order, folder: Path, engine_name: str, on_cell: Callable[[int], None] = lambda _: None
) -> Made:
    """Run one notebook and write its page, unless the earlier page still stands; never raises.

    Parameters
    ----------
    order : Order
    folder : Path
        The notebook gets an empty working folder below it.
    engine_name : {"fork", "kernel"}
        In this process, or by a kernel that it starts.
    on_cell : callable
        Told the number of each cell this process is about to run.
    """
    began, at_work = time.perf_counter(), _work()
    try:
        made = _taken_over(order) or _made(order, folder, engine_name, on_cell)
    except ReportError as error:
        made = Made(order.report, error.zh, error.en, traceback.format_exc(), code=error.code)
    except Exception as error:
        name = type(error).__name__
        made = Made(
            order.report, f"未能制作（{name}）", f"it could not be made ({name})",
            traceback.format_exc(), code="run.notebook-error",
        )  # fmt: skip
    return replace(made, seconds=time.perf_counter() - began, work_seconds=_work() - at_work)


def _work() -> float:
    """Return the processor time of this process and of those it has waited for."""
    return sum(os.times()[:4])


def _taken_over(order: Order) -> Made | None:
    """Take over the earlier page; None where there is none, or not all is as it was."""
    if order.earlier is None:
        return None
    try:
        if not still_stands(order.earlier, load_review(str(order.snapshot))):
            return None
        shutil.copyfile(order.earlier.page, order.page)
    except Exception:
        return None  # whatever is wrong with a question, the page itself will tell
    return Made(order.report, grounds=order.earlier.grounds, is_kept=True)


def _made(
    order: Order, folder: Path, engine_name: str, on_cell: Callable[[int], None]
) -> Made:
    if engine_name == "fork":  # only what is asked in this process can be noted
        with contextlib.suppress(Exception):  # a snapshot that cannot be read: the notebook tells
            grounds.watch(load_review(str(order.snapshot)))
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as empty:
        parameters = order.report.parameters(str(order.snapshot))
        executed = engine.execute(
            order.notebook, parameters, Path(empty), engine_name=engine_name, on_cell=on_cell
        )
    html = page.page_of(executed, order.report.kind, order.report.lang, order.set_title)
    order.page.write_text(html, encoding="utf-8", newline="\n")
    rests_on = grounds.grounds() if is_told_by_show(order.notebook) else ()
    return Made(order.report, log=engine.noise_of(executed), grounds=rests_on)
