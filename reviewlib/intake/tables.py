"""Read a located table into records: every cell parsed, every row accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reviewlib.intake.issues import Place, issue
from reviewlib.intake.locate import Located
from reviewlib.intake.read_cells import read_cells
from reviewlib.intake.record_sheet import read_record
from reviewlib.intake.records import Record, text_of
from reviewlib.intake.rows import BLANK, DATA, EXCLUDED, HEADER, Row, rows_of, without_names
from reviewlib.intake.totals import audit_totals
from reviewlib.intake.values import Reading
from reviewlib.intake.workbook import Cell, blank
from reviewlib.schema.codes import ERROR, WARN
from reviewlib.schema.model import FIGURES, Column, Layout, Table
from reviewlib.schema.rules import RULES, SAYS_NOTHING

CLEAN, QUARANTINED = "clean", "quarantined"


@dataclass
class TableRead:
    """What one table on one sheet gave.

    Parameters
    ----------
    located : Located
    records : list of Record
        Rows used.
    issues : list of dict
        Data issues of rows and headings; those of a record are with it.
    kinds : dict of int to str
        What each row was: header, blank, excluded, clean, quarantined.
    set_aside : list of Record
        Rows of data that were not used: without key, or with one that another row has.
    says_none : bool
        A row says that there is no such case.
    seen, seen_keys : dict of tuple to int
        Row by content and by key, to tell repetitions.
    """

    located: Located
    records: list[Record] = field(default_factory=list)
    issues: list[dict] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    set_aside: list[Record] = field(default_factory=list)
    says_none: bool = False
    seen: dict[tuple, int] = field(default_factory=dict)
    seen_keys: dict[tuple, int] = field(default_factory=dict)


def read_table(located: Located, reading: Reading, place: Place) -> TableRead:
    """Read one table.

    Parameters
    ----------
    located : Located
    reading : Reading
    place : Place
        File and department; `dept_code` becomes a value of tables that carry it.
    """
    place = place.at(None, sheet=located.sheet.name)
    read = TableRead(located, issues=list(_heading_issues(located, place)))
    if located.is_record:
        _take_record(read, reading, place)
        return read
    read.kinds = dict.fromkeys(located.heading_rows, HEADER)
    totals = []
    for row in rows_of(located):
        read.kinds[row.number] = row.kind
        if row.kind == DATA:
            _take_row(row, read, reading, place)
        elif row.kind == BLANK:
            read.issues.append(issue("row.blank", place.at(None, row=row.number)))
        elif row.kind == EXCLUDED:
            read.issues.append(_excluded(row, place))
            totals += [row.number] if row.rule == "total-row" else []
    read.issues += audit_totals(located, totals, read.records, reading, place)
    if located.table.layout is Layout.FIXED:
        read.issues += _missing_rows(read, reading, place)
    return read


def _heading_issues(located: Located, place: Place) -> Iterator[dict]:
    required = {column.zh for column in located.table.columns if column.required}
    for code, cell, words in located.flaws:
        is_optional = code == "label.missing" and words["expected"] not in required
        given = {"severity": WARN} if is_optional else {}
        yield issue(code, place.at(cell), cell.text if cell else "", words, **given)


def _excluded(row: Row, place: Place) -> dict:
    rule = RULES.get(row.rule)
    words = {"detail": rule.zh, "detail_en": rule.en} if rule else {}
    return issue(row.rule, place.at(row.cell), without_names(row.cell.text), words)


# rows of lists and printed tables ─────────────────────────────────────────────────────────────────


def _take_row(row: Row, read: TableRead, reading: Reading, place: Place) -> None:
    """Read a row of data: use it, or set it aside with the reason."""
    located, table = read.located, read.located.table
    cells = {name: _cell_of(row.number, name, located) for name in located.columns}
    record = read_cells(row.number, cells, table, reading, place)
    record.first_cell = row.cell.address
    if table.layout is Layout.FIXED and record.values[table.columns[0].name] is None:
        _set_aside_unknown(row, read, place)
        return
    if table.layout is Layout.LIST and _says_nothing(record):
        read.kinds[row.number] = EXCLUDED
        read.issues.append(_excluded(replace(row, rule="nothing-row"), place))
        read.says_none = True
        return
    reason = _unusable(record, cells, table, reading, place) or _repeated(record, read, place)
    if reason is None:
        read.kinds[row.number] = CLEAN
        read.records.append(record)
        return
    if reason["code"] == "row.duplicate":
        read.kinds[row.number] = EXCLUDED
        read.issues.append(reason)
        return
    read.kinds[row.number] = QUARANTINED
    read.set_aside.append(record)
    read.issues += [reason, *(one for one in record.issues if not _is_same(one, reason))]


def _is_same(found: dict, reason: dict) -> bool:
    """Say whether a blank is what makes the row unusable: it is told once."""
    return found["code"] == "cell.required" and found["column"] == reason["column"]


def _says_nothing(record: Record) -> bool:
    """Say whether every filled cell of a row is a dash, 无 or the like: there is no such case."""
    return bool(record.cells) and all(
        parsed.rules[0] in SAYS_NOTHING for _, parsed in record.cells.values()
    )


def _cell_of(row: int, name: str, located: Located) -> Cell:
    """Return the cell of a column; a figure over several rows is not that of each of them."""
    column = located.columns[name]
    is_figure = located.table[name].kind in FIGURES
    found = (
        located.sheet.rows[row].get(column) if is_figure
        else located.sheet.cell_down(row, column)
    )
    return found or blank(row, column)


def _set_aside_unknown(row: Row, read: TableRead, place: Place) -> None:
    """Set aside a row the form does not print; a lone text above another table is its title."""
    located = read.located
    is_alone = len(located.sheet.rows[row.number]) == 1
    if is_alone and located.last_row < located.sheet.last_row:
        read.kinds[row.number] = HEADER
    elif is_alone:
        read.kinds[row.number] = EXCLUDED
        read.issues.append(_excluded(Row(row.number, EXCLUDED, "note-row", row.cell), place))
    else:
        read.kinds[row.number] = QUARANTINED
        label = located.columns.get(located.table.columns[0].name, row.cell.column)
        at = place.at(blank(row.number, label))
        read.issues.append(issue("label.extra", at, row.cell.text, severity=ERROR))


def _unusable(
    record: Record, cells: Mapping[str, Cell], table: Table, reading: Reading, place: Place
) -> dict | None:
    """Return why a row cannot be used: without its key, or with a code that nothing knows."""
    for column in table.columns:
        fault = _fault_of(record.values[column.name], column, table, reading)
        if fault:
            cell = cells.get(column.name)  # blank or not: there it has to be filled in
            at = place.at(None, row=record.row, cell=record.first_cell, column=column.name)
            return issue(fault[0], at.at(cell), cell.text if cell else "", fault[1])
    return None


def _fault_of(
    value: object, column: Column, table: Table, reading: Reading
) -> tuple[str, dict] | None:
    """Return code and words of what is wrong with a required value of a row."""
    if not column.required:
        return None
    if value is None:
        is_lost = column.name in table.key and table.workbook != "return"
        return ("row.missing-key", {"expected": column.zh}) if is_lost else None
    is_visited = column.name == "dept_code" and table.workbook == "visit"
    for name in (column.name, "visited") if is_visited else (column.name,):
        known = reading.known.get(name)
        if known is not None and value not in known.codes:
            return "row.foreign-key", {"detail": known.zh, "detail_en": known.en}
    return None


def _repeated(record: Record, read: TableRead, place: Place) -> dict | None:
    """Return why a row is one too many: the same again, or the same key with other content."""
    table = read.located.table
    place = place.at(None, row=record.row, cell=record.first_cell)
    own = tuple(_content(record, name) for name in table.names)
    other = read.seen.setdefault(own, record.row)
    if other != record.row and any(value is not None for value in own):
        return issue("row.duplicate", place, "", {"other": other})
    keys = tuple(record.values.get(name) for name in table.key)
    if not keys or None in keys:
        return None
    other = read.seen_keys.setdefault(keys, record.row)
    if other == record.row:
        return None
    words = {"other": other, "key": "|".join(map(text_of, keys))}
    return issue("row.duplicate-key", place, "", words)


def _content(record: Record, name: str) -> object:
    """Return by what two rows are told apart: a value, or the text that gave none.

    Two names that nobody knows, or two numbers that may not be kept, are not the same.
    """
    cell, parsed = record.cells.get(name, (None, None))
    says_something = cell is not None and parsed.rules[0] not in SAYS_NOTHING
    value = record.values[name]
    return cell.text if value is None and says_something else value


def _missing_rows(read: TableRead, reading: Reading, place: Place) -> Iterator[dict]:
    """Yield the printed rows that are no longer there."""
    table = read.located.table
    key = table.columns[0]
    found = {record.values[key.name] for record in read.records}
    if table.row_keys is not None:
        expected = {choice.code: choice.zh for choice in table.row_keys}
    else:
        expected = {code: code for code in reading.known[key.name].codes}
    for code, label in expected.items():
        if code not in found:
            yield issue("label.missing", place, "", {"expected": label})


# records ─────────────────────────────────────────────────────────────────────────────────────────


def _take_record(read: TableRead, reading: Reading, place: Place) -> None:
    """Read a record: each label, and its value."""
    located = read.located
    read.records.append(read_record(located, reading, place))
    read.kinds = dict.fromkeys(located.sheet.rows, HEADER)
    read.kinds |= {label.row: CLEAN for label in located.labels.values()}
