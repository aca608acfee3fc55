"""Measures: from the tables of a review to the inputs of each indicator, one file per dimension."""

from reviewlib.scoring.measures import plan, relations, self_check, three_det
from reviewlib.scoring.measures.base import MEASURES, Measure, measured, run_measure

__all__ = [
    "MEASURES",
    "Measure",
    "measured",
    "plan",
    "relations",
    "run_measure",
    "self_check",
    "three_det",
]
