"""Bringing what was written to the disk, so that it is there after a power cut too."""

from __future__ import annotations

import os
from pathlib import Path


def sync(folder: Path) -> None:
    """Bring every file of a folder to the disk, and the folders that name them."""
    for base, _, files in os.walk(folder):
        for name in files:
            with open(Path(base) / name, "rb+") as file:
                os.fsync(file.fileno())
        sync_folder(Path(base))


def sync_folder(folder: Path) -> None:
    """Bring to the disk which files a folder names."""
    if os.name != "nt":  # a folder cannot be opened there
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
