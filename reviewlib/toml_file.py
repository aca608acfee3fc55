"""A TOML file that people write: UTF-8, not large, not nested beyond what anybody means."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path

from reviewlib.fingerprints import opened

LARGEST = 2**20
MOST_DOTS = 200
"""In one line: a key of so many parts is an accident, and costs gigabytes."""
LONGEST_MESSAGE = 200


def load_toml(path: Path, parse_float: Callable[[str], object] = float) -> dict:
    """Return what a TOML file holds; a byte order mark, as older editors write it, is no fault.

    Raises
    ------
    OSError
        It cannot be opened; no plain file is never waited for.
    tomllib.TOMLDecodeError
        Whatever is wrong with what is in it.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise tomllib.TOMLDecodeError(f"more than {LARGEST:,} bytes")
        data = file.read(LARGEST)
    if max(line.count(b".") for line in data.split(b"\n")) > MOST_DOTS:
        raise tomllib.TOMLDecodeError(f"a line with more than {MOST_DOTS} dots")
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=parse_float)
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("nested too deeply") from error
    except ValueError as error:  # also no UTF-8, and a number of thousands of digits
        raise tomllib.TOMLDecodeError(str(error)[:LONGEST_MESSAGE]) from error
