"""One row of a copy against the ledger: three-way, field by field.

The revision mark of a copied row tells from which version it was edited. A field the copy did not
touch stays as it is; a field only the copy touched is taken in; a field that moved on meanwhile is
a question. Nothing else is ever written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewlib.ledger.books import Book
from reviewlib.ledger.changes import Fields, changed_fields, with_fields
from reviewlib.ledger.history import History, Version
from reviewlib.ledger.questions import IDENTIFIED, asked
from reviewlib.ledger.rows import FIELDS, TRACKED, CopiedRow, Key, Row, key_of
from reviewlib.ledger.workflow import held_back


@dataclass(frozen=True)
class Origin:
    """The row of the ledger a copied row was edited from: its identity, and how it was then."""

    identity: int
    row: Row


def origin_of(
    history: History, book: Book, copied: CopiedRow, claimed: Iterable[int], is_log_damaged: bool
) -> Origin | None:
    """Return what a copied row was edited from; None for a row the ledger cannot know.

    A row without mark is new. Only the review's own workbook may hold unmarked rows that are
    known: a merge that was killed took them in and had no time to mark them. Where the log is
    damaged, the own workbook stands in for what was lost.
    """
    version = history.versions.get(copied.mark)
    if version and version.table == copied.table and version.identity not in claimed:
        return Origin(version.identity, version.row)
    present = history.at(copied.table, copied.key)
    if present is None or present.identity in claimed or not book.is_own:
        return None
    is_as_born = present.number == history.born[present.identity]
    return Origin(present.identity, present.row) if is_log_damaged or is_as_born else None


def ordered(book: Book, history: History) -> tuple[list[CopiedRow], list[CopiedRow]]:
    """Return a copy's rows in the order to settle them, and the rows that repeat another's key.

    Of rows with one key the one that still says what its mark says is the original, from which the
    others were pasted. Where none does, nothing tells them apart: all of them are repeated.
    """
    groups: dict[tuple[str, Key], list[CopiedRow]] = {}
    for row in book.rows:
        group = groups.setdefault((row.table, row.key), [])
        if all(row.row != other.row for other in group):
            group.append(row)
    settled, repeated = [], []
    for group in groups.values():
        best = min(group, key=lambda row: _strangeness(row, history))
        is_told_apart = len(group) == 1 or _strangeness(best, history) != _EDITED
        settled += [best] if is_told_apart else []
        repeated += [row for row in group if row is not best or not is_told_apart]
    return sorted(settled, key=lambda row: _strangeness(row, history)), repeated


_AS_IT_WAS, _EDITED, _NEW = range(3)


def _strangeness(row: CopiedRow, history: History) -> int:
    """How far a copied row is from the version its mark names."""
    version = history.versions.get(row.mark)
    if version is None or (version.table, version.key) != (row.table, row.key):
        return _NEW
    return _AS_IT_WAS if version.row == row.row else _EDITED


def has_key(copied: CopiedRow) -> bool:
    """True where no required part of the key is blank."""
    table = TRACKED[copied.table]
    return all(part or not table[name].required
               for name, part in zip(table.key, copied.key, strict=True))  # fmt: skip


def settle(
    history: History,
    copied: CopiedRow,
    origin: Origin | None,
    owner_names: Mapping[str, tuple[str, ...]],
) -> list[dict]:
    """Return the events one copied row leads to: at most one change, and questions.

    Parameters
    ----------
    history : History
    copied : CopiedRow
    origin : Origin or None
        As `origin_of` returns it.
    owner_names : mapping of str to tuple of str
        Names of each department.
    """
    if origin is None:
        return _settle_unknown(history, copied)
    wanted = _wanted(origin.row, copied)
    present = history.current.get(origin.identity)
    if not wanted:
        return []
    if present is None:
        key = history.last_version(origin.identity).key
        return [asked("row_gone", history, copied, key=key)]
    return _settle_known(history, copied, origin, present, wanted, owner_names)


def _settle_unknown(history: History, copied: CopiedRow) -> list[dict]:
    if not copied.row:
        return []
    if not has_key(copied):
        return [asked("no_id", history, copied)]
    present = history.at(copied.table, copied.key)
    if present is None:
        return [row_event(copied, copied.key, changed_fields({}, copied.row))]
    if all(present.row.get(name) == copied.row.get(name)
           for name in FIELDS[copied.table] if name not in copied.unread):  # fmt: skip
        return []
    return [asked("id_taken", history, copied)]


def _wanted(base: Row, copied: CopiedRow) -> Fields:
    """Return what the copy changed; a cell that could not be read changes nothing."""
    fields = changed_fields(base, copied.row)
    return {name: pair for name, pair in fields.items() if name not in copied.unread}


def _settle_known(history, copied, origin, present: Version, wanted: Fields, owner_names) -> list:
    table, key = copied.table, present.key
    is_rekeyed = bool(set(wanted) & set(TRACKED[table].key))
    if is_rekeyed and (table in IDENTIFIED or not has_key(copied)):
        return [asked("renumbered", history, copied, key=key)]
    taken, moved_on = _split(present.row, wanted)
    new_key = key_of(table, with_fields(present.row, taken))
    if new_key != key and history.at(table, new_key):
        return [asked("id_taken", history, copied)]
    events = [asked("conflict", history, copied, key=key, column=name, base=origin.row.get(name))
              for name in moved_on]  # fmt: skip
    names = owner_names.get(with_fields(present.row, taken).get("owner", ""), ())
    faults = held_back(table, present.row, with_fields(present.row, taken), names)
    if faults:
        reason = ("；".join(f.zh for f in faults), "; ".join(f.en for f in faults))
        events.append(asked("not_permitted", history, copied, key=key, column="status",
                            base=origin.row.get("status"), reason=reason))  # fmt: skip
        taken = {name: pair for name, pair in taken.items() if name != "status"}
    return [row_event(copied, key, taken), *events] if taken else events


def _split(present: Row, wanted: Fields) -> tuple[Fields, list[str]]:
    """Return the fields to take in, and those that moved on to something else meanwhile."""
    taken: Fields = {}
    moved_on = []
    for name, (base, new) in wanted.items():
        now = present.get(name)
        if now == new:
            continue
        if now == base:
            taken[name] = (now, new)
        else:
            moved_on.append(name)
    return taken, moved_on


def row_event(copied: CopiedRow, key: Key, changes: Fields) -> dict:
    """Return the parts of a row event."""
    return {"kind": "row", "table": copied.table, "key": key, "cell": copied.cell,
            "changes": changes}  # fmt: skip
