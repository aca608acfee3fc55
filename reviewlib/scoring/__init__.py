"""Scoring: measures (tables to inputs), the official score, its trace, and the ratings' history."""

from reviewlib.scoring.measures import MEASURES
from reviewlib.scoring.ratings import ratings_of as ratings
from reviewlib.scoring.score import Scores, score

__all__ = ["MEASURES", "Scores", "ratings", "score"]
