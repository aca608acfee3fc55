"""Ctrl-C and its like: a command stops at the first sign, unless it has done its work by then."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

CLEARING_SECONDS = 3.0
"""What clearing away may take before another sign is heard."""


class Interrupts:
    """Hears the signs to stop; one that comes when the work is done only ends what would follow."""

    def __init__(self):
        self.is_done: Callable[[], bool] = lambda: False
        self._heard = -CLEARING_SECONDS
        self._is_put_off = False

    def hear(self) -> None:
        """Hear from now on."""
        for sign in (signal.SIGINT, signal.SIGTERM):  # also where a parent had them ignored
            signal.signal(sign, self._stop)
        hung_up = getattr(signal, "SIGHUP", None)
        if hung_up and signal.getsignal(hung_up) != signal.SIG_IGN:  # `nohup` is to be obeyed
            signal.signal(hung_up, self._stop)

    def hear_no_more(self) -> None:
        """Ignore further signs: all is cleared away, the end is near."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)

    def begin(self, is_done: Callable[[], bool]) -> None:
        """Begin a piece of work, unless a sign came when the one before was done.

        Parameters
        ----------
        is_done : callable
            Tells whether it is done, and stopping would only leave things lying about.
        """
        self.is_done = is_done
        if self._is_put_off:
            raise KeyboardInterrupt

    def _stop(self, *_: object) -> None:
        now = time.monotonic()
        if now - self._heard < CLEARING_SECONDS:  # more signs while a command clears away
            return
        is_first = self._heard < 0
        self._heard = now
        if is_first and self.is_done():
            self._is_put_off = True
        else:
            raise KeyboardInterrupt


INTERRUPTS = Interrupts()
