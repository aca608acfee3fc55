"""Scores that workbooks carry (自带得分), recomputed: none of them is ever used."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric.board import make_board
from reviewlib.scoring.arrivals import cell_in_row
from reviewlib.scoring.claims import claims_of_visits, own_group_rows, return_claims
from reviewlib.scoring.official import in_order

POINTS_TOLERANCE, SHARE_TOLERANCE = 0.05, 0.005
"""A stated figure may differ by half of its last printed digit."""

COLUMNS = ["dept_code", "mode", "group_id", "indicator_id", "source", "what", "stated", "computed",
           "difference", "is_mismatch", "source_file", "source_sheet", "source_cell"]  # fmt: skip


def audit(review: Review) -> pd.DataFrame:
    """Recompute every score that a return or a visit workbook states.

    Returns
    -------
    DataFrame
        One row per stated figure, protocol then rubric order: `dept_code, mode, group_id,
        indicator_id, source` (return, visit)`, what` (points, share)`, stated, computed` (from the
        same workbook's own figures; missing where they give none)`, difference` (stated less
        computed)`, is_mismatch, source_file, source_sheet, source_cell`.
    """
    returns = in_order(review, return_claims(review))
    visited = own_group_rows(review)
    parts = [
        _stated(review, "self_ratings", "stated_points", "return", "points", returns),
        _stated(review, "self_ratings", "stated_share", "return", "share", returns),
        _stated(review, "visit_scores", "stated_points", "visit", "points",
                claims_of_visits(review, visited)),
    ]  # fmt: skip
    found = [part for part in parts if len(part)]
    if not found:
        return pd.DataFrame(columns=COLUMNS)
    return _in_order(review, pd.concat(found, ignore_index=True))


def _stated(
    review: Review, table: str, column: str, source: str, what: str, claims: pd.DataFrame
) -> pd.DataFrame:
    """Set the figures one column states beside what the claims of the same source give."""
    rows = review.frames[table]
    rows = rows[rows[column].notna()]
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    shares = _shares(review, claims) if len(claims) else pd.Series(dtype=float)
    weights = {item.id: float(item.weight) for item in review.rubric.indicators}
    keys = pd.MultiIndex.from_frame(rows[["dept_code", "indicator_id"]])
    computed = np.array([shares.get(key, np.nan) for key in keys], dtype=float)
    tolerance = SHARE_TOLERANCE
    if what == "points":
        computed = computed * rows["indicator_id"].map(weights).to_numpy(dtype=float)
        tolerance = POINTS_TOLERANCE
    stated = rows[column].astype(float)
    gap = (stated - computed).round(9)
    return rows.assign(
        source=source, what=what, stated=stated, computed=computed, difference=gap,
        is_mismatch=gap.abs() > tolerance, source_cell=cell_in_row(review, table, column, rows),
    ).reindex(columns=COLUMNS)  # fmt: skip


def _shares(review: Review, claims: pd.DataFrame) -> pd.Series:
    """Return the share of every claim by (department, indicator)."""
    board = make_board(
        review.rubric, claims.rename(columns={"dept_code": "unit"}), is_deadline_past=False
    )
    ids = [item.id for item in review.rubric.indicators]
    frame = pd.DataFrame(board.share.T, index=board.units, columns=ids)
    return frame.stack()


def _in_order(review: Review, frame: pd.DataFrame) -> pd.DataFrame:
    roster = review.departments.sort_values("protocol_order", kind="stable").set_index("dept_code")
    ids = [item.id for item in review.rubric.indicators]
    frame = frame[frame["dept_code"].isin(roster.index) & frame["indicator_id"].isin(ids)]
    frame = frame.assign(
        mode=frame["dept_code"].map(roster["mode"]),
        group_id=frame["dept_code"].map(roster["group_id"]),
        _place=frame["dept_code"].map({code: i for i, code in enumerate(roster.index)}),
        _row=frame["indicator_id"].map({name: i for i, name in enumerate(ids)}),
    )
    order = frame.sort_values(["_place", "_row"], kind="stable", ignore_index=True)
    return order[COLUMNS]
