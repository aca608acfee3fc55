"""The command line: arguments in, exit status out; the work is done by the rooms.

One file per command; `app` holds them together, `status` says what they end with. Progress goes to
stderr, results to stdout.
"""

from __future__ import annotations

import os  # and nothing that Python has not loaded by itself
import sys
from collections.abc import Sequence

from reviewlib.cli.streams import open_streams

__all__ = ["main"]

_SPOKEN = "REVIEWLIB_SPOKEN"
"""Tells a command that was started again in which encoding to speak; it is not done twice."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status."""
    spoken = os.environ.pop(_SPOKEN, "")
    open_streams(spoken)
    if not spoken:
        _read_names_as_utf8()
    _leave_out_current_folder()
    os.environ["OPENPYXL_LXML"] = "False"  # where lxml is installed, workbooks get other bytes
    from reviewlib.cli.app import main as run  # here: nothing may be imported before that

    run(arguments)


def _read_names_as_utf8() -> None:
    """Start again in UTF-8 where the locale (GBK, POSIX) would spell names of files otherwise.

    Then a folder gives the same names, and so the same reports, whatever the locale. Python is told
    so by an option, which it hears where it hears no variables (`-E`, `-I`), and of two options the
    first counts. Where it cannot be started again, names are spelt as in the locale.
    """
    if os.name != "posix" or sys.flags.utf8_mode or sys.getfilesystemencoding() == "utf-8":
        return
    again = [sys.executable or "", "-X", "utf8=1", *sys.orig_argv[1:]]
    try:
        os.execve(again[0], again, os.environ | {_SPOKEN: sys.stdout.encoding})
    except OSError:
        return


def _leave_out_current_folder() -> None:
    """Take the current directory off the import path: data may lie there, and `pandas.py` too.

    It stays where it is our own place, as in a clone.
    """
    try:
        here = os.path.realpath(".")
    except OSError:  # it is no longer there
        return
    if not os.path.realpath(__file__).startswith(os.path.join(here, "reviewlib", "")):
        sys.path[:] = [place for place in sys.path if os.path.realpath(place) != here]
