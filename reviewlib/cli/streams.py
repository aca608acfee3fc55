"""Input, output and errors as a command meets them: closed, full, with nobody reading, not UTF-8.

Nothing is imported here that Python has not loaded by itself.
"""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys

__all__ = ["open_streams"]


def open_streams(encoding: str = "") -> None:
    """Give a command its three streams, whatever it was started with.

    Parameters
    ----------
    encoding : str
        What the terminal is spoken to in; nothing means what Python found.
    """
    _fill_in()
    codecs.register_error(_spelt.__name__, _spelt)
    sys.stdout = _to_whoever_listens(sys.stdout, encoding, is_result=True)
    sys.stderr = _to_whoever_listens(sys.stderr, encoding, is_result=False)


def _fill_in() -> None:
    """Open the streams that a command was started without (`2>&-`).

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


def _to_whoever_listens(
    stream: io.TextIOWrapper, encoding: str, *, is_result: bool
) -> io.TextIOWrapper:
    errors = stream.errors if stream.errors != "strict" and not encoding else _spelt.__name__
    return io.TextIOWrapper(
        io.BufferedWriter(_Listened(stream, is_result)), encoding or stream.encoding, errors,
        line_buffering=stream.line_buffering or stream.write_through,
    )  # fmt: skip


def _spelt(error: UnicodeError) -> tuple[str | bytes, int]:
    """Write the name of a file as its bytes, and what else cannot be spelt as its code."""
    try:
        return codecs.lookup_error("surrogateescape")(error)
    except UnicodeError:
        return codecs.backslashreplace_errors(error)


class _Listened(io.RawIOBase):
    """A stream that may lose its reader: what is then said goes nowhere, and disturbs nobody.

    Parameters
    ----------
    stream : TextIOWrapper
        As Python opened it; it is kept, since it would be closed when nobody holds it.
    is_result : bool
        What is written may be the result itself, as in `check > list.csv`: it is a fault if the
        disk does not take it, though none if a reader has seen enough (`| head`).
    """

    def __init__(self, stream: io.TextIOWrapper, is_result: bool):
        self._stream, self._is_result = stream, is_result
        self._raw = getattr(stream.buffer, "raw", stream.buffer)
        self._is_terminal, self._is_gone = self._raw.isatty(), False

    def write(self, data: memoryview) -> int | None:
        """Write, as long as that can be done."""
        if not self._is_gone:
            try:
                return self._raw.write(data)
            except OSError as error:
                self._is_gone = True
                if self._is_result and error.errno != errno.EPIPE and not self._is_terminal:
                    raise
        return len(data)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw.isatty()

    def fileno(self) -> int:
        return self._raw.fileno()
