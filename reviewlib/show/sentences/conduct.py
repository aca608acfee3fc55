"""How the visits went: when, how, who is missing."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import MISSING
from reviewlib.review.settings import Plan
from reviewlib.schema import vocabularies as v
from reviewlib.show.blocks import Block, Part, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def visits_sentence(
    coverage: pd.DataFrame, visits: pd.DataFrame, plan: Plan, voice: Voice, *, subject: Part
) -> Block:
    """Say how many of the departments planned were visited, and when.

    Parameters
    ----------
    coverage : DataFrame
        `find.coverage` of the departments to be visited.
    visits : DataFrame
        Their rows of `review.visits`.
    plan : Plan
    voice : Voice
    subject : str or Block
        第一回访组, Visit group 1.
    """
    planned, done = len(coverage), int(coverage["is_visited"].sum())
    if not planned:
        return voice.say(
            "{subject}没有列入实地回访的部门。", "{subject} has no departments to visit.",
            subject=subject,
        )  # fmt: skip
    if not done:
        return voice.say(
            "{subject}应回访{n}家部门，尚无回访记录。",
            "{subject}: {many} to be visited; no visit is on record.",
            subject=subject, n=planned, many=plural(planned, "department"),
        )  # fmt: skip
    dated = voice.say(
        "{subject}应回访{n}家部门，已回访{done}家，回访时间为{days}",
        "{subject} visited {done} of {many} planned, {days}",
        subject=subject, n=planned, done=done, many=plural(planned, "department"),
        days=_span(visits["visit_on"], voice),
    )  # fmt: skip
    return join((dated, _timely(visits["visit_on"], plan, voice)))


def _span(days: pd.Series, voice: Voice) -> Block:
    first, last = days.min(), days.max()
    if pd.isna(first):
        return voice.say("不详", "date unknown")
    if first == last:
        return voice.say("{day}", "on {day}", day=voice.date(first))
    return voice.say(
        "{first}至{last}", "from {first} to {last}", first=voice.date(first), last=voice.date(last)
    )


def _timely(days: pd.Series, plan: Plan, voice: Voice) -> Block:
    start, end = pd.Timestamp(plan.visits_start_on), pd.Timestamp(plan.visits_end_on)
    outside = int(((days < start) | (days > end)).sum())
    if not outside:
        return voice.say("，均在计划时间内。", ", all within the planned days.")
    return voice.say(
        "，其中{n}次不在计划时间（{first}至{last}）内。",
        "; {many} outside the planned days ({first} to {last}).",
        n=outside, many=plural(outside, "visit"), first=voice.date(start), last=voice.date(end),
    )  # fmt: skip


def methods_sentence(visits: pd.DataFrame, voice: Voice) -> Block:
    """Say by which methods, each with the number of departments."""
    told = visits.dropna(subset=["methods"])
    if told.empty:
        return Block()
    each = told.assign(method=told["methods"].str.split(";")).explode("method")
    counts = each.groupby("method")["dept_code"].nunique()
    parts = [
        voice.say("{word}{n}家", "{word} {n}", word=voice.label(v.VISIT_METHOD, code).lower(),
                  n=int(counts[code]))
        for code in v.VISIT_METHOD.codes if code in counts.index
    ]  # fmt: skip
    return voice.say(
        "回访方式：{listed}。", "Methods, with the number of departments: {listed}.",
        listed=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def missing_sentence(missing: pd.DataFrame, voice: Voice) -> Block:
    """Say what has not come, by kind; say so too where nothing is missing.

    Parameters
    ----------
    missing : DataFrame
        As `find.missing` returns it: one row per department and thing missing.
    """
    if missing.empty:
        return voice.say("回访记录和自评材料均已收齐。", "Nothing is missing.")
    parts = [
        voice.say("{word}：{names}", "{word}: {names}", word=voice.label(MISSING, what),
                  names=voice.some(missing.loc[missing["what"] == what, "dept_code"], limit=9))
        for what in MISSING.codes if (missing["what"] == what).any()
    ]  # fmt: skip
    return voice.say(
        "尚缺：{listed}。", "Missing: {listed}.", listed=join(parts, voice.say("；", "; "))
    )


def returns_sentence(coverage: pd.DataFrame, voice: Voice) -> Block:
    """Say how many departments sent a return, how many in time."""
    n, back = len(coverage), int(coverage["is_returned"].sum())
    late = int((coverage["late_workdays"].fillna(0) > 0).sum())
    if not n:
        return Block()
    told = voice.say(
        "应报送自评材料{n}家，已报送{back}家", "{back} of {many} sent a return",
        n=n, back=back, many=plural(n, "department"),
    )  # fmt: skip
    if not back:
        return join((told, voice.say("。", ".")))
    if not late:
        return join((told, voice.say("，均按时。", ", all in time.")))
    return join((told, voice.say("，其中逾期{late}家。", ", {late} of them late.", late=late)))
