"""What the rates of the dimensions (四个方面) say: for the title of a chart, and one by one."""

from __future__ import annotations

import pandas as pd

from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice


def dimension_title(medians: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the chart of dimensions proves.

    Parameters
    ----------
    medians : DataFrame
        One row per dimension, rubric order: `label` (in the language)`, rate_median` (0–1; missing
        where no department is scored).
    """
    known = medians.dropna(subset=["rate_median"])
    shown = known["rate_median"].map(words.rate)
    if known.empty:
        return voice.say("各方面均暂无可评定的得分率", "No dimension can be rated yet")
    if len(known) == 1:
        return voice.say(
            "{label}得分率中位数为{rate}", "The median rate of {label} is {rate}",
            label=_quoted(known["label"].iloc[0], voice), rate=shown.iloc[0],
        )  # fmt: skip
    if shown.nunique() == 1:
        return voice.say(
            "各方面得分率中位数相同，均为{rate}",
            "All dimensions have the same median rate, {rate}",
            rate=shown.iloc[0],
        )  # fmt: skip
    low, high = words.rate(known["rate_median"].min()), words.rate(known["rate_median"].max())
    return voice.say(
        "{lowest}得分率中位数最低，为{low}；{highest}最高，为{high}",
        "The median rate is lowest for {lowest} ({low}) and highest for {highest} ({high})",
        lowest=voice.listed(_quoted(one, voice) for one in known.loc[shown == low, "label"]),
        highest=voice.listed(_quoted(one, voice) for one in known.loc[shown == high, "label"]),
        low=low, high=high,
    )  # fmt: skip


def _quoted(label: str, voice: Voice) -> Block:
    return voice.say("“{label}”", "{label}", label=label)


def dimension_sentence(
    label: str, rates: pd.DataFrame, voice: Voice, *, edge: float, coverage: object
) -> Block:
    """Return one sentence on one dimension.

    Parameters
    ----------
    label : str
        Name of the dimension in the language.
    rates : DataFrame
        One row per department, protocol order: `dept_code, rate` (0–1, missing where not scored).
    voice : Voice
    edge : float
        Share under which a department is named, 0–1.
    coverage : float
        Weight scored of weight applicable, 0–1.
    """
    scored = rates.dropna(subset=["rate"])
    if scored.empty:
        return voice.say(
            "{label}：暂无部门可以评定。", "{label}: no department can be rated yet.", label=label
        )
    if len(scored) == 1:
        return voice.say(
            "{label}：{name}得分率{rate}（覆盖率{coverage}）。",
            "{label}: {name} {rate} (coverage {coverage}).", label=label,
            name=voice.name(scored["dept_code"].iloc[0]), rate=words.rate(scored["rate"].iloc[0]),
            coverage=words.rate(coverage),
        )  # fmt: skip
    spread = voice.say(
        "{label}：{n}家部门得分率中位数{median}，在{low}至{high}之间（覆盖率{coverage}）",
        "{label}: median {median} over {n} departments, from {low} to {high} "
        "(coverage {coverage})",
        label=label, n=len(scored), median=words.rate(scored["rate"].median()),
        low=words.rate(scored["rate"].min()), high=words.rate(scored["rate"].max()),
        coverage=words.rate(coverage),
    )  # fmt: skip
    low = scored.loc[scored["rate"] < edge, "dept_code"].tolist()
    return join((spread, _low_ones(low, voice, words.rate(edge))))


def _low_ones(low: list[str], voice: Voice, edge: str) -> Block:
    if not low:
        return voice.say("，均不低于{edge}。", "; none is below {edge}.", edge=edge)
    return voice.say(
        "，{names}低于{edge}。", "; {names} {be} below {edge}.",
        names=voice.some(low), edge=edge, be="is" if len(low) == 1 else "are",
    )  # fmt: skip
