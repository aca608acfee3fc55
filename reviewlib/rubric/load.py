"""Read a scoring table from TOML, or say everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from reviewlib.errors import RubricError
from reviewlib.model_faults import words_of
from reviewlib.rubric.faults import cross_faults
from reviewlib.rubric.model import PARTS_ONLY, Rubric
from reviewlib.rubric.raw import Fault
from reviewlib.toml_file import TomlFault, load_toml


def load_rubric(path: str | Path) -> Rubric:
    """Read `rubric.toml`.

    Parameters
    ----------
    path : path
        A TOML file in UTF-8.

    Returns
    -------
    Rubric

    Raises
    ------
    RubricError
        The file is missing, is no TOML, or has faults; `faults` of the error lists every one.
    """
    path = Path(path)
    return parse_rubric(_read(path), where=path.name)


def parse_rubric(raw: Mapping, where: str = "rubric.toml") -> Rubric:
    """Make a rubric of a raw mapping; `RubricError` lists every fault, each with its place."""
    rubric, faults = None, []
    try:
        rubric = Rubric.model_validate(raw, context=PARTS_ONLY)
    except ValidationError as error:
        faults = [Fault(_place(one["loc"], raw), *words_of(one)) for one in error.errors()]
    faults += cross_faults(raw)
    if faults:
        raise rubric_error(faults, where)
    return rubric


MOST_TOLD, LONGEST = 100, 80
"""Faults that a message tells, and characters of a place; the error itself holds all."""


def rubric_error(faults: list[Fault], where: str) -> RubricError:
    """Make the error that lists all faults, in both languages."""
    told, more = list(enumerate(faults[:MOST_TOLD], 1)), "…" if len(faults) > MOST_TOLD else ""
    zh = "；".join(f"（{i}）{fault.where[:LONGEST]}：{fault.zh}" for i, fault in told) + more
    en = "; ".join(f"({i}) {fault.where[:LONGEST]}: {fault.en}" for i, fault in told) + more
    error = RubricError(
        f"评分表有 {len(faults)} 处不符合要求：{zh}",
        f"the rubric has {len(faults)} fault(s): {en}.",
        where=where,
        fix_zh="。请对照 docs/method.md 改正后重新运行。",
        fix_en="Correct them (docs/method.md explains each key) and run again.",
    )
    error.faults = tuple(faults)
    return error


def _read(path: Path) -> dict:
    try:
        return load_toml(path, parse_float=Decimal)
    except FileNotFoundError as error:
        raise RubricError(
            "缺少评分表", "the rubric is missing", where=path.name,
            fix_zh="。请补上该文件；data/sample/rubric.toml 可作样例。",
            fix_en="Add it; data/sample/rubric.toml is a model.",
        ) from error  # fmt: skip
    except OSError as error:
        raise RubricError(
            "评分表打不开", "the rubric cannot be opened", where=path.name,
            fix_zh="。请核对该文件及其权限。", fix_en="See to the file and its permissions.",
        ) from error  # fmt: skip
    except TomlFault as error:
        raise RubricError(
            f"评分表不是合法的 TOML（UTF-8）：{error.zh}", f"not valid TOML (UTF-8): {error.en}",
            where=path.name, fix_zh="。请改正该处后重新运行。",
            fix_en="Correct that place and run again.",
        ) from error  # fmt: skip


def _place(loc: tuple, raw: object) -> str:
    """Write a place with ids instead of positions: indicators[A04].weight."""
    text, here = "", raw
    for step in loc:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int):
            name = here.get("id") if isinstance(here, Mapping) else None
            text += f"[{name or step}]"
        elif not (isinstance(here, type(None)) and step in {"ratio", "linear", "banded", "level",
                                                            "checklist"}):  # fmt: skip
            text += f".{step}" if text else str(step)
    return text or "(whole)"
