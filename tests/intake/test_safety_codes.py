"""Every code of a data issue that intake can give has a real file that calls for it.

The codes of publishing have a real report that ends so.

A small return and a small ledger are changed in one place each; the code stands where the change
was made, and not in the file as it was. A code declared in the schema without a case here fails.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from readers_here import IN_PLACE
from sheets_by_hand import with_parts, workbook_bytes

from reviewlib.intake.file_read import Job
from reviewlib.intake.folder import scan
from reviewlib.intake.limits import STANDARD, Limits
from reviewlib.intake.opening import assemble_review
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.intake.take_in import take_in
from reviewlib.review import read_settings
from reviewlib.rubric import load_rubric
from reviewlib.schema.codes import CODES
from reviewlib.schema.ledger_codes import LEDGER_CODES

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "data" / "sample"
NOT_OF_INTAKE = {row[0] for row in LEDGER_CODES} | {"row.stale-edit"}
"""Codes of the ledger's merging."""
ELSEWHERE = {
    "../publish/test_workshop.py":
        "run.kernel-died run.cell-timeout run.notebook-error run.incomplete-run",
    "../publish/test_shelf.py": "run.publish-failed",
    "test_worker.py": "file.read-timeout file.reader-died",  # they need a process of their own
    "test_files.py": "file.file-unstable",  # it needs somebody who writes meanwhile
}

STAFF, UNITS, OPINIONS = "04 人员转隶", "06 内设机构", "10 意见建议"
SHEETS = {
    "01 封面": [["部门代码", "DP18"], ["部门名称", "区民政局"], ["填报日期", "2019-07-05"],
              ["数据真实性承诺", "是"]],
    STAFF: [
        ["转出部门", "转入部门", "填报方", "编制类型", "应转隶人数（人）", "已转隶人数（人）",
         "未转隶人数（人）", "未转隶原因", "应完成日期"],
        ["区民政局", "区卫健委", "划出方", "行政编制", 5, 4, 1, "待批复", "2019-06-30"],
        ["区民政局", "区卫健委", "划出方", "工勤编制", 3, 3, 0, None, "2019-06-30"],
        ["区民政局", "区卫健委", "划出方", "事业编制", 2, 2, 0, None, None],
    ],
    OPINIONS: [["意见编号", "主题", "意见内容", "依据", "解决层级"],
               ["YJ-01", "职责", "明确边界", None, None]],
    UNITS: [["内设机构名称", "是否“三定”核定", "是否已设置", "负责人是否到位", "科室职责是否印发"],
            ["办公室", "是", "是", "是", "是"]],
}  # fmt: skip
LEDGER = {"问题—部门": [["问题编号", "涉及部门", "角色", "修订标记"],
                       ["P-01", "区民政局", "主责", "a"], ["P-02", "区卫健委", "配合", "b"]],
          "问题—建议": [["问题编号", "建议编号", "修订标记"], ["P-01", "R-01", "c"]]}  # fmt: skip


def _book(sheets: dict[str, list[list]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in sheets.items():
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(row)
    return book


RETURN = workbook_bytes(_book(SHEETS))


def _codes(path: Path, data: bytes, kind: str, reading, limits: Limits = STANDARD) -> set[tuple]:
    """Return (code, sheet, cell) of every data issue of one file."""
    path.write_bytes(data)
    read = take_in(Job(path, f"returns/{path.name}", kind), reading, limits)
    return {(found["code"], found["sheet"], found["cell"]) for found in read.issues}


# in a cell, a row, a heading, a sheet of a return ─────────────────────────────────────────────────

Change = Callable[[openpyxl.Workbook], object]


def _to(sheet: str, cell: str, value: object) -> Change:
    return lambda book: book[sheet].__setitem__(cell, value)


def _row(sheet: str, *values: object) -> Change:
    return lambda book: book[sheet].append(values)


def _merged(book):
    book[STAFF]["A3"] = None
    book[STAFF].merge_cells("A2:A3")


def _hidden(what: str, key, sheet: str = STAFF) -> Change:
    return lambda book: setattr(getattr(book[sheet], what)[key], "hidden", True)


def _twice(book):
    other = book.copy_worksheet(book[UNITS])
    other.title = "副本"


CELLS = [
    # code, what is changed, sheet and cell where it is told
    ("cell.required", _to(STAFF, "E2", None), STAFF, "E2"),
    ("cell.type", _to(STAFF, "E2", "很多"), STAFF, "E2"),
    ("cell.constraint", _to(STAFF, "E2", -5), STAFF, "E2"),
    ("cell.not-in-list", _to(STAFF, "D2", "合同工"), STAFF, "D2"),
    ("cell.bad-date", _to(STAFF, "I2", "2019.2.30"), STAFF, "I2"),
    ("cell.date-normalised", _to(STAFF, "I2", "6月底前"), STAFF, "I2"),
    ("cell.number-normalised", _to(STAFF, "E2", "约5人"), STAFF, "E2"),
    ("cell.text-normalised", _to(STAFF, "B2", "区卫健委、区水务局"), STAFF, "B2"),
    ("cell.too-long", _to(STAFF, "H2", "因" * 201), STAFF, "H2"),
    ("cell.excel-error", _to(STAFF, "E2", "#REF!"), STAFF, "E2"),
    ("cell.formula-no-cache", _to(STAFF, "E2", "=F2+1"), STAFF, "E2"),
    ("cell.precision-lost", _to(STAFF, "H2", 1234567890123456789), STAFF, "H2"),
    ("cell.suspicious-unicode", _to(STAFF, "H2", "待批\u202e复"), STAFF, "H2"),
    ("cell.formula-like", _to(STAFF, "H2", "@张三"), STAFF, "H2"),
    ("cell.personal-data", _to(STAFF, "H2", "联系 13800138000"), STAFF, "H2"),
    ("row.blank", _row(STAFF, " "), STAFF, ""),
    ("row.footer", _row(STAFF, "合计", None, None, None, 10, 9, 1), STAFF, "A5"),
    ("row.repeated-header", _row(STAFF, *SHEETS[STAFF][0]), STAFF, "A5"),
    ("row.duplicate", _row(STAFF, *SHEETS[STAFF][1]), STAFF, "A5"),
    ("row.duplicate-key", _row(STAFF, *SHEETS[STAFF][1][:4], 9, 9, 0), STAFF, "A5"),
    ("row.constraint", _to("01 封面", "B2", "区水务局"), "01 封面", "B2"),
    ("label.missing", _to(OPINIONS, "D1", None), OPINIONS, "D1"),
    ("label.extra", _to(STAFF, "J1", "经办科室"), STAFF, "J1"),
    ("label.blank", _to(STAFF, "J2", "没有表头"), STAFF, "J2"),
    ("label.duplicate", _to(STAFF, "J1", "应转隶人数（人）"), STAFF, "J1"),
    ("label.normalised", _to(STAFF, "A1", "划出部门"), STAFF, "A1"),
    ("label.guessed", _to(STAFF, "H1", "未能转隶原因"), STAFF, "H1"),
    ("sheet.missing", lambda book: book.remove(book[STAFF]), STAFF, ""),
    ("sheet.extra", lambda book: book.create_sheet("随手记").append(["备忘"]), "随手记", ""),
    ("sheet.hidden", lambda book: setattr(book[STAFF], "sheet_state", "hidden"), STAFF, ""),
    ("sheet.no-rows", lambda book: book[STAFF].delete_rows(2, 9), STAFF, ""),
    ("sheet.second-table", _twice, UNITS, ""),
    ("sheet.far-cell", _to(STAFF, "Z2", "远处"), STAFF, "Z2"),
    ("sheet.hidden-row", _hidden("row_dimensions", 3), STAFF, "A3"),
    ("sheet.hidden-column", _hidden("column_dimensions", "E"), STAFF, "E2"),
    ("sheet.merged-cell", _merged, STAFF, "A2"),
    ("file.stale-version",
     lambda book: book.create_sheet("_meta").append(["template_version", "1900"]), "", ""),
    ("file.unknown-department", lambda book: book.remove(book["01 封面"]), "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change", "sheet", "cell"), CELLS, ids=[c[0] for c in CELLS])
def test_a_code_stands_where_the_return_was_changed(tmp_path, reading, code, change, sheet, cell):
    """The changed return calls for the code at that place; the return as it was does not."""
    book = openpyxl.load_workbook(io.BytesIO(RETURN))
    change(book)
    before = _codes(tmp_path / "a.xlsx", RETURN, "return", reading)

    after = _codes(tmp_path / "a.xlsx", workbook_bytes(book), "return", reading)

    assert (code, sheet, cell) in after - before


def test_the_return_itself_calls_for_nothing(tmp_path, reading):
    """What the cases start from lacks sheets and columns, and has no fault besides."""
    found = _codes(tmp_path / "a.xlsx", RETURN, "return", reading)

    assert {code for code, _, _ in found} == {"label.missing", "sheet.missing"}


# the whole file ──────────────────────────────────────────────────────────────────────────────────

PLAIN = workbook_bytes(_book(LEDGER))
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
 <table:table table:name="问题—建议">{}</table:table></office:spreadsheet></office:body>
 </office:document-content>"""

MANIFEST = '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def _ods() -> bytes:
    """Return the sheet 问题—建议 as a program that writes .ods would."""
    rows = "".join(
        "<table:table-row>" + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p>'
            "</table:table-cell>" for text in row) + "</table:table-row>"
        for row in LEDGER["问题—建议"]
    )  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(rows))
    return stream.getvalue()


def _in_sheet(before: bytes, after: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        part = archive.read(SHEET)
    assert before in part
    return with_parts(PLAIN, {SHEET: part.replace(before, after, 1)})


FILES = [
    # code, name, content, limits
    ("file.empty-file", "a.xlsx", b"", {}),
    ("file.corrupt-file", "a.xlsx", PLAIN[:-500], {}),
    ("file.not-a-workbook", "a.xls", b"<html><table></table></html>", {}),
    ("file.wrong-extension", "a.xls", PLAIN, {}),
    ("file.encrypted", "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), {}),
    ("file.too-big", "a.xlsx", PLAIN, {"file_bytes": 999}),
    ("file.zip-bomb", "a.xlsx", with_parts(PLAIN, {"xl/media/a.png": bytes(3_000_000)}),
     {"unpacked_bytes": 2_000_000}),
    ("file.xml-dtd", "a.xlsx", _in_sheet(b"<worksheet", b"<!DOCTYPE x><worksheet"), {}),
    ("file.too-many-rows", "a.xlsx", PLAIN, {"rows": 2}),
    ("file.too-many-columns", "a.xlsx",
     _in_sheet(b"</row>", b'<c r="XFD1"><v>1</v></c></row>'), {}),
    ("file.too-many-cells", "a.xlsx", PLAIN, {"cells": 9}),
    ("file.too-many-sheets", "a.xlsx", PLAIN, {"sheets": 1}),
    ("file.too-many-merges", "a.xlsx",
     _in_sheet(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="F9:CV99999"/>'
               b"</mergeCells>"), {}),
    ("file.file-locked", "a.xlsx", None, {}),  # a folder in its place: nobody may read that
    ("file.reduced-fidelity", "a.ods", _ods(), {}),
    ("file.has-macro", "a.xlsm", with_parts(PLAIN, {"xl/vbaProject.bin": b"x"}), {}),
    ("file.external-link", "a.xlsx",
     with_parts(PLAIN, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), {}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name", "data", "limits"), FILES, ids=[c[0] for c in FILES])
def test_a_code_of_a_whole_file(tmp_path, reading, code, name, data, limits):
    """The file calls for the code, the plain ledger for none of its kind."""
    before = _codes(tmp_path / "plain.xlsx", PLAIN, "ledger", reading)
    if data is None:
        (tmp_path / name).mkdir()
        read = take_in(Job(tmp_path / name, name, "ledger"), reading)
        after = {(found["code"], "", "") for found in read.issues}
    else:
        after = _codes(tmp_path / name, data, "ledger", reading, replace(STANDARD, **limits))

    assert (code, "", "") in after - before
    assert not {found for found, _, _ in before if found.startswith("file.")}


ADJUSTMENTS = ["部门代码", "项目编号", "数量", "事由", "佐证", "批准文号"]
ROWS = [
    # code, kind of workbook, sheets, where
    ("row.missing-key", "ledger",
     LEDGER | {"问题—建议": [*LEDGER["问题—建议"], [None, "R-02", "d"]]}, "问题—建议", "A3"),
    ("row.foreign-key", "visit",
     {"加减分": [ADJUSTMENTS, ["DP18", "K99", 1, "无此项目", "纪要", None]]}, "加减分", "B2"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kind", "sheets", "sheet", "cell"), ROWS,
                         ids=[case[0] for case in ROWS])  # fmt: skip
def test_a_code_of_a_row_of_the_office(tmp_path, reading, code, kind, sheets, sheet, cell):
    """A row without its key, or with a code that nothing knows, is named."""
    found = _codes(tmp_path / "a.xlsx", workbook_bytes(_book(sheets)), kind, reading)

    assert (code, sheet, cell) in found


# the folder ──────────────────────────────────────────────────────────────────────────────────────

FOLDER = [
    ("file.duplicate-file", "returns/a.xlsx"),
    ("file.conflict-copy", "returns/b - 副本.xlsx"),
    ("file.file-open-elsewhere", "returns/a.xlsx"),
    ("file.missing-department", "departments.xlsx"),
]


@pytest.fixture(scope="module")
def told_of_folder(tmp_path_factory) -> set[tuple[str, str]]:
    """What is told of a folder with two returns of one department, one of them open."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "returns").mkdir()
    for name in ("review.toml", "rubric.toml", "departments.xlsx"):
        shutil.copy(SAMPLE / name, folder)
    cover = {"01 封面": [["部门代码", "DP01"], ["填报日期", None], ["数据真实性承诺", "是"]]}
    for name, day in (("a", "2025-07-05"), ("b - 副本", "2025-07-09")):
        cover["01 封面"][1][1] = day
        (folder / "returns" / f"{name}.xlsx").write_bytes(workbook_bytes(_book(cover)))
    (folder / "returns" / "~$a.xlsx").write_bytes(b"x")
    found, settings = scan(folder), read_settings(folder)
    rubric, roster = load_rubric(folder / "rubric.toml"), read_roster(folder, settings, IN_PLACE)
    reading = reading_of(roster, settings, rubric)
    reads = [roster, *(take_in(job, reading) for job in found.jobs)]
    issues = assemble_review(found, settings, rubric, reads).issues
    return set(zip(issues["code"], issues["file"], strict=True))


@pytest.mark.parametrize(("code", "file"), FOLDER, ids=[case[0] for case in FOLDER])
def test_a_code_of_the_folder(told_of_folder, code, file):
    """What only shows beside other files is told at the file it is about."""
    assert (code, file) in told_of_folder


# all of them ─────────────────────────────────────────────────────────────────────────────────────


def test_every_code_has_its_case():
    """Every declared code but those of merging is tried here or where it is said."""
    here = {case[0] for cases in (CELLS, ROWS, FILES, FOLDER) for case in cases}
    elsewhere = {code for codes in ELSEWHERE.values() for code in codes.split()}

    assert here | elsewhere == CODES.keys() - NOT_OF_INTAKE
    for name, codes in ELSEWHERE.items():
        for code in codes.split():
            assert f'"{code}"' in (HERE / name).read_text(encoding="utf-8")
