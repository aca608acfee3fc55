"""A row while it is being read: its values, the cells they came from, what was noticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from reviewlib.intake.issues import Place
from reviewlib.intake.values import Parsed, masked
from reviewlib.intake.workbook import Cell
from reviewlib.schema.codes import INFO
from reviewlib.schema.model import Table


@dataclass
class Record:
    """One row of a table.

    Parameters
    ----------
    row : int
        Of the sheet.
    values : dict of str to object
        By column; None where there is none.
    precisions : dict of str to str
        day or month, of dates.
    cells : dict of str to (Cell, Parsed)
        Of the filled cells.
    issues : list of dict
    first_cell : str
        Address of the first filled cell.
    """

    row: int
    values: dict[str, object]
    precisions: dict[str, str] = field(default_factory=dict)
    cells: dict[str, tuple[Cell, Parsed]] = field(default_factory=dict)
    issues: list[dict] = field(default_factory=list)
    first_cell: str = ""

    def key(self, table: Table, sheet: str) -> str:
        """Return the record's key: its key values, or sheet and row where one is missing."""
        values = [self.values.get(name) for name in table.key]
        if not values or None in values:
            return f"{sheet}!{self.row}"
        return "|".join(map(text_of, values))


def text_of(value: object) -> str:
    """Return a value as the change log writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return format(value, ".10g")
    return str(value)


def frame_rows(records: Iterable[Record], sheet: str, place: Place) -> list[dict]:
    """Return records as rows of the frame: values, precision of dates, provenance."""
    rows = []
    for record in records:
        codes = (found["code"] for found in record.issues if found["severity"] != INFO)
        precisions = {f"{name}_precision": p for name, p in record.precisions.items()}
        rows.append({
            **record.values, **precisions, "source_file": place.file, "source_sheet": sheet,
            "source_cell": record.first_cell, "dq_flags": ";".join(dict.fromkeys(codes)) or None,
        })  # fmt: skip
    return rows


def cell_rows(records: Iterable[Record], table: Table, sheet: str, place: Place) -> list[tuple]:
    """Return the change log: one row per filled cell that was read, raw text and value.

    A row is a tuple in the order of `schema.CELL_COLUMNS`: there are many.
    """
    rows = []
    for record in records:
        key = record.key(table, sheet)
        for name, (cell, parsed) in record.cells.items():
            rows.append((
                table.name, place.dept_code or None, key, name, place.file, sheet, cell.address,
                cell.row, masked(cell.text), text_of(record.values[name]), parsed.precision or None,
                ";".join(parsed.rules), parsed.rules != ("as-is",),
            ))  # fmt: skip
    return rows
