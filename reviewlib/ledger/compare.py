"""Two rounds side by side (两轮对比): what moved, what came back, and where no comparison holds.

A figure is compared only for a department that is the same or merely renamed, by a rubric that
measures alike, in the same mode, with enough coverage in both rounds. Everything else is listed
with the reason why not.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from reviewlib import scoring
from reviewlib.errors import UsageError
from reviewlib.ledger.compare_problems import compared_problems
from reviewlib.ledger.compare_scores import (
    compared_bands,
    compared_indicators,
    measured_otherwise,
)
from reviewlib.ledger.lineage import lineage
from reviewlib.ledger.taxonomy import Rule
from reviewlib.review import Review
from reviewlib.scoring import Scores


@dataclass(frozen=True)
class Comparison:
    """Two rounds of one district side by side.

    Parameters
    ----------
    departments : DataFrame
        As `lineage` returns it.
    bands : DataFrame
        One row per department of the later round: `dept_code, old_code, mode, old_band, new_band,
        old_total_shown, new_total_shown, old_coverage, new_coverage, is_comparable, why_not,
        moved` (of the band; missing where not comparable).
    indicators : DataFrame
        One row per department and indicator of the later round: `dept_code, old_code,
        indicator_id, old_share, new_share, change` (0–1)`, is_comparable, why_not, moved`.
    problems : DataFrame
        One row per problem of either round: `state, old_problem_id, new_problem_id, category,
        title, old_status, new_status, dept_codes` (later codes)`, likeness` (0–100; 100 where the
        ledger itself names the earlier problem)`, is_stated`.
    rubric : DataFrame
        What measures otherwise in the later rubric, as `rubric.compare` returns it.
    similar_from : int
        Likeness from which two problems were taken for one.
    """

    departments: pd.DataFrame
    bands: pd.DataFrame
    indicators: pd.DataFrame
    problems: pd.DataFrame
    rubric: pd.DataFrame
    similar_from: int

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Every frame by its name."""
        return {name: part for name, part in vars(self).items() if isinstance(part, pd.DataFrame)}


def compare(
    old: Review,
    new: Review,
    old_scores: Scores | None = None,
    new_scores: Scores | None = None,
    similar_from: int = Rule().similar_from,
) -> Comparison:
    """Set two reviews of one district side by side.

    Parameters
    ----------
    old, new : Review
        The earlier round and the later.
    old_scores, new_scores : Scores, optional
        Made here where not given.
    similar_from : int
        Likeness of titles (0–100) from which two problems are taken for one.

    Raises
    ------
    UsageError
        The facts of the earlier round are not of an earlier day.
    """
    _check_order(old, new)
    old_scores = old_scores or scoring.score(old)
    new_scores = new_scores or scoring.score(new)
    links, changed = lineage(old, new), measured_otherwise(old, new)
    return Comparison(
        links, compared_bands(links, old_scores, new_scores, changed),
        compared_indicators(links, old_scores, new_scores, changed),
        compared_problems(old, new, links, similar_from), changed, similar_from,
    )  # fmt: skip


def _check_order(old: Review, new: Review) -> None:
    before, after = old.settings.cutoff_on, new.settings.cutoff_on
    if before >= after:
        raise UsageError(
            f"上轮的基准日 {before} 应早于本轮的 {after}",
            f"the facts of the earlier round are as of {before}, those of the later of {after}.",
            where=f"{old.name} → {new.name}", fix_zh="。请先写上轮，再写本轮。",
            fix_en="Name the earlier round first.",
        )  # fmt: skip
