"""What a file is, by its content and never its name, and whether it may be read (预检)."""

from __future__ import annotations

import io
import re
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from reviewlib.intake.limits import MB, Limits
from reviewlib.intake.row_counter import refusal

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
HTML = re.compile(rb"<\s*(!doctype\s+html|html|table|head|body|meta)\b", re.I)
XML_SHEET = re.compile(rb"<\s*(\?mso-application|Workbook\b)", re.I)
EXTENSIONS = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"}, "xls": {".xls", ".et", ".ett", ".xlt"},
    "ods": {".ods", ".ots"}, "csv": {".csv", ".txt", ".tsv"},
}  # fmt: skip
"""The suffixes that fit each format."""
IGNORED = re.compile(
    r"^(~\$.*|\.~lock\..*#|.*\.tmp|\.DS_Store|desktop\.ini|Thumbs\.db|\.~.*|\..*)$", re.I
)
"""What office programs and systems leave lying about; ignored, and counted."""


def is_ignored(name: str) -> bool:
    """Say whether a file is no return at all: a lock, a temporary or a system file."""
    return bool(IGNORED.match(name))


def format_of(data: bytes, name: str, limits: Limits) -> str:
    """Return the format of a file: xlsx, xls, ods or csv.

    Raises
    ------
    WorkbookError
        Empty, too big, encrypted, damaged, a web page, or no workbook at all.
    """
    if not data:
        raise refusal("file.empty-file")
    if len(data) > limits.file_bytes:
        raise refusal("file.too-big", found=f"{len(data) / MB:.1f} MB",
                      limit=f"{limits.file_bytes / MB:g} MB")  # fmt: skip
    if data.startswith(ZIP):
        return _zip_format(data, limits)
    if data.startswith(OLE):
        if ENCRYPTED in data:
            raise refusal("file.encrypted")
        return "xls"
    return _text_format(data, name)


def fits(format: str, name: str) -> bool:
    """Say whether a file name ends as its format asks."""
    return PurePath(name).suffix.lower() in EXTENSIONS[format]


def _zip_format(data: bytes, limits: Limits) -> str:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if len(names) > limits.entries:
                raise refusal("file.too-many-sheets", limit=limits.entries)
            if "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype"):
                return "ods"
            if "[Content_Types].xml" in names and any(n.endswith("workbook.xml") for n in names):
                return "xlsx"
    except BadZipFile as error:
        raise refusal("file.corrupt-file", detail="压缩包不完整") from error
    raise refusal("file.not-a-workbook", detail="是压缩包或其他类型的文档")


def _text_format(data: bytes, name: str) -> str:
    head = data[:4096].replace(b"\x00", b"")
    if HTML.search(head):
        raise refusal("file.not-a-workbook", detail="是网页格式（HTML）")
    if XML_SHEET.search(head):
        raise refusal("file.not-a-workbook", detail="是 XML 表格 2003 格式")
    if PurePath(name).suffix.lower() in EXTENSIONS["csv"]:
        return "csv"
    raise refusal("file.not-a-workbook", detail="内容不是表格")
