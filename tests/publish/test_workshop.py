"""One bad report costs one report, even when it takes its worker with it."""

import pytest
from notebooks_by_hand import END, HEAD, write_notebook

from reviewlib.publish.plan import Report
from reviewlib.publish.surroundings import surroundings
from reviewlib.publish.workshop import Order, make_all

KILL_WORKER = "import os, signal; os.kill(os.getppid(), signal.SIGKILL)"


@pytest.fixture
def make(tmp_path):
    """Return a function that makes pages of notebooks given as {name: cells}."""

    def run(notebooks: dict[str, tuple[str, ...]], jobs: int = 2):
        log, told = tmp_path / "run.log", []
        orders = [
            Order(
                Report("group", name, "zh", name, f"{name}.html"),
                write_notebook(tmp_path, *cells, name=name),
                tmp_path / "snapshot", tmp_path / f"{name}.html", "示例",
            )
            for name, cells in notebooks.items()
        ]  # fmt: skip
        with surroundings() as folder:
            made = make_all(orders, folder, log, jobs, told.append)
        return made, told

    return run


def test_a_failed_report_is_withheld_and_the_others_made(make, tmp_path):
    """The page of the failed one is not there, its reason is; the order stays."""
    made, told = make({"one": (HEAD, END), "two": (HEAD, "1 / 0", END), "three": (HEAD, END)})

    assert [one.report.code for one in made] == ["one", "two", "three"]
    assert [one.is_made for one in made] == [True, False, True]
    assert "ZeroDivisionError" in made[1].reason("zh") and "failed" in made[1].reason("en")
    assert sorted(path.stem for path in tmp_path.glob("*.html")) == ["one", "three"]
    assert {one.report.code for one in told} == {"one", "two", "three"}


def test_a_report_that_kills_its_worker_is_the_only_one_lost(make, tmp_path):
    """Reports interrupted by another's crash are made again."""
    made, _ = make({"bad": (HEAD, KILL_WORKER, END), "good": (HEAD, END), "last": (HEAD, END)})

    assert [one.is_made for one in made] == [False, True, True]
    assert made[0].reason("en") == "its process died"
