"""Proposals for the ledger (台账建议稿): leads with a category, alike ones and who shares them.

Nothing here enters the ledger. People merge, word and decide in a workbook of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from reviewlib.findings.selection import in_protocol_order
from reviewlib.ledger.leads import Lead, leads
from reviewlib.ledger.taxonomy import Fit, Taxonomy, fit, load_taxonomy
from reviewlib.review import Review
from reviewlib.schema import vocabularies as v
from reviewlib.scoring import Scores

TITLE_LENGTH = 30
LEDGER_SOURCE = {"self": "self", "visit": "visit", "mismatch": "reconcile"}
"""Source of a lead → the ledger's source; figures come from the self-assessment and its check."""

COLUMNS = (
    "proposal_id", "category", "title", "description", "sources", "nature", "resolution_level",
    "owner", "lead_source", "dept_codes", "sharing_depts", "sharing_count", "theme", "theme_zh",
    "words", "stated_category", "reference", "alike", "alike_problems", "places",
)  # fmt: skip
"""The first eight are columns of the ledger, to be copied there; the others say why."""


@dataclass(frozen=True)
class _Placed:
    """A lead with the theme it belongs to."""

    lead: Lead
    fit: Fit
    theme: str


def draft(review: Review, scores: Scores, taxonomy: Taxonomy | None = None) -> pd.DataFrame:
    """Propose rows for the problem ledger from everything the review holds (台账建议稿).

    Parameters
    ----------
    review : Review
    scores : Scores
    taxonomy : Taxonomy, optional
        The packaged one where none is given.

    Returns
    -------
    DataFrame
        One row per lead, by category, theme, then protocol order: `proposal_id, category, title`
        (30 characters)`, description, sources, nature, resolution_level, owner` (the department
        it is about)`; lead_source` (vocabulary PROPOSAL_SOURCE)`, dept_codes, sharing_depts,
        sharing_count` (departments with a lead on the same theme)`, theme, theme_zh, words` (that
        decided the category)`, stated_category` (its author's)`, reference, alike` (other
        proposals that read alike, with likeness 0–100)`, alike_problems` (problems of the ledger
        that do)`, places` (cells it rests on). Lists are joined by ";".

    Notes
    -----
    Where no word decides, the category is its author's and `words` is blank. Common (共性) are
    the leads on a theme that concerns at least `rule.common_departments` departments; all others
    are particular. Likeness is rapidfuzz's ratio of what people wrote, without department names,
    figures and punctuation; it is a suggestion and merges nothing.
    """
    taxonomy = taxonomy or load_taxonomy()
    placed = [_place(taxonomy, lead) for lead in leads(review, scores, taxonomy)]
    frame = _frame(placed, taxonomy)
    frame = _in_order(frame, taxonomy, review)
    frame["proposal_id"] = pd.array([f"S-{n:03}" for n in range(1, len(frame) + 1)], dtype="str")
    names = department_names(review)
    frame = frame.assign(**_likenesses(frame, review, names, taxonomy.rule.similar_from))
    return frame[list(COLUMNS)]


def _place(taxonomy: Taxonomy, lead: Lead) -> _Placed:
    found = fit(taxonomy, lead.wording or f"{lead.title} {lead.text}")
    if not found.words and lead.stated_category:
        found = Fit(lead.stated_category, "", ())
    return _Placed(lead, found, lead.theme or found.theme)


def _frame(placed: list[_Placed], taxonomy: Taxonomy) -> pd.DataFrame:
    sharing: dict[str, list[str]] = {}
    for one in placed:
        if one.theme:
            sharing.setdefault(one.theme, []).extend(one.lead.dept_codes)
    words = {theme.id: theme.zh for theme in taxonomy.theme}
    text = dict.fromkeys([name for name in COLUMNS if name != "sharing_count"], "str")
    rows = [_row(one, sharing, words, taxonomy.rule.common_departments) for one in placed]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(text | {"sharing_count": "Int64"})


def _row(one: _Placed, sharing: dict, theme_words: dict, common_from: int) -> dict:
    lead = one.lead
    shared = list(dict.fromkeys(sharing.get(one.theme, lead.dept_codes)))
    return {
        "category": one.fit.category,
        "title": lead.title[:TITLE_LENGTH],
        "description": lead.text,
        "sources": LEDGER_SOURCE.get(lead.source, "self"),
        "nature": "common" if len(shared) >= common_from else "particular",
        "resolution_level": "city" if lead.is_city or one.fit.theme == "duty-city" else None,
        "owner": lead.dept_codes[0] if lead.dept_codes else None,
        "lead_source": lead.source,
        "dept_codes": ";".join(lead.dept_codes),
        "sharing_depts": ";".join(shared),
        "sharing_count": len(shared),
        "theme": one.theme or None,
        "theme_zh": theme_words.get(one.fit.theme),
        "words": ";".join(one.fit.words) or None,
        "stated_category": lead.stated_category or None,
        "reference": lead.reference or None,
        "places": ";".join(lead.places) or None,
    }


def _in_order(frame: pd.DataFrame, taxonomy: Taxonomy, review: Review) -> pd.DataFrame:
    """Sort by category and theme, so that what may be one problem stands together."""
    categories = {code: n for n, code in enumerate(v.CATEGORY.codes)}
    themes = {theme.id: n for n, theme in enumerate(taxonomy.theme)}
    keyed = frame.assign(
        _category=frame["category"].map(categories),
        _theme=frame["theme"].map(themes).astype("float64").fillna(len(themes)),
    )
    ordered = in_protocol_order(keyed, review, by="owner")
    ordered = ordered.sort_values(["_category", "_theme", "theme"], kind="stable",
                                  na_position="last", ignore_index=True)  # fmt: skip
    return ordered.drop(columns=["_category", "_theme"])


def department_names(review: Review) -> list[str]:
    """Return every name by which a department is met, the longest first."""
    names = pd.concat([review.departments["full_name"], review.departments["short_name"],
                       review.dept_aliases["alias"]]).dropna()  # fmt: skip
    return sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name))


def bare_text(text: object, names: list[str]) -> str:
    """Return a text without what makes two departments' words on one thing differ."""
    bare = "" if pd.isna(text) else str(text)
    for name in names:
        bare = bare.replace(name, "")
    return re.sub(r"[\W\d_]+", "", bare)


def _likenesses(frame: pd.DataFrame, review: Review, names: list[str], from_: int) -> dict:
    """Point out which proposals and which problems read alike."""
    is_written = frame["lead_source"].isin(("self", "visit"))
    texts = [bare_text(text, names) for text in frame["title"].where(is_written)]
    problems = review.problems.dropna(subset="problem_id")
    known = [bare_text(text, names) for text in problems["title"]]
    return {
        "alike": _alike(texts, texts, list(frame["proposal_id"]), from_, is_same=True),
        "alike_problems": _alike(texts, known, list(problems["problem_id"]), from_),
    }


def _alike(
    texts: list[str], others: list[str], ids: list[str], from_: int, is_same: bool = False
) -> pd.Series:
    """Return for each text the ids of those that read alike: `P-07 (82)`, most alike first."""
    if not texts or not others:
        return pd.Series([None] * len(texts), dtype="str")
    likeness = process.cdist(texts, others, scorer=fuzz.ratio, dtype=np.uint8)
    likeness[[not text for text in texts], :] = 0
    if is_same:
        np.fill_diagonal(likeness, 0)
    lists = [
        ";".join(f"{ids[n]} ({row[n]})" for n in np.argsort(-row.astype(int), kind="stable")
                 if row[n] >= from_)
        for row in likeness
    ]  # fmt: skip
    return pd.Series([found or None for found in lists], dtype="str")
