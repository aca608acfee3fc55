"""How sure are we (结论稳健性): the closing part of the assessment, the two modes apart."""

from __future__ import annotations

from reviewlib.review import Review
from reviewlib.schema import vocabularies as v
from reviewlib.scoring import Robustness, Scores, hinges, robustness
from reviewlib.show.blocks import Block, Part, bullets, join, paragraph, subhead
from reviewlib.show.charts.certainty import intervals
from reviewlib.show.pages.parts import of_mode
from reviewlib.show.sentences.certainty import hinge_sentence, how_sentence, sure_sentence
from reviewlib.show.voice import Voice

DRAWS = 10_000
"""As many as an analyst gets who asks for nothing else, so that both read the same figures."""


def certainty_part(review: Review, scores: Scores, voice: Voice) -> Block:
    """Return what was tried, a picture for each mode, and what the bands hang on.

    Parameters
    ----------
    review : Review
    scores : Scores
        As `score(review)` gives them.
    voice : Voice
    """
    title = subhead(voice.say("结论稳健性", "How sure are we"))
    if scores.is_empty:
        return join((title, paragraph(voice.say(
            "尚无已评定的部门，不作稳健性检验。",
            "No department is rated yet, so there is no band to be sure of.",
        ))))  # fmt: skip
    sure, hanging = robustness(review, scores, draws=DRAWS), hinges(review, scores)
    modes = [mode for mode in v.MODE.codes if len(of_mode(scores.totals, mode))]
    pictures = [_picture(review, scores, sure, mode, voice) for mode in modes]
    told = [hinge_sentence(of_mode(hanging, mode), mode, voice) for mode in modes]
    return join((title, paragraph(how_sentence(sure, voice)), *pictures, bullets(told)))


def _picture(
    review: Review, scores: Scores, sure: Robustness, mode: str, voice: Voice
) -> Block:  # fmt: skip
    totals = of_mode(sure.totals, mode)
    said = sure_sentence(totals, mode, voice)
    if totals.empty:
        return paragraph(said)
    return intervals(totals, review.rubric, voice, title=said,
                     below=_below(of_mode(scores.totals, mode), voice))  # fmt: skip


def _below(totals, voice: Voice) -> Part:
    """Return how to read the picture, and whom it leaves out."""
    told = [voice.say(
        "按机构序列，不是排名。横线为九成试算所在的总分区间，标志为现总分（空心为不稳妥），"
        "右侧为维持原评定的试算占比，虚线为分档线。",
        "In protocol order, not a ranking. Line: nine in ten trials; mark: the total (hollow: not "
        "robust); right: share of trials that give the same band; dashed: edges between bands.",
    )]  # fmt: skip
    if totals["is_barred"].fillna(False).astype(bool).any():
        told.append(voice.say(
            "评定受扣分情形限制的，总分过线也不升档。",
            "Where a deduction caps the band, a total past the edge does not raise it.",
        ))  # fmt: skip
    unrated = totals.loc[totals["band"] == "not_rated", "dept_code"]
    if len(unrated):
        told.append(voice.say("暂不评定的不在图中：{names}。", "Not rated, so not shown: {names}.",
                              names=voice.some(unrated, 99)))  # fmt: skip
    return join(told, voice.gap)
