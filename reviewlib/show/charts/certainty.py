"""How sure the totals are: the interval of every department, in protocol order, never ranked."""

from __future__ import annotations

import pandas as pd
import seaborn as sns

from reviewlib.rubric import Rubric
from reviewlib.show import style, words
from reviewlib.show.blocks import Block, Part
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.voice import Voice

ROW = 0.22  # inches of height per department
ROOM = {"zh": 0.26, "en": 0.6}  # of the width of the scale, for the words behind the lines


def intervals(totals: pd.DataFrame, rubric: Rubric, voice: Voice, *, title: Part,
              below: Part = "") -> Figure | Block:  # fmt: skip
    """Draw the interval of each total, its band, and how often the trials gave that band.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Robustness.totals` of one mode, protocol order.
    rubric : Rubric
        For the edges between bands.
    voice : Voice
    title, below : str or Block
    """
    if totals.empty:
        return Block()
    rows = totals.to_dict("records")
    png = draw(lambda axes: _paint(axes, rows, rubric, voice), height=ROW * len(rows) + 0.75)
    told = [
        voice.say(
            "{name}{total}分（{low}–{high}），{band}{p}",
            "{name} {total} ({low}–{high}), {band} in {p}",
            name=voice.name(row["dept_code"]), total=words.total(row["total_shown"]),
            low=words.score(row["low"]), high=words.score(row["high"]),
            band=words.colour_word(row["band"], voice.lang).lower(), p=_share(row["p_band"]),
        ).text
        for row in rows
    ]  # fmt: skip
    alt = ("；" if voice.lang == "zh" else "; ").join(told)
    return figure(png, title=title, alt=alt, below=below)


def _paint(axes, rows: list[dict], rubric: Rubric, voice: Voice) -> None:
    edges = sorted(float(band.at_least) for band in rubric.bands if float(band.at_least) > 0)
    for edge in edges:
        axes.axvline(edge, color=style.INK, linewidth=0.9, linestyle=(0, (4, 3)), zorder=1)
    full = float(rubric.total.scale)
    low = min([row["low"] for row in rows] + edges)
    start = max(0.0, low - 0.03 * full)
    end = full + ROOM[voice.lang] * (full - start)
    for place, row in enumerate(rows):
        axes.text(full + 0.025 * (end - start), place, _behind(row, voice), va="center", ha="left",
                  fontsize=8.5, fontweight="normal" if row["is_robust"] else "bold")  # fmt: skip
    for (band, is_sure), places in _alike(rows).items():
        colour = style.COLOURS[band]
        axes.hlines(places, [rows[place]["low"] for place in places],
                    [rows[place]["high"] for place in places], color=colour, linewidth=3,
                    alpha=0.55, zorder=2)  # fmt: skip
        axes.plot([rows[place]["total_shown"] for place in places], places, style.MARKERS[band],
                  markersize=6.5, markeredgecolor=colour,
                  markerfacecolor=colour if is_sure else "white", zorder=3)  # fmt: skip
    names = [voice.name(row["dept_code"]).text for row in rows]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set(xlim=(start, end), xlabel=voice.say("总分", "Total").text)
    axes.set_xticks([tick for tick in range(0, int(full) + 1, 5) if tick >= start])
    axes.grid(axis="y", visible=False)
    sns.despine(ax=axes, left=True)


def _alike(rows: list[dict]) -> dict[tuple[str, bool], list[int]]:
    """Return the places of the rows that are drawn alike, by band and whether it is robust."""
    alike: dict[tuple[str, bool], list[int]] = {}
    for place, row in enumerate(rows):
        alike.setdefault((row["band"], bool(row["is_robust"])), []).append(place)
    return alike


def _behind(row: dict, voice: Voice) -> str:
    """Return the band with its share of the trials, and a word where it is not robust."""
    said = f"{words.colour_word(row['band'], voice.lang)} {_share(row['p_band'])}"
    if row["is_robust"]:
        return said
    return said + voice.say("  不稳妥", "  not robust").text


def _share(value: object) -> str:
    """Return a share of trials as whole per cent; what is almost all is never said to be all."""
    share = float(value)
    if 0.995 <= share < 1:
        return ">99%"
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
