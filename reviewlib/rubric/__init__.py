"""Any scoring table over any units: the model, its scales, its aggregation, its trace."""

from reviewlib.rubric.load import load_rubric, parse_rubric
from reviewlib.rubric.model import Indicator, Node, Rubric, meets

__all__ = ["Indicator", "Node", "Rubric", "load_rubric", "meets", "parse_rubric"]
