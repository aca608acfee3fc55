"""A notebook counts as run only if it was seen to end."""

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from notebooks_by_hand import END, HEAD, write_notebook

from reviewlib.errors import ReportError
from reviewlib.publish import engine

QUICK = engine.Limits(start=60, cell=4, whole=7)


@pytest.fixture
def folder(tmp_path):
    """Return an empty working folder."""
    made = tmp_path / "work"
    made.mkdir()
    return made


def test_parameters_reach_the_notebook(tmp_path, folder):
    """What the notebook shows was computed with the values it was given."""
    executed = engine.execute(write_notebook(tmp_path, HEAD, END), {"lang": "en"}, folder)

    shown = "".join(engine.html_of(output) for cell in executed.cells for output in cell.outputs)
    assert "试页 en" in shown


@pytest.mark.parametrize(
    ("case", "cell", "reason", "code"),
    [
        ("an exception", "1 / 0", "ZeroDivisionError", "run.notebook-error"),
        ("sys.exit(0)", "import sys; sys.exit(0)", "没有运行到底", "run.incomplete-run"),
        ("the process dies", "import os; os._exit(0)", "运行进程意外终止", "run.kernel-died"),
        ("a cell without end", "import time; time.sleep(60)", "运行超时", "run.cell-timeout"),
    ],
)
def test_a_notebook_that_does_not_end_is_no_report(case, cell, reason, code, tmp_path, folder):
    """Whatever stops a notebook, the fault says so in plain words, and by its code."""
    with pytest.raises(ReportError, match=reason) as fault:
        engine.execute(write_notebook(tmp_path, HEAD, cell, END), {"lang": "zh"}, folder, QUICK)
    assert fault.value.code == code


def test_the_whole_notebook_has_a_limit(tmp_path, folder):
    """Cells that each keep their limit still may not take for ever together."""
    nap = "import time; time.sleep(3)"
    with pytest.raises(ReportError, match="运行超时"):
        engine.execute(write_notebook(tmp_path, HEAD, nap, nap, nap, nap, END), {}, folder, QUICK)


def test_a_notebook_without_the_end_marker_is_no_report(tmp_path, folder):
    """A last cell that shows something else is not the end."""
    with pytest.raises(ReportError, match="没有结束标记"):
        engine.execute(write_notebook(tmp_path, HEAD, "HTML('<p>完</p>')"), {}, folder)


def test_outputs_saved_by_hand_do_not_pass_for_this_run(tmp_path, folder):
    """A notebook saved with its end marker shown, but which now stops before it, is no report."""
    path = write_notebook(tmp_path, HEAD, "import sys; sys.exit(0)", END)
    notebook = nbformat.read(path, as_version=4)
    data = {"text/html": f"<p {engine.END_MARKER}></p>"}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.execution_count = number
        cell.outputs = [nbformat.v4.new_output("display_data", data)]
    nbformat.write(notebook, path)

    with pytest.raises(ReportError, match="没有运行到底"):
        engine.execute(path, {}, folder)


@pytest.mark.parametrize(
    ("case", "lay"),
    [
        ("no JSON", lambda path: path.write_text("PK", encoding="utf-8")),
        ("no notebook", lambda path: path.write_text("{}", encoding="utf-8")),
        ("no file", lambda path: None),
        ("a folder", lambda path: path.mkdir()),
        pytest.param(
            "a pipe", lambda path: os.mkfifo(path),
            marks=pytest.mark.skipif(os.name != "posix", reason="there are no pipes"),
        ),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_said(case, lay, tmp_path, folder):
    """The reason names no path of the machine, and nothing that lies there is waited for."""
    lay(tmp_path / "x.ipynb")

    with pytest.raises(ReportError, match="笔记本无法读取") as fault:
        engine.execute(tmp_path / "x.ipynb", {}, folder)
    assert str(tmp_path) not in str(fault.value)


@pytest.mark.parametrize(
    ("case", "parameters", "reason"),
    [
        (
            "an unknown name",
            {"gruop": "G1"},
            "没有参数 gruop，只有 snapshot、lang、group",
        ),
        ("a value papermill would turn into words", {"lang": ("zh",)}, "不能是 tuple"),
        ("another type than declared", {"group": 1}, "参数 group 应为 str，不能是 int"),
        ("nothing where something is declared", {"group": None}, "不能是 NoneType"),
        ("a list with a path in it", {"group": [[Path("a")]]}, "应为普通值，不能是 list"),
    ],
)
def test_wrong_parameters_are_refused_before_anything_runs(
    case, parameters, reason, tmp_path, folder
):
    """papermill itself would only warn and make a page of something else."""
    with pytest.raises(ReportError, match=reason):
        engine.execute(write_notebook(tmp_path, HEAD, END), parameters, folder)


def test_a_notebook_has_exactly_one_parameters_cell(tmp_path, folder):
    """Without one, defaults would overwrite what was given."""
    with pytest.raises(ReportError, match="现有 0 个"):
        engine.execute(write_notebook(tmp_path, HEAD, END, tags=()), {}, folder)


def test_a_folder_may_have_any_name(tmp_path):
    """papermill would fill in what stands in braces."""
    folder = tmp_path / "{x} 目录 %s"
    folder.mkdir()

    executed = engine.execute(write_notebook(tmp_path, HEAD, END), {"lang": "zh"}, folder)

    assert engine.html_of(executed.cells[-1].outputs[0])


def test_prints_and_warnings_are_noise(tmp_path, folder):
    """What a notebook prints is kept for the log."""
    executed = engine.execute(write_notebook(tmp_path, "print('行数 3')", HEAD, END), {}, folder)

    assert engine.noise_of(executed) == "行数 3\n"


def test_of_too_much_noise_the_beginning_is_kept():
    """One notebook must not fill the log, nor the memory of the run."""
    printed = new_output("stream", name="stdout", text="行" * (engine.LOGGED + 1))
    notebook = new_notebook(cells=[new_code_cell("", outputs=[printed])])

    said = engine.noise_of(notebook)

    assert said == "行" * engine.LOGGED + f"… ({engine.LOGGED + 1})"


def test_a_cell_passed_over_is_no_whole_report(tmp_path, folder):
    """A cell tagged to be skipped leaves no error behind: only the count of cells tells."""
    path = write_notebook(tmp_path, HEAD, "1 + 1", END)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[2].metadata["tags"] = ["skip-execution"]
    nbformat.write(notebook, path)

    with pytest.raises(ReportError, match="4 个代码单元格中运行了 3 个，有结束标记"):
        engine.execute(path, {}, folder)
