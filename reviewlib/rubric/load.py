"""Read a scoring table from TOML, or say everything that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from reviewlib.errors import RubricError
from reviewlib.rubric.faults import cross_faults
from reviewlib.rubric.model import PARTS_ONLY, Rubric
from reviewlib.rubric.raw import Fault
from reviewlib.toml_file import load_toml

FAULT_WORDS = {
    "missing": ("缺少此项", "this key is missing"),
    "extra_forbidden": ("没有这一项，请核对写法", "unknown key; check its spelling"),
    "union_tag_invalid": ("未知的评分方式", "unknown scale"),
    "union_tag_not_found": ("缺少评分方式 kind", "the scale has no kind"),
    "literal_error": ("不在可选值之内", "not one of the allowed values"),
    "greater_than": ("应大于下限", "must be above its lower limit"),
    "greater_than_equal": ("低于下限", "is below its lower limit"),
    "less_than_equal": ("高于上限", "is above its upper limit"),
    "string_type": ("应为文字", "must be text"),
    "string_pattern_mismatch": ("编号不能含空格", "an id must not hold spaces"),
    "bool_type": ("应为 true 或 false", "must be true or false"),
    "bool_parsing": ("应为 true 或 false", "must be true or false"),
    "int_type": ("应为整数", "must be a whole number"),
    "int_parsing": ("应为整数", "must be a whole number"),
    "decimal_type": ("应为数字", "must be a number"),
    "decimal_parsing": ("应为数字", "must be a number"),
    "date_type": ("应为日期", "must be a date such as 2025-07-01"),
    "date_parsing": ("应为日期", "must be a date such as 2025-07-01"),
    "date_from_datetime_parsing": ("应为日期", "must be a date such as 2025-07-01"),
    "tuple_type": ("应为列表", "must be a list"),
    "model_type": ("应为一组键值", "must be a table of keys"),
    "model_attributes_type": ("应为一组键值", "must be a table of keys"),
}
"""What the kinds of fault of pydantic say in both languages; others keep its own English words."""


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
        faults = [_fault_of(fault, raw) for fault in error.errors()]
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
    except (tomllib.TOMLDecodeError, OSError) as error:
        raise RubricError(
            f"评分表不是合法的 TOML（UTF-8）：{error}", f"not valid TOML (UTF-8): {error}",
            where=path.name, fix_zh="。请改正该处后重新运行。",
            fix_en="Correct that place and run again.",
        ) from error  # fmt: skip


def _fault_of(fault: dict, raw: Mapping) -> Fault:
    zh, en = FAULT_WORDS.get(fault["type"], ("不符合要求", fault["msg"]))
    allowed = fault.get("ctx", {}).get("expected") or fault.get("ctx", {}).get("expected_tags")
    found = "" if fault["type"] == "missing" else f"{fault['input']!s:.60}"
    return Fault(
        _place(fault["loc"], raw),
        zh + (f"；可选 {allowed}" if allowed else "") + (f"（现为 {found}）" if found else ""),
        en + (f"; allowed {allowed}" if allowed else "") + (f" (found {found})" if found else ""),
    )


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
