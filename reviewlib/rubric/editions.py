"""Two editions of a scoring table side by side: what was added, taken out, changed."""

from __future__ import annotations

import pandas as pd

from reviewlib.rubric.model import Rubric

PARTS = ("levels", "bands", "aspects", "nodes", "indicators", "deductions", "bonuses",
         "diagnostics")  # fmt: skip
"""Lists of parts that have ids."""

COLUMNS = ["part", "id", "field", "kind", "old", "new"]


def compare(old: Rubric, new: Rubric) -> pd.DataFrame:
    """List how a newer edition differs from an older one.

    Returns
    -------
    DataFrame
        One row per difference: `part` (rubric, levels, nodes, indicators …)`, id, field` (such as
        weight or scale.levels[A].zh)`, kind` (added, removed, changed, moved)`, old, new` (as
        text). Parts stand in the order of the newer edition, those taken out at the end of theirs.
    """
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    rows = []
    for field in after:
        if field not in PARTS:
            rows += _changes("rubric", "", field, before.get(field), after[field])
    for part in PARTS:
        rows += _of_parts(part, before[part], after[part])
    return pd.DataFrame(rows, columns=COLUMNS)


def _of_parts(part: str, before: list[dict], after: list[dict]) -> list[tuple]:
    known = {item["id"]: item for item in before}
    rows = []
    for item in after:
        name = item["id"]
        if name not in known:
            rows.append((part, name, "", "added", "", item["zh"]))
            continue
        for field, value in item.items():
            rows += _changes(part, name, field, known[name].get(field), value)
    kept = {item["id"] for item in after}
    rows += [(part, name, "", "removed", item["zh"], "")
             for name, item in known.items() if name not in kept]  # fmt: skip
    stay_before = [name for name in known if name in kept]
    stay_after = [item["id"] for item in after if item["id"] in known]
    if stay_before != stay_after:
        rows.append((part, "", "", "moved", " ".join(stay_before), " ".join(stay_after)))
    return rows


def _changes(part: str, name: str, field: str, before: object, after: object) -> list[tuple]:
    """Go down into tables and lists until single values differ."""
    if before == after or _same_number(before, after):
        return []
    if isinstance(before, dict) and isinstance(after, dict):
        keys = list(dict.fromkeys([*after, *before]))
        return [row for key in keys
                for row in _changes(part, name, f"{field}.{key}", before.get(key), after.get(key))]
    if _has_ids(before) and _has_ids(after):
        old, new = ({item["id"]: item for item in items} for items in (before, after))
        return [row for key in dict.fromkeys([*new, *old])
                for row in _changes(part, name, f"{field}[{key}]", old.get(key), new.get(key))]
    kind = "added" if before is None else "removed" if after is None else "changed"
    return [(part, name, field, kind, _text(before), _text(after))]


def _has_ids(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(v, dict) and "id" in v for v in value)


def _same_number(before: object, after: object) -> bool:
    """Decimals are text in JSON: 6 and 6.0 are the same weight."""
    try:
        return isinstance(before, str) and isinstance(after, str) and float(before) == float(after)
    except ValueError:
        return False


def _text(value: object) -> str:
    return "" if value is None else str(value)
