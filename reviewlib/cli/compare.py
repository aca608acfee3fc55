"""`reviewlib compare`: two reviews of one district side by side."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, INCOMPLETE, PLACE, nearby, say


@click.command()
@click.argument("old", metavar="OLD", type=PLACE)
@click.argument("new", metavar="NEW", type=PLACE)
@click.option("--out", metavar="D", type=PLACE,
              help="同时发布对比页和数据。 Also publish pages and frames below D.")  # fmt: skip
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True,
              help="语言 language of the text.")  # fmt: skip
def compare(old: Path, new: Path, out: Path | None, lang: str) -> int:
    """两轮对比：评定、指标、问题延续和部门沿革。 Two rounds: what moved, what came back."""
    from reviewlib import ledger
    from reviewlib.publish.comparing import comparison_shelf, publish_comparison
    from reviewlib.show.compare_text import comparison_text

    shelf = comparison_shelf(old, new, out) if out else None
    before, review = ledger.open_review(old), ledger.open_review(new)
    similar_from = ledger.load_taxonomy(new).rule.similar_from
    comparison = ledger.compare(before, review, similar_from=similar_from)
    click.echo(comparison_text(comparison, review, lang))
    if shelf is None:
        return DONE
    published = publish_comparison(before, review, comparison, shelf)
    for one in published.withheld:
        say(f"未能制作 withheld: {one.report.href}: {one.reason(lang)}")
    if published.withheld:
        say(f"运行日志 log: {nearby(published.log)}")
    say(nearby(published.index))
    return DONE if published.is_complete else INCOMPLETE
