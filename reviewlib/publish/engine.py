"""One notebook through papermill, by a kernel or in this process; judged by what we see.

What papermill says is not enough: after a dead kernel, a time-out or `sys.exit(0)` a saved notebook
still looks complete, and an unknown parameter is only warned about. So the parameters are checked
first, every code cell must have been executed, and the last must have shown our end marker.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import papermill
import psutil
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from reviewlib.errors import ReportError
from reviewlib.publish.faults import fault, plain_name
from reviewlib.publish.orders import STANDARD, Limits
from reviewlib.publish.processes import end_processes
from reviewlib.publish.ready import KERNEL, ready_to_run
from reviewlib.publish.report_engine import NAME, ReportEngine

END_MARKER = 'data-reviewlib="end"'
"""What the last cell of every published notebook shows (`show.page_foot`)."""

LOGGED = 100_000
"""Characters of what one notebook prints that go to the log."""

QUIET = ["--log-level=50"]  # else a kernel that is told to end may log that it was interrupted


def execute(
    notebook: Path, parameters: dict, folder: Path, limits: Limits = STANDARD, *,
    engine_name: str = "kernel", on_cell: Callable[[int], None] = lambda number: None,
) -> NotebookNode:  # fmt: skip
    """Run a copy of one notebook in an empty folder and return it executed.

    Parameters
    ----------
    notebook : Path
    parameters : dict
        Plain values by parameter name; every name must be one the notebook declares.
    folder : Path
        Empty working folder of the notebook.
    limits : Limits
        Of a kernel; whoever made this process for one notebook watches over it himself.
    engine_name : {"kernel", "fork"}
        With a kernel of its own, or in this process, which must then be one made for it.
    on_cell : callable
        Told the number of each cell this process is about to run.

    Raises
    ------
    ReportError
        The notebook cannot be parameterised, failed, ran out of time, or did not come to its end.
    """
    copy = folder / "report.ipynb"
    ready = ready_to_run(notebook)
    ready.check(parameters)
    copy.write_text(ready.text, encoding="utf-8", newline="\n")
    with _watch(limits.whole) as watch:
        try:
            executed = papermill.execute_notebook(
                _as_template(copy), None, parameters=parameters, kernel_name=KERNEL["name"],
                cwd=folder, progress_bar=False, **_options(engine_name, limits, on_cell),
            )  # fmt: skip
        except Exception as error:
            raise _plain_fault(error, notebook.name, watch.is_over) from error
    _check_came_to_end(executed, notebook.name)
    return executed


def _as_template(path: Path) -> str:
    """Return a path as papermill takes it: what stands in braces would be filled in."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _options(engine_name: str, limits: Limits, on_cell: Callable[[int], None]) -> dict:
    if engine_name == "fork":
        papermill_engines.register(NAME, ReportEngine)  # also where we are not installed
        return {"engine_name": NAME, "here": True, "on_cell": on_cell}
    return {"start_timeout": limits.start, "execution_timeout": limits.cell,
            "config": _kernel_config(), "extra_arguments": QUIET}  # fmt: skip


def _kernel_config() -> Config:
    """Talk to the kernel through files, or encrypted where there are none (Windows).

    Plain TCP makes ipykernel print a warning, and two kernels may catch the same port.
    """
    manager = {"transport": "ipc"} if os.name == "posix" else {"transport_encryption": "auto"}
    return Config({"KernelManager": manager})


class _Watch:
    """Ends what a notebook started when its whole time is over."""

    def __init__(self, seconds: float):
        self.is_over = False
        self.timer = threading.Timer(seconds, self._end)
        self.timer.daemon = True

    def _end(self) -> None:
        self.is_over = True
        end_processes(child.pid for child in psutil.Process().children())


@contextlib.contextmanager
def _watch(seconds: float) -> Iterator[_Watch]:
    watch = _Watch(seconds)
    watch.timer.start()
    try:
        yield watch
    finally:
        watch.timer.cancel()


def _plain_fault(error: Exception, name: str, is_over: bool) -> ReportError:
    """Say in plain words why a notebook stopped; details stay in the log."""
    if is_over or isinstance(error, CellTimeoutError):
        return fault("run.cell-timeout", name)
    if isinstance(error, DeadKernelError):
        return fault("run.kernel-died", name)
    if isinstance(error, PapermillExecutionError):
        return fault(
            "run.notebook-error", name,
            f"运行到第 {error.exec_count} 个代码单元格时出错（{plain_name(error.ename)}）",
            f"code cell {error.exec_count} failed ({plain_name(error.ename)})",
        )  # fmt: skip
    kind = plain_name(type(error).__name__)
    return fault("run.notebook-error", name, f"未能运行（{kind}）", f"it could not be run ({kind})")


def _check_came_to_end(notebook: NotebookNode, name: str) -> None:
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    executed = sum(cell.execution_count is not None for cell in code)
    shown = "".join(html_of(output) for output in code[-1].outputs) if code else ""
    if executed < len(code) or END_MARKER not in shown:
        raise fault(
            "run.incomplete-run", name,
            f"{len(code)} 个代码单元格中运行了 {executed} 个，"
            f"{'有' if END_MARKER in shown else '没有'}结束标记",
            f"{executed} of {len(code)} code cells were executed, "
            f"{'with' if END_MARKER in shown else 'without'} the end marker",
        )  # fmt: skip


def html_of(output: NotebookNode) -> str:
    """Return the HTML an output shows; nothing for prints, warnings and bare representations."""
    shown = output.get("data", {}).get("text/html", "")
    return "".join(shown)


def noise_of(notebook: NotebookNode) -> str:
    """Return what a notebook printed, if not too much: kept off the page, it goes to the log."""
    printed = (
        output.text for cell in notebook.cells if cell.cell_type == "code"
        for output in cell.outputs if output.output_type == "stream"
    )  # fmt: skip
    said = "".join(printed)
    return said if len(said) <= LOGGED else f"{said[:LOGGED]}… ({len(said)})"
