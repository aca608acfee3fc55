"""Reading a raw rubric that may hold anything: what the checks between its parts have in common."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault: where in the table, and what is wrong, in both languages; the line of a CSV."""

    where: str
    zh: str
    en: str
    line: int | None = None


def number(value: object) -> Decimal | None:
    """Return a raw value as Decimal, or None where it is not a finite number."""
    if isinstance(value, bool):
        return None
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        return None
    return result if result.is_finite() else None


def parts_of(raw: Mapping, name: str) -> list[Mapping]:
    """Return the parts of a list that are tables of keys; none where it is no list."""
    group = raw.get(name)
    return [part for part in group if isinstance(part, Mapping)] if is_list(group) else []


def is_list(value: object) -> bool:
    """Tell whether a raw value is a list."""
    return isinstance(value, list | tuple)


def ids_of(raw: Mapping, name: str) -> list[str]:
    """Return the ids of the parts of a list."""
    return [part["id"] for part in parts_of(raw, name) if isinstance(part.get("id"), str)]


def scale_of(indicator: Mapping) -> Mapping:
    """Return the scale of a raw indicator; empty where it is none."""
    scale = indicator.get("scale")
    return scale if isinstance(scale, Mapping) else {}


def unknown(where: str, what_zh: str, what_en: str, found: object, known: list[str]) -> Fault:
    """Say that something is referred to which is not there."""
    listed = "、".join(known) or "（无）"
    return Fault(
        where,
        f"{what_zh} {found} 不存在；已有 {listed}",
        f"{what_en} {found} does not exist; there are {', '.join(known) or '(none)'}",
    )
