"""Two rounds side by side (两轮对比): what moved, what came back, and where no comparison holds."""

from __future__ import annotations

import pandas as pd

from reviewlib.ledger import Comparison
from reviewlib.ledger.compare_scores import moved_by_indicator, not_compared
from reviewlib.review import Review
from reviewlib.show.blocks import Block, Outline, bullets, nothing, paragraph
from reviewlib.show.page import page_head
from reviewlib.show.sentences.compare import (
    bands_sentence,
    departments_sentence,
    ended_sentence,
    indicators_sentence,
    limits_sentence,
    problems_sentence,
    rubric_sentence,
    verdict,
)
from reviewlib.show.tables.compare import (
    again_table,
    bands_table,
    departments_table,
    indicator_counts_table,
    indicators_table,
    problems_table,
    reasons_table,
    rubric_table,
)
from reviewlib.show.voice import Voice
from reviewlib.show.words import Names

OUTLINE = Outline(
    "compare", "两轮对比", "Two rounds compared",
    (
        ("summary", "摘要", "Summary"),
        ("problems", "问题延续情况", "What became of the problems"),
        ("bands", "评定变化", "Change of bands"),
        ("indicators", "指标变化", "Change of indicators"),
        ("departments", "部门沿革", "Departments renamed, merged, split"),
        ("limits", "不可比的情形", "Where no comparison holds"),
    ),
)  # fmt: skip


def head(review: Review, before: Review, *, lang: str) -> Block:
    """Return the head of the page."""
    voice = Voice.of(review, lang, is_linked=False)
    scope = voice.say(
        "上轮{b}家部门（基准日{bd}），本轮{n}家（基准日{nd}）",
        "{b} departments in the earlier round (facts as of {bd}), {n} in this one ({nd})",
        b=len(before.departments), n=len(review.departments),
        bd=voice.date(pd.Timestamp(before.settings.cutoff_on)),
        nd=voice.date(pd.Timestamp(review.settings.cutoff_on)),
    )  # fmt: skip
    title = voice.say("两轮“回头看”对比", "Two look-back reviews compared")
    return page_head(review, OUTLINE, lang, title=title, scope=scope, is_public=False)


def summary(comparison: Comparison, review: Review, *, lang: str) -> Block:
    """Return the answer: what came back, what moved, how far a comparison holds."""
    voice = Voice.of(review, lang, is_linked=False)
    told = [
        problems_sentence(comparison.problems, voice),
        bands_sentence(comparison.bands, voice),
        indicators_sentence(comparison.indicators, voice),
        departments_sentence(comparison.departments, voice),
        limits_sentence(comparison, voice),
    ]
    said = paragraph(verdict(comparison, voice), class_="rl-verdict")
    again = comparison.problems[comparison.problems["state"].isin(("came_back", "persistent"))]
    caption = voice.say("再现和持续存在的问题", "Problems that came back or persist")
    listed = again_table(again, voice, caption=caption) if len(again) else ""
    return OUTLINE.section("summary", said, bullets(told), listed, lang=lang)


def problems(comparison: Comparison, review: Review, *, lang: str) -> Block:
    """Return every problem of either round with what became of it."""
    voice, frame = Voice.of(review, lang, is_linked=False), comparison.problems
    if frame.empty:
        said = voice.say("两轮台账均无问题。", "Neither ledger holds a problem.")
        return OUTLINE.section("problems", nothing(said), lang=lang)
    listed = problems_table(
        frame, voice, caption=voice.say("两轮问题对照", "Problems of both rounds"),
        below=voice.say(
            "对照依据：台账注明“上轮问题编号”的以台账为准；其余按类别、涉及部门和名称相近度提示，由人核定。",
            "Matched by the earlier id the ledger names; others by category, departments and "
            "likeness of titles, for people to confirm.",
        ),
    )
    return OUTLINE.section("problems", listed, lang=lang)


def bands(comparison: Comparison, review: Review, *, lang: str) -> Block:
    """Return the bands of both rounds, visited and self-assessed apart, protocol order."""
    voice = Voice.of(review, lang, is_linked=False)
    parts = [
        bands_table(rows, voice, caption=caption)
        for mode, caption in (
            ("visit", voice.say("实地回访部门", "Visited departments")),
            ("self", voice.say("单位自评部门", "Self-assessed departments")),
        )
        if len(rows := comparison.bands[comparison.bands["mode"] == mode])
    ]
    return OUTLINE.section("bands", *parts, lang=lang)


def indicators(comparison: Comparison, review: Review, *, lang: str) -> Block:
    """Return the indicators that moved: how many departments each, then one by one."""
    voice, frame = Voice.of(review, lang, is_linked=False), comparison.indicators
    said = paragraph(indicators_sentence(frame, voice))
    moved = frame[frame["moved"].isin(("better", "worse"))]
    if moved.empty:
        return OUTLINE.section("indicators", said, lang=lang)
    names = {one.id: getattr(one, lang) for one in review.rubric.indicators}
    counts = indicator_counts_table(
        moved_by_indicator(frame), names, voice,
        caption=voice.say("各指标有变化的部门数", "Departments that moved, by indicator"),
    )  # fmt: skip
    listed = indicators_table(
        moved, names, voice, is_compact=True,
        caption=voice.say("得分率变化明细（机构序列）", "Each share that moved, in protocol order"),
    )  # fmt: skip
    return OUTLINE.section("indicators", said, counts, listed, lang=lang)


def departments(comparison: Comparison, review: Review, before: Review, *, lang: str) -> Block:
    """Return the departments that are not simply the same."""
    voice, frame = Voice.of(review, lang, is_linked=False), comparison.departments
    earlier = Names(before.departments)
    changed = frame[~frame["lineage"].isin(("same", "ended"))]
    listed = departments_table(
        changed, voice, earlier,
        caption=voice.say("两轮之间有变化的部门", "Departments that changed"),
    ) if len(changed) else ""  # fmt: skip
    said = paragraph(departments_sentence(frame, voice))
    ended = paragraph(ended_sentence(frame, earlier, voice))
    return OUTLINE.section("departments", said, listed, ended, lang=lang)


def limits(comparison: Comparison, review: Review, before: Review, *, lang: str) -> Block:
    """Return where figures are not compared, with the reason, and what the rubric changed."""
    voice = Voice.of(review, lang, is_linked=False)
    parts = [
        paragraph(limits_sentence(comparison, voice)),
        paragraph(rubric_sentence(comparison.rubric, before.rubric, review.rubric, voice)),
    ]
    reasons = not_compared(comparison.bands, comparison.indicators)
    if len(reasons):
        parts.append(reasons_table(
            reasons, voice, is_compact=True,
            caption=voice.say("不作对比的评定和得分率", "Bands and shares not compared"),
        ))  # fmt: skip
    if len(comparison.rubric):
        parts.append(rubric_table(
            comparison.rubric, voice,
            caption=voice.say("评分表口径变化", "What the rubric measures otherwise"),
        ))  # fmt: skip
    return OUTLINE.section("limits", *parts, lang=lang)
