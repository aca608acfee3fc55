"""Files told by their content: what something is made from, and what it is made of (指纹)."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterable
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
        return _fault(error)


def _fault(error: OSError) -> str:
    return f"unreadable {errno.errorcode.get(error.errno, error.errno)}"


def contents(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Return the sha256 of every file below a folder of ours, by its path in it; caches do not
    count.

    Parameters
    ----------
    folder : Path
    pattern : str
        Names of the files that count.
    """
    files = (path for path in sorted(folder.rglob(pattern)) if os.path.isfile(path))
    names = ((path, path.relative_to(folder)) for path in files)
    return {
        name.as_posix(): sha256(path)
        for path, name in names if CACHES.isdisjoint(name.parts)
    }  # fmt: skip


def all_in(folder: Path) -> dict[str, str]:
    """Return what lies below a folder others write to: sha256 by path, or why it cannot be told.

    Nothing is passed over: what is no file (a pipe, a link to nothing) and a folder that cannot be
    listed are told as such. Links to folders right below it are entered, as a reader enters them.
    """
    found: dict[str, str] = {}

    def unlisted(error: OSError) -> None:
        found[os.path.relpath(error.filename, folder)] = _fault(error)

    entries = sorted(folder.iterdir()) if folder.is_dir() else ()
    linked = [path for path in entries if path.is_symlink() and path.is_dir()]
    for top in (folder, *linked):
        for base, folders, files in os.walk(top, onerror=unlisted):
            links = [name for name in folders if os.path.islink(os.path.join(base, name))]
            for name in (*files, *links):
                path = Path(base, name)
                found[path.relative_to(folder).as_posix()] = sha256_or_fault(path)
    return dict(sorted(found.items()))


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
