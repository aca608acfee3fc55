"""The tutorials for analysts run top to bottom on the sample, in a fresh kernel."""

from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
TUTORIALS = sorted(NOTEBOOKS.glob("explore_*.ipynb"))


@pytest.mark.parametrize("path", TUTORIALS, ids=[path.stem for path in TUTORIALS])
def test_tutorial_runs_and_every_cell_but_the_parameters_shows_something(path):
    """No error, nothing on stderr, and each code cell ends in what it is about."""
    notebook = nbformat.read(path, as_version=4)

    nbclient.NotebookClient(
        notebook, timeout=180, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}
    ).execute()

    shown = [cell for cell in notebook.cells if cell.cell_type == "code"][1:]
    kinds = [[output.output_type for output in cell.outputs] for cell in shown]
    assert kinds == [["execute_result"]] * len(shown)
