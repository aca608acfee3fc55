"""`reviewlib check`: read, clean, check; list data issues; write workbooks to send back."""

from __future__ import annotations

from pathlib import Path

import click

from reviewlib.cli.status import DONE, INCOMPLETE, PLACE, nearby, say
from reviewlib.processes import loading

_WRITTEN = (
    "已写出清单和 {count} 个退回修改工作簿（corrections/，错处已标注，可直接退给部门）。 "
    "Wrote the lists and {count} workbooks to send back."
)
_COULD_WRITE = (
    "加 --out D 可写出清单和退回各部门的工作簿。 With --out D the lists and the workbooks to send "
    "back are written."
)


@click.command()
@click.argument("folder", metavar="DIR", type=PLACE)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "csv"]), default="text",
    show_default=True,
    help="清单格式：文字、JSON Lines、CSV。 Form of the list.",
)  # fmt: skip
@click.option(
    "--out", metavar="D", type=PLACE,
    help="同时写出三种清单和退回修改工作簿。 Also write the lists and the correction workbooks.",
)  # fmt: skip
def check(folder: Path, form: str, out: Path | None) -> int:
    """读取核对，列出数据问题。 Read and check a review folder; list its data issues.

    退出状态 1 表示有须更正的错误。 Exit status 1: errors were found.
    """
    with loading():
        import pyarrow as pa

        from reviewlib.ledger import open_review
        from reviewlib.publish.checking import issue_list, summary, write_check
        from reviewlib.schema.codes import NOT_USED

    pa.set_memory_pool(pa.system_memory_pool())  # its own holds on to what thousands of files took
    review = open_review(folder)
    click.echo(issue_list(review.issues, form), nl=False)
    click.echo(summary(review), err=form != "text")  # the list stays whole for another program
    has_errors = review.issues["severity"].isin(NOT_USED).any()
    if out is not None:
        count = write_check(review, folder, out)
        say(_WRITTEN.format(count=count), err=form != "text")
        say(nearby(out.resolve()), err=form != "text")
    elif has_errors:
        say(_COULD_WRITE, err=True)
    return INCOMPLETE if has_errors else DONE
