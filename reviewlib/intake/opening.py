"""Open a review folder: every workbook in it becomes tidy frames, with all that was noticed.

Only a folder without its settings, scoring table or roster stops the reading. A workbook that
cannot be read is a data issue, and the others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from reviewlib.intake.file_read import FileRead
from reviewlib.intake.folder import Folder, scan
from reviewlib.intake.packed import Store, packed
from reviewlib.intake.readers import Readers
from reviewlib.intake.roster import read_roster, reading_of
from reviewlib.review import Review, Settings, read_settings
from reviewlib.rubric import Rubric, load_rubric


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
    with Readers(kept) as readers:
        return read_review(folder, as_of, readers, instead)


def read_review(
    folder: str | Path, as_of: date | str | None, readers: Readers,
    instead: Mapping[str, Path] | None = None,
) -> Review:  # fmt: skip
    """Read a review folder with readers that are there already; see `open_review`."""
    found = scan(Path(folder))
    settings = at_date(read_settings(found.path), as_of)
    rubric = load_rubric(found.path / "rubric.toml")
    with Store() as store:
        roster = read_roster(found.path, settings, readers)
        reading, roster = reading_of(roster, settings, rubric), packed(roster, store)
        jobs = [replace(job, path=(instead or {}).get(job.file, job.path)) for job in found.jobs]
        reads = [roster, *readers.read_all(jobs, reading, store)]
        return assemble_review(found, settings, rubric, reads)


def assemble_review(
    found: Folder, settings: Settings, rubric: Rubric, reads: Iterable[FileRead]
) -> Review:
    """Put what the files gave together into one Review."""
    reads = list(reads)
    returns = [read for read in reads if read.workbook == "return"]
    chosen, aside, duplicates = choose_returns(returns)
    reads = [aside.get(read.file, read) for read in reads]
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
