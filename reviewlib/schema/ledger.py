"""The ledger workbook (台账): problems, recommendations, tasks, follow-ups, opinions' handling."""

from __future__ import annotations

from reviewlib.schema import vocabularies as v
from reviewlib.schema.model import Column, Kind, Table


def _table(name, zh, en, sheet, row, columns, **extra) -> Table:
    return Table(name, zh, en, "ledger", sheet, row, columns, **extra)


REVISION = Column("revision", "修订标记", "Revision", is_input=False,
                  help_zh="上次合并时写入，请勿改动",
                  help_en="Written at the last merge")  # fmt: skip

PROBLEMS = _table(
    "problems", "问题台账", "Problem ledger", "问题台账", "one agreed problem",
    (
        Column("problem_id", "问题编号", "Problem", Kind.CODE, required=True, example="P-01"),
        Column("category", "类别", "Category", Kind.CHOICE, required=True, vocabulary=v.CATEGORY),
        Column("title", "问题名称", "Title", required=True, width=30, max_length=30),
        Column("description", "问题描述", "Description", required=True, width=50, max_length=300),
        Column("sources", "来源", "Sources", Kind.CHOICES, vocabulary=v.PROBLEM_SOURCE),
        Column("nature", "性质", "Nature", Kind.CHOICE, required=True, vocabulary=v.NATURE),
        Column("cause", "成因", "Cause", Kind.CHOICE, vocabulary=v.CAUSE),
        Column("resolution_level", "解决层级", "Resolution level", Kind.CHOICE, required=True,
               vocabulary=v.RESOLUTION_LEVEL),
        Column("severity", "严重程度", "Severity", Kind.CHOICE, required=True,
               vocabulary=v.SEVERITY_LEVEL),
        Column("rectification_type", "整改类型", "Type of rectification", Kind.CHOICE,
               required=True, vocabulary=v.RECTIFICATION_TYPE),
        Column("owner", "责任单位", "Responsible department", Kind.DEPARTMENT, required=True),
        Column("owner_role", "责任人岗位", "Responsible role"),
        Column("found_on", "发现日期", "Found on", Kind.DATE, required=True),
        Column("due_on", "整改期限", "Due on", Kind.DATE, required=True, is_term=True),
        Column("status", "状态", "Status", Kind.CHOICE, required=True, vocabulary=v.LEDGER_STATUS),
        Column("returned_count", "退回次数", "Times returned", Kind.COUNT),
        Column("city_contacted_on", "最近与市级沟通日期", "Last contact with the city", Kind.DATE),
        Column("evidence_ref", "销号佐证", "Evidence of closure", width=24),
        Column("verified_by_role", "销号审核岗位", "Verified by (role)"),
        Column("verified_by_dept", "销号审核单位", "Verified by", Kind.DEPARTMENT),
        Column("closed_on", "销号日期", "Closed on", Kind.DATE),
        Column("closure_leadership", "销号标准：组织领导", "Closure: leadership", Kind.CHOICE,
               vocabulary=v.CRITERION),
        Column("closure_capacity", "销号标准：力量保障", "Closure: capacity", Kind.CHOICE,
               vocabulary=v.CRITERION),
        Column("closure_plan", "销号标准：整改方案", "Closure: plan", Kind.CHOICE,
               vocabulary=v.CRITERION),
        Column("closure_monitoring", "销号标准：跟踪监测", "Closure: monitoring", Kind.CHOICE,
               vocabulary=v.CRITERION),
        Column("closure_result", "销号标准：实际成效", "Closure: demonstrated result", Kind.CHOICE,
               vocabulary=v.CRITERION),
        Column("previous_problem_id", "上轮问题编号", "Problem of the round before", Kind.CODE,
               help_zh="上一轮评估中的同一问题，如 P-03",
               help_en="The same problem in the review before, such as P-03"),
        REVISION,
    ),
    key=("problem_id",),
)  # fmt: skip

PROBLEM_DEPTS = _table(
    "problem_depts", "问题涉及部门", "Departments of a problem", "问题—部门",
    "one department concerned by one problem",
    (
        Column("problem_id", "问题编号", "Problem", Kind.CODE, required=True),
        Column("dept_code", "涉及部门", "Department", Kind.DEPARTMENT, required=True),
        Column("role", "角色", "Role", Kind.CHOICE, required=True, vocabulary=v.DEPT_ROLE),
        REVISION,
    ),
    key=("problem_id", "dept_code"),
)  # fmt: skip

PROBLEM_FINDINGS = _table(
    "problem_findings", "发现归并", "Findings merged into problems", "问题—发现",
    "what became of one finding",
    (
        Column("finding_id", "发现编号", "Finding", Kind.CODE, required=True),
        Column("status", "归并状态", "Merge status", Kind.CHOICE, required=True,
               vocabulary=v.FINDING_STATUS),
        Column("problem_id", "问题编号", "Problem", Kind.CODE),
        Column("reason", "不采纳理由", "Why not adopted", width=30),
        REVISION,
    ),
    key=("finding_id", "problem_id"),
)  # fmt: skip

RECOMMENDATIONS = _table(
    "recommendations", "工作建议", "Recommendations", "建议台账", "one recommendation",
    (
        Column("rec_id", "建议编号", "Recommendation", Kind.CODE, required=True, example="R-01"),
        Column("strand", "建议方面", "Strand", Kind.CHOICE, required=True, vocabulary=v.STRAND),
        Column("text", "建议内容", "Recommendation", required=True, width=50, max_length=300),
        Column("lead_dept", "牵头单位", "Lead", Kind.DEPARTMENT, required=True),
        Column("support_depts", "配合单位", "Supporting", Kind.DEPARTMENTS, width=22),
        Column("resolution_level", "解决层级", "Resolution level", Kind.CHOICE,
               vocabulary=v.RESOLUTION_LEVEL),
        Column("deliverable", "成果形式", "Deliverable", width=26),
        Column("due_on", "完成时限", "Due on", Kind.DATE),
        Column("priority", "优先级", "Priority", Kind.CHOICE, vocabulary=v.SEVERITY_LEVEL),
        Column("status", "状态", "Status", Kind.CHOICE, required=True,
               vocabulary=v.RECOMMENDATION_STATUS),
        Column("decision_needed", "需区领导决策事项", "Decision needed", width=36, max_length=200),
        Column("decision_ref", "决策依据", "Decision", Kind.DOC_NO, width=18),
        REVISION,
    ),
    key=("rec_id",),
)  # fmt: skip

PROBLEM_RECS = _table(
    "problem_recs", "问题与建议对应", "Problems and recommendations", "问题—建议",
    "one recommendation that answers one problem",
    (
        Column("problem_id", "问题编号", "Problem", Kind.CODE, required=True),
        Column("rec_id", "建议编号", "Recommendation", Kind.CODE, required=True),
        REVISION,
    ),
    key=("problem_id", "rec_id"),
)  # fmt: skip

TASKS = _table(
    "tasks", "整改任务", "Rectification tasks", "整改任务", "one task",
    (
        Column("task_id", "任务编号", "Task", Kind.CODE, required=True, example="T-001"),
        Column("problem_id", "问题编号", "Problem", Kind.CODE, required=True),
        Column("rec_id", "建议编号", "Recommendation", Kind.CODE),
        Column("measure", "整改措施", "Measure", required=True, width=44, max_length=300),
        Column("owner", "责任单位", "Responsible department", Kind.DEPARTMENT, required=True),
        Column("support_depts", "配合单位", "Supporting", Kind.DEPARTMENTS, width=22),
        Column("rectification_type", "整改类型", "Type of rectification", Kind.CHOICE,
               required=True, vocabulary=v.RECTIFICATION_TYPE),
        Column("start_on", "开始日期", "Start", Kind.DATE),
        Column("due_on", "完成时限", "Due on", Kind.DATE, required=True, is_term=True),
        Column("progress_share", "进度", "Progress", Kind.SHARE),
        Column("status", "状态", "Status", Kind.CHOICE, required=True, vocabulary=v.LEDGER_STATUS),
        Column("returned_count", "退回次数", "Times returned", Kind.COUNT),
        Column("reopened_count", "重新打开次数", "Times reopened", Kind.COUNT),
        Column("evidence_ref", "佐证", "Evidence", width=24),
        Column("verified_by_role", "销号审核岗位", "Verified by (role)"),
        Column("verified_by_dept", "销号审核单位", "Verified by", Kind.DEPARTMENT),
        Column("closed_on", "销号日期", "Closed on", Kind.DATE),
        REVISION,
    ),
    key=("task_id",),
)  # fmt: skip

FOLLOWUPS = _table(
    "followups", "整改跟踪", "Follow-ups", "整改跟踪", "one monthly report on one task",
    (
        Column("task_id", "任务编号", "Task", Kind.CODE, required=True),
        Column("reported_on", "报告日期", "Reported on", Kind.DATE, required=True),
        Column("progress_text", "进展情况", "Progress", required=True, width=44, max_length=300),
        Column("progress_share", "进度", "Progress", Kind.SHARE),
        Column("obstacle", "存在障碍", "Obstacle", width=30, max_length=200),
        Column("can_unblock", "需谁协调", "Who can unblock", width=20),
        Column("is_decision_asked", "是否提请决策", "Decision asked", Kind.YES_NO),
        Column("next_step", "下步打算", "Next step", width=30, max_length=200),
        Column("reviewer_opinion", "审核意见", "Reviewer's opinion", width=26, max_length=200),
        REVISION,
    ),
    key=("task_id", "reported_on"),
)  # fmt: skip

OPINION_HANDLINGS = _table(
    "opinion_handlings", "意见处理", "Handling of opinions", "意见处理",
    "what became of one opinion",
    (
        Column("opinion_id", "意见编号", "Opinion", Kind.CODE, required=True),
        Column("handling", "处理方式", "Handling", Kind.CHOICE, required=True,
               vocabulary=v.OPINION_HANDLING),
        Column("reason", "理由", "Reason", width=36, max_length=200),
        Column("rec_id", "建议编号", "Recommendation", Kind.CODE),
        Column("reply_text", "答复", "Reply", width=40, max_length=300),
        Column("replied_on", "答复日期", "Replied on", Kind.DATE),
        REVISION,
    ),
    key=("opinion_id",),
)  # fmt: skip

LEDGER_QUESTIONS = _table(
    "ledger_questions", "待裁决事项", "Questions to decide", "待裁决",
    "one disagreement a merge left for people to decide",
    (
        Column("question_id", "事项编号", "Question", Kind.CODE, required=True, is_input=False),
        Column("question_kind", "类型", "Kind", Kind.CHOICE, vocabulary=v.QUESTION_KIND,
               is_input=False, width=18),
        Column("about_table", "台账表", "Table", is_input=False),
        Column("about_key", "记录", "Record", is_input=False),
        Column("about_column", "列", "Column", is_input=False),
        Column("current_text", "现有内容", "Present text", is_input=False, width=40),
        Column("incoming_text", "来件内容", "Text of the copy", is_input=False, width=40),
        Column("base_text", "修改前内容", "Text before both edits", is_input=False, width=30),
        Column("from_file", "来件", "Copy", is_input=False, width=20),
        Column("from_cell", "来件单元格", "Cell in the copy", is_input=False),
        Column("raised_on", "提出日期", "Raised on", Kind.DATE, is_input=False),
        Column("reason", "原因", "Why", is_input=False, width=36),
        Column("suggestion", "建议编号", "Suggested id", is_input=False),
        Column("decision", "裁决", "Decision", Kind.CHOICE, vocabulary=v.DECISION,
               help_zh="选定后再次合并即生效", help_en="Takes effect at the next merge"),
        Column("decided_by_role", "裁决岗位", "Decided by (role)"),
    ),
    key=("question_id",),
)  # fmt: skip

LEDGER_TABLES = (
    PROBLEMS, PROBLEM_DEPTS, PROBLEM_FINDINGS, RECOMMENDATIONS, PROBLEM_RECS, TASKS, FOLLOWUPS,
    OPINION_HANDLINGS, LEDGER_QUESTIONS,
)  # fmt: skip
