"""An .ods with every text in sight of its reader (可读): types left out, line breaks and tabs.

Calamine takes a cell with text and no type for an empty one, where LibreOffice and Excel show the
text; and of a line break or a tab it keeps nothing, so that 1 above 2 becomes 12. Both are written
into a copy before it reads.
"""

from __future__ import annotations

import io
import re
import shutil
from array import array
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZipFile

CONTENT = "content.xml"
KEPT = ("mimetype", "META-INF/manifest.xml")
"""The parts that are read besides the content."""
CELLS = frozenset(("table:table-cell", "table:covered-table-cell"))
TYPE, BREAK, TAB = range(3)
WRITTEN = (b' office:value-type="string"', b"\n", b"\t")
MARKS = {"text:line-break": BREAK, "text:tab": TAB}
TYPED = ("office:", "table:formula")
"""Attributes of a cell that has a value; what a formula without a result gives, nobody knows."""
NOWHERE = -1

_ATTRIBUTES = rb'(?:\s+[\w:.-]+="[^"<>]*")*?'
SUSPECT = re.compile(
    rb"<text:(?:line-break|tab)\b|<table:(?:covered-)?table-cell\b(?!" + _ATTRIBUTES
    + rb"\s*/>|" + _ATTRIBUTES + rb"\s+(?:office:value-type|table:formula)=)"
)
"""A break, or a cell that is not surely empty or typed by its markup: most files hold none."""
CHUNK = 1 << 20


class _Pass:
    """One pass over the content: where to write what, from front to back."""

    def __init__(self, parser: expat.XMLParserType):
        self._parser = parser
        self.places, self.kinds = array("Q"), array("B")
        self._depth, self._cell_depth = 0, NOWHERE
        self._untyped = NOWHERE  # behind the name of the cell at hand, where its type is missing
        self._is_text = False  # inside a paragraph of the cell itself, not of a note on it

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if tag in CELLS:
            self._cell_depth, self._is_text = self._depth, False
            is_typed = any(name.startswith(TYPED) for name in attributes)
            place = self._parser.CurrentByteIndex + len(f"<{tag}")
            self._untyped = NOWHERE if is_typed else place
        elif tag == "text:p" and self._depth == self._cell_depth + 1:
            self._is_text = True
            if self._untyped != NOWHERE:
                self._write(self._untyped, TYPE)
                self._untyped = NOWHERE
        elif self._is_text and tag in MARKS:
            self._write(self._parser.CurrentByteIndex, MARKS[tag])

    def end(self, _: str) -> None:
        if self._depth == self._cell_depth:
            self._cell_depth = NOWHERE
        elif self._depth == self._cell_depth + 1:
            self._is_text = False
        self._depth -= 1

    def _write(self, place: int, kind: int) -> None:
        self.places.append(place)
        self.kinds.append(kind)


def readable(data: bytes) -> bytes:
    """Return an .ods as calamine reads all its texts; any other file as it is.

    Raises
    ------
    ExpatError
        Its content is no XML.
    """
    if not data.startswith(b"PK"):
        return data
    with ZipFile(io.BytesIO(data)) as old:
        if CONTENT not in old.namelist() or not _is_suspect(old):
            return data
        found = _found(old)
        return _written(old, found) if found.places else data


def _is_suspect(archive: ZipFile) -> bool:
    """Look the content over, several times faster than a pass; what is cut waits for its rest."""
    rest = b""
    with archive.open(CONTENT) as stream:
        while chunk := stream.read(CHUNK):
            piece = rest + chunk
            end = piece.rfind(b"<")
            if end >= 0 and SUSPECT.search(piece, 0, end):
                return True
            rest = piece[max(end, 0):]
    return bool(SUSPECT.search(rest))


def _found(archive: ZipFile) -> _Pass:
    parser = expat.ParserCreate()
    found = _Pass(parser)
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.end
    with archive.open(CONTENT) as stream:
        parser.ParseFile(stream)
    return found


def _written(old: ZipFile, found: _Pass) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name in KEPT:
            if name in old.namelist():
                new.writestr(name, old.read(name))
        with old.open(CONTENT) as source, new.open(CONTENT, "w") as target:
            at = 0
            for place, kind in zip(found.places, found.kinds, strict=True):
                target.write(source.read(place - at))
                target.write(WRITTEN[kind])
                at = place
            shutil.copyfileobj(source, target)
    return made.getvalue()
