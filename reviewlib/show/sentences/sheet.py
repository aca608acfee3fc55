"""Sentences of a department's feedback sheet (反馈单): addressed to one department alone."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric import Rubric
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, join
from reviewlib.show.tables.scores import indicator_name, stated, status_word
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural

STRENGTH = 0.9
MOST_STRENGTHS = 3


def standing(total: dict, review: Review, voice: Voice) -> Block:
    """Say how the department is assessed, and why it is not where it is not.

    Parameters
    ----------
    total : dict
        Its row of `Scores.totals`.
    """
    if total["band"] == "not_rated":
        return _unrated(total, review, voice)
    told = voice.say(
        "贵单位评定为“{band}”，覆盖率{coverage}。",
        "Your department is assessed as {band}, with a coverage of {coverage}.",
        band=voice.bands.phrase(total["band"], voice.lang), coverage=words.rate(total["coverage"]),
    )  # fmt: skip
    if not total["is_barred"]:
        return told
    items = [review.rubric.adjustment(one) for one in str(total["bar_items"]).split(";")]
    names = voice.listed(item.en if voice.lang == "en" else item.zh for item in items)
    return join((told, voice.say(
        "因存在“{names}”情形，评定等次受限。",
        "The band is capped because of: {names}.", names=names,
    )), voice.gap)  # fmt: skip


def adjusted(total: dict, review: Review, voice: Voice) -> Block:
    """Say that the score was adjusted for the severity of the group, where it was."""
    moved = words.gap(total["severity_adjustment"])
    if moved == "0.0" or total["band"] == "not_rated":
        return Block()
    if not review.settings.feedback.is_score_shown:
        return voice.say(
            "评定已按各回访组的尺度差异作了调整。",
            "The assessment was adjusted for the severity of the visit groups.",
        )
    return voice.say(
        "得分已按各回访组的尺度差异调整{moved}分，原始分{raw}。",
        "The score was adjusted by {moved} for the severity of the visit groups; raw: {raw}.",
        moved=moved, raw=words.total(total["raw_total_shown"]),
    )  # fmt: skip


def _unrated(total: dict, review: Review, voice: Voice) -> Block:
    if words.is_missing(total["coverage"]) or float(total["coverage"]) == 0:
        return voice.say(
            "现有材料不足以评定，暂不评定。", "What has come in cannot be assessed; not rated yet."
        )
    edge = words.rate(review.rubric.coverage_min)
    if float(total["coverage"]) < float(review.rubric.coverage_min):
        return voice.say(
            "覆盖率{coverage}，低于{edge}，暂不评定。",
            "Not rated yet: coverage {coverage} is below {edge}.",
            coverage=words.rate(total["coverage"]), edge=edge,
        )  # fmt: skip
    return voice.say("材料尚未报送，暂不评定。", "Not rated yet: nothing has been returned.")


def receipt(coverage: dict, voice: Voice) -> Block:
    """Say whether and when the return came.

    Parameters
    ----------
    coverage : dict
        The department's row of `find.coverage`.
    """
    if not coverage["is_returned"]:
        return voice.say(
            "尚未收到贵单位的自评材料，请尽快报送。",
            "Your return has not been received; please send it.",
        )  # fmt: skip
    filled = voice.part_of(coverage["items_filled"], coverage["items_expected"])
    told = voice.say("自评材料已收到", "Your return was received")
    if not words.is_missing(coverage["received_on"]):
        told = voice.say("自评材料已于{day}收到", "Your return was received on {day}",
                         day=voice.date(coverage["received_on"]))  # fmt: skip
    late = coverage["late_workdays"]
    if not words.is_missing(late) and late > 0:
        told = join((told, voice.say(
            "（逾期{n}个工作日）", " ({many} late)", n=int(late),
            many=plural(int(late), "working day"),
        )))  # fmt: skip
    return join((told, voice.say("，指标填报{filled}。", "; indicators answered: {filled}.",
                                 filled=filled)))  # fmt: skip


def to_do(problems: int, issues: int, mismatches: int, voice: Voice) -> Block:
    """Say in one sentence how much the department has to do: problems, data, statements."""
    parts = [
        voice.say(zh, en, n=n)
        for n, zh, en in (
            (problems, "整改问题{n}项", "problems to rectify: {n}"),
            (issues, "待更正或核对的数据{n}处", "data to correct or check: {n}"),
            (mismatches, "与对方单位填报不一致{n}处",
             "statements that differ from the other side: {n}"),
        )
        if n
    ]  # fmt: skip
    if not parts:
        return voice.say(
            "没有需要整改的问题和待确认的数据。", "There is nothing to rectify or confirm."
        )
    listed = join(parts, voice.say("；", "; "))
    return voice.say("请办理：{parts}。", "To do: {parts}.", parts=listed)


def strengths(items: pd.DataFrame, rubric: Rubric, voice: Voice) -> list[Block]:
    """Return at most three things done well: the weightiest indicators in place.

    Parameters
    ----------
    items : DataFrame
        As `find.against_peers` returns it. Counts are an indicator scored at 0.9 or more, not
        provisional, not below the median where one is known.
    """
    scored = items[(items["status"] == "scored") & items["share"].notna()]
    good = [row for row in scored.to_dict("records") if _is_strength(row)]
    weightiest = sorted(range(len(good)), key=lambda place: -float(good[place]["weight"]))
    return [_strength(good[place], rubric, voice) for place in sorted(weightiest[:MOST_STRENGTHS])]


def _is_strength(row: dict) -> bool:
    usual = 0.0 if words.is_missing(row["median"]) else row["median"]
    is_provisional = not words.is_missing(row["is_provisional"]) and row["is_provisional"]
    return row["share"] >= max(STRENGTH, usual) and not is_provisional


def _strength(row: dict, rubric: Rubric, voice: Voice) -> Block:
    return voice.say(
        "{name}：{value}。", "{name}: {value}.",
        name=indicator_name(rubric, row["indicator_id"], voice.lang),
        value=_measured(row, rubric, voice),
    )  # fmt: skip


def _measured(row: dict, rubric: Rubric, voice: Voice) -> Part:
    said = stated(row, rubric, voice.lang)
    if said in rubric.level_shares:
        return voice.say("等次{level}", "level {level}", level=said)
    return voice.say("{said}（得分率{rate}）", "{said} (rate {rate})", said=said,
                     rate=words.rate(row["share"]))  # fmt: skip


def not_applicable(items: pd.DataFrame, voice: Voice) -> Block:
    """Name the indicators that do not count for this department, by reason."""
    parts = []
    for status in ("not_applicable", "pending_city"):
        ids = items.loc[items["status"] == status, "indicator_id"].tolist()
        if ids:
            parts.append(voice.say(
                "{word}{n}项（{ids}）", "{word}: {n} ({ids})", word=status_word(status, voice.lang),
                n=len(ids), ids=join(ids, voice.say("、", ", ")),
            ))  # fmt: skip
    if not parts:
        return Block()
    return voice.say("未列入表中的指标：{parts}。", "Not in the table: {parts}.",
                     parts=join(parts, voice.say("；", "; ")))  # fmt: skip


def to_return(review: Review, voice: Voice, *, is_returned: bool, has_problems: bool,
              has_data: bool) -> list[Block]:  # fmt: skip
    """Say what to send back and when.

    Parameters
    ----------
    review : Review
    voice : Voice
    is_returned : bool
        Whether the department's return has come.
    has_problems, has_data : bool
        Whether there is something to rectify, something to confirm.
    """
    settings = review.settings
    days = settings.deadlines.feedback_reply_workdays
    told = []
    if not is_returned:
        told.append(voice.say(
            "请补报自评工作簿。", "Send the self-assessment workbook that is still missing."
        ))  # fmt: skip
    if has_problems:
        told.append(_plan(days, settings.deadlines.first_progress_report_on, voice))
    if has_data:
        told.append(voice.say(
            "收到本单{n}个工作日内在原工作簿相应单元格更正或确认数据，重新报送。",
            "Within {many} correct or confirm the cells named above in your workbook and send it "
            "again.", n=days, many=plural(days, "working day"),
        ))  # fmt: skip
    contact = settings.feedback.contact_en if voice.lang == "en" else settings.feedback.contact_zh
    if not told:
        told.append(voice.say("无需反馈。", "There is nothing to return."))
    if contact:
        told[-1] = join((told[-1], voice.say(
            "有疑问请与{who}联系。", "With questions turn to: {who}.", who=contact
        )), voice.gap)  # fmt: skip
    return told


def _plan(days: int, first_on: object, voice: Voice) -> Block:
    return voice.say(
        "收到本单{n}个工作日内报送整改方案，逐项写明措施、责任岗位、完成时限和佐证材料；"
        "整改进展自{first}起每月报送。",
        "Within {many} of receiving this sheet, send a rectification plan with measure, "
        "responsible role, due date and evidence for each problem; report progress monthly "
        "from {first}.",
        n=days, many=plural(days, "working day"), first=voice.date(first_on),
    )  # fmt: skip
