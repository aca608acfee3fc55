"""A comparison of two rounds in a terminal: the sentences of its page, one a line."""

from __future__ import annotations

from reviewlib.ledger import Comparison
from reviewlib.ledger.compare_words import STATE, WHY_NOT
from reviewlib.review import Review
from reviewlib.show.sentences.compare import (
    bands_sentence,
    departments_sentence,
    indicators_sentence,
    limits_sentence,
    problems_sentence,
    verdict,
)
from reviewlib.show.voice import Voice


def comparison_text(comparison: Comparison, review: Review, lang: str = "zh") -> str:
    """Return what the page says first, the problems that came back or persist, and why not."""
    voice = Voice.of(review, lang, is_linked=False)
    said = [
        verdict(comparison, voice), problems_sentence(comparison.problems, voice),
        bands_sentence(comparison.bands, voice),
        indicators_sentence(comparison.indicators, voice),
        departments_sentence(comparison.departments, voice), limits_sentence(comparison, voice),
    ]  # fmt: skip
    seen = comparison.problems[comparison.problems["state"].isin(("came_back", "persistent"))]
    lines = [
        f"{STATE.label(row['state'], lang)}　{row['old_problem_id']} → {row['new_problem_id']}　"
        f"{row['title']}"
        for row in seen.to_dict("records")
    ]
    apart = comparison.bands[~comparison.bands["is_comparable"].astype(bool)]
    lines += [
        f"{voice.name(row['dept_code']).text}　{WHY_NOT.label(row['why_not'], lang)}"
        for row in apart.to_dict("records")
    ]
    return "\n".join([*(block.text for block in said), *lines])
