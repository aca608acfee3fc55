"""The method page (评分方法): how it was done, the rubric in full, and what it cannot say."""

from __future__ import annotations

import re

from reviewlib.review import Review
from reviewlib.schema import vocabularies as v
from reviewlib.scoring import Scores, linkage
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    box,
    bullets,
    element,
    join,
    key_figures,
    note,
    paragraph,
    sentences,
    subhead,
)
from reviewlib.show.found import find
from reviewlib.show.page import page_head
from reviewlib.show.pages.agreement import agreement_part
from reviewlib.show.sentences import method as said
from reviewlib.show.sentences import rules
from reviewlib.show.sentences.fairness import hint_sentence, linkage_sentence
from reviewlib.show.sentences.lights import light_rules
from reviewlib.show.tables.rubric import (
    adjustments_table,
    checks_table,
    diagnostics_table,
    groups_table,
    indicators_table,
    suffixes_table,
    terms_table,
)
from reviewlib.show.tables.severity import severity_table
from reviewlib.show.voice import DATA_QUALITY, Voice

OUTLINE = Outline(
    "method", "评分方法", "Method",
    (
        ("summary", "一页说明", "In one page"),
        ("scope", "工作闭环、范围与进度", "Closed loop, scope and timetable"),
        ("modes", "两种回访方式", "Two modes"),
        ("rubric", "评分表", "The rubric"),
        ("adjustments", "扣分、加分与诊断", "Deductions, bonuses, diagnostics"),
        ("total", "总分、评定与取整", "Total, bands and rounding"),
        ("missing", "缺报口径", "What is missing"),
        ("checks", "双方对碰与一致性校验", "Two sides and consistency checks"),
        ("fairness", "不排名与尺度核对", "No ranking, and whether groups judge alike"),
        ("lights", "红黄绿灰灯", "Lights"),
        ("terms", "术语", "Terms"),
        ("limits", "局限", "Limits"),
    ),
)  # fmt: skip


_BY_LETTER = re.compile(r"[SFP]\b")
"""A basis given as S, F or P, perhaps with words behind it."""


def head(review: Review, *, lang: str) -> Block:
    """Return the head of the page."""
    voice = Voice.of(review, lang)
    scope = voice.say("评分表版次{edition}", "rubric edition {edition}",
                      edition=review.rubric.edition)  # fmt: skip
    return page_head(review, OUTLINE, lang, title=voice.say("评分方法", "Method"), scope=scope)


def summary(review: Review, *, lang: str) -> Block:
    """Return the method on one page."""
    voice, rubric = Voice.of(review, lang), review.rubric
    weights = [
        voice.say("{name}：{n}项指标，{weight}分", "{name}: {many}, {weight} points",
                  name=node.label(lang), weight=words.number(node.weight),
                  n=len(rubric.indicators_of(node.id)),
                  many=words.plural(len(rubric.indicators_of(node.id)), "indicator"))
        for node in rubric.dimensions
    ]  # fmt: skip
    return OUTLINE.section(
        "summary", paragraph(said.rubric_sentence(rubric, voice), class_="rl-verdict"),
        key_figures(_figures(review, voice)), bullets(weights),
        subhead(voice.say("评定分档", "Bands")), bullets(said.bands_list(rubric, voice)),
        note(said.status_sentence(rubric, voice)), lang=lang,
    )  # fmt: skip


def _figures(review: Review, voice: Voice) -> list[tuple]:
    rubric, departments = review.rubric, review.departments
    visit, own = (int((departments["mode"] == mode).sum()) for mode in v.MODE.codes)
    return [
        (words.count(len(rubric.indicators)), voice.say("指标", "indicators"),
         voice.say("等次类{n}项", "{n} by level", n=len(rubric.level_items))),
        (words.number(rubric.total.scale), voice.say("满分", "points"),
         voice.say("显示{n}位小数", "{n} decimal shown", n=rubric.total.decimals)),
        (words.count(visit), voice.say("实地回访", "visited"),
         voice.say("另有自评{n}家，不混算", "{n} self-assessed, apart", n=own)),
        (words.rate(rubric.coverage_min), voice.say("最低覆盖率", "least coverage"),
         voice.say("低于此值暂不评定", "below it: not rated")),
    ]  # fmt: skip


def scope(review: Review, *, lang: str) -> Block:
    """Return the closed loop, the two full coverages and the timetable."""
    voice = Voice.of(review, lang)
    told = sentences([said.scope_sentence(review, voice), said.expected_sentence(review, voice)],
                     lang)  # fmt: skip
    return OUTLINE.section(
        "scope", paragraph(rules.loop(voice)), told,
        subhead(voice.say("进度安排", "Timetable")),
        bullets(said.timetable(review.settings, voice)), lang=lang,
    )  # fmt: skip


def modes(review: Review, *, lang: str) -> Block:
    """Return what counts in each of the two modes."""
    told = rules.modes(review.settings, Voice.of(review, lang))
    return OUTLINE.section("modes", bullets(told), lang=lang)


def rubric(review: Review, *, lang: str) -> Block:
    """Return the rubric in full, one table per dimension."""
    voice, table = Voice.of(review, lang), review.rubric
    parts = [
        indicators_table(table, node.id, voice, caption=voice.say(
            "{id} {name}（{weight}分）", "{id} {name} ({weight} points)", id=node.id,
            name=node.label(lang), weight=words.number(node.weight),
        ))
        for node in table.dimensions
    ]  # fmt: skip
    title = paragraph(table.label(lang))
    told = [voice.say("等次后的括号内为得分率。", "The share of each level stands in brackets.")]
    if any(_BY_LETTER.match(item.source) for item in table.indicators):
        told.insert(0, rules.basis(voice))
    beside = join(told, " " if lang == "en" else "")
    section = OUTLINE.section("rubric", title, *parts, note(beside), lang=lang)
    return box(section, class_="rl-landscape")


def adjustments(review: Review, *, lang: str) -> Block:
    """Return deductions, bonuses, and figures that are shown and never scored."""
    voice, table = Voice.of(review, lang), review.rubric
    shown = voice.say("诊断项，只呈现不计分", "Diagnostics, shown and never scored")
    return OUTLINE.section(
        "adjustments",
        adjustments_table(table, voice, caption=voice.say("扣分与加分", "Deductions and bonuses"),
                          empty=voice.say("没有扣分和加分项。", "There are none.")),
        diagnostics_table(table, voice, caption=shown,
                          empty=voice.say("没有诊断项。", "There are no diagnostics.")),
        lang=lang,
    )  # fmt: skip


def total(review: Review, *, lang: str) -> Block:
    """Return how the total is made and which band it gives."""
    voice = Voice.of(review, lang)
    return OUTLINE.section(
        "total", bullets(said.total_formula(review.rubric, voice)),
        subhead(voice.say("评定分档", "Bands")), bullets(said.bands_list(review.rubric, voice)),
        lang=lang,
    )  # fmt: skip


def missing(review: Review, *, lang: str) -> Block:
    """Return what becomes of an empty answer."""
    voice = Voice.of(review, lang)
    listed = bullets(said.missing_rules(review.rubric, review.settings, voice))
    return OUTLINE.section("missing", paragraph(rules.kinds_of_empty(voice)), listed, lang=lang)


def checks(review: Review, *, lang: str) -> Block:
    """Return how both sides of a transfer are compared and which checks count."""
    voice = Voice.of(review, lang)
    link = element("a", voice.say("数据质量页", "data-quality page"), href=DATA_QUALITY)
    listed = checks_table(
        review.rubric, voice, caption=voice.say("计入数据一致性的校验", "Checks that count"),
        empty=voice.say("评分表没有列出计入的校验。", "The rubric counts no checks."),
    )  # fmt: skip
    return OUTLINE.section("checks", paragraph(rules.two_sides(voice, link)), listed, lang=lang)


def fairness(review: Review, scores: Scores, *, lang: str) -> Block:
    """Return why nobody is ranked, and a check of the groups' measure with its caveat."""
    voice, settings = Voice.of(review, lang), review.settings
    frame, limit = find.moderation(review, scores), settings.fairness.leniency_points
    listed = groups_table(
        frame, settings.groups, voice,
        caption=voice.say("各组评分尺度核对（仅在本页）", "The groups' measure (this page only)"),
        empty=voice.say("没有设回访组。", "There are no visit groups."),
    )  # fmt: skip
    told = sentences([hint_sentence(frame, settings.groups, limit, voice),
                      linkage_sentence(review, voice)], lang)  # fmt: skip
    return OUTLINE.section(
        "fairness", paragraph(rules.no_ranking(voice)), told, severity_table(review, voice), listed,
        agreement_part(review, scores, voice), lang=lang,
    )  # fmt: skip


def lights(review: Review, *, lang: str) -> Block:
    """Return the rules of the lights."""
    voice = Voice.of(review, lang)
    when = light_rules(review.settings.lights, voice)
    return OUTLINE.section(
        "lights", paragraph(rules.order_of_lights(voice)), paragraph(when), lang=lang
    )


def terms(review: Review, *, lang: str) -> Block:
    """Return the glossary."""
    voice = Voice.of(review, lang)
    endings = voice.say("数据文件中名称的词尾", "Endings of names in the data files")
    return OUTLINE.section(
        "terms", terms_table(voice, caption=voice.say("术语", "Terms")),
        suffixes_table(voice, caption=endings), lang=lang,
    )  # fmt: skip


def limits(review: Review, *, lang: str) -> Block:
    """Return what this review cannot say."""
    told = rules.limits(Voice.of(review, lang), is_proposal=review.rubric.status == "proposal",
                        are_groups_linked=linkage(review).is_enough)  # fmt: skip
    return OUTLINE.section("limits", bullets(told), lang=lang)
