"""What a comparison of two rounds says, and what it does not claim."""

from __future__ import annotations

import pandas as pd

from reviewlib.ledger import Comparison
from reviewlib.rubric import Rubric
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import Names, plural


def verdict(comparison: Comparison, voice: Voice) -> Block:
    """Return the answer in one sentence: problems that came back, departments that moved."""
    back = int((comparison.problems["state"] == "came_back").sum())
    stays = int((comparison.problems["state"] == "persistent").sum())
    if back:
        return voice.say(
            "上轮已销号的问题有{b}项再现，另有{s}项持续存在。",
            "{back} closed in the earlier round came back; {s} more {verb}.",
            b=back, s=stays, back=plural(back, "problem"),
            verb="persists" if stays == 1 else "persist",
        )  # fmt: skip
    if stays:
        return voice.say("没有已销号问题再现，有{s}项问题持续存在。",
                         "No closed problem came back; {many}.", s=stays,
                         many=plural(stays, "problem persists", "problems persist"))  # fmt: skip
    return voice.say("上轮的问题没有再现或持续存在的。",
                     "No problem of the earlier round came back or persists.")  # fmt: skip


def problems_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Count problems by what became of them."""
    counts = frame["state"].value_counts()
    told = {name: int(counts.get(name, 0)) for name in
            ("came_back", "persistent", "new", "stayed_closed", "not_seen")}  # fmt: skip
    return voice.say(
        "问题：销号后再现{came_back}项，持续存在{persistent}项，新增{new}项；上轮已销号未再现"
        "{stayed_closed}项，上轮未销号、本轮未列入{not_seen}项。",
        "Problems: {came_back} closed and back, {persistent} persistent, {new} new; "
        "{stayed_closed} closed and stayed so, {not_seen} open then and not listed now.",
        **told,
    )  # fmt: skip


def bands_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Count the departments whose band moved, of those that can be compared."""
    known = frame[frame["is_comparable"].astype(bool)]
    better, worse = (int((known["moved"] == way).sum()) for way in ("better", "worse"))
    if known.empty:
        return voice.say("评定：没有可比的部门。", "Bands: no department can be compared.")
    return voice.say(
        "评定：{n}家可比部门中，{b}家上升、{w}家下降、{s}家未变。",
        "Bands: of {many} that can be compared, {b} rose, {w} fell, {s} stayed.", n=len(known),
        many=plural(len(known), "department"), b=better, w=worse, s=len(known) - better - worse,
    )  # fmt: skip


def indicators_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Count the indicators whose share moved."""
    known = frame[frame["is_comparable"].astype(bool)]
    better, worse = (int((known["moved"] == way).sum()) for way in ("better", "worse"))
    return voice.say(
        "指标：{n}项可比的得分率中，{b}项上升、{w}项下降。",
        "Indicators: of {n} shares that can be compared, {b} rose and {w} fell.", n=len(known),
        b=better, w=worse,
    )  # fmt: skip


def ended_sentence(frame: pd.DataFrame, earlier: Names, voice: Voice) -> Block | str:
    """Name the departments of the earlier round that no later one follows."""
    ended = frame.loc[frame["lineage"] == "ended", "old_code"]
    if ended.empty:
        return ""
    between = ", " if voice.lang == "en" else "、"
    return voice.say(
        "本轮未列入名册的{n}家：{names}。", "Not on the later roster ({n}): {names}.", n=len(ended),
        names=join((earlier(code, voice.lang) for code in ended), between),
    )  # fmt: skip


def rubric_sentence(changed: pd.DataFrame, before: Rubric, now: Rubric, voice: Voice) -> Block:
    """Say by which editions each round was scored, and whether they measure alike."""
    if changed.empty:
        return voice.say(
            "评分表：上轮{old}，本轮{new}，计分口径一致。",
            "Rubric: {old} then, {new} now; they measure alike.",
            old=before.edition, new=now.edition,
        )  # fmt: skip
    return voice.say(
        "评分表：上轮{old}，本轮{new}，计分口径有{n}处不同；受影响的得分率和评定不作对比。",
        "Rubric: {old} then, {new} now, with {many} in how they measure; the shares and bands "
        "concerned are not compared.",
        old=before.edition, new=now.edition, n=len(changed),
        many=plural(len(changed), "difference"),
    )  # fmt: skip


def departments_sentence(frame: pd.DataFrame, voice: Voice) -> Block:
    """Say how many departments were renamed, merged, split, are new or not listed now."""
    counts = {
        "renamed": frame.loc[frame["lineage"] == "renamed", "new_code"].nunique(),
        "merged": frame.loc[frame["lineage"] == "merged", "new_code"].nunique(),
        "split": frame.loc[frame["lineage"] == "split", "old_code"].nunique(),
        "new": int((frame["lineage"] == "new").sum()),
        "ended": int((frame["lineage"] == "ended").sum()),
    }
    return voice.say(
        "部门：更名{renamed}家，合并组成{merged}家，拆分{split}家，新列入{new}家，"
        "本轮未列入名册{ended}家。",
        "Departments: {renamed} renamed, {merged} formed by merger, {split} split, {new} new, "
        "{ended} not on the later roster.",
        **counts,
    )  # fmt: skip


def limits_sentence(comparison: Comparison, voice: Voice) -> Block:
    """Say how many departments and indicators are not compared."""
    departments = int((~comparison.bands["is_comparable"].astype(bool)).sum())
    shares = int((~comparison.indicators["is_comparable"].astype(bool)).sum())
    if not departments and not shares:
        return voice.say("各部门、各指标均可比。", "Everything can be compared.")
    return voice.say(
        "{d}家部门的评定和{s}项得分率不作对比，原因逐一注明。",
        "The bands of {d} and {s} shares are not compared, each with its reason.", d=departments
        if voice.lang == "zh" else plural(departments, "department"), s=shares,
    )  # fmt: skip
