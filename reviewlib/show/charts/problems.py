"""Problems by category: how many, and how many departments they touch."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.ticker import MaxNLocator

from reviewlib.schema import vocabularies as v
from reviewlib.show import style
from reviewlib.show.blocks import Block
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.sentences.problems import by_category, problems_title
from reviewlib.show.voice import Voice

HALF = 0.175  # of the height of a bar; a category is as high as 1


def problems_by_category(problems: pd.DataFrame, voice: Voice) -> Figure | Block:
    """Draw problems and departments by category, in the order of the taxonomy.

    Parameters
    ----------
    problems : DataFrame
        As `find.problems` returns it.
    """
    counted = by_category(problems)
    if counted.empty:
        return Block()
    counted = counted.assign(label=[voice.label(v.CATEGORY, c) for c in counted["category"]])
    png = draw(lambda axes: _paint(axes, counted, voice), height=0.38 * len(counted) + 0.55)
    told = [
        voice.say("{label}{n}项、涉及{d}家部门", "{label}: {n} problems, {d} departments",
                  label=row["label"], n=row["problems"], d=row["depts"]).text
        for row in counted.to_dict("records")
    ]  # fmt: skip
    return figure(
        png, title=problems_title(problems, voice),
        alt=("；" if voice.lang == "zh" else "; ").join(told),
    )


def _paint(axes, counted: pd.DataFrame, voice: Voice) -> None:
    series = (
        ("problems", voice.say("问题（项）", "Problems").text, style.MAIN, -HALF),
        ("depts", voice.say("涉及部门（家）", "Departments").text, style.PALE, HALF),
    )
    for name, word, colour, shift in series:
        places = [place + shift for place in range(len(counted))]
        bars = axes.barh(
            places, counted[name].tolist(), height=2 * HALF, color=sns.desaturate(colour, 0.75),
            edgecolor=style.MAIN, linewidth=0.6, label=word,
        )  # fmt: skip
        axes.bar_label(bars, padding=3, fontsize=9, fmt="%d")
    most = counted[[name for name, *_ in series]].max(axis=None)
    axes.set_yticks(range(len(counted)), counted["label"].tolist())
    axes.set(ylim=(len(counted) - 0.5, -0.5), xlim=(0, max(most * 1.15, 1)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
    sns.despine(ax=axes, left=True)
