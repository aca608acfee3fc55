"""A lock that the system lets go of when the process that holds it ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from reviewlib.disk import Held, NoLocks, take_lock
from reviewlib.errors import UsageError

SAYS = re.compile(r"(\d+ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?")
"""What a lock of ours says: process and time of who holds it, or held it last."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[Callable[[], bool]]:
    """Hold a lock while the body runs; the file says who holds it, and stays.

    Yields
    ------
    callable
        Tells whether the lock is still at its path. Where its folder was removed meanwhile, another
        process may hold another lock there.

    Raises
    ------
    Held
        Another process holds it.
    NoLocks
        Nothing can be locked there.
    OSError
        It cannot be written, or is no plain file; a link is not followed.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o666), "rb+") as file:
        take_lock(file.fileno())
        file.truncate(0)
        file.write(f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M:%S}".encode())
        file.flush()
        yield lambda: _is_at(path, file.fileno())


def _is_at(path: Path, handle: int) -> bool:
    """Tell whether an open file is the one at a path."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except OSError:
        return False


def is_ours(path: Path) -> bool:
    """Tell whether a file is a lock that a process of ours wrote."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        return SAYS.fullmatch(path.read_bytes()[:99].decode("ascii", "replace")) is not None
    except OSError:  # held, on a system where a held file cannot be read
        return True


def is_free(path: Path) -> bool:
    """Tell whether a file is a lock of ours, and nobody holds it."""
    if not is_ours(path):
        return False
    with path.open("rb+") as file:
        try:
            take_lock(file.fileno())
        except (Held, NoLocks):
            return False
    return True


def another_run(name: str, path: Path) -> UsageError:
    """Return the error that says that another run holds a lock, and which.

    Parameters
    ----------
    name : str
        What it holds.
    path : Path
        The lock.
    """
    holder_zh, holder_en = holder(path)
    return UsageError(
        f"另一次运行{holder_zh}正在写入同一输出文件夹",
        f"another run{holder_en} is writing to the same folder.",
        where=name,
        fix_zh="。请等它结束后再运行。", fix_en="Wait until it has ended, then run again.",
    )  # fmt: skip


def holder(path: Path) -> tuple[str, str]:
    """Return who holds a lock, in both languages; nothing where that cannot be read."""
    try:
        process, _, since = path.read_text().partition(" ")
    except OSError:
        return "", ""
    if not since:
        return "", ""
    return f"（进程 {process}，始于 {since}）", f" (process {process}, since {since})"

