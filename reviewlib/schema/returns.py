"""The return workbook (部门自评工作簿): one per department, one sheet per table."""

from __future__ import annotations

from reviewlib.schema import vocabularies as v
from reviewlib.schema.model import Column, Kind, Layout, Table

INSTRUCTIONS_SHEET = "00 填表说明"
RUBRIC_SHEET = "评分标准"
"""The scoring table as it is printed, last of the visible sheets; it asks for nothing."""
LISTS_SHEET, META_SHEET = "_lists", "_meta"
"""Hidden, in every workbook of ours: what drop-downs offer, and which form it is."""
CORRECTIONS_SHEET = "退回修改清单"
"""First sheet of a workbook sent back for correction; ours, so reading passes it over."""


def _table(name, zh, en, sheet, row, columns, **extra) -> Table:
    return Table(name, zh, en, "return", sheet, row, columns, **extra)


COVERS = _table(
    "covers", "封面", "Cover", "01 封面", "the return itself",
    (
        Column("declared_code", "部门代码", "Department code", Kind.CODE, required=True, width=24),
        Column("declared_name", "部门名称", "Department", required=True, width=24,
               synonyms=("名称", "填报单位", "单位名称")),
        Column("declared_on", "填报日期", "Date of return", Kind.DATE, required=True,
               synonyms=("填表日期",)),
        Column("filled_by_role", "填表人岗位", "Filled in by (role)", synonyms=("填表人",)),
        Column("reviewed_by_role", "审核人岗位", "Checked by (role)", synonyms=("审核人",)),
        Column("is_committed", "数据真实性承诺", "Statement of truth", Kind.YES_NO, required=True,
               synonyms=("承诺",)),
    ),
    key=("dept_code",), layout=Layout.RECORD,
)  # fmt: skip

PROFILES = _table(
    "profiles", "基本情况", "Profile", "02 基本情况", "one department",
    (
        Column("stated_change_type", "涉改类型", "Type of change", Kind.CHOICE, required=True,
               vocabulary=v.CHANGE_TYPE),
        Column("stated_three_det_no", "“三定”文号", "Three-determinations document", Kind.DOC_NO,
               synonyms=("三定文号",)),
        Column("stated_three_det_on", "“三定”印发日期", "Issued on", Kind.DATE,
               synonyms=("三定印发日", "三定印发日期")),
        Column("three_det_complete_on", "科室和负责人全部到位日期",
               "All sections and heads in place on", Kind.DATE,
               help_zh="尚未全部到位的留空", help_en="Blank while not all are in place"),
        Column("nameplate_due_on", "挂牌计划日期", "Nameplate due", Kind.DATE),
        Column("nameplate_done_on", "挂牌实际日期", "Nameplate done", Kind.DATE),
        Column("seal_due_on", "印章启用计划日期", "Seal due", Kind.DATE),
        Column("seal_done_on", "印章启用实际日期", "Seal in use", Kind.DATE),
        Column("leaders_due_on", "班子宣布计划日期", "Leadership due", Kind.DATE),
        Column("leaders_done_on", "班子宣布实际日期", "Leadership announced", Kind.DATE),
        Column("office_due_on", "集中办公计划日期", "Co-location due", Kind.DATE),
        Column("office_done_on", "集中办公实际日期", "Co-located", Kind.DATE),
        Column("funds_state", "经费移交状态", "Budget handover", Kind.CHOICE,
               vocabulary=v.HANDOVER_STATE),
        Column("assets_state", "资产移交状态", "Assets handover", Kind.CHOICE,
               vocabulary=v.HANDOVER_STATE),
        Column("offices_state", "办公用房移交状态", "Accommodation handover", Kind.CHOICE,
               vocabulary=v.HANDOVER_STATE),
        Column("archives_state", "档案移交状态", "Archives handover", Kind.CHOICE,
               vocabulary=v.HANDOVER_STATE),
        Column("subordinates_due_count", "所属事业单位应调整数",
               "Subordinate institutions due", Kind.COUNT, unit="个"),
        Column("subordinates_done_count", "所属事业单位已调整到位数",
               "Subordinate institutions done", Kind.COUNT, unit="个"),
        Column("staffing_pressure", "编制紧张程度", "Staffing pressure", Kind.CHOICE,
               vocabulary=v.STAFFING_PRESSURE),
        Column("staffing_pressure_note", "编制紧张程度佐证", "Evidence of pressure", max_length=300,
               width=40),
    ),
    key=("dept_code",), layout=Layout.RECORD,
)  # fmt: skip

DUTY_TRANSFERS = _table(
    "duty_transfers", "职责划转清单", "Duty transfers", "03 职责划转",
    "one matter as one side reports it",
    (
        Column("matter_id", "事项编号", "Matter", Kind.CODE, required=True, width=10,
               help_zh="编办统一编号，双方一致，如 DT-01", help_en="Issued by the establishment "
               "office, the same on both sides", example="DT-01"),
        Column("matter", "职责事项", "Duty", required=True, width=26, max_length=100,
               example="例：老龄工作职责"),
        Column("from_dept", "划出部门", "Losing department", Kind.DEPARTMENT, required=True,
               synonyms=("划出单位",)),
        Column("to_dept", "划入部门", "Gaining department", Kind.DEPARTMENT, required=True,
               synonyms=("划入单位",)),
        Column("reported_by", "填报方", "Reported by", Kind.CHOICE, required=True,
               vocabulary=v.REPORTED_BY),
        Column("basis_no", "依据文号", "Basis", Kind.DOC_NO, width=18),
        Column("due_on", "应划转日期", "Due", Kind.DATE),
        Column("status", "状态", "Status", Kind.CHOICE, required=True,
               vocabulary=v.TRANSFER_STATUS, synonyms=("划转状态", "到位情况")),
        Column("done_on", "实际到位日", "Done on", Kind.DATE, synonyms=("实际到位日期",)),
        Column("posts_count", "涉及编制", "Posts due", Kind.COUNT, unit="名",
               synonyms=("涉及编制数",)),
        Column("posts_done_count", "已划转编制", "Posts moved", Kind.COUNT, unit="名",
               synonyms=("已划转编制数",)),
        Column("staff_count", "涉及人员", "Staff due", Kind.COUNT, unit="人",
               synonyms=("涉及人数",)),
        Column("staff_done_count", "已划转人员", "Staff moved", Kind.COUNT, unit="人",
               synonyms=("已划转人数",)),
        Column("handover", "交接手续", "Handover record", Kind.CHOICE, vocabulary=v.HANDOVER),
        Column("obstacle", "未到位原因", "Reason not in place", Kind.CHOICE,
               vocabulary=v.TRANSFER_OBSTACLE, width=16),
        Column("remark", "说明", "Remark", width=26, max_length=300, synonyms=("备注",)),
    ),
    key=("matter_id", "reported_by"), synonyms=("职责划转清单",),
)  # fmt: skip

STAFF_TRANSFERS = _table(
    "staff_transfers", "人员转隶", "Staff transfers", "04 人员转隶",
    "one pair of departments and type of establishment, as one side reports it (counts, no names)",
    (
        Column("from_dept", "转出部门", "Losing department", Kind.DEPARTMENT, required=True,
               synonyms=("划出部门", "转出单位")),
        Column("to_dept", "转入部门", "Gaining department", Kind.DEPARTMENT, required=True,
               synonyms=("划入部门", "转入单位")),
        Column("reported_by", "填报方", "Reported by", Kind.CHOICE, required=True,
               vocabulary=v.REPORTED_BY),
        Column("estab_type", "编制类型", "Type of establishment", Kind.CHOICE, required=True,
               vocabulary=v.ESTAB_TYPE),
        Column("due_count", "应转隶人数", "Due", Kind.COUNT, required=True, unit="人",
               synonyms=("应转隶",)),
        Column("done_count", "已转隶人数", "Done", Kind.COUNT, required=True, unit="人",
               synonyms=("已转隶",)),
        Column("pending_count", "未转隶人数", "Pending", Kind.COUNT, unit="人",
               synonyms=("未转隶",)),
        Column("pending_reason", "未转隶原因", "Reason pending", width=22, max_length=200),
        Column("realname_done_count", "编制实名制已办", "Real-name register done", Kind.COUNT,
               unit="人"),
        Column("payroll_done_count", "工资关系已办", "Payroll done", Kind.COUNT, unit="人"),
        Column("party_done_count", "党组织关系已办", "Party membership done", Kind.COUNT,
               unit="人"),
        Column("file_done_count", "人事档案已办", "Personnel files done", Kind.COUNT, unit="人"),
        Column("due_on", "应完成日期", "Due on", Kind.DATE),
        Column("done_on", "实际完成日期", "Done on", Kind.DATE),
        Column("stated_done_share", "自报完成率", "Stated completion", Kind.SHARE,
               help_zh="仅供对照，系统按人数重新计算", help_en="For comparison only; recomputed"),
    ),
    key=("from_dept", "to_dept", "estab_type", "reported_by"), synonyms=("人员转隶情况",),
)  # fmt: skip

STAFFING = _table(
    "staffing", "编制配备", "Establishment", "05 编制职数",
    "one type of establishment of one department",
    (
        Column("estab_type", "编制类型", "Type of establishment", Kind.CHOICE, required=True,
               vocabulary=v.ESTAB_TYPE, is_input=False, width=18),
        Column("posts_approved_count", "核定编制", "Approved", Kind.COUNT, unit="名",
               synonyms=("核定", "核定数", "核定编制数")),
        Column("posts_filled_count", "实有在编", "In post", Kind.COUNT, unit="名",
               synonyms=("实有", "实有人数", "现有人数", "在编人数", "实有数", "在编实有")),
        Column("posts_vacant_count", "空编", "Vacant", Kind.COUNT, unit="名", is_input=False,
               help_zh="自动计算，不与超编相抵", help_en="Calculated; never netted"),
        Column("posts_over_count", "超编", "Over", Kind.COUNT, unit="名", is_input=False),
        Column("seconded_in_count", "借入", "Seconded in", Kind.COUNT, unit="人"),
        Column("seconded_out_count", "借出", "Seconded out", Kind.COUNT, unit="人"),
        Column("off_estab_count", "编外用工", "Off-establishment", Kind.COUNT, unit="人"),
        Column("over_approval_no", "超编批准文号", "Approval of excess", Kind.DOC_NO, width=18),
    ),
    key=("dept_code", "estab_type"), layout=Layout.FIXED, row_keys=v.ESTAB_TYPE,
)  # fmt: skip

LEADERSHIP_POSTS = _table(
    "leadership_posts", "领导职数", "Leadership posts", "05 编制职数",
    "one type of leadership post of one department",
    (
        Column("post_type", "职数类型", "Leadership post", Kind.CHOICE, required=True,
               vocabulary=v.POST_TYPE, is_input=False, width=18),
        Column("leadership_posts_approved_count", "核定职数", "Approved", Kind.COUNT, unit="名",
               synonyms=("核定",)),
        Column("leadership_posts_filled_count", "实配职数", "Filled", Kind.COUNT, unit="名",
               synonyms=("实配", "实有")),
        Column("leadership_posts_over_count", "超配", "Over", Kind.COUNT, unit="名",
               is_input=False),
        Column("leadership_approval_no", "批准文号", "Approval", Kind.DOC_NO, width=18),
    ),
    key=("dept_code", "post_type"), layout=Layout.FIXED, row_keys=v.POST_TYPE,
)  # fmt: skip

INTERNAL_UNITS = _table(
    "internal_units", "内设机构", "Internal units", "06 内设机构", "one internal unit",
    (
        Column("unit_name", "内设机构名称", "Internal unit", required=True, width=20,
               synonyms=("科室名称", "机构名称"), example="例：综合科"),
        Column("approved_name", "核定名称", "Approved name", width=20),
        Column("is_in_three_det", "是否“三定”核定", "In the regulation", Kind.YES_NO,
               required=True, synonyms=("是否三定核定",)),
        Column("is_nameplate", "是否加挂牌子", "Nameplate only", Kind.YES_NO),
        Column("is_set_up", "是否已设置", "Set up", Kind.YES_NO, required=True),
        Column("set_up_on", "设置日期", "Set up on", Kind.DATE),
        Column("approved_staff_count", "核定人数", "Approved staff", Kind.COUNT, unit="人"),
        Column("actual_staff_count", "实有人数", "Actual staff", Kind.COUNT, unit="人",
               help_zh="含负责人", help_en="Including the head"),
        Column("head_posts_count", "核定负责人职数", "Head posts", Kind.COUNT, unit="名"),
        Column("is_head_in_place", "负责人是否到位", "Head in place", Kind.YES_NO, required=True),
        Column("head_on", "负责人到位日期", "Head in place on", Kind.DATE),
        Column("is_duties_issued", "科室职责是否印发", "Duties issued", Kind.YES_NO,
               required=True),
        Column("predecessor_mix", "来源", "Origin", Kind.CHOICE, vocabulary=v.PREDECESSOR_MIX),
        Column("remark", "备注", "Remark", width=24, max_length=300, synonyms=("说明",)),
    ),
    key=("dept_code", "unit_name"), synonyms=("内设机构设置情况",),
)  # fmt: skip

CROSS_DEPT_MATTERS = _table(
    "cross_dept_matters", "部门间职责关系", "Cross-department matters", "07 职责关系",
    "one matter between departments, as one department reports it",
    (
        Column("cross_matter_id", "事项编号", "Matter", Kind.CODE, width=10, example="XM-01"),
        Column("matter", "事项", "Matter", required=True, width=26, max_length=100,
               synonyms=("事项名称", "职责事项")),
        Column("lead_dept", "牵头单位", "Lead department", Kind.DEPARTMENT, required=True,
               synonyms=("牵头部门",)),
        Column("support_depts", "配合单位", "Supporting departments", Kind.DEPARTMENTS, width=20,
               synonyms=("配合部门",)),
        Column("basis", "依据", "Basis", Kind.CHOICE, vocabulary=v.BASIS),
        Column("is_written", "是否书面明确", "In writing", Kind.YES_NO, required=True),
        Column("boundary", "边界情况", "Boundary", Kind.CHOICE, required=True,
               vocabulary=v.BOUNDARY),
        Column("matter_kind", "问题类型", "Kind", Kind.CHOICE, vocabulary=v.MATTER_KIND),
        Column("raised_on", "提出日期", "Raised on", Kind.DATE),
        Column("resolved_on", "解决日期", "Resolved on", Kind.DATE),
        Column("resolver", "解决方式", "Resolved by", Kind.CHOICE, vocabulary=v.RESOLVER),
        Column("remark", "说明", "Remark", width=24, max_length=300, synonyms=("备注",)),
    ),
    key=("dept_code", "matter"), synonyms=("部门间职责关系",),
)  # fmt: skip

COORDINATION_BODIES = _table(
    "coordination_bodies", "议事协调机构", "Coordination bodies", "08 议事协调机构",
    "one coordination body whose office the department hosts",
    (
        Column("body_id", "机构编号", "Body", Kind.CODE, width=10, example="CB-01"),
        Column("body_name", "机构名称", "Name", required=True, width=24),
        Column("body_level", "机构层级", "Level", Kind.CHOICE, required=True,
               vocabulary=v.BODY_LEVEL),
        Column("office_dept", "办公室所在部门", "Office in", Kind.DEPARTMENT, required=True),
        Column("has_rules", "有无工作规则", "Has rules", Kind.YES_NO),
        Column("has_office_duty_list", "有无办事机构职责清单", "Has an office duty list",
               Kind.YES_NO, help_zh="与所在部门职责相区分",
               help_en="Distinct from the host's duties"),
        Column("members_count", "成员单位数", "Members", Kind.COUNT, unit="个"),
        Column("has_member_duties", "成员单位分工是否明确", "Members' duties set", Kind.YES_NO),
        Column("has_liaison", "是否确定联络员", "Liaison officers named", Kind.YES_NO),
        Column("meetings_required_count", "应召开会议", "Meetings required", Kind.COUNT, unit="次"),
        Column("meetings_held_count", "已召开会议", "Meetings held", Kind.COUNT, unit="次"),
        Column("decisions_count", "议定事项", "Decisions", Kind.COUNT, unit="项"),
        Column("decisions_done_count", "已落实议定事项", "Decisions done", Kind.COUNT, unit="项"),
        Column("has_decision_ledger", "有无督办台账", "Has a decision ledger", Kind.YES_NO),
        Column("last_meeting_on", "最近一次会议日期", "Last meeting", Kind.DATE),
        Column("issue_text", "存在问题", "Difficulties", width=26, max_length=300),
    ),
    key=("body_name",),
)  # fmt: skip

SELF_PROBLEMS = _table(
    "self_problems", "问题自查", "Self-reported problems", "09 问题自查",
    "one problem a department reports about itself",
    (
        Column("category", "类别", "Category", Kind.CHOICE, required=True, vocabulary=v.CATEGORY),
        Column("description", "问题描述", "Problem", required=True, width=34, max_length=300),
        Column("facts", "具体表现", "Facts", width=34, max_length=300),
        Column("reason", "原因", "Cause", width=26, max_length=300),
        Column("measures_taken", "已采取措施", "Measures taken", width=26, max_length=300),
        Column("is_city_needed", "是否需市级明确", "Needs the city level", Kind.YES_NO),
        Column("suggestion", "建议", "Suggestion", width=26, max_length=300),
    ),
)  # fmt: skip

OPINIONS = _table(
    "opinions", "意见建议", "Opinions", "10 意见建议", "one opinion of one department",
    (
        Column("opinion_id", "意见编号", "Opinion", Kind.CODE, width=10, example="O-001"),
        Column("topic", "主题", "Topic", Kind.CHOICE, required=True, vocabulary=v.OPINION_TOPIC),
        Column("text", "意见内容", "Opinion", required=True, width=40, max_length=300,
               synonyms=("意见建议", "内容")),
        Column("basis_text", "依据", "Basis", width=26, max_length=300),
        Column("resolution_level", "解决层级", "Resolution level", Kind.CHOICE,
               vocabulary=v.RESOLUTION_LEVEL),
    ),
    key=("opinion_id",),
)  # fmt: skip

SELF_RATINGS = _table(
    "self_ratings", "自评打分", "Self-ratings", "11 自评打分",
    "one indicator as the department rates itself",
    (
        Column("indicator_id", "指标编号", "Indicator", Kind.CODE, required=True, is_input=False,
               width=10),
        Column("indicator_text", "指标", "Indicator text", is_input=False, width=26),
        Column("answer", "填报情况", "Answer", Kind.CHOICE, required=True, vocabulary=v.ANSWER),
        Column("level", "自评等次", "Self-rated level", Kind.LEVEL, vocabulary=v.LEVEL),
        Column("stated_share", "自评完成率", "Stated share", Kind.SHARE,
               help_zh="仅供对照，系统按明细重新计算", help_en="For comparison only; recomputed"),
        Column("stated_points", "自评分", "Stated points", Kind.NUMBER, unit="分",
               is_input=False, help_zh="自动计算，仅供对照", help_en="Calculated, for comparison"),
        Column("evidence_ref", "佐证说明", "Evidence", width=30, max_length=300),
        Column("not_applicable_reason", "不适用理由", "Why not applicable", width=24,
               max_length=200),
    ),
    key=("dept_code", "indicator_id"), layout=Layout.FIXED,
)  # fmt: skip

OTHER_COUNTS = _table(
    "other_counts", "其他计数", "Other counts", "12 其他计数",
    "one count that no list carries",
    (
        Column("count_item", "项目", "Count", Kind.CHOICE, required=True, vocabulary=v.COUNT_ITEM,
               is_input=False, width=30),
        Column("indicator_id", "指标编号", "Indicator", Kind.CODE, is_input=False, width=10),
        Column("num", "数量（分子）", "Number", Kind.COUNT, synonyms=("数量", "分子")),
        Column("den", "总数（分母）", "Out of", Kind.COUNT, synonyms=("总数", "分母")),
        Column("remark", "说明", "Remark", width=30, max_length=300, synonyms=("备注",)),
    ),
    key=("dept_code", "count_item"), layout=Layout.FIXED, row_keys=v.COUNT_ITEM,
)  # fmt: skip

RETURN_TABLES = (
    COVERS, PROFILES, DUTY_TRANSFERS, STAFF_TRANSFERS, STAFFING, LEADERSHIP_POSTS, INTERNAL_UNITS,
    CROSS_DEPT_MATTERS, COORDINATION_BODIES, SELF_PROBLEMS, OPINIONS, SELF_RATINGS, OTHER_COUNTS,
)  # fmt: skip
