"""What the tracker says (整改跟踪): by category and owner, of recommendations, due, closed."""

from __future__ import annotations

from datetime import date

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def categories_title(counts: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the chart of categories proves.

    Parameters
    ----------
    counts : DataFrame
        As `find.by_category` returns it; not empty.
    """
    red = counts[counts["red"] > 0]
    if len(red):
        return voice.say(
            "{n}类问题中，{listed}有红灯", "Of {many}, {listed} {verb} red lights", n=len(counts),
            many=plural(len(counts), "category", "categories"), listed=_categories(red, voice),
            verb="has" if len(red) == 1 else "have",
        )  # fmt: skip
    done = counts[counts["closed"] == counts["total"]]
    if len(done) == len(counts):
        return voice.say("各类问题均已销号", "Every category is closed")
    if done.empty:
        return voice.say("{n}类问题均无红灯", "No category of {n} has a red light", n=len(counts))
    return voice.say(
        "{n}类问题均无红灯，{done}类已全部销号",
        "No category of {n} has a red light; {done} {be} closed", n=len(counts), done=len(done),
        be="is" if len(done) == 1 else "are",
    )  # fmt: skip


def _categories(rows: pd.DataFrame, voice: Voice) -> Block:
    return voice.listed(f"“{voice.label(v.CATEGORY, code)}”" for code in rows["category"])


def owners_sentence(counts: pd.DataFrame, voice: Voice) -> Block:
    """Say how many departments own tasks, and which of them have red ones.

    Parameters
    ----------
    counts : DataFrame
        As `find.by_owner` returns it.
    """
    if counts.empty:
        return voice.say("没有部门承担整改任务。", "No department owns a task.")
    n, total = len(counts), int(counts["total"].sum())
    red = counts.loc[counts["red"] > 0, "dept_code"]
    done = int((counts["closed"] == counts["total"]).sum())
    told = voice.say(
        "{n}家部门承担整改任务{total}项，其中{done}家已全部销号",
        "{depts} own {tasks}; {done} closed all of theirs", n=n, total=total, done=done,
        depts=plural(n, "department"), tasks=plural(total, "task"),
    )  # fmt: skip
    if red.empty:
        return join((told, voice.say("，没有部门有红灯任务。", "; none has a red one.")))
    return join((told, voice.say("；有红灯任务的是{names}。", "; red ones are with {names}.",
                                 names=voice.some(red))))  # fmt: skip


def recommendations_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say how many recommendations there are and what became of them.

    Parameters
    ----------
    frame : DataFrame
        As `find.recommendations` returns it.
    """
    if frame.empty:
        return voice.say("台账没有登记工作建议。", "The ledger holds no recommendations.")
    counts = frame["status"].value_counts()
    parts = [
        voice.say("{word}{n}条", "{n} {word}", n=int(counts[code]),
                  word=voice.label(v.RECOMMENDATION_STATUS, code).lower())
        for code in v.RECOMMENDATION_STATUS.codes if code in counts.index
    ]  # fmt: skip
    return voice.say(
        "工作建议{n}条：{parts}。", "{many}: {parts}.", n=len(frame),
        many=plural(len(frame), "recommendation"), parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def contact_sentence(city: pd.DataFrame, voice: Voice, as_of: date, silent_days: int) -> Block:
    """Say when the city was last asked about the problems of the ledger, and what lies idle.

    Parameters
    ----------
    city : DataFrame
        As `find.city_matters` returns it.
    voice : Voice
    as_of : date
    silent_days : int
        From this many days without contact a problem is named.
    """
    waiting = city[city["source"] == "problem"]
    if waiting.empty:
        return voice.say(
            "台账中没有挂账待市级的问题。", "No problem of the ledger waits for the city."
        )
    contacted = waiting["city_contacted_on"]
    idle = waiting[(pd.Timestamp(as_of) - contacted).dt.days >= silent_days]
    never = waiting[contacted.isna()]
    told = [voice.say("台账挂账{n}项", "{n} of the ledger wait for the city", n=len(waiting))]
    if contacted.notna().any():
        told.append(voice.say("，最近一次与市级沟通在{day}", "; last contact on {day}",
                              day=voice.date(contacted.max())))  # fmt: skip
    if len(idle):
        told.append(voice.say(
            "；{ids}已{days}天以上未沟通", "; no contact for {days} days or more on {ids}",
            days=silent_days, ids=voice.listed(idle["reference"]),
        ))  # fmt: skip
    if len(never):
        told.append(voice.say("；{ids}没有沟通记录", "; no contact is on record for {ids}",
                              ids=voice.listed(never["reference"])))  # fmt: skip
    return join((*told, voice.say("。", ".")))


def due_soon_sentence(due: pd.DataFrame, voice: Voice, days: int) -> Block:
    """Say how many open tasks fall due within so many days."""
    if due.empty:
        return voice.say(
            "近{days}日内没有到期的任务。", "No open task falls due within {days} days.", days=days
        )
    return voice.say(
        "近{days}日内到期的未销号任务{n}项，最早的在{day}到期。",
        "{many} fall due within {days} days, the first on {day}.",
        days=days, n=len(due), many=plural(len(due), "open task"),
        day=voice.date(due["due_on"].min()),
    )  # fmt: skip


def closed_sentence(tasks: pd.DataFrame, problems: pd.DataFrame, voice: Voice) -> Block:
    """Say what is closed, what was reopened, and what claims closure without proof.

    Parameters
    ----------
    tasks, problems : DataFrame
        As `find.rectification` and `find.problems` return them.
    """
    closed = int(tasks["is_closed"].sum()), int(problems["is_closed"].sum())
    told = [
        voice.say("尚无销号的任务和问题。", "No task and no problem is closed yet.")
        if not any(closed)
        else voice.say(
            "已销号任务{t}项、问题{p}项，均有佐证、审核岗位和日期。",
            "{t} and {p} are closed, each with evidence, verifier and date.",
            t=closed[0] if voice.lang == "zh" else plural(closed[0], "task"),
            p=closed[1] if voice.lang == "zh" else plural(closed[1], "problem"),
        )
    ]
    reopened = tasks.loc[tasks["reopened_count"].fillna(0) > 0, "task_id"]
    if len(reopened):
        told.append(voice.say("重新打开过的任务：{ids}。", "Reopened: {ids}.",
                              ids=voice.listed(reopened)))  # fmt: skip
    unproven = unproven_ids(tasks, problems)
    if unproven:
        told.append(voice.say(
            "{ids}标为销号而要件不全，按待销号处理。",
            "{ids} claim closure without all it takes and count as to be closed.",
            ids=voice.listed(unproven),
        ))  # fmt: skip
    return join(told, voice.gap)


def unproven_ids(tasks: pd.DataFrame, problems: pd.DataFrame) -> list[str]:
    """Return the ids that claim closure without evidence, verifier or date."""
    found = []
    for frame, key in ((problems, "problem_id"), (tasks, "task_id")):
        found += frame.loc[frame["is_closure_incomplete"].astype(bool), key].tolist()
    return found


def counting_note(voice: Voice, *, is_logged: bool = False) -> Block:
    """Say what the counts of the overview leave out, and what the earlier period rests on.

    Parameters
    ----------
    voice : Voice
    is_logged : bool
        The ledger has a log, so that the earlier period is the ledger as it stood then.
    """
    counted = voice.say(
        "绿灯只计未销号且按期推进的；挂账不计入销号率的分子和分母。",
        "Green counts what is open and on track; what waits for the city is in neither part of the "
        "closing rate. ",
    )
    before = voice.say(
        "上期为当时的台账，由台账日志还原。",
        "The earlier period is the ledger as it stood then, rebuilt from its log.",
    ) if is_logged else voice.say(
        "上期按当时已知的报告和销号推算，挂账、退回等状态按现在的台账。",
        "The earlier period is reckoned from the reports and closures known then; pending and "
        "returned states are those of the ledger now.",
    )  # fmt: skip
    return join((counted, before))
