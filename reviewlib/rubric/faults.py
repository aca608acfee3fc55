"""Faults of a scoring table that no single part can show: ids, references, cycles, sums, bands.

Works on the raw mapping, before it is checked part by part, and tolerates anything in it, so that
these faults and those of single parts can be reported together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from reviewlib.rubric.faults_nodes import node_faults
from reviewlib.rubric.faults_scales import scale_faults
from reviewlib.rubric.raw import Fault, ids_of, number, parts_of, scale_of, unknown


def cross_faults(raw: Mapping) -> list[Fault]:
    """List every fault between the parts of a raw rubric."""
    return [
        *_duplicate_ids(raw), *_unknown_references(raw), *_cycles(raw), *_sums(raw), *_bands(raw),
        *scale_faults(raw), *node_faults(raw),
    ]  # fmt: skip


def _duplicate_ids(raw: Mapping) -> Iterator[Fault]:
    scored = ("nodes", "indicators", "deductions", "bonuses", "diagnostics")
    for names in (scored, ("aspects",), ("bands",), ("levels",)):
        counts = Counter(found for name in names for found in ids_of(raw, name))
        for found, count in counts.items():
            if count > 1:
                yield Fault(
                    f"{' / '.join(names)}: {found}",
                    f"编号 {found} 出现 {count} 次，编号应当唯一",
                    f"id {found} stands {count} times; an id must be unique",
                )


def _unknown_references(raw: Mapping) -> Iterator[Fault]:
    nodes, aspects = ids_of(raw, "nodes"), ids_of(raw, "aspects")
    bands, deductions = ids_of(raw, "bands"), ids_of(raw, "deductions")
    for name in ("nodes", "indicators"):
        for part in parts_of(raw, name):
            parent = part.get("parent")
            if parent is not None and parent not in nodes:
                where = f"{name}[{part.get('id')}].parent"
                yield unknown(where, "上级节点", "parent node", parent, nodes)
    for part in parts_of(raw, "indicators"):
        where = f"indicators[{part.get('id')}]"
        aspect = part.get("aspect")
        if aspect is not None and aspect not in aspects:
            yield unknown(f"{where}.aspect", "方面", "aspect", aspect, aspects)
        for case in parts_of(scale_of(part), "cases"):
            called = case.get("deduction")
            if called is not None and called not in deductions:
                yield unknown(f"{where}.scale.cases[{case.get('id')}].deduction", "扣分项",
                               "deduction", called, deductions)  # fmt: skip
    for part in (*parts_of(raw, "deductions"), *parts_of(raw, "bonuses")):
        best = part.get("bars_above")
        if best is not None and best not in bands:
            yield unknown(f"{part.get('id')}.bars_above", "评定档", "band", best, bands)


def _cycles(raw: Mapping) -> Iterator[Fault]:
    parents = {part.get("id"): part.get("parent") for part in parts_of(raw, "nodes")}
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
        for part in parts_of(raw, name):
            children.setdefault(part.get("parent"), []).append(part)
    for node in parts_of(raw, "nodes"):
        if node.get("id") not in children:
            yield Fault(f"nodes[{node.get('id')}]", "节点之下没有指标", "the node has no children")
    if raw.get("weights", "points") != "points":
        return
    full = number(raw.get("full_weight", 100))
    stated = {part.get("id"): number(part.get("weight")) for part in parts_of(raw, "nodes")}
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


def _bands(raw: Mapping) -> Iterator[Fault]:
    edges = [number(part.get("at_least")) for part in parts_of(raw, "bands")]
    if None not in edges and any(a <= b for a, b in pairwise(edges)):
        yield Fault("bands", "各档应由高到低排列", "bands must run from the best down")
