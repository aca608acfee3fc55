"""Tables of the scorers: agreement by visit group, and the items they see far apart."""

from __future__ import annotations

import pandas as pd

from reviewlib.rubric import Rubric
from reviewlib.show import words
from reviewlib.show.blocks import Block
from reviewlib.show.sentences.agreement import reading
from reviewlib.show.tables import Col, table
from reviewlib.show.tables.scores import indicator_name
from reviewlib.show.voice import Voice


def agreement_table(agreement: pd.DataFrame, groups: dict, voice: Voice, **options) -> Block:
    """Return how far the two scorers of each visit group agree, with n and a plain word.

    Parameters
    ----------
    agreement : DataFrame
        As `scoring.scorer_agreement` returns it.
    groups : dict of str to Group
        Names of the groups, from the settings.
    """
    rows = agreement.to_dict("records")
    frame = agreement.assign(
        group=[getattr(groups[row["group_id"]], voice.lang) for row in rows],
        same=[voice.part_of(row["same_count"], row["item_count"]) for row in rows],
        reading=[reading(row, voice) for row in rows],
        **{f"{name}_said": [_statistic(row, name) for row in rows]
           for name in ("kappa", "alpha", "icc")},
    )  # fmt: skip
    cols = [
        Col("group", "回访组", "Visit group", words.as_is),
        Col("item_count", "双评项数", "Rated twice", words.count),
        Col("same", "一致", "Alike", words.as_is, is_number=True),
        Col("apart_count", "相差两级以上", "Two or more apart", words.count),
        Col("kappa_said", "加权κ", "Weighted kappa", words.as_is, is_number=True),
        Col("alpha_said", "α", "Alpha", words.as_is, is_number=True),
        Col("icc_said", "ICC", "ICC", words.as_is, is_number=True),
        Col("reading", "一致程度", "Agreement", words.as_is),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def apart_table(apart: pd.DataFrame, groups: dict, rubric: Rubric, voice: Voice,
                **options) -> Block:  # fmt: skip
    """Return the items on which two scorers stand two or more levels apart.

    Parameters
    ----------
    apart : DataFrame
        As `scoring.far_apart` returns it.
    groups : dict of str to Group
    rubric : Rubric
    voice : Voice
    """
    rows = apart.to_dict("records")
    frame = apart.assign(
        group=[getattr(groups[row["group_id"]], voice.lang) for row in rows],
        indicator=[indicator_name(rubric, row["indicator_id"], voice.lang) for row in rows],
        both=[f"{row['scorer_1']} / {row['scorer_2']}" for row in rows],
    )
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("group", "回访组", "Visit group", words.as_is),
        Col("indicator", "指标", "Indicator", words.as_is),
        Col("both", "两人所评", "The two levels", words.as_is),
        Col("agreed", "商定", "Agreed", words.as_is),
        Col("reason", "理由", "Reason"),
    ]
    return table(frame, cols, lang=voice.lang, is_compact=True, **options)


def _statistic(row: dict, name: str) -> str:
    """Return 0.84（0.56–1.00）; a dash where it cannot be worked out."""
    if words.is_missing(row[name]):
        return words.MISSING
    if words.is_missing(row[f"{name}_low"]):
        return f"{float(row[name]):.2f}"
    low, high = (float(row[f"{name}{end}"]) for end in ("_low", "_high"))
    return f"{float(row[name]):.2f} ({low:.2f}–{high:.2f})"
