"""The list in front of a workbook that goes back (退回修改清单): one page, worst first."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.styles import BOX, FACE
from reviewlib.forms.texts import put_text
from reviewlib.schema.returns import CORRECTIONS_SHEET

MARKS = {
    "block": ("拒收", "F4B6B0"),
    "error": ("必须更正", "F8CBAD"),
    "warn": ("请核对", "FFE699"),
}
"""By severity: the word in front of a comment, and the colour of the cell; worst first."""

COLUMNS = (("序号", 6), ("级别", 10), ("工作表", 16), ("单元格", 11), ("栏目", 16), ("现填", 18),
           ("问题", 44), ("应填", 20), ("处理办法", 26))  # fmt: skip
HEADING_ROW = 4
OFFICE = "回访工作办公室"
LINE_HEIGHT = 16  # points; programs do not fit the height of wrapped rows by themselves
_WRAP = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True)
class Line:
    """One problem of the list: its columns, in texts, and the cell that it leads to, if any."""

    severity: str
    sheet: str
    cells: str
    heading: str
    raw: str
    problem: str
    expected: str
    advice: str
    cell: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in `COLUMNS`, after the number."""
        return (MARKS[self.severity][0], self.sheet, self.cells, self.heading, self.raw,
                self.problem, self.expected, self.advice)  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """The list of one department: three lines of head, then its problems, worst first."""

    head: tuple[str, str, str]
    lines: tuple[Line, ...]


def add_list(book: Workbook, listed: Listed) -> None:
    """Put the list in front, ready to be printed on A4."""
    if CORRECTIONS_SHEET in book.sheetnames:  # an earlier list that came back with the workbook
        book.remove(book[CORRECTIONS_SHEET])
    sheet = book.create_sheet(CORRECTIONS_SHEET, 0)
    book.active = 0
    for row, text in enumerate(listed.head, start=1):
        sheet.cell(row, 1, text)
    sheet["A1"].font = Font(FACE, 16, bold=True)
    for column, (heading, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADING_ROW, column, heading)
        cell.font, cell.border = Font(FACE, 10.5, bold=True), BOX
        sheet.column_dimensions[cell.column_letter].width = width
    for number, line in enumerate(listed.lines, start=1):
        _add_line(sheet, HEADING_ROW + number, number, line, book)
    _set_print(sheet)


def _add_line(sheet: Worksheet, at: int, number: int, line: Line, book: Workbook) -> None:
    texts = (str(number), *line.texts)
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(at, column)
        cell.font, cell.border, cell.alignment = Font(FACE, 10), BOX, _WRAP
        if column == 1:
            cell.value = number
        else:
            put_text(cell, text)
    sheet.row_dimensions[at].height = LINE_HEIGHT * max(map(_lines, texts, COLUMNS))
    sheet.cell(at, 2).fill = PatternFill("solid", start_color=MARKS[line.severity][1])
    if line.cell and line.sheet in book.sheetnames:
        sheet.cell(at, 4).hyperlink = f"#'{line.sheet}'!{line.cell}"
        sheet.cell(at, 4).font = Font(FACE, 10, underline="single", color="1F4E79")


def _set_print(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"  # 9 is A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def _lines(text: str, column: tuple[str, int]) -> int:
    """Return how many lines a text takes in its column; a Chinese character is two wide."""
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in text)
    return max(1, -(-width // (column[1] - 1)))
