"""A data issue says what to do, and it fits how grave the issue is."""

from __future__ import annotations

import pytest

from reviewlib.intake.issues import Place, issue
from reviewlib.schema.codes import FILL, LOOK, NONE

ADVICE = [
    # what, name, severity stated, advice
    ("commonly harmless", "label.extra", None, NONE[0]),
    ("the same code, to be corrected", "label.extra", "error", FILL[0]),
    ("the same code, to be looked at", "label.extra", "warn", LOOK[0]),
    ("a rule graver than its code", "value-moved", None, LOOK[0]),
    ("advice of its own stays", "label.missing", "warn", "请恢复表样中的表头或行名"),
]


@pytest.mark.parametrize(("what", "name", "severity", "advice"), ADVICE, ids=[c[0] for c in ADVICE])
def test_advice_fits_the_severity(what, name, severity, advice):
    """Nobody is told 必须更正 and 无需处理 of the same cell."""
    given = {"severity": severity} if severity else {}

    assert issue(name, Place(), "", {}, **given)["fix"] == advice
