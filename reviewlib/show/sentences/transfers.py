"""What the two sides of transfers say, and counts of the four aspects in words."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.vocabularies import MISMATCH_KIND
from reviewlib.schema import vocabularies as v
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural


def mismatch_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say how many statements of the two sides differ, and about what.

    Parameters
    ----------
    frame : DataFrame
        As `find.mismatches` returns it.
    """
    if frame.empty:
        return voice.say(
            "双方对碰未发现不一致。", "The two sides of every transfer say the same."
        )
    depts = set(frame["from_dept"].dropna()) | set(frame["to_dept"].dropna())
    counts = frame["kind"].value_counts()
    parts = [
        voice.say("{word}{n}处", "{word} {n}", n=int(counts[code]),
                  word=voice.label(MISMATCH_KIND, code))
        for code in MISMATCH_KIND.codes if code in counts.index
    ]  # fmt: skip
    return voice.say(
        "双方对碰不一致{n}处，涉及{d}家部门：{parts}。",
        "The two sides differ in {many}, concerning {depts}: {parts}.",
        n=len(frame), d=len(depts), many=plural(len(frame), "place"),
        depts=plural(len(depts), "department"), parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def duties_sentence(duties: pd.DataFrame, voice: Voice) -> Block:
    """Say how the duty transfers stand, by status; what the city must settle stands apart.

    Parameters
    ----------
    duties : DataFrame
        As `find.duties` returns it.
    """
    if duties.empty:
        return voice.say("没有职责划转事项。", "There are no duty transfers.")
    counts = duties["status"].value_counts()
    parts = [
        voice.say("{word}{n}项", "{n} {word}", n=int(counts[code]),
                  word=voice.label(v.TRANSFER_STATUS, code).lower())
        for code in v.TRANSFER_STATUS.codes if code in counts.index
    ]  # fmt: skip
    agree = int((duties["agreement"] == "agree").sum())
    return voice.say(
        "职责划转事项{n}项：{parts}；双方填报一致{agree}项。",
        "{many}: {parts}; both sides agree on {agree}.",
        n=len(duties), many=plural(len(duties), "duty transfer"), agree=agree,
        parts=join(parts, voice.say("、", ", ")),
    )  # fmt: skip


def count_by_mode(counts: pd.DataFrame, item: str, voice: Voice) -> Block:
    """Return one count of the aspects, the visited and the self-assessed apart.

    Parameters
    ----------
    counts : DataFrame
        As `find.aspect_counts` returns it.
    item : str
        Code of ASPECT_COUNT.
    """
    rows = counts[(counts["item"] == item) & (counts["den"] > 0)]
    parts = [
        voice.say("{mode}{part}", "{mode} {part}", mode=mode_word(row["mode"], voice),
                  part=voice.part_of(row["num"], row["den"]))
        for row in rows.to_dict("records")
    ]  # fmt: skip
    return join(parts, voice.say("、", ", "))


def mode_word(mode: str, voice: Voice, *, is_first: bool = False) -> Block:
    """Return 实地回访部门, visited departments; with a capital where it opens a sentence."""
    zh, en = {
        "visit": ("实地回访", "visited departments"),
        "self": ("单位自评", "self-assessed departments"),
    }[mode]
    return voice.say(f"{zh}部门" if not is_first else zh, en.capitalize() if is_first else en)


def staffing_title(posts: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the staffing chart proves.

    Parameters
    ----------
    posts : DataFrame
        One row per department: `posts_approved_count, posts_filled_count, posts_vacant_count,
        posts_over_count`.
    """
    vacant = int((posts["posts_vacant_count"] > 0).sum())
    over = int((posts["posts_over_count"] > 0).sum())
    if not vacant and not over:
        return voice.say("各部门均满编，无空编、无超编", "Every department is exactly at strength")
    parts = [
        voice.say("{n}家有{zh}（{posts}名）", "{n} {en} ({posts})", n=n, zh=zh,
                  en=en if n != 1 else en.replace("have", "has").replace("are", "is"),
                  posts=int(posts[column].sum()))
        for n, zh, en, column in (
            (vacant, "空编", "have vacant posts", "posts_vacant_count"),
            (over, "超编", "are over strength", "posts_over_count"),
        ) if n
    ]  # fmt: skip
    return voice.say(
        "{n}家部门中，{parts}", "Of {depts}, {parts}", n=len(posts),
        depts=plural(len(posts), "department"), parts=join(parts, voice.say("，", ", ")),
    )  # fmt: skip


def gap_title(totals: pd.DataFrame, voice: Voice) -> Block:
    """Return the sentence the chart of self against visit proves.

    Parameters
    ----------
    totals : DataFrame
        Rows of `Scores.totals` that have both `total_shown` and `self_total_shown`.
    """
    gap = totals["self_total_shown"].astype("float64") - totals["total_shown"].astype("float64")
    above, n = int((gap > 0).sum()), len(totals)
    if n and not above:
        return voice.say(
            "没有部门自评高于回访评分", "No department rates itself above what the visit found"
        )
    return voice.say(
        "{n}家部门中{above}家自评高于回访评分，差距最大{most}分",
        "{above} of {depts} rated {themselves} above the visit, by at most {most} points",
        n=n, above=above, depts=plural(n, "department"), most=f"{gap.max():.1f}" if n else "0.0",
        themselves="itself" if above == 1 else "themselves",
    )  # fmt: skip
