"""What processes of ours have in common: how they start and speak, what they may take; light."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

HEAD = struct.Struct("!Q")
LARGEST = 2**32
"""Bytes; what claims to be longer is no message."""
ALONE = ("-I", "-X", f"utf8={int(sys.getfilesystemencoding() == 'utf-8')}")
"""How Python starts for a process of ours: nothing of the user's is imported, and the names of
files are spelt as here."""


def send(stream: BinaryIO, message: object) -> None:
    """Write one message: its length, then its pickle."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(HEAD.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> object:
    """Read one message.

    Raises
    ------
    EOFError
        The other side is gone, or says what is no message.
    """
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        raise EOFError
    (length,) = HEAD.unpack(head)
    if length > LARGEST:
        raise EOFError
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


@contextlib.contextmanager
def loading() -> Iterator[None]:
    """Import what stays without looking through it for garbage meanwhile: a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def cores() -> int:
    """Return how many cores this process may use, which may be fewer than the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def limit_memory(more: int) -> None:
    """Let this process take so much more memory than it has now, where the system can say so."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, OSError, ValueError):
        return
