"""Faults of a scoring table that no single part can show: sums, references, cycles, descriptors.

Works on the raw mapping, before it is checked part by part, and tolerates anything in it, so that
these faults and those of single parts can be reported together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault: where in the table, and what is wrong, in both languages."""

    where: str
    zh: str
    en: str


def cross_faults(raw: Mapping) -> list[Fault]:
    """List every fault between the parts of a raw rubric, in reading order."""
    return [
        *_duplicate_ids(raw), *_unknown_references(raw), *_cycles(raw), *_sums(raw),
        *_levels(raw), *_scales(raw), *_aggregations(raw), *_bands(raw),
    ]  # fmt: skip


def number(value: object) -> Decimal | None:
    """Return a raw value as Decimal, or None where it is not a finite number."""
    if isinstance(value, bool):
        return None
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        return None
    return result if result.is_finite() else None


def _parts(raw: Mapping, name: str) -> list[Mapping]:
    group = raw.get(name)
    return [part for part in group if isinstance(part, Mapping)] if _is_list(group) else []


def _is_list(value: object) -> bool:
    return isinstance(value, list | tuple)


def _ids(raw: Mapping, name: str) -> list[str]:
    return [part["id"] for part in _parts(raw, name) if isinstance(part.get("id"), str)]


def _scale(indicator: Mapping) -> Mapping:
    scale = indicator.get("scale")
    return scale if isinstance(scale, Mapping) else {}


def _duplicate_ids(raw: Mapping) -> Iterator[Fault]:
    scored = ("nodes", "indicators", "deductions", "bonuses", "diagnostics")
    for names in (scored, ("aspects",), ("bands",), ("levels",)):
        counts = Counter(found for name in names for found in _ids(raw, name))
        for found, count in counts.items():
            if count > 1:
                yield Fault(
                    f"{' / '.join(names)}: {found}",
                    f"编号 {found} 出现 {count} 次，编号应当唯一",
                    f"id {found} stands {count} times; an id must be unique",
                )


def _unknown(where: str, what_zh: str, what_en: str, found: object, known: list[str]) -> Fault:
    listed = "、".join(known) or "（无）"
    return Fault(
        where,
        f"{what_zh} {found} 不存在；已有 {listed}",
        f"{what_en} {found} does not exist; there are {', '.join(known) or '(none)'}",
    )


def _unknown_references(raw: Mapping) -> Iterator[Fault]:
    nodes, aspects = _ids(raw, "nodes"), _ids(raw, "aspects")
    bands, deductions = _ids(raw, "bands"), _ids(raw, "deductions")
    for name in ("nodes", "indicators"):
        for part in _parts(raw, name):
            parent = part.get("parent")
            if parent is not None and parent not in nodes:
                where = f"{name}[{part.get('id')}].parent"
                yield _unknown(where, "上级节点", "parent node", parent, nodes)
    for part in _parts(raw, "indicators"):
        where = f"indicators[{part.get('id')}]"
        aspect = part.get("aspect")
        if aspect is not None and aspect not in aspects:
            yield _unknown(f"{where}.aspect", "方面", "aspect", aspect, aspects)
        for case in _parts(_scale(part), "cases"):
            called = case.get("deduction")
            if called is not None and called not in deductions:
                yield _unknown(f"{where}.scale.cases[{case.get('id')}].deduction", "扣分项",
                               "deduction", called, deductions)  # fmt: skip
    for part in (*_parts(raw, "deductions"), *_parts(raw, "bonuses")):
        best = part.get("bars_above")
        if best is not None and best not in bands:
            yield _unknown(f"{part.get('id')}.bars_above", "评定档", "band", best, bands)


def _cycles(raw: Mapping) -> Iterator[Fault]:
    parents = {part.get("id"): part.get("parent") for part in _parts(raw, "nodes")}
    reported: set = set()
    for start in parents:
        path = [start]
        while parents.get(path[-1]) is not None and path[-1] not in path[:-1]:
            path.append(parents[path[-1]])
        ring = path[path.index(path[-1]):]
        if len(ring) > 1 and not reported & set(ring):
            reported |= set(ring)
            shown = " → ".join(map(str, ring))
            yield Fault(f"nodes[{ring[0]}].parent", f"节点互为上级，形成循环：{shown}",
                        f"nodes are each other's parents, a cycle: {shown}")  # fmt: skip


def _sums(raw: Mapping) -> Iterator[Fault]:
    children: dict = {}
    for name in ("nodes", "indicators"):
        for part in _parts(raw, name):
            children.setdefault(part.get("parent"), []).append(part)
    for node in _parts(raw, "nodes"):
        if node.get("id") not in children:
            yield Fault(f"nodes[{node.get('id')}]", "节点之下没有指标", "the node has no children")
    if raw.get("weights", "points") != "points":
        return
    full = number(raw.get("full_weight", 100))
    stated = {part.get("id"): number(part.get("weight")) for part in _parts(raw, "nodes")}
    for parent, parts in children.items():
        weights = [number(part.get("weight")) for part in parts]
        expected = full if parent is None else stated.get(parent)
        if None in weights or expected is None or sum(weights) == expected:
            continue
        where = "nodes" if parent is None else f"nodes[{parent}]"
        yield Fault(
            where,
            f"下级权重之和为 {sum(weights)}，应为 {expected}",
            f"the weights below add up to {sum(weights)}, not {expected}",
        )


def _levels(raw: Mapping) -> Iterator[Fault]:
    given = [part for part in _parts(raw, "levels") if part.get("is_given", True)]
    needed = [part.get("id") for part in given if not (part.get("zh") and part.get("en"))]
    known = _ids(raw, "levels")
    for indicator in _parts(raw, "indicators"):
        scale = _scale(indicator)
        if scale.get("kind") != "level":
            continue
        where = f"indicators[{indicator.get('id')}].scale.levels"
        if not given:
            yield Fault(where, "评分表没有等次表 levels", "the rubric has no levels")
        described = _ids(scale, "levels")
        for level in needed:
            if level not in described:
                yield Fault(where, f"等次 {level} 没有描述", f"level {level} has no descriptor")
        for level in described:
            if level not in known:
                yield _unknown(where, "等次", "level", level, known)
            elif described.count(level) > 1:
                yield Fault(where, f"等次 {level} 描述了多次",
                            f"level {level} is described more than once")  # fmt: skip


def _scales(raw: Mapping) -> Iterator[Fault]:
    for indicator in _parts(raw, "indicators"):
        scale, where = _scale(indicator), f"indicators[{indicator.get('id')}].scale"
        match scale.get("kind"):
            case "linear":
                yield from _goalposts(scale, where)
            case "banded":
                yield from _steps(scale, where)
            case "checklist":
                ids = _ids(scale, "items")
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
    steps, cases = _parts(scale, "steps"), _parts(scale, "cases")
    if not steps and not cases:
        yield Fault(where, "分段没有任何一档", "there are neither steps nor cases")
    ids = _ids(scale, "cases")
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


def _aggregations(raw: Mapping) -> Iterator[Fault]:
    levels = {part.get("id"): part for part in _parts(raw, "levels")}
    tables = raw.get("lookup_tables")
    tables = tables if isinstance(tables, Mapping) else {}
    known = [str(level) for level in levels]
    for name, rows in tables.items():
        for row in _parts({"rows": rows}, "rows"):
            if row.get("level") not in levels:
                yield _unknown(f"lookup_tables.{name}", "等次", "level", row.get("level"), known)
    nodes = [(f"nodes[{part.get('id')}]", part) for part in _parts(raw, "nodes")]
    total = raw.get("total")
    if isinstance(total, Mapping):
        nodes.append(("total", total))
    for where, node in nodes:
        if node.get("aggregation") == "table" and node.get("table") not in tables:
            yield _unknown(f"{where}.table", "对照表", "lookup table", node.get("table"),
                           list(tables))  # fmt: skip
        plus = node.get("plus")
        for level in {**plus}.items() if isinstance(plus, Mapping) else ():
            for end in level:
                if end not in levels:
                    yield _unknown(f"{where}.plus", "等次", "level", end, known)


def _bands(raw: Mapping) -> Iterator[Fault]:
    edges = [number(part.get("at_least")) for part in _parts(raw, "bands")]
    if None not in edges and any(a <= b for a, b in pairwise(edges)):
        yield Fault("bands", "各档应由高到低排列", "bands must run from the best down")
