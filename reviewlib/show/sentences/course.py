"""What the course of the ledger says: since when how many are open, how old, whereto they flow."""

from __future__ import annotations

import pandas as pd

from reviewlib.show.blocks import Block
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def burn_down_sentence(counts: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the burn-down proves.

    Parameters
    ----------
    counts : DataFrame
        As `ledger.burn_down` returns it; at least two rows.
    """
    first, last = counts.iloc[0], counts.iloc[-1]
    before, now = int(first["open"]), int(last["open"])
    if now == 0:
        return voice.say("{n}项问题已全部销号", "All {many} are closed", n=int(last["total"]),
                         many=plural(int(last["total"]), "problem"))  # fmt: skip
    days = {"since": voice.date(first["as_of"]), "day": voice.date(last["as_of"])}
    if now == before:
        return voice.say("自{since}至{day}，未销号问题均为{now}项",
                         "From {since} to {day} open problems stayed at {now}", now=now, **days)
    return voice.say(
        "未销号问题由{since}的{before}项变为{day}的{now}项",
        "Open problems went from {before} on {since} to {now} on {day}", before=before, now=now,
        **days,
    )  # fmt: skip


def ageing_sentence(ages: pd.DataFrame, voice: Voice) -> Block:
    """Say how long the oldest problem and half of them have been open.

    Parameters
    ----------
    ages : DataFrame
        As `ledger.ageing` returns it.
    """
    known = ages.dropna(subset="age_days")
    if known.empty:
        return voice.say("没有未销号问题。", "No problem is open.")
    oldest, middle = int(known["age_days"].max()), int(known["age_days"].median())
    return voice.say(
        "{n}项未销号问题自发现起最长{oldest}天，中位数{middle}天。",
        "Of {many} the oldest was found {oldest} days ago, the median {middle}.", n=len(known),
        many=plural(len(known), "open problem"), oldest=oldest, middle=middle,
    )  # fmt: skip


def flow_sentence(links: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the flow proves: which strand most problems lead to, and none answered.

    Parameters
    ----------
    links : DataFrame
        As `ledger.flow` returns it; at least one row.
    """
    unanswered = int(links.loc[links["strand"].isna(), "problem_count"].sum())
    if unanswered:
        return voice.say("有{n}项问题尚无对应建议", "{many} no recommendation yet", n=unanswered,
                         many=plural(unanswered, "problem has", "problems have"))  # fmt: skip
    strands = links["strand"].nunique()
    return voice.say(
        "各类问题均有建议对应，分属{n}个方面", "Every problem has its recommendations, of {many}",
        n=strands, many=plural(strands, "strand"),
    )  # fmt: skip
