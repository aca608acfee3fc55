"""Pictures with one row per department, in protocol order: staffing, self against visit."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.ticker import MaxNLocator

from reviewlib.show import style, words
from reviewlib.show.blocks import Block, Part
from reviewlib.show.figures import Figure, draw, figure
from reviewlib.show.sentences.transfers import gap_title, staffing_title
from reviewlib.show.voice import Voice

ROW = 0.22  # inches of height per department


def staffing_bars(posts: pd.DataFrame, voice: Voice, *, below: Part = "") -> Figure | Block:
    """Draw posts filled within posts approved, department by department.

    Parameters
    ----------
    posts : DataFrame
        One row per department, protocol order: `dept_code, posts_approved_count,
        posts_filled_count, posts_vacant_count, posts_over_count`.
    """
    if posts.empty:
        return Block()
    names = [voice.name(code).text for code in posts["dept_code"]]
    png = draw(lambda axes: _paint_posts(axes, posts, names, voice), height=_height(len(posts)))
    told = [
        voice.say("{name}核定{a}名、实有{f}名", "{name} approved {a}, in post {f}", name=name,
                  a=words.count(row["posts_approved_count"], voice.lang),
                  f=words.count(row["posts_filled_count"], voice.lang)).text
        for name, row in zip(names, posts.to_dict("records"), strict=True)
    ]  # fmt: skip
    return figure(png, title=staffing_title(posts, voice), alt=_listed(told, voice), below=below)


def _paint_posts(axes, posts: pd.DataFrame, names: list[str], voice: Voice) -> None:
    rows = range(len(posts))
    approved = posts["posts_approved_count"].fillna(0).astype("float64")
    filled = posts["posts_filled_count"].fillna(0).astype("float64")
    axes.barh(rows, approved, height=0.72, color=style.PALE, edgecolor=style.MAIN, linewidth=0.6,
              label=voice.say("核定", "Approved").text)  # fmt: skip
    axes.barh(rows, filled, height=0.36, color=style.MAIN, label=voice.say("实有", "In post").text)
    for place, (vacant, over) in enumerate(
        zip(posts["posts_vacant_count"], posts["posts_over_count"], strict=True)
    ):
        end = max(approved.iloc[place], filled.iloc[place])
        said = _vacant_and_over(vacant, over, voice)
        axes.text(end, place, f" {said}", va="center", ha="left", fontsize=8.5)
    most = max(approved.max(), filled.max(), 1)
    axes.set(xlim=(0, most * (1.3 if voice.lang == "en" else 1.18)),
             xlabel=voice.say("名", "Posts").text)  # fmt: skip
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    _rows(axes, names)
    _legend(axes)


def _vacant_and_over(vacant: object, over: object, voice: Voice) -> str:
    parts = []
    if not words.is_missing(vacant) and vacant > 0:
        parts.append(voice.say("空{n}", "{n} vacant", n=int(vacant)).text)
    if not words.is_missing(over) and over > 0:
        parts.append(voice.say("超{n}", "{n} over", n=int(over)).text)
    return ("、" if voice.lang == "zh" else ", ").join(parts)


def self_against_visit(totals: pd.DataFrame, voice: Voice) -> Figure | Block:
    """Draw what each visited department's return alone would give beside what the visit gave.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Scores.totals` of visited departments, protocol order.
    """
    both = totals.dropna(subset=["total_shown", "self_total_shown"]).reset_index(drop=True)
    if both.empty:
        return Block()
    names = [voice.name(code).text for code in both["dept_code"]]
    png = draw(lambda axes: _paint_gap(axes, both, names, voice), height=_height(len(both)))
    told = [
        voice.say("{name}自评{s}、回访{t}", "{name} self {s}, visit {t}", name=name,
                  s=words.total(row["self_total_shown"]), t=words.total(row["total_shown"])).text
        for name, row in zip(names, both.to_dict("records"), strict=True)
    ]  # fmt: skip
    return figure(
        png, title=gap_title(both, voice), alt=_listed(told, voice),
        below=voice.say(
            "自评分按自评材料重新计算。差距仅供核对尺度，不作评价。",
            "Self: recomputed from the return alone. The gap only helps to check severity.",
        ),
    )  # fmt: skip


def _paint_gap(axes, both: pd.DataFrame, names: list[str], voice: Voice) -> None:
    visit = both["total_shown"].astype("float64")
    own = both["self_total_shown"].astype("float64")
    rows = range(len(both))
    axes.hlines(rows, visit, own, color=style.PALE, linewidth=4, zorder=2)
    axes.plot(own, rows, "o", markerfacecolor="white", markeredgecolor=style.SECOND,
              markeredgewidth=1.6, markersize=7, zorder=3,
              label=voice.say("自评（空心圆）", "Self (ring)").text)  # fmt: skip
    axes.plot(visit, rows, "D", color=style.MAIN, markersize=6, zorder=4,
              label=voice.say("回访（菱形）", "Visit (diamond)").text)  # fmt: skip
    low = min(visit.min(), own.min())
    axes.set(xlim=(max(0, low - 6), 101), xlabel=voice.say("分", "Points").text)
    _rows(axes, names)
    _legend(axes)


def _legend(axes) -> None:
    """Put the legend above the rows, where it hides none of them."""
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, borderpad=0.1)


def _rows(axes, names: list[str]) -> None:
    """Name the rows from the top, as on the roster."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    sns.despine(ax=axes, left=True)


def _height(count: int) -> float:
    return ROW * count + 0.85


def _listed(told: list[str], voice: Voice) -> str:
    return ("；" if voice.lang == "zh" else "; ").join(told)
