"""What a report says of one matter, whoever the report is about: a sentence, then what it rests on.

The group report and the overall report hand in the frames of their departments.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.show.blocks import Block, join, paragraph
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
    """Say what was put right on the spot; `spot` holds rows of one source of `find.immediate`."""
    told = immediate_sentence(spot, voice)
    if spot.empty:
        return _told(told)
    return _told(told, immediate_table(
        spot, voice, caption=voice.say("立行立改事项", "Put right on the spot")
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
        voice.say("组内建议", "The group's recommendations"), voice.lang,
        empty=voice.say("本组未另提建议。", "The group made no recommendations of its own."),
    )  # fmt: skip
