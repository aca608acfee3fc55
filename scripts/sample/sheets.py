"""Finding one's way in a workbook that was just written: table, row and column to a cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import save_workbook
from reviewlib.schema import TABLES, Layout, Table


@dataclass
class Book:
    """One workbook of the sample, opened to be spoilt."""

    path: Path
    book: Workbook

    @classmethod
    def open(cls, path: Path) -> Book:
        return cls(path, load_workbook(path))

    def save(self) -> None:
        save_workbook(self.book, self.path)

    def sheet(self, table: str) -> Worksheet:
        return self.book[TABLES[table].sheet]

    def heading_row(self, table: str) -> int:
        """Return the row in which most headings of the table stand."""
        headings = {column.heading for column in TABLES[table].columns}
        rows = self.sheet(table).iter_rows()
        return max(rows, key=lambda row: sum(cell.value in headings for cell in row))[0].row

    def rows(self, table: str) -> list[int]:
        """Return the filled rows below the headings, up to the first blank first cell."""
        sheet, found = self.sheet(table), []
        row = self.heading_row(table) + 1
        while sheet.cell(row, 1).value is not None:
            found.append(row)
            row += 1
        return found

    def cell(self, table: str, row: str, column: str) -> Cell:
        """Return one cell; `row` is `column=text`, several joined by &, or `#n`, the nth row."""
        declared = TABLES[table]
        if declared.layout is Layout.RECORD:
            return self._labelled(table, declared[column].heading)
        position = declared.names.index(column) + 1
        return self.sheet(table).cell(self._row(declared, row), position)

    def _labelled(self, table: str, heading: str) -> Cell:
        for label, value, *_ in self.sheet(table).iter_rows():
            if label.value == heading:
                return value
        raise KeyError(f"{self.path.name}: {table} has no label {heading!r}")

    def _row(self, table: Table, row: str) -> int:
        rows = self.rows(table.name)
        if row.startswith("#"):
            return rows[int(row[1:]) - 1]
        wanted = [part.split("=", 1) for part in row.split("&")]
        sheet = self.sheet(table.name)
        for number in rows:
            if all(
                sheet.cell(number, table.names.index(name) + 1).value == text
                for name, text in wanted
            ):
                return number
        raise KeyError(f"{self.path.name}: {table.name} has no row {row!r}")
