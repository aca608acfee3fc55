"""`reviewlib new` and `reviewlib forms`: a folder to start from, and the workbooks to hand out."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, nearby


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """新建评估文件夹。 Make a new review folder: settings, rubric, roster, ledger."""
    from reviewlib.forms import new_review  # here, so that --help does not wait for pandas

    for path in new_review(folder):
        click.echo(nearby(path.resolve()))
    return DONE


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="D",
    type=click.Path(path_type=Path),
    help="输出文件夹，默认 DIR/forms。 Where to write; default DIR/forms.",
)
def forms(folder: Path, out: Path | None) -> int:
    """生成填报表样。 Write the fill-in workbooks: a return per department, one per visit group."""
    from reviewlib.forms import write_forms
    from reviewlib.intake import open_office

    settings, rubric, departments = open_office(folder)
    written = write_forms(settings, rubric, departments, out or folder / "forms")
    click.echo(f"已生成 {len(written)} 个工作簿。 Wrote {len(written)} workbooks.")
    click.echo(nearby((out or folder / "forms").resolve()))
    return DONE
