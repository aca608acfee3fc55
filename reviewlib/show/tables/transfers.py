"""Tables of transfers: what both sides say, and where they differ."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import MISMATCH_FIELD
from reviewlib.schema import vocabularies as v
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, Part, join
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice


def mismatches_table(
    frame: pd.DataFrame, voice: Voice, *, places_of: str | None = None, **options
) -> Block:
    """Return mismatches: both statements, each with file, sheet and cell.

    Parameters
    ----------
    frame : DataFrame
        As `find.mismatches` returns it.
    voice : Voice
    places_of : str, optional
        Only this department's addresses are told: another's workbook is not its to open.
    """
    records = frame.to_dict("records")
    shown = frame.assign(
        what=[_what(row, voice) for row in records],
        losing=[_statement(row, "losing", "from_dept", voice, places_of) for row in records],
        gaining=[_statement(row, "gaining", "to_dept", voice, places_of) for row in records],
    )
    cols = [
        Col("what", "事项", "Matter"),
        Col("losing", "划出方填报", "Losing department states"),
        Col("gaining", "划入方填报", "Gaining department states"),
    ]
    return table(shown, cols, lang=voice.lang, **options)


def _what(row: dict, voice: Voice) -> Block:
    if words.is_missing(row["matter"]):
        about = voice.say(
            "人员转隶（{kind}）", "Staff transfer ({kind})",
            kind=voice.label(v.ESTAB_TYPE, row["record"]),
        )  # fmt: skip
    else:
        about = join((str(row["record"]), voice.original(row["matter"])), " ")
    return join((about, LINE, voice.label(MISMATCH_FIELD, row["field"])))


def _statement(row: dict, side: str, dept: str, voice: Voice, places_of: str | None) -> Block:
    place = [row[f"{side}_{part}"] for part in ("file", "sheet", "cell")]
    is_silent = words.is_missing(place[0])
    told = voice.say(
        "{who}：{said}", "{who}: {said}", who=voice.name(row[dept]),
        said=voice.say("未填报", "states nothing") if is_silent
        else statement(row["field"], row[f"{side}_statement"], voice),
    )  # fmt: skip
    if is_silent or places_of not in (None, row[dept]):
        return told
    return join((told, LINE, voice.places(*place, voice.lang)))


def statement(field: str, value: object, voice: Voice) -> Part:
    """Return what one side states: the words of a status, or a count."""
    if words.is_missing(value):
        return voice.say("未填", "blank")
    if field == "status":
        return voice.label(v.TRANSFER_STATUS, value)
    return words.number(value, voice.lang)
