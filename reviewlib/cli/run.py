"""`reviewlib run`: read, score and publish every report of each review folder."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

from reviewlib.cli.interrupts import INTERRUPTS
from reviewlib.cli.status import (
    DONE,
    INCOMPLETE,
    PLACE,
    WRONG_USE,
    nearby,
    say,
    status_of,
    words_of,
)
from reviewlib.errors import UsageError

if TYPE_CHECKING:
    from reviewlib.publish import Published

_STAGES = {
    "read": "读取核对 Reading",
    "score": "评分 Scoring",
    "files": "数据文件 Data files",
    "pages": "制作报告 Making pages",
    "publish": "发布 Publishing",
}
_LANGS = {"zh": ("zh",), "en": ("en",), "both": ("zh", "en")}

tqdm.monitor_interval = 0  # bars need no thread, and some users may start none


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=PLACE)
@click.option(
    "--out",
    metavar="D",
    default="reports",
    type=PLACE,
    show_default=True,
    help="输出到 D/评估文件夹名。 Publish as D/<name of DIR>.",
)
@click.option(
    "--only",
    metavar="KIND[,KIND]",
    default="",
    help="只制作这些报告 make only: overall, group, tracker, department, data_quality, "
    "method; group:G1, department:DP01.",
)
@click.option(
    "--lang",
    type=click.Choice(list(_LANGS)),
    default="zh",
    show_default=True,
    help="报告语言 language of the pages.",
)
@click.option(
    "--as-of",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="核算日，代替 review.toml 中的 as_of。 Date of reckoning.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="同时制作的报告数，默认同处理器核数。 Pages made at once; default: cores.",
)
@click.option(
    "--engine",
    type=click.Choice(["fork", "kernel"]),
    help="fork：由同一进程复制，快；kernel：每份报告一个内核。 How notebooks run; same pages.",
)
@click.option("--force", is_flag=True, help="未变化也重新制作。 Make again what has not changed.")
@click.option("--timings", is_flag=True, help="列出各环节与报告用时。 Times of stages and reports.")
def run(
    folders: tuple[Path, ...], out: Path, only: str, lang: str, as_of: datetime | None,
    jobs: int | None, engine: str | None, force: bool, timings: bool,
) -> int:  # fmt: skip
    """读取、评分并发布全部报告。 Read, score and publish every report of each review folder."""
    _check_names_differ(folders)
    options = {
        "out": out,
        "langs": _LANGS[lang],
        "only": [entry for entry in only.split(",") if entry.strip()],
        "as_of": as_of.date() if as_of else None,
        "jobs": jobs,
        "engine": engine,
        "force": force,
    }
    return max(_publish(folder, options, timings) for folder in folders)


def _check_names_differ(folders: Sequence[Path]) -> None:
    names = [folder.resolve().name for folder in folders]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UsageError(
            f"有多个评估文件夹同名：{'、'.join(twice)}",
            f"several review folders share a name: {', '.join(twice)}.",
            fix_zh="。请分次运行并用 --out 指定不同的输出文件夹。",
            fix_en="Run them one by one, each with its own --out.",
        )


def _publish(folder: Path, options: dict, timings: bool) -> int:
    """Publish one review, say what became of it, and return the exit status."""
    from reviewlib import publish  # here, so that --help does not wait for pandas
    from reviewlib.publish.ours import MANIFEST

    bars = _Bars(_Switch(options["out"].resolve() / folder.resolve().name / MANIFEST))
    INTERRUPTS.begin(bars.switch.is_made)
    try:
        published = publish.run(folder, progress=bars, **options)
    except Exception as error:
        bars.close()
        status = status_of(error)
        say(words_of(error) if status == WRONG_USE else _logged(options["out"]), err=True)
        return status
    bars.close()
    if timings:
        say(_timings(published), err=True)
    _tell(published)
    return DONE if published.is_complete else INCOMPLETE


def _tell(published: Published) -> None:
    """Say what was published, what was not, and where the way in is (the last line)."""
    pages = len(published.made) - len(published.withheld)
    if published.is_unchanged:
        say("资料未变，原有报告仍然有效。 Nothing has changed; what is published stands.")
    kept = sum(one.is_kept for one in published.made)
    zh, en = (f"，其中沿用 {kept} 页", f", {kept} taken over unchanged") if kept else ("", "")
    say(f"已发布 {pages} 页报告{zh}。 Published {pages} pages{en}.")
    for one in published.withheld:
        say(f"未能制作 withheld: {one.report.href}: {one.reason_zh} / {one.reason_en} "
            f"[{one.code}]")  # fmt: skip
    if published.unlogged:
        say(f"台账有 {published.unlogged} 处修改尚未并入日志。 Edits not on the ledger's "
            f"log: {published.unlogged}; run `reviewlib ledger merge`.")  # fmt: skip
    for file in published.refused:
        say(f"文件未采用 file not used: {file}")
    if published.withheld:
        say(f"运行日志 log: {nearby(published.log)}")
    say(nearby(published.index))


def _timings(published: Published) -> str:
    """Return the seconds of every stage, then of every report with its processor time."""
    lines = [f"{_STAGES[name]}: {seconds:.2f} s" for name, seconds in published.stages.items()]
    lines += [
        f"  {one.report.href}: {one.seconds:.2f} s, {one.work_seconds:.2f} s at work"
        for one in published.made
    ]
    return "\n".join(lines)


def _logged(out: Path) -> str:
    """Keep the traceback of a fault of ours, and say where."""
    place = _keep_log(out)
    return (f"程序出错，原有报告未受影响。日志：{place}\n"
            f"A fault of ours; earlier reports stand. Log: {place}")  # fmt: skip


def _keep_log(out: Path) -> str:
    """Write the traceback where the user will find it; to stderr where that cannot be."""
    path = out / ".sets" / "error.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # were it a link, somebody else's file would be overwritten
        path.write_text(traceback.format_exc(), encoding="utf-8")
    except OSError:
        traceback.print_exc()
        return "stderr"
    return os.fspath(path)


class _Switch:
    """Tells whether readers find the new set by now: another manifest than the one before."""

    def __init__(self, manifest: Path):
        self._manifest, self._before, self._is_near = manifest, (), False

    def comes(self) -> None:
        """See what readers find until the switch; nobody else can make one meanwhile."""
        self._before, self._is_near = self._found(), True

    def is_made(self) -> bool:
        """Tell whether the switch is made, or being made."""
        return self._is_near and self._found() != self._before

    def _found(self) -> tuple[int, ...]:
        try:
            about = os.stat(self._manifest)
        except OSError:
            return ()
        return about.st_dev, about.st_ino, about.st_mtime_ns


class _Bars:
    """One progress bar for each stage, on a terminal only."""

    def __init__(self, switch: _Switch):
        self.switch = switch
        self._stage, self._bar = "", None

    def __call__(self, stage: str, done: int, total: int, failed: int = 0) -> None:
        if stage == "publish":
            self.switch.comes()
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(total=total, desc=_STAGES[stage], file=sys.stderr, disable=None)
        if failed:
            self._bar.set_postfix_str(f"未能制作 failed: {failed}", refresh=False)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar of the last stage."""
        if self._bar is not None:
            self._bar.close()
