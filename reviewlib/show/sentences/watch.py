"""Three things to watch: the first that apply, in a fixed order of weight."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reviewlib.findings.vocabularies import MISSING
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, join
from reviewlib.show.sentences.verdict import tally
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural

MOST = 3


def things_to_watch(
    voice: Voice,
    *,
    totals: pd.DataFrame,
    missing: pd.DataFrame,
    problems: pd.DataFrame,
    mismatches: pd.DataFrame,
    city: pd.DataFrame,
    weakest: tuple[str, float] | None,
) -> list[Part]:
    """Return at most three things a leader should watch; one honest sentence when there are none.

    Parameters
    ----------
    voice : Voice
    totals : DataFrame
        `Scores.totals` of the departments.
    missing, problems, mismatches, city : DataFrame
        As `find.missing`, `find.problems`, `find.mismatches`, `find.city_matters` return them.
    weakest : (str, float), optional
        Name of the indicator with the lowest median, and that median (0–1).
    """
    found = [
        *_red(totals, voice),
        *_missing(missing, voice),
        *_overdue(problems, voice),
        *_mismatches(mismatches, voice),
        *_city(city, voice),
        *_weakest(weakest, voice),
    ]
    if not found:
        return [voice.say("没有需要特别关注的事项。", "Nothing calls for particular attention.")]
    return found[:MOST]


def _red(totals: pd.DataFrame, voice: Voice) -> Iterator[Block]:
    red = tally(totals)["red"]
    if red:
        yield voice.say(
            "{names}评定为{band}，需逐项督促整改。",
            "{names} {be} {band}; each item needs follow-up.",
            names=voice.some(red), band=voice.bands.phrase("red", voice.lang),
            be="is" if len(red) == 1 else "are",
        )  # fmt: skip


def _missing(missing: pd.DataFrame, voice: Voice) -> Iterator[Block]:
    parts = [
        voice.say("{names}{what}", "{names} ({what})", names=voice.some(codes),
                  what=voice.label(MISSING, what))
        for what in MISSING.codes
        if len(codes := missing.loc[missing["what"] == what, "dept_code"])
    ]  # fmt: skip
    if parts:
        yield voice.say(
            "{parts}，相关部门暂缺依据，需尽快补齐。",
            "Still missing: {parts}; to be completed soon.",
            parts=join(parts, voice.say("；", "; ")),
        )  # fmt: skip


def _overdue(problems: pd.DataFrame, voice: Voice) -> Iterator[Block]:
    red = problems[problems["light"] == "red"]
    if len(red):
        yield voice.say(
            "{n}项问题亮红灯（{titles}），需协调推动。",
            "{many} at red ({titles}); someone must unblock {them}.",
            n=len(red), many=plural(len(red), "problem"), them="it" if len(red) == 1 else "them",
            titles=join([voice.original(one) for one in red["title"]], voice.say("；", "; ")),
        )  # fmt: skip


def _mismatches(mismatches: pd.DataFrame, voice: Voice) -> Iterator[Block]:
    if mismatches.empty:
        return
    depts = set(mismatches["from_dept"].dropna()) | set(mismatches["to_dept"].dropna())
    yield voice.say(
        "双方对碰不一致{n}处，涉及{names}，需双方核对。",
        "The two sides of transfers differ in {many}, concerning {names}; they must be reconciled.",
        n=len(mismatches), many=plural(len(mismatches), "place"), names=voice.some(depts),
    )  # fmt: skip


def _city(city: pd.DataFrame, voice: Voice) -> Iterator[Block]:
    if len(city):
        yield voice.say(
            "{n}项事项需市级明确，区级无法单独办结。",
            "{many} must be settled at city level; the district cannot do so alone.",
            n=len(city), many=plural(len(city), "matter"),
        )  # fmt: skip


def _weakest(weakest: tuple[str, float] | None, voice: Voice) -> Iterator[Block]:
    if weakest is not None:
        name, median = weakest
        yield voice.say(
            "得分率中位数最低的指标是{name}（{rate}）。",
            "The indicator with the lowest median rate is {name} ({rate}).",
            name=name, rate=words.rate(median),
        )  # fmt: skip
