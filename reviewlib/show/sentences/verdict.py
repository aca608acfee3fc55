"""The answer in at most two sentences: how many departments stand where, and what that means."""

from __future__ import annotations

import pandas as pd

from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, join
from reviewlib.show.voice import Voice

BANDS = ("green", "yellow", "red")
UNRATED = "not_rated"


def tally(totals: pd.DataFrame) -> dict[str, list[str]]:
    """Return the departments of each band, in the order given; `not_rated` comes last."""
    pairs = list(zip(totals["band"], totals["dept_code"], strict=True))
    return {
        band: [code for its_band, code in pairs if its_band == band] for band in (*BANDS, UNRATED)
    }


def colour_counts(totals: pd.DataFrame, voice: Voice) -> Block:
    """Return the count of every colour that occurs: 绿5家、黄3家、暂不评定1家."""
    parts = [
        voice.say("{word}{n}家", "{n} {word}", n=len(codes),
                  word=_lower(words.colour_word(band, voice.lang), voice))
        for band, codes in tally(totals).items() if codes
    ]  # fmt: skip
    return join(parts, voice.say("、", ", ")) if parts else Block(words.MISSING)


def verdict(totals: pd.DataFrame, voice: Voice, *, subject: Part) -> Block:
    """Return the verdict on some departments of one mode, in at most two sentences.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Scores.totals` of one mode, protocol order.
    voice : Voice
    subject : str or Block
        Who is spoken of: 第一回访组, Visit group 1.
    """
    if totals.empty:
        return voice.say(
            "{subject}没有部门，无可评定事项。",
            "{subject}: there are no departments, so there is nothing to assess.", subject=subject,
        )  # fmt: skip
    return join((_standing(totals, voice, subject), _meaning(totals, voice)), voice.gap)


def _standing(totals: pd.DataFrame, voice: Voice, subject: Part) -> Block:
    by_band = tally(totals)
    rated = [band for band in BANDS if by_band[band]]
    unrated, n = by_band[UNRATED], len(totals)
    if n == 1:
        return voice.say(
            "{subject}仅有1家部门（{name}），{band}。",
            "{subject} has one department, {name}: {band}.",
            subject=subject, name=voice.name(totals["dept_code"].iloc[0]),
            band=_one_band(totals["band"].iloc[0], voice),
        )  # fmt: skip
    if not rated:
        return voice.say(
            "{subject}{n}家部门均暂不评定。",
            "{subject}: none of {n} departments can be rated yet.",
            subject=subject, n=n,
        )  # fmt: skip
    if len(rated) == 1 and not unrated:
        return voice.say(
            "{subject}{n}家部门全部评定为{band}。", "{subject}: all {n} departments are {band}.",
            subject=subject, n=n, band=voice.bands.phrase(rated[0], voice.lang),
        )  # fmt: skip
    return voice.say(
        "{subject}{n}家部门中，评定为{listed}{rest}。",
        "{subject}: of {n} departments, {listed}{rest}.",
        subject=subject, n=n, listed=_by_band(by_band, rated, voice),
        rest=_rest(unrated, voice),
    )  # fmt: skip


def _by_band(by_band: dict[str, list[str]], rated: list[str], voice: Voice) -> Block:
    parts = [
        voice.say("{band}{n}家", "{n} {band}", n=len(by_band[band]),
                  band=voice.bands.phrase(band, voice.lang))
        for band in rated
    ]  # fmt: skip
    return join(parts, voice.say("、", ", "))


def _rest(unrated: list[str], voice: Voice) -> Part:
    if not unrated:
        return ""
    return voice.say(
        "，另有{n}家（{names}）暂不评定", "; {names} cannot be rated yet",
        n=len(unrated), names=voice.some(unrated),
    )  # fmt: skip


def _one_band(band: str, voice: Voice) -> Block:
    if band == UNRATED:
        return voice.say("暂不评定", "not rated yet")
    return voice.say("评定为{band}", "{band}", band=voice.bands.phrase(band, voice.lang))


def _meaning(totals: pd.DataFrame, voice: Voice) -> Block:
    by_band = tally(totals)
    yellow, red = by_band["yellow"], by_band["red"]
    rated = sum(len(by_band[band]) for band in BANDS)
    if not rated:
        return voice.say(
            "现有资料不足以作出总体评价。",
            "What has come in does not allow an overall assessment.",
        )  # fmt: skip
    if not yellow and not red:
        return voice.say(
            "改革任务落实到位，重在巩固成效。",
            "The reform tasks are in place; the work now is to keep them so.",
        )  # fmt: skip
    if not red:
        return voice.say(
            "改革任务基本落实，{names}需继续巩固提升。",
            "The reform tasks are largely in place; {names} still {need} work.",
            names=voice.some(yellow), need="needs" if len(yellow) == 1 else "need",
        )  # fmt: skip
    if 2 * len(red) >= rated:
        return voice.say(
            "需重点整改的达到半数以上，改革任务落实尚有较大差距。",
            "Half or more need priority rectification; the reform tasks are far from in place.",
        ) if rated > 1 else voice.say(
            "改革任务落实尚有较大差距。", "The reform tasks are far from in place."
        )  # fmt: skip
    return voice.say(
        "多数部门已落实或基本落实，{names}需重点整改。",
        "Most departments are in place or largely so; {names} {need} priority rectification.",
        names=voice.some(red), need="needs" if len(red) == 1 else "need",
    )  # fmt: skip


def _lower(word: str, voice: Voice) -> str:
    return word.lower() if voice.lang == "en" else word
