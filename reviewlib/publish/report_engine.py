"""`papermill --engine reviewlib`: cells run by IPython's own shell, without a kernel.

papermill loads this module through its entry point, so it is never imported before papermill. A
process that was made for one notebook runs the cells itself (`here`); any other starts a fresh one,
because what a notebook leaves behind must not reach the next, nor the caller.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager

from reviewlib.processes import ALONE, receive, send
from reviewlib.publish.processes import KILL, end_processes, end_with_parent

NAME = "reviewlib"
START = "from reviewlib.publish.report_engine import serve; serve({parent})"


class ReportEngine(Engine):
    """Runs a notebook in a process of its own, without kernel, socket or history."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, here: bool = False,
        on_cell: Callable[[int], None] = lambda number: None,
        execution_timeout: float | None = None, **_,
    ) -> None:  # fmt: skip
        """Run the cells and write what came of them into `nb_man.nb`.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
        kernel_name : str
            Not used: the language is Python.
        here : bool
            Run the cells in this process, which must be one made for this notebook.
        on_cell : callable
            Told the number of each cell before it runs.
        execution_timeout : float, optional
            Seconds a cell may take; `here` it is the caller who watches.
        """
        from reviewlib.publish.cells import run_cells

        steps = run_cells(nb_man.nb) if here else _run_apart(nb_man.nb, execution_timeout)
        under_way = None
        for number, cell in steps:
            if under_way != number:
                under_way = number
                on_cell(number)
                nb_man.cell_start(cell, number)
                continue
            under_way = None
            if any(output.output_type == "error" for output in cell.outputs):
                nb_man.cell_exception(cell, number)
            nb_man.cell_complete(cell, number)


def _run_apart(
    notebook: NotebookNode, cell_seconds: float | None
) -> Iterator[tuple[int, NotebookNode]]:
    """Run the cells in a fresh process, as `run_cells` does; it is gone when this returns."""
    with _process() as process:
        send(process.stdin, (notebook, os.getcwd()))
        while True:
            step = _next(process, cell_seconds)
            if isinstance(step, list):  # at the end: a later cell may have changed an earlier
                for cell, outputs in zip(notebook.cells, step, strict=True):
                    cell.update(outputs)
                return
            number, cell = step
            notebook.cells[number].update(cell)
            yield number, notebook.cells[number]


def _next(
    process: subprocess.Popen, seconds: float | None
) -> tuple[int, NotebookNode] | list[dict]:
    """Return the next step of a process; the outputs of all cells at its end."""
    with _watch(process, seconds) as is_late:
        try:
            return receive(process.stdout)
        except EOFError as error:
            if is_late.is_set():
                raise CellTimeoutError(f"a cell took longer than {seconds:g} s") from error
            raise DeadKernelError("the process died") from error


@contextlib.contextmanager
def _process() -> Iterator[subprocess.Popen]:
    process = subprocess.Popen(
        [sys.executable, *ALONE, "-c", _start()], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        end_processes([process.pid])
        process.communicate()


def _start() -> str:
    here = str(Path(__file__).parents[2])
    return f"import sys; sys.path.insert(0, {here!r}); import papermill; " + START.format(
        parent=os.getpid()
    )


@contextlib.contextmanager
def _watch(process: subprocess.Popen, seconds: float | None) -> Iterator[threading.Event]:
    """Kill a process that takes longer; tell whether it was."""
    late = threading.Event()
    timer = threading.Timer(seconds or 0, lambda: (late.set(), end_processes([process.pid])))
    if seconds:
        timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def serve(parent: int) -> None:
    """In the fresh process: run the one notebook that is sent, and send each step back."""
    from reviewlib.publish.cells import run_cells

    end_with_parent(parent, KILL)
    orders, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed past the cells must not get between the messages
    notebook, folder = receive(orders)
    os.chdir(folder)
    for number, cell in run_cells(notebook):
        send(answers, (number, cell))
    send(answers, [{k: v for k, v in cell.items() if k == "outputs"} for cell in notebook.cells])
