"""Read a CSV in the encodings that Excel and WPS write: UTF-8, UTF-16, GB18030."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from reviewlib.intake.limits import Limits
from reviewlib.intake.refusal import refusal
from reviewlib.intake.workbook import Cell, RowCount, Sheet

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SHEET_NAME = "csv"


def read_csv(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Return the one sheet of a CSV; every cell is text.

    Raises
    ------
    WorkbookError
        In none of the encodings, with a field without end, or beyond the limits.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = _rows(csv.reader(io.StringIO(text), _dialect(text)), limits)
    except csv.Error as error:
        raise refusal("file.corrupt-file", detail="有一处引号没有配对，或内容过长",
                      detail_en="a quote not closed, or a field too long") from error  # fmt: skip
    return (Sheet(SHEET_NAME, rows, count_lines(text)),)


def _rows(records: Iterable[list[str]], limits: Limits) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    count = 0
    for number, values in enumerate(records, start=1):
        if len(values) > limits.columns:
            raise refusal("file.too-many-columns", sheet=SHEET_NAME, limit=limits.columns)
        cells = {c: Cell(number, c, value) for c, value in enumerate(values, start=1) if value}
        count += len(cells)
        if cells:
            rows[number] = cells
        if len(rows) > limits.rows:
            raise refusal("file.too-many-rows", sheet=SHEET_NAME, limit=limits.rows)
        if count > limits.cells:
            raise refusal("file.too-many-cells", limit=limits.cells)
    return rows


def decode(data: bytes) -> str:
    """Return the text of a CSV: strict UTF-8 first, since GB18030 reads nearly everything."""
    is_utf16 = data.startswith(UTF16_MARKS)
    encodings = ("utf-16",) if is_utf16 else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise refusal("file.not-a-workbook", detail="不是 UTF-8、UTF-16 或 GB18030 编码的文本",
                  detail_en="not text in UTF-8, UTF-16 or GB18030")  # fmt: skip


def count_lines(text: str) -> RowCount:
    """Count the records of a CSV without the reader: line ends outside quotes."""
    filled, is_quoted, number, has_content = set(), False, 1, False
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        if character == '"':
            is_quoted = not is_quoted
        elif character == "\n" and not is_quoted:
            number, has_content = number + 1, False
            continue
        if not has_content and character not in ',;\t"':
            has_content = True
            filled.add(number)
    return RowCount(frozenset(filled), frozenset(filled))


def _dialect(text: str) -> type[csv.Dialect]:
    """Return the dialect by the first line: the separator that it holds most often."""
    first = text.split("\n", 1)[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found
