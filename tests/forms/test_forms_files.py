"""Files and folders: the same bytes, names from codes, a new review, an office program."""

from __future__ import annotations

import time
from datetime import datetime
from zipfile import ZipFile

import pytest
from command_runs import SAMPLE
from openpyxl import Workbook, load_workbook

from reviewlib import forms, schema
from reviewlib.errors import ConfigError, UsageError
from reviewlib.forms.sheets import HEADING_ROW
from reviewlib.review import read_settings
from reviewlib.rubric import load_rubric


def test_same_content_gives_the_same_bytes(tmp_path, settings, rubric, departments, monkeypatch):
    """Neither the clock nor what was written before leaves a trace."""
    department = departments.iloc[0]
    args = (settings, rubric, department, departments)
    first = forms.write_return(tmp_path / "a.xlsx", *args).read_bytes()
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert forms.write_return(tmp_path / "deeper" / "b.xlsx", *args).read_bytes() == first


def test_no_time_of_writing_in_the_file(tmp_path):
    """Entries and properties carry the same fixed day, whatever the workbook was told."""
    book = Workbook()
    book.properties.created = datetime(2031, 5, 6)
    path = forms.save_workbook(book, tmp_path / "book.xlsx")
    with ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2031" not in archive.read("docProps/core.xml")
    assert load_workbook(path).properties.modified == datetime(1980, 1, 1)


def test_forms_of_a_review_are_named_by_codes(tmp_path, settings, rubric, departments):
    """A return for each department, a workbook for each group that has departments."""
    written = forms.write_forms(settings, rubric, departments, tmp_path)
    names = [path.relative_to(tmp_path).as_posix() for path in written]
    assert names == [
        "returns/return-DP01.xlsx", "returns/return-DP02.xlsx", "returns/return-DP03.xlsx",
        "visits/visit-G1.xlsx",
    ]  # fmt: skip


@pytest.mark.parametrize("code", ["../DP01", "DP/01", "", "区甲局", "C:DP01"])
def test_a_code_never_becomes_a_path(tmp_path, settings, rubric, departments, code):
    """A code that could leave the folder is refused, naming the roster."""
    odd = departments.assign(dept_code=[code, "DP02", "DP03"])
    with pytest.raises(ConfigError, match="不能用于文件名") as refused:
        forms.write_forms(settings, rubric, odd, tmp_path / "out")
    assert refused.value.where == "departments.xlsx"
    assert not list(tmp_path.rglob("*.xlsx"))


def test_a_group_that_cannot_name_a_file_is_told_where_groups_stand(
    tmp_path, settings, rubric, departments
):
    """Groups are declared in the settings; the roster only names them."""
    odd = settings.model_copy(update={"groups": {"第一组": settings.groups["G1"]}})
    with pytest.raises(ConfigError, match="不能用于文件名") as refused:
        forms.write_forms(odd, rubric, departments.assign(group_id="第一组"), tmp_path / "out")
    assert refused.value.where == "review.toml"


def test_settings_and_roster_may_hold_what_no_workbook_can(
    tmp_path, settings, rubric, departments
):
    """TOML can name any character, a roster any name: the forms are written, and run nothing."""
    odd = settings.model_copy(update={"district_zh": "示例\x0b区"})
    roster = departments.assign(short_name=["区甲\x0b局", "\x0b=1+1", "区委丙部"])
    path = forms.write_return(tmp_path / "return.xlsx", odd, rubric, roster.iloc[0], roster)

    book = load_workbook(path)
    assert dict(book["_meta"].values)["cycle"].startswith("示例区 ")
    cells = {cell.value: cell for column in book["_lists"].columns for cell in column}
    assert "区甲局" in cells
    assert (cells["=1+1"].data_type, cells["=1+1"].quotePrefix) == ("s", True)


def test_a_new_review_can_be_read_at_once(tmp_path):
    """Settings and rubric of a new folder are valid as they stand, and explained in comments."""
    folder = tmp_path / "mine"
    names = [path.name for path in forms.new_review(folder)]
    assert {"review.toml", "rubric.toml", "departments.xlsx", "ledger.xlsx"} <= set(names)
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == sorted(names)
    assert read_settings(folder).groups
    assert load_rubric(folder / "rubric.toml").indicators
    assert (folder / "returns").is_dir()
    text = (folder / "review.toml").read_text(encoding="utf-8")
    assert text.count("#") > 20


def test_a_new_review_writes_over_nothing(tmp_path):
    """Where a file of a review stands already, nothing at all is written."""
    (tmp_path / "rubric.toml").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"已有 rubric\.toml"):
        forms.new_review(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rubric.toml"]
    assert (tmp_path / "rubric.toml").read_text(encoding="utf-8") == "mine"


def test_the_starter_rubric_is_that_of_the_sample(tmp_path):
    """There is one proposed scoring table: a new review starts from it as it stands."""
    forms.new_review(tmp_path / "mine")
    started = (tmp_path / "mine" / "rubric.toml").read_text(encoding="utf-8")
    assert started == (SAMPLE / "rubric.toml").read_text(encoding="utf-8")


def _rules(sheet) -> set[tuple]:
    return {
        (rule.type, rule.formula1, str(area))
        for rule in sheet.data_validations.dataValidation
        if rule.type
        for area in rule.sqref.ranges
    }


def test_locks_and_drop_downs_survive_libreoffice(office, tmp_path, settings, rubric, departments):
    """Saved again by the real program, a form asks the same and keeps its values."""
    duties = schema.frame_of("duty_transfers", [{"dept_code": "DP01", "matter_id": "DT-01",
                                                 "remark": "=1+1"}])  # fmt: skip
    before = forms.write_return(tmp_path / "form.xlsx", settings, rubric, departments.iloc[0],
                                departments, {"duty_transfers": duties})  # fmt: skip
    office.convert([before], "xlsx", tmp_path / "out")
    ours, theirs = load_workbook(before), load_workbook(tmp_path / "out" / "form.xlsx")
    assert theirs.sheetnames == ours.sheetnames
    assert theirs["_lists"].sheet_state == "hidden"
    for table in schema.tables_of("return"):
        mine, saved = ours[table.sheet], theirs[table.sheet]
        assert saved.protection.sheet
        assert {kind for kind, *_ in _rules(saved)} == {kind for kind, *_ in _rules(mine)}
        for row in mine.iter_rows():
            for cell in row:
                again = saved[cell.coordinate]
                assert again.protection.locked == cell.protection.locked
                if cell.data_type != "f":
                    assert again.value == cell.value
    remark = theirs["03 职责划转"].cell(HEADING_ROW + 1, 16)
    assert remark.data_type == "s"
