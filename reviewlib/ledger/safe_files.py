"""Files written whole or not at all, and one merge at a time in a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewlib.errors import UsageError


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of a file: readers see the old content or the new, never half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a rename last; systems that know no such thing need none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a review folder for one merge; the system lets go of it when the process ends.

    Raises
    ------
    UsageError
        Another merge is at work there.
    """
    handle = os.open(folder / "review.toml" if sys.platform == "win32" else folder, os.O_RDONLY)
    try:
        try:
            _lock(handle)
        except OSError as error:
            raise UsageError(
                "另一项台账并入正在进行", "another merge is at work", where=folder.name,
                fix_zh="。请待其结束后重新运行。", fix_en="Wait for it to end and run again.",
            ) from error  # fmt: skip
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
