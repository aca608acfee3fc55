"""The annexes of the overall report (附件), numbered in their order."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import in_roster_order
from reviewlib.schema import vocabularies as v
from reviewlib.scoring import Scores
from reviewlib.show import words
from reviewlib.show.blocks import Block, bullets, element, join, paragraph, subhead
from reviewlib.show.found import find
from reviewlib.show.pages.matters import mismatches_part, opinions_part
from reviewlib.show.pages.parts import of_mode
from reviewlib.show.sentences.background import limits
from reviewlib.show.sentences.fairness import fairness_note
from reviewlib.show.tables import Col, table
from reviewlib.show.tables.counts import staffing_table
from reviewlib.show.tables.scores import departments_table
from reviewlib.show.tables.severity import raw_and_adjusted_table
from reviewlib.show.tables.visits import roster_table
from reviewlib.show.voice import Voice


def annexes(review: Review, scores: Scores, lang: str) -> list[Block]:
    """Return every annex with its numbered heading."""
    voice = Voice.of(review, lang)
    parts = (
        ("涉改部门名册", "Roster of departments", _roster(review, voice)),
        ("评分表", "Rubric", _rubric(review, voice)),
        ("各部门评分（仅限内部）", "Scores by department (internal only)",
         _scores(review, scores, voice)),
        ("双方对碰不一致清单", "List of two-sided mismatches",
         mismatches_part(find.mismatches(review), voice)),
        ("编制配备表（限制范围）", "Staffing table (restricted)", _staffing(review, voice)),
        ("意见建议及处理", "Opinions and their handling",
         opinions_part(find.opinions(review), voice)),
        ("方法与局限", "Method and limits", _method(review, voice)),
    )  # fmt: skip
    return [
        join((subhead(voice.say("附件{n}　{title}", "Annex {n}: {title}", n=n,
                                title=voice.say(zh, en))), part))
        for n, (zh, en, part) in enumerate(parts, start=1)
    ]  # fmt: skip


def tracker_link(voice: Voice) -> Block:
    """Return where the tasks stand one by one."""
    link = element("a", voice.say("整改跟踪", "rectification tracker"), href="tracker.html")
    return paragraph(voice.say("逐项任务见{link}。", "Task by task: {link}.", link=link))


def _roster(review: Review, voice: Voice) -> Block:
    return roster_table(
        in_roster_order(review.departments), review.settings.groups, voice,
        caption=voice.say("按机构序列", "In protocol order"),
        empty=voice.say("名册为空。", "The roster is empty."),
    )  # fmt: skip


def _rubric(review: Review, voice: Voice) -> Block:
    cols = [
        Col("name", "维度", "Dimension"), Col("weight", "权重（分）", "Weight", words.number),
        Col("count", "指标数", "Indicators", words.count),
    ]  # fmt: skip
    rows = [
        {"name": f"{node.id} {node.en if voice.lang == 'en' else node.zh}", "weight": node.weight,
         "count": len(review.rubric.indicators_of(node.id))}
        for node in review.rubric.dimensions
    ]  # fmt: skip
    link = element("a", voice.say("评分方法页", "method page"), href="method.html")
    return table(
        pd.DataFrame(rows), cols, review.rubric.en if voice.lang == "en" else review.rubric.zh,
        voice.lang, below=voice.say("逐项指标见{link}。", "Each indicator: {link}.", link=link),
    )  # fmt: skip


def _scores(review: Review, scores: Scores, voice: Voice) -> Block:
    listed = [
        departments_table(
            of_mode(scores.totals, mode), of_mode(scores.dimensions, mode), review.rubric, voice,
            caption=voice.say("{mode}（按机构序列，不排名）", "{mode} (protocol order, no ranking)",
                              mode=voice.label(v.MODE, mode)),
            is_score_shown=True, below=more_about_dimensions(review, voice),
        )
        for mode in v.MODE.codes
        if len(of_mode(scores.totals, mode))
    ]  # fmt: skip
    return join([*listed, raw_and_adjusted_table(review, scores.totals, voice)])


def more_about_dimensions(review: Review, voice: Voice) -> str:
    """Return what the letters in the headings of an English table stand for."""
    if voice.lang == "zh":
        return ""
    return "; ".join(f"{node.id}: {node.en}" for node in review.rubric.dimensions)


def _staffing(review: Review, voice: Voice) -> Block:
    return staffing_table(
        find.staffing(review), voice,
        caption=voice.say("核定、实有、空编、超编（不相抵）",
                          "Approved, in post, vacant, over (not netted)"),
        empty=voice.say("没有编制数据。", "There are no staffing figures."),
    )  # fmt: skip


def _method(review: Review, voice: Voice) -> Block:
    link = element("a", voice.say("评分方法页", "method page"), href="method.html")
    checked = voice.say(
        "各组宽严的核对情况见{link}。", "How severe the groups were is checked on the {link}.",
        link=link,
    )  # fmt: skip
    return bullets([*limits(voice), fairness_note(review, voice), checked])
