"""What every command shares: the exit status, the words of a fault, how a place is named."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from reviewlib.errors import PublishError, ReviewError, UsageError, why

DONE, INCOMPLETE, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130
"""0 all done; 1 done, but some files or reports failed and are named (`check`: errors were found);
2 wrong use or configuration; 3 our own fault; 130 interrupted."""
OF_THE_PLACE = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EACCES, errno.EPERM, errno.EROFS,
                errno.ENOSPC, errno.EFBIG, errno.EIO, errno.ENXIO, errno.ELOOP,
                errno.ENAMETOOLONG}  # fmt: skip
"""Faults of a file or folder the user named, or of its disk."""


def status_of(error: Exception) -> int:
    """Return what a command ends with for a fault: the user's, or our own."""
    is_of_the_place = isinstance(error, OSError) and error.errno in OF_THE_PLACE
    return WRONG_USE if is_of_the_place or isinstance(error, ReviewError) else OUR_FAULT


def words_of(error: Exception) -> str:
    """Return what the user is told of a fault that is not ours."""
    if isinstance(error, PublishError):
        return f"{error}\n[{error.code}]"
    return _of_the_place(error) if isinstance(error, OSError) else str(error)


def _of_the_place(error: OSError) -> str:
    """Say that a file or folder cannot be used, by its name alone; a full disk gives none."""
    name = Path(os.fsdecode(error.filename)).name if error.filename else ""
    zh, en = why(error)
    return str(UsageError(
        f"无法读写（{zh}）", f"it cannot be read or written ({en}).", where=name,
        fix_zh="。请检查路径、写入权限与磁盘空间。",
        fix_en="Check the path, permissions and disk space.",
    ))  # fmt: skip


def nearby(path: Path) -> str:
    """Return a path as seen from the current directory, where it is below it."""
    try:
        here = Path.cwd()
    except OSError:  # it is no longer there
        return str(path)
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
