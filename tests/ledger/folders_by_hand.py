"""Review folders on disk, and workbooks edited the way people edit them."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
from ledgers_by_hand import DEPARTMENTS, frames
from readers_here import IN_PLACE

from reviewlib.forms import new_review, write_ledger, write_roster
from reviewlib.ledger.office import open_office
from reviewlib.review import read_settings

ROSTER = [
    row | {"side": "government", "change_type": "new", "is_three_det_reissued": False}
    for row in DEPARTMENTS
]  # fmt: skip


def new_folder(path: Path, **rows: list[dict]) -> Path:
    """A review folder with three departments and a ledger of these rows, never merged."""
    new_review(path)
    settings = read_settings(path)
    write_roster(path / "departments.xlsx", settings, frames(departments=ROSTER))
    put_ledger(path, frames(**rows))
    return path


def put_ledger(folder: Path, ledger: dict) -> None:
    """Write a ledger workbook that no merge has seen."""
    office = open_office(folder, IN_PLACE)
    write_ledger(folder / "ledger.xlsx", office.settings, office.departments, ledger)


def copy_of(folder: Path, name: str = "copy.xlsx") -> Path:
    """A copy of the ledger in somebody's hands."""
    return Path(shutil.copy(folder / "ledger.xlsx", folder.parent / name))


def edit(path: Path, sheet: str, *changes: tuple[str, str, object]) -> Path:
    """Write cells of one sheet as Excel would: (id of the row, heading, value)."""
    book = openpyxl.load_workbook(path)
    for key, heading, value in changes:
        page = book[sheet]
        page.cell(row_of(page, key), column_of(page, heading)).value = value
    book.save(path)
    return path


def add(path: Path, sheet: str, **cells: object) -> Path:
    """Write a new row below the last one: heading → value."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    first = heading_row(page) + 1
    free = next(row for row in range(first, page.max_row + 2)
                if all(page.cell(row, column).value is None for column in range(1, 5)))  # fmt: skip
    for heading, value in cells.items():
        page.cell(free, column_of(page, heading)).value = value
    book.save(path)
    return path


def delete(path: Path, sheet: str, key: str) -> Path:
    """Delete a row as Excel does: those below move up."""
    book = openpyxl.load_workbook(path)
    book[sheet].delete_rows(row_of(book[sheet], key))
    book.save(path)
    return path


def cell(path: Path, sheet: str, key: str, heading: str) -> object:
    """What stands in a workbook."""
    page = openpyxl.load_workbook(path)[sheet]
    return page.cell(row_of(page, key), column_of(page, heading)).value


def heading_row(page) -> int:
    """The row of headings: the first with at least three texts."""
    return next(
        row for row in range(1, page.max_row + 1)
        if sum(isinstance(found.value, str) for found in page[row]) >= 3
    )  # fmt: skip


def column_of(page, heading: str) -> int:
    """The column under a heading."""
    row = page[heading_row(page)]
    return next(found.column for found in row if found.value == heading)


def row_of(page, key: str) -> int:
    """The row whose first cell is an id."""
    return next(row for row in range(1, page.max_row + 1) if page.cell(row, 1).value == key)
