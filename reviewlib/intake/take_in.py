"""One file from bytes to records: preflight ▶ read ▶ locate ▶ parse. Knows nothing of other files.

`take_in` never raises for what is in a file: a file that cannot be used is a data issue. It may run
in another process; what goes in and what comes out can be pickled.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.identity import code_in_name
from reviewlib.intake.interpret import interpret
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.limits import STANDARD, Limits
from reviewlib.intake.preflight import fits, inspect, too_big
from reviewlib.intake.read_csv import read_csv
from reviewlib.intake.read_plain import read_plain
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.refusal import Refusal, refusal
from reviewlib.intake.values import Reading
from reviewlib.intake.workbook import Sheet, Workbook

LOG = logging.getLogger(__name__)
READERS: dict[str, Callable[[bytes, Limits], tuple[Sheet, ...]]] = {
    "xlsx": read_xlsx, "csv": read_csv, "xls": read_plain, "ods": read_plain,
}  # fmt: skip
REDUCED = ("xls", "ods")
"""Formats of which only values are read."""


def take_in(job: Job, reading: Reading, limits: Limits = STANDARD) -> FileRead:
    """Read one file.

    Parameters
    ----------
    job : Job
    reading : Reading
        Names and codes of the review.
    limits : Limits
    """
    sha256 = ""
    try:
        data = bytes_of(job.path, limits)
        sha256 = hashlib.sha256(data).hexdigest()
        return interpret(_workbook(job, data, sha256, limits), job.workbook, reading)
    except Refusal as error:
        return refused(job, sha256, error.code, reading=reading, **error.words)
    except OSError:
        return refused(job, sha256, "file.file-locked", reading=reading)
    except MemoryError:
        raise
    except Exception as error:  # whatever a file brings about costs that file, not the run
        LOG.exception("reading %s failed", job.file)
        died = type(error).__name__
        return refused(job, sha256, "file.reader-died", reading=reading, detail=f"（{died}）",
                       detail_en=f"({died})")  # fmt: skip


def bytes_of(path: Path, limits: Limits) -> bytes:
    """Return what is in a file that nobody is still writing; one too big is not even read."""
    before = path.stat()
    if before.st_size > limits.file_bytes:
        raise too_big(before.st_size, limits)
    data = path.read_bytes()
    after = path.stat()
    is_same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not is_same or len(data) != after.st_size:
        raise refusal("file.file-unstable")
    return data


def refused(
    job: Job, sha256: str, code: str, *, reading: Reading, **words: object
) -> FileRead:
    """Return what is known of a file that could not be used: why, and by its name whose it is."""
    of = code_in_name(job.file, reading) if job.workbook == "return" else None
    place = Place(file=job.file, file_sha256=sha256, dept_code=of or "")
    return FileRead(job.file, sha256, job.workbook, issues=[issue(code, place, "", words)],
                    is_refused=True)  # fmt: skip


def _workbook(job: Job, data: bytes, sha256: str, limits: Limits) -> Workbook:
    found, codes = inspect(data, limits)
    notes = [(code, {}) for code in codes]
    if not fits(found, job.path.name):
        notes.append(("file.wrong-extension", {"extension": job.path.suffix, "found": found}))
    if found in REDUCED:
        notes.append(("file.reduced-fidelity", {"found": f".{found}"}))
    return Workbook(job.file, sha256, found, READERS[found](data, limits), tuple(notes))
