"""A file whose bytes were read before is not read again, and nobody could tell from the review."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from reviewlib.intake import kept as room
from reviewlib.intake import open_review
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.kept import Kept
from reviewlib.intake.packed import PackedCells
from reviewlib.intake.take_in import refused, take_in
from reviewlib.intake.values import Reading

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FILES = ("review.toml", "rubric.toml", "departments.xlsx", "received.csv", "moderation.xlsx",
         "returns/区司法局.xlsx", "returns/卫健委.xlsx")  # fmt: skip


def taken(store: Kept, job: Job, reading: Reading) -> FileRead:
    """Take what is kept of a file, else read it here and keep it, as `Readers` does."""
    return store.find(job, reading) or store.keep(job, reading, take_in(job, reading))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Return a review opened twice with the same folder for what is kept, and that folder."""
    folder = tmp_path_factory.mktemp("kept") / "review"
    for name in FILES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLE / name, folder / name)
    (folder / "returns" / "空.xlsx").write_bytes(b"")
    store = folder.parent / "store"
    return folder, store, open_review(folder, kept=store), open_review(folder, kept=store)


@pytest.fixture
def job(tmp_path) -> Job:
    """Return the job of a small ledger with a date, a number and a missing key."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["任务编号", "问题编号", "建议编号", "整改措施", "整改时限", "完成比例"])
    sheet.append(["T-01", "P-01", "R-01", "=1+", date(2019, 12, 31), "约50%"])
    sheet.append([None, "P-02", "", "完善制度", "2019年底", 0.25])
    book.save(tmp_path / "a.xlsx")
    return Job(tmp_path / "a.xlsx", "a.xlsx", "ledger")


def entries(store: Path) -> dict[str, tuple]:
    """Return what lies in a store: the file on disk and when it was written, by name."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in store.iterdir()}


def plain(read: FileRead) -> dict:
    """Return what a file gave as it can be compared."""
    return vars(read) | {"cells": list(read.cells)}


def assert_same(found, expected) -> None:
    """Fail where two reviews differ in any frame, dtype, order or checksum."""
    assert list(found.frames) == list(expected.frames)
    for name, frame in expected.frames.items():
        pd.testing.assert_frame_equal(found.frames[name], frame)
    assert (found.inputs, found.settings) == (expected.inputs, expected.settings)


def test_a_review_is_the_same_whether_its_files_were_kept(opened):
    """Read anew, read to be kept, and not read at all give the same frames in the same order."""
    folder, store, first, second = opened

    assert len(entries(store)) == 1 + len(FILES) - 2  # not the settings; also the empty return
    assert_same(first, open_review(folder))
    assert_same(second, first)


def test_only_the_corrected_return_is_read(opened):
    """One entry is new, the one it replaces is gone, no other was touched."""
    folder, store, first, _ = opened
    before = entries(store)
    path = folder / "returns" / "区司法局.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book if s.title.startswith("01"))
    row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "填表人岗位")
    sheet.cell(row, 2).value = "综合科科长"
    book.save(path)

    review = open_review(folder, kept=store)

    now = entries(store)
    assert len(now) == len(before)
    assert len(before.items() - now.items()) == len(now.items() - before.items()) == 1
    assert "综合科科长" in set(review.cells["raw"]) - set(first.cells["raw"])
    assert_same(review, open_review(folder))


DAMAGES = [
    ("nothing", lambda path: path.write_bytes(b"")),
    ("half of it", lambda path: path.write_bytes(path.read_bytes()[:-40])),
    ("one byte turned", lambda path: path.write_bytes(path.read_bytes()[:-9] + b"\0" * 9)),
    ("something else", lambda path: path.write_bytes(b"PK\3\4" * 100)),
    ("a folder", lambda path: (path.unlink(), path.mkdir())),
    ("a pipe", lambda path: (path.unlink(), os.mkfifo(path))),
    ("a link to a good entry", lambda path: (
        path.rename(path.with_name("elsewhere")), path.symlink_to(path.with_name("elsewhere")))),
]  # fmt: skip


@pytest.mark.parametrize(("what", "damage"), DAMAGES, ids=[case[0] for case in DAMAGES])
def test_an_entry_that_cannot_be_trusted_is_made_again(tmp_path, job, reading, what, damage):
    """It is passed over, and the file is read; nothing it points to is touched."""
    read = taken(Kept(tmp_path / "store"), job, reading)
    (entry,) = (tmp_path / "store").iterdir()
    elsewhere = entry.read_bytes()
    damage(entry)

    again = Kept(tmp_path / "store")
    found = again.find(job, reading)

    assert found is None
    assert plain(taken(again, job, reading)) == plain(read)
    if what != "a folder":
        assert plain(Kept(tmp_path / "store").find(job, reading)) == plain(read)
    if what.startswith("a link"):
        assert entry.with_name("elsewhere").read_bytes() == elsewhere and not entry.is_symlink()


FORGERIES = [
    ("a number for a text", lambda read: replace(read, rows={"tasks": [{"task_id": 7}]})),
    ("a word for a date", lambda read: replace(read, rows={"tasks": [{"due_on": "soon"}]})),
    ("rows that are none", lambda read: replace(read, rows={"tasks": ["T-01"]})),
    ("a table that is none", lambda read: replace(read, rows={"nothing": []})),
    ("an issue that is none", lambda read: replace(read, issues=[{"row": "first"}])),
    ("of another file", lambda read: replace(read, file="b.xlsx")),
    ("cells of other columns", lambda read: replace(read, cells=_stream(pa.table({"x": [1]})))),
    ("cells that point outside", lambda read: replace(read, cells=_stream(_beyond(read)))),
]  # fmt: skip


def _stream(table: pa.Table) -> PackedCells:
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)
    return PackedCells(stream.getvalue().to_pybytes(), 0)


def _beyond(read: FileRead) -> pa.Table:
    """Return the cells with texts said to lie far beyond their memory."""
    table = read.cells.table()
    wild = [0, 1 << 40, *[0] * (len(table) - 1)]
    offsets = pa.array(wild, type=pa.int64()).buffers()[1]
    texts = pa.Array.from_buffers(pa.large_string(), len(table), [None, offsets, pa.py_buffer(b"")])
    return table.set_column(table.schema.get_field_index("raw"), table.schema.field("raw"), texts)


@pytest.mark.parametrize(("what", "forge"), FORGERIES, ids=[case[0] for case in FORGERIES])
def test_a_forged_entry_is_passed_over(tmp_path, job, reading, what, forge):
    """A right checksum over wrong contents ends no run: the file is read."""
    store = Kept(tmp_path)
    read = taken(store, job, reading)
    (entry,) = tmp_path.glob("*.read")
    assert store.find(job, reading) is not None

    entry.write_bytes(room._encoded(forge(replace(read, cells=PackedCells.of(list(read.cells))))))

    assert store.find(job, reading) is None


CHANGES = [
    ("the same", {}, {}, True),
    ("another name", {"file": "b.xlsx"}, {}, False),
    ("another kind", {"workbook": "visit"}, {}, False),
    ("another date of the facts", {}, {"cutoff_on": date(2020, 6, 30)}, False),
    ("other codes", {}, {"known": {}}, False),
]


@pytest.mark.parametrize(("what", "job_", "reading_", "is_found"), CHANGES)
def test_what_an_entry_depends_on(tmp_path, job, reading, what, job_, reading_, is_found):
    """Anything that could change what a file gives makes another entry."""
    store = Kept(tmp_path / "store")
    taken(store, job, reading)

    found = store.find(replace(job, **job_), replace(reading, **reading_))

    assert (found is not None) is is_found


def test_other_software_or_other_bytes_read_again(tmp_path, job, reading, monkeypatch):
    """A new version of the code knows nothing of what the old one read."""
    store = Kept(tmp_path / "store")
    taken(store, job, reading)
    job.path.write_bytes(job.path.read_bytes() + b" ")
    assert store.find(job, reading) is None
    taken(store, job, reading)
    assert store.find(job, reading)

    monkeypatch.setattr(room, "LIBRARIES", room.LIBRARIES[:1])
    room.software.cache_clear()
    assert store.find(job, reading) is None
    room.software.cache_clear()


@pytest.mark.parametrize(
    ("code", "is_kept"),
    [("file.encrypted", True), ("file.not-a-workbook", True), ("file.file-locked", False),
     ("file.file-unstable", False), ("file.read-timeout", False), ("file.reader-died", False)],
)  # fmt: skip
def test_a_refusal_is_kept_where_it_would_come_again(tmp_path, job, reading, code, is_kept):
    """A file that was locked, or too slow for a busy machine, gets another chance."""
    store = Kept(tmp_path / "store")
    sha256 = take_in(job, reading).sha256

    store.keep(job, reading, refused(job, sha256, code, reading=reading))

    found = store.find(job, reading)
    assert (found is not None) is is_kept
    assert found is None or (found.is_refused and found.issues[0]["code"] == code)


def test_what_a_run_does_not_use_is_removed(tmp_path, job, reading):
    """Entries of earlier runs and halves of entries go; what is not ours stays."""
    store = tmp_path / "store"
    taken(Kept(store), job, reading)
    for name in ("0.read", "cut.half", "note.txt"):
        (store / name).write_text("x")
    (store / "link.read").symlink_to(job.path)

    run = Kept(store)
    taken(run, job, reading)
    run.end()

    assert sorted(path.suffix for path in store.iterdir()) == [".read", ".txt"]
    assert job.path.exists() and run.find(job, reading)


@pytest.mark.parametrize("what", ["nowhere", "a file", "a link", "a folder that went away"])
def test_a_folder_that_cannot_be_used_costs_nothing_but_time(tmp_path, job, reading, what):
    """The file is read as ever, and nothing is written anywhere."""
    place = tmp_path / "store"
    if what == "a file":
        place.write_text("x")
    if what == "a link":
        (tmp_path / "other").mkdir()
        place.symlink_to(tmp_path / "other")
    store = Kept(None if what == "nowhere" else place)
    if what == "a folder that went away":
        place.rmdir()

    read = taken(store, job, reading)
    store.end()

    assert plain(read) == plain(take_in(job, reading))
    assert not list(tmp_path.glob("**/*.read"))
