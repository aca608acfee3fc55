"""The cells of one record, parsed: its values, and what is to be said of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewlib.intake.issues import Place, column_words, issue
from reviewlib.intake.records import Record
from reviewlib.intake.values import Parsed, Reading, parse, visible
from reviewlib.intake.values.base import AS_IS
from reviewlib.intake.workbook import UNCACHED, Cell
from reviewlib.schema.model import FIGURES, Column, Table
from reviewlib.schema.rules import RULES, SAYS_NOTHING

SUPPORTING = "support_depts"
"""Where the further departments of a lead's cell go."""


def read_cells(
    row: int, cells: Mapping[str, Cell], table: Table, reading: Reading, place: Place
) -> Record:
    """Parse the cells of one record, by column name."""
    record = Record(row, {"dept_code": place.dept_code} if table.carries_department else {})
    told: list[tuple[str, Column, Cell, Parsed | None]] = []
    read = _parsed(cells, table, reading)
    for column in table.columns:
        cell, parsed = cells.get(column.name), read[column.name]
        if parsed is None:
            record.values[column.name] = None
            if column.required and column.name in cells:
                told.append(("cell.required", column, cell, None))
            continue
        record.cells[column.name] = (cell, parsed)
        record.values[column.name] = parsed.value
        if parsed.precision:
            record.precisions[column.name] = parsed.precision
        told += [(rule, column, cell, parsed) for rule in _told(parsed, column, cell)]
        if column.required and parsed.value is None and parsed.rules[0] in SAYS_NOTHING:
            told.append(("nothing-required", column, cell, parsed))
    _keep_historic(record)
    _spread(record, table)
    place = place.at(None, row=row, record_key=record.key(table, place.sheet))
    record.issues = [_cell_issue(*one, place) for one in told]
    return record


def _parsed(
    cells: Mapping[str, Cell], table: Table, reading: Reading
) -> dict[str, Parsed | None]:
    """Parse every cell; what a formula makes of figures that it sees otherwise is left out."""
    read = {column.name: parse(cells.get(column.name), column, reading) for column in table.columns}
    for name, parsed in read.items():
        if parsed is not None and parsed.others and SUPPORTING not in table.names:
            read[name] = replace(parsed, rules=("dept-first",), others=())
    formulas = [column.name for column in table.columns if _is_audited(column)
                and read[column.name] is not None
                and _is_formula(column, cells[column.name])]  # fmt: skip
    if formulas and any(
        _is_loose(column, cells.get(column.name), read[column.name]) for column in table.columns
    ):
        read |= dict.fromkeys(formulas, Parsed(None, ("formula-of-text",)))
    return read


def _is_audited(column: Column) -> bool:
    """Say whether a column is recomputed, and what it holds only compared."""
    return not column.is_input or column.name.startswith("stated_")


def _is_formula(column: Column, cell: Cell) -> bool:
    """Say whether a formula stands there, or does on the form where the format hides it (.xls)."""
    return bool(cell.formula) or not (column.is_input or cell.number_format)


def _is_loose(column: Column, cell: Cell | None, parsed: Parsed | None) -> bool:
    """Say whether a figure is read otherwise than a formula of the sheet sees it: 26名, 95, －."""
    is_figure = column.kind in FIGURES and parsed is not None and not cell.formula
    return is_figure and parsed.rules != AS_IS


def _told(parsed: Parsed, column: Column, cell: Cell) -> Iterable[str]:
    """Return the rules that are data issues; a formula that is only audited needs no result."""
    if _is_audited(column) and cell.type == UNCACHED:
        return ()
    return [rule for rule in parsed.rules if RULES[rule].code]


def _cell_issue(
    name: str, column: Column, cell: Cell, parsed: Parsed | None, place: Place
) -> dict:
    words = {**column_words(column), **(parsed.words if parsed else {})}
    return issue(name, place.at(cell, column=column.name), cell.text, words)


def _keep_historic(record: Record) -> None:
    """Keep the name of a unit of the past that the gaining department itself has taken over.

    As its successor it would hand duties over to itself; it no longer exists and cannot answer.
    """
    if "from_dept" not in record.cells or record.values["from_dept"] is None:
        return
    cell, parsed = record.cells["from_dept"]
    is_former = parsed.rules[0] in ("dept-former", "dept-former-dated")
    if is_former and record.values["from_dept"] == record.values.get("to_dept"):
        name = visible(cell.text)
        record.values["from_dept"] = name
        record.cells["from_dept"] = (cell, Parsed(name, ("dept-historic",)))


def _spread(record: Record, table: Table) -> None:
    """Add the further departments of a lead's cell to the supporting ones."""
    if SUPPORTING not in table.names:
        return
    for name in ("lead_dept", "owner"):
        others = record.cells[name][1].others if name in record.cells else ()
        if others:
            known = record.values.get(SUPPORTING)
            codes = [*(known.split(";") if known else ()), *others]
            record.values[SUPPORTING] = ";".join(dict.fromkeys(codes))
