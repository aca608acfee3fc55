"""What the files gave waits on disk and comes out as it went in."""

from __future__ import annotations

import pickle

import pytest
from pandas.testing import assert_frame_equal

from reviewlib import schema
from reviewlib.intake import assemble
from reviewlib.intake.assemble import cells_on_disk, cells_read_by
from reviewlib.intake.file_read import FileRead
from reviewlib.intake.packed import Packed, PackedCells, Store, packed
from reviewlib.review import Review

COLUMNS = list(schema.dtypes_of("cells"))


def _log(file: str, count: int, rule: str = "as-is") -> list[tuple]:
    """Return the change log of a file: some cells in one column."""
    cells = ({"table": "tasks", "record_key": f"T-{n}", "column": "due_on", "file": file,
              "cell": f"B{n}", "row": n, "raw": "事项" * n, "rule": rule, "is_changed": n % 2 == 0}
             for n in range(count))  # fmt: skip
    return [tuple(map(cell.get, COLUMNS)) for cell in cells]


def _frame(*logs: list[tuple]):
    rows = [dict(zip(COLUMNS, row, strict=True)) for log in logs for row in log]
    return schema.frame_of("cells", rows)


def test_rows_put_away_come_out_as_they_were():
    """A packed list is the list: its length, its items, its order, time and again."""
    rows = [{"n": n, "text": "事项" * n} for n in range(50)]

    with Store() as store:
        both = Packed(rows, store), Packed(rows[:3], store)
        empty = Packed([], store)

        assert [list(one) for one in both] == [rows, rows[:3]]
        assert [list(one) for one in both] == [rows, rows[:3]]
        assert (len(both[0]), both[1][2], bool(empty)) == (50, rows[2], False)


def test_a_file_put_away_says_what_it_said():
    """Every part of a reading comes out of the store equal; nothing of it is left behind there."""
    read = FileRead(
        "a.xlsx", "0" * 64, "ledger", rows={"tasks": [{"task_id": "T-1"}], "followups": []},
        set_aside={"tasks": [{"task_id": None}]}, cells=_log("a.xlsx", 4),
        issues=[{"code": "cell.type"}], sheets=[{"sheet": "任务"}],
    )  # fmt: skip

    with Store() as store:
        away = packed(read, store)

        assert list(away.rows["tasks"]) == read.rows["tasks"]
        assert not away.rows.get("followups")
        assert list(away.set_aside["tasks"]) == read.set_aside["tasks"]
        assert [list(away.cells), list(away.issues), list(away.sheets)] == [
            read.cells, read.issues, read.sheets
        ]  # fmt: skip
    with pytest.raises(ValueError, match="closed"):
        list(away.issues)


@pytest.mark.parametrize(
    ("what", "counts"),
    [
        ("no file", []),
        ("files without cells", [0, 0]),
        ("one piece", [2, 1]),
        ("several pieces, an empty file between", [4, 0, 9, 1, 1, 5]),
    ],
)
def test_the_change_log_on_disk_is_the_frame_it_would_be_in_memory(monkeypatch, what, counts):
    """Of any number of pieces: values, types and order; known by its length before it is made."""
    monkeypatch.setattr(assemble, "CELLS_AT_ONCE", 3)
    logs = [_log(f"{n}.xlsx", count) for n, count in enumerate(counts)]

    later = cells_on_disk(PackedCells.of(log) if n % 2 else log for n, log in enumerate(logs))

    assert len(later) == sum(counts)
    assert_frame_equal(later.frame, _frame(*logs))
    assert later.frame is later.frame
    assert_frame_equal(pickle.loads(pickle.dumps(later)).frame, later.frame)


def test_a_review_makes_its_change_log_when_it_is_looked_at(sample_review):
    """Not to be shown or changed elsewhere; then once, whichever copy of the review asks."""
    later = cells_on_disk([_log("a.xlsx", 2)])
    known = sample_review.frames.plain | {"cells": later}
    review = Review("r", sample_review.settings, sample_review.rubric, known, {})
    other = review.with_frames(tasks=review.tasks.iloc[:0])

    assert "'cells': 2" in repr(other)
    assert "frame" not in vars(later)
    assert other.cells is review.cells
    assert review.trace("tasks", "T-1")["cell"].tolist() == ["B1"]


def test_cells_are_found_by_the_rules_that_read_them():
    """Also where a cell was read by several rules; of no other cell."""
    logs = [_log("a", 2), _log("b", 1, "term-long"), _log("c", 1, "date-text;side-note")]

    found = cells_read_by(["term-long", "side-note"], logs)

    assert_frame_equal(found, _frame(*logs[1:]))
    assert_frame_equal(cells_read_by(["see-attachment"], logs), _frame())
