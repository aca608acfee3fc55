"""The core of the ledger's history: what changed between two ledgers, and doing it again.

`apply(a, diff(a, b))` is `b`. Key columns are fields like any other: a row that appears has all its
fields changed from blank, a row that goes has all of them changed to blank, and a row whose key is
corrected keeps its identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from reviewlib.ledger.rows import TRACKED, Key, Row, State, frames_of, key_of, state_of

Fields = dict[str, tuple[str | None, str | None]]
"""Column → (old, new), plain text, None for blank."""


@dataclass(frozen=True)
class Change:
    """What happened to one row.

    Parameters
    ----------
    table : str
    key : tuple of str
        Key of the row before the change; of a new row, its own.
    fields : dict
        Column → (old, new).
    """

    table: str
    key: Key
    fields: Fields


def changed_fields(old: Mapping[str, str], new: Mapping[str, str]) -> Fields:
    """Return the fields in which two plain rows differ."""
    names = [*old, *(name for name in new if name not in old)]
    return {
        name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    }


def with_fields(row: Mapping[str, str], fields: Mapping[str, tuple]) -> Row:
    """Return a plain row after a change of some fields."""
    changed = {**row, **{name: new for name, (_, new) in fields.items()}}
    return {name: text for name, text in changed.items() if text is not None}


def diff_states(old: State, new: State) -> list[Change]:
    """Return what leads from one ledger to another, table by table, row by row."""
    changes = []
    for table in TRACKED:
        before, after = old.get(table, {}), new.get(table, {})
        for key in [*before, *(key for key in after if key not in before)]:
            fields = changed_fields(before.get(key, {}), after.get(key, {}))
            if fields:
                changes.append(Change(table, key, fields))
    return changes


def apply_change(state: State, change: Change) -> State:
    """Return the ledger after one change; only the table concerned is copied."""
    rows = dict(state.get(change.table, {}))
    row = with_fields(rows.pop(change.key, {}), change.fields)
    if row:
        rows[key_of(change.table, row)] = row
    return {**state, change.table: rows}


def diff(
    old_frames: Mapping[str, pd.DataFrame], new_frames: Mapping[str, pd.DataFrame]
) -> list[Change]:
    """Return what changed between two sets of ledger frames; marks and provenance do not count."""
    return diff_states(state_of(old_frames), state_of(new_frames))


def apply(
    frames: Mapping[str, pd.DataFrame], changes: Iterable[Change]
) -> dict[str, pd.DataFrame]:
    """Return ledger frames after some changes, in the natural order of their keys."""
    state = state_of(frames)
    for change in changes:
        state = apply_change(state, change)
    return frames_of(state)
