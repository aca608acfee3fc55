"""`reviewlib`: the group of commands, and what becomes of a fault."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Sequence

import click

from reviewlib.cli.check import check
from reviewlib.cli.compare import compare
from reviewlib.cli.forms import forms, new
from reviewlib.cli.interrupts import INTERRUPTS
from reviewlib.cli.ledger import ledger
from reviewlib.cli.rollback import rollback
from reviewlib.cli.run import run
from reviewlib.cli.score import score
from reviewlib.cli.status import INTERRUPTED, OUR_FAULT, WRONG_USE, say, status_of, words_of

PASS_ON = "程序出错，请转告维护人员以上内容。 A fault of ours: pass this on."
STOPPED = "已中断，原有报告未受影响。 Interrupted; earlier reports stand."
STOPPED_AFTERWARDS = (
    "收尾时中断，新的成套报告已发布。 Interrupted while clearing away; the new set is published."
)


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
    INTERRUPTS.hear()
    try:
        status = reviewlib.main(arguments, prog_name="reviewlib", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        INTERRUPTS.hear_no_more()
        say(STOPPED_AFTERWARDS if INTERRUPTS.is_done() else STOPPED, err=True)
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = WRONG_USE
    except Exception as error:
        status = status_of(error)
        if status == OUR_FAULT:
            traceback.print_exc()
        say(words_of(error) if status == WRONG_USE else PASS_ON, err=True)
    INTERRUPTS.hear_no_more()
    gc.freeze()  # on its way out Python would search all that was held three times over
    sys.exit(status)
