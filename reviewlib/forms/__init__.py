"""The workbooks we hand out (表样), written from the schema and the rubric alone.

Public names are loaded when first used: the process that opens a department's workbook (`marking`)
needs none of them.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "each_correction": "corrections", "new_review": "folders", "save_workbook": "saving",
    "write_corrections": "corrections", "write_forms": "folders", "write_ledger": "office",
    "write_moderation": "office", "write_return": "returns", "write_roster": "office",
    "write_visit": "visits",
}  # fmt: skip
"""Public name → the module it comes from."""

__all__ = sorted(_HOMES)


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"reviewlib.forms has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(f"reviewlib.forms.{_HOMES[name]}"), name)
