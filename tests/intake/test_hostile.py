"""Workbooks made to harm, or broken by the programs that wrote them: none ends or hangs the run.

Each is read by one and the same worker, within its limits. What can be read is read to the last
row; what cannot is refused with its code; and the worker serves the next file.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from sheets_by_hand import with_parts, workbook_bytes

from reviewlib.intake.file_read import Job
from reviewlib.intake.limits import MB, STANDARD
from reviewlib.intake.worker import Worker

SHEET, LIST, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
LIMITS = replace(STANDARD, seconds=2, memory_bytes=160 * MB)
PARTS = ("header_count", "blank_count", "excluded_count", "clean_count", "quarantined_count")


def _plain() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "问题—建议"
    for row in (["问题编号", "建议编号", "修订标记"], ["P-01", "R-01", "a"], ["P-02", "R-02", "b"]):
        book.active.append(row)
    return workbook_bytes(book)


PLAIN = _plain()
with zipfile.ZipFile(io.BytesIO(PLAIN)) as _archive:
    OWN = {name: _archive.read(name) for name in _archive.namelist()}
ROWS = re.findall(rb"<row .*?</row>", OWN[SHEET], re.DOTALL)
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000


def _changed(part: str, old: bytes, new: bytes) -> bytes:
    """Return the workbook with one piece of one part exchanged."""
    assert old in OWN[part]
    return with_parts(PLAIN, {part: OWN[part].replace(old, new, 1)})


def _after(more: bytes) -> bytes:
    """Return the workbook with more behind the data of its sheet."""
    return _changed(SHEET, b"</sheetData>", b"</sheetData>" + more)


def _with_rows(more: bytes) -> bytes:
    return _changed(SHEET, b"</sheetData>", more + b"</sheetData>")


def _merged(*areas: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return _after(f"<mergeCells>{cells}</mergeCells>".encode())


def _row(number: object, cell: bytes) -> bytes:
    return b'<row r="%s">%s</row>' % (str(number).encode(), cell)


READ = [
    # what, the file
    ("as it should be", PLAIN),
    ("dimension of a million rows",
     _changed(SHEET, b'<dimension ref="A1:C3"', b'<dimension ref="A1:XFD1048576"')),
    ("rows in no order", _changed(SHEET, b"".join(ROWS), b"".join(ROWS[::-1]))),
    ("a value in the last row there can be",
     _with_rows(_row(1048576, b'<c r="A1048576" t="inlineStr"><is><t>P-9</t></is></c>'))),
    ("a merged area of nearly a million cells", _merged("B9:ALK999")),
    ("forty thousand merged areas", _merged(*(f"A{n}:B{n}" for n in range(9, 40_000)))),
    ("a hundred thousand tags within one another", _after(DEEP)),
    ("the same in the list of sheets", _changed(LIST, b"<sheets>", DEEP + b"<sheets>")),
    ("parts that would climb out of the folder", with_parts(PLAIN, {
        "../../../evil.txt": b"x", "/etc/evil": b"x", "xl/../../evil": b"x"})),
    ("a calendar that begins in 1904",
     _changed(LIST, b"<workbookPr", b'<workbookPr date1904="1"')),
    ("a number beyond all numbers", _with_rows(_row(9, b'<c r="C9"><v>1E400</v></c>'))),
    ("a hundred thousand names",
     _changed(LIST, b"<definedNames", b"<definedNames>" + b'<definedName name="a">A1</definedName>'
              * 100_000 + b"</definedNames><definedNames")),
    ("a sheet named like markup",
     _changed(LIST, "问题—建议".encode(), b"&lt;script&gt;")),
]  # fmt: skip

REFUSED = [
    # what, the file, the code
    ("a merged area that is none", _merged("hello"), "file.corrupt-file"),
    ("a link to a file of the system", _changed(RELATIONS, b"/xl/worksheets/sheet1.xml",
                                                b"../../../../etc/passwd"), "file.corrupt-file"),
    ("no list of relations", with_parts(PLAIN, {RELATIONS: None}), "file.corrupt-file"),
    ("a string that is not there", _with_rows(_row(9, b'<c r="A9" t="s"><v>99</v></c>')),
     "file.corrupt-file"),
    ("a style that is not there", _with_rows(_row(9, b'<c r="A9" s="999"><v>1</v></c>')),
     "file.corrupt-file"),
    ("no number", _with_rows(_row(9, b'<c r="A9"><v>NaN</v></c>')), "file.corrupt-file"),
    ("bytes that are no text", _changed(SHEET, b"<sheetData>", b"<sheetData>\xff\xfe"),
     "file.corrupt-file"),
    ("row nought", _with_rows(_row(0, b'<c r="A0"><v>1</v></c>')), "file.corrupt-file"),
    ("a row of twenty figures", _with_rows(_row("9" * 20, b"<c><v>1</v></c>")),
     "file.corrupt-file"),
    ("a sheet without end in little room",
     _changed(SHEET, b"<sheetData>", b"<sheetData>" + b" " * 120_000_000), "file.reader-died"),
    ("a million styles", with_parts(PLAIN, {STYLES: re.sub(
        rb"(<cellXfs[^>]*>)", lambda found: found[1] + b"<xf/>" * 300_000, OWN[STYLES])}),
     "file.read-timeout"),
]  # fmt: skip


@pytest.fixture(scope="module")
def read(tmp_path_factory, reading):
    """Return a function that has one worker read the bytes of a file."""
    worker, folder = Worker(LIMITS), tmp_path_factory.mktemp("hostile")

    def read(data: bytes):
        (folder / "a.xlsx").write_bytes(data)
        return worker.read(Job(folder / "a.xlsx", "a.xlsx", "ledger"), reading)

    yield read
    worker.close()


@pytest.mark.parametrize(("what", "data"), READ, ids=[case[0] for case in READ])
def test_what_can_be_read_is_read_to_the_last_row(read, what, data):
    """Every row of data is there, and the sheet's rows add up."""
    found = read(data)

    assert [row["rec_id"] for row in found.rows["problem_recs"]] == ["R-01", "R-02"]
    for sheet in found.sheets:
        assert sum(sheet[part] for part in PARTS) == sheet["seen_count"] >= 3


@pytest.mark.parametrize(("what", "data", "code"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_refused_and_the_next_file_is_read(read, what, data, code):
    """One code says why; the file after it comes out whole."""
    refused = read(data)

    assert [found["code"] for found in refused.issues] == [code]
    assert len(read(PLAIN).rows["problem_recs"]) == 2
