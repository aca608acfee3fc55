"""Ending processes we started, with all that they started in turn."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import psutil


def end_processes(pids: Iterable[int]) -> None:
    """Kill processes and everything below them; one that has gone already is no fault."""
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            for each in [*process.children(recursive=True), process]:
                with contextlib.suppress(psutil.Error):
                    each.kill()
