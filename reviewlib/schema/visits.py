"""The visit workbook (实地回访评分表): one per visit group."""

from __future__ import annotations

from reviewlib.schema import vocabularies as v
from reviewlib.schema.model import Column, Kind, Table

VISIT_SCORES = Table(
    "visit_scores", "评分", "Visit scores", "visit", "评分",
    "one indicator of one visited department",
    (
        Column("group_id", "回访组", "Visit group", Kind.CODE, required=True, is_input=False),
        Column("dept_code", "部门代码", "Code", Kind.CODE, required=True, is_input=False),
        Column("dept_name", "部门", "Department", is_input=False, width=22),
        Column("indicator_id", "指标编号", "Indicator", Kind.CODE, required=True, is_input=False),
        Column("indicator_text", "指标", "Indicator text", is_input=False, width=24),
        Column("answer", "填报情况", "Answer", Kind.CHOICE, required=True, vocabulary=v.ANSWER),
        Column("raw_value", "数值", "Value", Kind.NUMBER),
        Column("num", "分子", "Numerator", Kind.NUMBER),
        Column("den", "分母", "Denominator", Kind.NUMBER),
        Column("scorer_1", "评分人一", "Scorer 1", Kind.LEVEL, vocabulary=v.LEVEL),
        Column("scorer_2", "评分人二", "Scorer 2", Kind.LEVEL, vocabulary=v.LEVEL),
        Column("agreed", "商定等次", "Agreed level", Kind.LEVEL, vocabulary=v.LEVEL,
               synonyms=("等次", "组内商定")),
        Column("stated_points", "得分", "Stated points", Kind.NUMBER, unit="分", is_input=False,
               help_zh="仅供对照，系统重新计算", help_en="For comparison only; recomputed"),
        Column("evidence_ref", "佐证", "Evidence", width=24, max_length=200),
        Column("comment", "说明", "Comment", width=28, max_length=300, synonyms=("备注",)),
        Column("scored_on", "评分日期", "Scored on", Kind.DATE),
    ),
    key=("dept_code", "indicator_id"), synonyms=("评分表",),
)  # fmt: skip

VISITS = Table(
    "visits", "回访记录", "Visits", "visit", "回访记录", "one visit",
    (
        Column("group_id", "回访组", "Visit group", Kind.CODE, required=True),
        Column("dept_code", "部门代码", "Code", Kind.CODE, required=True),
        Column("visit_on", "回访日期", "Date", Kind.DATE, required=True),
        Column("half_day", "时段", "Half-day", Kind.CHOICE, vocabulary=v.HALF_DAY),
        Column("methods", "方式方法", "Methods", Kind.CHOICES, vocabulary=v.VISIT_METHOD, width=30,
               help_zh="多个用“、”分隔", help_en="Separated by 、"),
        Column("participants_count", "参加人数", "Participants", Kind.COUNT, unit="人"),
        Column("minutes_ref", "纪要编号", "Minutes", width=18),
    ),
    key=("dept_code", "visit_on", "half_day"),
)  # fmt: skip

FINDINGS = Table(
    "findings", "原始发现", "Findings", "visit", "发现", "one raw observation of one department",
    (
        Column("finding_id", "发现编号", "Finding", Kind.CODE, required=True, example="F-001"),
        Column("dept_code", "部门代码", "Code", Kind.CODE, required=True),
        Column("group_id", "回访组", "Visit group", Kind.CODE),
        Column("indicator_id", "指标编号", "Indicator", Kind.CODE),
        Column("category", "类别", "Category", Kind.CHOICE, vocabulary=v.CATEGORY),
        Column("text", "发现内容", "Finding", required=True, width=44, max_length=300),
        Column("quote_ref", "出处", "Source", width=20),
        Column("is_immediate", "是否立行立改", "Immediate rectification", Kind.YES_NO),
        Column("immediate_done_on", "立行立改完成日期", "Done on", Kind.DATE),
        Column("suggestion", "组内建议", "Group's recommendation", width=30, max_length=300),
    ),
    key=("finding_id",),
)  # fmt: skip

ADJUSTMENTS = Table(
    "adjustments", "加减分", "Deductions and bonuses", "visit", "加减分",
    "one deduction or bonus of one department",
    (
        Column("dept_code", "部门代码", "Code", Kind.CODE, required=True),
        Column("item_id", "项目编号", "Item", Kind.CODE, required=True, example="K01"),
        Column("count", "数量", "Count", Kind.COUNT, required=True),
        Column("reason", "事由", "Reason", required=True, width=40, max_length=300),
        Column("evidence_ref", "佐证", "Evidence", width=24),
        Column("approval_no", "批准文号", "Approval", Kind.DOC_NO, width=18),
    ),
    key=("dept_code", "item_id"),
)  # fmt: skip

VISIT_TABLES = (VISIT_SCORES, VISITS, FINDINGS, ADJUSTMENTS)
