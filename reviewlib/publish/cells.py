"""Run the cells of a notebook in this process, as a kernel would: outputs, faults and counts.

There is no server and no socket: IPython's own shell runs the code, and what it would show is kept.
One process runs one notebook; a second one would find what the first left behind.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from base64 import b64encode
from collections.abc import Iterator
from functools import cache

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode, from_dict
from traitlets.config import Config

SKIPPED = "skip-execution"
"""Tag of cells that are not to be run; the same as nbclient's."""
INLINE = "module://matplotlib_inline.backend_inline"
"""What draws the charts of pyplot below their cell, as in a kernel."""


class _Hook(DisplayHook):
    """Keeps the value of a cell's last line instead of printing it."""

    def write_output_prompt(self) -> None:
        """Print no prompt."""

    def write_format_data(self, format_dict, md_dict=None) -> None:
        self.shell.show(_output("execute_result", format_dict, md_dict, self.prompt_count))

    def finish_displayhook(self) -> None:
        """Print no blank line."""
        self._is_active = False


class _Publisher(DisplayPublisher):
    """Keeps what a cell displays instead of printing it."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **_) -> None:
        output = _output("display_data", data, metadata)
        known = self.shell.displays.setdefault((transient or {}).get("display_id"), [])
        if update:
            for earlier in known:
                earlier.update(data=output.data, metadata=output.metadata)
            return
        known.append(output)
        self.shell.show(output)

    def clear_output(self, wait=False) -> None:
        self.shell.is_cleared_next = wait
        if not wait:
            self.shell.shown.clear()


class _Shell(InteractiveShell):
    """A shell without history, colours or terminal."""

    displayhook_class = _Hook
    display_pub_class = _Publisher

    def __init__(self, **options):
        self.shown: list[NotebookNode] = []
        self.displays: dict[str | None, list[NotebookNode]] = {}
        self.is_cleared_next = False
        super().__init__(**options)

    def show(self, output: NotebookNode) -> None:
        """Keep what the cell shows, in place of what it asked to be cleared by then."""
        if self.is_cleared_next:
            self.shown.clear()
            self.is_cleared_next = False
        self.shown.append(output)

    def enable_gui(self, gui=None) -> None:
        """There is no window to be kept alive; `%matplotlib` asks for it."""

    def _showtraceback(self, etype, evalue, stb) -> None:
        fault = {"ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        self.show(from_dict({"output_type": "error"} | fault))

    def ask_exit(self) -> None:
        """Stop after the cell that asked for it."""
        raise SystemExit


@cache
def shell() -> _Shell:
    """Return the one shell of this process."""
    os.environ.setdefault("MPLBACKEND", INLINE)
    quiet = {"enabled": False}
    return _Shell.instance(config=Config({"HistoryManager": quiet}), colors="nocolor")


def warm_up() -> None:
    """Have the shell load what it first needs when a cell runs, for a process to be forked."""
    shell().run_cell("pass", store_history=False)
    shell().display_formatter.format(None)


def run_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Run the code cells in order; yield each (number, cell) before it runs and once more after.

    Outputs and counts are written into the cells. Nothing runs after a cell that failed or asked to
    stop.
    """
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip() or _is_skipped(cell):
            continue
        yield number, cell
        goes_on = _run(cell)
        yield number, cell
        if not goes_on:
            return


def _is_skipped(cell: NotebookNode) -> bool:
    return SKIPPED in cell.metadata.get("tags", ())


def _run(cell: NotebookNode) -> bool:
    """Run one cell and write into it what came of it; tell whether to go on."""
    here, printed, warned = shell(), io.StringIO(), io.StringIO()
    here.shown.clear()
    here.is_cleared_next = False
    cell.execution_count = here.execution_count
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(warned):
        result = here.run_cell(cell.source, store_history=True)
    streams = (("stdout", printed.getvalue()), ("stderr", warned.getvalue()))
    said = [
        from_dict({"output_type": "stream", "name": name, "text": text})
        for name, text in streams if text
    ]  # fmt: skip
    fault = result.error_before_exec or result.error_in_exec
    if isinstance(fault, SystemExit):
        cell.execution_count = None  # it did not come to its end
        here.shown[:] = [one for one in here.shown if one.output_type != "error"]
    cell.outputs = [*said, *here.shown]
    return fault is None


def _output(kind: str, data: dict, metadata: dict | None, count: int | None = None) -> NotebookNode:
    """Return an output as a notebook file holds it: pictures as text."""
    clean = {
        mime: b64encode(value).decode("ascii") if isinstance(value, bytes) else value
        for mime, value in data.items()
    }
    counted = {"execution_count": count} if kind == "execute_result" else {}
    return from_dict({"output_type": kind, "data": clean, "metadata": metadata or {}} | counted)


def forget_randomness() -> None:
    """Give this process random numbers of its own; those of its parent are not to be repeated."""
    import random

    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
