"""Lights as bars: how many of a kind are closed, on track, yellow, red, grey."""

from __future__ import annotations

import pandas as pd

from reviewlib.show import style, words
from reviewlib.show.blocks import Block, Part
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.sentences.lights import LIGHTS, state_word
from reviewlib.show.voice import Voice

FILLS = {"closed": style.MAIN, **{light: style.COLOURS[light] for light in LIGHTS[1:]}}
HATCHES = {"grey": "//"}
SHAPES = {"closed": "✓", **{light: words.SHAPES[light] for light in LIGHTS[1:]}}


def light_bars(counts: pd.DataFrame, voice: Voice, *, title: Part) -> Figure:
    """Draw one bar a row, its parts in the order closed, green, yellow, red, grey.

    Parameters
    ----------
    counts : DataFrame
        One row per bar: `label` (text) and the columns of `find.totals`.
    voice : Voice
    title : str or Block
        The sentence the chart proves.
    """
    png = draw(lambda axes: _paint(axes, counts, voice), height=0.46 * len(counts) + 1.1)
    told = [_told(row, voice) for row in counts.to_dict("records")]
    return figure(png, title=title, alt=("; " if voice.lang == "en" else "；").join(told))


def _told(row: dict, voice: Voice) -> str:
    parts = [f"{state_word(state, voice)} {row[state]}" for state in LIGHTS if row[state]]
    return f"{row['label']}: {', '.join(parts) or 0}"


def _paint(axes, counts: pd.DataFrame, voice: Voice) -> None:
    places, left = range(len(counts)), [0] * len(counts)
    for state in LIGHTS:
        widths = counts[state].astype(int).tolist()
        axes.barh(
            places, widths, left=left, height=0.62, color=FILLS[state], hatch=HATCHES.get(state),
            edgecolor="white", linewidth=0.8, label=f"{SHAPES[state]} {state_word(state, voice)}",
        )  # fmt: skip
        for place, width in enumerate(widths):
            if width:
                axes.text(
                    left[place] + width / 2, place, f"{SHAPES[state]} {width}", color="white",
                    ha="center", va="center", fontweight="bold",
                    bbox={"facecolor": FILLS[state], "edgecolor": "none", "pad": 1.2}
                    if state in HATCHES else None,
                )  # fmt: skip
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_yticks(places, counts["label"].tolist())
    axes.invert_yaxis()
    axes.set(xlim=(0, max([*left, 1])), xlabel=voice.say("项", "Items").text)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.grid(axis="y", visible=False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.legend(ncols=len(LIGHTS), loc="lower center", bbox_to_anchor=(0.45, 1.0), frameon=False,
                handlelength=1.2, columnspacing=1.2)  # fmt: skip


def labelled(counts: pd.DataFrame, labels: list[Part]) -> pd.DataFrame:
    """Give each row its label as plain text."""
    plain = [label.text if isinstance(label, Block) else str(label) for label in labels]
    return counts.assign(label=plain)
