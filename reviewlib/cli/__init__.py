"""The command line: arguments in, exit status out; the work is done by the rooms.

One file per command; `app` holds them together, `status` says what they end with. Progress goes to
stderr, results to stdout.
"""

from reviewlib.cli.app import main

__all__ = ["main"]
