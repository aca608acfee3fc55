"""How severely each visit group judges (尺度差异), where common departments let it be told.

A group's severity is the mean over the common departments of its score less the mean of all groups
there, in points of 100: above 0 it is the more generous. It is shrunk towards 0 by as much as
chance could have made it: λ = τ² ÷ (τ² + SE²). Raw scores are never replaced.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric.aggregate import leaf_weights, roll_up
from reviewlib.rubric.bands import band_gaps, bands_of, best_bands
from reviewlib.rubric.board import make_board
from reviewlib.rubric.rounding import half_up
from reviewlib.scoring.claims import claims_of_visits
from reviewlib.scoring.linkage import Linkage, linkage

DTYPES = {
    "group_id": "str", "common_count": "Int64", "severity": "Float64", "se": "Float64",
    "shrinkage": "Float64", "adjustment": "Float64", "adjustment_se": "Float64",
}  # fmt: skip


def common_scores(review: Review, linked: Linkage | None = None) -> pd.DataFrame:
    """Return what each group gave the departments that several groups rated.

    Returns
    -------
    DataFrame
        One row per department × group: `dept_code, group_id, item_count, rate` (0–100), over the
        items that all groups of that department scored.
    """
    linked = linkage(review) if linked is None else linked
    rows = review.visit_scores
    rows = rows[rows["dept_code"].isin(linked.common["dept_code"]) & rows["group_id"].notna()]
    rows = rows.sort_values("scored_on", kind="stable", na_position="first")
    columns = ["dept_code", "group_id", "item_count", "rate"]
    if rows.empty:
        return pd.DataFrame(columns=columns)
    parts = [
        claims_of_visits(review, mine.drop_duplicates(["dept_code", "indicator_id"], keep="last"))
        .assign(group_id=group)
        for group, mine in rows.groupby("group_id")
    ]
    claims = pd.concat(parts, ignore_index=True)
    unit = claims["group_id"] + "|" + claims["dept_code"]
    board = make_board(review.rubric, claims.assign(unit=unit), is_deadline_past=False)
    units = board.units.str.split("|", n=1, expand=True).to_frame(index=False)
    units.columns = ["group_id", "dept_code"]
    share = board.share.copy()
    for places in units.groupby("dept_code").indices.values():
        share[np.ix_(~board.is_counted[:, places].all(axis=1), places)] = np.nan
    weights = leaf_weights(review.rubric)[:, None]
    rate = roll_up(review.rubric, share, weights, is_trial=True)[None].share
    frame = units.assign(rate=100 * rate, item_count=(~np.isnan(share)).sum(axis=0))
    frame = frame[frame["rate"].notna()]
    return frame.sort_values(["dept_code", "group_id"], ignore_index=True)[columns]


def severity(review: Review) -> pd.DataFrame:
    """Return each group's severity, with its standard error, and the adjustment it would mean.

    Returns
    -------
    DataFrame
        One row per visit group of the settings: `group_id, common_count, severity, se, shrinkage`
        (λ, 0–1)`, adjustment` (points to add to the group's scores: −λ × severity)`,
        adjustment_se`. All missing but the count where the groups are not linked by enough
        departments (`linkage(review).sentence()` says which).
    """
    linked = linkage(review)
    scores = common_scores(review, linked)
    counts = scores["group_id"].value_counts()
    frame = pd.DataFrame({"group_id": list(review.settings.groups)})
    frame = frame.assign(common_count=frame["group_id"].map(counts).fillna(0))
    if linked.is_enough and not scores.empty:
        frame = frame.merge(estimated(scores), on="group_id", how="left")
    return frame.reindex(columns=list(DTYPES)).astype(DTYPES)


def adjusted_totals(review: Review, totals: pd.DataFrame) -> pd.DataFrame:
    """Return totals with the severity of the visit groups taken out; the raw ones stay beside.

    Parameters
    ----------
    totals : DataFrame
        `Scores.totals`, raw.

    Returns
    -------
    DataFrame
        The same with `severity_adjustment, adjustment_se`, and `total, total_shown, band,
        band_gap` after it. Self-assessed and unrated departments are left as they are; so is
        everything where severity cannot be worked out.
    """
    rubric, known = review.rubric, severity(review).set_index("group_id")
    moved = totals["group_id"].map(known["adjustment"]).astype(float).fillna(0.0)
    error = totals["group_id"].map(known["adjustment_se"]).astype(float)
    total = totals["base"] + moved - totals["deduction"] + totals["bonus"]
    total = total.clip(0.0, float(rubric.total.scale))
    is_rated = totals["raw_total_shown"].notna()
    shown = np.where(is_rated, half_up(total.to_numpy(), rubric.total.decimals), np.nan)
    best = best_bands(rubric, totals["bar_items"])
    return totals.assign(
        severity_adjustment=moved, adjustment_se=error, total=total, total_shown=shown,
        band=bands_of(rubric, shown, best), band_gap=band_gaps(rubric, shown),
    )  # fmt: skip


def estimated(scores: pd.DataFrame) -> pd.DataFrame:
    """Estimate severities from scores of departments that groups rated in common.

    Parameters
    ----------
    scores : DataFrame
        `dept_code, group_id, rate`: every group linked with every other.

    Returns
    -------
    DataFrame
        One row per group: `group_id, severity, se, shrinkage, adjustment, adjustment_se`.

    Notes
    -----
    Least squares of score = department + group, the groups' severities adding up to 0. Where every
    group rated every common department this is the mean of (group − mean of the groups). The
    spread τ² between groups is what is left of their variance beyond their standard errors.
    """
    groups = sorted(scores["group_id"].unique())
    design = np.hstack(
        [pd.get_dummies(scores[name]).to_numpy(dtype=float) for name in ("dept_code", "group_id")]
    )
    rate, count = scores["rate"].to_numpy(dtype=float), len(groups)
    fitted, *_ = np.linalg.lstsq(design, rate, rcond=None)
    centre = np.eye(count) - 1 / count
    found = centre @ fitted[-count:]
    rank = np.linalg.matrix_rank(design)
    if rank < design.shape[1] - 1:  # not linked: no model can tell them apart
        return pd.DataFrame({"group_id": groups})
    freedom = len(rate) - rank
    if freedom <= 0:
        return pd.DataFrame({"group_id": groups, "severity": found})
    noise = ((rate - design @ fitted) ** 2).sum() / freedom
    cover = np.linalg.pinv(design.T @ design)[-count:, -count:]
    se = np.sqrt(noise * np.diag(centre @ cover @ centre))
    spread = max(0.0, ((found**2).sum() - (se**2).sum()) / (count - 1))
    total = spread + se**2
    shrinkage = np.divide(spread, total, out=np.zeros(count), where=total > 0)
    return pd.DataFrame(
        {
            "group_id": groups, "severity": found, "se": se, "shrinkage": shrinkage,
            "adjustment": -shrinkage * found, "adjustment_se": np.sqrt(shrinkage) * se,
        }
    )  # fmt: skip
