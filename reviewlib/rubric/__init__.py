"""Any scoring table over any units: the model, its scales, its aggregation, its trace."""

from reviewlib.rubric.editions import compare
from reviewlib.rubric.inputs import explained, read_inputs, score_csv, summary
from reviewlib.rubric.json_schema import json_schema
from reviewlib.rubric.load import load_rubric, parse_rubric
from reviewlib.rubric.model import Indicator, Node, Rubric, meets
from reviewlib.rubric.printed import adjustment_rule, scoring_table
from reviewlib.rubric.rounding import half_up
from reviewlib.rubric.score import RubricScores, score_units

__all__ = [
    "Indicator",
    "Node",
    "Rubric",
    "RubricScores",
    "adjustment_rule",
    "compare",
    "explained",
    "half_up",
    "json_schema",
    "load_rubric",
    "meets",
    "parse_rubric",
    "read_inputs",
    "score_csv",
    "score_units",
    "scoring_table",
    "summary",
]
