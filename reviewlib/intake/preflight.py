"""What a file is, by its content and never its name, and whether it may be read (预检)."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from zipfile import ZipFile, ZipInfo

from reviewlib.intake.limits import MB, Limits
from reviewlib.intake.read_csv import decode
from reviewlib.intake.refusal import Refusal, refusal

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS = {
    "file.encrypted": "EncryptedPackage", "word": "WordDocument",
    "slides": "PowerPoint Document",
}  # fmt: skip
"""Names of streams in an OLE file that tell what it is, if it is no .xls."""
OTHER_MAGIC = {b"%PDF": "PDF", b"{\\rtf": "RTF", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片",
               b"Rar!": "RAR 压缩包", b"7z\xbc\xaf": "7z 压缩包"}  # fmt: skip
HTML = re.compile(r"<\s*(!doctype\s+html|html|table|head|body|meta)\b", re.I)
BEFORE_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->", re.S)
XML_SHEETS = (
    (re.compile(r"\s*<([\w.-]+:)?workbook\b", re.I),
     "是 XML 表格 2003 格式，请另存为 .xlsx", "XML Spreadsheet 2003"),
    (re.compile(r"\s*<office:document\b"),
     "是单一 XML 文件的 ODF 格式（.fods），请另存为 .xlsx", "flat OpenDocument"),
)  # fmt: skip
"""What a text is by its outermost element, before a table in it is taken for a web page's."""
DTD = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
PARTS = {
    "xl/workbook.bin": "是 .xlsb 格式", "word/document.xml": "是 Word 文档",
    "ppt/presentation.xml": "是演示文稿",
}  # fmt: skip
REMARKS = {"vbaProject.bin": "file.has-macro", "externalLinks/": "file.external-link"}
"""Codes of data issues by the parts that call for them."""
EXTENSIONS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"}, "xls": {".xls", ".et", ".ett", ".xlt"},
    "ods": {".ods", ".ots"}, "csv": {".csv", ".txt", ".tsv"},
}  # fmt: skip
"""The suffixes that fit each format."""
IGNORED = re.compile(
    r"^(~\$.*|\.~lock\..*#|.*\.tmp|\.DS_Store|desktop\.ini|Thumbs\.db|\..*)$", re.I
)
"""What office programs and systems leave lying about; ignored, and counted."""
CHUNK = 1 << 16


def is_ignored(name: str) -> bool:
    """Say whether a file is no return at all: a lock, a temporary or a system file."""
    return bool(IGNORED.match(name))


def fits(format: str, name: str) -> bool:
    """Say whether a file name ends as its format asks."""
    return PurePath(name).suffix.lower() in EXTENSIONS[format]


def inspect(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    """Return the format of a file (xlsx, xls, ods, csv) and the codes of what else it holds.

    Raises
    ------
    WorkbookError
        Empty, too big, encrypted, damaged, a bomb, a web page, or no workbook at all.
    """
    if not data:
        raise refusal("file.empty-file")
    if len(data) > limits.file_bytes:
        raise too_big(len(data), limits)
    if data.startswith(ZIP):
        return _zip_format(data, limits)
    return (_ole_format(data) if data.startswith(OLE) else _text_format(data)), ()


def too_big(size: int, limits: Limits) -> Refusal:
    """Return the error that refuses a file of so many bytes."""
    return refusal("file.too-big", found=_megabytes(size), limit=_megabytes(limits.file_bytes))


def _megabytes(size: int) -> str:
    return f"{size / MB:.3g} MB"


def _ole_format(data: bytes) -> str:
    """Tell an .xls from an encrypted workbook and from a Word document."""
    for kind, name in STREAMS.items():
        if name.encode("utf-16-le") in data:
            if kind == "file.encrypted":
                raise refusal(kind)
            raise not_a_workbook("是其他类型的 Office 文档", "another kind of Office document")
    return "xls"


def not_a_workbook(zh: str, en: str):
    """Return the error that refuses a file that is no workbook."""
    return refusal("file.not-a-workbook", detail=zh, detail_en=en)


def _zip_format(data: bytes, limits: Limits) -> tuple[str, tuple[str, ...]]:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > limits.entries:
                raise refusal("file.too-many-sheets", limit=limits.entries)
            if len({entry.filename for entry in entries}) < len(entries):
                raise refusal("file.corrupt-file", detail="压缩包内有同名部件",
                              detail_en="two parts bear one name")  # fmt: skip
            found = _package(archive)
            _inflate(archive, entries, limits)
            names = [entry.filename for entry in entries]
            return found, tuple(code for part, code in REMARKS.items()
                                if any(part in name for name in names))  # fmt: skip
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # of damaged archives zipfile and zlib raise some ten types
        raise refusal("file.corrupt-file", detail="压缩包不完整",
                      detail_en="the archive is damaged") from error  # fmt: skip


def _package(archive: ZipFile) -> str:
    """Tell what an archive holds by the parts it has."""
    names = set(archive.namelist())
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise refusal("file.encrypted")
    if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        return "ods"
    for part, zh in PARTS.items():
        if part in names:
            raise not_a_workbook(zh, f"it holds {part}")
    if "[Content_Types].xml" in names and any(n.endswith("workbook.xml") for n in names):
        return "xlsx"
    raise not_a_workbook("是压缩包或其他类型的文档", "an archive or another kind of document")


def _inflate(archive: ZipFile, entries: list[ZipInfo], limits: Limits) -> None:
    """Unpack every entry once, counting what comes out; refuse a DTD in any part.

    The declared sizes are not trusted, and a high ratio alone is no reason: honest sheets reach
    107 to 1.
    """
    total = 0
    for entry in entries:
        tail = b""
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > limits.unpacked_bytes:
                    raise refusal("file.zip-bomb", limit=_megabytes(limits.unpacked_bytes))
                if any(mark in tail + chunk for mark in DTD):
                    raise refusal("file.xml-dtd")
                tail = chunk[-20:]


def _text_format(data: bytes) -> str:
    for magic, kind in OTHER_MAGIC.items():
        if data.startswith(magic):
            raise not_a_workbook(f"是 {kind}", "another kind of file")
    head = decode(data)[:4096]
    for root, zh, en in XML_SHEETS:
        if root.match(BEFORE_ROOT.sub("", head)):
            raise not_a_workbook(zh, en)
    if HTML.search(head):
        raise not_a_workbook("是网页格式（HTML），请另存为 .xlsx", "a web page (HTML)")
    if not any(separator in head for separator in ",;\t"):
        raise not_a_workbook("内容不是表格", "its content is no table")
    return "csv"
