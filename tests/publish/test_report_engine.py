"""`papermill --engine reviewlib`: what a kernel would show, from a process of its own."""

import builtins
import os

import papermill
import psutil
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

CELLS = (
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('画')",
    "await __import__('asyncio').sleep(0)\nnumber + 1",
    "number;",
    "from IPython.display import HTML, clear_output, display\ndisplay(HTML('一'))\nHTML('二')",
    "%matplotlib inline\nplt.plot([1, 2]);",
    "shown = display(HTML('V1'), display_id='q')",
    "shown.update(HTML('V2'))\ndisplay(HTML('三'))",
    "display(HTML('四'))\nclear_output(wait=True)",
    "display(HTML('五'))\nclear_output(wait=True)\ndisplay(HTML('六'))",
    "display(HTML('七'))\nclear_output()",
)


@pytest.fixture
def run(tmp_path):
    """Return a function that runs cells after a parameter and returns what each showed."""

    def execute(*cells: str, **options):
        given = new_code_cell("number = 0", metadata={"tags": ["parameters"]})
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = new_notebook(
            cells=[given, *map(new_code_cell, cells)], metadata={"kernelspec": spec}
        )
        done = papermill.execute_notebook(
            notebook, tmp_path / "out.ipynb", {"number": 41}, progress_bar=False,
            cwd=tmp_path, **{"engine_name": "reviewlib"} | options,
        )  # fmt: skip
        return [
            [(one.output_type, sorted(one.get("data", {"text": 0})),
              one.get("data", {}).get("text/html")) for one in cell.outputs]
            for cell in done.cells
        ], [cell.execution_count for cell in done.cells]

    return execute


def test_it_shows_what_a_kernel_shows(run):
    """Streams, values, pictures and displays, in the same cells and the same order."""
    ours, counts = run(*CELLS)
    kernels, expected = run(*CELLS, engine_name="nbclient")

    assert ours == kernels
    assert counts == expected
    assert ("display_data", ["image/png", "text/plain"], None) in ours[2]
    assert [html for *_, html in ours[7]] == ["V2"]


def test_the_caller_is_not_touched(run):
    """What a notebook sets stays in its process, and that is gone."""
    before = psutil.Process().children()
    run("import os, builtins; os.environ['SOIL'] = '1'; builtins.soil = 1")

    assert "SOIL" not in os.environ and not hasattr(builtins, "soil")
    assert psutil.Process().children() == before


@pytest.mark.parametrize(
    ("case", "cell", "fault"),
    [
        ("an exception", "1 / 0", PapermillExecutionError),
        ("the process dies", "import os; os._exit(0)", DeadKernelError),
        ("a cell that never ends", "while True: pass", CellTimeoutError),
    ],
)
def test_a_fault_is_the_one_papermill_knows(case, cell, fault, run):
    """Callers of papermill need to learn nothing new."""
    with pytest.raises(fault):
        run(cell, "'never reached'", execution_timeout=5)
