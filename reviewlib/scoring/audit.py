"""Scores that workbooks carry (自带得分), recomputed: none of them is ever used."""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric import Rubric
from reviewlib.rubric.board import UNREPORTED, Board, make_board
from reviewlib.scoring.addresses import SOURCE, cell_in_row
from reviewlib.scoring.claims import KEY, claims_of_visits, own_group_rows
from reviewlib.scoring.score import Scores, score

TOLERANCES = {"points": 0.05, "share": 0.005}
"""A stated figure may differ by half of its last printed digit."""

STATED = (
    ("self_ratings", "stated_points", "return", "points"),
    ("self_ratings", "stated_share", "return", "share"),
    ("visit_scores", "stated_points", "visit", "points"),
)
"""Where figures are stated: table and column, in whose workbook, and what they are."""

COLUMNS = ["dept_code", "mode", "group_id", "indicator_id", "source", "what", "stated", "computed",
           "difference", "is_mismatch", "source_file", "source_sheet", "source_cell"]  # fmt: skip


def audit(review: Review, scores: Scores | None = None) -> pd.DataFrame:
    """Recompute every score that a return or a visit workbook states.

    Parameters
    ----------
    review : Review
    scores : Scores, optional
        As `score(review)` gives them, where they are known already.

    Returns
    -------
    DataFrame
        One row per stated figure, protocol then rubric order: `dept_code, mode, group_id,
        indicator_id, source` (return, visit)`, what` (points, share)`, stated, computed` (from the
        same workbook's own figures; missing where they give none)`, difference` (stated less
        computed)`, is_mismatch, source_file, source_sheet, source_cell`.
    """
    scores = score(review) if scores is None else scores
    visits = claims_of_visits(review, own_group_rows(review)).rename(columns={"dept_code": "unit"})
    boards = {
        "return": scores.self_board,
        "visit": make_board(review.rubric, visits, is_deadline_past=False),
    }
    parts = [_stated(review, *one, boards[one[2]]) for one in STATED]
    frame = _in_order(review, scores, pd.concat(parts, ignore_index=True))
    cell = cell_in_row(review, frame["table"], frame["column"], frame)
    return frame.assign(source_cell=cell)[COLUMNS]


def _stated(
    review: Review, table: str, column: str, source: str, what: str, board: Board
) -> pd.DataFrame:
    """Set the figures one column states beside what the claims of the same source give."""
    rows = review.frames[table]
    rows = rows[rows[column].notna()]
    stated, computed = rows[column].astype(float), _given(review.rubric, board, what, rows)
    gap = (stated - computed).round(9)
    return rows[[*KEY, *SOURCE]].assign(
        table=table, column=column, source=source, what=what, stated=stated, computed=computed,
        difference=gap, is_mismatch=gap.abs() > TOLERANCES[what],
    )  # fmt: skip


def _given(rubric: Rubric, board: Board, what: str, rows: pd.DataFrame) -> np.ndarray:
    """Return what a board gives for the department and indicator of each row; missing elsewhere."""
    given = np.where(board.status == UNREPORTED, np.nan, board.share)
    if what == "points":
        given = given * np.array([float(item.weight) for item in rubric.indicators])[:, None]
    items = _ids(rubric).get_indexer(rows["indicator_id"])
    units = board.units.get_indexer(rows["dept_code"])
    return np.pad(given, (0, 1), constant_values=np.nan)[items, units]  # -1, unknown, is the last


def _ids(rubric: Rubric) -> pd.Index:
    return pd.Index([item.id for item in rubric.indicators])


def _in_order(review: Review, scores: Scores, frame: pd.DataFrame) -> pd.DataFrame:
    """Put rows in protocol and rubric order, with mode and group; unknown ones are data issues."""
    roster = scores.totals[["dept_code", "mode", "group_id"]]
    units = pd.Index(roster["dept_code"]).get_indexer(frame["dept_code"])
    items = _ids(review.rubric).get_indexer(frame["indicator_id"])
    order = np.lexsort((items, units))
    order = order[(units[order] >= 0) & (items[order] >= 0)]
    place = roster[["mode", "group_id"]].take(units[order]).reset_index(drop=True)
    return frame.take(order).reset_index(drop=True).assign(**place)
