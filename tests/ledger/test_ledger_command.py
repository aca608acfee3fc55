"""`reviewlib ledger …` as its user sees it."""

import re

import pytest
from click.testing import CliRunner
from folders_by_hand import cell, copy_of, edit, new_folder
from ledgers_by_hand import problem, task

from reviewlib.cli.app import reviewlib
from reviewlib.ledger.rows import TRACKED

PROBLEMS = TRACKED["problems"].sheet
MERGE = ("--as-of", "2025-08-01", "--role", "编办督查岗")


def call(*arguments):
    """Run the command; return its exit status and what it printed."""
    result = CliRunner().invoke(
        reviewlib, ["ledger", *map(str, arguments)], standalone_mode=False
    )
    return result.return_value if result.exception is None else result.exception, result.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A review with two problems and a task."""
    path = tmp_path_factory.mktemp("command") / "review"
    return new_folder(path, problems=[problem(1), problem(2)], tasks=[task(1)])


def test_merge_then_disagree(folder):
    """0 where everything was taken in; 1, with both texts, where something is left to decide."""
    status, said = call("merge", folder, *MERGE)
    assert (status, "已并入　ledger.xlsx　问题台账　2 行" in said) == (0, True)
    one, other = copy_of(folder, "甲.xlsx"), copy_of(folder, "乙.xlsx")
    edit(one, PROBLEMS, ("P-01", "问题名称", "甲的名称"))
    edit(other, PROBLEMS, ("P-01", "问题名称", "乙的名称"))

    status, said = call("merge", folder, one, other, *MERGE)

    assert status == 1
    assert "P-01·问题名称　“甲的名称” ／ “乙的名称”" in said
    assert cell(folder / "ledger.xlsx", PROBLEMS, "P-01", "问题名称") == "甲的名称"


@pytest.mark.parametrize(
    ("lang", "first", "total"),
    [("zh", "台账情况　核算日 2025-09-01", "问题 2 项"),
     ("en", "State of the ledger as of 2025-09-01", "Problems 2")],
)  # fmt: skip
def test_status(folder, lang, first, total):
    """The first line says as of when, the second how many."""
    status, said = call("status", folder, "--as-of", "2025-09-01", "--lang", lang)

    lines = said.splitlines()
    assert (status, lines[0]) == (0, first)
    assert lines[1].startswith(total)


@pytest.mark.parametrize(
    ("lang", "line"),
    [("zh", r"[■▲] [红黄]灯　\S+　\S+　.+（.+）"), ("en", r"[■▲] \w+  \S+  .+  .+ \([\w ,-]+\)")],
)
def test_what_is_red_or_yellow_is_told_with_the_joints_of_its_language(folder, lang, line):
    """What departments wrote stays Chinese; what stands between is of the reader's language."""
    _, said = call("status", folder, "--lang", lang)

    marked = [text for text in said.splitlines() if text.startswith(("■", "▲"))]
    assert marked
    assert [text for text in marked if not re.fullmatch(line, text)] == []


def test_draft_writes_beside_the_ledger(folder):
    """The workbook of proposals is written, the ledger is not touched."""
    before = (folder / "ledger.xlsx").read_bytes()

    status, said = call("draft", folder)

    assert (status, (folder / "ledger-proposals.xlsx").is_file()) == (0, True)
    assert said.splitlines()[-1].endswith("ledger-proposals.xlsx")
    assert (folder / "ledger.xlsx").read_bytes() == before


@pytest.mark.parametrize("missing", ["--as-of", "--role"])
def test_the_log_has_no_clock_and_no_default_role(folder, missing):
    """Both must be given."""
    given = dict(zip(MERGE[::2], MERGE[1::2], strict=True))
    del given[missing]
    fault, _ = call("merge", folder, *(part for pair in given.items() for part in pair))

    assert fault.param.opts == [missing]
