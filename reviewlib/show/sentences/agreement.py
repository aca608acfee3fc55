"""Do two scorers see the same (评分一致性), in plain words: counts first, then the statistics."""

from __future__ import annotations

import pandas as pd

from reviewlib.scoring.scorers import MIN_ITEMS
from reviewlib.show import words
from reviewlib.show.blocks import Block, join
from reviewlib.show.voice import Voice
from reviewlib.show.words import plural

READINGS = (
    (0.8, ("高度一致", "very close")),
    (0.6, ("较为一致", "close")),
    (0.4, ("一般", "moderate")),
    (float("-inf"), ("较差", "weak")),
)
"""What a weighted kappa above the edge is called: Landis and Koch (1977), in plainer words."""


def agreement_sentence(agreement: pd.DataFrame, voice: Voice) -> Block:
    """Say how many items were rated twice and how many alike, and how far the table may be read.

    Parameters
    ----------
    agreement : DataFrame
        As `scoring.scorer_agreement` returns it.
    """
    n, same = int(agreement["item_count"].sum()), int(agreement["same_count"].sum())
    if not n:
        return voice.say(
            "没有由两人分别评定的等次，评分人是否一致无从核对。",
            "No level was given by two scorers, so whether they agree cannot be checked.",
        )  # fmt: skip
    apart = int(agreement["apart_count"].sum())
    told = voice.say(
        "由两人分别评定等次的共{n}项，一致{same}，相差两级以上{apart}项。",
        "{many} rated by two scorers: alike {same}, two or more levels apart {apart}.",
        n=n, many=plural(n, "level item was", "level items were"),
        same=voice.part_of(same, n), apart=apart,
    )  # fmt: skip
    few = agreement[agreement["item_count"].between(1, MIN_ITEMS - 1)]
    if few.empty:
        return told
    return join((told, voice.say(
        "双评不足{least}项的组不列区间，系数不宜作判断。",
        "A group with fewer than {least} such items has no interval, and is not judged.",
        least=MIN_ITEMS,
    )), voice.gap)  # fmt: skip


def reading(row: dict, voice: Voice) -> Block:
    """Return what one group's agreement means in a word, and why there is none where there is none.

    Parameters
    ----------
    row : dict
        A row of `scoring.scorer_agreement`.
    """
    if not row["item_count"]:
        return voice.say("没有双评", "nothing rated twice")
    if row["item_count"] < MIN_ITEMS:
        return voice.say("项数太少，不作判断", "too few to judge")
    if words.is_missing(row["kappa"]):
        return voice.say("等次全都相同，系数无从计算", "all levels alike: no coefficient")
    word = next(word for edge, word in READINGS if float(row["kappa"]) > edge)
    return voice.say(*word)


def how_to_read(voice: Voice) -> Block:
    """Say what the three coefficients are, and from where each word holds."""
    return voice.say(
        "系数为1是完全一致，为0是与碰巧无异。加权κ按二次权，α为克里彭多夫系数（等次），"
        "ICC为组内相关系数；括号内为自助法95%区间。κ高于0.8为高度一致，高于0.6为较为一致，"
        "高于0.4为一般，其余为较差。",
        "1 is full agreement, 0 no more than chance. Kappa has quadratic weights; alpha is "
        "Krippendorff's, for ordered levels; ICC is the intraclass correlation; in brackets the "
        "95% bootstrap interval. Kappa above 0.8 is very close, above 0.6 close, above 0.4 "
        "moderate, else weak.",
    )


def apart_sentence(apart: pd.DataFrame, voice: Voice) -> Block:
    """Say whether the items far apart have the written reason they need.

    Parameters
    ----------
    apart : DataFrame
        As `scoring.far_apart` returns it.
    """
    without = apart.loc[~apart["has_reason"].astype(bool)]
    if apart.empty or without.empty:
        return Block()
    return voice.say(
        "其中{n}项没有写明理由，应补写。",
        "Without the written reason they need: {n}.", n=len(without),
    )  # fmt: skip
