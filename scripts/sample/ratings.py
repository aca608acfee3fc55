"""How departments rate themselves (自评打分), and how the visit groups rate them (评分)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from reviewlib.forms.rated import COMPUTED, ROSTER_REASON
from reviewlib.rubric import Indicator, Rubric

from .measures import ratios
from .tables import read_table, typed

OFFICE_LEVELS = {
    ("DP01", "D03"): "B", ("DP02", "D03"): "B", ("DP02", "D04"): "A", ("DP07", "D03"): "D",
    ("DP08", "D03"): "A", ("DP11", "D03"): "B",
    ("DP16", "D03"): "C", ("DP16", "D04"): "A", ("DP20", "D03"): "B", ("DP20", "D04"): "A",
}  # fmt: skip
"""What the establishment office gives the self-assessed; DP10, DP11 and DP34 still lack some."""

SPLITS = {
    ("DP24", "A09"): ("C", "D", "合并后仍分两处受理，流程未并轨，按较低等次商定"),
    ("DP26", "C10"): ("A", "C", "权责清单已调整但未经审核，公布口径理解不一，组长商定为C"),
    ("DP31", "C11"): ("B", "D", "注册安全工程师缺口明显且无补充方案，组长商定为D"),
    ("DP17", "C10"): ("A", "B", "外国专家事项未列入清单"),
    ("DP05", "C11"): ("A", "B", "新划入人员尚未轮训"),
    ("DP27", "A09"): ("C", "B", "项目管理制度仍为两套"),
    ("DP30", "C11"): ("B", "C", "优抚岗位培训计划未实施"),
    ("DP12", "D03"): ("A", "B", "原因分析以客观因素为主"),
}  # fmt: skip
"""Visits where the two scorers stood apart, and why the agreed level is what it is."""

NOT_AGREED = (("DP33", "D03"),)
"""Level items on which a group has not agreed yet."""

INSUFFICIENT = {("DP30", "C10"): "清单文本未提供", ("DP25", "A09"): "制度汇编尚未提供"}
"""Visits where the evidence did not carry a rating."""

VISIT_FOUND = {
    ("DP26", "C04"): (4, 6, "路政设施科登记的到岗人员实为借用"),
    ("DP24", "A07"): (11, 20, "广播电视类档案目录未签收"),
    ("DP15", "B03"): (6, 9, "口岸管理事项尚未衔接"),
    ("DP27", "C09"): (13.5, 17, "农田建设一项职责实际由两科分管，按部分履行"),
    ("DP31", "A07"): (6, 13, "救灾物资档案未清点"),
    ("DP18", "A03"): None,
}
"""Where the visit counted otherwise than the return; None: taken over from the return unchecked."""

OPTIMISTIC = {
    ("DP31", "A02"): 1.0, ("DP26", "A02"): 0.98, ("DP27", "A02"): 0.98, ("DP24", "C03"): 0.9,
    ("DP33", "A02"): 1.0, ("DP15", "C09"): 0.95,
}  # fmt: skip
"""Shares a department states that its own lists do not bear out."""

STAND_UP_TYPES = ("new", "rebuilt", "merged", "renamed")
INTEGRATION_TYPES = ("new", "rebuilt", "merged")
ALWAYS = ("C06", "C07", "C11", "D01", "D02", "D03")
"""Indicators that apply to every department."""


@cache
def levels() -> dict[tuple[str, str], tuple[str, str | None]]:
    """Return (own level, agreed level) by department and indicator; absent where not applicable."""
    given = {}
    for row in read_table("levels"):
        for indicator, text in list(row.items())[1:]:
            if text:
                given[row["dept_code"], indicator] = (text[0], text[1] if len(text) > 1 else None)
    return given


@dataclass(frozen=True)
class Standing:
    """What is known of one department before it is rated.

    Parameters
    ----------
    department : namedtuple
        Its row of the roster.
    counted : dict
        Numerator and denominator by indicator, where the count arises.
    levels : dict
        (own level, agreed level or None) by indicator.
    arising : frozenset of str
        Indicators that apply to it.
    """

    department: tuple
    counted: dict[str, tuple[float, float]]
    levels: dict[str, tuple[str, str | None]]
    arising: frozenset[str]


def standings(frames: dict[str, pd.DataFrame]) -> list[Standing]:
    """Return the standing of every department, in protocol order."""
    duties, bodies = frames["duty_transfers"], frames["coordination_bodies"]
    involved = {*duties["from_dept"], *duties["to_dept"]}
    hosts = set(bodies.loc[bodies["body_level"] == "party_committee", "dept_code"])
    with_sections = set(frames["internal_units"]["dept_code"])
    found = []
    for department in frames["departments"].itertuples():
        code, kind = department.dept_code, department.change_type
        counted = ratios(frames, code)
        own = {indicator: given for (dept, indicator), given in levels().items() if dept == code}
        rules = {
            "A01": kind in STAND_UP_TYPES,
            "A06": kind in INTEGRATION_TYPES or code in involved,
            "B05": code in involved,
            "B06": code in hosts,
            "C05": department.is_three_det_reissued,
            "C08": code in with_sections,
        }
        arising = {*ALWAYS, *counted, *own, *(name for name, holds in rules.items() if holds)}
        found.append(Standing(department, counted, own, frozenset(arising)))
    return found


def self_ratings(known: list[Standing], rubric: Rubric) -> pd.DataFrame:
    """Return one row per department and indicator: 34 × 31 in the sample."""
    rows = [
        _self_rating(standing, indicator) for standing in known for indicator in rubric.indicators
    ]
    return typed("self_ratings", rows)


def _self_rating(standing: Standing, indicator: Indicator) -> dict:
    code = standing.department.dept_code
    row = {
        "dept_code": code, "indicator_id": indicator.id, "indicator_text": indicator.zh,
        "answer": "reported",
    }  # fmt: skip
    if indicator.id not in standing.arising:
        is_open = indicator.is_applicable(standing.department._asdict())
        reason = "本单位不涉及" if is_open else ROSTER_REASON
        return row | {"answer": "not_applicable", "not_applicable_reason": reason}
    if indicator.rater == "system":
        return row | {"evidence_ref": COMPUTED}
    row["evidence_ref"] = indicator.evidence_zh
    if indicator.id in standing.levels:
        return row | {"level": standing.levels[indicator.id][0]}
    if indicator.id not in standing.counted:
        return row
    num, den = standing.counted[indicator.id]
    share = OPTIMISTIC.get((code, indicator.id), round(num / den, 3))
    return row | {"stated_share": share, "stated_points": _points(indicator, share)}


def _points(indicator: Indicator, share: float) -> float:
    return round(float(indicator.weight) * share + 1e-9, 1)


def visit_scores(known: list[Standing], rubric: Rubric) -> pd.DataFrame:
    """Return one row per visited department and indicator: 25 × 31 in the sample."""
    rows = [
        _visit_score(standing, indicator, rubric)
        for standing in known
        if standing.department.mode == "visit"
        for indicator in rubric.indicators
    ]
    return typed("visit_scores", rows)


def _visit_score(standing: Standing, indicator: Indicator, rubric: Rubric) -> dict:
    department = standing.department
    key = (department.dept_code, indicator.id)
    row = {
        "group_id": department.group_id, "dept_code": department.dept_code,
        "dept_name": department.short_name, "indicator_id": indicator.id,
        "indicator_text": indicator.zh, "answer": "reported",
    }  # fmt: skip
    if not indicator.is_applicable(department._asdict()):
        return row | {"answer": "not_applicable", "comment": ROSTER_REASON}
    row["scored_on"] = "2025-07-21"
    if indicator.id not in standing.arising:
        return row | {"answer": "not_applicable"}
    if key in INSUFFICIENT:
        return row | {"answer": "insufficient", "comment": INSUFFICIENT[key]}
    if indicator.rater == "system":
        return row | {"comment": COMPUTED}
    if indicator.id in standing.levels:
        return row | _level_score(key, standing.levels[indicator.id][1], indicator, rubric)
    return row | _counted_score(key, standing.counted.get(indicator.id), indicator)


def _level_score(key, agreed: str, indicator: Indicator, rubric: Rubric) -> dict:
    scorer_1, scorer_2, comment = SPLITS.get(key, (agreed, agreed, None))
    evidence = {"evidence_ref": indicator.evidence_zh.split("、")[0]}
    scorers = {"scorer_1": scorer_1, "scorer_2": scorer_2, "comment": comment} | evidence
    if key in NOT_AGREED:
        return scorers | {"comment": "两人意见相近，座谈记录补齐后再商定"}
    share = next(float(level.share) for level in rubric.levels if level.id == agreed)
    return scorers | {"agreed": agreed, "stated_points": _points(indicator, share)}


def _counted_score(key, counted: tuple[float, float] | None, indicator: Indicator) -> dict:
    """Numerator and denominator as counted on the spot; the rest is taken from the return."""
    found = VISIT_FOUND.get(key, counted)
    if found is None:
        return {}
    num, den, *comment = found
    return {
        "num": float(num), "den": float(den), "comment": comment[0] if comment else None,
        "stated_points": _points(indicator, float(num) / float(den)),
    }  # fmt: skip


def moderations() -> pd.DataFrame:
    """Return the office's ratings of the self-assessed, and the ratings settled after visits."""
    office = [
        {
            "dept_code": code, "indicator_id": indicator, "stage": "moderated",
            "answer": "reported", "level": level, "role": "区委编办监督检查科",
            "reason": "对照自评材料和座谈情况认定", "dated_on": "2025-07-24",
        }
        for (code, indicator), level in OFFICE_LEVELS.items()
    ]  # fmt: skip
    return typed("moderations", office + read_table("settled_ratings"))
