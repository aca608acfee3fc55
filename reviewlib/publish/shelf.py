"""The shelf a set is put on: build apart, then switch, so that no reader sees half a set.

`<out>/<name>` is a link to `<out>/.sets/<name>/<number>`; a new set is built in a staging folder,
becomes the next number, and the link is replaced by one rename. The sets before stay. Where links
are not allowed, `<out>/<name>` is the set itself and is exchanged by two renames; what a run killed
between them leaves, the next one heals. Which set it is, `shown.json` tells.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from reviewlib.disk import Held, NoLocks, sync, sync_folder, write_whole
from reviewlib.errors import PublishError, UsageError
from reviewlib.publish import ours
from reviewlib.publish.lock import another_run, locked
from reviewlib.publish.ours import MANIFEST as MANIFEST

KEPT = 3
"""Sets kept: the published one and those before, to go back to."""
LOCK, LINK, STAGING, REMOVED = "lock", "link", "staging", "removed"
LEFT_FOLDERS = re.compile(rf"{STAGING}(-[0-9a-f]+)?|{REMOVED}(-\d+)?")
LEFT_FILES = re.compile(rf"{LINK}|grounds\.new|\.[a-z]+\.json\.new")
"""What a run leaves on the shelf that was killed over it."""


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
        # A name of its own: where the shelf is removed during a run, another begins in its place.
        self.staging = self.home / f"{STAGING}-{os.urandom(4).hex()}"
        self._is_locked = lambda: False
        self.log = self.home / ours.LOG
        self.reads = self.home / "reads"
        self.grounds = self.home / ours.GROUNDS
        self._told = self.home / ours.SHOWN

    def check(self, review_folder: Path | None = None) -> None:
        """See that a set may be put here, before anything is made or written.

        Parameters
        ----------
        review_folder : Path, optional
            What the set is made from; no output may come to lie in it, or in its place.

        Raises
        ------
        UsageError
            The place holds what is not ours, or lies in the review folder.
        """
        if review_folder is not None and review_folder in (self.shown, *self.shown.parents):
            raise UsageError(
                "输出位置在评估文件夹之内", "the place of output lies in the review folder.",
                where=self.shown.name, fix_zh="。请用 --out 另指定文件夹。",
                fix_en="Choose another folder with --out.",
            )  # fmt: skip
        foreign = self._something_else()
        if foreign:
            raise UsageError(
                f"输出位置已有其他内容（{foreign}），不予覆盖",
                f"the place of output holds something else ({foreign}).", where=self.shown.name,
                fix_zh="。请移走它，或用 --out 另指定文件夹。",
                fix_en="Move it away, or choose another folder with --out.",
            )  # fmt: skip

    def check_writable(self) -> None:
        """See that a set can be put here, as far as can be told without writing.

        Raises
        ------
        PublishError
            There is no folder to write to, or writing is not allowed.
        """
        place = next(each for each in (self.home, *self.home.parents) if os.path.lexists(each))
        why = errno.EACCES if place.is_dir() else errno.ENOTDIR
        if why == errno.ENOTDIR or not os.access(place, os.W_OK | os.X_OK):
            raise _cannot_be_written(self.shown.name, OSError(why, os.strerror(why)))

    def _something_else(self) -> str:
        try:
            return ours.something_else(self.shown, self.home)
        except OSError as error:
            raise _cannot_be_written(self.shown.name, error) from error

    @contextlib.contextmanager
    def held(self) -> Iterator[Shelf]:
        """Hold the shelf against other runs; yield it with an empty staging folder.

        Raises
        ------
        UsageError
            Another run holds it, or it holds what is not ours.
        PublishError
            It cannot be locked or written, its disk fails while the body runs, or it is removed.
        OSError
            The body met a file elsewhere that it could not use.
        """
        self.check()
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with locked(self.home / LOCK) as self._is_locked, self._removal_told():
                self._see_it_is_locked()
                self._heal()
                self.staging.mkdir()
                yield self
        except Held as held:
            raise another_run(self.home.name, self.home / LOCK) from held
        except OSError as error:
            if ours.is_elsewhere(error, self.home, self.shown):
                raise
            raise _cannot_be_written(self.shown.name, error) from error

    @contextlib.contextmanager
    def _removal_told(self) -> Iterator[None]:
        """Clear staging away; what failed because the shelf was removed is told as just that."""
        try:
            yield
        except OSError:
            self._see_it_is_locked()
            raise
        finally:
            shutil.rmtree(self.staging, ignore_errors=True)
            if not self._is_locked():  # what we wrote where nothing stood must not stop the next
                with contextlib.suppress(OSError):
                    (self.home / LOCK).touch(exist_ok=False)

    def _see_it_is_locked(self) -> None:
        if not self._is_locked():
            raise _was_removed(self.home.name)

    def keep_reads(self, folder: Path) -> None:
        """Take what a first run kept of the files it read, before there was a shelf."""
        if folder != self.reads and folder.is_dir():
            with contextlib.suppress(OSError):  # without it the next run only reads more
                shutil.copytree(folder, self.reads, dirs_exist_ok=True)

    def publish(self) -> Path:
        """Make the staged set the published one, and return where it appears.

        Raises
        ------
        PublishError
            The shelf was removed meanwhile; another run may hold the one in its place.
        """
        self._see_it_is_locked()
        new = self._set(max(self._shown_number(), *self._numbers(), 0) + 1)
        sync(self.staging)
        os.rename(self.staging, new)
        sync_folder(self.home)
        self._show(new)
        with contextlib.suppress(OSError):  # it is published, whatever goes wrong from here on
            sync_folder(self.shown.parent)
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
                if number < self._shown_number() and ours.is_complete(self._set(number))
            ]  # fmt: skip
            if not before:
                raise UsageError(
                    "没有更早的成套报告可退回", "there is no earlier set to go back to.",
                    where=self.shown.name,
                )  # fmt: skip
            self._show(self._set(before[-1]))
            with contextlib.suppress(OSError):
                sync_folder(self.shown.parent)
        return self.shown

    def _shown_number(self) -> int:
        """Return the number of the set that is shown, or was last where none is.

        Where it is no link, `shown.json` was written before the exchange: from which set, to which.
        Of the two, the one that is not on the shelf is shown. Where nothing is told (or another
        hand has been at it) the set that is shown is the newest.
        """
        if self.shown.is_symlink():
            return int(Path(os.readlink(self.shown)).name)
        numbers = self._numbers()
        try:
            told = ours.told_in(self._told)
            before, now = int(told["before"]), int(told["now"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return max(numbers, default=0) + self.shown.exists()
        if now not in numbers:
            return now
        if before not in numbers or not self.shown.exists():
            return before
        return numbers[-1] + 1

    def _tell(self, before: int, now: int) -> None:
        write_whole(self._told, json.dumps({"before": before, "now": now}).encode())

    def _set(self, number: int) -> Path:
        return self.home / f"{number:04d}"

    def _show(self, new: Path) -> None:
        if not self._switch_link(new):
            self._exchange(new)

    def _numbers(self) -> list[int]:
        names = (path.name for path in self.home.iterdir())
        return sorted(int(name) for name in names if ours.NUMBER.fullmatch(name))

    def _switch_link(self, new: Path) -> bool:
        """Point the link at the new set; False where that cannot be done."""
        if self.shown.is_dir() and not self.shown.is_symlink():
            return False
        fresh = self.home / LINK
        try:
            fresh.symlink_to(Path(".sets") / self.home.name / new.name, target_is_directory=True)
        except OSError:
            if self.shown.is_symlink():  # links are allowed here; it is the disk that failed
                raise
            return False
        try:
            self._told.unlink(missing_ok=True)  # the link tells
            os.replace(fresh, self.shown)
        except BaseException:
            with contextlib.suppress(OSError):
                fresh.unlink()
            raise
        return True

    def _exchange(self, new: Path) -> None:
        """Put the new set in the place of the old one: two renames, the only gap there is."""
        number = self._shown_number()
        old = self._set(number)
        self._tell(number, int(new.name))
        try:
            if self.shown.exists():
                os.rename(self.shown, old)
            os.rename(new, self.shown)
        except BaseException:
            if old.exists() and not self.shown.exists():
                os.rename(old, self.shown)
            raise

    def _heal(self) -> None:
        """Finish what a run left that was killed between two renames, or before the switch.

        With nothing shown, the set shown last is, or the newest complete one before it, or any;
        sets newer than the one that is shown were never read, or gone back from.
        """
        for path in list(self.home.iterdir()):
            if LEFT_FOLDERS.fullmatch(path.name):
                shutil.rmtree(path, ignore_errors=True)
            elif LEFT_FILES.fullmatch(path.name):
                path.unlink()
        if not self.shown.exists():
            last = self._shown_number()
            complete = [number for number in self._numbers() if ours.is_complete(self._set(number))]
            if complete:
                earlier = [number for number in complete if number <= last]
                self._show(self._set((earlier or complete)[-1]))
        shown = self._shown_number()
        if self.shown.exists() and not self.shown.is_symlink():
            self._tell(0, shown)  # also where an earlier version told nothing
        for number in self._numbers():
            if number > shown:
                self._remove(number)

    def _prune(self) -> None:
        """Remove sets older than those kept; a set that cannot be removed now is removed later."""
        shown_apart = 0 if self.shown.is_symlink() else 1
        for number in self._numbers()[: -(KEPT - shown_apart)]:
            self._remove(number)

    def _remove(self, number: int) -> None:
        """Remove a set at one stroke, so that none is ever half there; one with more is left.

        Of a set that another user made, what cannot be removed stays under a name of its own.
        """
        if ours.foreign_in(self._set(number)):
            return
        names = (self.home / f"{REMOVED}-{one}" for one in itertools.count(1))
        removed = next(name for name in names if not os.path.lexists(name))
        with contextlib.suppress(OSError):
            os.rename(self._set(number), removed)
            shutil.rmtree(removed, ignore_errors=True)


def _was_removed(name: str) -> PublishError:
    from reviewlib.schema.codes import CODES  # here: it takes its time

    said = CODES[PublishError.code]
    return PublishError(
        said.zh.format(detail="输出文件夹在运行期间被移走、删除或替换"),
        said.en.format(detail_en="the output folder was removed or replaced during the run."),
        where=name, fix_zh="。请勿在运行期间改动输出文件夹，然后重新运行。",
        fix_en="Leave the output folder alone while a run works, and run again.",
    )  # fmt: skip


def _cannot_be_written(name: str, error: OSError) -> PublishError:
    from reviewlib.publish.faults import cannot_be_locked, cannot_be_written  # needs the schema

    say = cannot_be_locked if isinstance(error, NoLocks) else cannot_be_written
    return say(name, error)
