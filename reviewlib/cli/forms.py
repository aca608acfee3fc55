"""`reviewlib new` and `reviewlib forms`: a folder to start from, and the workbooks to hand out."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, PLACE, nearby, say

_NEXT = """下一步：1. 按注释修改 review.toml；2. 在 departments.xlsx 每个部门填一行；\
3. 运行 reviewlib forms {folder}。
Next: 1. edit review.toml; 2. one row for every department in departments.xlsx; \
3. run reviewlib forms {folder}."""
_BACK = """收回的自评工作簿放入 {folder}/returns，回访评分表放入 {folder}/visits，\
再运行 reviewlib check {folder}。
Put what comes back into {folder}/returns and {folder}/visits, then run reviewlib check {folder}."""


@click.command()
@click.argument("folder", metavar="DIR", type=PLACE)
def new(folder: Path) -> int:
    """新建评估文件夹。 Make a new review folder: settings, rubric, roster, ledger."""
    from reviewlib.forms import new_review  # here, so that --help does not wait for pandas

    for path in new_review(folder):
        say(nearby(path.resolve()))
    say(_NEXT.format(folder=folder), err=True)
    return DONE


@click.command()
@click.argument("folder", metavar="DIR", type=PLACE)
@click.option(
    "--out",
    metavar="D",
    type=PLACE,
    help="输出文件夹，默认 DIR/forms。 Where to write; default DIR/forms.",
)
def forms(folder: Path, out: Path | None) -> int:
    """生成填报表样。 Write the fill-in workbooks: a return per department, one per visit group."""
    from reviewlib.forms import write_forms
    from reviewlib.intake import open_office

    settings, rubric, departments = open_office(folder)
    written = write_forms(settings, rubric, departments, out or folder / "forms")
    say(f"已生成 {len(written)} 个工作簿。 Wrote {len(written)} workbooks.")
    say(nearby((out or folder / "forms").resolve()))
    say(_BACK.format(folder=folder), err=True)
    return DONE
