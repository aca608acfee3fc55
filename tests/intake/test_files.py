"""Files as they come: told by their content, refused with a code and a sentence, never a crash."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.folder import scan
from reviewlib.intake.limits import STANDARD, Limits
from reviewlib.intake.preflight import CHUNK
from reviewlib.intake.read_csv import count_lines
from reviewlib.intake.take_in import take_in

HEADINGS = ["问题编号", "涉及部门", "角色", "修订标记"]
ROWS = [["P-01", "区民政局", "主责", "a"], ["P-02", "区卫健委", "配合", "b"]]


def _book(rows=ROWS) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "问题—部门"
    for row in (HEADINGS, *rows):
        book.active.append(row)
    return book


def _bytes(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


XLSX = _bytes(_book())


def _with_part(name: str, content: bytes | None, data: bytes = XLSX) -> bytes:
    """Return a workbook with one part of its archive replaced, added or (None) taken out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(
        stream, "w", zipfile.ZIP_DEFLATED
    ) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if content is not None:
            new.writestr(name, content)
    return stream.getvalue()


def _part(name: str, data: bytes = XLSX) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


SHEET = "xl/worksheets/sheet1.xml"


def _sheet_with(old: bytes, new: bytes, data: bytes = XLSX) -> bytes:
    part = _part(SHEET, data)
    assert old in part
    return _with_part(SHEET, part.replace(old, new, 1), data)


def _damaged(name: str) -> bytes:
    """Return the workbook with the first bytes of a compressed part overwritten."""
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        start = archive.getinfo(name).header_offset + 30 + len(name)
    return XLSX[:start] + b"\xff" * 20 + XLSX[start + 20:]


def _twice(name: str) -> bytes:
    """Return the workbook with a part that stands in the archive twice."""
    stream = io.BytesIO(XLSX)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr(name, _part(name))
    return stream.getvalue()


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def _take(tmp_path: Path, name: str, data: bytes, reading, limits: Limits = STANDARD) -> FileRead:
    (tmp_path / name).write_bytes(data)
    return take_in(Job(tmp_path / name, name, "ledger"), reading, limits)


def _csv(rows: list[list[str]], separator: str = ",") -> bytes:
    return "\n".join(separator.join(row) for row in rows).encode()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]>'
FAR = b'<c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>'
REFUSED = [
    # what, name, content, code, a word of the sentence
    ("nothing in it", "a.xlsx", b"", "file.empty-file", "空"),
    ("cut short", "a.xlsx", XLSX[: len(XLSX) // 2], "file.corrupt-file", "不完整"),
    ("a part flipped", "a.xlsx", XLSX[:300] + bytes(60) + XLSX[360:], "file.corrupt-file", "损坏"),
    ("its compressed data damaged", "a.xlsx", _damaged(SHEET), "file.corrupt-file", "不完整"),
    ("two parts of one name", "a.xlsx", _twice(SHEET), "file.corrupt-file", "同名"),
    ("a quote that is not closed", "a.csv",
     '问题编号,涉及部门\nP-01,"区民政局'.encode() + b"\n1,2" * 50_000, "file.corrupt-file", "引号"),
    ("a quote that is not closed, and little behind it", "a.csv",
     '问题编号,涉及部门,角色,修订标记\nP-01,区民政局,主责,"a\nP-02,区卫健委,配合,b\n'.encode(),
     "file.corrupt-file", "引号没有配对"),
    ("a quote that another field closes", "a.csv",
     '问题编号,涉及部门,角色,修订标记\nP-01,区民政局,主责,"a\nP-02,区卫健委,配合,"b"\n'.encode(),
     "file.corrupt-file", "引号没有配对"),
    ("sixty-one sheets", "a.xlsx", _with_part("xl/workbook.xml", _part("xl/workbook.xml").replace(
        b"<sheet ", b'<sheet name="a" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships"/>' * 60 + b"<sheet ")), "file.too-many-sheets", "60"),
    ("a row beyond the last", "a.xlsx",
     _sheet_with(b'<row r="3"', b'<row r="99999999"'), "file.corrupt-file", "结构"),
    ("a sheet part missing", "a.xlsx", _with_part(SHEET, None), "file.corrupt-file", "结构"),
    ("a sheet that is no XML", "a.xlsx", _with_part(SHEET, b"<worksheet"), "file.corrupt-file",
     "结构"),
    ("a web page saved as .xls", "a.xls", b"<html><table><tr><td>1</td></tr></table>",
     "file.not-a-workbook", "网页格式（HTML），请另存为 .xlsx"),
    ("a web page in UTF-16", "a.xls", "<html><table>".encode("utf-16"), "file.not-a-workbook",
     "网页"),
    ("XML Spreadsheet 2003", "a.xls",
     b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:'
     b'schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>',
     "file.not-a-workbook", "XML 表格 2003"),
    ("the same with a prefix and a comment", "a.xml",
     b'<?xml version="1.0"?><!-- <html> --><ss:Workbook><ss:Table/></ss:Workbook>',
     "file.not-a-workbook", "XML 表格 2003"),
    ("flat OpenDocument", "a.fods", b'<?xml version="1.0"?>\n<office:document office:mimetype='
     b'"application/vnd.oasis.opendocument.spreadsheet"><table:table/></office:document>',
     "file.not-a-workbook", ".fods"),
    ("a web page of Excel", "a.xls", b"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>"
     b"<xml><x:ExcelWorkbook/></xml><table/></html>", "file.not-a-workbook", "网页"),
    ("needs a password", "a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "file.encrypted",
     "密码"),
    ("a Word document of old", "a.xls", OLE + "WordDocument".encode("utf-16-le"),
     "file.not-a-workbook", "其他类型"),
    ("an .xls cut short", "a.xls", OLE, "file.corrupt-file", "无法按表格读取"),
    ("a Word document", "a.xlsx", _zip(word__document_xml=b"", **{"word/document.xml": b""}),
     "file.not-a-workbook", "Word"),
    ("any archive", "a.xlsx", _zip(readme=b"x"), "file.not-a-workbook", "压缩包"),
    ("a PDF", "a.xlsx", b"%PDF-1.7 ...", "file.not-a-workbook", "PDF"),
    ("bytes of no kind", "a.xlsx", bytes(range(128, 256)) * 20, "file.not-a-workbook", "编码"),
    ("prose", "a.xlsx", "只是一段话".encode(), "file.not-a-workbook", "不是表格"),
    ("a table of something else", "a.csv", "甲,乙\n1,2\n".encode(), "file.not-a-workbook",
     "没有认出"),
    ("read in the wrong encoding, then saved", "a.csv",
     "问题编号,涉及部门\nP-01,区民政局\n".encode().decode("gb18030", "replace").encode(),
     "file.not-a-workbook", "没有认出"),
    ("a DTD in a sheet", "a.xlsx", _with_part(SHEET, DOCTYPE + _part(SHEET)), "file.xml-dtd",
     "DTD"),
    ("a DTD that two pieces of reading share", "a.xlsx",
     _with_part("xl/styles.xml", b" " * (CHUNK - 5) + DOCTYPE[DOCTYPE.index(b"<!"):]),
     "file.xml-dtd", "DTD"),
    ("a DTD in UTF-16", "a.xlsx",
     _with_part("xl/styles.xml", DOCTYPE.decode().encode("utf-16")), "file.xml-dtd", "DTD"),
    ("a cell far to the right", "a.xlsx", _sheet_with(b"</row>", FAR), "file.too-many-columns",
     "200 列"),
    ("a merge over the whole sheet", "a.xlsx",
     _sheet_with(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="F9:XFD1048576"/>'
                 b"</mergeCells>"), "file.too-many-merges", "合并"),
    ("a link over the whole sheet", "a.xlsx",
     _sheet_with(b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/>'
                 b"</hyperlinks>"), "file.too-many-merges", "合并"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "data", "code", "word"), REFUSED,
                         ids=[case[0] for case in REFUSED])  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_by_name(
    tmp_path, reading, what, name, data, code, word
):
    """One data issue, of severity block, with a sentence that says why; nothing is read."""
    read = _take(tmp_path, name, data, reading)

    (found,) = read.issues
    assert (found["code"], found["severity"], found["file"]) == (code, "block", name)
    assert word in found["message_zh"] and found["fix"]
    assert read.is_refused and not read.rows
    assert len(read.sha256) == 64


LIMITED = [
    ("file_bytes", 2_000, "file.too-big", "KB"),
    ("unpacked_bytes", 4_000, "file.zip-bomb", "解压"),
    ("entries", 3, "file.too-many-sheets", "3"),
    ("sheets", 0, "file.too-many-sheets", "0"),
    ("rows", 2, "file.too-many-rows", "2 行"),
    ("columns", 1, "file.too-many-columns", "1 列"),
    ("cells", 5, "file.too-many-cells", "5"),
]


@pytest.mark.parametrize(("limit", "value", "code", "word"), LIMITED,
                         ids=[case[0] for case in LIMITED])  # fmt: skip
def test_each_limit_has_its_code(tmp_path, reading, limit, value, code, word):
    """A file beyond any one limit is refused, and the sentence says which."""
    read = _take(tmp_path, "a.xlsx", XLSX, reading, replace(STANDARD, **{limit: value}))

    (found,) = read.issues
    assert found["code"] == code
    assert word in found["message_zh"] or code == "file.too-big"


def test_a_bomb_is_stopped_by_what_it_unpacks_to(tmp_path, reading):
    """The declared sizes are not looked at: 30 MB of zeros in one part are counted as they come."""
    bomb = _with_part("xl/media/image1.bin", bytes(30_000_000))

    read = _take(tmp_path, "a.xlsx", bomb, reading, replace(STANDARD, unpacked_bytes=20_000_000))

    assert len(bomb) < 100_000
    assert [found["code"] for found in read.issues] == ["file.zip-bomb"]


def test_a_file_that_may_not_be_read_is_refused(tmp_path, reading):
    """A folder in the place of a file cannot be opened; the run goes on."""
    (tmp_path / "a.xlsx").mkdir()

    read = take_in(Job(tmp_path / "a.xlsx", "a.xlsx", "ledger"), reading)

    assert [found["code"] for found in read.issues] == ["file.file-locked"]


READ = [
    ("an .xlsx by its name", "a.xlsx", XLSX, []),
    ("an .xlsx named .xls", "a.xls", XLSX, ["file.wrong-extension"]),
    ("dimension says A1, as WPS writes", "a.xlsx",
     _sheet_with(b'<dimension ref="A1:D3"', b'<dimension ref="A1"'), []),
    ("a CSV in UTF-8 with its mark", "a.csv", None, []),
    ("a CSV in GB18030", "a.csv", "gb18030", []),
    ("a CSV in UTF-16", "a.csv", "utf-16", []),
    ("a CSV of an old Mac", "a.csv", "\r".join(",".join(row) for row in (HEADINGS, *ROWS)).encode(),
     []),
    ("a CSV with a quote in a field, for inches", "a.csv",
     _csv([HEADINGS, [*ROWS[0][:3], '24"'], ROWS[1]]), []),
    ("a CSV with quotes in a quoted field", "a.csv",
     _csv([HEADINGS, [*ROWS[0][:3], '"24"",\n""a"""'], ROWS[1]]), []),
    ("a CSV with a title above that has no separator, then semicolons", "a.csv",
     _csv([["问题与部门"], [], HEADINGS, *ROWS], ";"), []),
    ("the same with tabs", "a.csv", _csv([["问题与部门"], [], HEADINGS, *ROWS], "\t"), []),
    ("a CSV named .xls", "a.xls", "utf-8", ["file.wrong-extension"]),
    ("macros in it", "a.xlsm", _with_part("xl/vbaProject.bin", b"x"), ["file.has-macro"]),
    ("links to another workbook", "a.xlsx",
     _with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>"), ["file.external-link"]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "name", "data", "codes"), READ, ids=[case[0] for case in READ])
def test_a_file_is_told_by_its_content(tmp_path, reading, what, name, data, codes):
    """The rows are the same, however the file is named or encoded; what is odd is noted."""
    if not isinstance(data, bytes):
        text = "\n".join(",".join(row) for row in (HEADINGS, *ROWS))
        data = text.encode(data or "utf-8-sig")

    read = _take(tmp_path, name, data, reading)

    rows = [(row["problem_id"], row["dept_code"],
             row["role"]) for row in read.rows["problem_depts"]]
    assert rows == [("P-01", "DP18", "main"), ("P-02", "DP29", "support")]
    told = [found["code"] for found in read.issues if found["code"].startswith("file.")]
    assert told == codes


COUNTED = [
    # what, the text, the records with any content
    ("a quote in a field", '甲,24" 屏\n乙,1', {1, 2}),
    ("a quoted line end", '"甲\n乙",1\n丙,2', {1, 2}),
    ("nothing between quotes", '"",""\n甲,1', {2}),
    ("a quote alone in its field", '"""",\n甲,1', {1, 2}),
    ("a line end alone in its field", '"\n",\n甲,1', {1, 2}),
    ("a doubled quote before a line end", '"甲""\n",1\n乙,2', {1, 2}),
    ("a space before a quote", '甲, "1\n乙,2"', {1, 2}),
    ("another separator", ";\n甲,1", {1, 2}),
    ("lines left empty", "甲,1\n\n,\n乙,2", {1, 4}),
]


@pytest.mark.parametrize(("what", "text", "filled"), COUNTED, ids=[case[0] for case in COUNTED])
def test_records_are_counted_as_the_reader_reads_them(what, text, filled):
    """The counter knows what a quote is by its place, as the reader does."""
    assert count_lines(text, ",").filled == filled
    read = list(csv.reader(io.StringIO(text), strict=True))
    assert {number for number, values in enumerate(read, start=1) if any(values)} == filled


@pytest.fixture(scope="module")
def converted(tmp_path_factory) -> dict[str, bytes]:
    """The workbook as LibreOffice saves it: .xls and .ods."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: .xls and .ods were not tried")
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.xlsx").write_bytes(XLSX)
    for format in ("xls", "ods"):
        subprocess.run(
            [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
             "--convert-to", format, "--outdir", str(folder), str(folder / "a.xlsx")],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return {format: (folder / f"a.{format}").read_bytes() for format in ("xls", "ods")}


@pytest.mark.parametrize(("format", "name"), [("xls", "a.xls"), ("xls", "a.et"), ("ods", "a.ods")])
def test_older_formats_are_read_for_their_values(tmp_path, reading, converted, format, name):
    """.xls, WPS's .et and .ods give the same rows, and say that only values were read."""
    read = _take(tmp_path, name, converted[format], reading)

    assert [row["dept_code"] for row in read.rows["problem_depts"]] == ["DP18", "DP29"]
    told = [found["code"] for found in read.issues if found["code"].startswith("file.")]
    assert told == ["file.reduced-fidelity"]


def test_an_encrypted_archive_is_told_from_a_damaged_one(tmp_path, reading):
    """The flag of the archive's entries says that they are encrypted."""
    data = bytearray(XLSX)
    start = data.rfind(b"PK\x01\x02")  # an entry of the central directory
    data[start + 8] |= 1

    read = _take(tmp_path, "a.xlsx", bytes(data), reading)

    assert [found["code"] for found in read.issues] == ["file.encrypted"]


def test_a_file_that_is_still_being_written_is_refused(tmp_path, reading, monkeypatch):
    """A file that grows while it is read is not believed; it is read at the next run."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(XLSX)
    whole = Path.read_bytes

    def growing(self: Path) -> bytes:
        data = whole(self)
        self.write_bytes(data + b"more")
        return data

    monkeypatch.setattr(Path, "read_bytes", growing)
    read = take_in(Job(path, "a.xlsx", "ledger"), reading)

    assert [found["code"] for found in read.issues] == ["file.file-unstable"]


NAMES = [
    # what, the name's bytes, how it is written down
    ("as it should be", "区民政局.xlsx".encode(), "区民政局.xlsx"),
    ("from an archive made on Windows", "区民政局.xlsx".encode("gb18030"), "区民政局.xlsx"),
    ("in no encoding at all", b"\xff.xlsx", "�.xlsx"),
    ("over two lines", b"a\nb.xlsx", "a�b.xlsx"),
    ("turned about", "a\u202exslx.xlsx".encode(), "a�xslx.xlsx"),
]


@pytest.mark.skipif(os.name != "posix", reason="names are bytes only there")
@pytest.mark.parametrize(("what", "name", "said"), NAMES, ids=[case[0] for case in NAMES])
def test_a_file_of_any_name_is_read_and_can_be_named(tmp_path, reading, what, name, said):
    """What is written down of a name is plain text; the file is read under its own."""
    (tmp_path / "returns").mkdir()
    (tmp_path / "returns" / os.fsdecode(name)).write_bytes(XLSX)

    (job,) = scan(tmp_path).jobs

    assert job.file == f"returns/{said}" and job.file.encode()
    assert take_in(replace(job, workbook="ledger"), reading).rows["problem_depts"]


@pytest.mark.skipif(os.name != "posix", reason="there are no pipes")
def test_what_is_no_file_is_told_and_never_opened(tmp_path):
    """A pipe would keep its reader waiting; a link to nothing or a folder hides what is lost."""
    (tmp_path / "returns").mkdir()
    os.mkfifo(tmp_path / "returns" / "a.xlsx")
    (tmp_path / "returns" / "b.xlsx").symlink_to(tmp_path / "nowhere")
    (tmp_path / "returns" / "c").symlink_to(tmp_path)
    (tmp_path / "returns" / "d.xlsx").symlink_to("d.xlsx")
    (tmp_path / "returns" / "e.xlsx").symlink_to("e" * 300)  # a name that no system looks up

    found = scan(tmp_path)

    told = [(i["code"], i["file"]) for i in found.issues if i["file"].startswith("returns/")]
    names = ("a.xlsx", "b.xlsx", "c", "d.xlsx", "e.xlsx")
    assert told == [("file.file-locked", f"returns/{name}") for name in names]
    assert found.jobs == ()


def test_what_programs_leave_lying_about_is_passed_over(tmp_path):
    """Lock and system files are no returns; a lock tells that its workbook may be open."""
    returns = tmp_path / "returns"
    returns.mkdir()
    for name in ("区民政局.xlsx", "~$区民政局.xlsx", ".~lock.a.ods#", "x.tmp", ".DS_Store",
                 "desktop.ini", "Thumbs.db", "区水务局 - 副本.xlsx"):  # fmt: skip
        (returns / name).write_bytes(b"x")

    found = scan(tmp_path)

    assert [job.file for job in found.jobs] == ["returns/区民政局.xlsx",
                                                "returns/区水务局 - 副本.xlsx"]
    assert sorted((i["code"], i["file"]) for i in found.issues) == [
        ("file.conflict-copy", "returns/区水务局 - 副本.xlsx"),
        ("file.file-open-elsewhere", "returns/区民政局.xlsx"),
        ("sheet.missing", "ledger.xlsx"),
    ]
