"""Tables of duties across departments: the network of transfers, claims laid side by side."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import CLAIM, CLAIM_BASIS, CLAIM_ROLE
from reviewlib.show import words
from reviewlib.show.blocks import LINE, Block, join
from reviewlib.show.tables import Col, table
from reviewlib.show.voice import Voice


def network_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return who lost what to whom, counts done of counts due; see `find.transfers`."""
    cols = [
        Col("from_dept", "划出", "From", voice.names), Col("to_dept", "划入", "To", voice.names),
        Col("matter_ids", "事项", "Matters", lambda ids, lang: _listed(ids)),
        Col("duties", "职责到位", "Duties in place", _as_it_is, True),
        Col("agreed", "双方一致", "Both sides agree", _as_it_is, True),
        Col("pending_city_count", "待市级", "At the city", words.count),
        Col("posts", "编制划转", "Posts moved", _as_it_is, True),
        Col("people", "人员转隶", "Staff moved", _as_it_is, True),
    ]  # fmt: skip
    pairs = {"duties": ("done_count", "duties_count"), "agreed": ("agreed_count", "duties_count"),
             "posts": ("posts_done_count", "posts_count"),
             "people": ("transferred_done_count", "transferred_due_count")}  # fmt: skip
    told = frame.assign(**{
        name: [f"{part}/{whole}" for part, whole in zip(frame[done], frame[due], strict=True)]
        for name, (done, due) in pairs.items()
    })  # fmt: skip
    return table(told, cols, lang=voice.lang, **options)


def claims_table(frame: pd.DataFrame, voice: Voice, **options) -> Block:
    """Return one row per suggestion with every wording and its place; see `find.claims`."""
    rows = [
        {"claim": told["claim"].iloc[0], "basis": told["basis"].iloc[0],
         "likeness": told["likeness"].iloc[0],
         "told": join((_statement(row, voice) for row in told.to_dict("records")), LINE)}
        for _, told in frame.groupby("claim_no", sort=False)
    ]  # fmt: skip
    cols = [
        Col("claim", "疑似情形", "Looks", lambda code, lang: words.label(CLAIM, code, lang)),
        Col("basis", "依据", "Because", lambda code, lang: words.label(CLAIM_BASIS, code, lang)),
        Col("likeness", "相近度", "Likeness", words.count),
        Col("told", "各部门的表述", "Wording of each list"),
    ]
    return table(pd.DataFrame(rows, columns=["claim", "basis", "likeness", "told"]), cols,
                 lang=voice.lang, **options)  # fmt: skip


def _statement(row: dict, voice: Voice) -> Block:
    told = voice.say(
        "{who}（{role}）：{what}", "{who} ({role}): {what}", who=voice.name(row["dept_code"]),
        role=voice.label(CLAIM_ROLE, row["claim_role"]),
        what=voice.say("未列", "not listed") if words.is_missing(row["wording"])
        else voice.original(row["wording"]),
    )  # fmt: skip
    if words.is_missing(row["source_cell"]):
        return told
    place = (row[f"source_{part}"] for part in ("file", "sheet", "cell"))
    return join((told, " ", voice.places(*place, voice.lang)))


def _listed(ids: object) -> str:
    return words.MISSING if words.is_missing(ids) else str(ids).replace(";", "、")


def _as_it_is(value: object, lang: str) -> str:
    return str(value)
