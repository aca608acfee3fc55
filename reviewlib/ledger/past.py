"""The ledger of an earlier day inside a review: what notebooks rebuild it from (往期台账).

A review carries its log as the frame `ledger_events`, so that a snapshot holds it too.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter

import pandas as pd

from reviewlib import schema
from reviewlib.ledger.changes import with_fields
from reviewlib.ledger.log import LOG_FILE, Log
from reviewlib.ledger.rows import TRACKED, Row, frames_of, key_of, key_text, keyed
from reviewlib.review import Review


def event_frame(log: Log) -> pd.DataFrame:
    """Return a log as the frame `ledger_events`: one row per field an event changed.

    Events that change no field (a copy taken in, a decision) have one row without column; what a
    question's copy wanted stands under `event_kind` question and changes nothing.
    """
    rows = []
    for number, event in enumerate(log.events, start=1):
        common = {
            "event_no": number, "event_id": event.id, "event_kind": event.kind,
            "dated_on": pd.Timestamp(event.dated_on), "role": event.role, "file": event.source,
            "file_sha256": event.sha256, "cell": event.cell or None, "table": event.table or None,
            "record_key": key_text(event.key) or None,
        }  # fmt: skip
        changes = event.changes or {None: (None, None)}
        rows += [common | {"column": name, "old": old, "new": new}
                 for name, (old, new) in changes.items()]  # fmt: skip
    return schema.frame_of("ledger_events", rows)


def first_day(review: Review) -> date | None:
    """Return the day the log begins; None for a ledger without log."""
    days = review.ledger_events["dated_on"]
    return days.min().date() if len(days) else None


def ledger_at(review: Review, day: date) -> Review:
    """Return the review with its ledger as it stood at the end of a day, reckoned at that day.

    Parameters
    ----------
    review : Review
        With its log in `ledger_events`; without one the rows stay as they are and only the date of
        reckoning changes.
    day : date
        A day before the log begins has the ledger of the log's first day, of which findings count
        what had been found by then.
    """
    begins = first_day(review)
    if begins is None:
        return review.at(day)
    events = review.ledger_events
    known = events[events["dated_on"] <= pd.Timestamp(max(day, begins))]
    frames = _rebuilt(known[known["event_kind"] == "row"])
    return review.with_frames(**frames, ledger_events=known.reset_index(drop=True)).at(day)


def as_known(review: Review) -> Review:
    """Return the review with its ledger of `as_of`, where the log goes further than that."""
    is_ahead = (review.ledger_events["dated_on"] > review.as_of).any()
    return ledger_at(review, review.settings.as_of) if is_ahead else review


def _rebuilt(changes: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Replay row events that stand field by field."""
    rows: dict[tuple[str, str], Row] = {}
    marks: dict[tuple[str, str], str] = {}
    columns = ["event_no", "event_id", "table", "record_key", "column", "new"]
    texts = changes[columns].astype(object).where(changes[columns].notna(), None)
    ordered = sorted(texts.to_numpy().tolist(), key=itemgetter(0))
    for (_, mark, table, key), told in groupby(ordered, key=itemgetter(0, 1, 2, 3)):
        fields = {name: (None, new) for *_, name, new in told}
        before = rows.pop((table, key or ""), None)
        row = with_fields(before or keyed(table, tuple((key or "").split("|"))), fields)
        marks.pop((table, key or ""), None)
        if row:
            place = (table, key_text(key_of(table, row)))
            rows[place], marks[place] = row, mark
    state: dict[str, dict] = {name: {} for name in TRACKED}
    for (table, _), row in rows.items():
        state[table][key_of(table, row)] = row
    named = {(table, key_of(table, rows[table, text])): mark
             for (table, text), mark in marks.items()}  # fmt: skip
    return frames_of(state, named, LOG_FILE)
