"""What a report process is asked for, what it makes of it, and the making itself."""

from __future__ import annotations

import os
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewlib.errors import ReportError
from reviewlib.publish.plan import Report


@dataclass(frozen=True)
class Order:
    """What is needed to make one page; plain values, so that it can travel."""

    report: Report
    notebook: Path
    snapshot: Path
    page: Path
    set_title: str


@dataclass(frozen=True)
class Made:
    """What became of one report: made, or withheld with the reason in both languages.

    `seconds` is time on the clock, `work_seconds` time of the processor. `code` is what
    `schema.codes` calls the reason.
    """

    report: Report
    reason_zh: str = ""
    reason_en: str = ""
    log: str = ""
    seconds: float = 0.0
    work_seconds: float = 0.0
    code: str = ""

    @property
    def is_made(self) -> bool:
        return not self.reason_zh

    def reason(self, lang: str) -> str:
        return self.reason_en if lang == "en" else self.reason_zh


def died(report: Report) -> Made:
    """Return what is said of a report whose process ended by itself."""
    return _withheld(report, "run.kernel-died")


def late(report: Report) -> Made:
    """Return what is said of a report that was ended because it took too long."""
    return _withheld(report, "run.cell-timeout")


def _withheld(report: Report, code: str) -> Made:
    from reviewlib.publish.faults import fault  # here: an unchanged review needs no schema

    error = fault(code)
    return Made(report, error.zh, error.en, code=code)


def make(
    order: Order, folder: Path, engine_name: str, on_cell: Callable[[int], None] = lambda _: None
) -> Made:
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
    """
    from reviewlib.publish import engine, page  # here, so that only workers import the machinery

    began, at_work = time.perf_counter(), _work()
    log = reason_zh = reason_en = code = ""
    try:
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as empty:
            parameters = order.report.parameters(str(order.snapshot))
            executed = engine.execute(
                order.notebook, parameters, Path(empty), engine_name=engine_name, on_cell=on_cell
            )
            log = engine.noise_of(executed)
            html = page.page_of(executed, order.report.kind, order.report.lang, order.set_title)
            order.page.write_text(html, encoding="utf-8", newline="\n")
    except ReportError as error:
        reason_zh, reason_en, code = error.zh, error.en, error.code
        log = traceback.format_exc()
    except Exception as error:
        name = type(error).__name__
        reason_zh, reason_en = f"未能制作（{name}）", f"it could not be made ({name})"
        log, code = traceback.format_exc(), "run.notebook-error"
    spent = time.perf_counter() - began, _work() - at_work
    return Made(order.report, reason_zh, reason_en, log, *spent, code)


def _work() -> float:
    """Return the processor time of this process and of those it has waited for."""
    return sum(os.times()[:4])
