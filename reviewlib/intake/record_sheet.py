"""A record sheet (01 封面, 02 基本情况): each label with its value, and what no label claims.

The value stands right of its label. Where that cell is empty and one other stands further right,
that one is meant; a label that stands twice with two values is no guess: neither is used.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from reviewlib.intake.headings import lexicon, normal, own_forms
from reviewlib.intake.issues import Place, column_words, issue
from reviewlib.intake.locate import Located
from reviewlib.intake.read_cells import read_cells
from reviewlib.intake.records import Record
from reviewlib.intake.rows import NOTE, SIGN_OFF, SIGNERS, without_names
from reviewlib.intake.values import Parsed, Reading, masked, parse, visible
from reviewlib.intake.workbook import TEXT, Cell, Sheet, blank
from reviewlib.schema import tables_of
from reviewlib.schema.codes import INFO, KEEP_ONE, WARN
from reviewlib.schema.model import Column

SIGNED = re.compile(rf"^({SIGNERS})")
ORDINAL = re.compile(r"^\W*\d{1,3}\W*$")
"""What numbers the labels, in front of them."""


@dataclass(frozen=True)
class Entry:
    """One place of a label: its cell, the cell of its value (blank where there is none)."""

    label: Cell
    value: Cell
    is_moved: bool = False  # the value does not stand right beside the label


def record_cells(located: Located) -> dict[str, Cell]:
    """Return the value cell of each label of a record; one on its side has them below."""
    if located.is_record:
        return {name: _used(found).value for name, found in entries_of(located).items()}
    row = located.heading_rows[-1] + 1
    places = {name: (row, column) for name, column in located.columns.items()}
    return {name: located.sheet.cell(*spot) or blank(*spot) for name, spot in places.items()}


def read_record(located: Located, reading: Reading, place: Place) -> Record:
    """Read a record: each label and its value; what is moved or stands twice is told."""
    entries = entries_of(located)
    used = {name: _used(found) for name, found in entries.items()}
    cells = {name: entry.value for name, entry in used.items()}
    record = read_cells(0, cells, located.table, reading, place)
    first = min(located.labels.values(), key=lambda cell: (cell.row, cell.column))
    record.row, record.first_cell = first.row, first.address
    place = place.at(None, record_key=record.key(located.table, place.sheet))
    for name, found in entries.items():
        column = located.table[name]
        if used[name].is_moved or used[name] is not found[0]:
            record.issues.append(_issue("value-moved", used[name], column, place))
        for again in found[1:]:
            _hold_against(used[name], again, column, record, reading, place)
    return record


def _hold_against(
    used: Entry, again: Entry, column: Column, record: Record, reading: Reading, place: Place
) -> None:
    """Tell of a label that stands again; with another value, none of the two is used."""
    if again is used:
        return
    is_same = _meaning(used, column, reading) == _meaning(again, column, reading)
    rule = "label-again" if is_same else "label-twice"
    record.issues.append(_issue(rule, again, column, place, used))
    if not is_same:
        record.values[column.name] = None
        record.precisions.pop(column.name, None)
        record.cells[column.name] = (used.value, Parsed(None, ("label-twice",)))


def _meaning(entry: Entry, column: Column, reading: Reading) -> object:
    parsed = parse(entry.value, column, reading)
    if parsed is None or parsed.value is None:
        return visible(entry.value.text)
    return parsed.value


def _issue(rule: str, at: Entry, column: Column, place: Place, *others: Entry) -> dict:
    said = [f"{e.value.address}“{masked(e.value.text)}”" for e in (*others, at)]
    zh, en = (" 与 ".join(said), " and ".join(said)) if others else (at.value.address,) * 2
    words = {**column_words(column), "detail": zh, "detail_en": en}
    given = {"fix": KEEP_ONE[0]} if rule == "label-twice" else {}
    return issue(rule, place.at(at.value, column=column.name), at.value.text, words, **given)


# labels and their values ──────────────────────────────────────────────────────────────────────────


def entries_of(located: Located) -> dict[str, list[Entry]]:
    """Return the places of each label by column: the first of them, and where it stands again."""
    labels = _labels(located)
    spots = {(cell.row, cell.column) for _, cell in labels}
    hints = {normal(column.help_zh) for column in located.table.columns if column.help_zh}
    found = {
        name: [_entry(label, located.sheet, spots, hints)]
        for name, label in located.labels.items()
    }
    claimed = {cell[:2] for (one,) in found.values() for cell in (one.label, one.value)}
    headings = lexicon(tables_of(located.table.workbook))
    for name, label in labels:
        if label[:2] in claimed or not _is_same_label(label, located, name):
            continue
        entry = _entry(label, located.sheet, spots, hints)
        is_heading = entry.value.type == TEXT and headings.columns(entry.value.text)
        if entry.value[:2] not in claimed and _is_filled(entry.value) and not is_heading:
            found[name].append(entry)
    return found


def _labels(located: Located) -> list[tuple[str, Cell]]:
    """Return every cell of the sheet that reads like a label of the record."""
    known = lexicon((located.table,))
    return [
        (name, cell)
        for cells in located.sheet.rows.values()
        for cell in cells.values()
        if cell.type == TEXT
        for _, name in known.columns(cell.value)
    ]


def _is_same_label(label: Cell, located: Located, name: str) -> bool:
    """Say whether a label stands again; 填表人 below 填表人岗位 asks for something else."""
    written = normal(label.text)
    return written in own_forms(located.table[name]) or written == normal(
        located.labels[name].text
    )


def _entry(
    label: Cell, sheet: Sheet, labels: Collection[tuple[int, int]], hints: Collection[str]
) -> Entry:
    row, beside = label.row, sheet.after(label)
    value = None if (row, beside) in labels else sheet.cell(row, beside)
    if _is_filled(value):
        return Entry(label, value)
    end = min((c for r, c in labels if r == row and c > label.column), default=None)
    further = [
        cell for column, cell in sheet.rows[row].items()
        if column > beside and (end is None or column < end)
        and _is_filled(cell) and normal(cell.text) not in hints
    ]  # fmt: skip
    if len(further) == 1 and end != beside:
        return Entry(label, further[0], is_moved=True)
    return Entry(label, value or blank(row, beside))


def _used(found: list[Entry]) -> Entry:
    """Return the first place of a label that is filled in."""
    return next((entry for entry in found if _is_filled(entry.value)), found[0])


def _is_filled(cell: Cell | None) -> bool:
    return cell is not None and bool(visible(cell.text))


# what no label claims ─────────────────────────────────────────────────────────────────────────────


def unclaimed(
    sheet: Sheet, records: Iterable[Located], others: Iterable[Located], taken: Collection[int],
    place: Place,
) -> tuple[set[int], list[dict]]:  # fmt: skip
    """Tell of what stands on a record sheet and belongs to no label.

    Parameters
    ----------
    sheet : Sheet
    records, others : iterable of Located
        The records on the sheet, and its tables of rows.
    taken : collection of int
        Rows that were read with the latter.
    place : Place

    Returns
    -------
    (rows, issues)
        Rows below the first label that hold no label: they are not used. What was found, with its
        address.
    """
    entries = [entry for one in records for found in entries_of(one).values() for entry in found]
    labels = {label.row: label for one in records for label in one.labels.values()}
    claimed = {cell[:2] for entry in entries for cell in (entry.label, entry.value)}
    hints = {normal(c.help_zh) for one in records for c in one.table.columns if c.help_zh}
    tops = [(one.first_row, min(label.row for label in one.labels.values())) for one in records]
    tops += [(one.first_row, one.heading_rows[0]) for one in others]
    titles = {row for top, first in tops for row in range(top, first)}
    rows, issues = set(), []
    for row, cells in sheet.rows.items():
        if row < min(labels) or row in taken or (row in titles and row not in labels):
            continue
        stray = [cell for cell in cells.values() if cell[:2] not in claimed and _is_filled(cell)
                 and normal(cell.text) not in hints]  # fmt: skip
        if row in labels:
            has_value = any(entry.label.row == row and _is_filled(entry.value) for entry in entries)
            issues += _beside(stray, labels[row], place, has_value=has_value)
            continue
        rows.add(row)
        if stray:
            issues.append(_below(stray, place))
    return rows, issues


def _beside(stray: list[Cell], label: Cell, place: Place, *, has_value: bool) -> Iterator[dict]:
    """Yield what stands beside a label and its value; a label without one may miss it."""
    for cell in stray:
        if cell.column > label.column or not ORDINAL.match(cell.text):
            grade = INFO if has_value else WARN
            yield issue("sheet.far-cell", place.at(cell), without_names(cell.text), severity=grade)


def _below(stray: list[Cell], place: Place) -> dict:
    """Return what a row without a label is: signatures, a note, a label that nobody asked for."""
    first, *others = stray
    text = visible(first.text)
    if SIGN_OFF.match(text) or SIGNED.match(text):
        return issue("sign-off-row", place.at(first), without_names(text))
    raw = without_names("｜".join(cell.text for cell in stray))
    if NOTE.match(text):
        return issue("note-row", place.at(first), raw)
    return issue("label.extra" if others else "sheet.far-cell", place.at(first), raw)
