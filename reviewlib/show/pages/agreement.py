"""Do two scorers see the same (评分一致性): the part of the method page that checks it."""

from __future__ import annotations

from reviewlib.review import Review
from reviewlib.scoring import Scores, far_apart, scorer_agreement
from reviewlib.show.blocks import Block, join, sentences, subhead
from reviewlib.show.sentences.agreement import agreement_sentence, apart_sentence, how_to_read
from reviewlib.show.tables.agreement import agreement_table, apart_table
from reviewlib.show.voice import Voice


def agreement_part(review: Review, scores: Scores, voice: Voice) -> Block:
    """Return agreement by visit group and the items seen far apart; a sentence where none is.

    Parameters
    ----------
    review : Review
    scores : Scores
        Only its ratings are used.
    voice : Voice
    """
    groups = review.settings.groups
    agreed, apart = scorer_agreement(review, scores.ratings), far_apart(review, scores.ratings)
    told = sentences([agreement_sentence(agreed, voice), apart_sentence(apart, voice)], voice.lang)
    parts = [subhead(voice.say("评分人一致性", "Do two scorers see the same")), told]
    if agreed["item_count"].sum():
        parts.append(agreement_table(
            agreed, groups, voice, below=how_to_read(voice),
            caption=voice.say("各组两名评分人的一致性", "Agreement of the two scorers, by group"),
        ))  # fmt: skip
    if len(apart):
        parts.append(apart_table(
            apart, groups, review.rubric, voice,
            caption=voice.say("两人相差两级以上的等次", "Levels two or more apart"),
        ))  # fmt: skip
    return join(parts)
