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
SEPARATORS = ",;\t"


def read_csv(data: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """Return the one sheet of a CSV; every cell is text.

    Raises
    ------
    WorkbookError
        In none of the encodings, with a field without end, or beyond the limits.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    dialect = _dialect(text)
    try:
        rows = _rows(csv.reader(io.StringIO(text), dialect), limits)
    except csv.Error as error:
        raise refusal("file.corrupt-file", detail="有一处引号没有配对，或内容过长",
                      detail_en="a quote not closed, or a field too long") from error  # fmt: skip
    return (Sheet(SHEET_NAME, rows, count_lines(text, dialect.delimiter)),)


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


def count_lines(text: str, separator: str) -> RowCount:
    """Count the records of a CSV without the reader: line ends outside quotes.

    A quote opens a field only where the field begins: in 24" it is a character. Within quotes two
    of them are one character.
    """
    filled, number = set(), 1
    is_quoted, is_start, was_quote = False, True, False  # was_quote: it may have closed the field
    for character in text.replace("\r\n", "\n").replace("\r", "\n"):
        if character == '"' and (is_quoted or is_start):
            is_quoted, is_start, was_quote = not is_quoted, False, is_quoted
            continue
        is_quoted = is_quoted or (was_quote and character == '"')
        is_start, was_quote = not is_quoted and character in (separator, "\n"), False
        if not is_start:
            filled.add(number)
        elif character == "\n":
            number += 1
    return RowCount(frozenset(filled), frozenset(filled))


def _dialect(text: str) -> type[csv.Dialect]:
    """Return the dialect by the first line with a separator: the one that it holds most often.

    A title above the table may hold none.
    """
    lines = (line for line in io.StringIO(text) if any(mark in line for mark in SEPARATORS))
    first = next(lines, "")

    class Found(csv.excel):
        delimiter = max(SEPARATORS, key=first.count)
        strict = True  # else what stands behind a quote not closed is taken into its cell

    return Found
