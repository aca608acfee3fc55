"""`reviewlib compare OLD NEW` in a terminal: what it says, and what it refuses."""

import re
import shutil

import pytest
from click.testing import CliRunner
from folders_by_hand import new_folder
from ledgers_by_hand import problem

from reviewlib.cli.app import reviewlib
from reviewlib.errors import UsageError

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
