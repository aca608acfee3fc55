"""Whether the visit groups judged by one measure (组间公平), in words a leader understands."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring import Linkage, linkage, severity
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice


def fairness_heading(review: Review, voice: Voice) -> tuple[Block, Block]:
    """Return `fairness_note` under its heading: groups are not compared, where they are not."""
    linked = linkage(review)
    if linked.is_enough:
        return voice.say("各组评分的尺度", "The groups' measure"), _note(review, linked, voice)
    return voice.say("各组评分不作比较", "Groups are not compared"), _note(review, linked, voice)


def fairness_note(review: Review, voice: Voice) -> Block:
    """Say why groups are not compared, or by how much each is the milder where that can be told."""
    return _note(review, linkage(review), voice)


def linkage_sentence(review: Review, voice: Voice) -> Block:
    """Say as `fairness_note` does, above the table that compares what the groups gave."""
    linked = linkage(review)
    told = _note(review, linked, voice)
    if linked.is_enough:
        return told
    hint = voice.say("下表只作提示，不作调整。", "The table is a hint; nothing is adjusted.")
    return join((told, hint), voice.gap)


def _note(review: Review, linked: Linkage, voice: Voice) -> Block:
    told = [join((linked.sentence(voice.lang),))]
    if linked.is_enough:
        told += _measured(review, voice)
    return join(told, voice.gap)


def _measured(review: Review, voice: Voice) -> list[Block]:
    """Say how far each group is from the mean of all, and what is done about it."""
    found = severity(review).dropna(subset=["adjustment"])
    if found.empty:
        return [voice.say(
            "共同评定的指标太少，仍测算不出，只能组内比较。",
            "Too few items were rated in common to work it out: compare within a group only.",
        )]  # fmt: skip
    named = [
        voice.say("{group}{gap}分", "{group} {gap}", gap=words.gap(row["severity"]),
                  group=getattr(review.settings.groups[row["group_id"]], voice.lang))
        for row in found.to_dict("records")
    ]  # fmt: skip
    told = voice.say("测算的尺度差异（正为偏宽）：{named}。",
                     "Severity (above 0: the more generous): {named}.",
                     named=join(named, voice.say("、", ", ")))  # fmt: skip
    return [told, _applied(review, voice)]


def _applied(review: Review, voice: Voice) -> Block:
    return voice.say(
        "按本次回访的设置，总分已据此（收缩后）调整，原始分并列。",
        "As this review's settings declare, totals are adjusted by it, after shrinkage; raw scores "
        "stand beside them.",
    ) if review.settings.fairness.is_severity_applied else voice.say(
        "本次回访的设置没有要求调整，总分未动。",
        "This review's settings do not ask for an adjustment; no total is changed.",
    )  # fmt: skip


def hint_sentence(moderation: pd.DataFrame, groups: dict, limit: float, voice: Voice) -> Block:
    """Name the groups whose level items lie far from the median of all.

    Parameters
    ----------
    moderation : DataFrame
        As `find.moderation` returns it.
    groups : dict of str to Group
        Names of the groups, from the settings.
    limit : float
        Points from which a hint is given.
    voice : Voice
    """
    rated = moderation[moderation["level_count"] > 0]
    if rated.empty:
        return voice.say("尚无等次评分，不作尺度核对。", "No level item is rated yet.")
    hints = rated[rated["is_hint"]]
    shown = words.number(limit)
    if hints.empty:
        return voice.say(
            "各组等次类指标的中位数与总体中位数相差都不超过{limit}分。",
            "On level items no group's median is more than {limit} points from that of all.",
            limit=shown,
        )  # fmt: skip
    named = [
        voice.say("{group}（{gap}分）", "{group} ({gap})", gap=words.gap(row["level_gap"]),
                  group=getattr(groups[row["group_id"]], voice.lang))
        for row in hints.to_dict("records")
    ]  # fmt: skip
    return voice.say(
        "尺度差异提示：{listed}等次类指标的中位数与总体中位数相差超过{limit}分。",
        "A difference of measure may exist: on level items the median of {listed} is more than "
        "{limit} points from that of all.",
        listed=voice.listed(named), limit=shown,
    )  # fmt: skip
