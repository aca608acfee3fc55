"""The feedback sheet of one department (部门反馈单): its own values, and nobody else's.

Of others it shows only the median of its like, and in a mismatch what the other side states. It
travels alone, so it links to no other page.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import vocabularies as v
from reviewlib.scoring import Scores
from reviewlib.show import words
from reviewlib.show.blocks import (
    Block,
    Outline,
    Part,
    bullets,
    join,
    key_figures,
    note,
    nothing,
    paragraph,
    sentences,
    subhead,
)
from reviewlib.show.found import find
from reviewlib.show.page import page_head
from reviewlib.show.sentences.sheet import (
    adjusted,
    not_applicable,
    receipt,
    standing,
    to_do,
    to_return,
)
from reviewlib.show.sentences.sheet import strengths as strength_items
from reviewlib.show.sentences.trace import (
    adjustment_items,
    files_note,
    sum_sentence,
    weights_note,
)
from reviewlib.show.tables.scores import against_median, legend
from reviewlib.show.tables.sheet import replies_table, to_confirm_table, to_fix_table
from reviewlib.show.tables.transfers import mismatches_table
from reviewlib.show.tables.visits import group_name
from reviewlib.show.voice import Voice

OUTLINE = Outline(
    "department", "部门反馈单", "Department feedback sheet",
    (
        ("verdict", "总体评价", "Verdict"),
        ("strengths", "值得肯定", "Strengths"),
        ("problems", "需要整改的问题", "Problems to rectify"),
        ("indicators", "指标对照", "Indicators against the median"),
        ("data", "待贵单位确认的数据", "Data to confirm"),
        ("replies", "意见建议的答复", "Reply to your opinions"),
        ("returns", "反馈要求", "What to return and when"),
    ),
)  # fmt: skip

MOST_ISSUES = 12
"""Data issues on the sheet; the rest stand in the workbook that goes back to the department."""


def head(review: Review, *, department: str, lang: str) -> Block:
    """Return the head of the sheet."""
    voice = Voice.of(review, lang, is_linked=False)
    title = voice.say("部门反馈单：{name}", "Feedback sheet: {name}", name=voice.name(department))
    return page_head(
        review, OUTLINE, lang, title=title, scope=_scope(review, department, voice), is_public=False
    )


def _scope(review: Review, department: str, voice: Voice) -> Block:
    own = find.coverage(review, department=department)
    if own.empty:
        return voice.say("名册中没有该部门", "this department is not on the roster")
    row = own.iloc[0]
    mode = voice.label(v.MODE, row["mode"])
    if row["mode"] == "visit":
        group = group_name(review.settings.groups, row["group_id"], voice.lang)
        return voice.say(
            "{mode}（{group}），只含贵单位数据", "{mode} ({group}); your department's data only",
            mode=mode, group=group,
        )  # fmt: skip
    return voice.say("{mode}，只含贵单位数据", "{mode}; your department's data only", mode=mode)


def verdict(review: Review, scores: Scores, *, department: str, lang: str) -> Block:
    """Return how the department is assessed and what it has to do."""
    voice = Voice.of(review, lang, is_linked=False)
    coverage = find.coverage(review, department=department)
    totals = find.scored(review, scores, "totals", department=department)
    if coverage.empty or totals.empty:
        return OUTLINE.section("verdict", nothing(voice.say(
            "名册中没有该部门，无可反馈。", "This department is not on the roster."
        )), lang=lang)  # fmt: skip
    total = totals.iloc[0].to_dict()
    told = [standing(total, review, voice), adjusted(total, review, voice)]
    rest = [receipt(coverage.iloc[0].to_dict(), voice),
            to_do(_open_problems(review, department), len(find.to_confirm(review, department)),
                  len(find.mismatches(review, department=department)), voice)]  # fmt: skip
    return OUTLINE.section(
        "verdict", paragraph(voice.bands(total["band"], lang), class_="rl-verdict"),
        sentences([*told, *rest], lang), _score(total, review, voice), lang=lang,
    )  # fmt: skip


def _score(total: dict, review: Review, voice: Voice) -> Part:
    """Return the score as a figure, where the settings let departments see it."""
    if not review.settings.feedback.is_score_shown or words.is_missing(total["total_shown"]):
        return ""
    full = voice.say("满分{full}分", "of {full}", full=words.number(review.rubric.total.scale))
    return key_figures([(words.total(total["total_shown"]), voice.say("得分", "score"), full)])


def strengths(review: Review, scores: Scores, *, department: str, lang: str) -> Block:
    """Return at most three things done well."""
    voice = Voice.of(review, lang, is_linked=False)
    items = strength_items(find.against_peers(review, scores, department), review.rubric, voice)
    empty = nothing(voice.say("本次没有列出。", "None are listed this time."))
    return OUTLINE.section("strengths", bullets(items) if items else empty, lang=lang)


def _open_problems(review: Review, department: str) -> int:
    """Count the ledger's problems of this department that are still to be rectified."""
    frame = find.problems(review, department=department)
    return int((frame["light"].notna() & ~frame["is_closed"]).sum())


def problems(review: Review, *, department: str, lang: str) -> Block:
    """Return the problems to rectify, and findings that no problem of the ledger holds yet.

    Rejected problems are nobody's to rectify.
    """
    voice = Voice.of(review, lang, is_linked=False)
    known = find.problems(review, department=department)
    found = find.visit_findings(review, department=department)
    feedback = review.settings.feedback
    listed = to_fix_table(
        known[known["light"].notna()], found, find.rectification(review, department=department),
        voice, department=department,
        contact=feedback.contact_en if lang == "en" else feedback.contact_zh,
        caption=voice.say("需要整改的问题", "Problems to rectify"),
        empty=voice.say("台账中没有贵单位需要整改的问题。",
                        "The ledger holds no problem for your department."),
    )  # fmt: skip
    loose = found[found["merge_status"] == "unmerged"]
    told = "" if loose.empty else join((
        paragraph(voice.say("回访中另有发现，尚待归并：", "Other findings, not yet merged:")),
        bullets(voice.original(text) for text in loose["text"]),
    ))  # fmt: skip
    return OUTLINE.section("problems", listed, told, lang=lang)


def indicators(review: Review, scores: Scores, *, department: str, lang: str) -> Block:
    """Return own values against the median of the visit group, or of the self-assessed."""
    voice = Voice.of(review, lang, is_linked=False)
    items = find.against_peers(review, scores, department)
    counted = items[~items["status"].isin(["not_applicable", "pending_city"])]
    listed = against_median(
        counted, review.rubric, voice, caption=_like(items, review, voice),
        is_score_shown=review.settings.feedback.is_score_shown,
        empty=voice.say("没有可对照的指标。", "There are no indicators to compare."),
    )  # fmt: skip
    below = voice.say(
        "参评部门少于{n}家的指标不列中位数。",
        "No median where fewer than {n} departments are scored.",
        n=find.FEWEST,
    )  # fmt: skip
    return OUTLINE.section(
        "indicators", listed,
        note(join((not_applicable(items, voice), legend(voice), below, weights_note(voice),
                   files_note(counted, voice)), voice.gap)),
        _adjustments(review, scores, department, voice), lang=lang,
    )  # fmt: skip


def _adjustments(review: Review, scores: Scores, department: str, voice: Voice) -> Block:
    """Return deductions and bonuses with their cause, and, where scores are shown, the sum."""
    is_score_shown = review.settings.feedback.is_score_shown
    rows = find.scored(review, scores, "adjustments", department=department)
    told = adjustment_items(rows, review.rubric, voice, is_score_shown=is_score_shown)
    totals = find.scored(review, scores, "totals", department=department)
    summed = [sum_sentence(total, review.rubric, voice) for total in totals.to_dict("records")
              if is_score_shown]
    title = subhead(voice.say("扣分与加分", "Deductions and bonuses")) if told else Block()
    return join((title, bullets(told), *(paragraph(one) for one in summed if one)))


def _like(items: pd.DataFrame, review: Review, voice: Voice) -> Block:
    if items.empty or items["mode"].iloc[0] == "self":
        return voice.say("与单位自评部门的中位数对照", "Against the median of the self-assessed")
    group = group_name(review.settings.groups, items["group_id"].iloc[0], voice.lang)
    return voice.say("与{group}的中位数对照", "Against the median of {group}",
                     group=group)  # fmt: skip


def data(review: Review, *, department: str, lang: str) -> Block:
    """Return the cells to correct or check, and both statements of each mismatch."""
    voice = Voice.of(review, lang, is_linked=False)
    asked = find.to_confirm(review, department)
    differing = find.mismatches(review, department=department)
    if asked.empty and differing.empty:
        return OUTLINE.section("data", nothing(voice.say(
            "没有待确认的数据。", "There is nothing to confirm."
        )), lang=lang)  # fmt: skip
    more = len(asked) - MOST_ISSUES
    below = voice.say(
        "另有{n}处，见随附的退回修改工作簿。",
        "{n} more stand in the workbook returned with this sheet.",
        n=more,
    ) if more > 0 else ""  # fmt: skip
    cells = to_confirm_table(
        asked.head(MOST_ISSUES), voice, below=below,
        caption=voice.say("请更正或核对的单元格", "Cells to correct or check"),
    ) if len(asked) else ""  # fmt: skip
    sides = mismatches_table(
        differing, voice, places_of=department, is_compact=True,
        caption=voice.say("与对方单位填报不一致的事项", "Where the other side says otherwise"),
    ) if len(differing) else ""  # fmt: skip
    return OUTLINE.section("data", cells, sides, lang=lang)


def replies(review: Review, *, department: str, lang: str) -> Block:
    """Return what became of the department's opinions."""
    voice = Voice.of(review, lang, is_linked=False)
    listed = replies_table(
        find.opinions(review, department=department), voice,
        caption=voice.say("意见建议的处理", "What became of your opinions"),
        empty=voice.say("贵单位未提出意见建议。", "Your department put forward no opinions."),
    )  # fmt: skip
    return OUTLINE.section("replies", listed, lang=lang)


def returns(review: Review, *, department: str, lang: str) -> Block:
    """Return what to send back, by when, and whom to ask."""
    voice = Voice.of(review, lang, is_linked=False)
    coverage = find.coverage(review, department=department)
    asked = (find.to_confirm(review, department),
             find.mismatches(review, department=department))  # fmt: skip
    told = to_return(
        review, voice, is_returned=bool(coverage["is_returned"].any()),
        has_problems=_open_problems(review, department) > 0, has_data=any(map(len, asked)),
    )  # fmt: skip
    return OUTLINE.section("returns", bullets(told), lang=lang)
