"""One merge at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewlib.disk import Held, NoLocks, take_lock
from reviewlib.errors import UsageError, why


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a review folder for one merge; the system lets go of it when the process ends.

    Raises
    ------
    UsageError
        Another merge is at work there, or nothing can be locked there.
    """
    handle = os.open(folder / "review.toml" if os.name == "nt" else folder, os.O_RDONLY)
    try:
        try:
            take_lock(handle)
        except Held as error:
            raise UsageError(
                "另一项台账并入正在进行", "another merge is at work", where=folder.name,
                fix_zh="。请待其结束后重新运行。", fix_en="Wait for it to end and run again.",
            ) from error  # fmt: skip
        except NoLocks as error:
            zh, en = why(error)
            raise UsageError(
                f"无法锁定评估文件夹（{zh}）", f"the review folder cannot be locked ({en})",
                where=folder.name, fix_zh="。请把它移到本机磁盘或支持文件锁的文件夹后重新运行。",
                fix_en="Move it to a disk of this machine, or to a drive that knows locks.",
            ) from error  # fmt: skip
        yield
    finally:
        os.close(handle)
