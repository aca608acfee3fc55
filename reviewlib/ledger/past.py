"""The ledger of an earlier day inside a review: what notebooks rebuild it from (往期台账).

A review carries its log as the frame `ledger_events`, so that a snapshot holds it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

import pandas as pd

from reviewlib import schema
from reviewlib.findings.records import LedgerRecords, records_of
from reviewlib.ledger.changes import Fields, with_fields
from reviewlib.ledger.log import LOG_FILE, Log
from reviewlib.ledger.rows import (
    TRACKED,
    Row,
    State,
    frames_of,
    key_of,
    key_text,
    keyed,
    typed_rows,
)
from reviewlib.review import Review

Rows = dict[tuple[str, str], tuple[Row, str]]
"""Plain rows by table and text of the key, each with the id of the last event that touched it."""


@dataclass(frozen=True)
class _Step:
    """What one event did to one row."""

    ABOUT: ClassVar = ("dated_on", "event_id", "table", "record_key")
    dated_on: pd.Timestamp
    event_id: str
    table: str
    record_key: str | None
    fields: Fields


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
    known = events[events["dated_on"] <= pd.Timestamp(max(day, begins))].reset_index(drop=True)
    (rows,) = _replayed(known, [pd.Timestamp.max])
    marks = {(table, key_of(table, row)): mark for (table, _), (row, mark) in rows.items()}
    frames = frames_of(_state(rows), marks, LOG_FILE)
    return review.with_frames(**frames, ledger_events=known).at(day)


def records_at(review: Review, days: Sequence[date]) -> list[LedgerRecords]:
    """Return what lights need of the ledgers of some days: as `ledger_at`, in one replay.

    Parameters
    ----------
    review : Review
    days : sequence of date
        The earliest first.
    """
    begins = first_day(review)
    if begins is None:
        return [LedgerRecords.of(review) for _ in days]
    ends = [pd.Timestamp(max(day, begins)) for day in days]
    return [_records(_state(rows)) for rows in _replayed(review.ledger_events, ends)]


def as_known(review: Review) -> Review:
    """Return the review with its ledger of `as_of`, where the log goes further than that."""
    is_ahead = (review.ledger_events["dated_on"] > review.as_of).any()
    return ledger_at(review, review.settings.as_of) if is_ahead else review


def _replayed(events: pd.DataFrame, ends: Sequence[pd.Timestamp]) -> Iterator[Rows]:
    """Replay row events that stand field by field; tell how the ledger stood at each end of a day.

    No merge is dated before an earlier one, so what is of a later day also stands later on the log.
    """
    rows: Rows = {}
    steps, began = list(_steps(events)), pd.Timestamp.min
    for end in ends:
        for step in steps:
            if began < step.dated_on <= end:
                _take(rows, step)
        yield dict(rows)
        began = end


def _steps(events: pd.DataFrame) -> Iterator[_Step]:
    """Put the fields of each row event together, in the order of the log."""
    columns = ["event_no", *_Step.ABOUT, "column", "new"]
    fields = records_of(events.loc[events["event_kind"] == "row", columns])
    ordered = sorted(fields, key=itemgetter("event_no"))
    for (_, *about), told in groupby(ordered, key=itemgetter("event_no", *_Step.ABOUT)):
        yield _Step(*about, {field["column"]: (None, field["new"]) for field in told})


def _take(rows: Rows, step: _Step) -> None:
    table, text = step.table, step.record_key or ""
    before, _ = rows.pop((table, text), (None, ""))
    row = with_fields(before or keyed(table, tuple(text.split("|"))), step.fields)
    if row:
        rows[table, key_text(key_of(table, row))] = row, step.event_id


def _state(rows: Rows) -> State:
    state: State = {name: {} for name in TRACKED}
    for (table, _), (row, _) in rows.items():
        state[table][key_of(table, row)] = row
    return state


def _records(state: State) -> LedgerRecords:
    return LedgerRecords(*(
        [record for _, record in typed_rows(name, state[name])]
        for name in ("problems", "tasks", "followups")
    ))  # fmt: skip
