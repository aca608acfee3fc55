"""A notebook made ready to be run: read, its kernel named, its parameters known.

Forty sheets are made from one notebook: what is found of its text is found once in a process, and a
process forked from it finds it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

from reviewlib.errors import ReportError
from reviewlib.fingerprints import opened

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
"""The kernel every installation has; a notebook saved by hand may name another."""
PLAIN = (str, int, float, bool, list, dict, type(None))
"""Types that reach a notebook unchanged; anything else papermill would turn into code or words."""


@dataclass(frozen=True)
class Ready:
    """What is to be run, as text, and the type that it declares for each parameter."""

    name: str
    text: str
    declared: Mapping[str, str]

    def check(self, parameters: Mapping[str, object]) -> None:
        """See that every value is one the notebook asks for, and reaches it as it is.

        Raises
        ------
        ReportError
            A parameter is not declared, or its value is of another type or not plain.
        """
        unknown = [key for key in parameters if key not in self.declared]
        if unknown:
            raise ReportError(
                f"笔记本没有参数 {'、'.join(unknown)}，只有 {'、'.join(self.declared)}",
                f"the notebook has no parameter {', '.join(unknown)}; "
                f"it has {', '.join(self.declared)}",
                where=self.name,
            )  # fmt: skip
        for key, value in parameters.items():
            _check_value(key, value, self.declared[key], self.name)


def ready_to_run(notebook: Path) -> Ready:
    """Return what is to be run of a notebook.

    Raises
    ------
    ReportError
        It cannot be read, or has not one cell to put parameters after.
    """
    try:
        with opened(notebook) as file:
            return _ready(file.read().decode("utf-8"), notebook.name)
    except ReportError:
        raise
    except Exception as error:  # whatever the file is, or is not
        kind = type(error).__name__
        raise ReportError(
            f"笔记本无法读取（{kind}）", f"the notebook cannot be read ({kind})",
            where=notebook.name,
        ) from error  # fmt: skip


@lru_cache(maxsize=32)
def _ready(text: str, name: str) -> Ready:
    notebook = nbformat.reads(text, as_version=4)
    notebook.metadata["kernelspec"] = KERNEL
    _check_cell(notebook, name)
    told = papermill.inspect_notebook(notebook)
    declared = {key: one["inferred_type_name"] for key, one in told.items()}
    return Ready(name, nbformat.writes(notebook), declared)


def _check_cell(notebook: NotebookNode, name: str) -> None:
    """See that there is one cell to put the parameters after."""
    marked = sum("parameters" in cell.metadata.get("tags", ()) for cell in notebook.cells)
    if marked != 1:
        raise ReportError(
            f"笔记本应有且只有一个 parameters 单元格，现有 {marked} 个",
            f"a report notebook has exactly one cell tagged `parameters`; found {marked}",
            where=name,
        )  # fmt: skip


def _check_value(key: str, value: object, wanted: str, name: str) -> None:
    """See that a value is plain, and of the type that the notebook declares for it, if any."""
    found = type(value).__name__
    if not _is_plain(value):
        raise ReportError(
            f"参数 {key} 应为普通值，不能是 {found}",
            f"parameter {key} must be a plain value, not {found}", where=name,
        )  # fmt: skip
    fits = {"float": ("float", "int")}.get(wanted, (wanted,))
    if wanted in {kind.__name__ for kind in PLAIN} and found not in fits:
        raise ReportError(
            f"参数 {key} 应为 {wanted}，不能是 {found}",
            f"parameter {key} must be of type {wanted}, not {found}", where=name,
        )  # fmt: skip


def _is_plain(value: object) -> bool:
    """Tell whether a value, with all it holds, is of the plain types."""
    if type(value) is dict:
        return all(type(key) is str for key in value) and _is_plain(list(value.values()))
    if type(value) is list:
        return all(map(_is_plain, value))
    return type(value) in PLAIN
