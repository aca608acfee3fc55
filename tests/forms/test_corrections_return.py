"""A correction round: the workbook goes back, a clerk corrects it, and it replaces the earlier."""

from __future__ import annotations

import errno
import shutil
import sys
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pandas as pd
import pytest
from command_runs import SAMPLE
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

import reviewlib as rl
from reviewlib.forms import corrections, marking, sent_files, styles, to_correct, write_corrections
from reviewlib.forms.correction_list import MARKS, Listed
from reviewlib.forms.corrections import each_correction, said_in
from reviewlib.forms.marking import Correction, marked
from reviewlib.forms.reopened import is_plain
from reviewlib.forms.saving import bytes_of
from reviewlib.forms.texts import NONE_BOX, NONE_CHOICES
from reviewlib.schema import TABLES
from reviewlib.schema.returns import CORRECTIONS_SHEET

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")
CODE, RETURN = "DP34", "区城管执法局.xlsx"
SUM, VAGUE, TWICE = ("05 编制职数", "H5"), ("07 职责关系", "D5"), ("03 职责划转", "A5")
"""Cells of the return: a sum instead of a number, no department, a matter told by one side."""
DECLARED_ON = ("01 封面", "B6")


@pytest.fixture
def folder(tmp_path) -> Path:
    """A review folder with the return of one department."""
    (tmp_path / "returns").mkdir()
    for name in ("review.toml", "rubric.toml", "departments.xlsx", f"returns/{RETURN}"):
        shutil.copy(SAMPLE / name, tmp_path / name)
    return tmp_path


def _wrong(review) -> set[tuple[str, str]]:
    issues = review.issues[review.issues["dept_code"] == CODE]
    issues = issues[issues["severity"].isin(["error", "warn"]) & issues["cell"].notna()]
    issues = issues[issues["code"] != "file.duplicate-file"]  # lists what the later one changed
    return set(zip(issues["sheet"], issues["cell"], strict=True))


def test_a_corrected_workbook_replaces_the_earlier(folder, tmp_path):
    """Corrected and dropped in, it is what counts; both stay on record; old marks are gone."""
    first = rl.open_review(folder)
    assert {SUM, VAGUE, TWICE} <= _wrong(first)
    (path,) = write_corrections(first, folder, tmp_path / "out")
    book = load_workbook(path)
    assert book.worksheets[0].title == CORRECTIONS_SHEET
    corrected = {SUM: 15, VAGUE: "区水务局", DECLARED_ON: date(2025, 7, 30)}
    for (sheet, cell), value in corrected.items():
        assert not book[sheet][cell].protection.locked
        book[sheet][cell] = value
    book.save(folder / "returns" / "dp34.xlsx")

    second = rl.open_review(folder)

    assert _wrong(first) - _wrong(second) == {SUM, VAGUE}
    own = second.staffing[second.staffing["dept_code"] == CODE]
    assert set(own["source_file"]) == {"returns/dp34.xlsx"}
    assert own["off_estab_count"].iloc[0] == 15
    assert {f"returns/{RETURN}", "returns/dp34.xlsx"} <= set(second.sheets["file"])
    (path,) = write_corrections(second, folder, tmp_path / "again")
    again = load_workbook(path)
    for sheet, cell in (SUM, VAGUE):
        assert again[sheet][cell].comment is None
        assert again[sheet][cell].fill.start_color.rgb[-6:] == styles.YELLOW
    assert again[TWICE[0]][TWICE[1]].comment is not None
    assert again.sheetnames.count(CORRECTIONS_SHEET) == 1


def test_a_marked_workbook_that_comes_back_reads_as_before(folder, tmp_path):
    """Returned as it is, under its old name, the list in front and the marks change nothing."""
    first = rl.open_review(folder)
    (path,) = write_corrections(first, folder, tmp_path / "out")
    shutil.copy(path, folder / "returns" / RETURN)
    shown = ["code", "sheet", "cell", "message_zh"]
    pd.testing.assert_frame_equal(rl.open_review(folder).issues[shown], first.issues[shown])


def test_a_workbook_is_known_by_its_content(folder, tmp_path):
    """An .xlsx under the name .xls goes back as the department's own, marked."""
    (folder / "returns" / RETURN).rename(folder / "returns" / "城管执法局.xls")
    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")
    book = load_workbook(path)
    assert book[SUM[0]][SUM[1]].value == "12+3"
    assert "必须更正" in book[SUM[0]][SUM[1]].comment.text


def test_what_was_refused_is_not_opened(folder, tmp_path):
    """A file refused by reading is never opened again: its department gets the list alone."""
    review = rl.open_review(folder)
    own = review.issues[review.issues["dept_code"] == CODE].iloc[[0]]
    refused = own.assign(code="file.zip-bomb", severity="block", sheet=None, cell=None)
    (path,) = write_corrections(review.with_frames(issues=refused), folder, tmp_path / "out")
    book = load_workbook(path)
    assert book.sheetnames == [CORRECTIONS_SHEET]
    assert book.worksheets[0]["B5"].value == "拒收"


def test_very_many_problems_are_told_in_part_worst_first(folder, tmp_path, monkeypatch):
    """Nobody reads thousands; all are counted, and what is not listed is said to be there."""
    review = rl.open_review(folder)
    own = review.issues[review.issues["dept_code"] == CODE]
    must = int((own["severity"] == "error").sum())
    assert 1 < must < len(own)
    monkeypatch.setattr(to_correct, "MOST", must - 1)

    (path,) = write_corrections(review, folder, tmp_path / "out")

    book = load_workbook(path)
    page = book[CORRECTIONS_SHEET]
    assert f"必须更正 {must} 处" in page["A2"].value
    assert f"先列 {must - 1} 项" in page["A2"].value
    assert [row[1].value for row in page.iter_rows(min_row=5)] == ["必须更正"] * (must - 1)
    marks = [c for sheet in book for row in sheet for c in row if c.comment is not None]
    assert marks and all("请核对" not in cell.comment.text for cell in marks)


def test_the_same_of_a_thousand_cells_is_one_line_and_hides_nothing(folder, tmp_path, monkeypatch):
    """What is cut is the list of problems, not of cells; nothing is said to be missing from it."""
    review = rl.open_review(folder)
    own = review.issues[review.issues["dept_code"] == CODE]
    error = own[own["severity"] == "error"].iloc[[0]]
    many = pd.concat([error.assign(cell=f"A{row}", row=row) for row in range(5, 25)])
    whole = error.assign(sheet=None, cell=None, row=None, message_zh="缺少一张表", column=None)
    review = review.with_frames(issues=pd.concat([many, whole], ignore_index=True))
    monkeypatch.setattr(to_correct, "MOST", 3)

    (path,) = write_corrections(review, folder, tmp_path / "out")

    page = load_workbook(path)[CORRECTIONS_SHEET]
    assert [row[3].value for row in page.iter_rows(min_row=5)] == ["A5:A24", None]
    assert page["G6"].value == "缺少一张表"
    assert "必须更正 21 处" in page["A2"].value and "先列" not in page["A2"].value


def test_the_worst_that_is_wrong_with_a_cell_colours_it(folder, tmp_path):
    """A cell with an error and a question is one to be corrected."""
    review = rl.open_review(folder)
    own = review.issues[review.issues["dept_code"] == CODE]
    error = own[(own["severity"] == "error") & own["cell"].notna()].iloc[[0]]
    both = pd.concat([error.assign(severity="warn", message_zh="另一处"), error])

    (path,) = write_corrections(review.with_frames(issues=both), folder, tmp_path / "out")

    cell = load_workbook(path)[error["sheet"].iloc[0]][error["cell"].iloc[0]]
    assert cell.fill.start_color.rgb[-6:] == MARKS["error"][1]
    assert cell.comment.text.count("【") == 2


def test_the_box_of_an_empty_list_is_marked_only_while_nobody_has_ticked_it(folder, tmp_path):
    """An empty list is asked about at its box; one that is ticked is answered."""
    review = rl.open_review(folder)
    own = review.issues[review.issues["dept_code"] == CODE].iloc[[0]]
    book = load_workbook(folder / "returns" / RETURN)
    boxes = {sheet.title: sheet["A3"].value for sheet in book if sheet["A3"].value in NONE_CHOICES}
    asked = [own.assign(code="sheet.no-rows", severity="warn", sheet=name, cell=None, row=None)
             for name in boxes]  # fmt: skip
    review = review.with_frames(issues=pd.concat(asked, ignore_index=True))

    (path,) = write_corrections(review, folder, tmp_path / "out")

    sent = load_workbook(path)
    marked = {name for name in boxes if sent[name]["A3"].comment is not None}
    assert marked == {name for name, box in boxes.items() if box == NONE_BOX}
    assert marked and marked != set(boxes)


def test_a_return_changed_since_it_was_read_is_not_opened(folder, tmp_path):
    """What reading has found safe were other bytes: what goes back holds what was read."""
    review = rl.open_review(folder)
    path = folder / "returns" / RETURN
    book = load_workbook(path)
    book.create_sheet("后来加的")
    book.save(path)

    (back,) = write_corrections(review, folder, tmp_path / "out")

    assert "后来加的" not in load_workbook(back).sheetnames


def test_a_full_disk_is_not_held_against_the_workbook(folder, tmp_path, monkeypatch):
    """No room for what is written between: that is told, never a poorer workbook sent back."""
    review = rl.open_review(folder)

    attempts = iter(("our form", "the list alone"))

    def full(book):
        if next(attempts, "") == "our form":
            raise OSError(errno.ENOSPC, "no space left")
        return bytes_of(book)

    monkeypatch.setattr(corrections, "bytes_of", full)
    monkeypatch.setattr(sent_files, "SECONDS", 0.001)

    with pytest.raises(OSError, match="no space"):
        write_corrections(review, folder, tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())

    monkeypatch.undo()
    attempts = iter(("our form",))
    monkeypatch.setattr(marking, "bytes_of", full)
    own = Correction((), Listed(("", "", ""), ()), "")
    path = folder / "returns" / RETURN
    with pytest.raises(OSError, match="no space"):
        marked(path, review.inputs[f"returns/{RETURN}"], own)


def test_a_return_that_took_too_much_is_tried_again_by_the_next_run(folder, tmp_path, monkeypatch):
    """The machine may have been busy: what it went back as is not taken over."""
    review = rl.open_review(folder)
    monkeypatch.setattr(sent_files, "SECONDS", 0.001)
    (first,) = each_correction(review, folder, tmp_path / "first", made_by="x")
    monkeypatch.undo()
    (second,) = each_correction(
        review, folder, tmp_path / "second", made_by="x", earlier={first.name: first}
    )
    (third,) = each_correction(review, folder, tmp_path / "third", made_by="x")

    assert said_in(first)
    assert second.read_bytes() == third.read_bytes() != first.read_bytes()


@needs_limits
@pytest.mark.parametrize(
    ("what", "limits"),
    [("time", {"SECONDS": 0.3}), ("memory", {"MEMORY": 8 * 2**20, "SECONDS": 1})],
)
def test_a_workbook_that_takes_too_much_to_open_goes_back_as_our_form(
    folder, tmp_path, monkeypatch, what, limits
):
    """Reading leaves out what no table needs, marking cannot: then its entries are written anew."""
    path = folder / "returns" / RETURN
    book = load_workbook(path)
    for row in range(1, 8_000):
        ruled = DataValidation(type="whole", formula1=str(row), sqref=f"A{row}")
        book["05 编制职数"].add_data_validation(ruled)
    book.save(path)
    review = rl.open_review(folder)
    for name, limit in limits.items():
        monkeypatch.setattr(sent_files, name, limit)

    (back,) = write_corrections(review, folder, tmp_path / "out")

    sent = load_workbook(back)
    assert len(sent["05 编制职数"].data_validations.dataValidation) < 100
    assert sent[SUM[0]][SUM[1]].value == "12+3"
    assert "必须更正" in sent[SUM[0]][SUM[1]].comment.text


def test_a_damaged_file_goes_back_to_whom_its_name_tells(folder, tmp_path):
    """Nobody can read whose it is, but its name says so: the department is told, by the list."""
    (folder / "returns" / RETURN).unlink()
    (folder / "returns" / f"{CODE}.xlsx").write_bytes(b"PK\x03\x04")

    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")

    assert path.name == f"{CODE.lower()}.xlsx"
    assert load_workbook(path).worksheets[0]["B5"].value == "拒收"


def test_a_heading_taken_away_is_marked_where_it_stood(folder, tmp_path):
    """It stood in a locked cell; that which is to be restored can be written in."""
    book = load_workbook(folder / "returns" / RETURN)
    book["06 内设机构"]["B4"] = None
    book.save(folder / "returns" / RETURN)

    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")

    cell = load_workbook(path)["06 内设机构"]["B4"]
    assert "核定名称" in cell.comment.text and not cell.protection.locked


@pytest.mark.parametrize(
    ("what", "written", "left"),
    [
        ("between two characters", "机\u200b构\u202e", "机构"),
        ("before what looks like a formula", "\u200b=1+1", "=1+1"),
    ],
)
def test_hidden_characters_are_gone_when_it_goes_back(folder, tmp_path, what, written, left):
    """Nobody can take out what nobody sees: sent back as it is, the workbook warns no more."""
    book = load_workbook(folder / "returns" / RETURN)
    book["09 问题自查"]["C5"] = written
    book.save(folder / "returns" / RETURN)
    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")

    cell = load_workbook(path)["09 问题自查"]["C5"]
    assert (cell.value, cell.data_type) == (left, "s")
    assert "已清除" in cell.comment.text
    shutil.copy(path, folder / "returns" / RETURN)
    assert "hidden-characters" not in set(rl.open_review(folder).issues["rule"])


def test_what_may_be_meant_is_suggested(folder, tmp_path):
    """Where reading has an idea of it, the list and the comment both say so."""
    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")

    book = load_workbook(path)
    rows = book.worksheets[0].iter_rows(min_row=5, values_only=True)
    told = {row[2:4]: row[8] for row in rows}
    assert told[SUM].endswith("。建议：12 ＋ 3")
    assert "。建议：12 ＋ 3" in book[SUM[0]][SUM[1]].comment.text
    assert "建议" not in told[VAGUE] + book[VAGUE[0]][VAGUE[1]].comment.text


def test_a_control_character_costs_nobody_the_list(folder, tmp_path):
    """A CSV holds characters that no workbook can: the list goes back, and says what was found."""
    table = TABLES["self_problems"]
    row = ["\x0b十来\x1f天" if name == "category" else "甲" for name in table.names]
    lines = [[column.heading for column in table.columns], row]
    text = "\n".join(",".join(f'"{value}"' for value in line) for line in lines)
    (folder / "returns" / RETURN).unlink()
    (folder / "returns" / f"{CODE}.csv").write_text(text, encoding="utf-8")
    review = rl.open_review(folder)
    assert review.issues["raw"].fillna("").str.contains("\x0b").any()

    (path,) = write_corrections(review, folder, tmp_path / "out")

    told = [cell.value for cell in load_workbook(path).worksheets[0]["F"]]
    assert "十来天" in told


@pytest.mark.parametrize(
    ("what", "name", "content"),
    [("a CSV", "区城管执法局.csv", "内设机构名称,核定名称,核定人数\n办公室,办公室,十来\n".encode()),
     ("a damaged file", f"{CODE}.xlsx", b"PK\x03\x04")],
)  # fmt: skip
def test_a_list_alone_speaks_of_no_cell_of_its_own(folder, tmp_path, what, name, content):
    """No sheet stands behind it: what is to be corrected is the file that was sent, or our form."""
    (folder / "returns" / RETURN).unlink()
    (folder / "returns" / name).write_bytes(content)

    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")

    book = load_workbook(path)
    assert book.sheetnames == [CORRECTIONS_SHEET]
    said = "".join(book.worksheets[0][cell].value for cell in ("A2", "A3"))
    assert "单元格" not in said and "封面" not in said
    assert "改正原文件，或改填下发的自评工作簿" in said


def test_a_strict_workbook_goes_back_as_our_form(folder, tmp_path):
    """What marking cannot open it does not lose: every entry stands at its own address."""
    usual = "http://schemas.openxmlformats.org/"
    spaces = {
        f"{usual}spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
        f"{usual}officeDocument/2006/relationships":
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
    }  # fmt: skip
    path = folder / "returns" / RETURN
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            for old, new in spaces.items():
                part = part.replace(old.encode(), new.encode())
            archive.writestr(name, part)

    (back,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")

    sent = load_workbook(back)
    assert sent[SUM[0]][SUM[1]].value == "12+3"
    assert "必须更正" in sent[SUM[0]][SUM[1]].comment.text
    assert "标色单元格" in sent.worksheets[0]["A3"].value


def test_a_control_character_stands_in_no_comment(folder, tmp_path):
    """A comment is part of the workbook too, and takes no character that a workbook cannot."""
    review = rl.open_review(folder)
    issues = review.issues.assign(message_zh="现为“\x0b1”")

    (path,) = write_corrections(review.with_frames(issues=issues), folder, tmp_path / "out")

    assert "现为“1”" in load_workbook(path)[SUM[0]][SUM[1]].comment.text


@pytest.mark.parametrize(
    ("what", "formula", "stays"),
    [
        ("an aid of the form", "=MAX(N(B5)-N(C5),0)", True),
        ("points of a level", '=IF(D14="A",3,IF(D14="B",2.4,0))', True),
        ("a sum by the department", "=SUM(B5:B9)", True),
        ("a link", '=HYPERLINK("x","y")', False),
        ("a request", '=WEBSERVICE("x")', False),
        ("another program", "=cmd|'/c calc'!A0", False),
        ("another workbook", "=[book.xlsx]Sheet1!A1", False),
        ("a function with a dot", "=_xlfn.WEBSERVICE(A1)", False),
    ],
)
def test_which_formulas_stay(what, formula, stays):
    """Plain arithmetic stays a formula; what reaches elsewhere becomes text."""
    assert is_plain(formula) is stays


def test_nothing_of_a_return_runs_when_it_goes_back(folder, tmp_path):
    """A formula that reaches elsewhere goes back as text; who wrote the file is not told on."""
    book = load_workbook(folder / "returns" / RETURN)
    book.properties.creator = book.properties.lastModifiedBy = "某人"
    book["09 问题自查"]["B5"] = '=HYPERLINK("file:///x","打开")'
    book.save(folder / "returns" / RETURN)
    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")
    again = load_workbook(path)
    cell = again["09 问题自查"]["B5"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("file:///x","打开")', "s")
    assert "某人" not in (again.properties.creator, again.properties.lastModifiedBy)
