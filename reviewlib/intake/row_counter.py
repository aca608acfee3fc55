"""Count the rows of an .xlsx straight from its XML, without the reader (独立计数).

Readers are known to lose rows in silence: values under merges, rows out of order, a dimension that
says A1. What this counter saw is what the row equation is held against.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl.utils import get_column_letter

from reviewlib.intake.limits import Limits
from reviewlib.intake.refusal import refusal
from reviewlib.intake.workbook import Merge, RowCount

LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
MAIN = frozenset((
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
))  # fmt: skip
"""The namespaces of sheets, the usual one and that of “Strict Open XML”."""
MOST_NAMES = 1024
LAST_ROW = 1_048_576
"""The last row that a sheet can have."""


@dataclass(frozen=True)
class SheetCount:
    """What one pass over a sheet part tells."""

    rows: RowCount
    cell_count: int
    filled: frozenset[str]  # addresses of cells with any content; fewer where one comes twice
    formulas: dict[str, str]  # address → its text
    uncached: frozenset[str]  # addresses of formulas without a stored result
    merges: tuple[Merge, ...]


@dataclass
class _Pass:
    """The state of one pass over a sheet part."""

    name: str
    limits: Limits
    seen: set[int] = field(default_factory=set)
    filled: set[int] = field(default_factory=set)
    formulas: dict[str, str] = field(default_factory=dict)
    uncached: set[str] = field(default_factory=set)
    addresses: set[str] = field(default_factory=set)
    cells: int = 0
    merges: list[Merge] = field(default_factory=list)
    areas: int = 0  # merged, or covered by a link
    area_cells: int = 0
    row: int = 0
    column: int = 0
    address: str = ""  # of the cell at hand; empty between cells
    is_filled: bool = False  # the cell at hand is counted
    is_text: bool = False  # the cell is of type "str": an empty result is a result
    is_value: bool = False  # inside the stored value, or inside inline text
    formula: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
            if not 1 <= self.row <= LAST_ROW:
                raise ValueError(f"row {self.row}")
        elif not self.address:
            self._start_area(tag, attributes)
        elif tag == "v" or tag == "t":
            self.is_value = True
            if self.is_text:
                self.uncached.discard(self.address)
        elif tag == "f":
            self.uncached.add(self.address)
            self.formula = []

    def end(self, tag: str) -> None:
        if tag == "f" and self.formula is not None:
            self.formulas[self.address] = "=" + "".join(self.formula)
            self.formula = None
        elif tag == "v" or tag == "t":
            self.is_value = False
        elif tag == "c":
            if self.address in self.uncached:
                self._fill()
            self.address = ""

    def text(self, data: str) -> None:
        if self.formula is not None:
            self.formula.append(data)
        elif self.is_value:
            self.uncached.discard(self.address)
            self._fill()

    def _start_area(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "mergeCell":
            self.merges.append(self._area(attributes.get("ref", "")))
        elif tag == "hyperlink":
            self._area(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        """Note a cell; one without an address stands after the one before it."""
        self.address = attributes.get("r", "")
        if self.address:
            self.column = _column(self.address.rstrip(DIGITS))
        else:
            self.column += 1
            self.address = f"{get_column_letter(self.column)}{self.row}"
        self.is_text = attributes.get("t") == "str"
        self.is_filled = False
        self.seen.add(self.row)

    def _fill(self) -> None:
        """Count the cell at hand, once however its text comes."""
        if self.is_filled:
            return
        self.is_filled = True
        self.filled.add(self.row)
        self.addresses.add(self.address)
        self.cells += 1
        if len(self.filled) > self.limits.rows:
            raise refusal("file.too-many-rows", sheet=self.name, limit=self.limits.rows)
        if self.cells > self.limits.cells:
            raise refusal("file.too-many-cells", limit=self.limits.cells)
        if self.column > self.limits.columns:
            raise refusal("file.too-many-columns", sheet=self.name, limit=self.limits.columns)

    def _area(self, ref: str) -> Merge:
        """Return an area, merged or covered by a link, and count it with its cells."""
        area = _corners(ref)
        self.areas += 1
        self.area_cells += (area.last_row - area.first_row + 1) * (
            area.last_column - area.first_column + 1
        )
        if self.areas > self.limits.merges or self.area_cells > self.limits.merged_cells:
            raise refusal("file.too-many-merges", limit=self.limits.merges)
        return area


def refuse_dtd(*_: object) -> None:
    """Refuse a document type declaration: it is the way to entity bombs and foreign files."""
    raise refusal("file.xml-dtd")


@lru_cache(maxsize=4096)
def _column(letters: str) -> int:
    """Return the number of a column by its letters: 28 of AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _corners(ref: str) -> Merge:
    """Return the area of a reference such as A1:B3."""
    corners = [
        (int(corner.lstrip(LETTERS) or 1), _column(corner.rstrip(DIGITS)))
        for corner in ref.replace("$", "").split(":")
    ]
    rows, columns = zip(corners[0], corners[-1], strict=True)
    return Merge(min(rows), min(columns), max(rows), max(columns))


class _Names(dict):
    """Elements by tag with namespace; empty for those of other namespaces than the sheet's own.

    Extensions behind the data have an f too, and it is no formula of a cell.
    """

    def __init__(self, root: str):
        self._own = {*MAIN, root.rpartition(" ")[0]}

    def __missing__(self, tag: str) -> str:
        namespace, _, name = tag.rpartition(" ")
        name = name if namespace in self._own else ""
        if len(self) < MOST_NAMES:
            self[tag] = name
        return name


def _begin(parser: expat.XMLParserType, state: _Pass, root: str, _: object) -> None:
    """Have a pass told of every element inside the outermost one."""
    names = _Names(root)
    parser.StartElementHandler = lambda tag, found: state.start(names[tag], found)
    parser.EndElementHandler = lambda tag: state.end(names[tag])


def count_sheet(archive: ZipFile, name: str, part: str, limits: Limits) -> SheetCount:
    """Count the rows and cells of one sheet part, and note its formulas.

    Raises
    ------
    WorkbookError
        A DTD, or more rows, columns, cells or merged areas than the limits allow.
    """
    state = _Pass(name, limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_dtd
    parser.StartElementHandler = partial(_begin, parser, state)
    parser.CharacterDataHandler = state.text
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    rows = RowCount(frozenset(state.seen), frozenset(state.filled))
    return SheetCount(rows, state.cells, frozenset(state.addresses), state.formulas,
                      frozenset(state.uncached), tuple(state.merges))  # fmt: skip
