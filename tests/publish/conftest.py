"""Small notebooks, each showing one behaviour."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from notebooks_by_hand import PARAMETERS


@pytest.fixture
def write_notebook(tmp_path):
    """Return a function that writes a notebook of given cells and returns its path."""

    def write(
        *cells: str, parameters: str = PARAMETERS, name: str = "stub",
        folder: Path = tmp_path, tags: tuple[str, ...] = ("parameters",),
    ) -> Path:  # fmt: skip
        notebook = new_notebook(cells=[new_code_cell(parameters, metadata={"tags": list(tags)})])
        for number, source in enumerate(cells):
            notebook.cells.append(new_code_cell(source, id=f"cell-{number}"))
        path = folder / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    return write
