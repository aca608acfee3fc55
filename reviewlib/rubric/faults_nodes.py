"""Faults of aggregation: lookup tables, steps up, and children that a node cannot aggregate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewlib.rubric.raw import Fault, ids_of, is_list, number, parts_of, scale_of, unknown


def node_faults(raw: Mapping) -> Iterator[Fault]:
    """List the faults of how nodes aggregate what is below them."""
    levels, tables = ids_of(raw, "levels"), _tables(raw)
    for name, rows in tables.items():
        for row in rows:
            if row.get("level") not in levels:
                yield unknown(f"lookup_tables.{name}", "等次", "level", row.get("level"), levels)
    for where, node_id, node in _nodes(raw):
        by_table, plus = node.get("aggregation") == "table", node.get("plus")
        for end in _ends(plus):
            if end not in levels:
                yield unknown(f"{where}.plus", "等次", "level", end, levels)
        if by_table and node.get("table") not in tables:
            yield unknown(f"{where}.table", "对照表", "lookup table", node.get("table"), [*tables])
        elif by_table:
            yield from _table_faults(raw, where, node_id, tables[node["table"]])
        if by_table or plus:
            yield from _child_faults(raw, where, node_id)


def _tables(raw: Mapping) -> dict[str, list[Mapping]]:
    tables = raw.get("lookup_tables")
    if not isinstance(tables, Mapping):
        return {}
    return {name: parts_of(tables, name) for name, rows in tables.items() if is_list(rows)}


def _nodes(raw: Mapping) -> Iterator[tuple[str, object, Mapping]]:
    """Return every node and the root, with the place where it stands."""
    if isinstance(raw.get("total"), Mapping):
        yield "total", None, raw["total"]
    for node in parts_of(raw, "nodes"):
        yield f"nodes[{node.get('id')}]", node.get("id"), node


def _ends(plus: object) -> list:
    return [end for pair in plus.items() for end in pair] if isinstance(plus, Mapping) else []


def _children(raw: Mapping, node_id: object) -> list[Mapping]:
    parts = (*parts_of(raw, "nodes"), *parts_of(raw, "indicators"))
    return [part for part in parts if part.get("parent") == node_id]


def _child_faults(raw: Mapping, where: str, node_id: object) -> Iterator[Fault]:
    """Levels can be looked up and stepped up; other shares cannot."""
    for child in _children(raw, node_id):
        is_level = scale_of(child).get("kind") == "level"
        if not is_level and child.get("aggregation") not in {"table", "weakest"}:
            name = child.get("id")
            yield Fault(where, f"下级 {name} 不是按等次评定的，不能查表或升档",
                        f"{name} is not rated by level and cannot be looked up")  # fmt: skip


def _table_faults(
    raw: Mapping, where: str, node_id: object, rows: list[Mapping]
) -> Iterator[Fault]:
    """A table must have a row for every number of children and every sum of points."""
    given = [level for level in parts_of(raw, "levels") if level.get("is_given", True)]
    points = [number(level.get("points")) for level in given]
    if None in points:
        yield Fault(where, "查表的等次没有 points", "a level that is looked up has no points")
        return
    for count in range(1, len(_children(raw, node_id)) + 1):
        starts = [number(row.get("at_least")) for row in rows if row.get("count") == count]
        if not starts or None in starts or min(starts) > count * min(points, default=0):
            yield Fault(f"{where}.table", f"对照表没有 {count} 个下级的（最低）一行",
                        f"the lookup table has no row for {count} children")  # fmt: skip
        if len(set(starts)) < len(starts):
            yield Fault(f"{where}.table", f"对照表 {count} 个下级有重复的行",
                        f"the lookup table has rows twice for {count} children")  # fmt: skip
