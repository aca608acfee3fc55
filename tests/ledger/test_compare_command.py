"""`reviewlib compare OLD NEW` in a terminal: what it says, and what it refuses."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from folders_by_hand import new_folder
from ledgers_by_hand import problem

from reviewlib.cli.app import reviewlib
from reviewlib.errors import UsageError
from reviewlib.publish.notebooks import notebooks_folder

TITLE = {"title": "编制偏紧"}


@pytest.fixture(scope="module")
def rounds(tmp_path_factory):
    """Two small review folders, the second a year after the first, with one problem in common."""
    base = tmp_path_factory.mktemp("rounds")
    first = new_folder(base / "first", problems=[problem(1, **TITLE), problem(2)])
    second = base / "second"
    shutil.copytree(first, second)
    settings = second / "review.toml"
    text = settings.read_text(encoding="utf-8")
    later = re.sub(r"\b(20\d\d)(?=-\d\d-\d\d)", lambda year: str(int(year[1]) + 1), text)
    settings.write_text(later, encoding="utf-8")
    return first, second


def call(*arguments):
    """Run the command; return its exit status or its error, and what it printed."""
    result = CliRunner().invoke(
        reviewlib, ["compare", *map(str, arguments)], standalone_mode=False
    )
    return result.return_value if result.exception is None else result.exception, result.stdout


def test_without_a_place_the_sentences_are_all(rounds):
    """The answer first, then each problem that persists; nothing is written."""
    before = sorted(path.name for path in rounds[1].iterdir())
    status, printed = call(*rounds)

    assert status == 0
    assert printed.splitlines()[0] == "没有已销号问题再现，有2项问题持续存在。"
    assert "P-01 → P-01　编制偏紧" in printed
    assert sorted(path.name for path in rounds[1].iterdir()) == before


def test_the_later_round_first_is_refused(rounds):
    """Both dates are named, and what to do."""
    error, _ = call(*rounds[::-1])

    assert isinstance(error, UsageError)
    assert "应早于本轮" in error.message("zh") and "earlier round first" in error.message("en")


@pytest.mark.parametrize("which", [0, 1])
def test_nothing_is_published_into_a_review_folder(rounds, which):
    """Neither of the two is written to; that is said before anything is read."""
    before = everything(rounds[which])
    error, printed = call(*rounds, "--out", rounds[which])

    assert isinstance(error, UsageError) and "在评估文件夹之内" in error.message("zh")
    assert printed == ""
    assert everything(rounds[which]) == before


def everything(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_why_a_page_failed_is_logged(rounds, tmp_path, monkeypatch):
    """Exit status 1; the terminal says in short what failed, and where the whole of it is."""
    broken = tmp_path / "notebooks"
    shutil.copytree(notebooks_folder(), broken)
    text = (broken / "compare.ipynb").read_text(encoding="utf-8")
    fails = text.replace('"import reviewlib as rl\\n"', '"{}[lang == \\"en\\" or 1 / 0]\\n"')
    (broken / "compare.ipynb").write_text(fails, encoding="utf-8")
    monkeypatch.setattr("reviewlib.publish.comparing.notebooks_folder", lambda: broken)
    status, printed = call(*rounds, "--out", tmp_path / "out")

    assert status == 1 and "run.log" in printed
    (log,) = (tmp_path / "out").glob(".sets/*/run.log")
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    said = {one["report"]: one["said"] for one in told if "report" in one}
    assert "ZeroDivisionError" in said["index.html"] and "KeyError" in said["en/index.html"]
