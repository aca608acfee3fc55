"""Duties claimed twice or by nobody across departments' lists (职责重复与空白), as suggestions.

The lists of different departments are laid side by side: transfers (03), matters between
departments (07), coordination bodies (08). What does not fit is pointed out with the wording of
each list; whether a duty is really double or orphaned people decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
from rapidfuzz import fuzz

from reviewlib.findings.addresses import SOURCE
from reviewlib.findings.selection import concerning, in_protocol_order, join_codes, selected
from reviewlib.review import Review

DTYPES = {
    "claim_no": "Int64", "claim": "str", "basis": "str", "likeness": "Int64", "dept_codes": "str",
    "dept_code": "str", "claim_role": "str", "reference": "str", "wording": "str", "status": "str",
    **dict.fromkeys(SOURCE, "str"),
}  # fmt: skip
ORPHANED = ("gap", "unclear_lead")
"""Kinds of matter by which departments themselves say that nobody has it."""

_FILLER = re.compile(r"职责|管理|工作|[\W_]+")


def claims(
    review: Review, group: str | None = None, department: str | None = None, *,
    similar_from: int = 85,
) -> pd.DataFrame:  # fmt: skip
    """Point out duties that several departments claim, or none (职责重复与空白).

    Parameters
    ----------
    review : Review
    group, department : str, optional
        Keep the suggestions that concern a department of the group, or the department.
    similar_from : int
        Likeness (0–100) from which two wordings without a common number are laid side by side.

    Returns
    -------
    DataFrame
        One row per statement of each suggestion, claimed twice before claimed by nobody, then as
        the lists stand: `claim_no` (the suggestion, from 1)`, claim, basis` (vocabularies CLAIM,
        CLAIM_BASIS)`, likeness` (of the wordings; 100 where they share a number)`, dept_codes` (all
        departments of the suggestion)`, dept_code, claim_role` (vocabulary CLAIM_ROLE)`, reference`
        (number of the matter)`, wording` (as the department wrote it; missing where its list does
        not have the matter)`, status` (of a transfer)`, provenance.
    """
    found = [*_transfers(review, similar_from), *_matters(review, similar_from),
             *_bodies(review, similar_from)]  # fmt: skip
    found.sort(key=lambda suggestion: suggestion[0] == "nobody")  # stable: lists keep their order
    rows = [
        {"claim_no": number, "claim": claim, "basis": basis, "likeness": likeness,
         "dept_codes": join_codes(pd.Series([row["dept_code"] for row in told])), **row}
        for number, (claim, basis, likeness, told) in enumerate(found, start=1)
        for row in told
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(DTYPES)).astype(DTYPES)
    return concerning(frame, selected(review, group, department), "dept_codes").reset_index(
        drop=True
    )


def _statement(row: dict, role: str, reference: str, wording: str, status: str = "") -> dict:
    """Return what one row of a list says, with its place."""
    told = {name: row[name] for name in (reference, wording, *SOURCE)}
    return {"dept_code": row["dept_code"], "claim_role": role, "reference": told.pop(reference),
            "wording": told.pop(wording), "status": row.get(status), **told}  # fmt: skip


def _transfers(review: Review, similar_from: int) -> Iterator[tuple]:
    """Duties that left and did not arrive, or arrived and never left; one duty gained by two."""
    rows = in_protocol_order(review.duty_transfers.dropna(subset="matter_id"), review)
    matters: dict[str, dict[str, dict]] = {}
    for row in rows.to_dict("records"):
        matters.setdefault(row["matter_id"], {})[row["reported_by"]] = row
    for sides in matters.values():
        if len(sides) == 2:
            states = sides["losing"]["status"], sides["gaining"]["status"]
            told = [_statement(sides[side], side, "matter_id", "matter", "status")
                    for side in ("losing", "gaining")]  # fmt: skip
            if states == ("done", "not_done"):
                yield "nobody", "left_not_arrived", 100, told
            if states == ("not_done", "done"):
                yield "twice", "kept_and_taken", 100, told
    gained = rows[(rows["reported_by"] == "gaining") & rows["matter"].notna()]
    for alike, likeness in _alike(gained, "matter", "matter_id", similar_from):
        if len(_named(alike, "dept_code")) > 1:
            told = [_statement(row, "gaining", "matter_id", "matter", "status") for row in alike]
            yield "twice", "two_gain", likeness, told


def _matters(review: Review, similar_from: int) -> Iterator[tuple]:
    """Matters with two leads, or with a lead that knows nothing of it."""
    rows = in_protocol_order(review.cross_dept_matters, review)
    listing = set(rows["dept_code"])
    for alike, likeness in _alike(rows, "matter", "cross_matter_id", similar_from):
        told = [_statement(row, _lead_role(row), "cross_matter_id", "matter") for row in alike]
        leads = [one for one in told if one["claim_role"] == "lead"]
        if len({one["dept_code"] for one in leads}) > 1:
            yield "twice", "two_lead", likeness, leads
            continue
        named, own = _named(alike, "lead_dept"), {row["dept_code"] for row in alike}
        silent = sorted(named & listing - own)
        if not leads and silent:
            yield "nobody", "lead_unlisted", likeness, [*told, *map(_silent, silent)]
        elif not leads and named & own:
            yield "nobody", "lead_elsewhere", likeness, told
        elif any(row["matter_kind"] in ORPHANED and pd.isna(row["resolved_on"]) for row in alike):
            yield "nobody", "said_by_them", likeness, told


def _named(rows: list[dict], column: str) -> set[str]:
    return {row[column] for row in rows if pd.notna(row[column])}


def _lead_role(row: dict) -> str:
    return "lead" if row["lead_dept"] == row["dept_code"] else "names_lead"


def _silent(code: str) -> dict:
    return {"dept_code": code, "claim_role": "named_lead"}


def _bodies(review: Review, similar_from: int) -> Iterator[tuple]:
    """Coordination bodies whose office two departments say they host."""
    rows = in_protocol_order(review.coordination_bodies, review)
    hosted = rows[rows["office_dept"] == rows["dept_code"]]
    for alike, likeness in _alike(hosted, "body_name", "body_id", similar_from):
        if len(_named(alike, "dept_code")) > 1:
            told = [_statement(row, "host", "body_id", "body_name") for row in alike]
            yield "twice", "two_host", likeness, told


def _alike(
    frame: pd.DataFrame, wording: str, number: str, similar_from: int
) -> Iterator[tuple[list[dict], int]]:
    """Yield rows about one thing: with one number, or of different departments reading alike."""
    named = frame.dropna(subset=wording).to_dict("records")
    groups: list[tuple[list[int], set[str], list[str], int]] = []  # places, numbers, texts, least
    for place, (text, code) in enumerate((row[wording], row[number]) for row in named):
        bare = _FILLER.sub("", text) or text
        for n, (places, numbers, texts, least) in enumerate(groups):
            is_same = pd.notna(code) and code in numbers
            likeness = 100 if is_same else round(max(fuzz.ratio(bare, other) for other in texts))
            if likeness >= similar_from:
                groups[n] = ([*places, place], numbers | {code}, [*texts, bare],
                             min(least, likeness))  # fmt: skip
                break
        else:
            groups.append(([place], {code}, [bare], 100))
    for places, _, _, least in groups:
        yield [named[place] for place in places], least
