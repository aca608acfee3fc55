"""The mess planted in the clean workbooks, and the key to it.

Single cells are listed in `data/mess.csv`; what changes a whole sheet or file is in `layout_mess`.
"""

from __future__ import annotations

from pathlib import Path

from openpyxl.cell import Cell

from reviewlib.forms.texts import FORMULA_SIGNS
from reviewlib.schema import TABLES

from .layout_mess import ADDED, REARRANGED, distrust_dimension, send_twice
from .receipts import return_files
from .roster import departments
from .sheets import Book
from .tables import read_table

KEY_COLUMNS = (
    "file", "sheet", "cell", "case", "what_is_wrong_zh", "what_must_come_of_it", "code",
)  # fmt: skip


def plant(folder: Path) -> list[dict]:
    """Spoil the workbooks of a folder; return the key, one row per planted flaw.

    What moves rows comes first, so that every address in the key is the final one.
    """
    books = Books(folder)
    key = []
    for flaw in REARRANGED:
        key.append(books.note(flaw, flaw.plant(books[flaw.workbook])))
    for row in read_table("mess"):
        key.append(_plant_cell(books, row))
    for flaw in ADDED:
        key.append(books.note(flaw, flaw.plant(books[flaw.workbook])))
    books.save()
    key += send_twice(folder, books.files)
    key.append(distrust_dimension(folder, books.files))
    return sorted(key, key=lambda row: (row["file"], row["sheet"], row["case"], row["cell"]))


class Books:
    """The workbooks of the sample, opened when first asked for."""

    def __init__(self, folder: Path):
        from .build import VISIT_FILES  # build plants, so it cannot be imported above

        self.folder = folder
        returns = return_files(departments())
        self.files = {
            **{code: f"returns/{file}" for code, file in returns.items()},
            **{group: f"visits/{file}" for group, file in VISIT_FILES.items()},
            "ledger": "ledger.xlsx",
        }
        self._open: dict[str, Book] = {}

    def __getitem__(self, workbook: str) -> Book:
        if workbook not in self._open:
            self._open[workbook] = Book.open(self.folder / self.files[workbook])
        return self._open[workbook]

    def save(self) -> None:
        for book in self._open.values():
            book.save()

    def note(self, flaw, address: str) -> dict:
        """Return the row of the key for a flaw of a sheet."""
        return {
            "file": self.files[flaw.workbook], "sheet": TABLES[flaw.table].sheet,
            "cell": address, "case": flaw.case, "what_is_wrong_zh": flaw.wrong_zh,
            "what_must_come_of_it": flaw.outcome_zh, "code": flaw.code,
        }  # fmt: skip


def _plant_cell(books: Books, row: dict) -> dict:
    cell = books[row["workbook"]].cell(row["table"], row["row"] or "", row["column"])
    _write(cell, row["kind"], row["written"])
    return {
        "file": books.files[row["workbook"]], "sheet": TABLES[row["table"]].sheet,
        "cell": cell.coordinate, "case": row["case"], "what_is_wrong_zh": row["wrong_zh"],
        "what_must_come_of_it": row["outcome_zh"], "code": row["code"] or "",
    }  # fmt: skip


def _write(cell: Cell, kind: str, written: str | None) -> None:
    """Write as a person would: text, a number with its format, an error value, or nothing."""
    kind, _, number_format = kind.partition(":")
    if kind == "number":
        cell.value = float(written) if "." in written else int(written)
        cell.number_format = number_format or "General"
    elif kind == "blank":
        cell.value = None
    else:
        text = written.replace("\\n", "\n")
        cell.number_format = "General" if kind == "error" else "@"
        cell.value = text
        if kind == "text" and text.startswith(FORMULA_SIGNS):
            cell.data_type = "s"
            cell.quotePrefix = True
