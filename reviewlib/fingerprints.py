"""Files told by their content: what something is made from, and what it is made of (指纹)."""

from __future__ import annotations

import hashlib
from pathlib import Path

CACHES = {"__pycache__"}


def contents(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Return the sha256 of every file below a folder, by its path in it; caches do not count."""
    files = (path for path in sorted(folder.rglob(pattern)) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): sha256(path)
        for path in files if CACHES.isdisjoint(path.parts)
    }  # fmt: skip


def sha256(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
