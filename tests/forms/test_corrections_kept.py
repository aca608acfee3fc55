"""What goes back to a department holds all that it wrote: set-aside rows, notes, its comments."""

from __future__ import annotations

import shutil
import zipfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from command_runs import SAMPLE
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

import reviewlib as rl
from reviewlib.forms import write_corrections
from reviewlib.schema.returns import CORRECTIONS_SHEET

RETURN = "区农业农村委回头看自评工作簿.xlsx"
CODE = "dp27"
DUTIES, STAFF, POSTS, COUNTS = "03 职责划转", "04 人员转隶", "05 编制职数", "12 其他计数"
CONTENT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>{}
</office:spreadsheet></office:body></office:document-content>"""
MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def _save_as_ods(book: Workbook, path: Path) -> None:
    """Save the values of a workbook as an .ods, formulas left out, as many programs write it."""
    tables = "".join(
        f'<table:table table:name="{sheet.title}">{"".join(map(_ods_row, sheet.iter_rows()))}'
        "</table:table>"
        for sheet in book
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT.format(tables))


def _ods_row(cells) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell) -> str:
    value = cell.value
    if value is None or cell.data_type == "f":
        return "<table:table-cell/>"
    if isinstance(value, datetime):
        kind = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


@pytest.fixture
def folder(tmp_path) -> Path:
    """A review folder with no return yet."""
    (tmp_path / "returns").mkdir()
    for name in ("review.toml", "rubric.toml", "departments.xlsx"):
        shutil.copy(SAMPLE / name, tmp_path / name)
    return tmp_path


def _set_aside() -> tuple[Workbook, dict[tuple[str, str], object]]:
    """Return a return with what reading sets aside, and where it stands."""
    book = load_workbook(SAMPLE / "returns" / RETURN)
    duties = book[DUTIES]
    for column in range(1, 17):
        duties.cell(9, column).value = duties.cell(5, column).value
    wrong = {
        (DUTIES, "B9"): "农田水利建设管理职责（第二批）", (DUTIES, "L9"): 7,  # the key of row 5
        (POSTS, "A10"): "聘用制", (POSTS, "B10"): 5, (POSTS, "C10"): 4,  # over a printed row
        (COUNTS, "A6"): "正常履行职责条数", (COUNTS, "C6"): 12,
        (STAFF, "P4"): "备注", (STAFF, "P5"): "此行数据待核",  # a column of its own
        (STAFF, "A12"): "合计", (STAFF, "E12"): 99,
        ("02 基本情况", "A24"): "其他情况", ("02 基本情况", "B24"): "新牌子未挂",
        ("02 基本情况", "C12"): "=暂定", ("随手记", "B2"): "待办：催报",
    }  # fmt: skip
    book.create_sheet("随手记")
    for (sheet, cell), value in wrong.items():
        book[sheet][cell].value = value
        book[sheet][cell].data_type = "n" if isinstance(value, int) else "s"
    for cell in duties[9]:
        if cell.value is not None:
            wrong[DUTIES, cell.coordinate] = cell.value
    return book, wrong


def _told(review) -> set[tuple]:
    issues = review.issues[review.issues["dept_code"] == CODE.upper()]
    settled = ["file.reduced-fidelity", "cell.date-normalised"]  # our form writes days as days
    issues = issues[~issues["code"].isin(settled)]
    shown = issues[["code", "severity", "sheet", "cell", "raw"]].fillna("")
    return set(shown.itertuples(index=False, name=None))


def test_rows_set_aside_are_in_the_form_that_goes_back(folder, tmp_path):
    """Each at its address as it was written; and the form, sent again as it is, reads as before."""
    book, wrong = _set_aside()
    _save_as_ods(book, folder / "returns" / "区农业农村委.ods")
    first = rl.open_review(folder)

    (path,) = write_corrections(first, folder, tmp_path / "out")

    back = load_workbook(path)
    assert {place: back[place[0]][place[1]].value for place in wrong} == wrong
    assert back["02 基本情况"]["C12"].data_type == "s"
    for sheet, cell in ((DUTIES, "A9"), (POSTS, "A10"), (COUNTS, "A6")):
        assert "必须更正" in back[sheet][cell].comment.text
        assert not back[sheet][cell].protection.locked
    assert not any(back[sheet][cell].protection.locked for sheet, cell in wrong)
    (folder / "returns" / "区农业农村委.ods").unlink()
    shutil.copy(path, folder / "returns" / f"{CODE}.xlsx")
    assert _told(rl.open_review(folder)) == _told(first)


def test_values_moved_aside_go_back_where_they_stand(folder, tmp_path):
    """A value right of its place, or at a label below, does not cost the department its form."""
    book = load_workbook(SAMPLE / "returns" / RETURN)
    profile = book["02 基本情况"]
    profile["C9"], profile["B9"] = profile["B9"].value, None
    profile["A24"], profile["B24"] = "挂牌计划日期", profile["B8"].value
    profile["B8"] = None
    _save_as_ods(book, folder / "returns" / "区农业农村委.ods")
    first = rl.open_review(folder)

    (path,) = write_corrections(first, folder, tmp_path / "out")

    back = load_workbook(path)["02 基本情况"]
    for cell in ("C9", "B24"):
        assert back[cell].value == profile[cell].value
        assert "请核对" in back[cell].comment.text
    (folder / "returns" / "区农业农村委.ods").unlink()
    shutil.copy(path, folder / "returns" / f"{CODE}.xlsx")
    assert _told(rl.open_review(folder)) == _told(first)


def test_what_goes_back_is_the_same_bytes_each_time(folder, tmp_path):
    """The same file and the same issues give the same workbook."""
    _save_as_ods(_set_aside()[0], folder / "returns" / "区农业农村委.ods")
    review = rl.open_review(folder)

    once, again = (write_corrections(review, folder, tmp_path / name)[0] for name in "ab")

    assert once.read_bytes() == again.read_bytes()


def test_a_row_that_has_no_place_is_listed_with_all_it_holds(folder, tmp_path):
    """A sheet laid out otherwise, of which nothing was used, is not written over the form."""
    book = load_workbook(SAMPLE / "returns" / RETURN)
    for row in book[POSTS].iter_rows(min_row=4):
        for cell in row:
            if cell.row >= 5 and cell.column == 1:
                cell.value = f"甲类{cell.row}" if cell.row < 12 else None
            elif cell.row >= 11:
                cell.value = None
    book[POSTS].insert_cols(2)
    _save_as_ods(book, folder / "returns" / "区农业农村委.ods")
    review = rl.open_review(folder)

    (path,) = write_corrections(review, folder, tmp_path / "out")

    sheets = load_workbook(path)
    listed = {row[3].value: row[5].value for row in sheets.worksheets[0].iter_rows(min_row=5)
              if row[2].value == POSTS and row[5].value}  # fmt: skip
    assert sheets[POSTS]["A5"].value == "行政编制"
    assert listed["A5"].startswith("甲类5｜36｜33")


def test_a_file_changed_since_it_was_read_is_not_opened(folder, tmp_path):
    """Only the bytes that reading found safe are opened; half a form is not sent back."""
    file = folder / "returns" / "区农业农村委.ods"
    _save_as_ods(_set_aside()[0], file)
    review = rl.open_review(folder)
    file.write_bytes(file.read_bytes() + b" ")

    (path,) = write_corrections(review, folder, tmp_path / "out")

    assert load_workbook(path).sheetnames == [CORRECTIONS_SHEET]


def test_the_departments_own_comment_stays_below_ours(folder, tmp_path):
    """On a faulty cell both are read; once it comes back, theirs is what is left."""
    book = load_workbook(SAMPLE / "returns" / RETURN)
    book["08 议事协调机构"]["G5"].comment = Comment("以编办批复为准", "经办")
    book.save(folder / "returns" / RETURN)
    (path,) = write_corrections(rl.open_review(folder), folder, tmp_path / "out")
    text = load_workbook(path)["08 议事协调机构"]["G5"].comment.text
    assert text.startswith("【必须更正】")
    assert text.endswith("【原批注】\n以编办批复为准")

    shutil.copy(path, folder / "returns" / RETURN)
    (again,) = write_corrections(rl.open_review(folder), folder, tmp_path / "again")

    assert load_workbook(again)["08 议事协调机构"]["G5"].comment.text == text
