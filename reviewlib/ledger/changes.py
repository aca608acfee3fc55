"""What changed in a row of the ledger, and doing it again.

`with_fields(a, changed_fields(a, b))` is `b`. Key columns are fields like any other: a row that
appears has all its fields changed from blank, a row that goes has all of them changed to blank, and
a row whose key is corrected keeps its identity.
"""

from __future__ import annotations

from collections.abc import Mapping

from reviewlib.ledger.rows import Row

Fields = dict[str, tuple[str | None, str | None]]
"""Column → (old, new), plain text, None for blank."""


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
