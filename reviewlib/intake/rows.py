"""What each row below the headings is: data, blank, total, note, example, a heading again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reviewlib.intake.headings import NONE_BOX, lexicon, normal
from reviewlib.intake.locate import Located
from reviewlib.intake.values.base import plain, squeeze
from reviewlib.intake.values.texts import visible
from reviewlib.intake.workbook import TEXT, Cell

TOTAL = re.compile(r"^(合计|小计|总计|共计|累计|总和|汇总|本[页组表]?[合小]计)[:：]?(\(.*\))?$")
NAMED_TOTAL = re.compile(r"^[^,，。；]{1,8}[合小总]计[:：]?(\(.*\))?$")
"""行政编制小计; but 专项资金总计 may also be a matter, with words in the cells beside it."""
NOTE = re.compile(
    r"^[*※★]?(备注|注|说明|填表说明|填报说明|注释|数据来源|统计口径)\s*\d*\s*[:：.、]"
)
SIGNERS = "填表人?|填报人?|制表人?|经办人?|审核人?|复核人?|审批人?|负责人|单位负责人|联系人"
SIGN_OFF = re.compile(
    rf"^({SIGNERS}|填报单位|单位(?=\(|盖)|(联系)?电话|联系方式|手机|([填制]报?表?)?日期)"
    rf"(\(.{{0,8}}\)|签[字名章]|盖章|姓名|职务|[及和与、/]|{SIGNERS}|联系|电话|方式|手机|日期|\s)*:"
)
END_MARK = re.compile(
    r"[(\[【]?(以下(空白|无正文)|[此本]页(无正文|以下空白|空白)|完|盖章|公章|单位盖章)[)\]】]?[。.]?$"
    r"|第\d+页(,?[共/]\d+页)?$|(19|20)\d\d年\d{1,2}月\d{1,2}日$|\d{1,2}[.、)].*[。;；]$"
)
"""What stands below the rows of a print, alone in the first column: 以下空白, a date, the number of
the page, the next sentence of a note."""
SUM_WORD = re.compile(r"^(合计|小计|总计|共计|累计)[:：]?$")
EXAMPLE = re.compile(
    r"^([(\[【](例|示例|样例)[)\]】]|(例|示例|样例|举例|填写示例)\s*:|(示例|样例)\d*$)"
)
TICKED = frozenset("☑☒√✓✔■●×xXvV✅▣是")
NAME_AFTER = re.compile(rf"((?:{SIGNERS})[:：]\s*)[^\s:：,，;；]{{2,4}}")

FEWEST_FILLED, LONGEST_HEADING = 3, 8
"""Cells that make a row above the headings one of the table; characters of a heading above another.
"""
LONGEST_CELL_ALONE = 40
"""Characters; a longer text alone in its row is a remark."""

HEADER, BLANK, EXCLUDED, DATA = "header", "blank", "excluded", "data"


@dataclass(frozen=True)
class Row:
    """One row of a located table: its number, what it is, and the rule that says so."""

    number: int
    kind: str
    rule: str = ""
    cell: Cell | None = None


def rows_of(located: Located) -> Iterator[Row]:
    """Yield every filled row below the headings of a list or a fixed table, with what it is.

    Before them those that stand above the headings as if they were below: sorted with them, say.
    """
    sheet = located.sheet
    first = located.heading_rows[-1] + 1
    yield from _rows_above(located)
    numbers = [n for n in sheet.rows if first <= n <= located.last_row]
    for number in numbers:
        cells = [cell for cell in sheet.rows[number].values() if _is_filled(cell)]
        if cells and located.other_from and number >= located.other_from:
            yield Row(number, EXCLUDED, "other-table-row", cells[0])
        else:
            yield _row(number, cells, located)


def _rows_above(located: Located) -> Iterator[Row]:
    """Yield the rows above the headings that are filled in as rows of the table are."""
    top, columns = located.heading_rows[0], set(located.columns.values())
    for number in range(located.first_row, top):
        cells = [cell for cell in located.sheet.rows.get(number, {}).values() if _is_filled(cell)]
        inside = [cell for cell in cells if cell.column in columns]
        is_heading = number == top - 1 and all(
            cell.type == TEXT and len(cell.value) <= LONGEST_HEADING for cell in cells
        )
        labelled = sum(":" in _text(cell) for cell in cells)
        if len(inside) >= FEWEST_FILLED and not is_heading and labelled * 2 < len(cells):
            yield Row(number, EXCLUDED, "above-headings", cells[0])


def _row(number: int, cells: list[Cell], located: Located) -> Row:
    if not cells:
        return Row(number, BLANK)
    first = cells[0]
    text = _text(first)
    if _is_heading_again(cells, located):
        return Row(number, EXCLUDED, "row.repeated-header", first)
    if _is_signed(cells, text):
        return Row(number, EXCLUDED, "sign-off-row", first)
    if _is_note(cells, text) or (len(cells) == 1 and _is_remark(first, text, located)):
        return Row(number, EXCLUDED, "note-row", first)
    if _is_total(cells, squeeze(text)):
        return Row(number, EXCLUDED, "total-row", first)
    if any(EXAMPLE.match(plain(cell.text)) for cell in _exemplary(cells, located)):
        return Row(number, EXCLUDED, "example-row", first)
    if NONE_BOX.match(text) and (len(cells) == 1 or NONE_BOX.fullmatch(text)):
        return Row(number, HEADER)
    if not any(cell.column in located.columns.values() for cell in cells):
        return Row(number, EXCLUDED, "sheet.far-cell", first)
    return Row(number, DATA, cell=first)


def _text(cell: Cell) -> str:
    return plain(visible(cell.text)) if cell.type == TEXT else ""


def _is_signed(cells: list[Cell], text: str) -> bool:
    """Say whether a row is one of signatures: each with its name beside it, and no more."""
    signs = sum(SIGN_OFF.match(_text(cell)) is not None for cell in cells)
    return SIGN_OFF.match(text) is not None and len(cells) <= 2 * signs + 1


def _is_note(cells: list[Cell], text: str) -> bool:
    """Say whether a row is a note: in one cell, or its word in one and its text beside it."""
    note = NOTE.match(text)
    return note is not None and len(cells) <= (3 if note.end() == len(text) else 1)


def _is_total(cells: list[Cell], text: str) -> bool:
    """Say whether a row is a sum: its word stands in front, in a name only where figures follow."""
    if TOTAL.match(text) or any(SUM_WORD.match(squeeze(_text(cell))) for cell in cells[:4]):
        return True
    wordy = sum(cell.type == TEXT and not re.search(r"\d", cell.text) for cell in cells[1:])
    return NAMED_TOTAL.match(text) is not None and wordy <= 1


def _is_remark(cell: Cell, text: str, located: Located) -> bool:
    """Say whether a lone text is none of a record: it runs across the table, or ends it."""
    return _is_wide(cell, located) or (
        cell.column <= min(located.columns.values(), default=cell.column)
        and (END_MARK.match(squeeze(text)) is not None or _is_title(text, located))
    )


def _is_title(text: str, located: Located) -> bool:
    """Say whether a text is the name of the table, as the next page of a print begins with it."""
    names = {normal(name).lstrip("0123456789") for name in (located.table.zh, located.table.sheet)}
    return normal(text).lstrip("0123456789") in names


def _is_wide(cell: Cell, located: Located) -> bool:
    """Say whether a lone text runs across the table and stands by itself: a remark, no record."""
    sheet = located.sheet
    if any(sheet.cell_down(cell.row, column) for column in located.columns.values()
           if column < cell.column):  # fmt: skip
        return False  # beside a cell merged over several rows it is one of these
    across = any(
        merge.last_column - merge.first_column >= 2 for merge in located.sheet.merges_from(cell.row)
    )
    is_first = cell.column <= min(located.columns.values(), default=cell.column)
    return cell.type == TEXT and (across or (is_first and len(cell.text) > LONGEST_CELL_ALONE))


def _exemplary(cells: list[Cell], located: Located) -> Iterator[Cell]:
    """Yield the cells in which an example says so: the first, and where the form shows one."""
    shown = {c for name, c in located.columns.items() if located.table[name].example}
    for cell in cells:
        if cell.type == TEXT and (cell is cells[0] or cell.column in shown):
            yield cell


def _is_filled(cell: Cell) -> bool:
    return cell.type != TEXT or bool(visible(cell.value))


def _is_heading_again(cells: list[Cell], located: Located) -> bool:
    """Say whether at least half of the table's headings stand in their own columns again."""
    texts = {cell.column: cell.text for cell in cells if cell.type == TEXT}
    known = lexicon((located.table,))
    again = sum(
        any(column == name for _, column in known.columns(texts[place]))
        for name, place in located.columns.items()
        if place in texts
    )
    return again >= 2 and again * 2 >= len(located.columns)


def is_none_ticked(located: Located) -> bool | None:
    """Say whether “无此类情形” is ticked for a table; None where the box is not to be found."""
    found = None
    for row, cells in located.sheet.rows.items():
        for cell in cells.values() if located.first_row <= row <= located.last_row else ():
            box = NONE_BOX.match(visible(cell.value)) if cell.type == TEXT else None
            if box:
                found = bool(found) or (box[1] in TICKED and box[1] != "")
    return found


def without_names(text: str) -> str:
    """Return a line of signatures without the persons' names."""
    return NAME_AFTER.sub(r"\1***", text)
