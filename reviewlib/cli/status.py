"""What every command shares: exit status, words of a fault, places as they are given and named."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

import click

from reviewlib.errors import PublishError, ReviewError, UsageError, why

DONE, INCOMPLETE, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130
"""0 all done; 1 done, but some files or reports failed and are named (`check`: errors were found);
2 wrong use or configuration; 3 our own fault; 130 interrupted."""
OF_THE_PLACE = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EACCES, errno.EPERM, errno.EROFS,
                errno.ENOSPC, errno.EFBIG, errno.EIO, errno.ENXIO, errno.ELOOP,
                errno.ENAMETOOLONG, errno.EAGAIN}  # fmt: skip
"""Faults of a file or folder the user named, of its disk, or of the system we run on."""
NO_MORE_THREADS = "can't start new thread"
"""What Python says instead of EAGAIN."""


def status_of(error: Exception) -> int:
    """Return what a command ends with for a fault: the user's, or our own."""
    is_of_the_place = isinstance(error, OSError) and error.errno in OF_THE_PLACE
    is_of_the_place |= _is_for_want_of_processes(error)
    return WRONG_USE if is_of_the_place or isinstance(error, ReviewError) else OUR_FAULT


def words_of(error: Exception) -> str:
    """Return what the user is told of a fault that is not ours."""
    if isinstance(error, PublishError):
        return f"{error}\n[{error.code}]"
    if _is_for_want_of_processes(error):
        return str(UsageError(
            "无法启动新的进程或线程（系统限制了它们的数目）",
            "no further process or thread can be started (the system limits their number).",
            fix_zh="。请关闭其他程序，或请管理员调高上限（ulimit -u）后再运行；原有报告未受影响。",
            fix_en="Close other programs, or have the limit raised (ulimit -u), and run again; "
            "earlier reports stand.",
        ))  # fmt: skip
    return _of_the_place(error) if isinstance(error, OSError) else str(error)


def _is_for_want_of_processes(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.EAGAIN
    return isinstance(error, RuntimeError) and str(error) == NO_MORE_THREADS


def _of_the_place(error: OSError) -> str:
    """Say that a file or folder cannot be used, by its name alone; a full disk gives none."""
    name = Path(os.fsdecode(error.filename)).name if error.filename else ""
    zh, en = why(error)
    return str(UsageError(
        f"无法读写（{zh}）", f"it cannot be read or written ({en}).", where=name,
        fix_zh="。请检查路径、写入权限与磁盘空间。",
        fix_en="Check the path, permissions and disk space.",
    ))  # fmt: skip


class _Place(click.Path):
    """A file or folder as it was given, where the system can tell what that means."""

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """Return the path.

        Raises
        ------
        UsageError
            It starts from the current folder, which is no longer there.
        OSError
            It goes through links in a circle.
        """
        path = super().convert(value, param, ctx)
        try:
            path.absolute()
        except FileNotFoundError as error:
            raise UsageError(
                f"当前文件夹已不存在，无法找到“{path}”",
                f"the current folder is no longer there, so {str(path)!r} is nowhere.",
                fix_zh="。请先进入另一文件夹，或写出完整路径。",
                fix_en="Go to another folder first, or give the whole path.",
            ) from error
        try:
            path.stat()
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise
        return path


PLACE = _Place(path_type=Path)


def say(words: str, *, err: bool = False) -> None:
    """Tell the user what became of the work; whether anybody can read it changes nothing.

    The result of a command is written by `click.echo` instead: without it nothing was done.
    """
    with contextlib.suppress(OSError):
        click.echo(words, err=err)


def nearby(path: Path) -> str:
    """Return a path as seen from the current directory, where it is below it."""
    try:
        here = Path.cwd()
    except OSError:  # it is no longer there
        return str(path)
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
