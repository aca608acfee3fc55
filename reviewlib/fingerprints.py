"""Files told by their content: what something is made from, and what it is made of (指纹)."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

CACHES = {"__pycache__"}
PACKAGE = Path(__file__).resolve().parent


def sha256(path: Path) -> str:
    """Return the sha256 of a plain file."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_or_fault(path: Path) -> str:
    """Return the sha256 of a plain file, or why it cannot be told: what others gave may be so."""
    try:
        return sha256(path)
    except OSError as error:
        return f"unreadable {errno.errorcode.get(error.errno, error.errno)}"


def contents(
    folder: Path, pattern: str = "*", *, digest: Callable[[Path], str] = sha256
) -> dict[str, str]:
    """Return the sha256 of every file below a folder, by its path in it; caches do not count.

    Parameters
    ----------
    folder : Path
    pattern : str
        Names of the files that count.
    digest : callable
        `sha256`, which raises OSError for a file that cannot be read, or `sha256_or_fault`.
    """
    files = (path for path in sorted(folder.rglob(pattern)) if os.path.isfile(path))
    return {
        path.relative_to(folder).as_posix(): digest(path)
        for path in files if CACHES.isdisjoint(path.parts)
    }  # fmt: skip


def code_of(rooms: Iterable[str], package: Path = PACKAGE) -> dict[str, str]:
    """Return the sha256 of the code of some rooms, and of what lies at the top, which all use.

    Parameters
    ----------
    rooms : iterable of str
        Folders of the package.
    package : Path
    """
    at_the_top = (package / name for name in os.listdir(package) if name.endswith(".py"))
    code = {path.name: sha256(path) for path in at_the_top}
    for room in rooms:
        code |= {f"{room}/{name}": one for name, one in contents(package / room, "*.py").items()}
    return dict(sorted(code.items()))


def opened(path: Path, *, is_link_followed: bool = True) -> BinaryIO:
    """Open a plain file for reading; a pipe or device that lies there is not waited for.

    Raises
    ------
    OSError
        There is no plain file, or a link that is not to be followed.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not is_link_followed:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, flags)
    kind = os.fstat(handle).st_mode
    if stat.S_ISREG(kind):
        return open(handle, "rb")
    os.close(handle)
    why = errno.EISDIR if stat.S_ISDIR(kind) else errno.ENXIO
    raise OSError(why, os.strerror(why), str(path))
