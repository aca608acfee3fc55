"""The command line: arguments in, exit status out; the work is done by the rooms.

One file per command; `app` holds them together, `status` says what they end with. Progress goes to
stderr, results to stdout.
"""

from __future__ import annotations

import os  # and nothing that Python has not loaded by itself
import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    _leave_out_current_folder()
    os.environ["OPENPYXL_LXML"] = "False"  # where lxml is installed, workbooks get other bytes
    from reviewlib.cli.app import main as run  # here: nothing may be imported before that

    run(arguments)


def _leave_out_current_folder() -> None:
    """Take the current directory off the import path: data may lie there, and `pandas.py` too.

    It stays where it is our own place, as in a clone.
    """
    here = os.path.realpath(".")
    if not os.path.realpath(__file__).startswith(os.path.join(here, "reviewlib", "")):
        sys.path[:] = [place for place in sys.path if os.path.realpath(place) != here]
