"""A TOML file that people write: UTF-8, not large, not nested beyond what anybody means."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from reviewlib.fingerprints import opened

LARGEST = 2**20
MOST_DOTS = 200
"""In one line: a key of so many parts is an accident, and costs gigabytes."""
LONGEST_MESSAGE = 200
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class TomlFault(ValueError):
    """What is wrong with a TOML file, in both languages (`zh`, `en`)."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.zh, self.en = zh, en


def load_toml(path: Path, parse_float: Callable[[str], object] = float) -> dict:
    """Return what a TOML file holds; a byte order mark, as older editors write it, is no fault.

    Raises
    ------
    OSError
        It cannot be opened; no plain file is never waited for.
    TomlFault
        Whatever is wrong with what is in it.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST:
            raise TomlFault(f"文件超过 {LARGEST:,} 字节", f"it has more than {LARGEST:,} bytes")
        data = file.read(LARGEST)
    if max(line.count(b".") for line in data.split(b"\n")) > MOST_DOTS:
        raise TomlFault(f"有一行多于 {MOST_DOTS} 个句点", f"a line has more than {MOST_DOTS} dots")
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=parse_float)
    except RecursionError as error:
        raise TomlFault("括号嵌套过深", "it is nested too deeply") from error
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise TomlFault(f"第 {row} 行不是 UTF-8 编码，请另存为 UTF-8",
                        f"line {row} is not UTF-8; save it as UTF-8") from error  # fmt: skip
    except ValueError as error:  # also a number of thousands of digits
        message = str(error)[:LONGEST_MESSAGE]
        raise TomlFault(_place_of(message), message) from error


def _place_of(message: str) -> str:
    """Say in Chinese where the parser stopped; why, it says in English only."""
    place = _PLACE.search(message)
    if place is None:
        return "写法有误，可能缺少右引号或右括号"
    return "第 {} 行第 {} 列附近写法有误，请核对引号、括号和等号".format(*place.groups())
