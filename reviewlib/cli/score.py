"""`reviewlib score`: any rubric over any units."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, PLACE, nearby, say

NOT_WRITTEN = {".xlsx", ".xls", ".json", ".parquet"}
"""Endings that would lie about a CSV."""


@click.command()
@click.argument("rubric", metavar="RUBRIC", type=PLACE)
@click.argument("inputs", metavar="INPUTS.csv", type=PLACE)
@click.option(
    "--out", metavar="F", type=PLACE,
    help="得分写入 CSV，默认显示在屏幕。 Write the scores to a CSV; default: standard output.",
)  # fmt: skip
@click.option(
    "--trace", metavar="F", type=PLACE,
    help="逐项构成写入 CSV：权重、得分率、贡献、行号。 "
    "Write how each score came about: weights, shares, contributions, lines.",
)
def score(rubric: Path, inputs: Path, out: Path | None, trace: Path | None) -> int:
    """用任一评分表给任何单位评分。 Score the units of a CSV by a rubric.

    \b
    INPUTS.csv: unit,indicator,value
      数值照写，等次写编号；空为未填，NA 为不适用；扣分、加分写项目编号和次数。
      Numbers as they are, levels by id; blank: missing, NA: not applicable; a
      deduction or bonus by its id, with the count.
      docs/examples: 人类发展指数、PEFA · the Human Development Index, PEFA.
    """
    from reviewlib.rubric import explained, read_inputs, score_csv, summary

    scores = score_csv(rubric, inputs)
    if trace is not None:
        _write(explained(scores, read_inputs(inputs, scores.rubric)), trace, is_quiet=out is None)
    if out is None:
        click.echo(_csv(summary(scores)), nl=False)
    else:
        _write(summary(scores), out)
    return DONE


def _csv(frame) -> str:
    return frame.to_csv(index=False, lineterminator="\n")


def _write(frame, path: Path, *, is_quiet: bool = False) -> None:
    """Write a CSV, with a mark so that Excel reads its Chinese, and say where it is.

    Quiet: on the error stream, since the scores go to standard output.
    """
    if path.suffix.lower() in NOT_WRITTEN:
        raise click.UsageError(f"只写 CSV，不写 {path.name}。 Only CSV is written: {path.name}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_csv(frame), encoding="utf-8-sig", newline="\n")
    say(nearby(path.resolve()), err=is_quiet)
