"""`reviewlib ledger draft|merge|status`: from findings to closure."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from reviewlib.cli.status import DONE, INCOMPLETE, PLACE, nearby, say

FOLDER = click.argument("folder", metavar="DIR", type=PLACE)
LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
    help="语言 language.",
)  # fmt: skip
DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def ledger() -> None:
    """台账：提出建议稿、并入副本、查看情况。 The ledger: draft, merge, status."""


@ledger.command()
@FOLDER
@click.option(
    "--out", metavar="F", type=PLACE,
    help="建议稿的位置，默认在评估文件夹内。 Where to write the proposals; default: in DIR.",
)  # fmt: skip
def draft(folder: Path, out: Path | None) -> int:
    """从自查、回访、对碰和评分中提出台账建议稿，由人归并裁定。

    Propose ledger rows with their evidence, in a workbook for people; the ledger is not touched.
    """
    from reviewlib import ledger as room
    from reviewlib import scoring

    review = room.open_review(folder)
    proposals = room.draft(review, scoring.score(review), room.load_taxonomy(folder))
    path = room.write_proposals(out or folder / room.PROPOSALS_FILE, proposals, review)
    say(f"提出线索 {len(proposals)} 条。 {len(proposals)} leads proposed.")
    say(nearby(path.resolve()))
    return DONE


@ledger.command()
@FOLDER
@click.argument("copies", metavar="COPY.xlsx...", nargs=-1, type=PLACE)
@click.option("--as-of", "as_of", metavar="DATE", type=DAY, required=True,
              help="并入日期，记入日志。 Date of the changes on the log.")  # fmt: skip
@click.option("--role", metavar="ROLE", required=True,
              help="经办岗位（不填姓名）。 Post of who merges, not a name.")  # fmt: skip
@LANG
def merge(folder: Path, copies: tuple[Path, ...], as_of: datetime, role: str, lang: str) -> int:
    """并入改过的台账副本；不给副本时只并入 ledger.xlsx 中的修改。

    Take in edited copies, and what was edited in place. Exit status 1: something is left to decide,
    or was not taken in.
    """
    from reviewlib import ledger as room

    result = room.merge_folder(folder, copies, as_of.date(), role)
    say(room.merge_report(result, lang))
    return DONE if result.is_settled else INCOMPLETE


@ledger.command()
@FOLDER
@click.option("--as-of", "as_of", metavar="DATE", type=DAY,
              help="核算日，代替 review.toml 中的 as_of。 Date of reckoning.")  # fmt: skip
@LANG
def status(folder: Path, as_of: datetime | None, lang: str) -> int:
    """台账情况：亮灯、变化、障碍、待裁决事项。 How the ledger stands at a date."""
    from reviewlib import ledger as room

    review = room.open_review(folder, as_of.date() if as_of else None)
    click.echo(room.status(review, lang))
    return DONE
