"""A review opened with its ledger's history: what the log knows, and what it has not taken in.

Reckoned at a day before the log's last, the ledger of that day is put in place of today's: the file
that stood there, or one written as the merge of that day wrote it, and read like any workbook, so
that what is published from it is the same to the byte as it was then.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from reviewlib.intake.assemble import issue_frame
from reviewlib.intake.opening import at_date, read_review
from reviewlib.intake.readers import Readers
from reviewlib.ledger.books import LEDGER_FILE
from reviewlib.ledger.history import replay
from reviewlib.ledger.issues import issue
from reviewlib.ledger.log import LOG_FILE, Log, read_log, text_of
from reviewlib.ledger.merge import ledger_frames, merge
from reviewlib.ledger.merge_folder import damages_named
from reviewlib.ledger.office import Office, open_office, read_book, source_path
from reviewlib.ledger.past import event_frame
from reviewlib.ledger.rows import FIELDS, key_text
from reviewlib.ledger.rules import check_ledger
from reviewlib.review import Review


def open_review(
    folder: str | Path, as_of: date | str | None = None, *, kept: Path | None = None
) -> Review:
    """Read a review folder into a Review, with the history of its ledger.

    Parameters
    ----------
    folder : path
        As `intake.open_review` reads it, with `ledger-log.jsonl` beside the ledger.
    as_of : date or ISO text, optional
        Date of reckoning instead of the one in review.toml. Before the last date of the log the
        ledger is rebuilt as it stood then.
    kept : Path, optional
        A folder in which what each file gave is kept from one opening to the next.

    Returns
    -------
    Review
        With `ledger_events` (the log up to `as_of`), and with the data issues of the ledger: rules
        broken, lines of the log damaged, edits in `ledger.xlsx` that no merge has taken in.

    Raises
    ------
    ConfigError, UsageError
        As `intake.open_review`.
    """
    with Readers(kept) as readers:
        return _opened(Path(folder), as_of, readers)


def _opened(folder: Path, as_of: date | str | None, readers: Readers) -> Review:
    log = read_log(folder / LOG_FILE)
    if not log.events:
        review = read_review(folder, as_of, readers)
        return _told(review, [*damages_named(log), *_records(check_ledger(review))])
    office = open_office(folder, readers)
    known = log.up_to(at_date(office.settings, as_of).as_of)
    history = replay(known.events)
    is_past = known.head != log.head
    with TemporaryDirectory() as place:
        instead = {LEDGER_FILE: _ledger_of(office, log, known, Path(place))} if is_past else None
        review = read_review(folder, as_of, readers, instead)
    unlogged = [] if is_past else _unlogged(office, log, readers)
    review = review.with_frames(ledger_events=event_frame(known))
    found = [*damages_named(log), *unlogged, *_records(check_ledger(review, history))]
    return _with_log(_told(review, found), known)


def _ledger_of(office: Office, log: Log, known: Log, place: Path) -> Path:
    """Return the ledger workbook of an earlier day.

    The very file that stood there when the next merge began, where it held nothing new; else one
    written from the log. Before the first merge, the file that merge began with.
    """
    following = log.events[len(known.events)]
    is_the_file = following.about and following.about.get("state") == "unchanged"
    kept = source_path(office, following.sha256)
    if (is_the_file or not known.events) and kept.is_file():
        return kept
    first = known if known.events else log.up_to(following.dated_on)
    path = place / LEDGER_FILE
    path.write_bytes(office.workbook(ledger_frames(replay(first.events)), first.head))
    return path


def _unlogged(office: Office, log: Log, readers: Readers) -> list[dict]:
    """Name what a merge would take in from `ledger.xlsx` as it stands."""
    path = office.folder / LEDGER_FILE
    if not path.is_file():
        return []
    book, _ = read_book(office, path, readers, is_own=True)
    if book is None:
        return []
    result = merge(log, [book], log.last_on, "", office.owner_names)
    edits = (event for event in result.events if event.kind != "copy")
    return [
        issue("row.unlogged", file=LEDGER_FILE, file_sha256=book.sha256, place=event.cell,
              record_key=key_text(event.key), **_edit(event))
        for event in edits
    ]  # fmt: skip


def _edit(event) -> dict[str, str]:
    """Say which columns of which row were edited, in both languages."""
    key = key_text(event.key)
    if not event.changes:
        return {"detail": key, "detail_en": key}
    columns = [FIELDS[event.table][name] for name in event.changes]
    return {
        "detail": f"{key}（{'、'.join(column.zh for column in columns[:4])}）",
        "detail_en": f"{key} ({', '.join(column.en for column in columns[:4])})",
    }


def _told(review: Review, found: list[dict]) -> Review:
    """Return a review with further data issues in their order."""
    if not found:
        return review
    return review.with_frames(issues=issue_frame([*_records(review.issues), *found]))


def _records(issues: pd.DataFrame) -> list[dict]:
    return issues.astype(object).where(issues.notna(), None).to_dict("records")


def _with_log(review: Review, known: Log) -> Review:
    """Return a review whose inputs name the log as far as it was known."""
    if not known.events:
        return review
    digest = hashlib.sha256(text_of(known.events).encode("utf-8")).hexdigest()
    return replace(review, inputs=dict(sorted({**review.inputs, LOG_FILE: digest}.items())))
