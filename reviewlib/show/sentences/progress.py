"""How far things are: the lights of the ledger, immediate rectification, opinions."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def closing_sentence(totals: pd.Series, voice: Voice) -> Block:
    """Say how many problems are closed, on track, in yellow, red, grey.

    Parameters
    ----------
    totals : Series
        As `find.totals` returns it.
    """
    total = int(totals["total"])
    if not total:
        return voice.say("没有需要整改的问题。", "There is nothing to rectify.")
    if int(totals["closed"]) == total:
        return voice.say(
            "{n}项问题已全部销号。", "All {many} are closed.", n=total,
            many=plural(total, "problem"),
        )  # fmt: skip
    parts = [
        voice.say("{zh}{n}项", "{n} {en}", zh=zh, en=en, n=int(totals[key]))
        for key, zh, en in (
            ("closed", "已销号", "closed"), ("green", "按期推进", "on track"),
            ("yellow", "黄灯", "yellow"), ("red", "红灯", "red"), ("grey", "灰灯", "grey"),
        )
        if int(totals[key])
    ]  # fmt: skip
    told = voice.say(
        "{n}项问题中，{parts}", "Of {many}: {parts}", n=total, many=plural(total, "problem"),
        parts=join(parts, voice.say("、", ", ")),
    )
    pending = int(totals["pending_city"])
    if not pending:
        return join((told, voice.say("。", ".")))
    return join((told, voice.say(
        "；挂账{n}项待市级明确，不计入销号率。",
        "; {n} pending at city level {verb} not count towards the closing rate.",
        n=pending, verb="does" if pending == 1 else "do",
    )))  # fmt: skip


def closing_figure(totals: pd.Series, voice: Voice) -> str:
    """Return closed of those the district can close."""
    return voice.part_of(totals["closed"], int(totals["total"]) - int(totals["pending_city"]))


def immediate_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say how much was listed for immediate rectification, and how much is done.

    Parameters
    ----------
    frame : DataFrame
        Rows of `find.immediate` of one source, so that nothing is counted twice.
    """
    n, done = len(frame), int(frame["is_done"].sum())
    if not n:
        return voice.say("没有列入立行立改的事项。",
                         "Nothing was listed for immediate rectification.")  # fmt: skip
    if done == n:
        return voice.say(
            "列入立行立改{n}项，已全部完成。",
            "All {many} listed for immediate rectification {be} done.", n=n,
            many=plural(n, "item"), be="is" if n == 1 else "are",
        )  # fmt: skip
    open_ones = frame.loc[~frame["is_done"].astype(bool), "dept_code"]
    return voice.say(
        "列入立行立改{n}项，已完成{done}项，{names}尚有未完成事项。",
        "Of {many} listed for immediate rectification {done} {be} done; {names} still {have} open "
        "items.",
        n=n, done=done, many=plural(n, "item"), names=voice.some(open_ones),
        be="is" if done == 1 else "are", have="has" if open_ones.nunique() == 1 else "have",
    )  # fmt: skip


def opinions_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say how many opinions came, and that each is or is not handled.

    Parameters
    ----------
    frame : DataFrame
        As `find.opinions` returns it.
    """
    if frame.empty:
        return voice.say("各部门未提出意见建议。", "The departments put forward no opinions.")
    n, depts = len(frame), frame["dept_code"].nunique()
    handled = frame[frame["is_handled"].astype(bool)]
    counts = handled["handling"].value_counts()
    parts = [
        voice.say("{word}{n}条", "{n} {word}", n=int(counts[code]),
                  word=voice.label(v.OPINION_HANDLING, code).lower())
        for code in v.OPINION_HANDLING.codes if code in counts.index
    ]  # fmt: skip
    waiting = n - len(handled)
    if waiting:
        parts.append(voice.say("尚未处理{n}条", "{n} not handled yet", n=waiting))
    return voice.say(
        "{d}家部门提出意见建议{n}条：{parts}。", "{depts} put forward {many}: {parts}.",
        d=depts, n=n, depts=plural(depts, "department"), many=plural(n, "opinion"),
        parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def city_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say how many matters wait for the city level; they count neither for nor against."""
    if frame.empty:
        return voice.say("没有需市级明确的事项。", "Nothing waits for the city level.")
    return voice.say(
        "需市级明确的事项{n}项，区级无法单独办结，不计入得分和销号率。",
        "{many} for the city level. The district cannot settle them alone; they count in neither "
        "scores nor closing rates.",
        n=len(frame), many=plural(len(frame), "matter"),
    )  # fmt: skip
