"""The workbooks that come back: from a folder of files to a Review, every value with its address.

One way, file by file: preflight ▶ read ▶ locate ▶ parse (`take_in`, in a `worker`), then all files
together: choose ▶ assemble ▶ check ▶ reconcile (`opening`).

Public names are loaded when first used: a worker needs only `take_in`.
"""

from __future__ import annotations

from importlib import import_module

_HOMES = {"open_office": "reviewlib.intake.office", "open_review": "reviewlib.intake.opening"}
"""Public name → the module it comes from."""

__all__ = sorted(_HOMES)


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"reviewlib.intake has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)
