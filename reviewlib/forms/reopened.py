"""A department's own workbook opened to be sent back (原件): its entries stay, nothing in it runs.

What an earlier round marked is cleared; formulas other than plain arithmetic become text, links
elsewhere and the names of people in its properties are left out.
"""

from __future__ import annotations

import io
import re

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import PatternFill

from reviewlib.forms.styles import YELLOW

PLAIN_FUNCTIONS = frozenset(("ABS", "AVERAGE", "COUNT", "IF", "MAX", "MIN", "N", "ROUND", "SUM"))
_FUNCTION = re.compile(r"([A-Za-z_.][\w.]*)\s*\(")
THEIRS = "\n【原批注】\n"
"""Stands between our comment on a cell and the one that the department had written there."""
_ELSEWHERE = re.compile(r"[|\[\]!#@{}\\]")
"""Signs of another sheet, another file, another program."""


def reopened(data: bytes, mark_words: tuple[str, ...]) -> Workbook:
    """Return a workbook as its department sent it, ready to be marked.

    Parameters
    ----------
    data : bytes
    mark_words : tuple of str
        How our comments begin.

    Raises
    ------
    Exception
        Whatever openpyxl raises (it has some fifteen kinds) for what is no .xlsx workbook; it gives
        a Strict one without its sheets.
    """
    book = load_workbook(io.BytesIO(data), keep_links=False)
    if not book.worksheets:
        raise ValueError("no sheets that openpyxl knows")
    book.properties = DocumentProperties()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and not is_plain(cell.value):
                    _make_text(cell)
                if cell.hyperlink is not None and cell.hyperlink.target:
                    cell.hyperlink = None
                if cell.comment is not None and cell.comment.text.startswith(mark_words):
                    cell.comment = _without_ours(cell.comment)
                    cell.fill = PatternFill("solid", start_color=YELLOW)
    return book


def _without_ours(comment: Comment) -> Comment | None:
    """Return the comment of the department that stands below ours, if there is one."""
    _, found, theirs = comment.text.partition(THEIRS)
    return Comment(theirs, "", height=comment.height, width=comment.width) if found else None


def is_plain(formula: object) -> bool:
    """Tell whether a formula only reckons with cells of its own sheet."""
    if not isinstance(formula, str) or _ELSEWHERE.search(formula):
        return False
    return {name.upper() for name in _FUNCTION.findall(formula)} <= PLAIN_FUNCTIONS


def _make_text(cell: Cell) -> None:
    """Keep what a formula says, as text that no spreadsheet runs."""
    cell.value = str(getattr(cell.value, "text", cell.value))  # an array formula is an object
    cell.data_type, cell.quotePrefix = "s", True
