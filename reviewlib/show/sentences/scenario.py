"""What a scenario of moving posts says: its outcome, its assumptions, that it decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from reviewlib.findings import Limits, Rebalancing
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural

NO_DECISION = (
    "本表为情景推演，供研究参考，不是调整方案，也不是对部门的评价；编制调整按规定程序报批。",
    "This is a scenario for discussion, neither a plan nor a judgement of any department. Posts "
    "move only by the procedure laid down for it.",
)
_EASED = (
    "在总量不变的前提下调剂{n}名，各部门与业务量相比的最大缺口可由{a}名降至{b}名。",
    "With the total as it is, moving {posts} would bring the largest shortfall against workload "
    "from {a} to {b}.",
)
_OBLIGED = (
    "为满足所列条件须调剂{n}名，最大缺口由{a}名变为{b}名，并不缩小。",
    "The limits oblige to move {posts}; the largest shortfall goes from {a} to {b}, no smaller.",
)


def scenario_sentence(found: Rebalancing, voice: Voice) -> Block:
    """Say what moving posts would do, or why nothing is proposed."""
    before, after = words.score(found.worst_before), words.score(found.worst_after)
    if found.outcome == "moved":
        zh, en = _EASED if found.worst_after < found.worst_before else _OBLIGED
        return voice.say(zh, en, n=found.moved_count, posts=plural(found.moved_count, "post"),
                         a=before, b=after)  # fmt: skip
    return {
        "no_shortfall": voice.say("没有部门的编制少于业务量所需，无需调剂。",
                                  "No department has fewer posts than its workload calls for."),
        "no_better": voice.say(
            "最大缺口为{a}名；在所列条件内，调剂不能使其缩小。",
            "The largest shortfall is {a}; within the limits no move makes it smaller.", a=before),
        "infeasible": voice.say("所列条件不能同时满足，未作推演。",
                                "The limits cannot all be met; nothing is proposed."),
        "nobody": voice.say("没有同时填报编制和业务量的部门，未作推演。",
                            "No department reports both posts and workload; nothing is proposed."),
    }[found.outcome]  # fmt: skip


def assumptions(found: Rebalancing, voice: Voice) -> list[Block]:
    """Return everything the scenario assumes, one sentence each."""
    total = int(found.departments["posts_approved_count"].sum())
    kinds = join((voice.label(v.ESTAB_TYPE, kind) for kind in found.types), voice.say("、", ", "))
    return [
        voice.say("所列部门编制总数{n}名不变；范围：{kinds}，各类之间不转换。",
                  "The {n} posts of the departments listed stay as many; types considered: "
                  "{kinds}; none becomes another.", n=total, kinds=kinds),
        _need(found, voice),
        voice.say("先使最大缺口最小，再使调剂数最少，再使缺口合计最小；仍相同的，机构序列在前的少划出、"
                  "先划入。",
                  "First the largest shortfall is made as small as it can be, then the posts moved "
                  "as few, then all shortfalls together as small; what is still alike goes by "
                  "protocol order: earlier departments give up fewer, then receive first."),
        *_limits(found.limits, voice),
        voice.say("未考虑人员专业、岗位要求、市级口径和实际办理难度。",
                  "Skills, what posts require, the city's rules and how hard cases are do not "
                  "enter."),
    ]  # fmt: skip


def _need(found: Rebalancing, voice: Voice) -> Block:
    if found.is_need_given:
        return voice.say("所需编制由分析人员给定。", "The posts needed were given by the analyst.")
    return voice.say(
        "所需编制＝现有编制×本年业务量÷上年业务量，即按本部门上年的人均办件量折算；不同部门的件数不相比较。",
        "Posts needed = posts × cases this year ÷ cases last year: each department at its own "
        "cases per post of last year; cases of different departments are not compared.",
    )  # fmt: skip


def _limits(limits: Limits, voice: Voice) -> list[Block]:
    said = [
        _most(limits.per_department, voice, "每家部门划出、划入各不超过{n}名。",
              "At most {n} leave a department, and at most {n} join it.", voice.names),
        _most(limits.per_type, voice, "每类编制调剂不超过{n}名。",
              "At most {n} of a type move.", partial(words.label, v.ESTAB_TYPE)),
        _each(limits.lowest, voice, "调剂后不少于：{each}。", "Not fewer afterwards: {each}."),
        _each(limits.highest, voice, "调剂后不超过：{each}。", "Not more afterwards: {each}."),
    ]  # fmt: skip
    if limits.is_vacant_only:
        said.append(voice.say("只调剂空编，不涉及在编人员。",
                              "Only vacant posts move, nobody with them."))  # fmt: skip
    kept = [block for block in said if block]
    return kept or [voice.say("未设其他限制。", "No other limit is set.")]


def _most(limit: object, voice: Voice, zh: str, en: str, name) -> Block:
    if limit is None:
        return Block()
    if not isinstance(limit, Mapping):
        return voice.say(zh, en, n=int(limit))
    return voice.say("调剂不超过：{each}；其余不限。", "At most: {each}; others freely.",
                     each=_listed(limit, voice, name))  # fmt: skip


def _each(limit: Mapping[str, int], voice: Voice, zh: str, en: str) -> Block:
    return voice.say(zh, en, each=_listed(limit, voice, voice.names)) if limit else Block()


def _listed(limit: Mapping[str, int], voice: Voice, name) -> Block:
    parts = (voice.say("{who}{n}名", "{who} {n}", who=name(code, voice.lang), n=int(number))
             for code, number in limit.items())  # fmt: skip
    return join(parts, voice.say("、", ", "))
