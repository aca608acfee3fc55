"""The event log of the ledger, `ledger-log.jsonl`: append-only, plain, one event a line.

Every line carries its own id, which is a checksum of the line and names the line before it: a
damaged, repeated or missing line is named, and all others still count. The log has no clock; the
date of an event is the date the user gave.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reviewlib.errors import ConfigError
from reviewlib.fingerprints import opened
from reviewlib.ledger.changes import Fields
from reviewlib.ledger.rows import FIELDS, Key

LOG_FILE = "ledger-log.jsonl"
LARGEST = 256 * 2**20
_DAMAGED = ("该行已损坏，未采用", "This line is damaged; not used")
_REPEATED = ("该行重复，只计一次", "This line is repeated; counted once")
_GAP = ("该行之前缺少记录，或行的次序被改动", "Lines before this one are missing or out of order")
EVENT_KINDS = ("row", "copy", "question", "decision")


@dataclass(frozen=True)
class Event:
    """One thing that happened to the ledger.

    Parameters
    ----------
    kind : str
        `row` a change of one row; `copy` a workbook taken in; `question` a disagreement left for
        people; `decision` their answer.
    dated_on : date
        As given to `merge`.
    role : str
        Who took it in: a post, not a name.
    source, sha256 : str
        Workbook it came from: file name without folder, and checksum.
    cell : str
        Where it stood there.
    table, key, changes
        As of a `Change`; for a question, what the copy wanted.
    about : dict of str to str
        Particulars of a copy, a question or a decision.
    previous, id : str
        Id of the event before, and of this one; the id is also the row's revision mark.
    """

    kind: str
    dated_on: date
    role: str
    source: str
    sha256: str
    cell: str = ""
    table: str = ""
    key: Key = ()
    changes: Fields | None = None
    about: dict[str, str] | None = None
    previous: str = ""
    id: str = ""


@dataclass(frozen=True)
class Damage:
    """One line of the log that cannot be trusted; `line` counts from 1."""

    line: int
    zh: str
    en: str


@dataclass(frozen=True)
class Log:
    """The log as it was read: its sound events in order, and its damaged lines."""

    events: tuple[Event, ...] = ()
    damages: tuple[Damage, ...] = ()

    @property
    def head(self) -> str:
        """Id of the last event; empty for an empty log."""
        return self.events[-1].id if self.events else ""

    @property
    def last_on(self) -> date | None:
        return self.events[-1].dated_on if self.events else None

    def up_to(self, day: date | None) -> Log:
        """Return the log as it stood at the end of a day; None for all of it."""
        if day is None:
            return self
        return replace(self, events=tuple(e for e in self.events if e.dated_on <= day))

    def after(self, events: Sequence[Event]) -> Log:
        """Return the log with further events at its end."""
        return replace(self, events=(*self.events, *events))


def _body(event: Event) -> dict:
    body: dict = {
        "kind": event.kind, "date": event.dated_on.isoformat(), "role": event.role,
        "source": event.source, "sha256": event.sha256, "cell": event.cell, "table": event.table,
        "key": list(event.key), "about": event.about, "prev": event.previous,
        "changes": event.changes and {name: list(pair) for name, pair in event.changes.items()},
    }  # fmt: skip
    return {name: value for name, value in body.items() if value}


def _json(body: dict) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(", ", ": "))


def _checksum(body: dict) -> str:
    # begins with a letter: no spreadsheet takes it for a number
    return "r" + hashlib.sha256(_json(body).encode("utf-8")).hexdigest()[:11]


def sealed(event: Event, previous: str) -> Event:
    """Return an event in its place in the log: with the id of the one before and its own."""
    placed = replace(event, previous=previous)
    return replace(placed, id=_checksum(_body(placed)))


def line_of(event: Event) -> str:
    """Return the line of one event: sorted keys, no line break."""
    return _json({**_body(event), "id": event.id})


def text_of(events: Sequence[Event]) -> str:
    """Return the lines of events."""
    return "".join(f"{line_of(event)}\n" for event in events)


def read_log(path: Path) -> Log:
    """Read a log; a file that is not there is an empty one. Never raises for what a line holds.

    Raises
    ------
    ConfigError
        It is larger than any log.
    """
    try:
        with opened(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise ConfigError(
                    f"日志超过 {LARGEST >> 20} MB", f"the log has more than {LARGEST >> 20} MB",
                    where=LOG_FILE, fix_zh="。请核对是否为本系统写出的日志。",
                    fix_en="See whether it is the log that was written here.",
                )  # fmt: skip
            return parse_log(file.read())
    except (FileNotFoundError, NotADirectoryError):  # that there is no folder, the reader tells
        return Log()


def parse_log(raw: bytes) -> Log:
    """Return the sound events and the damaged lines of a log's bytes."""
    events: list[Event] = []
    damages: list[Damage] = []
    seen: set[str] = set()
    is_gap_known = False
    for number, line in enumerate(raw.split(b"\n"), start=1):
        if not line.strip():
            continue
        event = _parsed(line)
        if event is None:
            damages.append(Damage(number, *_DAMAGED))
            is_gap_known = True
        elif event.id in seen:
            damages.append(Damage(number, *_REPEATED))
        else:
            if event.previous != (events[-1].id if events else "") and not is_gap_known:
                damages.append(Damage(number, *_GAP))
            events.append(event)
            seen.add(event.id)
            is_gap_known = False
    return Log(tuple(events), tuple(damages))


def _parsed(line: bytes) -> Event | None:
    """Return the event of a line, or None where the line is not what was once written."""
    try:
        body = json.loads(line.decode("utf-8"))
        stated = body.pop("id")
        if _checksum(body) != stated or body["kind"] not in EVENT_KINDS:
            return None
        changes = body.get("changes")
        if not set(changes or ()) <= set(FIELDS.get(body.get("table"), changes or ())):
            return None
        if not _is_well_formed(body):
            return None
        return Event(
            kind=body["kind"], dated_on=date.fromisoformat(body["date"]), role=body.get("role", ""),
            source=body.get("source", ""), sha256=body.get("sha256", ""),
            cell=body.get("cell", ""), table=body.get("table", ""),
            key=tuple(body.get("key", ())), about=body.get("about"),
            changes=changes and {name: tuple(pair) for name, pair in changes.items()},
            previous=body.get("prev", ""), id=stated,
        )  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _is_well_formed(body: dict) -> bool:
    """Tell whether what has a sound checksum is built as events are: anybody can reckon one."""
    key, about = body.get("key", []), body.get("about")
    pairs = (body.get("changes") or {}).values()
    return (
        isinstance(key, list) and all(isinstance(part, str) for part in key)
        and all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
        and (about is None or isinstance(about, dict))
        and (about is not None or body["kind"] == "row")
        and (body.get("table", "") in ("", *FIELDS))
    )  # fmt: skip
