"""How far merged departments have grown together: from adding up to reacting (融合程度)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from reviewlib.findings.posts import sections
from reviewlib.findings.selection import in_protocol_order, roster
from reviewlib.review import Review

if TYPE_CHECKING:
    from reviewlib.scoring import Scores

MERGED_TYPES = ("new", "rebuilt", "merged")
"""Types of change in which former departments were put together."""

INTEGRATION_INDICATOR = "A09"


def integration(
    review: Review, scores: Scores, group: str | None = None, department: str | None = None
) -> pd.DataFrame:
    """Show how deeply the departments put together have integrated.

    Parameters
    ----------
    review : Review
    scores : Scores
        As `scoring.score(review)` gives them.
    group, department : str, optional
        Narrow to one visit group or one department.

    Returns
    -------
    DataFrame
        One row per newly formed, re-formed or merged department, protocol order: `dept_code,
        mode, group_id, change_type, predecessors, level` (A–D of the integration indicator)`,
        status` (of that rating)`, approved_count, cross_predecessor_count` (internal units that
        draw on several predecessors)`, cross_predecessor_share, source_file, source_sheet,
        source_cell` (of the rating).
    """
    frame = roster(review, group, department)
    frame = frame[frame["change_type"].isin(MERGED_TYPES)]
    frame = frame[["dept_code", "mode", "group_id", "change_type", "predecessors"]]
    rated = scores.items[scores.items["indicator_id"] == INTEGRATION_INDICATOR]
    rated = rated[["dept_code", "level", "status", "source_file", "source_sheet", "source_cell"]]
    units = sections(review)[["dept_code", "approved_count", "cross_predecessor_count"]]
    frame = frame.merge(rated, on="dept_code", how="left").merge(units, on="dept_code", how="left")
    approved = frame["approved_count"].astype("Float64")
    share = frame["cross_predecessor_count"].astype("Float64") / approved.where(approved > 0)
    frame = frame.assign(cross_predecessor_share=share)
    columns = ["dept_code", "mode", "group_id", "change_type", "predecessors", "level", "status",
               "approved_count", "cross_predecessor_count", "cross_predecessor_share",
               "source_file", "source_sheet", "source_cell"]  # fmt: skip
    return in_protocol_order(frame[columns], review)
