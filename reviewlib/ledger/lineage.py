"""Departments from one round to the next (部门沿革): renamed, merged, split, by dated predecessors.

Names are followed, not codes: a code may be given anew. A former name counts where it ceased after
the earlier round's date of facts; an undated one where no department bears it any more.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import in_roster_order

COLUMNS = ["old_code", "old_name", "new_code", "new_name", "lineage", "basis", "valid_to_on"]


def lineage(old: Review, new: Review) -> pd.DataFrame:
    """Return how the departments of two reviews belong together.

    Returns
    -------
    DataFrame
        One row per pair of an earlier and a later department, in the later protocol order, those
        that ended last: `old_code, old_name` (missing for a new one)`, new_code, new_name` (missing
        for one that ended)`, lineage` (same, renamed, merged, split, new, ended)`, basis` (the
        former name that tells)`, valid_to_on` (when it ceased).
    """
    before, after = _in_order(old), _in_order(new)
    links = [*_by_name(before, after)]
    links += _by_former_name(old, new, before, after, links)
    successors, ancestors = _counts(links, 0), _counts(links, 1)
    rows = [
        {
            "old_code": code, "old_name": _name(before, code), "new_code": later,
            "new_name": _name(after, later), "basis": basis, "valid_to_on": ceased,
            "lineage": _kind(code, later, basis, successors, ancestors),
        }
        for code, later, basis, ceased in [*links, *_alone(before, after, links)]
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame = frame.astype(dict.fromkeys(COLUMNS, "str") | {"valid_to_on": "datetime64[us]"})
    places = {code: n for n, code in enumerate(after["dept_code"])}
    earlier = {code: n for n, code in enumerate(before["dept_code"])}
    keyed = frame.assign(_new=frame["new_code"].map(places).astype("float64"),
                         _old=frame["old_code"].map(earlier).astype("float64"))  # fmt: skip
    ordered = keyed.sort_values(["_new", "_old"], kind="stable", na_position="last")
    return ordered[COLUMNS].reset_index(drop=True)


def _in_order(review: Review) -> pd.DataFrame:
    return in_roster_order(review.departments.dropna(subset="dept_code"))


def _names_of(departments: pd.DataFrame) -> dict[str, str]:
    """Return dept_code by every full and short name."""
    return {
        name: row.dept_code
        for row in departments.itertuples()
        for name in (row.full_name, row.short_name)
        if isinstance(name, str)
    }


def _by_name(before: pd.DataFrame, after: pd.DataFrame) -> list[tuple]:
    """Departments that bear a name they bore before."""
    earlier = _names_of(before)
    links = []
    for row in after.itertuples():
        codes = [earlier[n] for n in (row.full_name, row.short_name) if n in earlier]
        if codes:
            links.append((codes[0], row.dept_code, None, pd.NaT))
    return links


def _by_former_name(
    old: Review, new: Review, before: pd.DataFrame, after: pd.DataFrame, known: list[tuple]
) -> list[tuple]:
    """Departments that come from one which bore, in the earlier round, a name that has ceased."""
    earlier, present = _names_of(before), _names_of(after)
    paired = {(code, later) for code, later, *_ in known}
    links: dict[tuple[str, str], tuple] = {}
    for name, later, ceased in _former_names(new, after):
        code = earlier.get(name)
        is_dated = pd.notna(ceased) and ceased > pd.Timestamp(old.settings.cutoff_on)
        is_gone = pd.isna(ceased) and name not in present
        if code and (is_dated or is_gone) and (code, later) not in paired:
            links.setdefault((code, later), (code, later, name, ceased))
    return list(links.values())


def _former_names(review: Review, departments: pd.DataFrame):
    """Yield (name, dept_code, valid to) of aliases that are former names, then predecessors."""
    aliases = review.dept_aliases[review.dept_aliases["alias_kind"] == "former"]
    for row in aliases.dropna(subset=["alias", "dept_code"]).itertuples():
        yield row.alias, row.dept_code, row.valid_to_on
    for row in departments.dropna(subset="predecessors").itertuples():
        for name in row.predecessors.replace("；", "、").replace(";", "、").split("、"):
            yield name.strip(), row.dept_code, pd.NaT


def _counts(links: list[tuple], side: int) -> dict[str, int]:
    codes = [link[side] for link in links]
    return {code: codes.count(code) for code in codes}


def _alone(before: pd.DataFrame, after: pd.DataFrame, links: list[tuple]) -> list[tuple]:
    """Departments nothing belongs to: new ones, and ones that ended."""
    followed, come = {link[0] for link in links}, {link[1] for link in links}
    return [
        *((None, code, None, pd.NaT) for code in after["dept_code"] if code not in come),
        *((code, None, None, pd.NaT) for code in before["dept_code"] if code not in followed),
    ]


def _kind(code, later, basis, successors: Mapping[str, int], ancestors: Mapping[str, int]) -> str:
    if code is None:
        return "new"
    if later is None:
        return "ended"
    if ancestors[later] > 1:
        return "merged"
    if successors[code] > 1:
        return "split"
    return "renamed" if basis else "same"


def _name(departments: pd.DataFrame, code: str | None) -> str | None:
    if code is None:
        return None
    return departments.set_index("dept_code")["short_name"].get(code)
