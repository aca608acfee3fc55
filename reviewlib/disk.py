"""What is written is there whole, also after a power cut; what one process holds, no other does."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of a file: readers see the old content or the new, never half of it."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with beside.open("xb") as file:  # never through a link
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


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


class Held(Exception):
    """Another process holds the lock."""


class NoLocks(OSError):
    """The place knows no locks, as some network drives do, or locking fails there."""


def take_lock(handle: int) -> None:
    """Lock an open file or folder until it is closed, or its process ends, however it ends.

    Raises
    ------
    Held
        Another process holds it.
    NoLocks
        Nothing can be locked there.
    """
    try:
        _lock(handle)
    except (BlockingIOError, PermissionError) as error:  # EAGAIN; EACCES on Windows
        raise Held from error
    except OSError as error:
        raise NoLocks(error.errno, error.strerror) from error


def _lock(handle: int) -> None:
    if os.name == "nt":  # pragma: no cover - not on this system
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
