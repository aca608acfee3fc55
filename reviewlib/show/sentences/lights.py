"""Lights in words (红黄绿灰灯): what is red, why, how long left, what changed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from reviewlib.findings.vocabularies import LIGHT_REASON
from reviewlib.review.settings import Lights
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural

LIGHTS = ("closed", "green", "yellow", "red", "grey")
"""What an open or closed item can be, as the overview counts it."""


def state_word(state: str, voice: Voice) -> str:
    """Return the word for a state of the overview: 已销号, or the light."""
    if state == "closed":
        return voice.label(v.LEDGER_STATUS, "closed")
    return voice.label(v.LIGHT, state)


def attention_sentence(
    attention: pd.DataFrame, problems: pd.Series, tasks: pd.Series, voice: Voice, as_of: date
) -> Block:
    """Say in one or two sentences what is red and yellow, and what is stuck.

    Parameters
    ----------
    attention : DataFrame
        As `find.attention` returns it.
    problems, tasks : Series
        As `find.totals` returns them.
    voice : Voice
    as_of : date
        Date of reckoning.
    """
    day = voice.date(as_of)
    if not int(problems["total"]) and not int(tasks["total"]):
        return voice.say(
            "截至{day}，台账没有登记问题和整改任务。",
            "As of {day} the ledger holds no problems and no tasks.", day=day,
        )  # fmt: skip
    if attention.empty:
        return voice.say(
            "截至{day}，没有红灯和黄灯事项。", "As of {day} nothing is red or yellow.", day=day
        )
    red = attention[attention["light"] == "red"]
    yellow = len(attention) - len(red)
    told = [voice.say(
        "截至{day}，红灯事项{red}项、黄灯事项{yellow}项",
        "As of {day}, {red} red and {yellow} yellow", day=day, red=len(red), yellow=yellow,
    )]  # fmt: skip
    if len(red):
        told.append(voice.say("；红灯涉及{names}", "; the red ones are owned by {names}",
                              names=voice.some(red["owner"])))  # fmt: skip
    stuck = int(attention["obstacle"].notna().sum())
    if stuck:
        told.append(voice.say("，其中{n}项报告了障碍", "; obstacles are reported on {n}", n=stuck))
    return join((*told, voice.say("。", ".")))


def change_sentence(change: pd.DataFrame, voice: Voice) -> Block:
    """Say what changed among the tasks since the last period.

    Parameters
    ----------
    change : DataFrame
        As `ledger.change` returns it.
    """
    tasks = change[change["kind"] == "tasks"].set_index("period")
    if "previous" not in tasks.index:
        return voice.say("没有上期报告，不作比较。", "There is no earlier report to compare with.")
    now, before = tasks.loc["now"], tasks.loc["previous"]
    day = voice.date(before["as_of"])
    moved = [
        voice.say("{word}{change}项", "{word} {change}", word=state_word(state, voice).lower(),
                  change=_moved(int(now[state]) - int(before[state]), voice))
        for state in LIGHTS if now[state] != before[state]
    ]  # fmt: skip
    if not moved:
        return voice.say("任务亮灯与上期（{day}）相同。", "The lights are those of {day}.", day=day)
    return voice.say(
        "与上期（{day}）相比，整改任务{moved}。", "Compared with {day}, tasks: {moved}.", day=day,
        moved=join(moved, voice.say("、", ", ")),
    )  # fmt: skip


def _moved(difference: int, voice: Voice) -> str:
    if voice.lang == "en":
        return f"{'+' if difference > 0 else '−'}{abs(difference)}"
    return f"{'增加' if difference > 0 else '减少'}{abs(difference)}"


def due_words(row: dict, voice: Voice) -> Block:
    """Return a due date with what is left of it: 2025年10月20日（超期11天）."""
    day = voice.date(row["due_on"])
    left = row["days_left"]
    if words.is_missing(left):
        return voice.say("{day}", "{day}", day=day)
    if left < 0:
        return voice.say("{day}（超期{n}天）", "{day} ({n} overdue)", day=day,
                         n=-left if voice.lang == "zh" else plural(-left, "day"))  # fmt: skip
    if left == 0:
        return voice.say("{day}（核算日到期）", "{day} (due this very day)", day=day)
    return voice.say("{day}（剩{n}天）", "{day} ({n} left)", day=day,
                     n=left if voice.lang == "zh" else plural(left, "day"))  # fmt: skip


def reason_words(row: dict, voice: Voice) -> Block:
    """Say why an item has its light, with the figure each reason rests on."""
    said = [_reason(reason, row, voice) for reason in str(row["reasons"]).split(";")]
    return join(said, voice.say("；", "; "))


def _reason(reason: str, row: dict, voice: Voice) -> Block:
    if reason == "behind":
        done = 0 if words.is_missing(row["progress_share"]) else row["progress_share"]
        return voice.say(
            "进度{done}，时间已过{passed}", "{done} done, {passed} of the time gone",
            done=words.rate(done), passed=words.rate(row["elapsed_share"]),
        )  # fmt: skip
    if reason == "silent":
        return voice.say("{n}天未报进展", "no report for {n} days", n=int(row["silent_days"]))
    if reason == "returned":
        return voice.say("退回{n}次", "returned {n} times", n=int(row["returned_count"]))
    return voice.say("{word}", "{word}", word=voice.label(LIGHT_REASON, reason))


def decision_sentence(attention: pd.DataFrame, voice: Voice) -> Block:
    """Say on how many red or yellow items a decision is asked; nothing where on none."""
    asked = attention[attention["is_decision_asked"].fillna(False).astype(bool)]
    if asked.empty:
        return Block()
    return voice.say(
        "其中{n}项提请决策：{listed}。", "A decision is asked on {n}: {listed}.", n=len(asked),
        listed=voice.listed(asked["reference"]),
    )  # fmt: skip


def light_rules(lights: Lights, voice: Voice) -> Block:
    """Say in two sentences when a light is red, yellow or grey, with the thresholds."""
    return voice.say(
        "红灯：超期或退回{r}次及以上；黄灯：剩余{d}天以内、进度落后超过{p}个百分点、{s}天未报进展、"
        "存在障碍或销号要件不全；灰灯：挂账待市级或长期推进。",
        "Red: overdue, or returned {r} times or more. Yellow: {d} days or fewer left, more than "
        "{p} points behind, no report for {s} days, an obstacle, or closure incomplete. Grey: "
        "pending at city level, or long-term.",
        r=lights.returned_times, d=lights.due_soon_days, p=words.number(lights.behind_points),
        s=lights.silent_days,
    )  # fmt: skip
