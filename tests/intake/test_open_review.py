"""A review folder from the outside: what stops the reading, and what does not."""

from __future__ import annotations

import errno
import os
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from reviewlib.errors import ConfigError, RubricError, UsageError
from reviewlib.fingerprints import all_in
from reviewlib.intake import open_review

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
SETTINGS = ("review.toml", "rubric.toml", "departments.xlsx")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A review folder with its settings and one return."""
    (tmp_path / "review" / "returns").mkdir(parents=True)
    for name in (*SETTINGS, "returns/区司法局.xlsx"):
        shutil.copy(SAMPLE / name, tmp_path / "review" / name)
    return tmp_path / "review"


def test_a_folder_that_is_not_there(tmp_path):
    """The message names the folder and what to do, in both languages."""
    with pytest.raises(ConfigError, match="找不到评估文件夹“nowhere”") as caught:
        open_review(tmp_path / "nowhere")

    assert "there is no review folder 'nowhere'" in caught.value.en
    assert caught.value.fix_zh and caught.value.fix_en
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("what", "name", "content", "error"),
    [
        ("no settings", "review.toml", None, ConfigError),
        ("settings that are no TOML", "review.toml", b"title_zh = ", ConfigError),
        ("settings with an unknown key", "review.toml", b"colour = 1", ConfigError),
        ("no scoring table", "rubric.toml", None, RubricError),
        ("a scoring table that is no TOML", "rubric.toml", b"[[", RubricError),
        ("no roster", "departments.xlsx", None, ConfigError),
        ("a roster that is no workbook", "departments.xlsx", b"x,y", ConfigError),
        ("a roster cut short", "departments.xlsx", b"PK\x03\x04", ConfigError),
    ],
)
def test_without_its_own_files_nothing_is_read(folder, what, name, content, error):
    """Settings, scoring table and roster are the office's own: their faults stop everything."""
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)

    with pytest.raises(error) as caught:
        open_review(folder)

    assert caught.value.where.startswith(name)
    assert str(folder) not in str(caught.value)


@pytest.mark.parametrize(
    ("what", "heading", "value", "said"),
    [
        ("two departments of one code", "部门代码", "DP01", "编号重复"),
        ("a department without code", "部门代码", None, "缺少“部门代码”"),
        ("a group that review.toml does not have", "回访组", "G9", "没有设置的回访组 G9"),
        ("a visited department without group", "回访组", None, "没有填回访组"),
        ("an unknown kind of change", "涉改类型", "翻新", "没有“翻新”"),
    ],
)
def test_a_roster_must_be_in_order(folder, what, heading, value, said):
    """A fault of the roster is named with its sheet and cell."""
    book = openpyxl.load_workbook(folder / "departments.xlsx")
    sheet = book["部门名册"]
    row = next(n for n in range(1, 9) if sheet.cell(n, 1).value == "部门代码")
    column = next(c.column for c in sheet[row] if c.value == heading)
    visited = next(n for n in range(row + 2, 50) if sheet.cell(n, 1).value not in (None, "DP01")
                   and "实地回访" in [c.value for c in sheet[n]])  # fmt: skip
    sheet.cell(visited, column).value = value
    book.save(folder / "departments.xlsx")

    with pytest.raises(ConfigError, match=f"部门名册!.*{said}"):
        open_review(folder)


def test_one_bad_return_costs_one_return(folder):
    """A return that is no workbook is refused by name; the other one is read."""
    (folder / "returns" / "区民政局.xlsx").write_bytes(b"")

    review = open_review(folder)

    refused = review.issues[review.issues["severity"] == "block"]
    assert refused[["code", "file"]].to_numpy().tolist() == [
        ["file.empty-file", "returns/区民政局.xlsx"]
    ]
    assert len(review.covers) == 1
    missing = review.issues[review.issues["code"] == "file.missing-department"]
    assert len(missing) == len(review.departments) - 1 + 25  # returns, and visits not made


@pytest.mark.parametrize(("name", "others"), [("returns", 0), ("returns/sub", 1)])
def test_a_folder_that_cannot_be_listed_is_named(folder, name, others, monkeypatch):
    """For want of rights, say: that nothing was handed in would be untrue."""
    (folder / name).mkdir(exist_ok=True)
    listed = os.scandir

    def scandir(path):
        if os.fspath(path) == os.fspath(folder / name):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
        return listed(path)

    monkeypatch.setattr("os.scandir", scandir)
    review = open_review(folder)

    refused = review.issues[review.issues["severity"] == "block"]
    assert refused[["code", "file"]].to_numpy().tolist() == [["file.file-locked", name]]
    assert len(review.covers) > 0 or not others
    assert all_in(folder)[name] == "unreadable EACCES"


def test_dates_of_reckoning(folder):
    """Another date may be given, as a date or as text, not before the date of the facts."""
    assert open_review(folder, as_of="2025-12-01").settings.as_of == date(2025, 12, 1)
    with pytest.raises(UsageError, match="早于数据基准日"):
        open_review(folder, as_of=date(2020, 1, 1))
    with pytest.raises(UsageError, match="核算日应为日期"):
        open_review(folder, as_of="soon")


def test_the_review_says_where_everything_came_from(folder):
    """Paths are relative, inputs carry their checksums, issues are in their order."""
    review = open_review(folder)

    assert sorted(review.inputs) == sorted([*SETTINGS, "returns/区司法局.xlsx"])
    assert all(len(checksum) == 64 for checksum in review.inputs.values())
    assert set(review.internal_units["source_file"]) == {"returns/区司法局.xlsx"}
    files = review.issues["file"].dropna().tolist()
    assert files == sorted(files)
    traced = review.trace("internal_units", column="unit_name")
    assert traced["cell"].str.match(r"[A-Z]+\d+$").all() and len(traced) > 3
