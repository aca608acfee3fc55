"""Faults of scales: levels without descriptor, goalposts, steps that overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from reviewlib.rubric.raw import Fault, ids_of, number, parts_of, scale_of, unknown


def scale_faults(raw: Mapping) -> Iterator[Fault]:
    """List the faults of all scales of a raw rubric."""
    yield from _levels(raw)
    yield from _scales(raw)


def _levels(raw: Mapping) -> Iterator[Fault]:
    given = [part for part in parts_of(raw, "levels") if part.get("is_given", True)]
    needed = [part.get("id") for part in given if not (part.get("zh") and part.get("en"))]
    known = ids_of(raw, "levels")
    for indicator in parts_of(raw, "indicators"):
        scale = scale_of(indicator)
        if scale.get("kind") != "level":
            continue
        where = f"indicators[{indicator.get('id')}].scale.levels"
        if not given:
            yield Fault(where, "评分表没有等次表 levels", "the rubric has no levels")
        described = ids_of(scale, "levels")
        for level in needed:
            if level not in described:
                yield Fault(where, f"等次 {level} 没有描述", f"level {level} has no descriptor")
        for level in described:
            if level not in known:
                yield unknown(where, "等次", "level", level, known)
            elif described.count(level) > 1:
                yield Fault(where, f"等次 {level} 描述了多次",
                            f"level {level} is described more than once")  # fmt: skip


def _scales(raw: Mapping) -> Iterator[Fault]:
    for indicator in parts_of(raw, "indicators"):
        scale, where = scale_of(indicator), f"indicators[{indicator.get('id')}].scale"
        match scale.get("kind"):
            case "linear":
                yield from _goalposts(scale, where)
            case "banded":
                yield from _steps(scale, where)
            case "checklist":
                ids = ids_of(scale, "items")
                if len(set(ids)) < len(ids):
                    yield Fault(f"{where}.items", "清单项编号重复", "an item id stands twice")


def _goalposts(scale: Mapping, where: str) -> Iterator[Fault]:
    low, high = number(scale.get("low")), number(scale.get("high"))
    if low is None or high is None:
        return
    if low == high:
        yield Fault(where, f"两端相同：{low}", f"both goalposts are {low}")
    if scale.get("is_log") and min(low, high) <= 0:
        yield Fault(
            where,
            f"取对数时两端应大于 0，现为 {low}、{high}",
            f"goalposts of a log scale must be above 0, found {low} and {high}",
        )


def _steps(scale: Mapping, where: str) -> Iterator[Fault]:
    steps, cases = parts_of(scale, "steps"), parts_of(scale, "cases")
    if not steps and not cases:
        yield Fault(where, "分段没有任何一档", "there are neither steps nor cases")
    ids = ids_of(scale, "cases")
    if len(set(ids)) < len(ids):
        yield Fault(f"{where}.cases", "情形编号重复", "a case id stands twice")
    spans = [_span(step) for step in steps]
    for i, (low, high) in enumerate(spans):
        if low > high:
            yield Fault(f"{where}.steps[{i}]", "下限高于上限", "the lower bound is above the upper")
        for j in range(i):
            if spans[j][0] <= high and low <= spans[j][1] and low <= high:
                yield Fault(f"{where}.steps[{i}]", f"与 steps[{j}] 重叠", f"overlaps steps[{j}]")


def _span(step: Mapping) -> tuple[tuple[Decimal, int], tuple[Decimal, int]]:
    """Return both ends as (number, side): an open end stands just beside its number."""
    low, high = (Decimal("-Infinity"), 0), (Decimal("Infinity"), 0)
    for name, side in (("at_least", 0), ("above", 1)):
        if (bound := number(step.get(name))) is not None:
            low = (bound, side)
    for name, side in (("at_most", 0), ("below", -1)):
        if (bound := number(step.get(name))) is not None:
            high = (bound, side)
    return low, high
