"""The list in front of a workbook that goes back (退回修改清单): one page, worst first."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.gathered import gathered
from reviewlib.forms.styles import FACE
from reviewlib.forms.words import put_text, writable
from reviewlib.review import Review
from reviewlib.schema import tables_of
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
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(vertical="top", wrap_text=True)


def add_list(book: Workbook, issues: pd.DataFrame, name: str, review: Review) -> None:
    """Put the list in front, ready to be printed on A4."""
    if CORRECTIONS_SHEET in book.sheetnames:  # an earlier list that came back with the workbook
        book.remove(book[CORRECTIONS_SHEET])
    sheet = book.create_sheet(CORRECTIONS_SHEET, 0)
    book.active = 0
    must = int(issues["severity"].isin(["block", "error"]).sum())
    sheet["A1"] = f"{text_of(name)}自评工作簿退回修改清单"
    sheet["A1"].font = Font(FACE, 16, bold=True)
    sheet["A2"] = (
        f"必须更正 {must} 处（橙色单元格，更正前不采用），请核对 {len(issues) - must} 处"
        "（黄色单元格，暂按现填使用）。"
    )
    sheet["A3"] = (
        f"请直接在本工作簿中改正标色单元格，更新封面的填报日期后报送；"
        f"联系单位：{text_of(review.settings.feedback.contact_zh) or OFFICE}。"
    )
    for column, (heading, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADING_ROW, column, heading)
        cell.font, cell.border = Font(FACE, 10.5, bold=True), _BOX
        sheet.column_dimensions[cell.column_letter].width = width
    ordered = issues.assign(rank=issues["severity"].map(list(MARKS).index))
    ordered = ordered.sort_values(["rank", "sheet", "row", "column"], kind="stable")
    for number, row in enumerate(gathered(ordered).to_dict("records"), start=1):
        _add_row(sheet, HEADING_ROW + number, number, row, book)
    _set_print(sheet)


def _add_row(sheet: Worksheet, at: int, number: int, issue: dict, book: Workbook) -> None:
    word, colour = MARKS[issue["severity"]]
    values = (number, word, issue["sheet"], issue["cells"], _heading(issue), issue["raw"],
              issue["message_zh"], issue["expected"], advice_of(issue))  # fmt: skip
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(at, column)
        cell.font, cell.border, cell.alignment = Font(FACE, 10), _BOX, _WRAP
        if isinstance(value, int):
            cell.value = value
            continue
        put_text(cell, text_of(value))
    sheet.row_dimensions[at].height = LINE_HEIGHT * max(map(_lines, values, COLUMNS))
    sheet.cell(at, 2).fill = PatternFill("solid", start_color=colour)
    if isinstance(issue["cell"], str) and issue["sheet"] in book.sheetnames:
        sheet.cell(at, 4).hyperlink = f"#'{issue['sheet']}'!{issue['cell']}"
        sheet.cell(at, 4).font = Font(FACE, 10, underline="single", color="1F4E79")


def advice_of(issue: Mapping) -> str:
    """Return what to do, and what may be meant where reading has an idea of it (建议)."""
    suggestion = text_of(issue["suggestion"])
    return text_of(issue["fix"]) + (f"。建议：{suggestion}" if suggestion else "")


def _heading(issue: dict) -> str:
    """Return the heading of the column an issue points at; empty where no one column is meant."""
    for table in tables_of("return"):
        if table.sheet == issue["sheet"] and issue["column"] in table.names:
            return table[issue["column"]].heading
    return ""


def _set_print(sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{HEADING_ROW + 1}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"  # 9 is A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def _lines(value: object, column: tuple[str, int]) -> int:
    """Return how many lines a text takes in its column; a Chinese character is two wide."""
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in text_of(value))
    return max(1, -(-width // (column[1] - 1)))


def text_of(value: object) -> str:
    """Return a value of the record as text that a cell can hold; nothing where it is missing."""
    return "" if pd.isna(value) else writable(str(value))
