"""The ledger over time and across: the burn-down, and the flow from problem to status."""

from __future__ import annotations

from textwrap import fill

import pandas as pd
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from reviewlib.schema import vocabularies as v
from reviewlib.show import style, words
from reviewlib.show.blocks import Part
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.voice import Voice

SERIES = (
    ("open", "未销号", "Open", style.MAIN, "o", "-"),
    ("closed", "累计已销号", "Closed", style.COLOURS["green"], "^", "--"),
)  # fmt: skip
"""Column of `burn_down`, words, colour, marker, line."""

STATUS_COLOURS = {
    "closed": style.COLOURS["green"], "pending_city": style.COLOURS["grey"],
    "to_close": style.SECOND,
}  # fmt: skip
"""Statuses the flow tells apart by colour; every other is the main colour."""

COLUMNS = (("category", v.CATEGORY), ("strand", v.STRAND), ("status", v.LEDGER_STATUS))
GAP = 0.6  # between two blocks of a column, in links
LABEL_LETTERS = 22  # of a label before it is broken between words
WIDTH = 0.05  # of a block, where the columns stand at 0, 1, 2


def burn_down_lines(counts: pd.DataFrame, voice: Voice, *, title: Part) -> Figure:
    """Draw open and closed problems at each month end, each line with its name and its numbers.

    Parameters
    ----------
    counts : DataFrame
        As `ledger.burn_down` returns it; at least two rows.
    voice : Voice
    title : str or Block
        The sentence the chart proves.
    """
    png = draw(lambda axes: _paint_lines(axes, counts, voice), height=2.7)
    told = [
        f"{voice.date(row['as_of'])}: " + ", ".join(
            f"{_word(series, voice)} {row[series[0]]}" for series in SERIES)
        for row in counts.to_dict("records")
    ]  # fmt: skip
    return figure(png, title=title, alt="; ".join(told))


def _word(series: tuple, voice: Voice) -> str:
    return series[2] if voice.lang == "en" else series[1]


def _paint_lines(axes, counts: pd.DataFrame, voice: Voice) -> None:
    places = range(len(counts))
    for name, _, _, colour, marker, line in SERIES:
        values = counts[name].astype(int).tolist()
        word = _word(next(series for series in SERIES if series[0] == name), voice)
        axes.plot(places, values, line, color=colour, marker=marker, label=word, linewidth=1.8)
        for place, value in zip(places, values, strict=True):
            axes.annotate(str(value), (place, value), xytext=(0, 6), textcoords="offset points",
                          ha="center", color=colour, fontweight="bold")  # fmt: skip
    days = counts["as_of"].dt.strftime("%Y-%m-%d")
    axes.set_xticks(places, days.tolist(), rotation=0 if len(counts) < 7 else 45)
    axes.set(ylim=(0, int(counts["total"].max()) * 1.2 + 0.5),
             ylabel=voice.say("问题（项）", "Problems").text)  # fmt: skip
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(ncols=len(SERIES), loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)


def flow_ribbons(links: pd.DataFrame, voice: Voice, *, title: Part, below: Part = "") -> Figure:
    """Draw the flow problem category → strand of recommendations → status as ribbons.

    Parameters
    ----------
    links : DataFrame
        As `ledger.flow` returns it; at least one row.
    """
    most = max(links[name].fillna("").nunique() for name, _ in COLUMNS)
    png = draw(lambda axes: _paint_flow(axes, links, voice), height=0.62 * most + 1.2)
    told = [
        " → ".join(_label(name, vocabulary, row[name], voice) for name, vocabulary in COLUMNS)
        + f" {row['link_count']}"
        for row in links.to_dict("records")
    ]  # fmt: skip
    return figure(png, title=title, alt="; ".join(told), below=below)


def _label(name: str, vocabulary, code: object, voice: Voice) -> str:
    if words.is_missing(code) or code == "":
        return voice.say("尚无建议", "No recommendation").text
    return voice.label(vocabulary, code)


def _paint_flow(axes, links: pd.DataFrame, voice: Voice) -> None:
    links = links.assign(**{name: links[name].fillna("") for name, _ in COLUMNS})
    blocks = [_blocks(links, name, vocabulary) for name, vocabulary in COLUMNS]
    for at, (name, vocabulary) in enumerate(COLUMNS):
        for code, (bottom, height) in blocks[at].items():
            axes.add_patch(_ribbon(at - WIDTH, at + WIDTH, bottom, bottom, height, style.INK, 1.0))
            axes.text(at + (0.09 if at == 2 else -0.09 if at == 0 else 0), bottom + height / 2,
                      fill(f"{_label(name, vocabulary, code, voice)} {height:g}", LABEL_LETTERS),
                      ha={0: "right", 1: "center", 2: "left"}[at], va="center",
                      bbox={"facecolor": "white", "edgecolor": style.GRID, "pad": 1.5}
                      if at == 1 else None)  # fmt: skip
    for at in (0, 1):
        _paint_between(axes, links, at, blocks)
    top = max(bottom + height for column in blocks for bottom, height in column.values())
    axes.set(xlim=(-0.75, 2.6), ylim=(top + 0.3, -0.3))
    axes.axis("off")


def _blocks(links: pd.DataFrame, name: str, vocabulary) -> dict[str, tuple[float, float]]:
    """Return where each block of a column begins and how high it is, in links."""
    counts = links.groupby(name)["link_count"].sum()
    order = [code for code in (*vocabulary.codes, "") if code in counts.index]
    blocks, bottom = {}, 0.0
    for code in order:
        blocks[code] = (bottom, float(counts[code]))
        bottom += float(counts[code]) + GAP
    return blocks


def _paint_between(axes, links: pd.DataFrame, at: int, blocks: list[dict]) -> None:
    """Draw the ribbons between two columns, coloured by the status they end in."""
    left, right = COLUMNS[at][0], COLUMNS[at + 1][0]
    keys = list(dict.fromkeys([left, right, "status"]))
    sums = links.groupby(keys, sort=False, as_index=False)["link_count"].sum()
    order = {name: list(blocks[n]) for n, (name, _) in enumerate(COLUMNS)}
    ranked = sums.assign(**{f"_{name}": sums[name].map(order[name].index) for name in keys})
    starts = {code: bottom for code, (bottom, _) in blocks[at].items()}
    ends = {code: bottom for code, (bottom, _) in blocks[at + 1].items()}
    for row in ranked.sort_values([f"_{name}" for name in keys]).to_dict("records"):
        height = float(row["link_count"])
        colour = STATUS_COLOURS.get(row["status"], style.MAIN)
        axes.add_patch(_ribbon(at + WIDTH, at + 1 - WIDTH, starts[row[left]], ends[row[right]],
                               height, colour, 0.45))  # fmt: skip
        starts[row[left]] += height
        ends[row[right]] += height


def _ribbon(
    x0: float, x1: float, y0: float, y1: float, height: float, colour: str, alpha: float
) -> PathPatch:
    """Return a band of one height from (x0, y0) to (x1, y1) with a soft bend."""
    middle = (x0 + x1) / 2
    points = [
        (x0, y0), (middle, y0), (middle, y1), (x1, y1),
        (x1, y1 + height), (middle, y1 + height), (middle, y0 + height), (x0, y0 + height),
        (x0, y0),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(points, codes), facecolor=colour, edgecolor="none", alpha=alpha)
