"""What a report says of one matter, whoever the report is about: a sentence, then what it rests on.

The group report and the overall report hand in the frames of their departments.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.schema import vocabularies as v
from reviewlib.show.blocks import Block, Part, box, bullets, join, paragraph, subhead
from reviewlib.show.found import find
from reviewlib.show.sentences.progress import (
    city_sentence,
    immediate_sentence,
    opinions_sentence,
)
from reviewlib.show.sentences.transfers import mismatch_sentence
from reviewlib.show.tables import Col, table
from reviewlib.show.tables.ledger import city_table, immediate_table, opinions_table
from reviewlib.show.tables.transfers import mismatches_table
from reviewlib.show.voice import Voice


def _told(sentence: Block, *listed: Block) -> Block:
    return join((paragraph(sentence), *listed))


def immediate_part(spot: pd.DataFrame, voice: Voice) -> Block:
    """Say how immediate rectification stands; `spot`: rows of one source of `find.immediate`."""
    told = immediate_sentence(spot, voice)
    if spot.empty:
        return _told(told)
    return _told(told, immediate_table(
        spot, voice, caption=voice.say("立行立改事项", "Immediate rectification")
    ))  # fmt: skip


def mismatches_part(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say where two sides of transfers differ: within a group, then across."""
    told = mismatch_sentence(frame, voice)
    if frame.empty:
        return _told(told)
    captions = {
        "within": voice.say("组内不一致事项", "Within a group"),
        "across": voice.say(
            "跨组或涉及单位自评部门的不一致事项",
            "Across groups, or with a self-assessed department",
        ),
    }
    return _told(told, *(
        mismatches_table(
            frame[frame["scope"] == scope], voice, caption=caption,
            empty=voice.say("{caption}：无。", "{caption}: none.", caption=caption),
        )
        for scope, caption in captions.items()
    ))  # fmt: skip


def city_part(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say what only the city level can settle."""
    told = city_sentence(frame, voice)
    if frame.empty:
        return _told(told)
    return _told(told, city_table(
        frame, voice, caption=voice.say("需市级明确事项", "Matters for the city level")
    ))  # fmt: skip


def opinions_part(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say what departments put forward and what became of it."""
    told = opinions_sentence(frame, voice)
    if frame.empty:
        return _told(told)
    return _told(told, opinions_table(
        frame, voice, caption=voice.say("意见建议及处理", "Opinions and their handling")
    ))  # fmt: skip


def suggestions_part(found: pd.DataFrame, voice: Voice) -> Block:
    """List what the visit group itself recommends, with the finding each rests on."""
    cols = [
        Col("suggestion", "建议", "Recommendation"),
        Col("dept_code", "针对部门", "Department", voice.names),
        Col("text", "依据的发现", "Finding it rests on"),
    ]
    return table(
        found.dropna(subset=["suggestion"]), cols,
        voice.say("组内建议", "The group's recommendations"), voice.lang, is_compact=True,
        empty=voice.say("本组未另提建议。", "The group made no recommendations of its own."),
    )  # fmt: skip


MOST_DECISIONS, MOST_CITY = 3, 5
"""How many a leader's page names; the section on decisions names all."""


def decisions_part(review: Review, voice: Voice, *, is_brief: bool = False) -> Block:
    """Return what the district's leaders must decide, and apart what the city must settle.

    Parameters
    ----------
    review : Review
    voice : Voice
    is_brief : bool
        For the leader's page: the first few of each, without the reasons.
    """
    asked = _undecided(find.recommendations(review))
    waiting = find.city_matters(review)
    waiting = waiting[waiting["source"] == "problem"]
    more = voice.say("其余见“需提请研究事项”。", "The rest: see “Matters for decision”.")
    parts = (
        (voice.say("需区领导决策事项", "For the district's leaders to decide"),
         [_decision(row, voice, is_brief) for row in asked.to_dict("records")], MOST_DECISIONS,
         voice.say("没有需区领导决策的事项。", "Nothing waits for their decision.")),
        (voice.say("需市级协调事项", "For the city level to settle"),
         [_waiting(row, voice) for row in waiting.to_dict("records")], MOST_CITY,
         voice.say("没有需市级协调的事项。", "Nothing waits for the city level.")),
    )  # fmt: skip
    shown = []
    for title, items, most, empty in parts:
        kept = items[:most] + [more] * (len(items) > most) if is_brief else items
        shown += [subhead(title), bullets(kept) if items else paragraph(empty)]
    return box(*shown, class_="rl-decide")


def _undecided(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the recommendations that ask for a decision not yet taken, the weightiest first."""
    frame = recommendations.dropna(subset=["decision_needed"])
    frame = frame[frame["decision_ref"].isna() & (frame["status"] != "declined")]
    order = frame["priority"].map({code: n for n, code in enumerate(v.SEVERITY_LEVEL.codes)})
    return frame.assign(_order=order).sort_values("_order", kind="stable", na_position="last")


def _decision(row: dict, voice: Voice, is_brief: bool) -> Part:
    asked = voice.original(row["decision_needed"])
    if is_brief:
        return asked
    return voice.say(
        "{asked}（{rec}，牵头：{lead}）", "{asked} ({rec}, lead: {lead})", asked=asked,
        rec=row["rec_id"], lead=voice.name(row["lead_dept"]),
    )  # fmt: skip


def _waiting(row: dict, voice: Voice) -> Part:
    return voice.say(
        "{text}（{ref}，涉及{names}）", "{text} ({ref}; {names})", text=voice.original(row["text"]),
        ref=row["reference"], names=voice.some(str(row["dept_codes"]).split(";")),
    )  # fmt: skip
