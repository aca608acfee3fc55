"""docs/method.md: its generated parts are fresh, and it explains every key of a rubric."""

import importlib.util
from pathlib import Path

import pytest

from reviewlib import rubric, scoring
from reviewlib.rubric import base, model, scales
from reviewlib.rubric.board import STATUSES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")


def test_generated_parts_are_fresh():
    """The tables of the page are those the code gives now."""
    spec = importlib.util.spec_from_file_location("tables", ROOT / "scripts" / "method_tables.py")
    tables = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tables)
    assert tables.filled(TEXT) == TEXT


@pytest.mark.parametrize(
    "part",
    [model.Rubric, model.Node, model.Indicator, model.Total, base.Level, base.LookupRow,
     base.Adjustment, base.Band, base.MissingPolicy, base.Diagnostic, scales.Ratio, scales.Linear,
     scales.Banded, scales.Step, scales.Case, scales.Levelled, scales.Checklist],
    ids=lambda part: part.__name__,
)  # fmt: skip
def test_every_key_of_a_rubric_is_explained(part):
    """Whoever writes a rubric finds each key on the page."""
    missing = [name for name in part.model_fields if f"`{name}`" not in TEXT
               and f".{name}`" not in TEXT and f"`{name} =" not in TEXT]  # fmt: skip
    assert missing == []


def test_every_status_and_public_function_is_named():
    """What the code calls things is on the page."""
    assert [status for status in STATUSES if f"`{status}`" not in TEXT] == []
    for name in ("audit", "contradictions", "far_apart", "hinges", "linkage", "robustness",
                 "scorer_agreement", "severity"):  # fmt: skip
        assert f"`scoring.{name}(" in TEXT
        assert callable(getattr(scoring, name))
    assert "`rubric.compare(" in TEXT
    assert callable(rubric.compare)
