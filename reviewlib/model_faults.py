"""What pydantic finds wrong in a file that people write, in words of both languages."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

WORDS = {
    "missing": ("缺少此项", "this key is missing"),
    "extra_forbidden": ("没有这一项，请核对写法", "unknown key; check its spelling"),
    "union_tag_invalid": ("未知的评分方式", "unknown scale"),
    "union_tag_not_found": ("缺少评分方式 kind", "the scale has no kind"),
    "literal_error": ("不在可选值之内", "not one of the allowed values"),
    "greater_than": ("应大于 {gt}", "must be above its lower limit {gt}"),
    "greater_than_equal": ("不得小于 {ge}", "is below its lower limit {ge}"),
    "less_than": ("应小于 {lt}", "must be below its upper limit {lt}"),
    "less_than_equal": ("不得大于 {le}", "is above its upper limit {le}"),
    "finite_number": ("应为有限的数字", "must be a finite number"),
    "string_type": ("应为文字（加引号）", "must be text, in quotes"),
    "string_pattern_mismatch": ("编号不能含空格", "an id must not hold spaces"),
    "bool_type": ("应为 true 或 false", "must be true or false"),
    "bool_parsing": ("应为 true 或 false", "must be true or false"),
    "int_type": ("应为整数", "must be a whole number"),
    "int_parsing": ("应为整数", "must be a whole number"),
    "int_from_float": ("应为整数", "must be a whole number"),
    "float_type": ("应为数字", "must be a number"),
    "float_parsing": ("应为数字", "must be a number"),
    "decimal_type": ("应为数字", "must be a number"),
    "decimal_parsing": ("应为数字", "must be a number"),
    "date_type": ("应为日期，如 2025-07-01", "must be a date such as 2025-07-01"),
    "date_parsing": ("应为日期，如 2025-07-01", "must be a date such as 2025-07-01"),
    "date_from_datetime_parsing": ("应为日期，如 2025-07-01", "must be a date such as 2025-07-01"),
    "date_from_datetime_inexact": ("应为日期，不带时刻", "must be a date without a time of day"),
    "tuple_type": ("应为列表", "must be a list"),
    "too_short": ("至少要有 {min_length} 项", "must hold at least {min_length}"),
    "dict_type": ("应为一组键值", "must be a table of keys"),
    "model_type": ("应为一组键值", "must be a table of keys"),
    "model_attributes_type": ("应为一组键值", "must be a table of keys"),
}
"""What its kinds of fault are in both languages; others keep its own English words."""
OURS = "of_ours"
"""The kind of fault that brings its words along, see `fault`."""
MOST_TOLD = 50
"""Faults told of one file; how many there are is said too."""


def fault(zh: str, en: str) -> PydanticCustomError:
    """Return what a validator of ours raises: a fault in words of both languages."""
    return PydanticCustomError(OURS, "{en}", {"zh": zh, "en": en})


def words_of(found: Mapping) -> tuple[str, str]:
    """Say what was expected and what was found, as (zh, en).

    Parameters
    ----------
    found : mapping
        One of `ValidationError.errors()`.
    """
    kind, context = found["type"], found.get("ctx", {})
    if kind == OURS:
        return context["zh"], context["en"]
    zh, en = WORDS.get(kind, ("不符合要求", found["msg"].replace("{", "{{").replace("}", "}}")))
    allowed = context.get("expected") or context.get("expected_tags")
    text = "" if kind == "missing" else f"{found['input']!s:.60}"
    return (
        zh.format_map(context) + (f"；可选 {allowed}" if allowed else "")
        + (f"（现为 {text}）" if text else ""),
        en.format_map(context) + (f"; allowed {allowed}" if allowed else "")
        + (f" (found {text})" if text else ""),
    )  # fmt: skip


def told(error: ValidationError) -> tuple[str, str]:
    """Say all that is wrong with a file, each fault with its key, as (zh, en)."""
    faults = error.errors()
    more = "…" if len(faults) > MOST_TOLD else ""
    keys = [".".join(map(str, one["loc"]))[:80] for one in faults[:MOST_TOLD]]
    said = [words_of(one) for one in faults[:MOST_TOLD]]
    zh = [f"{key}：{words}" if key else words for key, (words, _) in zip(keys, said, strict=True)]
    en = [f"{key}: {words}" if key else words for key, (_, words) in zip(keys, said, strict=True)]
    return "；".join(zh) + more, "; ".join(en) + more
