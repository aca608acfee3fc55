"""The printed rows of indicators: self-ratings and visit scores, and what is open in each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reviewlib.forms.sheets import Row
from reviewlib.rubric import Indicator, Rubric
from reviewlib.rubric.printed import plain_number
from reviewlib.schema.returns import RUBRIC_SHEET

ROSTER_REASON = "名册信息表明不涉及"
COMPUTED = "系统计算，无需填写"
RATED_HINT = f"各指标的分值、评分规则和等次描述见“{RUBRIC_SHEET}”表"

SELF_INPUTS = (
    "answer", "level", "stated_share", "evidence_ref", "not_applicable_reason",
)  # fmt: skip
VISIT_INPUTS = (
    "answer", "raw_value", "num", "den", "scorer_1", "scorer_2", "agreed", "evidence_ref",
    "comment", "scored_on",
)  # fmt: skip
SELF_LEVELS, SELF_NUMBERS = ("level",), ("stated_share",)
VISIT_LEVELS, VISIT_NUMBERS = ("scorer_1", "scorer_2", "agreed"), ("raw_value", "num", "den")


def self_rating_row(
    rubric: Rubric, indicator: Indicator, facts: Mapping[str, object], record: Mapping | None
) -> Row:
    """Return the row in which a department rates itself on one indicator.

    What the roster excludes is filled in 不适用 and locked, what the system computes is locked; the
    others take a level or a share, as the indicator's scale asks.
    """
    printed = {"indicator_id": indicator.id, "indicator_text": indicator.zh}
    if not indicator.is_applicable(facts):
        given = {"answer": "not_applicable", "not_applicable_reason": ROSTER_REASON}
        return Row(printed | given, SELF_INPUTS)
    if indicator.rater == "system":
        given = {"answer": "reported", "evidence_ref": COMPUTED}
        return Row({**printed, **given, **(record or {})}, SELF_INPUTS)
    is_level = indicator.scale.kind == "level"
    locked = SELF_NUMBERS if is_level else SELF_LEVELS
    points = _points("level" if is_level else "stated_share", rubric, indicator)
    return Row({**printed, **(record or {})}, locked, {"stated_points": points})


def visit_score_row(
    rubric: Rubric, indicator: Indicator, department: Mapping[str, object], record: Mapping | None
) -> Row:
    """Return the row in which a visit group rates one department on one indicator."""
    printed = {
        "group_id": department["group_id"], "dept_code": department["dept_code"],
        "dept_name": department["short_name"], "indicator_id": indicator.id,
        "indicator_text": indicator.zh,
    }  # fmt: skip
    if not indicator.is_applicable(department):
        given = {"answer": "not_applicable", "comment": ROSTER_REASON}
        return Row(printed | given, VISIT_INPUTS)
    if indicator.rater == "system":
        given = {"answer": "reported", "comment": COMPUTED}
        return Row({**printed, **given, **(record or {})}, VISIT_INPUTS)
    is_level = indicator.scale.kind == "level"
    points = _points("agreed", rubric, indicator) if is_level else _ratio_points(indicator.weight)
    formulas = {} if indicator.scale.kind == "banded" else {"stated_points": points}
    locked = VISIT_NUMBERS if is_level else VISIT_LEVELS
    return Row({**printed, **(record or {})}, locked, formulas)


def _points(source: str, rubric: Rubric, indicator: Indicator) -> str:
    """Return the formula of the points: weight × share, or × the share of the chosen level."""
    cell = f"{{{source}}}"
    if indicator.scale.kind != "level":
        return f'=IF({cell}="","",ROUND({plain_number(indicator.weight)}*{cell},1))'
    shares = "0"
    for level in reversed(rubric.levels):
        shares = f'IF({cell}="{level.id}",{plain_number(level.share)},{shares})'
    return f'=IF({cell}="","",ROUND({plain_number(indicator.weight)}*{shares},1))'


def _ratio_points(weight: Decimal) -> str:
    return (
        f'=IF({{raw_value}}<>"",ROUND({plain_number(weight)}*MIN({{raw_value}},1),1),'
        f'IF(N({{den}})=0,"",ROUND({plain_number(weight)}*MIN({{num}}/{{den}},1),1)))'
    )
