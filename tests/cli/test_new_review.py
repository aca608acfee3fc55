"""A new user's first hour: `new`, `forms`, the first return back, `check`."""

from __future__ import annotations

import json
import shutil

import pytest
from openpyxl import load_workbook

ROSTER = (
    {"部门代码": "DP01", "规范简称": "区甲局", "全称": "示例区甲局", "机构序列": 1,
     "序列类别": "政府机构", "涉改类型": "合并", "重新制定三定": "是",
     "三定文号": "示委编〔2025〕1号", "回访方式": "实地回访", "回访组": "G1"},
    {"部门代码": "DP02", "规范简称": "区乙局", "全称": "示例区乙局", "机构序列": 2,
     "序列类别": "政府机构", "涉改类型": "职责划入", "重新制定三定": "否", "回访方式": "单位自评"},
)  # fmt: skip


def _fill_in_roster(folder, rows) -> None:
    path = folder / "departments.xlsx"
    book = load_workbook(path)
    sheet = book["部门名册"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    for number, row in enumerate(rows, start=5):
        for heading, value in row.items():
            sheet.cell(number, columns[heading], value)
    book.save(path)


@pytest.fixture(scope="module")
def folder(command, tmp_path_factory):
    """A new review folder, just as the command writes it."""
    folder = tmp_path_factory.mktemp("office") / "mine"
    done = command("new", folder)
    assert done.status == 0, done.stderr
    assert "reviewlib forms" in done.stderr  # what to do next
    return folder


@pytest.mark.parametrize("name", ["forms", "check"])
def test_an_empty_roster_is_said(command, folder, name):
    """Before any department is entered: what is missing, where, and what to do."""
    done = command(name, folder)
    assert done.status == 2
    assert "部门名册里还没有部门" in done.stderr and "每个部门填一行" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_blank_that_cannot_be_done_without_is_named(command, folder, tmp_path):
    """A department without its place in protocol order: its row and the column are told."""
    own = shutil.copytree(folder, tmp_path / "mine")
    _fill_in_roster(own, [{k: v for k, v in ROSTER[0].items() if k != "机构序列"}])
    done = command("check", own)
    assert done.status == 2
    assert "部门名册!A5：DP01 没有填“机构序列”" in done.stderr


def test_from_the_roster_to_the_first_list(command, folder, tmp_path):
    """Forms come out; a blank return comes back: the list is short, and the workbook is marked."""
    own = shutil.copytree(folder, tmp_path / "mine")
    _fill_in_roster(own, ROSTER)
    made = command("forms", own)
    assert made.status == 0, made.stderr
    assert "已生成 3 个工作簿" in made.stdout and "returns" in made.stderr
    shutil.copy(own / "forms" / "returns" / "return-DP01.xlsx", own / "returns")

    done = command("check", own, "--out", tmp_path / "out")

    assert done.status == 1, done.stderr
    rated = [line for line in done.stdout.splitlines() if "!11 自评打分!" in line]
    assert len(rated) == 1 and "处）  [提示 cell.required]" in rated[0]
    record = (tmp_path / "out" / "data-issues.jsonl").read_text(encoding="utf-8").splitlines()
    issues = [json.loads(line) for line in record]
    told = [one["cell"] for one in issues if one["sheet"] == "11 自评打分"]
    assert f"（{len(told)} 处）" in rated[0]
    (path,) = (tmp_path / "out" / "corrections").iterdir()
    book = load_workbook(path)
    assert all(book["11 自评打分"][cell].comment for cell in told)
    assert "无此类情形" in book["03 职责划转"]["A3"].comment.text
    _, *lines = done.stdout[done.stdout.index("部门 Department") :].splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["DP01", "DP02", "其他文件"]
