"""Bands (评定): a strip of departments in protocol order, and counts by mode."""

from __future__ import annotations

import pandas as pd

from reviewlib.schema import vocabularies as v
from reviewlib.show import style, words
from reviewlib.show.blocks import Block, element, join
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.sentences.transfers import mode_word
from reviewlib.show.sentences.verdict import BANDS, UNRATED, colour_counts, tally
from reviewlib.show.voice import Bands, Voice


def strip(totals: pd.DataFrame, voice: Voice) -> Block:
    """Return the departments in protocol order, each with shape, word and colour.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Scores.totals` of one mode.
    """
    items = [_item(row["dept_code"], row["band"], voice) for row in totals.to_dict("records")]
    return element("ol", *items, class_="rl-strip") if items else Block()


def _item(code: str, band: str, voice: Voice) -> Block:
    colour = "grey" if band == UNRATED else band
    shape = element("span", words.SHAPES.get(band, "○"), class_="rl-shape", aria_hidden="true")
    word = element("span", words.colour_word(band, voice.lang), class_="rl-word")
    name = element("span", voice.name(code), class_="rl-name")
    return element("li", join((shape, word, name), " "), class_=f"rl-{colour}")


def bands(scores, lang: str = "zh") -> Figure:
    """Draw how many departments have each band, the visited and the self-assessed apart.

    For an analyst: `rl.show.bands(scores)`.

    Parameters
    ----------
    scores : Scores
        As `rl.score(review)` gives them.
    lang : {"zh", "en"}
    """
    voice = Voice(lang, words.Names(pd.DataFrame()), Bands({}))
    modes = [mode for mode in v.MODE.codes if (scores.totals["mode"] == mode).any()]
    counts = {mode: _counts(scores.totals, mode) for mode in modes}
    labels = [mode_word(mode, voice).text for mode in modes]
    png = draw(lambda axes: _paint(axes, list(counts.values()), labels, voice),
               height=0.5 * max(len(modes), 1) + 0.8)  # fmt: skip
    told = join(
        [voice.say("{mode}：{counts}", "{mode}: {counts}", mode=label,
                   counts=colour_counts(scores.totals[scores.totals["mode"] == mode], voice))
         for mode, label in zip(modes, labels, strict=True)],
        voice.say("；", "; "),
    )  # fmt: skip
    return figure(png, title=told, alt=told)


def _counts(totals: pd.DataFrame, mode: str) -> dict[str, int]:
    return {band: len(codes) for band, codes in tally(totals[totals["mode"] == mode]).items()}


def _paint(axes, counts: list[dict[str, int]], labels: list[str], voice: Voice) -> None:
    for place, row in enumerate(counts):
        left = 0
        for band in (*BANDS, UNRATED):
            if not row[band]:
                continue
            axes.barh(place, row[band], left=left, height=0.6, color=style.COLOURS[band],
                      edgecolor="white", hatch="//" if band == UNRATED else None)  # fmt: skip
            said = f"{words.SHAPES[band]} {words.colour_word(band, voice.lang)} {row[band]}"
            axes.text(left + row[band] / 2, place, said, color="white", ha="center", va="center")
            left += row[band]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(max(len(labels), 1) - 0.5, -0.5)
    axes.set(xlabel=voice.say("部门（家）", "Departments").text)
    axes.grid(axis="y", visible=False)
