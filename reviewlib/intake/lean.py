"""A workbook without what no table needs: empty styled cells, validations, drawings, names.

Our own forms carry four empty cells for each filled one, and long lists of validations; leaving
them out halves what openpyxl has to do, and what a hostile or half-broken part can make it do.
Only what is surely empty goes, by its markup; the independent counter has read the parts as they
are before, and every cell that it saw must come out of the reader. Merged areas are the counter's
too: the reader would drop the values under them, and make a cell for each place.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from zipfile import ZIP_STORED, ZipFile

from reviewlib.intake.package import helper_parts, relations_of, workbook_part

KEPT = ("[Content_Types].xml", "_rels/.rels")
"""The parts that are read besides those that the workbook's own list names."""
NEEDLESS = re.compile(rb"<(pivotCaches|definedNames)[\s>].*?</\1>", re.DOTALL)
"""Of the workbook part: readers stumble over these, and no table needs them."""

EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]+"(?: [a-z]+="[^"<>]*")*\s*/>')
EMPTY_ROW = re.compile(
    rb'<row r="[0-9]+"(?![^<>]* hidden=)(?: [A-Za-z0-9:]+="[^"<>]*")*(?:\s*/>|>\s*</row>)'
)
UNADDRESSED = re.compile(rb'<(?:c(?! r="[A-Z]{1,3}[0-9])|row(?! r="[0-9]))[\s/>]')
END_OF_DATA, END = b"</sheetData>", b"</worksheet>"
DECLARED = re.compile(rb"""^[^<]*<\?xml[^>]*encoding=["'](?!utf-8["'])""", re.I)

ROOT = re.compile(rb"<[A-Za-z][^<>]*>")
STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main",
     b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
"""Namespaces of “Strict Open XML”, which the reader does not know, and the usual ones."""


def lean(data: bytes, sheets: Collection[str]) -> bytes:
    """Return an .xlsx with lean worksheets, and only the parts that are needed to read them.

    Parameters
    ----------
    data : bytes
    sheets : collection of str
        The parts that are worksheets.
    """
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(stream, "w", ZIP_STORED) as new:
        root = workbook_part(old)
        kept = {*KEPT, relations_of(root), *helper_parts(old)}
        for name in dict.fromkeys(old.namelist()):
            if name in sheets:
                new.writestr(name, _lean_sheet(_usual(name, old.read(name))))
            elif name == root:
                new.writestr(name, NEEDLESS.sub(b"", _usual(name, old.read(name))))
            elif name in kept:
                new.writestr(name, _usual(name, old.read(name)))
    return stream.getvalue()


def _usual(name: str, part: bytes) -> bytes:
    """Return a part with the usual namespaces; text is left alone, whatever it says."""
    if b"http://purl.oclc.org/ooxml/" not in part[:4096]:
        return part
    root = None if name.endswith(".rels") else ROOT.search(part)
    start, end = root.span() if root else (0, len(part))
    head = part[start:end]
    for strict, usual in STRICT:
        head = head.replace(strict, usual)
    return part[:start] + head + part[end:]


def _lean_sheet(part: bytes) -> bytes:
    """Return a worksheet part up to the end of its data.

    Left as it is where markup may not be what it seems (comments, CDATA, another encoding), where a
    cell or row has no address (then it stands where those before it put it), or where elements bear
    a prefix.
    """
    end = part.find(END_OF_DATA)
    rest = part[end + len(END_OF_DATA):]
    is_odd = b"<!" in part or DECLARED.match(part)
    if end < 0 or is_odd or END_OF_DATA in rest or not rest.rstrip().endswith(END):
        return part
    if UNADDRESSED.search(part, 0, end):
        return part
    cells = EMPTY_CELL.sub(b"", memoryview(part)[:end])
    return b"".join((EMPTY_ROW.sub(b"", cells), END_OF_DATA, END))
