"""A workbook marked (标注): faulty cells coloured and explained in comments, the list in front.

What a department sent is opened by a process of its own (`limited`), which is told all in plain
values: a part of the workbook that no table needs can be as large and as odd as its sender liked.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.correction_list import MARKS, OFFICE, Listed, add_list
from reviewlib.forms.reopened import THEIRS, reopened
from reviewlib.forms.saving import bytes_of
from reviewlib.forms.texts import put_text
from reviewlib.schema.written import INVISIBLE


@dataclass(frozen=True)
class Mark:
    """What is said at one cell.

    Parameters
    ----------
    sheet, cell : str
    severity : {"block", "error", "warn"}
        Of the worst that is wrong there.
    text : str
    holds : str
        The cell is marked only while it holds this; empty where that does not matter.
    has_hidden : bool
        What nobody can see, nobody can take out: such characters are taken out of the cell itself.
    """

    sheet: str
    cell: str
    severity: str
    text: str
    holds: str = ""
    has_hidden: bool = False


@dataclass(frozen=True)
class Correction:
    """All that is written into a workbook that goes back, in plain values.

    `made_from` is the fingerprint of all it is made from; it stands in its properties.
    """

    marks: tuple[Mark, ...]
    listed: Listed
    made_from: str


def marked(path: Path, digest: str, correction: Correction) -> bytes | None:
    """Return a department's own workbook, marked.

    Parameters
    ----------
    path : Path
    digest : str
        SHA-256 of what was read; another file is not opened.
    correction : Correction

    Returns
    -------
    bytes or None
        None for what is no .xlsx workbook, whatever its name, or holds what openpyxl reads and
        cannot write.

    Raises
    ------
    MemoryError, OSError
        There is no room to open it, or on the disk to write it: not the fault of the workbook.
    """
    try:
        data = path.read_bytes()
        if sha256(data).hexdigest() != digest:
            return None
        book = with_marks(reopened(data, mark_words()), correction)
    except MemoryError:
        raise
    except Exception:  # openpyxl has some fifteen kinds
        return None
    try:
        return bytes_of(book)
    except (MemoryError, OSError):
        raise
    except Exception:
        return None


def mark_words() -> tuple[str, ...]:
    """Return how our comments begin."""
    return tuple(f"【{word}】" for word, _ in MARKS.values())


def with_marks(book: Workbook, correction: Correction) -> Workbook:
    """Mark a workbook and put the list in front; it is changed, and returned."""
    for mark in correction.marks:
        if mark.sheet in book.sheetnames:
            cell = book[mark.sheet][mark.cell]
            if not mark.holds or cell.value == mark.holds:
                _mark(_anchor(book[mark.sheet], cell), mark)
    add_list(book, correction.listed)
    book.properties.identifier = correction.made_from
    return book


def _anchor(sheet: Worksheet, cell: Cell | MergedCell) -> Cell:
    """Return a cell, or the first cell of the merged range it lies under."""
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
    return sheet.cell(merged.min_row, merged.min_col)


def _mark(cell: Cell, mark: Mark) -> None:
    """Colour a cell, say in a comment what to do, and let it be done."""
    cell.fill = PatternFill("solid", start_color=MARKS[mark.severity][1])
    cell.protection = Protection(locked=False)
    if mark.has_hidden and cell.data_type == "s":
        put_text(cell, INVISIBLE.sub("", cell.value))
    text = mark.text + (THEIRS + cell.comment.text if cell.comment is not None else "")
    cell.comment = Comment(text, OFFICE, height=90 + 18 * text.count("\n"), width=340)
