"""What each source says of each indicator: one row per department × indicator on which it speaks.

A source that has nothing to say makes no row; `official` then takes the first that speaks.
"""

from __future__ import annotations

import pandas as pd

from reviewlib.review import Review
from reviewlib.scoring.addresses import cell_in_row
from reviewlib.scoring.measures import measured
from reviewlib.scoring.measures.base import DTYPES
from reviewlib.scoring.measures.three_det import recount_posts
from reviewlib.scoring.returns import returned

KEY = ["dept_code", "indicator_id"]
CLAIM_DTYPES = {"dept_code": "str", "indicator_id": "str", "stage": "str"} | DTYPES
"""Columns of a claim: who of whom, at which stage, and what a measure tells."""

NO_RETURN = ("未报送自评工作簿", "no return came")
NO_REASON = ("填了“不适用”但没有说明理由，按未填计",
             "marked not applicable without a reason: not reported")  # fmt: skip
OWN_REASON = ("部门填报不适用：{}", "not applicable as the department states: {}")
NOT_AGREED = ("组内尚未商定等次", "no agreed level yet")
NO_SHARE = ("组内所填 {:g} 不是 0–1 的比率，未采用",
            "the group's {:g} is no share of 0–1, not used")  # fmt: skip
BY_OFFICE = ("待编办认定", "to be rated by the establishment office")


def return_claims(review: Review) -> pd.DataFrame:
    """Return what the returns say: every department × indicator, recomputed from the lists."""
    told = measured(review, review.rubric.indicators)
    computed = told["indicator_id"].isin(
        [item.id for item in review.rubric.indicators if item.rater == "system"]
    )
    told = told.assign(stage=pd.Series("return", index=told.index).mask(computed, "computed"))
    claims = _with_own_answer(review, told, ~computed)
    absent = ~claims["dept_code"].isin(returned(review))
    return _say(claims, absent, "pending", NO_RETURN)[list(CLAIM_DTYPES)].astype(CLAIM_DTYPES)


def _with_own_answer(review: Review, told: pd.DataFrame, is_asked: pd.Series) -> pd.DataFrame:
    """Read the lists together with the answer of sheet 11 (填报情况).

    What the lists hold counts, whatever is answered, unless the department itself says that its
    evidence is insufficient. Where they hold nothing, 不适用 counts with a reason only.
    """
    own = review.self_ratings.drop_duplicates(KEY).set_index(KEY)
    own = own.reindex(pd.MultiIndex.from_frame(told[KEY])).set_axis(told.index)
    stated, reason = own["answer"], own["not_applicable_reason"]
    reported = told["answer"] == "reported"
    is_nothing = reported & (told["den"] == 0) & told["value"].isna() & told["level"].isna()
    is_silent = (told["answer"] == "not_reported") | (reported & ~is_nothing & ~_says(told))
    is_nothing, is_silent = is_nothing & is_asked, is_silent & is_asked
    told = _say(told, is_silent, "not_reported", None)
    told = _say(told, is_nothing & (stated != "not_reported"), "not_applicable", None)
    told = _say(told, is_nothing & (stated == "not_reported"), "not_reported", None)
    excused = is_silent & (stated == "not_applicable") & reason.notna()
    told = _say(told, excused, "not_applicable", OWN_REASON, reason)
    told["is_provisional"] |= excused
    told = _say(told, is_silent & (stated == "not_applicable") & reason.isna(), "not_reported",
                NO_REASON)  # fmt: skip
    return _say(told, is_asked & (stated == "insufficient"), "insufficient", None)


def _say(
    claims: pd.DataFrame,
    where: pd.Series,
    answer: str,
    words: tuple[str, str] | None,
    detail: pd.Series | None = None,
) -> pd.DataFrame:
    """Give some claims another answer, and the note that explains it."""
    changed = claims.assign(answer=claims["answer"].mask(where, answer))
    if words is None:
        return changed
    for name, text in zip(("note_zh", "note_en"), words, strict=True):
        note = text if detail is None else detail.map(text.format, na_action="ignore")
        changed[name] = changed[name].mask(where, note)
    return changed


def own_group_rows(review: Review) -> pd.DataFrame:
    """Return the visit rows that count: one per department × indicator, of its own group.

    A department that several groups rated, so that they can be compared, is scored by the group
    of the roster; where that group rated nothing, by the one that did. Of several ratings by one
    group the last by date counts, of the same day the last written.
    """
    roster = review.departments[review.departments["mode"] == "visit"].set_index("dept_code")
    rows = review.visit_scores[review.visit_scores["dept_code"].isin(roster.index)]
    is_own = rows["group_id"] == rows["dept_code"].map(roster["group_id"])
    order = rows.assign(_own=is_own)
    order = order.sort_values(["_own", "scored_on"], kind="stable", na_position="first")
    return order.drop_duplicates(KEY, keep="last").drop(columns="_own").sort_index()


def claims_of_visits(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """Return what the visit groups say, from rows of their workbooks.

    Levels: the agreed one, pending without it. Numbers: where entered; a group that entered none
    leaves the word to the return. What the system computes is never taken from a visit.
    """
    rows = rows.rename(columns={"raw_value": "value", "agreed": "level"})
    rows = rows.assign(stage="visit", note_zh=rows["comment"], note_en=pd.NA)
    claims = _entered(review, rows, "visit_scores", "agreed")
    is_level = _is_level(review, claims)
    reported = claims["answer"].isna() | (claims["answer"] == "reported")
    claims = _say(claims, is_level & reported & claims["level"].isna(), "pending", NOT_AGREED)
    agreed = is_level & reported & claims["level"].notna()
    claims["stage"] = claims["stage"].mask(agreed, "agreed")
    silent = ~is_level & ((claims["answer"] == "not_reported") | (reported & ~_says(claims)))
    system = claims["indicator_id"].isin(
        [item.id for item in review.rubric.indicators if item.rater == "system"]
    )
    return claims[~silent & ~system].reset_index(drop=True)


def office_claims(review: Review) -> pd.DataFrame:
    """Return the ratings after the visit, which the office enters: the final, then the moderated.

    Of several at one stage the last by date counts.
    """
    rows = review.moderations.sort_values("dated_on", kind="stable")
    rows = rows.drop_duplicates([*KEY, "stage"], keep="last").rename(columns={"raw_value": "value"})
    rows = pd.concat([rows[rows["stage"] == stage] for stage in ("final", "moderated")])
    rows = rows.assign(note_zh=rows["reason"], note_en=pd.NA)
    claims = _entered(review, rows, "moderations", "level")
    reported = claims["answer"].isna() | (claims["answer"] == "reported")
    usable = claims["level"].notna() | (~_is_level(review, claims) & _says(claims))
    return claims[~reported | usable].reset_index(drop=True)


def office_pending(review: Review, returns: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators that the office rates for the self-assessed, until it has (待认定).

    What a return says does not apply, with a reason, needs no rating (确无意见并书面说明的).
    """
    own = review.departments.loc[review.departments["mode"] == "self", "dept_code"]
    ids = [item.id for item in review.rubric.indicators if item.rater == "office"]
    is_asked = returns["dept_code"].isin(own) & returns["indicator_id"].isin(ids)
    rows = returns.loc[is_asked & (returns["answer"] != "not_applicable"), KEY].assign(
        stage="return", answer="pending", is_provisional=False,
        note_zh=BY_OFFICE[0], note_en=BY_OFFICE[1],
    )  # fmt: skip
    return rows.reindex(columns=list(CLAIM_DTYPES)).astype(CLAIM_DTYPES)


def _entered(review: Review, rows: pd.DataFrame, table: str, level_column: str) -> pd.DataFrame:
    """Make claims of ratings that people entered, each with the address of its main cell."""
    rows = rows[rows["indicator_id"].isin([item.id for item in review.rubric.indicators])]
    is_level = _is_level(review, rows)
    limit = review.rubric.share_limits
    rows = rows.assign(
        level=rows["level"].where(is_level & rows["level"].isin([*review.rubric.level_shares])),
        value=rows["value"].mask((rows["value"] > rows["indicator_id"].map(limit)).fillna(False)),
    )
    by_value = ~is_level & rows["value"].notna() & rows["num"].isna()
    main = pd.Series("num", index=rows.index).mask(is_level, level_column)
    main = main.mask(by_value, "raw_value")
    rows = rows.assign(
        source_cell=cell_in_row(review, table, main, rows),
        is_provisional=False,
    )
    claims = rows.reindex(columns=list(CLAIM_DTYPES)).astype(CLAIM_DTYPES)
    return recount_posts(review, claims).reset_index(drop=True)


def unusable_values(review: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the visit rows whose value is no share and is not used: `KEY` and `value`."""
    rows = rows.rename(columns={"raw_value": "value"})
    limit = rows["indicator_id"].map(review.rubric.share_limits)
    found = rows[(rows["value"] > limit).fillna(False).astype(bool) & rows["num"].isna()]
    return found[[*KEY, "value"]]


def _is_level(review: Review, rows: pd.DataFrame) -> pd.Series:
    return rows["indicator_id"].isin([item.id for item in review.rubric.level_items])


def _says(claims: pd.DataFrame) -> pd.Series:
    """Tell whether a numeric claim can be placed: a value, or a numerator with its denominator."""
    pair = claims["num"].notna() & claims["den"].notna()
    return claims["value"].notna() | pair | claims["level"].notna()

