"""Ending processes we started, with all that they started in turn."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

import psutil

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
ADOPTS = sys.platform == "linux"
"""Whether a process can become the parent of what its children leave behind."""


def end_processes(pids: Iterable[int]) -> None:
    """Kill processes and everything below them; one that has gone already is no fault."""
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            for each in [*process.children(recursive=True), process]:
                with contextlib.suppress(psutil.Error):
                    each.kill()


def end_group(leader: int) -> None:
    """Kill what is left of a process group, also where its leader has gone."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(leader, KILL)


def end_with_parent(parent: int, sent: signal.Signals) -> None:
    """Have the system send this process a signal when the one that started it is gone (Linux).

    Strictly: when the thread that started it is.
    """
    if sys.platform != "linux":
        return
    set_death_signal = 1  # PR_SET_PDEATHSIG
    ctypes.CDLL(None).prctl(set_death_signal, sent)
    if os.getppid() != parent:  # it was gone before we asked
        signal.raise_signal(sent)


def adopt_orphans() -> None:
    """Become the parent of what our children leave behind, so that it can be found and ended."""
    if ADOPTS:
        set_child_subreaper = 36  # PR_SET_CHILD_SUBREAPER
        ctypes.CDLL(None).prctl(set_child_subreaper, 1)


def end_orphans(under_way: set[int]) -> None:
    """Kill every child of this process but those under way, and what comes to it by that."""
    while strays := _children() - under_way:
        for pid in strays:
            with contextlib.suppress(OSError):
                os.kill(pid, KILL)
                os.waitpid(pid, 0)


def _children() -> set[int]:
    """Return our children; the system's own list where it keeps one, which takes no search."""
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return {child.pid for child in psutil.Process().children()}
    return set(map(int, listed.split()))
