"""Measures of dimension C: is the three-determinations regulation carried out (执行“三定”规定)."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pandas as pd

from reviewlib.review import Review
from reviewlib.rubric import Indicator
from reviewlib.schema.vocabularies import POST_TYPE
from reviewlib.scoring.measures.base import measure, tally, where
from reviewlib.scoring.returns import Returns

DEPARTMENT_POSTS = ("dept_head", "dept_deputy", "dept_other")
SECTION_POSTS = ("section_head", "section_deputy")


def _flag(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return a column of yes and no, what was left blank counting as no."""
    return rows[column].fillna(False).astype(bool)


@measure("internal_units", "is_duties_issued")
def duties_issued(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count approved sections whose duties are issued (“三定”细化)."""
    rows = returns.review.internal_units
    approved = _flag(rows, "is_in_three_det")
    return tally(
        returns, "internal_units", approved, ["is_duties_issued"],
        num=_flag(rows, "is_duties_issued"), den=approved,
    )  # fmt: skip


@measure("internal_units", "unit_name")
def units_conform(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count approved units less those added, missing or wrongly named, not below 0 (设置一致)."""
    rows = returns.review.internal_units
    approved, is_set_up = _flag(rows, "is_in_three_det"), _flag(rows, "is_set_up")
    named = rows["approved_name"].notna() & (rows["approved_name"] != rows["unit_name"])
    told = tally(
        returns, "internal_units", rows["unit_name"].notna(), ["is_in_three_det", "is_set_up"],
        den=approved, wrong=(approved ^ is_set_up) | (approved & named),
    )  # fmt: skip
    return told.assign(num=(told["den"] - told["wrong"]).clip(lower=0))


@measure("internal_units", "is_head_in_place")
def heads_in_place(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count approved sections with a head in place (科室负责人配备)."""
    rows = returns.review.internal_units
    approved = _flag(rows, "is_in_three_det")
    return tally(
        returns, "internal_units", approved, ["is_head_in_place"],
        num=_flag(rows, "is_head_in_place"), den=approved,
    )  # fmt: skip


@measure("internal_units", "actual_staff_count")
def sections_staffed(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count approved sections with someone besides the head (科室人员到位).

    Staff are counted with the head, so a section with a head needs two, one without needs one. A
    section approved for one person counts as met.
    """
    rows = returns.review.internal_units
    approved = _flag(rows, "is_in_three_det")
    besides = rows["actual_staff_count"] - _flag(rows, "is_head_in_place")
    met = (besides >= 1).fillna(False) | (rows["approved_staff_count"] == 1).fillna(False)
    return tally(
        returns, "internal_units", approved, ["actual_staff_count"], num=met, den=approved
    )


@measure("profiles", "three_det_complete_on")
def days_to_complete(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count the days from the regulation to all sections and heads in place (落实及时性).

    Where the list of sections shows one without a head or not set up, it is unfinished whatever
    date is stated; where no date is stated, the last date of the list counts.
    """
    review, profiles = returns.review, returns.profiles
    roster = review.departments.set_index("dept_code")["three_det_on"].reindex(profiles.index)
    issued = roster.fillna(profiles["stated_three_det_on"])
    listed = _last_in_place(review.internal_units).reindex(profiles.index)
    done = profiles["three_det_complete_on"].fillna(listed["last_on"])
    is_past = done <= pd.Timestamp(review.settings.cutoff_on)
    done = done.where(is_past & ~listed["is_all_in_place"].eq(False))
    days = (done - issued).dt.days.astype(float)
    unfinished = pd.Series("unfinished", index=profiles.index).where(done.isna() & issued.notna())
    return pd.DataFrame({"value": days, "level": unfinished})


def _last_in_place(units: pd.DataFrame) -> pd.DataFrame:
    """Return by department whether all approved sections and heads are in place, and since when."""
    rows = units[_flag(units, "is_in_three_det")]
    is_in_place = _flag(rows, "is_set_up") & _flag(rows, "is_head_in_place")
    last_on = np.fmax(rows["set_up_on"], rows["head_on"])
    by_dept = pd.DataFrame({"is_in_place": is_in_place, "last_on": last_on})
    by_dept = by_dept.groupby(rows["dept_code"])
    return pd.DataFrame(
        {"is_all_in_place": by_dept["is_in_place"].all(), "last_on": by_dept["last_on"].max()}
    )


@measure("staffing", "posts_filled_count", where("estab_type", "administrative"))
def posts_used(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count administrative posts filled over approved; over 100% is a case (行政编制使用)."""
    rows = returns.review.staffing
    rows = rows[rows["estab_type"] == "administrative"].drop_duplicates("dept_code")
    rows = rows.set_index("dept_code")
    filled = rows["posts_filled_count"].astype(float)
    approved = rows["posts_approved_count"].astype(float)
    told = over_case(filled - approved, rows["over_approval_no"].notna())
    return pd.DataFrame({"num": filled, "den": approved} | told)


def over_case(over: pd.Series, is_approved: pd.Series | np.ndarray) -> dict[str, pd.Series]:
    """Return the case and the unapproved excess of posts filled over posts approved."""
    case = np.where(is_approved, "over_approved", "over_unapproved")
    return {
        "level": pd.Series(case, index=over.index, dtype="str").where(over > 0),
        "excess": over.clip(lower=0).where(~is_approved, 0.0),
    }


@measure("leadership_posts", "leadership_posts_filled_count",
         where("post_type", *DEPARTMENT_POSTS))  # fmt: skip
def department_posts_within(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Compare department-level leadership posts kind by kind, never netted (部门领导职数)."""
    return _posts_within(returns.review, DEPARTMENT_POSTS)


@measure("leadership_posts", "leadership_posts_filled_count",
         where("post_type", *SECTION_POSTS))  # fmt: skip
def section_posts_within(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Compare section-level leadership posts kind by kind, never netted (科级领导职数)."""
    return _posts_within(returns.review, SECTION_POSTS)


def _posts_within(review: Review, kinds: tuple[str, ...]) -> pd.DataFrame:
    """Say whether any kind of post is over, with or without approval.

    Without approved posts of these kinds the indicator does not apply; a kind of which one of the
    two numbers is blank cannot be compared and is left out, provisionally.
    """
    rows = review.leadership_posts
    rows = rows[rows["post_type"].isin(kinds)]
    approved = rows["leadership_posts_approved_count"].astype(float)
    filled = rows["leadership_posts_filled_count"].astype(float)
    over = (filled - approved).clip(lower=0)
    sums = pd.DataFrame(
        {
            "approved": approved, "filled": filled, "over": over,
            "excess": over.where(rows["leadership_approval_no"].isna(), 0.0),
            "known": over.notna(), "halved": approved.notna() ^ filled.notna(),
        }
    ).groupby(rows["dept_code"]).sum()  # fmt: skip
    nothing = (sums["approved"] == 0) & (sums["filled"] == 0)
    case = np.select([nothing, sums["excess"] > 0, sums["over"] > 0],
                     [None, "over_unapproved", "over_approved"], "within")  # fmt: skip
    told = pd.DataFrame(
        {
            "answer": np.where(nothing, "not_applicable", None), "level": case,
            "excess": sums["excess"], "is_provisional": sums["halved"] > 0,
            "note_zh": sums.index.map(_kind_by_kind(rows, "zh")),
            "note_en": sums.index.map(_kind_by_kind(rows, "en")),
        }
    )  # fmt: skip
    return told[sums["known"] > 0]


def _kind_by_kind(rows: pd.DataFrame, lang: str) -> dict[str, str]:
    """Write each department's posts filled over approved, one kind after the other."""
    texts = defaultdict(list)
    stated = ["dept_code", "post_type", "leadership_posts_filled_count",
              "leadership_posts_approved_count"]  # fmt: skip
    for code, kind, *counts in zip(*(rows[name].tolist() for name in stated), strict=True):
        filled, approved = ("—" if pd.isna(count) else count for count in counts)
        texts[code].append(f"{POST_TYPE.label(kind, lang)} {filled}/{approved}")
    return {code: ("、" if lang == "zh" else ", ").join(told) for code, told in texts.items()}


@measure("other_counts", "num", where("count_item", "duties_performed"))
def duties_performed(returns: Returns, indicator: Indicator) -> pd.DataFrame:
    """Count the main duties performed, in part at half; those pending at the city are out."""
    partial = float(indicator.parameters["partial_credit"])
    duties, performed, in_part, pending = (
        returns.counts(item)["num"]
        for item in ("main_duties", "duties_performed", "duties_partial", "duties_pending_city")
    )
    in_part, pending = (part.reindex(duties.index).fillna(0.0) for part in (in_part, pending))
    return pd.DataFrame(
        {"num": performed + partial * in_part, "den": duties - pending, "pending": pending}
    )


POSTS = {
    "posts_used": ("staffing", "over_approval_no", "estab_type", ("administrative",)),
    "department_posts_within": ("leadership_posts", "leadership_approval_no", "post_type",
                                DEPARTMENT_POSTS),
    "section_posts_within": ("leadership_posts", "leadership_approval_no", "post_type",
                             SECTION_POSTS),
}  # fmt: skip
"""Measures of posts: the table, its column of approvals, and the rows that concern them."""


def recount_posts(review: Review, claims: pd.DataFrame) -> pd.DataFrame:
    """Give posts that people counted outside the return the case that fits them.

    Parameters
    ----------
    claims : DataFrame
        `dept_code, indicator_id, num, den, value, level, excess`: posts filled over approved, or
        as a value the share in use (C06) or the posts over (leadership posts). Whether an excess is
        approved is what the return says.
    """
    measures = {item.id: item.measure for item in review.rubric.indicators if item.measure in POSTS}
    mine = claims[claims["indicator_id"].isin(list(measures))]
    if mine.empty:
        return claims
    approved = {(name, code) for name in measures for code in _approved(review, measures[name])}
    keys = zip(mine["indicator_id"], mine["dept_code"], strict=True)
    is_approved = np.array([key in approved for key in keys])
    is_share = mine["indicator_id"].map(measures) == "posts_used"
    value = mine["value"]
    over = mine["num"] - mine["den"]
    over = over.where(over.notna() | is_share, value)
    told = over_case(over.where(over.notna(), (value > 1).astype(float)), is_approved)
    is_within = ~is_share & (mine["num"].notna() | value.notna())
    level, excess = claims["level"].copy(), claims["excess"].copy()
    level[mine.index] = told["level"].where(told["level"].notna() | ~is_within, "within")
    excess[mine.index] = told["excess"]
    return claims.assign(level=level, excess=excess)


def _approved(review: Review, measure_name: str) -> pd.Series:
    """Return the departments whose return names an approval of posts over."""
    table, approval, column, kinds = POSTS[measure_name]
    rows = review.frames[table]
    return rows.loc[rows[column].isin(kinds) & rows[approval].notna(), "dept_code"]
