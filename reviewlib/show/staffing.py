"""Posts and duties for an analyst: what is needed, what moving posts would do, whose duty it is."""

from __future__ import annotations

from reviewlib.findings import Rebalancing
from reviewlib.review import Review
from reviewlib.show.blocks import Block, box, bullets, join, note, paragraph, subhead
from reviewlib.show.found import find
from reviewlib.show.sentences.scenario import NO_DECISION, assumptions, scenario_sentence
from reviewlib.show.tables.duties import claims_table, network_table
from reviewlib.show.tables.staffing import (
    left_out_table,
    moves_table,
    need_table,
    scenario_table,
    unmet_table,
)
from reviewlib.show.voice import Voice


def need(review: Review, *, group: str | None = None, lang: str = "zh") -> Block:
    """Return what departments say they need beside the posts they have; no part of any score."""
    voice = Voice.of(review, lang, is_linked=False)
    return need_table(
        find.need(review, group=group), voice, is_wide=True, is_compact=True,
        caption=voice.say("力量需求（不计分）", "Need of posts (not scored)"),
        empty=voice.say("没有部门。", "No department."),
        below=voice.say("空编与超编不相抵；不同部门的件数不可比。",
                        "Vacant and over are never netted; cases of different departments do not "
                        "compare."),
    )  # fmt: skip


def rebalancing(found: Rebalancing, review: Review, *, lang: str = "zh") -> Block:
    """Return a scenario of moving posts: what it says, its moves, its assumptions.

    Parameters
    ----------
    found : Rebalancing
        As `find.rebalance(review, …)` returns it.
    """
    voice = Voice.of(review, lang, is_linked=False)
    parts = [
        subhead(voice.say("编制调剂情景推演", "Scenario: moving posts")),
        box(paragraph(scenario_sentence(found, voice)), note(voice.say(*NO_DECISION))),
    ]
    tables = (
        (found.unmet, unmet_table, "不能满足的条件", "Limits that cannot be met"),
        (found.moves, moves_table, "推演的调剂", "Moves of the scenario"),
        (found.departments, scenario_table, "各部门编制与缺口（机构序列）",
         "Posts and shortfall, in protocol order"),
        (found.left_out, left_out_table, "未列入推演的部门", "Departments not considered"),
    )  # fmt: skip
    parts += [made(frame, voice, caption=voice.say(zh, en), is_compact=True)
              for frame, made, zh, en in tables if len(frame)]  # fmt: skip
    said = bullets(assumptions(found, voice))
    return join([*parts, subhead(voice.say("前提", "What it assumes")), said])


def network(review: Review, *, group: str | None = None, lang: str = "zh") -> Block:
    """Return who lost what to whom, with the posts and the people that went along."""
    voice = Voice.of(review, lang, is_linked=False)
    return network_table(
        find.transfers(review, group=group), voice, is_compact=True,
        caption=voice.say("职责划转网络", "Network of transfers"),
        empty=voice.say("没有职责划转和人员转隶。", "No duties or staff were transferred."),
        below=voice.say("前为已到位数，后为应划转数；两方说法不一的，以划入方为准。",
                        "Done of due; where the two sides differ the gaining side counts."),
    )  # fmt: skip


def claims(review: Review, *, group: str | None = None, lang: str = "zh") -> Block:
    """Return duties that look claimed twice or by nobody, with the wording of each list."""
    voice = Voice.of(review, lang, is_linked=False)
    return claims_table(
        find.claims(review, group=group), voice, is_compact=True,
        caption=voice.say("疑似重复或空白的职责（提示）", "Duties that look double or orphaned"),
        empty=voice.say("各部门清单中未发现疑似重复或空白。",
                        "Nothing in the departments' lists looks double or orphaned."),
        below=voice.say("按各部门清单的编号和表述比对得出，仅为提示，由人核定。",
                        "From numbers and wordings of the departments' lists: suggestions, for "
                        "people to judge."),
    )  # fmt: skip
