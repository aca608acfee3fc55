"""What a department, or a visit group, is to see to in the data that came in (待确认的数据).

Rows are data issues without the numbers they have on the data-quality page: those shift with the
issues of others, and what one department is asked must not.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.reading import issues, provisional
from reviewlib.findings.selection import concerning, selected
from reviewlib.review import Review
from reviewlib.review.memory import remembered

ASKED = ("block", "error", "warn")
"""Severities about which a department is asked, the gravest first."""
TWO_SIDED = "two-sides"
"""How the rules of two-sided reconciliation begin; what they find is told as `mismatches`."""


def to_confirm(review: Review, department: str) -> pd.DataFrame:
    """Return the cells a department is asked to correct or check, the gravest first, then by place.

    Returns
    -------
    DataFrame
        Rows of `issues`.
    """
    about = selected(review, None, department)
    return concerning(_to_confirm(review), about, "dept_code").reset_index(drop=True)


@remembered
def _to_confirm(review: Review) -> pd.DataFrame:
    """Return what each department is asked, department by department."""
    frame = _own(issues(review))
    frame = frame[frame["severity"].isin(ASKED)]
    order = frame["severity"].map({code: n for n, code in enumerate(ASKED)})
    frame = frame.assign(_order=order).sort_values(["dept_code", "_order"], kind="stable")
    return frame.drop(columns="_order")


def uncertain(review: Review, group: str | None = None) -> pd.DataFrame:
    """Return the values in use that are not yet certain, as `provisional` does."""
    return _own(provisional(review, group))


def _own(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave out numbers, and what the two sides of a transfer say differently."""
    is_two_sided = frame["rule"].fillna("").str.startswith(TWO_SIDED)
    return frame[~is_two_sided].drop(columns="issue_no").reset_index(drop=True)
