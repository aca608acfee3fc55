"""What every command shares: the exit status, and how a place is named to the user."""

from __future__ import annotations

from pathlib import Path

DONE, INCOMPLETE, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130
"""0 all done; 1 done, but some files or reports failed and are named (`check`: errors were found);
2 wrong use or configuration; 3 our own fault; 130 interrupted."""


def nearby(path: Path) -> str:
    """Return a path as seen from the current directory, where it is below it."""
    try:
        here = Path.cwd()
    except OSError:  # it is no longer there
        return str(path)
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
