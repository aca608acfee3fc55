"""Read a located table into records: every cell parsed, every row accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from reviewlib.intake.issues import Place, column_words, issue
from reviewlib.intake.locate import Located
from reviewlib.intake.rows import DATA, EXCLUDED, HEADER, Row, rows_of, without_names
from reviewlib.intake.values import Parsed, Reading, masked, parse
from reviewlib.intake.workbook import UNCACHED, Cell
from reviewlib.schema import CELL_COLUMNS
from reviewlib.schema.model import Column, Kind, Layout, Table
from reviewlib.schema.rules import RULES

CLEAN, QUARANTINED = "clean", "quarantined"


@dataclass
class Record:
    """One row of a table while it is being read."""

    row: int
    values: dict[str, object]
    precisions: dict[str, str] = field(default_factory=dict)
    cells: dict[str, tuple[Cell, Parsed]] = field(default_factory=dict)
    issues: list[dict] = field(default_factory=list)
    first_cell: str = ""

    def key(self, table: Table, sheet: str) -> str:
        """Return the record's key: its key values, or sheet and row where one is missing."""
        values = [self.values.get(name) for name in table.key]
        if not table.key or any(value is None for value in values):
            return f"{sheet}!{self.row}"
        return "|".join(map(text_of, values))


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
    """

    located: Located
    records: list[Record]
    issues: list[dict]
    kinds: dict[int, str]
    set_aside: list[Record] = field(default_factory=list)
    seen: dict[tuple, int] = field(default_factory=dict)
    seen_keys: dict[tuple, int] = field(default_factory=dict)


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
    if located.is_record:
        return _read_record(located, reading, place)
    read = TableRead(located, [], list(_heading_issues(located, place)), {})
    for row in located.heading_rows:
        read.kinds[row] = HEADER
    for row in rows_of(located):
        read.kinds[row.number] = row.kind
        if row.kind == DATA:
            _take_row(row, read, reading, place)
        elif row.kind == EXCLUDED:
            read.issues.append(_excluded(row, place))
    if located.table.layout is Layout.FIXED:
        read.issues += _missing_rows(read, reading, place)
    return read


def _heading_issues(located: Located, place: Place) -> Iterator[dict]:
    required = {column.zh for column in located.table.columns if column.required}
    for code, cell, words in located.flaws:
        is_optional = code == "label.missing" and words["expected"] not in required
        given = {"severity": "warn"} if is_optional else {}
        yield issue(code, place.at(cell), cell.text if cell else "", words, **given)


def _excluded(row: Row, place: Place) -> dict:
    words = {"detail": RULES[row.rule].zh, "detail_en": RULES[row.rule].en} if row.rule in RULES else {}
    return issue(row.rule, place.at(row.cell), without_names(row.cell.text), words)


def _take_row(row: Row, read: TableRead, reading: Reading, place: Place) -> None:
    """Read a row of data: use it, or set it aside with the reason."""
    located, table = read.located, read.located.table
    cells = {name: located.sheet.cell_down(row.number, c) for name, c in located.columns.items()}
    record = _read_cells(row.number, cells, table, reading, place)
    record.first_cell = row.cell.address
    if table.layout is Layout.FIXED and record.values[table.columns[0].name] is None:
        _set_aside_unknown(row, read, place)
        return
    reason = _unusable(record, table, reading, place) or _repeated(record, read, place)
    read.kinds[row.number] = QUARANTINED if reason else CLEAN
    if not reason:
        read.records.append(record)
    elif reason["code"] == "row.duplicate":
        read.kinds[row.number] = EXCLUDED
    else:
        read.set_aside.append(record)
    if reason:
        read.issues += [reason, *record.issues]


def _set_aside_unknown(row: Row, read: TableRead, place: Place) -> None:
    """Set aside a row that the form does not print; a lone text above another table is its title."""
    located = read.located
    filled = len(located.sheet.rows[row.number])
    if filled == 1 and located.last_row < located.sheet.last_row:
        read.kinds[row.number] = HEADER
    elif filled == 1:
        read.kinds[row.number] = EXCLUDED
        read.issues.append(_excluded(Row(row.number, EXCLUDED, "note-row", row.cell), place))
    else:
        read.kinds[row.number] = QUARANTINED
        read.issues.append(issue("label.extra", place.at(row.cell), row.cell.text,
                                 severity="error"))  # fmt: skip


def _read_cells(
    row: int, cells: Mapping[str, Cell | None], table: Table, reading: Reading, place: Place
) -> Record:
    record = Record(row, {"dept_code": place.dept_code} if table.carries_department else {})
    issues: list[tuple] = []
    for column in table.columns:
        cell = cells.get(column.name)
        parsed = parse(cell, column, reading)
        if parsed is None:
            record.values[column.name] = None
            if column.required and column.name in cells:
                issues.append(("cell.required", column, cell, None))
            continue
        record.cells[column.name] = (cell, parsed)
        record.values[column.name] = parsed.value
        if parsed.precision:
            record.precisions[column.name] = parsed.precision
        issues += [(rule, column, cell, parsed) for rule in _told(parsed, column, cell)]
    _spread(record, table)
    key = record.key(table, place.sheet)
    record.issues = [_cell_issue(*found, row, place.at(None, record_key=key)) for found in issues]
    return record


def _told(parsed: Parsed, column: Column, cell: Cell) -> Iterable[str]:
    """Return the rules that are data issues; a formula that is only audited needs no result."""
    is_audited = not column.is_input or column.name.startswith("stated_")
    if is_audited and cell.type == UNCACHED:
        return ()
    return [rule for rule in parsed.rules if RULES[rule].code]


def _cell_issue(name: str, column: Column, cell: Cell | None, parsed: Parsed | None, row: int,
                place: Place) -> dict:  # fmt: skip
    words = {**column_words(column), **(parsed.words if parsed else {})}
    return issue(name, place.at(cell, row=row, column=column.name), cell.text if cell else "", words)


def _spread(record: Record, table: Table) -> None:
    """Add the further departments of a lead's cell to the supporting ones."""
    for name in [name for name, (_, parsed) in record.cells.items() if parsed.others]:
        if "support_depts" in table.names and name in ("lead_dept", "owner"):
            known = record.values.get("support_depts")
            codes = [*(known.split(";") if known else ()), *record.cells[name][1].others]
            record.values["support_depts"] = ";".join(dict.fromkeys(codes))


def _unusable(record: Record, table: Table, reading: Reading, place: Place) -> dict | None:
    """Return why a row cannot be used: without its key, or with a key that nothing knows."""
    place = place.at(None, row=record.row, cell=record.first_cell)
    for name in table.key:
        if name not in table.names:
            continue
        column = table[name]
        known = reading.known.get(name) if column.kind is Kind.CODE else None
        value = record.values[name]
        cell, parsed = record.cells.get(name, (None, None))
        if value is None and (table.layout is Layout.FIXED or table.workbook != "return"):
            if column.required:
                return issue("row.missing-key", place.at(cell, column=name),
                             cell.text if cell else "", {"expected": column.zh})  # fmt: skip
        elif value is not None and known is not None and value not in known.codes:
            words = {"detail": known.zh, "detail_en": known.en}
            return issue("row.foreign-key", place.at(cell, column=name), cell.text, words)
    return None


def _repeated(record: Record, read: TableRead, place: Place) -> dict | None:
    """Return why a row is one too many: the same again, or the same key with other content."""
    table = read.located.table
    place = place.at(None, row=record.row, cell=record.first_cell)
    own = tuple(record.values[name] for name in table.names)
    keys = tuple(record.values.get(name) for name in table.key)
    other = read.seen.get(own)
    if other is not None and any(value is not None for value in own):
        return issue("row.duplicate", place, "", {"other": other})
    read.seen.setdefault(own, record.row)
    if not keys or None in keys:
        return None
    other = read.seen_keys.setdefault(keys, record.row)
    if other != record.row:
        return issue("row.duplicate-key", place, "",
                     {"other": other, "key": "|".join(map(text_of, keys))})  # fmt: skip
    return None


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


def _read_record(located: Located, reading: Reading, place: Place) -> TableRead:
    """Read a record: the value of each label stands in the first column to its right."""
    record = _read_cells(0, record_cells(located), located.table, reading, place)
    for found in record.issues:
        label = located.labels.get(found["column"])
        if label is not None and found["row"] == 0:  # blank: its place is beside the label
            blank = Cell(label.row, located.sheet.after(label), None)
            found.update(row=blank.row, cell=blank.address)
    first = min(located.labels.values(), key=lambda cell: (cell.row, cell.column))
    record.row, record.first_cell = first.row, first.address
    kinds = dict.fromkeys(located.sheet.rows, HEADER)
    kinds |= {label.row: CLEAN for label in located.labels.values()}
    return TableRead(located, [record], list(_heading_issues(located, place)), kinds)


def record_cells(located: Located) -> dict[str, Cell | None]:
    """Return the value cell of each label of a record, or of the one row of a record on its side."""
    if not located.is_record:
        row = located.heading_rows[-1] + 1
        return {name: located.sheet.cell(row, c) for name, c in located.columns.items()}
    labels = {(cell.row, cell.column) for cell in located.labels.values()}
    return {name: _beside(label, located, labels) for name, label in located.labels.items()}


def _beside(label: Cell, located: Located, labels: set[tuple[int, int]]) -> Cell | None:
    """Return the value of a label: the cell to its right, past the area the label is merged over."""
    column = located.sheet.after(label)
    return None if (label.row, column) in labels else located.sheet.cell(label.row, column)


def frame_rows(read: TableRead, place: Place, records: Iterable[Record]) -> list[dict]:
    """Return records of a table as rows of the frame: values, precision of dates, provenance."""
    rows = []
    for record in records:
        flags = dict.fromkeys(found["code"] for found in record.issues if found["severity"] != "info")
        precisions = {f"{name}_precision": p for name, p in record.precisions.items()}
        rows.append({
            **record.values, **precisions, "source_file": place.file,
            "source_sheet": read.located.sheet.name, "source_cell": record.first_cell,
            "dq_flags": ";".join(flags) or None,
        })  # fmt: skip
    return rows


_CELL_NAMES = tuple(column.name for column in CELL_COLUMNS)


def cell_rows(read: TableRead, place: Place) -> list[dict]:
    """Return the change log: one row per filled cell that was read, raw text and value."""
    table, sheet = read.located.table, read.located.sheet.name
    rows = []
    for record in read.records:
        key = record.key(table, sheet)
        for name, (cell, parsed) in record.cells.items():
            rows.append(dict(zip(_CELL_NAMES, (
                table.name, place.dept_code, key, name, place.file, sheet, cell.address, cell.row,
                masked(cell.text), text_of(record.values[name]), parsed.precision,
                ";".join(parsed.rules), parsed.rules != ("as-is",),
            ), strict=True)))  # fmt: skip
    return rows

