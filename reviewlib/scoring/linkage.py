"""Can the visit groups be compared at all (可比性): only through departments they rated in common.

Groups that rated different departments are not linked: whether a gap lies in the departments or in
the judges cannot be told, by any model. Then scores are compared within a group only.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import in_roster_order


@dataclass(frozen=True)
class Linkage:
    """Which visit groups are linked through common departments.

    Parameters
    ----------
    components : tuple of tuple of str
        Visit groups that are linked with one another, in the order of the settings.
    common : DataFrame
        One row per department of which several groups rated the same items: `dept_code,
        group_ids` (joined by ;)`, group_count`.
    min_common : int
        So many common departments every group needs before severity is worked out.
    """

    components: tuple[tuple[str, ...], ...]
    common: pd.DataFrame
    min_common: int

    @property
    def is_linked(self) -> bool:
        """Whether all groups that rated anything are linked, and there are at least two."""
        return len(self.components) == 1 and len(self.components[0]) > 1

    @property
    def is_enough(self) -> bool:
        """Whether each is linked by enough departments to work severity out.

        One or two tell nothing: the group that shares least decides for all.
        """
        return self.is_linked and self.fewest >= self.min_common

    @property
    def fewest(self) -> int:
        """How many common departments the group has that has the fewest."""
        rated = self.common["group_ids"].str.split(";").explode().value_counts()
        return min((int(rated.get(code, 0)) for part in self.components for code in part),
                   default=0)  # fmt: skip

    def sentence(self, lang: str = "zh") -> str:
        """Say in words a leader understands what may be compared."""
        return _SENTENCES[self._case][lang].format(
            n=len(self.common), fewest=self.fewest, least=self.min_common
        )

    @property
    def _case(self) -> str:
        if sum(map(len, self.components)) < 2:
            return "single" if self.components else "none"
        if not self.is_linked:
            return "unlinked" if self.common.empty else "partly"
        return "linked" if self.is_enough else "few"


_SENTENCES = {
    "none": {
        "zh": "还没有回访组评分，无从比较。",
        "en": "No visit group has rated yet, so there is nothing to compare.",
    },
    "single": {
        "zh": "只有一个回访组评分，不存在组间尺度差异。",
        "en": "Only one visit group rated, so there is no difference between groups.",
    },
    "unlinked": {
        "zh": "各组评的是不同的部门，组间分数高低分不清是部门差异还是尺度差异，只能组内比较。",
        "en": "The groups rated different departments. Whether a gap between groups lies in the "
        "departments or in the judges cannot be told: compare within a group only.",
    },
    "partly": {
        "zh": "有{n}个部门由几个组共同评定，但没有把所有组连起来，组间仍不可比，只能组内比较。",
        "en": "{n} department(s) were rated in common, but they do not link all groups: compare "
        "within a group only.",
    },
    "few": {
        "zh": "与别组共同评定的部门，最少的组只有{fewest}个，少于{least}个，不足以测算尺度差异，"
        "只能组内比较。",
        "en": "The group with the fewest departments rated in common has {fewest}, fewer than "
        "{least}: too few to work a difference in severity out. Compare within a group only.",
    },
    "linked": {
        "zh": "各组共同评定了{n}个部门，可以测算尺度差异；原始分照旧列出，不被替换。",
        "en": "The groups rated {n} departments in common, so that their severity can be worked "
        "out; raw scores stand beside it and are never replaced.",
    },
}


def linkage(review: Review) -> Linkage:
    """Return which visit groups are linked through departments they rated in common."""
    rated = _rated(review)
    active = {code for items in rated.values() for code in items}
    groups = [code for code in review.settings.groups if code in active]
    neighbours = {code: {code} for code in groups}
    rows = []
    for dept_code, items in rated.items():
        members = _members(items, groups)
        for code in members:
            neighbours[code] |= set(members)
        if len(members) > 1:
            rows.append((dept_code, ";".join(members), len(members)))
    common = pd.DataFrame(rows, columns=["dept_code", "group_ids", "group_count"])
    least = review.settings.fairness.common_departments_min
    return Linkage(_components(groups, neighbours), common, least)


def _members(items: dict[str, set[str]], groups: list[str]) -> list[str]:
    """Return the groups that rated one department, if there is an item which all of them rated."""
    members = [code for code in groups if code in items]
    return members if members and set.intersection(*(items[code] for code in members)) else []


def _rated(review: Review) -> dict[str, dict[str, set[str]]]:
    """Return, by department in protocol order and by visit group, the items that it rated."""
    roster = in_roster_order(review.departments)["dept_code"]
    rows = review.visit_scores
    entered = rows[["agreed", "num", "raw_value"]].notna().any(axis=1)
    told = rows.loc[entered, ["dept_code", "group_id", "indicator_id"]].dropna()
    rated: dict[str, dict[str, set[str]]] = {code: {} for code in roster}
    for dept_code, group_id, indicator_id in told.itertuples(index=False, name=None):
        if dept_code in rated:
            rated[dept_code].setdefault(group_id, set()).add(indicator_id)
    return rated


def _components(groups: list[str], neighbours: dict[str, set]) -> tuple[tuple[str, ...], ...]:
    left, found = list(groups), []
    while left:
        reached, front = {left[0]}, {left[0]}
        while front:
            front = set().union(*(neighbours[code] for code in front)) - reached
            reached |= front
        found.append(tuple(code for code in groups if code in reached))
        left = [code for code in left if code not in reached]
    return tuple(found)
