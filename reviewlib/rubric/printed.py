"""The rubric as it is printed (评分表): one row per indicator, in words.

Forms and the method page print these same rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from reviewlib.rubric.base import Adjustment
from reviewlib.rubric.model import Indicator, Rubric
from reviewlib.rubric.scales import Case, Linear, Step

SCALES = {
    "ratio": ("比率", "ratio"), "linear": ("区间", "linear"), "banded": ("分段", "banded"),
    "level": ("等次", "level"), "checklist": ("清单", "checklist"),
}  # fmt: skip
RATERS = {
    "department": ("部门填报、回访核定", "department, visit"), "office": ("编办认定", "office"),
    "system": ("系统计算", "computed"),
}  # fmt: skip
"""Chinese and English words for the kinds of scale, and for who rates."""

COLUMNS = ("dimension_id", "id", "name", "aspect", "scale", "weight", "rule", "applies",
           "evidence", "source")  # fmt: skip


def scoring_table(rubric: Rubric, lang: str = "zh") -> pd.DataFrame:
    """Return the printed scoring table: one row per indicator, in rubric order.

    Returns
    -------
    DataFrame
        `dimension_id, id, name, aspect, scale` (kind of scale, and who rates where it is not the
        department)`, weight` (Decimal, full points)`, rule` (formula, then a line for every level,
        step or case; items side by side)`, applies, evidence, source`.
    """
    aspects = {part.id: part.label(lang) for part in rubric.aspects}
    rows = [
        (rubric.dimension_of(item.id).id, item.id, item.label(lang), aspects.get(item.aspect),
         scale_word(item, lang), item.weight, "\n".join(rule_lines(item, rubric, lang)),
         item.text("applies", lang), item.text("evidence", lang), item.source)
        for item in rubric.indicators
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def rule_lines(item: Indicator, rubric: Rubric, lang: str = "zh") -> Iterator[str]:
    """Yield how an indicator becomes a share: its formula, then its levels, steps or items.

    Goalposts too, where the scale is linear between two of them.
    """
    if item.text("formula", lang):
        yield item.text("formula", lang)
    if isinstance(item.scale, Linear):
        yield _goalposts(item.scale, lang)
    shares = {level.id: level.share for level in rubric.levels}
    template = "{} ({}) {}" if lang == "en" else "{}（{}）{}"
    for level in getattr(item.scale, "levels", ()):
        yield template.format(level.id, plain_number(shares[level.id]), level.label(lang))
    for part in (*getattr(item.scale, "steps", ()), *getattr(item.scale, "cases", ())):
        yield _share_line(part, lang)
    items = getattr(item.scale, "items", ())
    if items:
        yield ("; " if lang == "en" else "、").join(one.label(lang) for one in items)


def _goalposts(scale: Linear, lang: str) -> str:
    low, high = plain_number(scale.low), plain_number(scale.high)
    if lang == "en":
        return f"linear from {low} (0) to {high} (1){', of the logarithm' if scale.is_log else ''}"
    return f"从 {low}（得 0）到 {high}（得 1）按比例折算{'，先取对数' if scale.is_log else ''}"


def _share_line(part: Step | Case, lang: str) -> str:
    deduction = getattr(part, "deduction", None)
    also = "" if not deduction else f", and {deduction}" if lang == "en" else f"，并记{deduction}"
    return f"{part.label(lang)} → {plain_number(part.share)}{also}"


def scale_word(item: Indicator, lang: str = "zh") -> str:
    """Return the kind of scale, and who rates where it is not the department."""
    is_english = lang == "en"
    word = SCALES[item.scale.kind][is_english]
    if item.rater == "department":
        return word
    return f"{word}{'; ' if is_english else '，'}{RATERS[item.rater][is_english]}"


def adjustment_rule(rubric: Rubric, part: Adjustment, lang: str = "zh") -> str:
    """Return what a deduction or a bonus counts: points each, with its sign, and the limit."""
    sign = "−" if part in rubric.deductions else "+"
    each, unit = f"{sign}{plain_number(part.points_each)}", part.text("unit", lang)
    told = f"{each} per {unit}" if lang == "en" else f"每{unit}{each}分"
    if part.points_max is None:
        return told
    most = f"{sign}{plain_number(part.points_max)}"
    return told + (f", at most {most}" if lang == "en" else f"，最多{most}分")


def plain_number(number: Decimal) -> str:
    """Return a number without closing noughts and never with an exponent: 10, 0.5."""
    return f"{number.normalize():f}"
