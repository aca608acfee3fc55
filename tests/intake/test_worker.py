"""The readers' own processes: limits of time and memory, and one bad file costs one file."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from reviewlib.errors import ConfigError
from reviewlib.intake.file_read import Job
from reviewlib.intake.limits import MB, STANDARD
from reviewlib.intake.readers import Readers
from reviewlib.intake.roster import read_roster
from reviewlib.intake.worker import AHEAD, Worker, WorkerPool
from reviewlib.review import read_settings

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="limits as Linux has them")


def _job(folder: Path, name: str, rows: int = 3) -> Job:
    """Return the job of a small ledger: the headings of 问题—建议 and some rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["问题编号", "建议编号", "修订标记"])
    for number in range(rows):
        sheet.append([f"P-{number:02}", f"R-{number:02}", "x"])
    book.save(folder / name)
    return Job(folder / name, name, "ledger")


def _codes(read) -> list[str]:
    return [found["code"] for found in read.issues if found["severity"] == "block"]


def test_files_come_back_in_the_order_they_were_asked_for(tmp_path, reading):
    """Two workers at once change nothing about the order."""
    jobs = [_job(tmp_path, f"{n}.xlsx", rows=1 + 40 * (n % 2)) for n in range(6)]

    with WorkerPool(2) as pool:
        reads = list(pool.read(jobs, reading))

    assert [read.file for read in reads] == [job.file for job in jobs]
    assert [len(read.rows["problem_recs"]) for read in reads] == [1, 41, 1, 41, 1, 41]


def test_files_are_not_read_far_ahead_of_what_is_asked_for(tmp_path, reading):
    """Whoever takes one result has not had all the others read: they would fill the memory."""
    job, taken = _job(tmp_path, "a.xlsx"), []

    with WorkerPool(1) as pool:
        results = pool.read((taken.append(n) or job for n in range(30)), reading)
        next(results)
        few = len(taken)
        rest = list(results)

    assert few <= AHEAD + 1
    assert len(rest) == 29 and len(taken) == 30


@needs_limits
def test_a_worker_killed_from_outside_costs_its_file_only(tmp_path, reading):
    """The file is refused as such, the next one is read by a fresh worker."""
    worker = Worker()
    worker.read(_job(tmp_path, "first.xlsx"), reading)
    os.kill(worker.process.pid, signal.SIGKILL)

    refused = worker.read(_job(tmp_path, "second.xlsx"), reading)
    read = worker.read(_job(tmp_path, "third.xlsx"), reading)
    worker.close()

    assert _codes(refused) == ["file.reader-died"] and refused.is_refused
    assert len(refused.sha256) == 64
    assert len(read.rows["problem_recs"]) == 3


@needs_limits
def test_a_file_that_takes_too_long_is_refused(tmp_path, reading):
    """Time at work is limited; afterwards the worker is replaced."""
    worker = Worker(replace(STANDARD, seconds=0.2))

    late = worker.read(_job(tmp_path, "long.xlsx", rows=8_000), reading)
    worker.close()

    assert _codes(late) == ["file.read-timeout"]
    assert "0.2" in late.issues[0]["message_zh"]


@needs_limits
def test_a_file_that_takes_too_much_memory_is_refused(tmp_path, reading):
    """Memory beyond the limit ends the worker, not the run."""
    worker = Worker(replace(STANDARD, memory_bytes=8 * MB))

    refused = worker.read(_job(tmp_path, "large.xlsx", rows=8_000), reading)
    small = worker.read(_job(tmp_path, "small.xlsx"), reading)
    worker.close()

    assert _codes(refused) == ["file.reader-died"]
    assert "内存超过 8 MB" in refused.issues[0]["message_zh"]
    assert len(small.rows["problem_recs"]) == 3


def test_a_module_in_the_current_directory_is_not_loaded(tmp_path, reading, monkeypatch):
    """A file named like a library, lying where the command is run, is no library."""
    (tmp_path / "openpyxl.py").write_text("raise SystemExit('ran a foreign file')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    worker = Worker()

    read = worker.read(_job(tmp_path, "a.xlsx"), reading)
    worker.close()

    assert len(read.rows["problem_recs"]) == 3


@needs_limits
@pytest.mark.parametrize(
    ("limits", "said"),
    [({"seconds": 0.2}, "0.2"), ({"memory_bytes": 8 * MB}, "内存超过 8 MB")],
)
def test_the_roster_is_read_within_the_same_limits(tmp_path, limits, said):
    """It comes from others too; without it nothing can be read, and the message says why."""
    settings = read_settings(SAMPLE)
    book = openpyxl.load_workbook(SAMPLE / "departments.xlsx")
    for number in range(20_000):
        book.worksheets[0].append([f"DP{number}", f"区第{number}局"])
    book.save(tmp_path / "departments.xlsx")

    with Readers(limits=replace(STANDARD, **limits)) as readers, pytest.raises(ConfigError) as told:
        read_roster(tmp_path, settings, readers)

    assert said in str(told.value)
