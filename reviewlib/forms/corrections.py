"""The workbook that goes back (退回修改): the department's own, marked, with a list in front.

Each faulty cell is coloured and carries a comment in plain Chinese; the first sheet lists them all
with what was found, what was expected and what to do. The sheet is ours: when the corrected
workbook comes back with it, reading passes it over. A return in a format that cannot be marked
(.xls, .ods) comes back as our form, filled in with what was read; one that was refused gets the
list alone, and is never opened here.
"""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms.refilled import refilled
from reviewlib.forms.saving import save_workbook
from reviewlib.forms.styles import FACE, YELLOW
from reviewlib.forms.words import FORMULA_SIGNS
from reviewlib.review import Review
from reviewlib.schema import tables_of
from reviewlib.schema.returns import CORRECTIONS_SHEET

MARKS = {
    "block": ("拒收", "F4B6B0"),
    "error": ("必须更正", "F8CBAD"),
    "warn": ("请核对", "FFE699"),
}
"""By severity: the word in front of a comment, and the colour of the cell; worst first."""

COLUMNS = (("序号", 6), ("级别", 10), ("工作表", 16), ("单元格", 9), ("栏目", 16), ("现填", 18),
           ("问题", 44), ("应填", 20), ("处理办法", 26))  # fmt: skip
HEADING_ROW = 4
OFFICE = "回访工作办公室"
LINE_HEIGHT = 14  # points; programs do not fit the height of wrapped rows by themselves
_LINE = Side(style="thin", color="A6A6A6")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(vertical="top", wrap_text=True)


def write_corrections(review: Review, folder: str | Path, out: str | Path) -> list[Path]:
    """Write a correction workbook for every return that has something to correct or confirm.

    An earlier return that a later one has replaced is left alone: nobody corrects it any more.

    Parameters
    ----------
    review : Review
        Its `issues` say what is wrong, and where.
    folder : path
        The review folder, where the returns lie; they are read, never written.
    out : path
        Where to write: `dp01.xlsx`, by department code; a second file of the same department is
        `dp01-2.xlsx`. A return that cannot be opened gets the list alone.

    Returns
    -------
    list of Path
        In protocol order.
    """
    issues = review.issues
    wanted = issues[issues["severity"].isin(list(MARKS)) & issues["dept_code"].notna()]
    wanted = wanted[wanted["file"].fillna("").str.startswith("returns/")]
    wanted = wanted[wanted["code"] != "file.duplicate-file"]
    written = []
    for department in review.departments.sort_values("protocol_order").to_dict("records"):
        own = wanted[wanted["dept_code"] == department["dept_code"]]
        for number, (file, rows) in enumerate(own.groupby("file", sort=True), start=1):
            suffix = "" if number == 1 else f"-{number}"
            name = f"{department['dept_code'].lower()}{suffix}.xlsx"
            book = _opened(Path(folder) / file, rows, review)
            _mark_all(book, rows)
            _add_list(book, rows, department["short_name"], review)
            written.append(save_workbook(book, Path(out) / name))
    return written


def _opened(path: Path, issues: pd.DataFrame, review: Review) -> Workbook:
    """Return the department's workbook, without marks of an earlier round.

    Empty where it was refused: what could not be read safely is not opened here either.
    """
    book = Workbook()
    book.remove(book.active)
    if ((issues["severity"] == "block") & issues["code"].str.startswith("file.")).any():
        return book
    try:  # by content: a workbook may carry any name
        found = load_workbook(io.BytesIO(path.read_bytes()))
    except Exception:  # the reader has some fifteen kinds of its own; then it is no .xlsx
        return refilled(review, issues["file"].iloc[0]) or book
    _unmark(found)
    return found


def _unmark(book: Workbook) -> None:
    """Take away what an earlier round marked: its comments and its colours."""
    words = tuple(f"【{word}】" for word, _ in MARKS.values())
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.text.startswith(words):
                    cell.comment = None
                    cell.fill = PatternFill("solid", start_color=YELLOW)


def _mark_all(book: Workbook, issues: pd.DataFrame) -> None:
    """Mark every faulty cell of a workbook."""
    placed = issues[issues["cell"].notna() & issues["sheet"].isin(book.sheetnames)]
    for (sheet, cell), rows in placed.groupby(["sheet", "cell"], sort=True):
        _mark(_anchor(book[sheet], cell), rows)


def _anchor(sheet: Worksheet, address: str) -> Cell:
    """Return a cell, or the first cell of the merged range it lies under."""
    cell = sheet[address]
    if not isinstance(cell, MergedCell):
        return cell
    merged = next(area for area in sheet.merged_cells.ranges if address in area)
    return sheet.cell(merged.min_row, merged.min_col)


def _mark(cell: Cell, issues: pd.DataFrame) -> None:
    """Colour a cell by its worst issue and say in a comment what is wrong and what to do."""
    worst = min(issues["severity"], key=list(MARKS).index)
    cell.fill = PatternFill("solid", start_color=MARKS[worst][1])
    text = "\n".join(
        f"【{MARKS[row['severity']][0]}】{row['message_zh']}。{_text(row['fix'])}"
        for row in issues.to_dict("records")
    )
    cell.comment = Comment(text, OFFICE, height=90 + 18 * text.count("\n"), width=340)


def _add_list(book: Workbook, issues: pd.DataFrame, name: str, review: Review) -> None:
    """Put the list in front, ready to be printed on A4."""
    if CORRECTIONS_SHEET in book.sheetnames:  # an earlier list that came back with the workbook
        book.remove(book[CORRECTIONS_SHEET])
    sheet = book.create_sheet(CORRECTIONS_SHEET, 0)
    book.active = 0
    must = int(issues["severity"].isin(["block", "error"]).sum())
    sheet["A1"] = f"{name}自评工作簿退回修改清单"
    sheet["A1"].font = Font(FACE, 16, bold=True)
    sheet["A2"] = (
        f"必须更正 {must} 处（橙色单元格，更正前不采用），请核对 {len(issues) - must} 处"
        "（黄色单元格，暂按现填使用）。"
    )
    sheet["A3"] = (
        f"请直接在本工作簿中改正标色单元格，更新封面的填报日期后报送；"
        f"联系单位：{review.settings.feedback.contact_zh or OFFICE}。"
    )
    for column, (heading, width) in enumerate(COLUMNS, start=1):
        cell = sheet.cell(HEADING_ROW, column, heading)
        cell.font, cell.border = Font(FACE, 10.5, bold=True), _BOX
        sheet.column_dimensions[cell.column_letter].width = width
    ordered = issues.assign(rank=issues["severity"].map(list(MARKS).index))
    ordered = ordered.sort_values(["rank", "sheet", "row", "column"], kind="stable")
    for number, row in enumerate(ordered.to_dict("records"), start=1):
        _add_row(sheet, HEADING_ROW + number, number, row, book)
    _set_print(sheet)


def _add_row(sheet: Worksheet, at: int, number: int, issue: dict, book: Workbook) -> None:
    word, colour = MARKS[issue["severity"]]
    values = (number, word, issue["sheet"], issue["cell"], _heading(issue), issue["raw"],
              issue["message_zh"], issue["expected"], issue["fix"])  # fmt: skip
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(at, column)
        cell.font, cell.border, cell.alignment = Font(FACE, 10), _BOX, _WRAP
        if isinstance(value, int):
            cell.value = value
            continue
        cell.value = _text(value)
        cell.data_type = "s"  # what a department wrote is never a formula
        cell.quotePrefix = _text(value).startswith(FORMULA_SIGNS)
    sheet.row_dimensions[at].height = LINE_HEIGHT * max(map(_lines, values, COLUMNS))
    sheet.cell(at, 2).fill = PatternFill("solid", start_color=colour)
    if isinstance(issue["cell"], str) and issue["sheet"] in book.sheetnames:
        sheet.cell(at, 4).hyperlink = f"#'{issue['sheet']}'!{issue['cell']}"
        sheet.cell(at, 4).font = Font(FACE, 10, underline="single", color="1F4E79")


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
    width = sum(2 if ord(character) > 0x2E7F else 1 for character in _text(value))
    return max(1, -(-width // (column[1] - 1)))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)
