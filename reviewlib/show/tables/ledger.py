"""Tables of the ledger: problems, recommendations, tasks, opinions, what waits for the city."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import CITY_SOURCE, IMMEDIATE_SOURCE
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, Part, element, join
from reviewlib.show.tables import Col, col, table
from reviewlib.show.voice import Voice


def problems_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return problems as 表现—涉及部门—成因—层级, with their light.

    Parameters
    ----------
    frame : DataFrame
        As `find.problems` returns it.
    """
    frame = frame.assign(what=[_titled(row, voice) for row in frame.to_dict("records")])
    cols = [
        col("problems", "problem_id", zh="编号", en="No."),
        Col("what", "问题及表现", "Problem and how it shows"),
        Col("dept_codes", "涉及部门", "Departments", _named(voice)),
        col("problems", "cause"),
        col("problems", "resolution_level", zh="层级", en="Level"),
        col("problems", "nature"),
        Col("light", "进展", "Light", words.light),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def _titled(row: dict, voice: Voice) -> Block:
    title = element("strong", voice.original(row["title"]))
    if words.is_missing(row["description"]):
        return title
    return join((title, LINE, voice.original(row["description"])))


def _named(voice: Voice):
    """Return a formatter that names some departments and counts the rest."""
    return lambda codes, _: words.MISSING if words.is_missing(codes) else voice.some(
        str(codes).split(";"), limit=6
    )  # fmt: skip


def recommendations_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return recommendations with lead, support, date, deliverable and the problems they answer."""
    frame = frame.assign(who=[_who(row, voice) for row in frame.to_dict("records")])
    cols = [
        col("recommendations", "rec_id", zh="编号", en="No."),
        col("recommendations", "text"),
        Col("who", "牵头和配合单位", "Lead and supporting"),
        col("recommendations", "due_on"),
        col("recommendations", "deliverable"),
        Col("problem_ids", "对应问题", "Problems", _codes),
        col("recommendations", "status"),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def _who(row: dict, voice: Voice) -> Block:
    lead = voice.say("牵头：{name}", "Lead: {name}", name=voice.name(row["lead_dept"]))
    if words.is_missing(row["support_depts"]):
        return lead
    return join((lead, LINE, voice.say("配合：{names}", "Support: {names}",
                                       names=voice.name(row["support_depts"]))))  # fmt: skip


def _codes(value: object, lang: str) -> Part:
    """Return several codes, none of them broken at its hyphen."""
    if words.is_missing(value):
        return words.MISSING
    codes = [element("span", one, class_="rl-short") for one in str(value).split(";")]
    return join(codes, ", " if lang == "en" else "、")


def opinions_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return opinions with their handling; one not handled yet says so."""
    frame = frame.assign(handled=[_handled(row, voice) for row in frame.to_dict("records")])
    cols = [
        col("opinions", "opinion_id", zh="编号", en="No."),
        Col("dept_code", "部门", "Department", voice.names),
        col("opinions", "topic"),
        col("opinions", "text"),
        col("opinions", "resolution_level"),
        Col("handled", "处理情况", "Handling"),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _handled(row: dict, voice: Voice) -> Part:
    if words.is_missing(row["handling"]):
        return voice.say("尚未处理", "Not handled yet")
    handling = voice.label(v.OPINION_HANDLING, row["handling"])
    reply = row["reply_text"] if not words.is_missing(row["reply_text"]) else row["reason"]
    rec = "" if words.is_missing(row["rec_id"]) else f" {row['rec_id']}"
    if words.is_missing(reply):
        return f"{handling}{rec}"
    return voice.say(
        "{handling}：{reply}", "{handling}: {reply}", handling=handling + rec,
        reply=voice.original(reply),
    )  # fmt: skip


def city_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return what waits for the city level, whoever reported it."""
    cols = [
        Col("text", "事项", "Matter"),
        Col("dept_codes", "涉及部门", "Departments", _named(voice)),
        Col("source", "来源", "From", lambda code, lang: words.label(CITY_SOURCE, code, lang)),
        Col("detail", "需明确的内容", "What is to be settled"),
        Col("city_contacted_on", "最近沟通", "Last contact", words.date),
    ]
    return table(frame, cols, lang=voice.lang, **options)


def immediate_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return what was listed for immediate rectification: done when, or due when."""
    frame = frame.assign(state=[_done(row, voice) for row in frame.to_dict("records")])
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("text", "事项", "Matter"),
        Col("source", "来源", "From", lambda code, lang: words.label(IMMEDIATE_SOURCE, code, lang)),
        Col("due_on", "期限", "Due", words.date),
        Col("state", "办理情况", "State"),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _done(row: dict, voice: Voice) -> Block:
    if not row["is_done"]:
        return voice.say("尚未完成", "Not done yet")
    return voice.say("{day}完成", "Done on {day}", day=voice.date(row["done_on"]))
