"""Where report processes run: nothing of the user's folders is used, and nothing left in them.

Kernels read start-up files, notebook tools read configuration and templates, and both keep caches
under the home folder. While a run works, all of that is pointed at one temporary folder. Only
matplotlib's list of the fonts of this machine is taken along, which takes seconds to make where
there are many. The folder of a run that was killed with all its processes is cleared away by the
next: its lock is the first file in it and the last to go, so that one can tell whose it was.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reviewlib.disk import Held
from reviewlib.fingerprints import opened
from reviewlib.publish.lock import is_free, locked

_PREFIX, _LOCK = "reviewlib-", "run.lock"
JUST_MADE = 60
"""Seconds after which a folder that holds nothing is not one that a run is just making."""
_FOLDERS = {
    "MPLCONFIGDIR": "matplotlib",
    "IPYTHONDIR": "ipython",
    "JUPYTER_CONFIG_DIR": "jupyter-config",
    "JUPYTER_DATA_DIR": "jupyter-data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "XDG_CACHE_HOME": "cache",
    **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), "temporary"),
}
"""Variable → folder below the temporary one."""

LONGEST_LIST = 2**24
"""Bytes; no machine has so many fonts."""

_VALUES = {
    "PYTHONSAFEPATH": "1",  # the current directory is no place to import from
    "PYTHONUTF8": "1",
    "MPLBACKEND": "agg",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else each kernel prints a debugger warning
    "OPENBLAS_NUM_THREADS": "1",  # one report is one process; threads inside would fight
    "OMP_NUM_THREADS": "1",
}
_ABSENT = ("PYTHONSTARTUP", "PYTHONPATH", "PYTHONWARNINGS", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH",
           "MATPLOTLIBRC")  # fmt: skip


@contextlib.contextmanager
def surroundings() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield a temporary folder in which, and only in which, report processes keep their things.

    Yields
    ------
    (Path, dict of str to str)
        The folder, and the environment that points there.

    Raises
    ------
    PublishError
        There is no room for it.
    """
    with contextlib.ExitStack() as until_the_end:
        try:
            folder = until_the_end.enter_context(_temporary_folder())
            _clear_away(folder.stat().st_mtime)
            for below in set(_FOLDERS.values()):
                (folder / below).mkdir()
            _take_along_fonts(folder / _FOLDERS["MPLCONFIGDIR"])
        except OSError as error:
            from reviewlib.publish.faults import no_temporary_folder  # here: it needs the schema

            raise no_temporary_folder(error) from error
        until_the_end.enter_context(_temporary_files_in(folder))
        own = {variable: str(folder / below) for variable, below in _FOLDERS.items()}
        kept = {name: value for name, value in os.environ.items() if name not in _ABSENT}
        yield folder, kept | own | _VALUES


@contextlib.contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Yield a new folder with a lock; remove it at the end, also where that is interrupted."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        with contextlib.ExitStack() as until_the_end:
            with contextlib.suppress(Held, OSError):  # it only helps the next run to clear away
                until_the_end.enter_context(locked(folder / _LOCK))
            yield folder
    finally:
        try:
            remove(folder)
        except BaseException:  # whoever interrupts is heard when all is done
            remove(folder)
            raise


def remove(folder: Path) -> None:
    """Remove a temporary folder, the lock last, also what a report has made read-only."""
    for base, below, _ in os.walk(folder):  # which follows no link
        for path in (Path(base, name) for name in below):
            with contextlib.suppress(OSError):
                if not path.is_symlink():
                    path.chmod(0o700)
    with contextlib.suppress(OSError):
        for path in [path for path in folder.iterdir() if path.name != _LOCK]:
            shutil.rmtree(path, ignore_errors=True)
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)  # where it is no folder
        if os.listdir(folder) == [_LOCK]:
            (folder / _LOCK).unlink()
        folder.rmdir()


def _take_along_fonts(folder: Path) -> None:
    """Copy the lists of fonts that matplotlib keeps for the user; it tells whether one will do."""
    own = os.environ.get("MPLCONFIGDIR")
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    places = [own] if own else [f"{caches}/matplotlib", os.path.expanduser("~/.matplotlib")]
    with contextlib.suppress(OSError):  # it only saves time
        for known in (path for place in places for path in Path(place).glob("fontlist-*.json")):
            listed = _list_of_fonts(known)
            if listed:
                (folder / known.name).write_bytes(listed)


def _list_of_fonts(path: Path) -> bytes:
    """Return what a list says; nothing where it is none, whatever lies there."""
    try:
        with opened(path) as file:
            listed = file.read(LONGEST_LIST)
        return listed if _is_list_of_fonts(json.loads(listed)) else b""
    except (OSError, ValueError, RecursionError):
        return b""


def _is_list_of_fonts(known: object) -> bool:
    """Tell whether matplotlib could work with a list; itself it looks at its version only."""
    if not isinstance(known, dict) or not isinstance(known.get("defaultFamily"), dict):
        return False
    parts = [known.get(kind) for kind in ("ttflist", "afmlist")]
    return all(isinstance(part, list) for part in parts) and all(
        isinstance(font, dict) and isinstance(font.get("fname"), str)
        for part in parts for font in part
    )


@contextlib.contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Have this process make its temporary files there: what a kill leaves, the next run finds."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _clear_away(now: float) -> None:
    """Remove the temporary folders of runs that are no more.

    Parameters
    ----------
    now : float
        When a folder was made there just now, by the clock of that disk.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if _is_mine(folder) and _is_left(folder, now):
                remove(folder)


def _is_left(folder: Path, now: float) -> bool:
    """Tell whether a run has left a folder: with a lock that nobody holds, or before it had one."""
    names, lock = os.listdir(folder), folder / _LOCK
    is_bare = names in ([], [_LOCK])
    if _LOCK in names and lock.lstat().st_size:  # it says who holds it only once it is held
        return is_free(lock)
    is_old = now - folder.stat().st_mtime > JUST_MADE
    return is_bare and is_old and (not names or is_free(lock))


def _is_mine(folder: Path) -> bool:
    about = folder.lstat()
    return not folder.is_symlink() and (not hasattr(os, "getuid") or about.st_uid == os.getuid())
