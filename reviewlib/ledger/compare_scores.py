"""Bands and indicators of two rounds, where they can be compared, and why elsewhere not."""

from __future__ import annotations

import pandas as pd

from reviewlib import rubric
from reviewlib.review import Review
from reviewlib.scoring import Scores

WORDED = ("zh", "en", "source", "source_zh", "source_en", "formula_zh", "formula_en",
          "evidence_zh", "evidence_en", "applies_zh", "applies_en", "edition", "dated_on",
          "status")  # fmt: skip
"""Fields of a rubric that say how it reads, not how it measures."""

OF_THE_TOTAL = ("rubric", "levels", "bands", "nodes", "indicators", "deductions", "bonuses")
COUNTS_CHECKS = "checks_passed"
"""The measure that counts the rubric's consistency checks."""

SAME = ("same", "renamed")
BAND_ORDER = ("red", "yellow", "green")
"""From worst to best."""


def measured_otherwise(old: Review, new: Review) -> pd.DataFrame:
    """Return what the later rubric measures otherwise; wording and dates do not count.

    The list of consistency checks is what the indicator that counts them measures.
    """
    changes = rubric.compare(old.rubric, new.rubric)
    counting = next((i.id for i in new.rubric.indicators if i.measure == COUNTS_CHECKS), None)
    if counting:
        of_checks = changes["field"] == "consistency_checks"
        changes.loc[of_checks, ["part", "id"]] = ["indicators", counting]
    last = changes["field"].str.rsplit(".", n=1).str[-1]
    return changes[~last.isin(WORDED) & (changes["kind"] != "moved")].reset_index(drop=True)


def _paired(links: pd.DataFrame) -> pd.DataFrame:
    """Return one row per later department: the one it is, or was called, before; else blank."""
    followed = links[links["new_code"].notna()]
    pairs = followed.assign(old_code=followed["old_code"].where(followed["lineage"].isin(SAME)))
    pairs = pairs.drop_duplicates("new_code")[["new_code", "old_code"]]
    return pairs.rename(columns={"new_code": "dept_code"}).reset_index(drop=True)


def compared_bands(
    links: pd.DataFrame, old_scores: Scores, new_scores: Scores, changed: pd.DataFrame
) -> pd.DataFrame:
    """Set the bands of both rounds side by side; the edges and the whole rubric must agree."""
    kept = ["dept_code", "mode", "band", "total_shown", "coverage"]
    before, after = (scores.totals[kept] for scores in (old_scores, new_scores))
    frame = _side_by_side(_paired(links), before, after, ["dept_code"])
    is_rubric = changed["part"].isin(OF_THE_TOTAL).any()
    rated = frame["old_band"].isin(BAND_ORDER) & frame["new_band"].isin(BAND_ORDER)
    why = _why_not(frame, rubric=pd.Series(is_rubric, index=frame.index), lacking=~rated,
                   lack="coverage")  # fmt: skip
    rank = {band: n for n, band in enumerate(BAND_ORDER)}
    step = frame["new_band"].map(rank).astype("Float64") - frame["old_band"].map(rank).astype(
        "Float64"
    )
    columns = ["dept_code", "old_code", "mode", "old_band", "new_band", "old_total_shown",
               "new_total_shown", "old_coverage", "new_coverage"]  # fmt: skip
    return _judged(frame.rename(columns={"new_mode": "mode"})[columns], why, step)


def compared_indicators(
    links: pd.DataFrame, old_scores: Scores, new_scores: Scores, changed: pd.DataFrame
) -> pd.DataFrame:
    """Set shares of single indicators side by side; only that indicator must measure alike."""
    kept = ["dept_code", "mode", "indicator_id", "status", "share"]
    before, after = (scores.items[kept] for scores in (old_scores, new_scores))
    frame = _side_by_side(_paired(links), before, after, ["dept_code", "indicator_id"])
    own = changed.loc[changed["part"] == "indicators"]
    own = set(own.loc[~own["field"].isin(("weight", "parent", "aspect")), "id"])
    is_level = changed["part"].eq("levels").any()
    scored = (frame["old_status"] == "scored") & (frame["new_status"] == "scored")
    other = frame["indicator_id"].isin(own) | pd.Series(bool(is_level), index=frame.index)
    why = _why_not(frame, rubric=other, lacking=~scored, lack="not_scored")
    change = frame["new_share"].astype("Float64") - frame["old_share"].astype("Float64")
    columns = ["dept_code", "old_code", "indicator_id", "old_share", "new_share"]
    told = frame[columns].assign(change=change.where(why.isna()))
    return _judged(told, why, change.round(4))


def _side_by_side(pairs: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, keys: list):
    """Return the later rows with the earlier ones of the same department beside them."""
    facts = [name for name in after.columns if name not in keys]
    later = after.rename(columns={name: f"new_{name}" for name in facts})
    earlier = before.rename(columns={"dept_code": "old_code"} | {n: f"old_{n}" for n in facts})
    frame = later.merge(pairs, on="dept_code", how="left")
    earlier_keys = ["old_code", *(key for key in keys if key != "dept_code")]
    return frame.merge(earlier, on=earlier_keys, how="left")


def _why_not(frame: pd.DataFrame, rubric: pd.Series, lacking: pd.Series, lack: str) -> pd.Series:
    """Return the first reason why each row cannot be compared; missing where it can."""
    why = pd.Series(float("nan"), index=frame.index, dtype="str")
    why = why.mask(lacking.astype(bool), lack)
    is_other_mode = frame["old_mode"].notna() & (frame["old_mode"] != frame["new_mode"])
    why = why.mask(is_other_mode, "mode")
    why = why.mask(rubric.astype(bool), "rubric")
    return why.mask(frame["old_code"].isna(), "lineage")


def _judged(frame: pd.DataFrame, why: pd.Series, step: pd.Series) -> pd.DataFrame:
    moved = pd.Series("same", index=frame.index, dtype="str")
    moved = moved.mask((step > 0).fillna(False), "better").mask((step < 0).fillna(False), "worse")
    return frame.assign(
        is_comparable=why.isna().astype("boolean"), why_not=why, moved=moved.where(why.isna())
    ).reset_index(drop=True)


def moved_by_indicator(indicators: pd.DataFrame) -> pd.DataFrame:
    """Count, for each indicator that moved anywhere, how many departments rose and fell.

    Returns
    -------
    DataFrame
        One row per indicator in the order of the rubric: `indicator_id, comparable_count,
        better_count, worse_count, same_count`.
    """
    known = indicators[indicators["is_comparable"].astype(bool)]
    ways = pd.crosstab(known["indicator_id"], known["moved"])
    ways = ways.reindex(columns=["better", "worse", "same"], fill_value=0)
    order = [code for code in indicators["indicator_id"].unique() if code in ways.index]
    ways = ways.reindex(order)
    counts = ways.add_suffix("_count").rename_axis(columns=None, index="indicator_id").reset_index()
    counts.insert(1, "comparable_count", counts.drop(columns="indicator_id").sum(axis=1))
    has_moved = counts["same_count"] < counts["comparable_count"]
    return counts[has_moved].reset_index(drop=True)


def not_compared(comparison_bands: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """List what is not compared, by department and reason (不可比的情形).

    Returns
    -------
    DataFrame
        One row per department, subject and reason, protocol order: `dept_code, subject` (band,
        share)`, why_not, count` (of bands or shares)`, indicator_ids` (joined by ";"; missing for a
        band)`, is_whole` (every indicator of the department).
    """
    bands = comparison_bands[~comparison_bands["is_comparable"].astype(bool)]
    whole = indicators.groupby("dept_code")["indicator_id"].size()
    shares = indicators[~indicators["is_comparable"].astype(bool)]
    listed = shares.groupby(["dept_code", "why_not"], sort=False)["indicator_id"].agg(
        ["size", ";".join]
    )
    rows = [(row.dept_code, "band", row.why_not, 1, None, False) for row in bands.itertuples()]
    rows += [(dept, "share", why, size, ids, size == whole[dept])
             for (dept, why), size, ids in listed.itertuples()]  # fmt: skip
    columns = ["dept_code", "subject", "why_not", "count", "indicator_ids", "is_whole"]
    place = {code: n for n, code in enumerate(comparison_bands["dept_code"])}
    rows.sort(key=lambda row: place.get(row[0], len(place)))
    return pd.DataFrame(rows, columns=columns).astype(
        dict.fromkeys(["dept_code", "subject", "why_not", "indicator_ids"], "str")
        | {"count": "Int64", "is_whole": "boolean"}
    )
