"""立行立改 and 长期推进 in a column of dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from reviewlib import schema
from reviewlib.intake.due_terms import settle_terms
from reviewlib.review import empty_frames, read_settings

SETTINGS = read_settings(Path(__file__).parents[2] / "data" / "sample")


def _frames(rule: str, rectification_type: str | None) -> dict[str, pd.DataFrame]:
    problem = {"problem_id": "P-01", "found_on": date(2025, 9, 26),
               "rectification_type": rectification_type}  # fmt: skip
    cell = {"table": "problems", "record_key": "P-01", "column": "due_on", "rule": rule}
    return empty_frames() | {
        "problems": schema.frame_of("problems", [problem]),
        "cells": schema.frame_of("cells", [cell]),
    }


@pytest.mark.parametrize(
    ("what", "rule", "stated", "due_on", "settled"),
    [
        # found on Friday; worked are Sunday 28, 29, 30, after the holidays Thursday 9, Friday 10
        ("immediate: five working days on", "term-immediate", None, "2025-10-10", "immediate"),
        ("long-term: no due date", "term-long", None, "NaT", "long_term"),
        ("the stated type stays", "term-long", "deadline", "NaT", "deadline"),
        ("a hidden character in it", "term-long;hidden-characters", None, "NaT", "long_term"),
    ],
)
def test_a_term_becomes_a_date_and_a_type(what, rule, stated, due_on, settled):
    """The due date follows from the finding, the type of rectification from the term."""
    problems = settle_terms(_frames(rule, stated), SETTINGS)["problems"]

    assert problems["due_on"].dt.strftime("%Y-%m-%d").fillna("NaT").tolist() == [due_on]
    assert problems["rectification_type"].tolist() == [settled]
