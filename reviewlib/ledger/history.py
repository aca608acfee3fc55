"""The log replayed: every row with its past, every question with its answer.

A row keeps one identity from its first event to its last, also where its key was corrected; its
revision mark is the id of the last event that touched it, so that any copy says for each row from
which version it was edited.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from reviewlib.ledger.changes import with_fields
from reviewlib.ledger.log import Event, Log
from reviewlib.ledger.rows import TRACKED, Key, Row, State, frames_of, key_of, keyed


@dataclass(frozen=True)
class Version:
    """One row as one event left it: `number` counts events, `row` is empty where it was removed."""

    identity: int
    table: str
    key: Key
    row: Row
    number: int
    mark: str


@dataclass
class History:
    """What a log tells, built up event by event with `take`.

    Attributes
    ----------
    current : dict of int to Version
        The rows of today by identity.
    where : dict of (table, key) to int
        Identity of the row that stands there today.
    born : dict of int to int
        Number of the first event of each row.
    versions : dict of str to Version
        Every version by its revision mark.
    questions, decisions : dict of str to Event
        By question id.
    numbers : dict of str to int
        Place of every event on the log, by its id.
    copies : set of str
        Checksums and content digests of the workbooks taken in.
    """

    current: dict[int, Version] = field(default_factory=dict)
    where: dict[tuple[str, Key], int] = field(default_factory=dict)
    born: dict[int, int] = field(default_factory=dict)
    versions: dict[str, Version] = field(default_factory=dict)
    questions: dict[str, Event] = field(default_factory=dict)
    decisions: dict[str, Event] = field(default_factory=dict)
    copies: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.numbers)

    def take(self, event: Event) -> None:
        """Add the next event."""
        self.numbers[event.id] = self.count + 1
        if event.kind == "row":
            self._take_row(event)
        elif event.kind == "question":
            self.questions[event.about["question"]] = event
        elif event.kind == "decision":
            self.decisions[event.about["question"]] = event
        else:
            self.copies |= {event.sha256, event.about["digest"]}

    def _take_row(self, event: Event) -> None:
        identity = self.where.pop((event.table, event.key), None)
        if identity is None:
            identity = len(self.born)
            self.born[identity] = self.count
        before = self.current.pop(identity, None)
        row = with_fields(before.row if before else keyed(event.table, event.key), event.changes)
        key = key_of(event.table, row) if row else event.key
        version = Version(identity, event.table, key, row, self.count, event.id)
        self.versions[event.id] = version
        if row:
            self.current[identity] = version
            self.where[event.table, key] = identity

    def at(self, table: str, key: Key) -> Version | None:
        """Return the row that stands under a key today."""
        identity = self.where.get((table, key))
        return None if identity is None else self.current[identity]

    def last_version(self, identity: int) -> Version:
        """Return the row of today, or as it was when it was removed."""
        found = self.current.get(identity)
        return found or max(
            (v for v in self.versions.values() if v.identity == identity), key=lambda v: v.number
        )

    def keys(self, table: str) -> list[Key]:
        """Return the keys in use in one table."""
        return [key for name, key in self.where if name == table]

    @property
    def state(self) -> State:
        state: State = {name: {} for name in TRACKED}
        for version in self.current.values():
            state[version.table][version.key] = version.row
        return state

    @property
    def marks(self) -> dict[tuple[str, Key], str]:
        return {(version.table, version.key): version.mark for version in self.current.values()}


def replay(events: Iterable[Event]) -> History:
    """Return what some events of a log tell, in their order."""
    history = History()
    for event in events:
        history.take(event)
    return history


def rebuild(log: Log, at: date | None = None, source: str | None = None) -> dict[str, pd.DataFrame]:
    """Return the ledger as it stood at the end of a day (台账还原).

    Parameters
    ----------
    log : Log
    at : date, optional
        None for the last event.
    source : str, optional
        What to write in `source_file`.

    Returns
    -------
    dict of str to DataFrame
        Every tracked ledger table, rows in the natural order of their keys, each with its mark.
    """
    history = replay(log.up_to(at).events)
    return frames_of(history.state, history.marks, source)
