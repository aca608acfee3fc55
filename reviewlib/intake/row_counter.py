"""Count the rows of an .xlsx straight from its XML, without the reader (独立计数).

Readers are known to lose rows in silence: values under merges, rows out of order, a dimension that
says A1. What this counter saw is what the row equation is held against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat
from zipfile import ZipFile

from reviewlib.errors import WorkbookError
from reviewlib.intake.limits import Limits
from reviewlib.intake.workbook import RowCount

_COLUMN = re.compile(r"[A-Z]+")


@dataclass(frozen=True)
class SheetCount:
    """What one pass over a sheet part tells."""

    rows: RowCount
    cell_count: int
    formulas: dict[str, str]  # address → its text
    uncached: frozenset[str]  # addresses of formulas without a stored result


@dataclass
class _Pass:
    """The state of one pass over a sheet part."""

    limits: Limits
    seen: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)
    formulas: dict[str, str] = field(default_factory=dict)
    uncached: set[str] = field(default_factory=set)
    cells: int = 0
    row: int = 0
    address: str = ""
    is_text: bool = False  # the cell is of type "str": an empty result is a result
    formula: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
        elif tag in ("v", "is"):
            self._fill()
            if self.is_text:
                self.uncached.discard(self.address)
        elif tag == "f":
            self._fill()
            self.uncached.add(self.address)
            self.formula = []

    def end(self, tag: str) -> None:
        if tag == "f" and self.formula is not None:
            self.formulas[self.address] = "=" + "".join(self.formula)
            self.formula = None

    def text(self, data: str) -> None:
        if self.formula is not None:
            self.formula.append(data)
        elif self.uncached:
            self.uncached.discard(self.address)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.address = attributes.get("r", "")
        self.is_text = attributes.get("t") == "str"
        self.seen.add(self.row)
        if len(self.address) > 4 and _too_far_right(self.address, self.limits.columns):
            raise refusal("file.too-many-columns", limit=self.limits.columns)

    def _fill(self) -> None:
        self.filled.add(self.row)
        self.cells += 1
        if len(self.filled) > self.limits.rows:
            raise refusal("file.too-many-rows", limit=self.limits.rows)


def refusal(code: str, **words: object) -> WorkbookError:
    """Return the error that refuses a whole file, with the words of its data issue."""
    error = WorkbookError(code, code, code)
    error.words = words
    return error


def refuse_dtd(*_: object) -> None:
    """Refuse a document type declaration: it is the way to entity bombs and foreign files."""
    raise refusal("file.xml-dtd")


def _too_far_right(address: str, limit: int) -> bool:
    letters = _COLUMN.match(address)
    number = 0
    for letter in letters[0] if letters else "":
        number = number * 26 + ord(letter) - 64
    return number > limit


def count_sheet(archive: ZipFile, part: str, limits: Limits) -> SheetCount:
    """Count the rows and cells of one sheet part, and note its formulas."""
    state = _Pass(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.StartElementHandler = lambda tag, found: state.start(tag.rpartition(" ")[2], found)
    parser.EndElementHandler = lambda tag: state.end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = state.text
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    rows = RowCount(frozenset(state.seen), frozenset(state.filled))
    return SheetCount(rows, state.cells, state.formulas, frozenset(state.uncached))
