"""Checks of what the office keeps: roster, visits, ledger (名册、回访、台账)."""

from __future__ import annotations

from itertools import compress

import pandas as pd

from reviewlib.schema.check_model import (
    CROSS_DEPARTMENT,
    CROSS_SHEET,
    TABLE,
    Check,
    Facts,
    in_order,
    needs,
    points_over_weight,
    refers,
    row_check,
    where,
    within,
)
from reviewlib.schema.codes import ERROR
from reviewlib.schema.vocabularies import LEVEL

CLOSING = {"evidence_ref": ("佐证", "evidence"),
           "verified_by_role": ("审核岗位", "the role that verified it"),
           "closed_on": ("销号日期", "the date")}  # fmt: skip
"""What a closing takes, in both languages."""
GAP = 2
"""Two scorers this many levels apart owe a written reason."""


def _gap(frame: pd.DataFrame) -> pd.Series:
    order = {code: n for n, code in enumerate(LEVEL.codes)}
    first, second = (frame[n].map(order).astype("Float64") for n in ("scorer_1", "scorer_2"))
    return (first - second).abs() >= GAP


def _other_group(table: str):
    """Rows of a department that the roster gives to another group, unless all are to rate it."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame, roster = facts.frames[table], facts.frames["departments"]
        group = frame["dept_code"].map(roster.set_index("dept_code")["group_id"])
        differs = frame["group_id"].notna() & group.notna() & (frame["group_id"] != group)
        differs &= ~frame["dept_code"].isin(facts.common)
        return where(frame, differs, roster=group)

    return breaks


def _unknown_indicator(facts: Facts) -> pd.DataFrame:
    frame = facts.frames["findings"]
    known = frame["indicator_id"].isin(list(facts.weights))
    return where(frame, frame["indicator_id"].notna() & ~known)


def _beyond_share(facts: Facts) -> pd.DataFrame:
    """Values of shares that cannot be any, where no numerator stands beside them."""
    frame = facts.frames["visit_scores"]
    limit = frame["indicator_id"].map(dict(facts.share_limits)).astype("Float64")
    return where(frame, (frame["raw_value"] > limit) & frame["num"].isna(),
                 limit=limit.map("{:g}".format, na_action="ignore"))  # fmt: skip


def _outside_visit_days(facts: Facts) -> pd.DataFrame:
    frame = facts.frames["visits"]
    if facts.visit_days is None:
        return frame.iloc[:0]
    first, last = map(pd.Timestamp, facts.visit_days)
    return where(frame, frame["visit_on"].notna() & ~frame["visit_on"].between(first, last))


def _not_visited(facts: Facts) -> pd.DataFrame:
    """Departments due to be visited of which no visit scores came."""
    roster = facts.frames["departments"]
    scored = facts.frames["visit_scores"]["dept_code"]
    return where(roster, (roster["mode"] == "visit") & ~roster["dept_code"].isin(scored))


def _unfounded_closing(table: str):
    """Rows closed without evidence, verifier or date."""

    def breaks(facts: Facts) -> pd.DataFrame:
        frame = facts.frames[table]
        lacking = frame[list(CLOSING)].isna()
        missing = [list(compress(CLOSING.values(), row)) for row in lacking.to_numpy()]
        zh = ["、".join(zh for zh, _ in words) for words in missing]
        en = [", ".join(en for _, en in words) for words in missing]
        return where(
            frame, _is_closed(frame) & lacking.any(axis=1), at_column=lacking.idxmax(axis=1),
            lacking=pd.Series(zh, index=frame.index), lacking_en=pd.Series(en, index=frame.index),
        )  # fmt: skip

    return breaks


def _unexpected_count(name: str, zh: str, en: str, count) -> Check:
    """Declare that a count should be the one the office expects."""

    def breaks(facts: Facts) -> pd.DataFrame:
        roster, expected = facts.frames["departments"], facts.expected.get(name)
        found = count(roster)
        if expected is None or found == expected:
            return roster.iloc[:0]
        return roster.iloc[:1].assign(found=str(found), expected=str(expected))

    return Check(f"expected-{name.replace('_', '-')}", TABLE, ("departments",), "dept_code",
                 f"{zh}有 {{found}} 个，预期 {{expected}} 个",
                 f"{{found}} {en}, {{expected}} expected",
                 breaks, code="row.constraint")  # fmt: skip


def _is_closed(frame: pd.DataFrame) -> pd.Series:
    return frame["status"] == "closed"


def _own_verifier(table: str, zh: str) -> Check:
    return row_check(f"{table}-verifier-not-owner", table, "verified_by_dept",
                     f"{zh}的销号审核单位就是责任单位", "Verified by its own owner",
                     lambda f: _is_closed(f) & (f["verified_by_dept"] == f["owner"]))  # fmt: skip


def _closing(table: str, zh: str, en: str) -> Check:
    return Check(f"{table}-closing-founded", TABLE, (table,), "status",
                 f"{zh}“已销号”而缺{{lacking}}，暂按“待销号”",
                 f"{en} is closed without what it takes "
                 "({lacking_en}); taken as to be closed", _unfounded_closing(table),
                 severity=ERROR, code="row.constraint", instead="to_close")  # fmt: skip


OFFICE_CHECKS = (
    # 名册
    _unexpected_count("departments", "涉改部门", "departments", len),
    _unexpected_count("visit", "实地回访部门", "departments to be visited",
                      lambda roster: int((roster["mode"] == "visit").sum())),
    _unexpected_count("self_assessed", "单位自评部门", "self-assessed departments",
                      lambda roster: int((roster["mode"] == "self").sum())),
    _unexpected_count("groups", "回访组", "visit groups",
                      lambda roster: int(roster["group_id"].nunique())),
    row_check("reissued-is-visited", "departments", "mode",
              "{short_name}重新制定“三定”，回访方式却是“{mode}”且没有说明",
              "{short_name} has a reissued regulation, yet {mode} without a remark",
              lambda f: f["is_three_det_reissued"] & (f["mode"] != "visit") & f["remark"].isna()),
    row_check("self-has-no-group", "departments", "group_id",
              "{short_name}为单位自评，却填了回访组 {group_id}",
              "{short_name} is self-assessed, yet has group {group_id}",
              lambda f: (f["mode"] == "self") & f["group_id"].notna()),
    needs("reissued-has-number", "departments", "three_det_no",
          lambda f: f["is_three_det_reissued"], "{short_name}重新制定“三定”，没有填文号",
          "{short_name} has a reissued regulation without a number"),
    refers("alias-dept-known", "dept_aliases", "dept_code", "departments", "部门名册", "The roster",
           severity=ERROR),
    # 回访
    Check("visit-missing", CROSS_DEPARTMENT, ("departments", "visit_scores"), "short_name",
          "没有收到{short_name}的实地回访评分，列入“未回访”",
          "No visit scores of {short_name} came",
          _not_visited, code="file.missing-department"),
    Check("visit-group-as-roster", CROSS_SHEET, ("visit_scores",), "group_id",
          "回访组填 {group_id}，名册为 {roster}；"
          "各组共同评定的部门应在 review.toml 的 common_departments 中列明",
          "Group {group_id}, {roster} by the roster; departments that every group rates are named "
          "in common_departments of review.toml",
          _other_group("visit_scores")),
    Check("visit-log-group-as-roster", CROSS_SHEET, ("visits",), "group_id",
          "回访组填 {group_id}，名册为 {roster}", "Group {group_id}, {roster} by the roster",
          _other_group("visits")),
    Check("finding-group-as-roster", CROSS_SHEET, ("findings",), "group_id",
          "回访组填 {group_id}，名册为 {roster}", "Group {group_id}, {roster} by the roster",
          _other_group("findings")),
    Check("finding-indicator-known", CROSS_SHEET, ("findings",), "indicator_id",
          "评分表中没有指标“{indicator_id}”", "The rubric has no indicator {indicator_id}",
          _unknown_indicator, severity=ERROR, code="row.foreign-key"),
    Check("visit-value-is-share", CROSS_SHEET, ("visit_scores",), "raw_value",
          "指标 {indicator_id} 的数值应为 0–{limit} 的比率（60% 填 0.6），现为 {raw_value}，不采用",
          "{indicator_id} takes a share of 0–{limit} (0.6 for 60%); {raw_value} is not used",
          _beyond_share),
    Check("visit-within-plan", TABLE, ("visits",), "visit_on",
          "回访日期 {visit_on} 不在计划的回访周内",
          "{visit_on} is outside the planned week", _outside_visit_days),
    needs("visit-level-agreed", "visit_scores", "agreed",
          lambda f: f["scorer_1"].notna() & f["scorer_2"].notna(),
          "指标 {indicator_id} 两人都评了等次，没有商定等次",
          "{indicator_id}: two levels, none agreed"),
    needs("visit-level-evidence", "visit_scores", "evidence_ref", lambda f: f["agreed"].notna(),
          "指标 {indicator_id} 评了等次，没有填佐证", "{indicator_id}: a level without evidence"),
    row_check("visit-gap-explained", "visit_scores", "comment",
              "两名评分人相差两个等次以上（{scorer_1}、{scorer_2}），没有说明",
              "The scorers are two levels apart ({scorer_1}, {scorer_2}), without a reason",
              lambda f: _gap(f) & f["comment"].isna(), code="cell.required"),
    within("visit-num-within-den", "visit_scores", "num", "den", ("分子", "分母"),
           ("Numerator", "denominator")),
    Check("visit-points-within-weight", CROSS_SHEET, ("visit_scores",), "stated_points",
          "得分 {stated_points} 超过该指标满分 {weight}", "{stated_points} points, of {weight}",
          points_over_weight("visit_scores"), severity=ERROR),
    # 台账
    _closing("problems", "问题 {problem_id}", "{problem_id}"),
    _closing("tasks", "任务 {task_id}", "{task_id}"),
    _own_verifier("problems", "问题 {problem_id}"),
    _own_verifier("tasks", "任务 {task_id}"),
    in_order("problem-due-in-order", "problems", "found_on", "due_on", ("发现日期", "整改期限"),
             ("found", "Due")),
    in_order("problem-closed-in-order", "problems", "found_on", "closed_on",
             ("发现日期", "销号日期"), ("found", "Closed")),
    in_order("task-due-in-order", "tasks", "start_on", "due_on", ("开始日期", "完成时限"),
             ("start", "Due")),
    needs("handling-reason-given", "opinion_handlings", "reason",
          lambda f: f["handling"] == "declined", "意见 {opinion_id} 不采纳，没有说明理由",
          "{opinion_id} is not adopted, without a reason"),
    needs("finding-reason-given", "problem_findings", "reason",
          lambda f: f["status"] == "declined", "发现 {finding_id} 不采纳，没有说明理由",
          "{finding_id} is not adopted, without a reason"),
    refers("task-problem-known", "tasks", "problem_id", "problems", "问题台账",
           "The problem ledger"),
    refers("task-rec-known", "tasks", "rec_id", "recommendations", "建议台账",
           "The list of recommendations"),
    refers("followup-task-known", "followups", "task_id", "tasks", "整改任务", "The list of tasks"),
    refers("dept-problem-known", "problem_depts", "problem_id", "problems", "问题台账",
           "The problem ledger"),
    refers("link-problem-known", "problem_recs", "problem_id", "problems", "问题台账",
           "The problem ledger"),
    refers("link-rec-known", "problem_recs", "rec_id", "recommendations", "建议台账",
           "The list of recommendations"),
    refers("merged-problem-known", "problem_findings", "problem_id", "problems", "问题台账",
           "The problem ledger"),
    refers("merged-finding-known", "problem_findings", "finding_id", "findings", "各组的发现",
           "What the groups found"),
    refers("handled-opinion-known", "opinion_handlings", "opinion_id", "opinions",
           "各部门的意见建议",
           "The departments' opinions"),
)  # fmt: skip
