"""`reviewlib score`: any rubric over any units."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, nearby


@click.command()
@click.argument("rubric", metavar="RUBRIC", type=click.Path(path_type=Path))
@click.argument("inputs", metavar="INPUTS.csv", type=click.Path(path_type=Path))
@click.option(
    "--out", metavar="F", type=click.Path(path_type=Path),
    help="写入文件，默认显示在屏幕。 Write to a file; default: standard output.",
)  # fmt: skip
def score(rubric: Path, inputs: Path, out: Path | None) -> int:
    """用任一评分表给任何单位评分。 Score the units of a CSV by a rubric."""
    from reviewlib.rubric import score_csv, summary

    text = summary(score_csv(rubric, inputs)).to_csv(index=False, lineterminator="\n")
    if out is None:
        click.echo(text, nl=False)
        return DONE
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8-sig", newline="\n")
    click.echo(nearby(out.resolve()))
    return DONE
