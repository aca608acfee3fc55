"""Which files lie in a review folder, and which of them are workbooks to read."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from reviewlib.errors import ConfigError
from reviewlib.intake.file_read import Job
from reviewlib.intake.issues import Place, issue
from reviewlib.intake.preflight import is_ignored

SINGLE = {"visit": "visits", "return": "returns"}
"""Workbooks of which there are many, by the folder they lie in."""
LEDGER, MODERATION, RECEIPTS = "ledger.xlsx", "moderation.xlsx", "received.csv"
COPY_NAME = re.compile(r"(副本|冲突|conflicted copy|copy of|\((\d)\)|（\d）)", re.I)


@dataclass(frozen=True)
class Folder:
    """A review folder as it lies on disk.

    Parameters
    ----------
    path : Path
    jobs : tuple of Job
        Files to read, by path.
    issues : tuple of dict
        What the names alone tell.
    """

    path: Path
    jobs: tuple[Job, ...]
    issues: tuple[dict, ...] = ()


def scan(path: Path) -> Folder:
    """List a review folder.

    What cannot even be looked at is told like what cannot be read: `os.path` says no to it, where
    pathlib would raise.

    Raises
    ------
    ConfigError
        There is no such folder.
    """
    if not path.is_dir():
        raise ConfigError(
            f"找不到评估文件夹“{path.name}”", f"there is no review folder {path.name!r}",
            where=path.name, fix_zh="。请核对路径，或用 data/sample 试运行。",
            fix_en="See to the path, or try data/sample.",
        )  # fmt: skip
    jobs, issues = [], []
    for workbook, name in SINGLE.items():
        files, unlisted = _below(path / name)
        issues += [issue("file.file-locked", Place(file=readable(one.relative_to(path).as_posix())))
                   for one in unlisted]  # fmt: skip
        for file in files:
            relative = readable(file.relative_to(path).as_posix())
            if is_ignored(file.name):
                issues += _locks(file, relative)
            elif os.path.isfile(file):
                jobs.append(Job(file, relative, workbook))
                issues += _copies(relative)
            elif os.path.islink(file) or not os.path.isdir(file):  # a pipe, a link to no file
                issues.append(issue("file.file-locked", Place(file=relative)))
    for name, workbook in ((LEDGER, "ledger"), (MODERATION, "moderation"), (RECEIPTS, "receipts")):
        if os.path.isfile(path / name):
            jobs.append(Job(path / name, name, workbook))
        elif os.path.lexists(path / name):  # a folder, a pipe, a link to no file
            issues.append(issue("file.file-locked", Place(file=name)))
        elif name == LEDGER:
            words = {"expected": name, "table": "台账", "table_en": "the ledger"}
            issues.append(issue("sheet.missing", Place(file=name), "", words))
    return Folder(path, tuple(jobs), tuple(issues))


def _below(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return what lies below a folder that is no folder, and the folders that cannot be listed."""
    unlisted: list[Path] = []
    walked = os.walk(folder, onerror=lambda error: unlisted.append(Path(error.filename)))
    files = [
        Path(base, name) for base, folders, names in walked
        for name in (*names, *(one for one in folders if os.path.islink(os.path.join(base, one))))
    ]  # fmt: skip
    return sorted(files), [one for one in unlisted if os.path.lexists(one)]


def readable(name: str) -> str:
    """Return a file name that can be written down: names from archives made on Windows are GBK.

    Characters that nobody sees, or that turn the line about, become �.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        name = os.fsencode(name).decode("gb18030", "replace")
    return "".join(c if c.isprintable() else "�" for c in name)


def _locks(file: Path, relative: str) -> list[dict]:
    """Tell of a workbook that somebody has open: its lock file lies beside it."""
    if not file.name.startswith(("~$", ".~lock.")):
        return []
    owner = file.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
    found = sorted(other.name for other in file.parent.iterdir() if other.name.endswith(owner))
    if found in ([], [file.name]):
        return []
    open_one = next(name for name in found if name != file.name)
    place = Place(file=readable(f"{Path(relative).parent.as_posix()}/{open_one}"))
    return [issue("file.file-open-elsewhere", place, "", {"detail": Path(relative).name})]


def _copies(relative: str) -> list[dict]:
    if not COPY_NAME.search(Path(relative).stem):
        return []
    return [issue("file.conflict-copy", Place(file=relative), "", {"detail": Path(relative).name})]
