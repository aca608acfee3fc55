"""Rates of the dimensions: the median of the departments as a bar, their range as a line."""

from __future__ import annotations

import pandas as pd
import seaborn as sns

from reviewlib.show import style, words
from reviewlib.show.blocks import Block
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.sentences.dimensions import dimension_title
from reviewlib.show.voice import Voice


def dimension_rates(medians: pd.DataFrame, voice: Voice, *, who: Block | str) -> Figure | Block:
    """Draw the median rate of each dimension with the range of the departments.

    Parameters
    ----------
    medians : DataFrame
        Rows of `find.dimensions` of one mode with a `label` in the language.
    voice : Voice
    who : str or Block
        Whose rates: for the small print and the text alternative.
    """
    known = medians.dropna(subset=["rate_median"]).reset_index(drop=True)
    if known.empty:
        return Block()
    png = draw(lambda axes: _paint(axes, known, voice), height=0.34 * len(known) + 0.6)
    told = [
        voice.say(
            "{label}：中位数{median}，最低{low}，最高{high}（{n}家）",
            "{label}: median {median}, lowest {low}, highest {high} ({n} departments)",
            label=row["label"], median=words.rate(row["rate_median"]), n=int(row["dept_count"]),
            low=words.rate(row["rate_min"]), high=words.rate(row["rate_max"]),
        ).text
        for row in known.to_dict("records")
    ]  # fmt: skip
    return figure(
        png, title=dimension_title(medians, voice), alt="；".join(told) if voice.lang == "zh"
        else "; ".join(told),
        below=voice.say(
            "横条和菱形为{who}得分率的中位数，细线为最低至最高。",
            "Bar and diamond: median rate of {who}; line: lowest to highest.", who=who,
        ),
    )  # fmt: skip


def _paint(axes, known: pd.DataFrame, voice: Voice) -> None:
    rates = known[["rate_median", "rate_min", "rate_max"]].astype("float64") * 100
    medians, low, high = (rates[name].tolist() for name in rates)
    places = range(len(known))
    axes.barh(places, medians, height=0.6, color=sns.desaturate(style.PALE, 0.75))
    for place in places:
        axes.plot([low[place], high[place]], [place, place], color=style.MAIN, linewidth=1.6,
                  zorder=3)  # fmt: skip
        axes.text(102, place, words.rate(known["rate_median"].iloc[place]), va="center", ha="left")
    axes.plot([*low, *high], [*places, *places], "|", color=style.MAIN, markersize=9, zorder=3)
    axes.plot(medians, places, "D", color=style.MAIN, markersize=6, zorder=4)
    axes.set_yticks(places, known["label"].tolist())
    axes.invert_yaxis()
    axes.set(xlim=(0, 112), xlabel=voice.say("得分率（%）", "Rate (%)").text)
    axes.set_xticks(range(0, 101, 20))
    axes.grid(axis="y", visible=False)
    sns.despine(ax=axes, left=True)
