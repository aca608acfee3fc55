"""Open a review folder: every workbook in it becomes tidy frames, with all that was noticed.

Only a folder without its settings, scoring table or roster stops the reading. A workbook that
cannot be read is a data issue, and the others go on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from reviewlib.errors import UsageError
from reviewlib.fingerprints import sha256
from reviewlib.intake.assemble import cells_on_disk, frames_of, issue_frame
from reviewlib.intake.check import facts_of, run_checks
from reviewlib.intake.choose import choose_returns, missing_departments
from reviewlib.intake.due_terms import settle_terms
from reviewlib.intake.file_read import FileRead, Job
from reviewlib.intake.folder import Folder, scan
from reviewlib.intake.kept import Kept
from reviewlib.intake.packed import Store, packed
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.intake.values import Reading
from reviewlib.intake.worker import WorkerPool
from reviewlib.review import Review, Settings, read_settings
from reviewlib.rubric import Rubric, load_rubric

FILES_PER_WORKER = 6


def open_review(
    folder: str | Path,
    as_of: date | str | None = None,
    instead: Mapping[str, Path] | None = None,
    *,
    kept: Path | None = None,
) -> Review:
    """Read a review folder into a Review: its frames, its scoring table, its data issues.

    Parameters
    ----------
    folder : path
        Holds review.toml, rubric.toml, departments.xlsx, returns/, visits/, ledger.xlsx and,
        optionally, moderation.xlsx and received.csv.
    as_of : date or ISO text, optional
        Date of reckoning instead of the one in review.toml.
    instead : mapping of str to Path, optional
        Files to read in place of those of the folder, by their path in it: the ledger of an
        earlier day.
    kept : Path, optional
        A folder in which what each file gave is kept: a file that has not changed since it was read
        is not read again. The review is the same.

    Returns
    -------
    Review

    Raises
    ------
    ConfigError
        The folder, review.toml, rubric.toml or the roster is missing or wrong.
    UsageError
        `as_of` is no date, or before the date of the facts.
    """
    found = scan(Path(folder))
    settings = at_date(read_settings(found.path), as_of)
    rubric = load_rubric(found.path / "rubric.toml")
    kept = Kept(kept)
    with Store() as store:
        roster = read_roster(found.path, settings, kept)
        reading, roster = reading_of(roster, settings, rubric), packed(roster, store)
        jobs = [replace(job, path=(instead or {}).get(job.file, job.path)) for job in found.jobs]
        reads = [roster, *read_all(jobs, reading, kept, store)]
        return assemble_review(found, settings, rubric, reads)


def read_all(jobs: Sequence[Job], reading: Reading, kept: Kept, store: Store) -> list[FileRead]:
    """Return what each file gives: as it was kept, else read in processes of their own.

    No process is started where nothing must be read. What no file needs is kept no longer.
    """
    found = (kept.find(job, reading) for job in jobs)
    known = [read and packed(read, store) for read in found]
    unknown = [job for job, read in zip(jobs, known, strict=True) if read is None]
    with WorkerPool(reading, size=workers_for(len(unknown))) as pool:
        fresh = (
            packed(kept.keep(job, reading, read), store)
            for job, read in zip(unknown, pool.read(unknown), strict=True)
        )
        reads = [next(fresh) if read is None else read for read in known]
    kept.end()
    return reads


def workers_for(count: int) -> int:
    """Return how many workers so many files deserve: starting one costs as much as a few files."""
    return max(1, min(_cores(), count // FILES_PER_WORKER))


def _cores() -> int:
    """Return how many cores this process may use, which may be fewer than the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def assemble_review(
    found: Folder, settings: Settings, rubric: Rubric, reads: Iterable[FileRead]
) -> Review:
    """Put what the files gave together into one Review."""
    reads = list(reads)
    chosen, duplicates = choose_returns([read for read in reads if read.workbook == "return"])
    used = [read for read in reads if read.workbook != "return"] + chosen
    issues = [*found.issues, *duplicates, *missing_departments(reads)]
    frames, inputs = frames_of(used, reads), inputs_of(found, reads)
    frames = settle_terms(frames, settings)
    logs = {read.file: read.cells for read in used}
    frames, broken = run_checks(facts_of(frames, settings, rubric), logs, inputs)
    noticed = (row for read in reads for row in read.issues)
    frames["cells"] = cells_on_disk(logs.values())
    frames["issues"] = issue_frame(chain(issues, broken, noticed))
    return Review(found.path.resolve().name, settings, rubric, frames, inputs)


def at_date(settings: Settings, as_of: date | str | None) -> Settings:
    """Return the settings reckoned at another date."""
    if as_of is None:
        return settings
    try:
        day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    except ValueError as error:
        raise UsageError(
            f"核算日应为日期，如 2025-10-31，现为“{as_of}”",
            f"as_of should be a date such as 2025-10-31; found {as_of!r}",
        ) from error
    if day < settings.cutoff_on:
        raise UsageError(
            f"核算日 {day} 早于数据基准日 {settings.cutoff_on}",
            f"as_of {day} is before the date of the facts, {settings.cutoff_on}",
        )
    return settings.model_copy(update={"as_of": day})


def inputs_of(found: Folder, reads: Iterable[FileRead]) -> dict[str, str]:
    """Return the checksum of every input file, settings and scoring table included."""
    inputs = {read.file: read.sha256 for read in reads if read.sha256}
    for name in ("review.toml", "rubric.toml"):
        inputs[name] = sha256(found.path / name)
    return dict(sorted(inputs.items()))
