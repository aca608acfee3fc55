"""`reviewlib rollback`: back to the set published before."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, PLACE, nearby, say


@click.command()
@click.argument("folder", metavar="D", type=PLACE)
def rollback(folder: Path) -> int:
    """退回上一次发布的成套报告。 Show again the set published before; D is reports/<name>."""
    from reviewlib.publish.shelf import Shelf

    shown = folder.parent.resolve() / folder.name
    back = Shelf(shown.parent, shown.name).go_back()
    say("已退回上一次发布的成套报告。 The set published before is shown again.")
    say(nearby(back / "index.html"))
    return DONE
