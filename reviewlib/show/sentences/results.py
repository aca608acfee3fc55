"""The five results of the reform (改革成效), each with counts, or marked as qualitative."""

from __future__ import annotations

import pandas as pd

from reviewlib.show.blocks import Block, Part, element, join
from reviewlib.show.sentences.transfers import count_by_mode
from reviewlib.show.voice import Voice

RESULTS = (
    ("leadership", "党的领导全面加强", "Party leadership strengthened across the board"),
    ("duties", "部门职责更加清晰", "Departments' duties clearer"),
    ("functions", "职能履行更加合理", "Functions performed more sensibly"),
    ("establishment", "机构编制管理更加规范", "Establishment managed more strictly"),
    ("spirit", "干事创业精气神更加振奋", "Staff in better spirits to get things done"),
)
"""The results a look-back review speaks of, in their order."""
EVIDENCE = {
    "duties": ("duties_in_place", "matters_written"),
    "functions": ("units_set_up", "duties_issued"),
    "establishment": ("posts_filled", "heads_in_place", "staff_transferred"),
}
"""Counts of the four aspects that speak for a result."""
COUNT_WORDS = {
    "duties_in_place": ("职责划转到位", "duty transfers in place"),
    "matters_written": ("跨部门事项书面明确牵头配合", "matters settled in writing"),
    "units_set_up": ("核定内设机构已设置", "approved internal units set up"),
    "duties_issued": ("科室职责已印发", "section duties issued"),
    "posts_filled": ("核定编制在编实有", "approved posts filled"),
    "heads_in_place": ("科室负责人到位", "section heads in place"),
    "staff_transferred": ("人员转隶到位", "staff transferred"),
}


def results(counts: pd.DataFrame, bodies: pd.DataFrame, voice: Voice) -> list[Block]:
    """Return one item per result: its name, then its counts or the word 定性.

    Parameters
    ----------
    counts : DataFrame
        As `find.aspect_counts` returns it.
    bodies : DataFrame
        `review.coordination_bodies`.
    voice : Voice
    """
    items = []
    for key, zh, en in RESULTS:
        told = _bodies(bodies, voice) if key == "leadership" else _counted(counts, key, voice)
        name = element("strong", voice.say(zh, en))
        items.append(voice.say("{name}。{told}", "{name}. {told}", name=name,
                               told=_opening(told or _qualitative(voice))))  # fmt: skip
    return items


def _opening(told: Part) -> Block:
    """Return a sentence with a capital, where its script has one."""
    html = told.html if isinstance(told, Block) else told
    return Block(html[:1].upper() + html[1:])


def _qualitative(voice: Voice) -> Block:
    return voice.say(
        "（定性）依据座谈和访谈了解，无量化数据。",
        "(Qualitative) From meetings and interviews; no figures.",
    )


def _counted(counts: pd.DataFrame, key: str, voice: Voice) -> Part:
    parts = []
    for item in EVIDENCE.get(key, ()):
        figures = count_by_mode(counts, item, voice)
        if figures:
            zh, en = COUNT_WORDS[item]
            parts.append(join((voice.say(zh, en), voice.say("：", ": "), figures)))
    return join((join(parts, voice.say("；", "; ")), voice.say("。", "."))) if parts else ""


def _bodies(bodies: pd.DataFrame, voice: Voice) -> Part:
    n = len(bodies)
    if not n:
        return ""
    facts = (
        ("has_rules", "有工作规则", "with rules of procedure"),
        ("has_office_duty_list", "有办事机构职责清单", "with an office duty list"),
        ("has_decision_ledger", "有督办台账", "with a decision ledger"),
    )
    parts = [
        voice.say("{zh}的{part}", "{part} {en}", zh=zh, en=en,
                  part=voice.part_of(int(bodies[name].fillna(False).sum()), n))
        for name, zh, en in facts
    ]  # fmt: skip
    return voice.say(
        "议事协调机构{n}个，{parts}。", "Coordination bodies: {n}; {parts}.", n=n,
        parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip
