"""`reviewlib`: the group of commands, and what becomes of a fault."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Sequence

import click

from reviewlib.cli.check import check
from reviewlib.cli.compare import compare
from reviewlib.cli.forms import forms, new
from reviewlib.cli.ledger import ledger
from reviewlib.cli.rollback import rollback
from reviewlib.cli.run import run
from reviewlib.cli.score import score
from reviewlib.cli.status import INTERRUPTED, OUR_FAULT, WRONG_USE
from reviewlib.errors import ReviewError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reviewlib")
def reviewlib() -> None:
    """机构改革“回头看”：由评估文件夹生成成套报告。

    Look-back reviews of a reorganisation: from a folder of workbooks to the leaders' reports.
    """


for command in (new, forms, check, run, rollback, score, ledger, compare):
    reviewlib.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    for interrupt in (signal.SIGINT, signal.SIGTERM):  # also where a parent had them ignored
        signal.signal(interrupt, signal.default_int_handler)
    try:
        status = reviewlib.main(arguments, prog_name="reviewlib", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("已中断，原有报告未受影响。 Interrupted; earlier reports stand.", err=True)
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = WRONG_USE
    except ReviewError as error:
        click.echo(str(error), err=True)
        status = WRONG_USE
    except Exception:
        traceback.print_exc()
        click.echo("程序出错，请转告维护人员以上内容。 A fault of ours: pass this on.", err=True)
        status = OUR_FAULT
    sys.exit(status)
