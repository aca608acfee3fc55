"""How severely each visit group judges, and what that does to totals; raw scores stay beside."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring import adjusted_totals, severity
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part
from reviewlib.show.tables import Col, table
from reviewlib.show.tables.visits import group_name
from reviewlib.show.voice import Voice


def severity_table(review: Review, voice: Voice) -> Block:
    """Return one row per visit group; nothing where severity cannot be worked out."""
    found = severity(review)
    if found["adjustment"].isna().all():
        return Block()
    cols = [
        Col("group_id", "回访组", "Visit group",
            lambda code, lang: group_name(review.settings.groups, code, lang)),
        Col("common_count", "共同评定部门", "Rated in common", words.count),
        Col("severity", "尺度差异", "Severity", words.gap),
        Col("se", "标准误", "SE", words.score),
        Col("shrinkage", "收缩系数λ", "Shrinkage λ", words.number),
        Col("adjustment", "调整分", "Adjustment", words.gap),
    ]  # fmt: skip
    return table(
        found, cols,
        voice.say("各组的尺度差异（分，满分{full}）", "Severity of the groups (of {full})",
                  full=words.number(review.rubric.total.scale)),
        voice.lang, is_compact=True, below=voice.say(
            "尺度差异：在共同评定的部门上，本组评分与各组平均之差的平均，正为偏宽。"
            "λ = τ² ÷ (τ² + 标准误²)，差异越可能出于偶然，调整越小；调整分 = −λ × 尺度差异。",
            "Severity: over the departments rated in common, the mean of (this group − the mean of "
            "the groups); above 0 the milder. λ = τ² ÷ (τ² + SE²): the likelier mere chance, the "
            "smaller the adjustment, −λ × severity.",
        ),
    )  # fmt: skip


def raw_and_adjusted_table(review: Review, totals: pd.DataFrame, voice: Voice) -> Block:
    """Return raw score, adjustment, its error and the adjusted score of the visited, side by side.

    Parameters
    ----------
    totals : DataFrame
        `Scores.totals`, whether the settings ask for the adjustment or not. Where severity cannot
        be worked out the block is empty.
    """
    frame = adjusted_totals(review, totals)
    is_shown = frame["raw_total_shown"].notna() & frame["adjustment_se"].notna()
    frame = frame[(frame["mode"] == "visit") & is_shown]
    if frame.empty:
        return Block()
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("raw_total_shown", "原始分", "Raw", words.total),
        Col("raw_band", "原评定", "Raw band", voice.bands),
        Col("severity_adjustment", "尺度调整", "Adjustment", words.gap),
        Col("adjustment_se", "标准误", "SE", words.score),
        Col("total_shown", "调整后", "Adjusted", words.total),
        Col("band", "调整后评定", "Adjusted band", voice.bands),
    ]
    caption = voice.say("原始分与尺度调整对照（按机构序列，不排名）",
                        "Raw and adjusted, side by side (protocol order, no ranking)")  # fmt: skip
    return table(frame, cols, caption, voice.lang, is_compact=True, below=_which(review, voice))


def _which(review: Review, voice: Voice) -> Part:
    if review.settings.fairness.is_severity_applied:
        return voice.say("本报告采用调整后的分。", "This report uses the adjusted scores.")
    return voice.say(
        "本报告采用原始分；调整后的分仅供参考。",
        "This report uses the raw scores; the adjusted ones are for reference.",
    )
