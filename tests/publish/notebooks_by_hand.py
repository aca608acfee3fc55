"""The smallest notebooks that make a page, and how they are written."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

HEAD = (
    "from IPython.display import HTML\n"
    "HTML('<header class=\"rl-head\"><h1>试页 ' + lang + '</h1></header>"
    '<section class="rl-section"><h2>一</h2></section>\')'
)
END = 'HTML(\'<footer class="rl-foot" data-reviewlib="end">完</footer>\')'

PARAMETERS = 'snapshot: str = ""\nlang: str = "zh"\ngroup: str = ""\ndepartment: str = ""'


def write_notebook(
    folder: Path, *cells: str, name: str = "stub", tags: tuple[str, ...] = ("parameters",)
) -> Path:
    """Write a notebook of given cells after its parameters, and return its path."""
    notebook = new_notebook(cells=[new_code_cell(PARAMETERS, metadata={"tags": list(tags)})])
    for number, source in enumerate(cells):
        notebook.cells.append(new_code_cell(source, id=f"cell-{number}"))
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path
