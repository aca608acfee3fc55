"""`reviewlib`: the group of commands, and what becomes of a fault."""

from __future__ import annotations

import gc
import signal
import sys
import time
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
from reviewlib.cli.status import INTERRUPTED, OUR_FAULT, WRONG_USE, say, status_of, words_of

PASS_ON = "程序出错，请转告维护人员以上内容。 A fault of ours: pass this on."
CLEARING_SECONDS = 3.0
"""What clearing away after an interruption may take before another one is heard."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reviewlib")
def reviewlib() -> None:
    """机构改革“回头看”：由评估文件夹生成成套报告。

    Look-back reviews of a reorganisation: from a folder of workbooks to the leaders' reports.
    """


for command in (new, forms, check, run, rollback, score, ledger, compare):
    reviewlib.add_command(command)


def _hear_interrupts() -> None:
    """Stop at the first sign; more of them while a command clears away do not disturb it."""
    heard = -CLEARING_SECONDS

    def stop(*_: object) -> None:
        nonlocal heard
        now = time.monotonic()
        if now - heard >= CLEARING_SECONDS:
            heard = now
            raise KeyboardInterrupt

    for interrupt in (signal.SIGINT, signal.SIGTERM):  # also where a parent had them ignored
        signal.signal(interrupt, stop)
    hung_up = getattr(signal, "SIGHUP", None)
    if hung_up and signal.getsignal(hung_up) != signal.SIG_IGN:  # `nohup` is to be obeyed
        signal.signal(hung_up, stop)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    _hear_interrupts()
    try:
        status = reviewlib.main(arguments, prog_name="reviewlib", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        for interrupt in (signal.SIGINT, signal.SIGTERM):
            signal.signal(interrupt, signal.SIG_IGN)  # all is cleared away; the end is near
        say("已中断，原有报告未受影响。 Interrupted; earlier reports stand.", err=True)
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = WRONG_USE
    except Exception as error:
        status = status_of(error)
        if status == OUR_FAULT:
            traceback.print_exc()
        say(words_of(error) if status == WRONG_USE else PASS_ON, err=True)
    gc.freeze()  # on its way out Python would search all that was held three times over
    sys.exit(status)
