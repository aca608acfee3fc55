"""One file from bytes to records: preflight ▶ read ▶ locate ▶ parse. Knows nothing of other files.

`take_in` never raises for what is in a file: a file that cannot be used is a data issue. It may run
in another process; what goes in and what comes out can be pickled.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from reviewlib import schema
from reviewlib.errors import WorkbookError
from reviewlib.intake import preflight
from reviewlib.intake.identity import META_SHEET, identify, meta_of
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.limits import STANDARD, Limits
from reviewlib.intake.locate import Located, locate
from reviewlib.intake.read_csv import read_csv
from reviewlib.intake.read_plain import read_plain
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.records import cell_rows, frame_rows
from reviewlib.intake.rows import BLANK, EXCLUDED, HEADER, is_none_ticked
from reviewlib.intake.tables import (
    CLEAN,
    QUARANTINED,
    TableRead,
    read_table,
)
from reviewlib.intake.values import Reading
from reviewlib.intake.workbook import Sheet, Workbook
from reviewlib.schema.model import Layout
from reviewlib.schema.returns import CORRECTIONS_SHEET, INSTRUCTIONS_SHEET

LISTS_SHEET = "_lists"
READERS = {"xlsx": read_xlsx, "csv": read_csv, "xls": read_plain, "ods": read_plain}
REDUCED = ("xls", "ods")
"""Formats of which only values are read."""
OWN_SHEETS = frozenset((INSTRUCTIONS_SHEET, CORRECTIONS_SHEET, LISTS_SHEET, META_SHEET))
"""Sheets of our forms that ask for nothing."""


@dataclass(frozen=True)
class Job:
    """One file to read: where it is, its path within the review folder, which workbook it is."""

    path: Path
    file: str
    workbook: str


@dataclass
class FileRead:
    """What one file gave.

    Parameters
    ----------
    file, sha256, workbook : str
    dept_code : str or None
        For returns.
    rows : dict of str to list of dict
        Rows by table name, with provenance.
    set_aside : dict of str to list of dict
        Rows that were not used for want of a key of their own, by table name.
    meta : dict of str to str
        What the hidden `_meta` sheet of our form says.
    cells, issues, sheets : list of dict
        Rows of the frames of those names.
    is_refused : bool
        The file could not be used at all.
    """

    file: str
    sha256: str
    workbook: str
    dept_code: str | None = None
    rows: dict[str, list[dict]] = field(default_factory=dict)
    set_aside: dict[str, list[dict]] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    cells: list[dict] = field(default_factory=list)
    issues: list[dict] = field(default_factory=list)
    sheets: list[dict] = field(default_factory=list)
    is_refused: bool = False

    @property
    def declared_on(self) -> date | None:
        """The date of return that the cover declares."""
        covers = self.rows.get("covers") or [{}]
        return covers[0].get("declared_on")


def take_in(job: Job, reading: Reading, limits: Limits = STANDARD) -> FileRead:
    """Read one file."""
    sha256 = ""
    try:
        data = job.path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        workbook = _workbook(job, data, sha256, limits)
    except WorkbookError as error:
        return refused(job, sha256, error.code, **getattr(error, "words", {}))
    except OSError:
        return refused(job, sha256, "file.file-locked")
    return read_workbook(workbook, job.workbook, reading)


def refused(job: Job, sha256: str, code: str, **words: object) -> FileRead:
    """Return what is known of a file that could not be used: why."""
    place = Place(file=job.file, file_sha256=sha256)
    return FileRead(job.file, sha256, job.workbook, issues=[issue(code, place, "", words)],
                    is_refused=True)  # fmt: skip


def _workbook(job: Job, data: bytes, sha256: str, limits: Limits) -> Workbook:
    found = preflight.format_of(data, limits)
    notes = []
    if not preflight.fits(found, job.path.name):
        notes.append(("file.wrong-extension", {"extension": job.path.suffix, "found": found}))
    if found in REDUCED:
        notes.append(("file.reduced-fidelity", {"found": f".{found}"}))
    return Workbook(job.file, sha256, found, READERS[found](data, limits), tuple(notes))


def read_workbook(workbook: Workbook, kind: str, reading: Reading) -> FileRead:
    """Locate and read every table of a workbook of one kind (return, visit, ledger …)."""
    place = Place(file=workbook.file, file_sha256=workbook.sha256)
    result = FileRead(workbook.file, workbook.sha256, kind, meta=meta_of(workbook))
    sheets = tuple(sheet for sheet in workbook.sheets if sheet.name not in OWN_SHEETS)
    located = locate(sheets, schema.tables_of(kind))
    if kind == "return":
        cover = next((found for found in located if found.table.name == "covers"), None)
        result.dept_code, issues = identify(workbook, cover, reading, place)
        result.issues += issues
        if result.dept_code is None:
            result.is_refused = True
            return result
        place = place.at(None, dept_code=result.dept_code)
    result.issues += [issue(code, place, "", words) for code, words in workbook.notes]
    reads = [read_table(found, reading, place) for found in located]
    _collect(reads, result, place)
    result.issues += _missing_sheets(located, kind, place)
    result.sheets = [_sheet_row(sheet, reads, place, result) for sheet in workbook.sheets]
    return result


def _collect(reads: list[TableRead], result: FileRead, place: Place) -> None:
    for read in reads:
        table, sheet = read.located.table, read.located.sheet.name
        result.rows[table.name] = frame_rows(read.records, sheet, place)
        result.set_aside[table.name] = frame_rows(read.set_aside, sheet, place)
        result.cells += cell_rows(read.records, table, sheet, place)
        result.issues += read.issues
        result.issues += [found for record in read.records for found in record.issues]
        result.issues += _no_rows(read, place)


def _no_rows(read: TableRead, place: Place) -> list[dict]:
    """An empty list of a return must say that it is empty on purpose."""
    table = read.located.table
    if table.workbook != "return" or table.layout is not Layout.LIST or read.records:
        return []
    if is_none_ticked(read.located):
        return []
    at = place.at(None, sheet=read.located.sheet.name)
    return [issue("sheet.no-rows", at, "", {"expected": table.sheet})]


def _missing_sheets(located: list[Located], kind: str, place: Place) -> list[dict]:
    found = {one.table.name for one in located}
    return [
        issue("sheet.missing", place.at(None, sheet=table.sheet), "",
              {"expected": table.sheet, "table": table.zh, "table_en": table.en})
        for table in schema.tables_of(kind)
        if table.name not in found
    ]  # fmt: skip


def _sheet_row(sheet: Sheet, reads: list[TableRead], place: Place, result: FileRead) -> dict:
    """Account for every row of a sheet; rows seen come from the independent counter."""
    own = [read for read in reads if read.located.sheet is sheet]
    kinds = dict.fromkeys(sheet.count.seen, BLANK)
    outside = HEADER if own or sheet.name in OWN_SHEETS else EXCLUDED
    kinds |= dict.fromkeys(sheet.rows, outside)
    for read in own:
        kinds |= {row: kind for row, kind in read.kinds.items() if kind != HEADER}
    counts = Counter(kinds.values())
    if outside == EXCLUDED and sheet.rows:
        result.issues.append(issue("sheet.extra", place.at(None, sheet=sheet.name)))
    return {
        "file": place.file, "file_sha256": place.file_sha256, "dept_code": place.dept_code or None,
        "sheet": sheet.name, "table": ";".join(read.located.table.name for read in own) or None,
        "seen_count": len(sheet.count.seen), "header_count": counts[HEADER],
        "blank_count": counts[BLANK], "excluded_count": counts[EXCLUDED],
        "clean_count": counts[CLEAN], "quarantined_count": counts[QUARANTINED],
    }  # fmt: skip
