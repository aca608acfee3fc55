"""Scoring: measures (tables to inputs), the official score and its trace, and how far to trust it.

`score` makes the official score. Beside it stand the history of ratings, the agreement of scorers,
the linkage and severity of visit groups, the robustness of bands, the audit of stated scores, and
`replay`, which scores again with one thing changed.
"""

from reviewlib.scoring.audit import audit
from reviewlib.scoring.hinges import hinges
from reviewlib.scoring.history import contradictions
from reviewlib.scoring.linkage import Linkage, linkage
from reviewlib.scoring.measures import MEASURES
from reviewlib.scoring.ratings import ratings_of as ratings
from reviewlib.scoring.replay import Replay, replay
from reviewlib.scoring.robustness import Robustness, robustness
from reviewlib.scoring.score import Scores, score
from reviewlib.scoring.scorers import far_apart, rated_twice, scorer_agreement
from reviewlib.scoring.severity import adjusted_totals, common_scores, severity

__all__ = [
    "MEASURES",
    "Linkage",
    "Replay",
    "Robustness",
    "Scores",
    "adjusted_totals",
    "audit",
    "common_scores",
    "contradictions",
    "far_apart",
    "hinges",
    "linkage",
    "rated_twice",
    "ratings",
    "replay",
    "robustness",
    "score",
    "scorer_agreement",
    "severity",
]
