"""What people may not know of a sheet: hidden, merged, or beside the table."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from sheets_by_hand import workbook_bytes

from reviewlib.intake.interpret import interpret
from reviewlib.intake.limits import STANDARD
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.workbook import Workbook

HEADINGS = ["事项编号", "事项", "牵头单位", "配合单位", "依据", "是否书面明确", "边界情况"]
ROWS = [["XM-01", "甲", "区水务局", "区交通委", "文件", "是", "清晰"],
        ["XM-02", "乙", "区水务局", "区民政局", "无", "否", "不清晰"]]  # fmt: skip


def _hide_row(sheet):
    sheet.row_dimensions[3].hidden = True


def _hide_column(sheet):
    sheet.column_dimensions["E"].hidden = True


def _hide_sheet(sheet):
    sheet.sheet_state = "hidden"


def _merge(sheet):
    sheet["C3"] = None
    sheet.merge_cells("C2:C3")


def _beside(sheet):
    sheet["H2"] = "没有表头的内容"


def _far(sheet):
    sheet["P3"] = "远处"


def _more(sheet):
    sheet.parent.create_sheet("随手记")["A1"] = "备忘"


NOTICED = [
    ("nothing", lambda sheet: None, []),
    ("a hidden row", _hide_row, [("sheet.hidden-row", "07 职责关系", "A3")]),
    ("a hidden column", _hide_column, [("sheet.hidden-column", "07 职责关系", "E2")]),
    ("a hidden sheet", _hide_sheet, [("sheet.hidden", "07 职责关系", "")]),
    ("merged cells among the data", _merge, [("sheet.merged-cell", "07 职责关系", "A2")]),
    ("a column without heading", _beside, [("label.blank", "07 职责关系", "H2")]),
    ("a cell far away", _far, [("sheet.far-cell", "07 职责关系", "P3")]),
    ("a sheet more", _more, [("sheet.extra", "随手记", "")]),
]


@pytest.mark.parametrize(("what", "change", "expected"), NOTICED, ids=[c[0] for c in NOTICED])
def test_what_is_easily_overlooked_is_noticed(reading, what, change, expected):
    """It is read all the same where it is data, and named with its place."""
    result = _changed(change, reading)

    named = ("sheet.hid", "sheet.mer", "label.bla", "sheet.far", "sheet.ext")
    told = [(i["code"], i["sheet"],
             i["cell"]) for i in result.issues if i["code"].startswith(named)]
    assert told == expected
    assert [row["lead_dept"] for row in result.rows["cross_dept_matters"]] == ["DP28", "DP28"]


def _changed(change, reading):
    book = openpyxl.Workbook()
    cover = book.active
    cover.title = "01 封面"
    for row in (["部门代码", "DP28"], ["部门名称", "区水务局"], ["填报日期", "2019-07-05"]):
        cover.append(row)
    sheet = book.create_sheet("07 职责关系")
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    change(sheet)
    sheets = read_xlsx(workbook_bytes(book), STANDARD)
    return interpret(Workbook("returns/区水务局.xlsx", "0" * 64, "xlsx", sheets), "return", reading)


def test_a_row_hidden_under_a_merge_is_not_lost_in_silence(reading):
    """A row whose only content lies under a merged area is set aside, and somebody is told."""
    book = openpyxl.Workbook()
    book.active.title = "07 职责关系"
    for row in (HEADINGS, *ROWS, [None, None, "区交通委"]):
        book.active.append(row)
    merged = _with_merge(workbook_bytes(book), "C3:C4")

    result = interpret(
        Workbook("returns/区水务局.xlsx", "0" * 64, "xlsx", read_xlsx(merged, STANDARD)), "return",
        reading,
    )  # fmt: skip

    assert [i["rule"] for i in result.issues if i["code"] == "sheet.merged-cell"] == [
        "merged-over", ""
    ]
    assert result.sheets[0]["quarantined_count"] == 1


def test_a_value_hidden_under_a_merge_is_not_lost_in_silence(reading):
    """The first of them is named with its text, also where its row is used for the rest."""
    book = openpyxl.Workbook()
    book.active.title = "07 职责关系"
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    merged = _with_merge(workbook_bytes(book), "D2:E3")
    sheets = read_xlsx(merged, STANDARD)
    workbook = Workbook("returns/区水务局.xlsx", "0" * 64, "xlsx", sheets)

    (told,) = [i for i in interpret(workbook, "return", reading).issues
               if i["rule"] == "merged-over"]  # fmt: skip

    assert (told["cell"], told["raw"], told["severity"]) == ("E2", "文件", "warn")
    assert told["message_zh"] == "3 格内容被合并单元格遮住，未采用"


def _with_merge(data: bytes, area: str) -> bytes:
    """Merge cells in the file itself, as programs do that leave the values under it."""
    part, stream = "xl/worksheets/sheet1.xml", io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                end = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
                content = content.replace(b"</sheetData>", end.encode())
            new.writestr(name, content)
    return stream.getvalue()
