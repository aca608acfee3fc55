"""What departments sent, opened to be sent back: in processes of their own, within limits."""

from __future__ import annotations

from collections.abc import Callable

from reviewlib.limited import MEMORY, SECONDS, LimitedProcess


class SentFiles:
    """Opens files; leaving it ends the processes."""

    def __init__(self):
        self._processes: dict[Callable, LimitedProcess] = {}

    def __enter__(self) -> SentFiles:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            process.end()

    def ask(self, function: Callable, *arguments: object) -> object:
        """Return what a function of ours gives.

        Raises
        ------
        Lost
            It takes more than it may, or its process dies.
        """
        process = self._processes.setdefault(function, LimitedProcess(function, SECONDS, MEMORY))
        return process.work(*arguments)
