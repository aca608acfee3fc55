"""The scores of some departments: a page of one group does not rest on those of another."""

from __future__ import annotations

import pandas as pd

from reviewlib.findings.selection import concerning, selected
from reviewlib.review import Review
from reviewlib.scoring import Scores


def scored(
    review: Review, scores: Scores, part: str, group: str | None = None,
    department: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Return one frame of the scores, for the departments asked for.

    Parameters
    ----------
    review : Review
    scores : Scores
    part : {"totals", "items", "dimensions", "aspects", "adjustments"}
        Which frame; see `Scores`.
    group, department : str, optional
        As everywhere in findings.

    Returns
    -------
    DataFrame
        Rows and columns as in that frame, in its order.
    """
    frame = getattr(scores, part)
    codes = selected(review, group, department)
    return concerning(frame, codes, "dept_code").reset_index(drop=True)
