"""The rubric printed: indicators with their scale, deductions and bonuses, groups compared."""

from __future__ import annotations

import re

import pandas as pd

from reviewlib.rubric import Rubric, adjustment_rule, scoring_table
from reviewlib.schema.checks import CHECKS
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, Part, join
from reviewlib.show.mixed import mixed
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice
from reviewlib.terms import SUFFIXES, TERMS

_PLACE = re.compile(r"\{[^}]*\}")


def indicators_table(rubric: Rubric, dimension: str, voice: Voice, **options) -> Block:
    """Return the indicators of one dimension with weight, formula, levels and evidence."""
    printed = scoring_table(rubric, voice.lang)
    frame = printed[printed["dimension_id"] == dimension]
    cols = [
        Col("id", "编号", "No.", words.as_is),
        Col("name", "指标", "Indicator", words.as_is),
        Col("aspect", "方面", "Aspect", words.as_is),
        Col("scale", "类型", "Scale", words.as_is),
        Col("weight", "权重", "Weight", words.number),
        Col("rule", "公式、等次或分段", "Formula, levels or steps", _lines),
        Col("applies", "适用", "Applies to", words.as_is),
        Col("evidence", "佐证", "Evidence", words.as_is),
        Col("source", "依据", "Basis", mixed),
    ]
    total = {"id": voice.say("小计", "Sum"), "weight": words.number(rubric.node(dimension).weight)}
    total |= {col.name: Block("&nbsp;") for col in cols if col.name not in total}
    return table(frame, cols, lang=voice.lang, is_compact=True, total=total, **options)


def adjustments_table(rubric: Rubric, voice: Voice, **options) -> Block:
    """Return deductions and bonuses: points each, limit, and which bar the best band."""
    rows = [
        {
            "id": part.id, "name": part.label(voice.lang),
            "rule": adjustment_rule(rubric, part, voice.lang),
            "bar": voice.bands(part.bars_above, voice.lang) if part.bars_above else words.MISSING,
            "waived": voice.say("是", "Yes") if part.is_waived_by_approval else words.MISSING,
            "source": part.source,
        }
        for part in (*rubric.deductions, *rubric.bonuses)
    ]  # fmt: skip
    cols = [
        Col("id", "编号", "No.", words.as_is),
        Col("name", "内容", "What", words.as_is),
        Col("rule", "分值", "Points", words.as_is),
        Col("bar", "最高评为", "Best band left", words.as_is),
        Col("waived", "有批准文号的不扣", "Waived by approval", words.as_is),
        Col("source", "依据", "Basis", mixed),
    ]
    frame = pd.DataFrame(rows, columns=[col.name for col in cols])
    return table(frame, cols, lang=voice.lang, **options)


def diagnostics_table(rubric: Rubric, voice: Voice, **options) -> Block:
    """Return the figures that are shown beside the score and never scored."""
    frame = pd.DataFrame(
        [(part.id, part.label(voice.lang), part.text("note", voice.lang))
         for part in rubric.diagnostics], columns=["id", "name", "note"],
    )  # fmt: skip
    cols = [
        Col("id", "编号", "No.", words.as_is),
        Col("name", "诊断项", "Diagnostic", words.as_is),
        Col("note", "说明", "Note", words.as_is),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def groups_table(moderation: pd.DataFrame, groups: dict, voice: Voice, **options) -> Block:
    """Return the groups' figures side by side, with the hint where their measure may differ."""
    rows = moderation.to_dict("records")
    frame = moderation.assign(
        group=[getattr(groups[row["group_id"]], voice.lang) for row in rows],
        span=[voice.say("{a}–{b}", "{a}–{b}", a=words.score(row["total_min"]),
                        b=words.score(row["total_max"])) for row in rows],
        level_a=[voice.part_of(row["level_a_count"], row["level_count"]) for row in rows],
        hint=[voice.say("▲ 尺度差异提示", "▲ may differ") if row["is_hint"] else words.MISSING
              for row in rows],
    )  # fmt: skip
    cols = [
        Col("group", "回访组", "Visit group", words.as_is),
        Col("dept_count", "评定部门数", "Rated", words.count),
        Col("total_median", "得分中位数", "Median score", words.score),
        Col("span", "最低–最高", "Min–max", words.as_is, is_number=True),
        Col("level_a", "等次类指标评A", "Level A given", words.as_is, is_number=True),
        Col("level_median", "等次类中位数", "Median of level items", words.score),
        Col("level_gap", "与总体中位数之差", "Gap to all", words.gap),
        Col("self_gap_median", "回访减自评中位数", "Visit − self (median)", words.gap),
        Col("hint", "提示", "Hint", words.as_is),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def checks_table(rubric: Rubric, voice: Voice, **options) -> Block:
    """Return the consistency checks that the rubric counts, with what breaks each."""
    frame = pd.DataFrame(
        [(name, _check_word(name, voice)) for name in rubric.consistency_checks],
        columns=["id", "said"],
    )
    cols = [
        Col("id", "校验", "Check", words.as_is),
        Col("said", "不通过的情形（…为填报值）", "It breaks when (…: as reported)", words.as_is),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _check_word(name: str, voice: Voice) -> Part:
    """Return the sentence of a check; what a department reported stands as an ellipsis."""
    check = CHECKS.get(name)
    return words.MISSING if check is None else _PLACE.sub("…", getattr(check, voice.lang))


def terms_table(voice: Voice, **options) -> Block:
    """Return the glossary: one Chinese term, one English term, what to take care of."""
    frame = pd.DataFrame(
        [(voice.original(term.zh), term.en, term.identifier, term.care(voice.lang) or None)
         for term in TERMS], columns=["zh", "en", "identifier", "care"],
    )  # fmt: skip
    cols = [
        Col("zh", "中文", "Chinese", words.as_is),
        Col("en", "英文", "English", words.as_is),
        Col("identifier", "标识", "Identifier", words.as_is),
        Col("care", "注意", "Care", words.original),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def suffixes_table(voice: Voice, **options) -> Block:
    """Return what the endings of names in the data files mean."""
    frame = pd.DataFrame(SUFFIXES, columns=["name", "zh", "en"])
    cols = [
        Col("name", "词尾（词首）", "Ending (beginning)", words.as_is),
        Col(voice.lang, "含义", "Meaning", words.as_is),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _lines(value: str, lang: str) -> Part:
    """Return text of several lines."""
    del lang
    return join(value.split("\n"), LINE)
