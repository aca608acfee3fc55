"""Total rows are no data; what they state is held against the rows above them (合计核对)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewlib.intake.issues import Place, issue
from reviewlib.intake.locate import Located
from reviewlib.intake.records import Record
from reviewlib.intake.values import Reading, parse
from reviewlib.intake.values.base import squeeze
from reviewlib.intake.workbook import Cell
from reviewlib.schema.model import Kind

SUBTOTAL = "小计"


def audit_totals(
    located: Located, totals: Iterable[int], records: Iterable[Record], reading: Reading,
    place: Place,
) -> Iterator[dict]:
    """Yield the totals that are not the sum of their rows.

    A grand total covers all rows above it, a subtotal those since the last one. A sum in which a
    value is missing for a fault of its own is not compared.
    """  # fmt: skip
    records = list(records)
    start = 0
    for row in totals:
        is_subtotal = any(SUBTOTAL in squeeze(cell.text) for cell in _cells(located, row))
        above = [one for one in records if (start if is_subtotal else 0) < one.row < row]
        start = row if is_subtotal else start
        for name, column in located.columns.items():
            cell = located.sheet.rows[row].get(column)
            if located.table[name].kind is Kind.COUNT and above and cell is not None:
                yield from _compared(cell, name, above, located, reading, place)


def _compared(
    cell: Cell, name: str, above: list[Record], located: Located, reading: Reading, place: Place
) -> Iterator[dict]:
    stated = parse(cell, located.table[name], reading)
    filled = [one for one in above if name in one.cells]
    if stated is None or stated.value is None or not all(one.cells[name][1].is_usable
                                                         for one in filled):  # fmt: skip
        return
    expected = sum(one.values[name] or 0 for one in filled)
    if stated.value != expected:
        words = {"expected": expected, "value": f"{stated.value - expected:+d}"}
        yield issue("total-differs", place.at(cell, column=name), cell.text, words)


def _cells(located: Located, row: int) -> list[Cell]:
    return list(located.sheet.rows[row].values())[:4]
