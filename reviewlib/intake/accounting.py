"""Every row of a sheet accounted for: seen = header + blank + excluded + clean + quarantined.

Rows seen come from the independent counter, everything else from the reader. Where the two do not
agree the file is refused: a reader that lost rows is not to be believed on the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reviewlib.intake.issues import Place, issue
from reviewlib.intake.record_sheet import unclaimed
from reviewlib.intake.refusal import refusal
from reviewlib.intake.rows import BLANK, DATA, EXCLUDED, HEADER
from reviewlib.intake.tables import CLEAN, QUARANTINED, TableRead
from reviewlib.intake.workbook import Sheet

FAR = 2
"""Columns beyond the last heading from which a cell is far from the table, not a column of it."""


def account(
    sheet: Sheet, reads: Iterable[TableRead], place: Place, *, is_own: bool
) -> tuple[dict, list[dict]]:
    """Return the row of the frame `sheets`, and what of the sheet was hidden, merged or not read.

    Parameters
    ----------
    sheet : Sheet
    reads : iterable of TableRead
        All tables of the workbook; those on this sheet count.
    place : Place
        File and department.
    is_own : bool
        A sheet of our form that asks for nothing: instructions, lists.

    Raises
    ------
    Refusal
        The reader's rows are not the counter's.
    """
    own = [read for read in reads if read.located.sheet is sheet]
    place = place.at(None, sheet=sheet.name)
    lost = sheet.count.filled - sheet.rows.keys()
    if lost - sheet.merged_rows:
        raise lost_rows(sheet)
    kinds = dict.fromkeys(sheet.count.seen, BLANK)
    kinds |= dict.fromkeys(sheet.rows, HEADER if own or is_own else EXCLUDED)
    kinds |= dict.fromkeys(lost, QUARANTINED)
    for read in own:
        kinds |= {row: kind for row, kind in read.kinds.items() if kind != HEADER}
    unused, beside = _beside_labels(sheet, own, place)
    kinds |= dict.fromkeys(unused, EXCLUDED)
    counts = Counter(kinds.values())
    if len(kinds) != len(sheet.count.seen) or counts[DATA]:
        raise lost_rows(sheet)
    issues = [
        issue("merged-over", place.at(cell), cell.text, {"found": len(sheet.covered)})
        for cell in sheet.covered[:1]
    ]
    issues += [*_unread(sheet, own, place, is_own=is_own), *beside]
    return {
        "file": place.file, "file_sha256": place.file_sha256, "dept_code": place.dept_code or None,
        "sheet": sheet.name, "table": ";".join(read.located.table.name for read in own) or None,
        "seen_count": len(sheet.count.seen), "header_count": counts[HEADER],
        "blank_count": counts[BLANK], "excluded_count": counts[EXCLUDED],
        "clean_count": counts[CLEAN], "quarantined_count": counts[QUARANTINED],
    }, issues  # fmt: skip


def lost_rows(sheet: Sheet):
    """Return the error that refuses a file whose rows were not all read."""
    return refusal(
        "file.corrupt-file",
        detail=f"工作表“{sheet.name}”读出的行与独立计数不符",
        detail_en=f"sheet {sheet.name}: the rows read are not those counted",
    )


def _beside_labels(
    sheet: Sheet, own: list[TableRead], place: Place
) -> tuple[set[int], list[dict]]:
    """Return the rows of a record sheet that hold no label, and what is told of them."""
    records = [read.located for read in own if read.located.is_record]
    others = [read for read in own if not read.located.is_record]
    if not records:
        return set(), []
    taken = {row for read in others for row in read.kinds}
    return unclaimed(sheet, records, [read.located for read in others], taken, place)


def _unread(
    sheet: Sheet, own: list[TableRead], place: Place, *, is_own: bool
) -> Iterator[dict]:
    """Yield what people may not know of the sheet: hidden, merged, or outside its tables."""
    if not own:
        if sheet.rows and not is_own:
            yield issue("sheet.extra", place)
        return
    if sheet.is_hidden:
        yield issue("sheet.hidden", place)
    for read in own:
        if not read.located.is_record:
            yield from _around(read, place)


def _around(read: TableRead, place: Place) -> Iterator[dict]:
    """Yield hidden rows and columns with data, merged cells, and columns without a heading."""
    located, sheet = read.located, read.located.sheet
    rows = [record.row for record in (*read.records, *read.set_aside)]
    for row in sorted(sheet.hidden_rows.intersection(rows)):
        first = min(sheet.rows[row].values(), key=lambda cell: cell.column)
        yield issue("sheet.hidden-row", place.at(first), first.text)
    for name, column in located.columns.items():
        filled = [sheet.rows[row][column] for row in rows if column in sheet.rows[row]]
        if filled and column in sheet.hidden_columns:
            yield issue("sheet.hidden-column", place.at(filled[0], column=name))
    merged = sheet.merged_rows.intersection(rows)
    if merged:
        first = sheet.rows[min(merged)]
        yield issue("sheet.merged-cell", place.at(first[min(first)]))
    yield from _without_heading(read, rows, place)


def _without_heading(read: TableRead, rows: list[int], place: Place) -> Iterator[dict]:
    """Yield, once a column, what stands beside the table: a column unnamed, or a far cell."""
    located, sheet = read.located, read.located.sheet
    headed = {c for row in located.heading_rows for c in sheet.columns_of(row)}
    stray: dict[int, int] = {}
    for row in rows:
        for column in sheet.rows[row]:
            if column not in headed:
                stray.setdefault(column, row)
    for column, row in sorted(stray.items()):
        cell = sheet.rows[row][column]
        code = "sheet.far-cell" if column > max(headed) + FAR else "label.blank"
        yield issue(code, place.at(cell), cell.text)
