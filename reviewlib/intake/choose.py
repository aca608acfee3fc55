"""Which return counts where a department sent several: the newest declared date (取哪一份).

The others stay on record, with every cell that differs; nothing is ever added up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from reviewlib.intake.file_read import FileRead
from reviewlib.intake.issues import Place, issue
from reviewlib.schema import CELL_NAMES
from reviewlib.schema.codes import ERROR


def choose_returns(
    reads: Iterable[FileRead],
) -> tuple[list[FileRead], dict[str, FileRead], list[dict]]:
    """Say which returns count: of a department the newest declared date, of equals the last name.

    Returns
    -------
    (chosen, aside, issues)
        The returns that count; by file, what stays on record of those that do not; the data issues
        that tell of these.
    """
    by_department: dict[str, list[FileRead]] = {}
    for read in reads:
        if read.dept_code and not read.is_refused:
            by_department.setdefault(read.dept_code, []).append(read)
    chosen, aside, issues = [], {}, []
    for files in by_department.values():
        *older, newest = sorted(files, key=lambda read: (read.declared_on or date.min, read.file))
        chosen.append(newest)
        for read in older:
            issues += _compared(read, newest)
            aside[read.file] = _set_aside(read)
    return chosen, aside, issues


def _set_aside(read: FileRead) -> FileRead:
    """Return a return that does not count without use of its rows; its sheets stay on record.

    Nobody is asked to correct it, so what was found wrong in it is dropped; but not that it may be
    another department's, nor why its date is not known: with it this return might be the last.
    """
    issues = [found for found in read.issues
              if found["rule"] == "identity-disagrees" or _hides_date(found)]  # fmt: skip
    sheets = [
        sheet | {
            "excluded_count": sheet["excluded_count"] + sheet["clean_count"], "clean_count": 0,
        }
        for sheet in read.sheets
    ]  # fmt: skip
    return replace(read, issues=issues, sheets=sheets)


def _hides_date(found: dict) -> bool:
    return found.get("column") == "declared_on" and found["severity"] == ERROR


def _compared(older: FileRead, newest: FileRead) -> list[dict]:
    place = Place(dept_code=older.dept_code, file=older.file, file_sha256=older.sha256)
    if older.sha256 == newest.sha256:
        words = {"detail": f"与 {newest.file} 完全相同，只计一次",
                 "detail_en": f"the same as {newest.file}; counted once"}  # fmt: skip
        return [issue("file.duplicate-file", place, "", words, severity="info", outcome="kept")]
    words = {"detail": f"采用 {newest.file}（填报日期 {newest.declared_on or '未填'}），"
                       f"本份（{older.declared_on or '未填'}）不计",
             "detail_en": f"{newest.file} ({_dated(newest)}) counts, this one "
                          f"({_dated(older)}) does not"}  # fmt: skip
    return [issue("file.duplicate-file", place, "", words, outcome="kept"),
            *(_difference(place, *pair) for pair in _differing(older, newest))]  # fmt: skip


def _dated(read: FileRead) -> str:
    return f"dated {read.declared_on}" if read.declared_on else "without a date"


def _differing(older: FileRead, newest: FileRead) -> list[tuple[dict | None, dict | None]]:
    """Return the cells whose values differ, as (older, newest).

    A cell is the same where its record is, wherever it stands; that of a record which only one of
    the two knows, where its address is: a corrected key makes no other cell another one.
    """
    old, new = (
        {(c["table"], c["record_key"], c["column"]): c for c in map(_cell, read.cells)}
        for read in (older, newest)
    )
    lone = {_address(cell): key for key, cell in new.items() if key not in old}
    pairs = []
    for key, before in old.items():
        after = new.pop(key, None) or new.pop(lone.get(_address(before)), None)
        if after is None or before["value"] != after["value"]:
            pairs.append((before, after))
    return pairs + [(None, after) for after in new.values()]


def _address(cell: dict) -> tuple[str, str, str]:
    return cell["table"], cell["column"], cell["cell"]


def _cell(row: tuple) -> dict:
    return dict(zip(CELL_NAMES, row, strict=True))


def _difference(place: Place, before: dict | None, after: dict | None) -> dict:
    here, there = (_spelled(cell) for cell in (before, after))
    spot = before or after
    at = replace(place, sheet=spot["sheet"], cell=spot["cell"] if before else "", row=spot["row"],
                 column=spot["column"], record_key=spot["record_key"])  # fmt: skip
    words = {"detail": f"本份为{here[0]}，采用的一份为{there[0]}",
             "detail_en": f"here {here[1]}, in the one that counts {there[1]}",
             "value": after["value"] if after else ""}  # fmt: skip
    return issue("file.duplicate-file", at, before["raw"] if before else "", words, outcome="kept",
                 rule="differs")  # fmt: skip


def _spelled(cell: dict | None) -> tuple[str, str]:
    """Say what a cell holds and where it stands, in both languages."""
    if cell is None:
        return "空白", "nothing"
    raw, address = f"“{cell['raw']}”", f"{cell['sheet']}!{cell['cell']}"
    return f"{raw}（{address}）", f"{raw} ({address})"


def missing_departments(reads: Iterable[FileRead]) -> list[dict]:
    """Tell of every department of the roster from which no usable return came."""
    reads = list(reads)
    returned = {r.dept_code for r in reads if r.workbook == "return" and not r.is_refused}
    roster = next(read for read in reads if read.workbook == "roster")
    return [
        issue("file.missing-department",
              Place(dept_code=row["dept_code"], file=roster.file, file_sha256=roster.sha256), "",
              {"detail": f"没有收到{row['short_name']}的自评工作簿",
               "detail_en": f"No return of {row['short_name']} ({row['dept_code']}) came"},
              outcome="kept")
        for row in roster.rows["departments"]
        if row["dept_code"] not in returned
    ]  # fmt: skip
