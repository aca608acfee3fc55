"""What in the output folder a run put there itself; anything else is neither replaced nor removed.

A set of ours is known by its manifest, which names every file of it. A shelf (`.sets/<name>`) is
known by its lock.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from reviewlib.fingerprints import opened
from reviewlib.publish import lock

LARGEST = 64 * 2**20
MANIFEST, LOG, GROUNDS, SHOWN = "manifest.json", "run.log", "grounds.json", "shown.json"
BESIDE = (LOG, GROUNDS, SHOWN)
"""Files that a run writes beside its sets, over those of the run before."""
NUMBER = re.compile(r"\d{4}|[1-9]\d{4,}", re.ASCII)
"""Name of a set on the shelf."""
LEFT_BY_PROGRAMS = ("~$*", ".~lock.*#", ".DS_Store", "desktop.ini", "Thumbs.db")
"""Files that looking at a folder, or opening a workbook in it, leaves there: nobody's."""


def told_in(path: Path) -> dict:
    """Return what a file of ours says; each is one object in JSON.

    Raises
    ------
    OSError, ValueError
        There is no plain file, or nothing in it that we would write.
    """
    with opened(path) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(f"{path.name} is too large")
    try:
        told = json.loads(data)
    except RecursionError as error:
        raise ValueError(f"{path.name} is too deep") from error
    if not isinstance(told, dict):
        raise ValueError(f"{path.name} is no object")
    return told


def named_by(folder: Path) -> frozenset[str] | None:
    """Return the files that a set consists of, by its manifest; None where it has none of ours."""
    try:
        manifest = told_in(folder / MANIFEST)
    except (OSError, ValueError):
        return None
    outputs = manifest.get("outputs")
    return frozenset((*outputs, MANIFEST)) if isinstance(outputs, Mapping) else None


def is_complete(folder: Path) -> bool:
    """Tell whether a folder is a set with all of its files."""
    named = named_by(folder)
    return named is not None and named <= set(_files(folder))


def foreign_in(folder: Path) -> list[str]:
    """Return the files of a folder that are not of a set of ours."""
    strays = set(_files(folder)) - (named_by(folder) or frozenset())
    return sorted(name for name in strays if not _is_left_by_a_program(Path(name).name))


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_left_by_a_program(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in LEFT_BY_PROGRAMS)


def _files(folder: Path) -> list[str]:
    return [
        Path(base, name).relative_to(folder).as_posix()
        for base, folders, files in os.walk(folder)
        for name in (*files, *(each for each in folders if Path(base, each).is_symlink()))
    ]


def something_else(shown: Path, home: Path) -> str:
    """Return the name of what stands where a run would write but is not ours; "" if nothing does.

    Parameters
    ----------
    shown : Path
        Where the set appears: a link into `home`, or the set itself.
    home : Path
        The shelf: `.sets/<name>` beside it.
    """
    for folder in (home.parent, home):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            return folder.name
    if home.exists() and any(home.iterdir()) and not lock.is_ours(home / "lock"):
        return f"{home.parent.name}/{home.name}"
    for name in BESIDE:
        if os.path.lexists(home / name) and not _is_plain(home / name):
            return f"{home.parent.name}/{home.name}/{name}"
    if shown.is_symlink():
        target = Path(os.readlink(shown))
        is_ours = target.parent == Path(home.parent.name, home.name)
        return "" if is_ours and NUMBER.fullmatch(target.name) else shown.name
    if not shown.exists():
        return ""
    if not shown.is_dir() or named_by(shown) is None:
        return shown.name
    return "".join(f"{shown.name}/{name}" for name in foreign_in(shown)[:1])


def is_elsewhere(error: OSError, *places: Path) -> bool:
    """Tell whether a fault names a file outside of some places; a full disk names none."""
    if not isinstance(error.filename, str | bytes):
        return False
    path = Path(os.fsdecode(error.filename))
    return not any(path.is_relative_to(one) or one.is_relative_to(path) for one in places)
