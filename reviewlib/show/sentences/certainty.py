"""How sure we are (结论稳健性) in words: which bands would hold, and what the others hang on."""

from __future__ import annotations

import pandas as pd

from reviewlib.scoring import Robustness
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.sentences.transfers import mode_word
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural

NAMED = 2
"""Indicators named behind a department; of more only their number is given."""
ALL = 99
"""Names in a sentence where nobody may be left out."""
_VARIED = {
    "weights": ("各项权重上下浮动{spread}以内", "weights moved by up to {spread}"),
    "missing": ("缺项按不同口径处理", "missing answers treated in other ways"),
    "severity": ("组间尺度差异计入或不计入", "the groups' severity counted or not"),
}


def how_sentence(sure: Robustness, voice: Voice) -> Block:
    """Say how it was tried, and from when a band counts as robust."""
    spread = f"{sure.spread:.0%}"
    told = [voice.say(*_VARIED[name], spread=spread) for name in sure.varied]
    varied = voice.listed(told) if voice.lang == "en" else join(told, "、")
    return voice.say(
        "结论有多稳：{varied}，重新计分{draws}次；{share}以上的试算维持原评定的为稳妥，"
        "达不到的为不稳妥，使用时宜留有余地。扣分、加分是事实，不作变动。",
        "How sure we are: scored again {draws} times with {varied}. A band that at least {share} "
        "of the trials give is robust; one that fewer give is not, and should be used with care. "
        "Deductions and bonuses are facts and were not varied.",
        varied=varied, draws=words.count(sure.draws, voice.lang), share=f"{sure.sure:.0%}",
    )  # fmt: skip


def sure_sentence(totals: pd.DataFrame, mode: str, voice: Voice) -> Block:
    """Say how many bands are robust, and name the departments whose band is not.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Robustness.totals` of one mode.
    mode : {"visit", "self"}
    """
    who, n = mode_word(mode, voice, is_first=True), len(totals)
    if not n:
        return voice.say(
            "{who}没有已评定的部门，谈不上稳妥与否。",
            "{who}: none is rated, so there is no band to be sure of.", who=who,
        )  # fmt: skip
    shaky = totals.loc[~totals["is_robust"].astype(bool), "dept_code"]
    if shaky.empty:
        return voice.say(
            "{who}已评定的{n}家部门，评定都是稳妥的。",
            "{who}: the bands of all {n} rated are robust.", who=who, n=n,
        )  # fmt: skip
    return voice.say(
        "{who}已评定的{n}家部门中，{k}家的评定不稳妥：{names}。",
        "{who}: of {n} rated, the bands of {k} are not robust: {names}.",
        who=who, n=n, k=len(shaky), names=voice.some(shaky, ALL),
    )  # fmt: skip


def hinge_sentence(hinges: pd.DataFrame, mode: str, voice: Voice) -> Block:
    """Name the departments whose band hangs on one indicator, or on one missing answer.

    Parameters
    ----------
    hinges : DataFrame
        Rows of `scoring.hinges` of one mode.
    mode : {"visit", "self"}
    """
    who = mode_word(mode, voice, is_first=True)
    is_indicator = hinges["kind"] == "without"
    one, missing = _named(hinges[is_indicator], voice), _named(hinges[~is_indicator], voice)
    if not one and not missing:
        return voice.say(
            "{who}：没有部门的评定系于单项指标或一处缺项。",
            "{who}: no band hangs on one indicator or one missing answer.", who=who,
        )  # fmt: skip
    parts = []
    if one:
        parts.append(voice.say(
            "{n}家的评定系于单项指标（不计该项，评定就不同）：{names}",
            "in {many} the band hangs on one indicator (without it the band would differ): {names}",
            n=len(one), many=plural(len(one), "department"), names=join(one, _comma(voice)),
        ))  # fmt: skip
    if missing:
        parts.append(voice.say(
            "{n}家的评定系于一处缺项（补齐后评定可能不同）：{names}",
            "in {many} it hangs on one missing answer (once it comes the band may differ): {names}",
            n=len(missing), many=plural(len(missing), "department"),
            names=join(missing, _comma(voice)),
        ))  # fmt: skip
    return voice.say("{who}：{parts}。", "{who}: {parts}.", who=who,
                     parts=join(parts, voice.say("；", "; ")))  # fmt: skip


def _named(hinges: pd.DataFrame, voice: Voice) -> list[Block]:
    """Return each department with the indicators it hangs on, any of which alone is enough."""
    found = []
    for code, ids in hinges.groupby("dept_code", sort=False)["indicator_id"]:
        ids = list(dict.fromkeys(ids))
        told = join(ids, voice.say("或", " or ")) if len(ids) <= NAMED else voice.say(
            "{n}项中任一项", "any of {n}", n=len(ids)
        )  # fmt: skip
        found.append(voice.say("{name}（{told}）", "{name} ({told})", name=voice.name(code),
                               told=told))  # fmt: skip
    return found


def _comma(voice: Voice) -> Block:
    return voice.say("、", ", ")
