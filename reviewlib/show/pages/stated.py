"""What the data-quality page says of scores: those stated, recomputed; ratings at odds."""

from __future__ import annotations

import pandas as pd

from reviewlib.errors import RubricError, ScoreInputError
from reviewlib.review import Review
from reviewlib.schema.vocabularies import RATING_STAGE
from reviewlib.scoring import Scores, audit, contradictions, score
from reviewlib.show import words
from reviewlib.show.blocks import Block, Part, join, paragraph, subhead
from reviewlib.show.tables import Col, table
from reviewlib.show.tables.scores import indicator_name
from reviewlib.show.voice import Voice


def score_parts(review: Review, voice: Voice) -> list[Block]:
    """Return what the page says of scores.

    Where the rubric cannot score at all nothing is recomputed: the pages that score say so.
    """
    try:
        scores = score(review)
    except (RubricError, ScoreInputError):
        return [odds_part(review, voice)]
    return [stated_part(review, scores, voice), odds_part(review, voice, scores.ratings)]


def stated_part(review: Review, scores: Scores, voice: Voice) -> Block:
    """Return how many stated scores were recomputed, and the list of those that differ."""
    found = audit(review, scores)
    title = subhead(voice.say("工作簿自带的得分", "Scores stated in workbooks"))
    return join((title, paragraph(stated_sentence(found, voice)), _table(review, found, voice)))


def odds_part(review: Review, voice: Voice, ratings: pd.DataFrame | None = None) -> Block:
    """Return the ratings that contradict one another, each with which of them counts.

    `ratings` are those of `Scores`, where they are known already.
    """
    found = contradictions(review, ratings)
    title = subhead(voice.say("评定留痕", "The history of ratings"))
    if found.empty:
        return join((title, paragraph(voice.say(
            "各环节的评定没有相互矛盾的。", "No ratings contradict one another.",
        ))))  # fmt: skip
    shown = found.assign(
        indicator=[indicator_name(review.rubric, one, voice.lang) for one in found["indicator_id"]],
        stage=[voice.label(RATING_STAGE, one) for one in found["stage"]],
        note=found[f"note_{voice.lang}"],
    )
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("indicator", "指标", "Indicator", lambda value, lang: value),
        Col("stage", "环节", "Stage", lambda value, lang: value),
        Col("note", "矛盾及采用", "What is at odds, and what counts", lambda value, lang: value),
    ]
    return join((title, table(
        shown, cols, voice.say("相互矛盾的评定（{n}处）", "Ratings at odds ({n})", n=len(found)),
        voice.lang, is_compact=True,
    )))  # fmt: skip


def stated_sentence(found: pd.DataFrame, voice: Voice) -> Block:
    """Say how many figures were recomputed and how many differ.

    Parameters
    ----------
    found : DataFrame
        As `scoring.audit` returns it.
    """
    if found.empty:
        return voice.say("没有工作簿自带得分。", "No workbook states a score.")
    known = int(found["computed"].notna().sum())
    return voice.say(
        "自带的得分和得分率{n}处，能按同一工作簿的明细重新计算的{k}处，不符{m}处。评分只用重新计算的，"
        "不采用自带的。",
        "Scores and rates stated: {n}; recomputed from the same workbook's own figures: {k}; not "
        "borne out: {m}. Only what is recomputed is scored, never what is stated.",
        n=len(found), k=known, m=int(found["is_mismatch"].sum()),
    )  # fmt: skip


def _table(review: Review, found: pd.DataFrame, voice: Voice) -> Block:
    wrong = found[found["is_mismatch"]]
    if wrong.empty:
        return Block()
    rows = wrong.to_dict("records")
    shown = wrong.assign(
        indicator=[indicator_name(review.rubric, row["indicator_id"], voice.lang) for row in rows],
        told=[_figure(row, "stated", voice) for row in rows],
        made=[_figure(row, "computed", voice) for row in rows],
        place=[voice.places(row["source_file"], row["source_sheet"], row["source_cell"],
                            voice.lang) for row in rows],
    )  # fmt: skip
    cols = [
        Col("dept_code", "部门", "Department", voice.names),
        Col("indicator", "指标", "Indicator", lambda value, lang: value),
        Col("told", "自带", "Stated", lambda value, lang: value, is_number=True),
        Col("made", "重新计算", "Recomputed", lambda value, lang: value, is_number=True),
        Col("place", "位置", "Where"),
    ]
    return table(shown, cols, voice.say("与明细不符的自带得分", "Stated scores not borne out"),
                 voice.lang, is_compact=True)  # fmt: skip


def _figure(row: dict, column: str, voice: Voice) -> Part:
    """Return a rate as per cent, points as points."""
    if row["what"] == "share":
        return words.rate(row[column])
    return voice.say("{points}分", "{points} points", points=words.score(row[column]))
