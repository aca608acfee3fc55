"""Problems of two rounds: closed and back, persistent, new, stayed closed, not seen again."""

from __future__ import annotations

import pandas as pd
from rapidfuzz import fuzz

from reviewlib.findings import problems
from reviewlib.findings.selection import split_codes
from reviewlib.ledger.compare_words import STATE
from reviewlib.ledger.draft import bare_text, department_names
from reviewlib.review import Review

PROBLEM_COLUMNS = ["state", "old_problem_id", "new_problem_id", "category", "title", "old_status",
                   "new_status", "dept_codes", "likeness", "is_stated"]  # fmt: skip


def compared_problems(
    old: Review, new: Review, links: pd.DataFrame, similar_from: int
) -> pd.DataFrame:
    """Pair the problems of two rounds: by the id the later ledger names, else by likeness.

    What a round rejected is no problem of it.
    """
    before, after = (found[found["status"] != "rejected"] for found in map(problems, (old, new)))
    pairs = _stated(before, after, new)
    pairs |= _alike(before, after, pairs, old, new, links, similar_from)
    rows = [_row(None, row, pairs) if row["problem_id"] not in pairs else
            _row(_by_id(before, pairs[row["problem_id"]][0]), row, pairs)
            for row in after.to_dict("records")]  # fmt: skip
    matched = {code for code, *_ in pairs.values()}
    rows += [_row(row, None, pairs) for row in before.to_dict("records")
             if row["problem_id"] not in matched]  # fmt: skip
    text = dict.fromkeys(PROBLEM_COLUMNS, "str")
    frame = pd.DataFrame(rows, columns=PROBLEM_COLUMNS).astype(
        text | {"likeness": "Int64", "is_stated": "boolean"}
    )
    order = frame["state"].map({code: n for n, code in enumerate(STATE.codes)})
    ordered = frame.assign(_order=order).sort_values("_order", kind="stable", ignore_index=True)
    return ordered.drop(columns="_order")


def _by_id(frame: pd.DataFrame, problem_id: str) -> dict:
    return frame[frame["problem_id"] == problem_id].iloc[0].to_dict()


def _stated(before: pd.DataFrame, after: pd.DataFrame, new: Review) -> dict[str, tuple]:
    """Return the pairs the later ledger itself names: new id → (old id, likeness, is stated)."""
    stated = new.problems.dropna(subset="previous_problem_id")
    known = set(before["problem_id"])
    return {
        row.problem_id: (row.previous_problem_id, 100, True)
        for row in stated.itertuples()
        if row.previous_problem_id in known and row.problem_id in set(after["problem_id"])
    }


def _alike(before, after, stated: dict, old: Review, new: Review, links, from_: int) -> dict:
    """Pair problems of one category about the same departments whose titles read alike."""
    names = [*department_names(new), *department_names(old)]
    followed = links.dropna(subset=["old_code", "new_code"])
    later = followed.groupby("old_code")["new_code"].agg(set).to_dict()
    taken = {code for code, *_ in stated.values()}
    candidates = []
    for one in before[~before["problem_id"].isin(taken)].to_dict("records"):
        mapped = {code for dept in split_codes(one["dept_codes"]) for code in later.get(dept, ())}
        for other in after[~after["problem_id"].isin(stated)].to_dict("records"):
            shares = mapped & set(split_codes(other["dept_codes"]))
            if one["category"] == other["category"] and shares:
                titles = (bare_text(row["title"], names) for row in (one, other))
                likeness = round(fuzz.ratio(*titles))
                candidates.append((-likeness, one["problem_id"], other["problem_id"]))
    pairs: dict[str, tuple] = {}
    for negative, earlier, newer in sorted(candidates):
        if -negative >= from_ and newer not in pairs and earlier not in taken:
            pairs[newer] = (earlier, -negative, False)
            taken.add(earlier)
    return pairs


def _row(before: dict | None, after: dict | None, pairs: dict) -> dict:
    told = after or before
    _, likeness, is_stated = pairs.get(after["problem_id"], (None, None, None)) if after else (
        None, None, None)  # fmt: skip
    return {
        "state": _state(before, after),
        "old_problem_id": before and before["problem_id"],
        "new_problem_id": after and after["problem_id"],
        "category": told["category"], "title": told["title"],
        "old_status": before and before["status"], "new_status": after and after["status"],
        "dept_codes": told["dept_codes"], "likeness": likeness, "is_stated": is_stated,
    }  # fmt: skip


def _state(before: dict | None, after: dict | None) -> str:
    if before is None:
        return "new"
    if after is None:
        return "stayed_closed" if before["is_closed"] else "not_seen"
    return "came_back" if before["is_closed"] else "persistent"
