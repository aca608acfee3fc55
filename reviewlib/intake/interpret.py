"""What the sheets of one workbook mean: its tables located and read, its department told."""

from __future__ import annotations

from collections.abc import Iterable

from reviewlib import schema
from reviewlib.intake.accounting import account
from reviewlib.intake.file_read import FileRead
from reviewlib.intake.identity import identify, meta_of
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.locate import Located, locate
from reviewlib.intake.records import cell_rows, frame_rows
from reviewlib.intake.refusal import refusal
from reviewlib.intake.rows import is_none_ticked
from reviewlib.intake.tables import TableRead, read_table
from reviewlib.intake.values import Reading
from reviewlib.intake.workbook import Workbook
from reviewlib.schema.model import Layout
from reviewlib.schema.returns import (
    CORRECTIONS_SHEET,
    INSTRUCTIONS_SHEET,
    LISTS_SHEET,
    META_SHEET,
    RUBRIC_SHEET,
)

OWN_SHEETS = frozenset(
    (INSTRUCTIONS_SHEET, RUBRIC_SHEET, CORRECTIONS_SHEET, LISTS_SHEET, META_SHEET)
)
"""Sheets of our forms that ask for nothing."""
OPTIONAL = frozenset(("dept_aliases", "ledger_questions"))
"""Tables that need not be there."""


def interpret(workbook: Workbook, kind: str, reading: Reading) -> FileRead:
    """Locate and read every table of a workbook of one kind (return, visit, ledger …).

    Raises
    ------
    Refusal
        No table is found, or the rows read are not those the independent counter saw.
    """
    place = Place(file=workbook.file, file_sha256=workbook.sha256)
    result = FileRead(workbook.file, workbook.sha256, kind, meta=meta_of(workbook))
    sheets = tuple(sheet for sheet in workbook.sheets if sheet.name not in OWN_SHEETS)
    located = locate(sheets, schema.tables_of(kind))
    if not located:
        raise refusal("file.not-a-workbook", detail="没有认出任何一张表，请使用下发的表样",
                      detail_en="none of its tables is known")  # fmt: skip
    if kind == "return":
        place = _identified(workbook, located, reading, result, place)
        if result.is_refused:
            return result
    result.issues += [issue(code, place, "", words) for code, words in workbook.notes]
    result.issues += _stale(result, kind, place)
    reads = [read_table(found, reading, place) for found in located]
    for read in reads:
        _collect(read, result, place)
    result.issues += _missing_sheets(located, kind, place)
    for sheet in workbook.sheets:
        row, issues = account(sheet, reads, place, is_own=sheet.name in OWN_SHEETS)
        result.sheets.append(row)
        result.issues += issues
    return result


def _identified(
    workbook: Workbook, located: list[Located], reading: Reading, result: FileRead, place: Place
) -> Place:
    """Tell whose return it is; without an answer the file is refused."""
    cover = next((found for found in located if found.table.name == "covers"), None)
    result.dept_code, issues = identify(workbook, cover, reading, place)
    result.issues += issues
    result.is_refused = result.dept_code is None
    return place.at(None, dept_code=result.dept_code or "")


def _stale(result: FileRead, kind: str, place: Place) -> Iterable[dict]:
    """Tell of a form that is not the present one; of the ledger its own room tells."""
    if kind == "ledger":
        return
    present = schema.template_version(kind)
    found = result.meta.get("template_version", present)
    if found != present:
        yield issue("file.stale-version", place, "", {"found": found, "expected": present})


def _collect(read: TableRead, result: FileRead, place: Place) -> None:
    table, sheet = read.located.table, read.located.sheet.name
    result.rows[table.name] = frame_rows(read.records, sheet, place)
    result.set_aside[table.name] = frame_rows(read.set_aside, sheet, place)
    result.cells += cell_rows(read.records, table, sheet, place)
    result.issues += read.issues
    result.issues += [found for record in read.records for found in record.issues]
    result.issues += _none_or_rows(read, place)


def _none_or_rows(read: TableRead, place: Place) -> Iterable[dict]:
    """An empty list of a return must say that it is empty on purpose; a filled one must not."""
    table, sheet = read.located.table, read.located.sheet
    if table.workbook != "return" or table.layout is not Layout.LIST:
        return
    is_ticked = is_none_ticked(read.located)
    at = place.at(None, sheet=sheet.name)
    is_empty = not read.records and not read.set_aside
    if is_empty and not is_ticked and not read.says_none:
        yield issue("sheet.no-rows", at, "", {"expected": table.sheet})
    elif read.records and is_ticked:
        yield issue("none-ticked-with-rows", at)


def _missing_sheets(located: list[Located], kind: str, place: Place) -> Iterable[dict]:
    found = {one.table.name for one in located} | OPTIONAL
    for table in schema.tables_of(kind):
        if table.name not in found:
            words = {"expected": table.sheet, "table": table.zh, "table_en": table.en}
            yield issue("sheet.missing", place.at(None, sheet=table.sheet), "", words)

