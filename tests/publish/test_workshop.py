"""One bad report costs one report, whatever it does to its process, and leaves nothing running."""

import time

import psutil
import pytest
from notebooks_by_hand import END, HEAD, write_notebook

from reviewlib.publish.orders import Limits, Order
from reviewlib.publish.plan import Report
from reviewlib.publish.surroundings import surroundings
from reviewlib.publish.workshop import ENGINES, Workshop

LIMITS = Limits(cell=5, whole=60, memory=2**30)
KILL_PARENT = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)"
LEAVE_CHILDREN = (
    "import subprocess, sys\n"
    "nap = [sys.executable, '-c', 'import time; time.sleep(600)', 'left-behind']\n"
    "own = subprocess.Popen(nap), subprocess.Popen(nap, start_new_session=True)"
)
OWN_PAGE = "from pathlib import Path\n(Path(snapshot).parent / (group + '.html'))"
ENDS = (
    ("an exception", "1 / 0", "ZeroDivisionError", "run.notebook-error"),
    ("sys.exit(0)", "import sys; sys.exit(0)", "没有运行到底", "run.incomplete-run"),
    ("the process goes", "import os; os._exit(0)", "运行进程意外终止", "run.kernel-died"),
    ("kill -9", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "运行进程意外终止",
     "run.kernel-died"),
    ("a hang", "import time; time.sleep(600)", "运行超时", "run.cell-timeout"),
    ("a hang that hears nothing", "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, "
     "range(1, 65))\nwhile True: pass", "运行超时", "run.cell-timeout"),
    ("out of memory", "held = bytearray(2**36)", "MemoryError", "run.notebook-error"),
    ("a folder where its page should be", OWN_PAGE + ".mkdir()", "IsADirectoryError",
     "run.notebook-error"),
    ("an exception of an odd name",
     "class M(type): __name__ = property(lambda self: chr(0xd800) + '/root')\n"
     "class E(Exception, metaclass=M): pass\nraise E", "（??root）", "run.notebook-error"),
    ("garbage in every pipe", "import os\nfor pipe in range(3, 256):\n    try:\n        "
     "os.set_blocking(pipe, False)\n        os.write(pipe, b'garbage!' * 100)\n    "
     "except OSError: pass", "运行进程意外终止", "run.kernel-died"),
    ("every pipe closed", "import os; os.closerange(0, 1000)", "运行进程意外终止",
     "run.kernel-died"),
)  # fmt: skip


@pytest.fixture
def make(tmp_path):
    """Return a function that makes pages of notebooks given as {name: cells}."""

    def run(notebooks: dict[str, tuple[str, ...]], engine: str = "fork", jobs: int = 2):
        orders = [
            Order(
                Report("group", name, "zh", name, f"{name}.html"),
                write_notebook(tmp_path, *cells, name=name),
                tmp_path / "snapshot", tmp_path / f"{name}.html", "示例",
            )
            for name, cells in notebooks.items()
        ]  # fmt: skip
        told = []
        with (
            surroundings() as (folder, environment),
            Workshop(folder, environment, tmp_path / "run.log", jobs=jobs, engine=engine,
                     limits=LIMITS) as workshop,
        ):  # fmt: skip
            made = workshop.make(orders, told.append)
        assert {one.report for one in told} == {order.report for order in orders}
        assert sorted(path.stem for path in tmp_path.glob("*.html")) == sorted(
            one.report.code for one in made if one.is_made
        )
        return made

    return run


@pytest.mark.parametrize("engine", ENGINES)
def test_a_failed_report_is_withheld_and_the_others_made(make, engine):
    """The page of the failed one is not there, its reason is; the order stays."""
    made = make({"one": (HEAD, END), "two": (HEAD, "1 / 0", END), "three": (HEAD, END)}, engine)

    assert [one.report.code for one in made] == ["one", "two", "three"]
    assert [one.is_made for one in made] == [True, False, True]
    assert "ZeroDivisionError" in made[1].reason("zh") and "failed" in made[1].reason("en")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_report_that_kills_its_parent_is_the_only_one_lost(make, engine):
    """Reports interrupted by another's crash are made again."""
    cells = {"bad": (HEAD, KILL_PARENT, END), "good": (HEAD, END), "last": (HEAD, END)}
    made = make(cells, engine)

    assert [one.is_made for one in made] == [False, True, True]
    assert made[0].reason("en") == "its process died"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cell_that_hangs_is_ended_by_the_limit_of_a_cell(make, engine):
    """A kernel hears of it as a fork does; nobody waits until the limit of the whole."""
    (made,) = make({"hang": (HEAD, "import time; time.sleep(600)", END)}, engine, jobs=1)

    assert made.code == "run.cell-timeout"
    assert LIMITS.cell <= made.seconds < LIMITS.whole / 2 or engine == "fork"


def test_a_workbench_lost_before_it_begins_is_replaced(tmp_path):
    """Whoever ended it, the reports are made; their folder is still there."""
    page, report = tmp_path / "a.html", Report("group", "a", "zh", "a", "a.html")
    order = Order(report, write_notebook(tmp_path, HEAD, END), tmp_path / "none", page, "示例")
    with (
        surroundings() as (folder, environment),
        Workshop(folder, environment, tmp_path / "run.log", jobs=1) as workshop,
    ):
        for child in psutil.Process().children():
            child.kill()
        made = workshop.make([order], lambda made: None)

    assert [one.is_made for one in made] == [True] and page.exists()


@pytest.mark.parametrize("way", [1, -1], ids=["forwards", "backwards"])
def test_whatever_a_report_does_costs_it_alone(make, way):
    """Every way to end badly, with good reports between; a bad one is first and another last."""
    cells = {}
    for number, (_, cell, *_) in list(enumerate(ENDS))[::way]:
        cells[f"bad{number}"] = (HEAD, cell, END)
        cells[f"good{number}"] = (HEAD, END)
    cells.popitem()
    made = {one.report.code: one for one in make(cells)}

    for number, (case, _, reason, code) in enumerate(ENDS):
        bad = made[f"bad{number}"]
        assert reason in bad.reason("zh") and bad.code == code, (case, bad)
    good = [one for name, one in made.items() if not name.startswith("bad")]
    assert all(one.is_made and not one.code for one in good)


def test_pages_are_files_that_all_may_read(make, tmp_path):
    """Neither what a notebook does to its rights, nor a link another laid, is in the page."""
    link = "from pathlib import Path\n(Path(snapshot).parent / 'two.html').symlink_to('elsewhere')"
    made = make({"one": (HEAD, link, END), "two": (HEAD, "import os; os.umask(0o777)", END),
                 "three": (HEAD, END)}, jobs=1)  # fmt: skip

    one, two, three = ((tmp_path / f"{name}.html") for name in ("one", "two", "three"))
    assert all(page.is_made for page in made) and not two.is_symlink()
    assert two.stat().st_mode == three.stat().st_mode == one.stat().st_mode
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_a_report_started_lives_on(make):
    """Children of a report that was made and of one that failed are gone, wherever they hid."""
    make({"one": (HEAD, LEAVE_CHILDREN, END), "two": (HEAD, LEAVE_CHILDREN, "1 / 0", END)})

    until = time.monotonic() + 5
    while (left := _left_behind()) and time.monotonic() < until:
        time.sleep(0.05)
    assert left == []


def _left_behind() -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "status"])
        if "left-behind" in (process.info["cmdline"] or ())
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def test_each_report_finds_a_world_of_its_own(make):
    """What one notebook sets, options, environment, working folder, the next does not find."""
    soil = "import os, pandas as pd; pd.set_option('display.max_rows', 3); os.environ['SOIL'] = '1'"
    clean = (
        "import os, pandas as pd\n"
        "assert pd.get_option('display.max_rows') != 3 and 'SOIL' not in os.environ\n"
        "assert os.listdir('.') == ['report.ipynb']"
    )
    made = make({"one": (HEAD, soil, END), "two": (HEAD, clean, END)}, jobs=1)

    assert [one.is_made for one in made] == [True, True]


def test_random_numbers_are_not_repeated(make, tmp_path):
    """Forks of one process do not share its random numbers."""
    draw = "import numpy as np, random\nnumber = (np.random.random(), random.random())"
    show = f"from pathlib import Path; Path({str(tmp_path)!r}, group).write_text(repr(number))"
    made = make({name: (HEAD, draw, show.replace("group", repr(name)), END) for name in "ab"})

    assert all(one.is_made for one in made)
    assert (tmp_path / "a").read_text() != (tmp_path / "b").read_text()


def test_a_notebook_of_ones_own_finds_all_of_seaborn(make):
    """What pages of ours do without, clusters by scipy, is there for a notebook that wants it."""
    (own,) = make({"own": (HEAD, "import seaborn\nseaborn.clustermap([[0, 1], [1, 0]])", END)})

    assert own.is_made, own
