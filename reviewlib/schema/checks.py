"""Every check of the review (校验), beside the tables it is about.

`CHECKS` lists them all; the rubric names by id those that D02 counts.
"""

from __future__ import annotations

import operator
from collections.abc import Callable

import pandas as pd

from reviewlib.schema.check_model import (
    CROSS_SHEET,
    TABLE,
    Check,
    Facts,
    in_order,
    needs,
    points_over_weight,
    row_check,
    where,
    within,
)
from reviewlib.schema.checks_office import OFFICE_CHECKS
from reviewlib.schema.checks_two_sides import TWO_SIDED_CHECKS
from reviewlib.schema.codes import ERROR, INFO
from reviewlib.schema.rules import INEXACT

SHARE_TOLERANCE = 0.005
"""A stated rate may differ from the recomputed one by half a percentage point."""
FORMALITIES = {
    "realname_done_count": "编制实名制", "payroll_done_count": "工资关系",
    "party_done_count": "党组织关系", "file_done_count": "人事档案",
}  # fmt: skip
"""The four formalities of a staff transfer (转隶手续), by the column that counts those done."""
NO_SHARE = ("workload",)
"""Counts whose two numbers are two years, not a part and its whole."""


def _own_side(frame: pd.DataFrame) -> pd.Series:
    """Rows in which the department names itself on the other side than the one it reports for."""
    own = frame["from_dept"].where(frame["reported_by"] == "losing", frame["to_dept"])
    return own.notna() & frame["reported_by"].notna() & (own != frame["dept_code"])


def _stated_share(facts: Facts) -> pd.DataFrame:
    frame = facts.frames["staff_transfers"]
    computed = frame["done_count"] / frame["due_count"].where(frame["due_count"] > 0)
    stated = frame["stated_done_share"]
    return where(frame, (stated - computed).abs() > SHARE_TOLERANCE,
                 stated=stated.map(_percent), computed=computed.map(_percent))  # fmt: skip


def _percent(share: float) -> str:
    return "" if pd.isna(share) else f"{float(share) * 100:.1f}%"


def _recomputed(table: str, stated: str, more: str, less: str):
    """Compare a stated surplus with what the two numbers give, never netted."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame = facts.frames[table]
        computed = (frame[more] - frame[less]).clip(lower=0)
        return where(frame, frame[stated] != computed, computed=computed.astype("str"))

    return breaks


def _other_count(facts: Facts) -> pd.DataFrame:
    frame = facts.frames["other_counts"]
    is_share = ~frame["count_item"].isin(NO_SHARE)
    return where(frame, (frame["num"] > frame["den"]) & is_share)


def _duties_of_all(facts: Facts) -> pd.DataFrame:
    """Departments whose performed, partly performed and pending duties exceed all main duties."""
    frame = facts.frames["other_counts"]
    counts = frame.pivot_table(index="dept_code", columns="count_item", values="num")
    counts = counts.reindex(columns=["main_duties", "duties_performed", "duties_partial",
                                     "duties_pending_city"]).astype("Float64")  # fmt: skip
    total = counts.iloc[:, 1:].fillna(0).sum(axis=1)
    over = total[(total > counts["main_duties"]).fillna(False).astype(bool)]
    computed = frame["dept_code"].map(over)
    return where(frame, (frame["count_item"] == "main_duties") & computed.notna(),
                 computed=computed.map("{:.0f}".format, na_action="ignore"))  # fmt: skip


def _heads(told: str, of_units: str, is_wrong: Callable, *, needs_all: bool):
    """Set the section heads of the list of posts beside the list of internal units.

    Parameters
    ----------
    told, of_units : str
        Columns of the one and of the other.
    is_wrong : callable
        Says of what the units give and of what is told whether they disagree.
    needs_all : bool
        Nothing can be said where a unit leaves it open: the sum is not known.
    """

    def breaks(facts: Facts) -> pd.DataFrame:
        posts, units = facts.frames["leadership_posts"], facts.frames["internal_units"]
        listed = units[units["is_in_three_det"].fillna(True)]
        is_open = listed["is_in_three_det"].isna() | listed[of_units].isna()
        counted = listed[~is_open].groupby("dept_code")[of_units].sum()
        if needs_all:
            counted = counted.drop(listed.loc[is_open, "dept_code"], errors="ignore")
        computed = posts["dept_code"].map(counted).astype("Int64")
        is_head = posts["post_type"] == "section_head"
        firsts = units["dept_code"].drop_duplicates()
        return where(
            posts, is_head & is_wrong(computed, posts[told]), computed=computed,
            other_table="internal_units", other_column=of_units,
            other_row=posts["dept_code"].map(pd.Series(firsts.index, index=firsts)),
        )  # fmt: skip

    return breaks


_heads_in_post = _heads(
    "leadership_posts_filled_count", "is_head_in_place", operator.gt, needs_all=False
)
"""More heads in place than are in post; fewer may be, where an excess is being absorbed."""
_heads_approved = _heads(
    "leadership_posts_approved_count", "head_posts_count", operator.ne, needs_all=True
)


def _inexact(facts: Facts) -> pd.DataFrame:
    """Returns in which a figure is approximate or carries a note: used, and to be confirmed."""
    cells, covers = facts.frames["cells"], facts.frames["covers"]
    loose = where(cells, cells["rule"].str.contains("|".join(INEXACT), regex=True))
    counts = covers["dept_code"].map(loose["dept_code"].value_counts()).astype("Int64")
    return where(covers, counts.notna(), computed=counts.astype("str"))


def _as_roster(column: str, of_roster: str):
    """Compare what the profile states with the roster."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame, roster = facts.frames["profiles"], facts.frames["departments"]
        known = frame["dept_code"].map(roster.set_index("dept_code")[of_roster])
        differs = known.notna() & frame[column].notna() & (frame[column] != known)
        return where(frame, differs, roster=known.astype("str"))

    return breaks


def _rated_without_level(facts: Facts) -> pd.DataFrame:
    frame = facts.frames["self_ratings"]
    is_rated = frame["indicator_id"].isin(facts.rated) & (frame["answer"] == "reported")
    return where(frame, is_rated & frame["level"].isna())


def _after_cutoff(table: str, column: str, zh: str, en: str) -> Check:
    """Declare that what is reported as done lies not after the date of the facts."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame = facts.frames[table]
        return where(frame, frame[column] > pd.Timestamp(facts.cutoff_on))

    return Check(f"{table.replace('_', '-')}-{column.replace('_', '-')}-by-cutoff", TABLE, (table,),
                 column, f"{zh} {{{column}}} 晚于数据基准日",
                 f"{en} {{{column}}} is after the date of the "
                 "facts", breaks)  # fmt: skip


def _formality(column: str, zh: str) -> Check:
    return row_check(
        f"staff-{column.removesuffix('_done_count')}-within-done", "staff_transfers", column,
        f"{zh}已办 {{{column}}} 人多于已转隶 {{done_count}} 人（先办手续后到岗的请说明）",
        f"{{{column}}} formalities done, more than {{done_count}} people moved",
        lambda frame: frame[column] > frame["done_count"],
    )  # fmt: skip


RETURN_CHECKS = (
    # 全部
    Check("figures-exact", CROSS_SHEET, ("covers",), "declared_name",
          "有 {computed} 处数字是约数或带附注，已暂用，待确认",
          "{computed} figures are approximate or "
          "carry a note; used for now", _inexact, severity=INFO, code="cell.number-normalised"),
    # 03 职责划转
    within("duty-posts-within-due", "duty_transfers", "posts_done_count", "posts_count",
           ("已划转编制", "涉及编制"), ("Posts moved", "posts due")),
    within("duty-staff-within-due", "duty_transfers", "staff_done_count", "staff_count",
           ("已划转人员", "涉及人员"), ("Staff moved", "staff due")),
    needs("duty-done-has-date", "duty_transfers", "done_on", lambda f: f["status"] == "done",
          "状态为“到位”，没有填实际到位日", "In place, without the day it was"),
    row_check("duty-date-has-status", "duty_transfers", "done_on",
              "填了实际到位日 {done_on}，状态却是“{status}”", "Done on {done_on}, yet {status}",
              lambda f: f["done_on"].notna() & (f["status"] == "not_done")),
    row_check("duty-own-side", "duty_transfers", "reported_by",
              "填报方为“{reported_by}”，该方却是别的部门（划出 {from_dept}，划入 {to_dept}）",
              "Reported by {reported_by}, which is another department "
              "(from {from_dept} to {to_dept})", _own_side),
    row_check("duty-two-departments", "duty_transfers", "to_dept",
              "划出部门与划入部门都是{to_dept}", "From {from_dept} to the same department",
              lambda f: f["from_dept"] == f["to_dept"]),
    _after_cutoff("duty_transfers", "done_on", "实际到位日", "The day it was in place"),
    # 04 人员转隶
    within("staff-done-within-due", "staff_transfers", "done_count", "due_count",
           ("已转隶", "应转隶"), ("Moved", "due")),
    row_check("staff-pending-adds-up", "staff_transfers", "pending_count",
              "已转隶 {done_count} 加未转隶 {pending_count} 不等于应转隶 {due_count}",
              "{done_count} moved and {pending_count} pending are not {due_count} due",
              lambda f: f["done_count"] + f["pending_count"] != f["due_count"]),
    *(_formality(column, zh) for column, zh in FORMALITIES.items()),
    Check("staff-stated-share", TABLE, ("staff_transfers",), "stated_done_share",
          "自报完成率 {stated}，按人数计算为 {computed}，以计算数为准",
          "{stated} stated, {computed} by the numbers, which count", _stated_share),
    row_check("staff-own-side", "staff_transfers", "reported_by",
              "填报方为“{reported_by}”，该方却是别的部门（转出 {from_dept}，转入 {to_dept}）",
              "Reported by {reported_by}, which is another department "
              "(from {from_dept} to {to_dept})", _own_side),
    row_check("staff-two-departments", "staff_transfers", "to_dept",
              "转出部门与转入部门都是{to_dept}", "From {from_dept} to the same department",
              lambda f: f["from_dept"] == f["to_dept"]),
    # 05 编制职数
    Check("staffing-vacant-adds-up", TABLE, ("staffing",), "posts_vacant_count",
          "空编填 {posts_vacant_count}，按核定和实有应为 {computed}",
          "{posts_vacant_count} vacant stated, {computed} by the numbers",
          _recomputed("staffing", "posts_vacant_count", "posts_approved_count",
                      "posts_filled_count")),
    Check("staffing-over-adds-up", TABLE, ("staffing",), "posts_over_count",
          "超编填 {posts_over_count}，按核定和实有应为 {computed}",
          "{posts_over_count} over stated, {computed} by the numbers",
          _recomputed("staffing", "posts_over_count", "posts_filled_count",
                      "posts_approved_count")),
    Check("leadership-over-adds-up", TABLE, ("leadership_posts",), "leadership_posts_over_count",
          "超配填 {leadership_posts_over_count}，按核定和实配应为 {computed}（正职、副职分别计算）",
          "{leadership_posts_over_count} over stated, {computed} by the numbers",
          _recomputed("leadership_posts", "leadership_posts_over_count",
                      "leadership_posts_filled_count", "leadership_posts_approved_count")),
    Check("section-heads-in-post", CROSS_SHEET, ("leadership_posts", "internal_units"),
          "leadership_posts_filled_count",
          "科级正职实配 {leadership_posts_filled_count} 名，"
          "内设机构表中到位的负责人却有 {computed} 名（{other_at}）",
          "{leadership_posts_filled_count} section heads in post, {computed} by "
          "the internal units ({other_at})",
          _heads_in_post, severity=ERROR, code="row.constraint"),
    Check("section-heads-approved", CROSS_SHEET, ("leadership_posts", "internal_units"),
          "leadership_posts_approved_count",
          "科级正职核定 {leadership_posts_approved_count} 名，内设机构表中核定负责人 {computed} 名"
          "（{other_at}）", "{leadership_posts_approved_count} section heads approved, {computed} "
          "by the internal units ({other_at})",
          _heads_approved, severity=ERROR, code="row.constraint"),
    # 06 内设机构
    row_check("unit-head-in-unit", "internal_units", "is_head_in_place",
              "科室尚未设置，负责人却已到位", "A head in place in a unit not set up",
              lambda f: f["is_head_in_place"] & ~f["is_set_up"]),
    row_check("unit-head-date", "internal_units", "head_on",
              "填了负责人到位日期 {head_on}，负责人却未到位",
              "Head on {head_on}, yet none in place",
              lambda f: f["head_on"].notna() & ~f["is_head_in_place"]),
    row_check("unit-set-up-date", "internal_units", "set_up_on",
              "填了设置日期 {set_up_on}，科室却未设置", "Set up on {set_up_on}, yet not set up",
              lambda f: f["set_up_on"].notna() & ~f["is_set_up"]),
    # 02 基本情况
    within("subordinates-within-due", "profiles", "subordinates_done_count",
           "subordinates_due_count", ("所属单位已调整", "应调整"), ("Realigned", "due")),
    in_order("three-det-in-order", "profiles", "stated_three_det_on", "three_det_complete_on",
             ("“三定”印发日期", "全部到位日期"), ("the regulation's issue", "All in place")),
    Check("change-type-as-roster", CROSS_SHEET, ("profiles",), "stated_change_type",
          "涉改类型填“{stated_change_type}”，与名册不同",
          "{stated_change_type} is not the roster's",
          _as_roster("stated_change_type", "change_type")),
    Check("three-det-date-as-roster", CROSS_SHEET, ("profiles",), "stated_three_det_on",
          "“三定”印发日期填 {stated_three_det_on}，与名册不同",
          "{stated_three_det_on} is not the roster's",
          _as_roster("stated_three_det_on", "three_det_on")),
    # 07 职责关系, 08 议事协调机构
    in_order("cross-resolved-in-order", "cross_dept_matters", "raised_on", "resolved_on",
             ("提出日期", "解决日期"), ("raised", "Resolved")),
    row_check("cross-lead-not-support", "cross_dept_matters", "support_depts",
              "牵头单位同时列为配合单位", "The lead is listed as supporting too",
              lambda f: pd.Series([isinstance(depts, str) and lead in depts.split(";")
                                   for lead, depts in zip(f["lead_dept"], f["support_depts"],
                                                          strict=True)],
                                  index=f.index, dtype="boolean")),
    within("decisions-within", "coordination_bodies", "decisions_done_count", "decisions_count",
           ("已落实议定事项", "议定事项"), ("Decisions done", "decisions")),
    # 11 自评打分, 12 其他计数
    Check("rating-level-given", CROSS_SHEET, ("self_ratings",), "level",
          "指标 {indicator_id} 已填报，没有填自评等次",
          "{indicator_id} is answered without a level",
          _rated_without_level, code="cell.required"),
    needs("rating-reason-given", "self_ratings", "not_applicable_reason",
          lambda f: f["answer"] == "not_applicable", "指标 {indicator_id} 填“不适用”，没有说明理由",
          "{indicator_id} is not applicable, without a reason"),
    Check("rating-points-within-weight", CROSS_SHEET, ("self_ratings",), "stated_points",
          "自评分 {stated_points} 超过该指标满分 {weight}", "{stated_points} points, of {weight}",
          points_over_weight("self_ratings"), severity=ERROR),
    Check("count-within-total", TABLE, ("other_counts",), "num",
          "“{count_item}”的数量 {num} 大于总数 {den}", "{count_item}: {num} of {den}",
          _other_count, severity=ERROR),
    Check("duties-add-up", TABLE, ("other_counts",), "num",
          "履行、部分履行和待市级明确的职责共 {computed} 条，多于主要职责 {num} 条",
          "{computed} duties performed, partly or pending, of {num}", _duties_of_all),
)  # fmt: skip

CHECKS: dict[str, Check] = {
    check.id: check for check in (*RETURN_CHECKS, *TWO_SIDED_CHECKS, *OFFICE_CHECKS)
}
"""Every check by its id, in the order they run."""
