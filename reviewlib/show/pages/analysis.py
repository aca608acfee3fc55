"""The analysis of the overall report (分项分析): the four contents of a review, counts first."""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring import Scores
from reviewlib.show.blocks import Block, join, nothing, paragraph, subhead
from reviewlib.show.charts.departments import staffing_bars
from reviewlib.show.found import find
from reviewlib.show.sentences.progress import opinions_sentence
from reviewlib.show.sentences.transfers import duties_sentence, mismatch_sentence
from reviewlib.show.tables.counts import aspect_counts_table, by_department, integration_table
from reviewlib.show.voice import Voice

ANALYSIS = (
    ("（一）落实改革方案", "(1) Carrying out the reform plan",
     ("staff_transferred", "formalities_done", "duties_in_place", "duties_partial",
      "posts_moved")),
    ("（二）部门间职责关系", "(2) Duties between departments",
     ("matters_written", "boundary_unclear")),
    ("（三）执行“三定”规定", "(3) Carrying out the three-determinations regulations",
     ("units_set_up", "duties_issued", "heads_in_place", "posts_filled", "posts_vacant",
      "posts_over")),
    ("（四）意见建议", "(4) Opinions and suggestions", ("answers_given", "immediate_done")),
)  # fmt: skip
"""The four contents of the review, and the counts that speak for each."""


def analysis_parts(review: Review, scores: Scores, voice: Voice) -> list[Block]:
    """Return each content with its heading: its counts, then what else speaks for it."""
    counts = find.aspect_counts(review)
    merged = integration_table(
        find.integration(review, scores), voice,
        caption=voice.say("整合部门的融合程度", "How far merged departments have integrated"),
        empty=voice.say("没有新组建、重新组建或合并的部门。", "No department was put together."),
    )  # fmt: skip
    posts = by_department(find.staffing(review))
    evidence = (
        join((paragraph(duties_sentence(find.duties(review), voice)), merged)),
        paragraph(mismatch_sentence(find.mismatches(review), voice)),
        staffing_bars(posts, voice, below=voice.say(
            "各类编制合计；空编、超编不相抵。",
            "All types of establishment together; vacant and over are never netted.")),
        paragraph(opinions_sentence(find.opinions(review), voice)),
    )  # fmt: skip
    parts = []
    for (zh, en, items), shown in zip(ANALYSIS, evidence, strict=True):
        own = counts[counts["item"].isin(items)]
        parts += [subhead(voice.say(zh, en)), _counts(own, voice), shown]
    return parts


def _counts(counts: pd.DataFrame, voice: Voice) -> Block:
    if not (counts["den"] > 0).any():
        return nothing(voice.say("没有可计数的材料。", "There is nothing to count."))
    return aspect_counts_table(counts, voice, caption=voice.say("数量与比率", "Counts and rates"))
