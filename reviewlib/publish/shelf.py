"""The shelf a set is put on: build apart, then switch, so that no reader sees half a set.

`<out>/<name>` is a link to `<out>/.sets/<name>/<number>`; a new set is built in `staging`, becomes
the next number, and the link is replaced by one rename. The sets before stay. Where links are not
allowed, `<out>/<name>` is the set itself and is exchanged by two renames; what a run killed between
them leaves, the next one heals.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reviewlib.errors import PublishError, UsageError

MANIFEST = "manifest.json"
KEPT = 3
"""Sets kept: the published one and those before, to go back to."""


class Shelf:
    """Where the sets of one review are kept.

    Parameters
    ----------
    out : Path
        Folder the published sets appear in.
    name : str
        Name of the review; the set appears as `out / name`.
    """

    def __init__(self, out: Path, name: str):
        self.shown = out / name
        self.home = out / ".sets" / name
        self.staging = self.home / "staging"
        self.log = self.home / "run.log"

    @contextlib.contextmanager
    def held(self) -> Iterator[Shelf]:
        """Hold the shelf against other runs; yield it with an empty staging folder.

        Raises
        ------
        UsageError
            Another run holds it, the place cannot be written, or holds what is not ours.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with _locked(self.home / "lock"):
                self._check_ours()
                self._heal()
                shutil.rmtree(self.staging, ignore_errors=True)
                self.staging.mkdir()
                try:
                    yield self
                finally:
                    shutil.rmtree(self.staging, ignore_errors=True)
        except OSError as error:
            raise _cannot_be_written(self.shown.name, error) from error

    def publish(self) -> Path:
        """Make the staged set the published one, and return where it appears."""
        new = self.home / f"{max([0, *self._numbers()]) + 1:04d}"
        _sync(self.staging)
        os.rename(self.staging, new)
        _sync_folder(self.home)
        self._show(new)
        _sync_folder(self.shown.parent)
        self._prune()
        return self.shown

    def go_back(self) -> Path:
        """Show the set published before the one that is shown, and return where it appears.

        Raises
        ------
        UsageError
            Nothing was published here, or nothing before.
        """
        if not self.home.is_dir():
            raise UsageError(
                "这里没有发布过成套报告", "no set was published here.", where=self.shown.name,
                fix_zh="。请给出 run 所输出的文件夹，如 reports/sample。",
                fix_en="Name the folder that `run` published, such as reports/sample.",
            )  # fmt: skip
        with self.held():
            before = [
                number for number in self._numbers()
                if number < self._shown_number() and self._is_complete(number)
            ]  # fmt: skip
            if not before:
                raise UsageError(
                    "没有更早的成套报告可退回", "there is no earlier set to go back to.",
                    where=self.shown.name,
                )  # fmt: skip
            self._show(self.home / f"{before[-1]:04d}")
            _sync_folder(self.shown.parent)
        return self.shown

    def _shown_number(self) -> float:
        """Return the number of the set that is shown; where it is no link, it is the newest."""
        if self.shown.is_symlink():
            return int(Path(os.readlink(self.shown)).name)
        return float("inf")

    def _is_complete(self, number: int) -> bool:
        return (self.home / f"{number:04d}" / MANIFEST).is_file()

    def _show(self, new: Path) -> None:
        if not self._switch_link(new):
            self._exchange(new)

    def _numbers(self) -> list[int]:
        return sorted(int(path.name) for path in self.home.iterdir() if path.name.isdigit())

    def _switch_link(self, new: Path) -> bool:
        """Point the link at the new set; False where that cannot be done."""
        if self.shown.is_dir() and not self.shown.is_symlink():
            return False
        fresh = self.home / "link"
        fresh.unlink(missing_ok=True)
        try:
            fresh.symlink_to(Path(".sets") / self.home.name / new.name, target_is_directory=True)
        except OSError:
            if self.shown.is_symlink():  # links are allowed here; it is the disk that failed
                raise
            return False
        os.replace(fresh, self.shown)
        return True

    def _exchange(self, new: Path) -> None:
        """Put the new set in the place of the old one: two renames, the only gap there is."""
        if self.shown.is_symlink():
            self.shown.unlink()
        elif self.shown.exists():
            # The old set takes the number made for the new one, so that numbers keep the order.
            aside = self.home / f"{int(new.name) + 1:04d}"
            os.rename(new, aside)
            os.rename(self.shown, new)
            new = aside
        os.rename(new, self.shown)

    def _heal(self) -> None:
        """Finish what a run left that was killed between two renames, or before the switch.

        With nothing shown, the newest complete set is; sets newer than the one that is shown were
        never read, or gone back from.
        """
        (self.home / "link").unlink(missing_ok=True)
        complete = [number for number in self._numbers() if self._is_complete(number)]
        if complete and not self.shown.exists():
            self._show(self.home / f"{complete[-1]:04d}")
        for number in self._numbers():
            if number > self._shown_number():
                shutil.rmtree(self.home / f"{number:04d}", ignore_errors=True)

    def _check_ours(self) -> None:
        """Refuse to replace anything a run of ours did not put there."""
        if self.shown.is_symlink():
            is_ours = Path(os.readlink(self.shown)).parent == Path(".sets") / self.home.name
        else:
            is_ours = not self.shown.exists() or (self.shown / MANIFEST).is_file()
        if not is_ours:
            raise UsageError(
                "输出位置已有其他内容，不予覆盖", "the place of output holds something else.",
                where=self.shown.name,
                fix_zh="。请移走它，或用 --out 另指定文件夹。",
                fix_en="Move it away, or choose another folder with --out.",
            )  # fmt: skip

    def _prune(self) -> None:
        """Remove sets older than those kept; a set that cannot be removed now is removed later."""
        shown_apart = 0 if self.shown.is_symlink() else 1
        for number in self._numbers()[: -(KEPT - shown_apart)]:
            shutil.rmtree(self.home / f"{number:04d}", ignore_errors=True)


def _cannot_be_written(name: str, error: OSError) -> PublishError:
    """Say that the disk failed, in the words of `run.publish-failed`."""
    from reviewlib.schema.codes import CODES  # here: an unchanged review needs no schema

    said = CODES[PublishError.code]
    return PublishError(
        said.zh.format(detail=f"无法写入输出文件夹（{error.strerror}）"),
        said.en.format(detail_en=f"the output folder cannot be written ({error.strerror})."),
        where=name,
        fix_zh="。请检查磁盘空间与写入权限，或用 --out 另指定文件夹；原有报告未受影响。",
        fix_en="Check disk space and permissions, or choose another folder with --out; "
        "what was published before is untouched.",
    )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock that the system lets go of when this process ends, however it ends."""
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            holder_zh, holder_en = _holder(path)
            raise UsageError(
                f"另一次运行{holder_zh}正在写入同一输出文件夹",
                f"another run{holder_en} is writing to the same folder.",
                where=path.parent.name,
                fix_zh="。请等它结束后再运行。", fix_en="Wait until it has ended, then run again.",
            ) from error  # fmt: skip
        file.truncate(0)
        file.write(f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M:%S}".encode())
        file.flush()
        yield


def _holder(path: Path) -> tuple[str, str]:
    """Return who holds a lock, in both languages; nothing where that cannot be read."""
    try:
        process, _, since = path.read_text().partition(" ")
    except OSError:
        return "", ""
    if not since:
        return "", ""
    return f"（进程 {process}，始于 {since}）", f" (process {process}, since {since})"


def _lock(handle: int) -> None:
    if os.name == "nt":  # pragma: no cover - not on this system
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _sync(folder: Path) -> None:
    """Bring every file of a folder to the disk, and the folders that name them."""
    for base, _, files in os.walk(folder):
        for name in files:
            with open(Path(base) / name, "rb+") as file:
                os.fsync(file.fileno())
        _sync_folder(Path(base))


def _sync_folder(folder: Path) -> None:
    if os.name != "nt":  # a folder cannot be opened there
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
