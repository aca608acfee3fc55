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
    _open_streams()
    _read_names_as_utf8()
    _leave_out_current_folder()
    os.environ["OPENPYXL_LXML"] = "False"  # where lxml is installed, workbooks get other bytes
    from reviewlib.cli.app import main as run  # here: nothing may be imported before that

    run(arguments)


def _open_streams() -> None:
    """Give a command that was started without input, output or errors (`2>&-`) empty ones.

    Else the next file opened would be taken for one of them.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 - it stays
            setattr(sys, name, stream)


def _read_names_as_utf8() -> None:
    """Start again in UTF-8 where the locale (GBK, POSIX) would spell names of files otherwise.

    Then a folder gives the same names, and so the same reports, whatever the locale.
    """
    if os.name != "posix" or sys.flags.utf8_mode or sys.getfilesystemencoding() == "utf-8":
        return
    spoken = {"PYTHONUTF8": "1", "PYTHONIOENCODING": f"{sys.stdout.encoding}:backslashreplace"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | spoken)


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
