"""The closed lists: code in the frames, words on forms and pages, spellings accepted."""

from __future__ import annotations

from reviewlib.schema.model import Vocabulary

SIDE = Vocabulary.of(
    "side", "序列类别", "Side",
    ("party", "党委机构", "Party body"),
    ("government", "政府机构", "Government body"),
)  # fmt: skip
CHANGE_TYPE = Vocabulary.of(
    "change_type", "涉改类型", "Type of change",
    ("new", "新组建", "Newly formed"),
    ("rebuilt", "重新组建", "Re-formed"),
    ("merged", "合并", "Merged"),
    ("renamed", "更名", "Renamed"),
    ("duties_in", "职责划入", "Gained duties"),
    ("duties_out", "职责划出", "Lost duties"),
    ("duties_both", "职责划入划出", "Gained and lost duties"),
    ("realigned", "归口或隶属调整", "Reporting line changed"),
    ("nameplate", "加挂牌子或合署", "Nameplate added or co-located"),
)  # fmt: skip
MODE = Vocabulary.of(
    "mode", "回访方式", "Mode",
    ("visit", "实地回访", "On-site visit", "实地"),
    ("self", "单位自评", "Self-assessment", "自评"),
)  # fmt: skip
ALIAS_KIND = Vocabulary.of(
    "alias_kind", "别名类型", "Kind of alias",
    ("short", "简称", "Short form"),
    ("former", "旧名", "Former name"),
    ("spoken", "口语", "Spoken form"),
    ("misspelt", "误写", "Misspelling"),
)  # fmt: skip
ANSWER = Vocabulary.of(
    "answer", "填报情况", "Answer",
    ("reported", "已填", "Reported"),
    ("not_reported", "未填", "Not reported", "缺报", "未报"),
    ("not_applicable", "不适用", "Not applicable", "不涉及"),
    ("insufficient", "证据不足", "Insufficient evidence"),
)  # fmt: skip
LEVEL = Vocabulary.of(
    "level", "等次", "Level",
    ("A", "A", "A"), ("B", "B", "B"), ("C", "C", "C"), ("D", "D", "D"),
)  # fmt: skip
HANDOVER_STATE = Vocabulary.of(
    "handover_state", "移交状态", "Handover state",
    ("done", "完成", "Done", "已完成", "已移交"),
    ("in_progress", "办理中", "In progress", "正在办理"),
    ("not_started", "未启动", "Not started"),
    ("not_applicable", "不适用", "Not applicable", "不涉及"),
)  # fmt: skip
STAFFING_PRESSURE = Vocabulary.of(
    "staffing_pressure", "编制紧张程度", "Staffing pressure",
    ("ample", "充足", "Ample"),
    ("enough", "基本满足", "Largely enough"),
    ("tight", "偏紧", "Tight"),
    ("short", "严重不足", "Severely short"),
)  # fmt: skip
TRANSFER_STATUS = Vocabulary.of(
    "transfer_status", "划转状态", "Transfer status",
    ("done", "到位", "In place", "已到位", "完成", "已完成", "已移交", "划转到位", "完成划转"),
    ("partial", "部分到位", "Partly in place", "基本完成", "部分完成", "基本到位", "部分移交"),
    ("not_done", "未到位", "Not in place", "未完成", "未移交", "未收到"),
    ("pending_city", "待市级明确", "Pending at city level", "待市里明确", "等市级明确"),
    ("disputed", "有争议", "Disputed", "存在争议"),
)  # fmt: skip
REPORTED_BY = Vocabulary.of(
    "reported_by", "填报方", "Reported by",
    ("losing", "划出方", "Losing department", "划出单位"),
    ("gaining", "划入方", "Gaining department", "划入单位"),
)  # fmt: skip
HANDOVER = Vocabulary.of(
    "handover", "交接手续", "Handover record",
    ("both", "双方签字", "Signed by both", "双方已签字"),
    ("single", "单方", "One side only", "单方签字"),
    ("none", "无", "None"),
)  # fmt: skip
TRANSFER_OBSTACLE = Vocabulary.of(
    "transfer_obstacle", "未到位原因", "Reason not in place",
    ("city_calibre", "市级口径未明", "City-level guidance outstanding"),
    ("understanding", "双方理解不一", "Two sides read it differently"),
    ("staff", "人员未到位", "Staff not in place"),
    ("systems", "系统未移交", "Systems not handed over"),
    ("other", "其他", "Other"),
)  # fmt: skip
ESTAB_TYPE = Vocabulary.of(
    "estab_type", "编制类型", "Type of establishment",
    ("administrative", "行政编制", "Administrative"),
    ("political_legal", "政法专项编制", "Political and legal"),
    ("institution_civil", "参公事业编制", "Institution (civil-service terms)", "参公编制"),
    ("institution", "其他事业编制", "Institution (other)", "事业编制"),
    ("workers", "工勤编制", "Support workers", "机关工勤"),
    ("other", "其他", "Other"),
)  # fmt: skip
POST_TYPE = Vocabulary.of(
    "post_type", "领导职数类型", "Leadership post",
    ("dept_head", "部门正职", "Head of department", "正职"),
    ("dept_deputy", "部门副职", "Deputy head of department", "副职"),
    ("dept_other", "其他处级职数", "Other department-level posts"),
    ("section_head", "科级正职", "Section head"),
    ("section_deputy", "科级副职", "Deputy section head"),
)  # fmt: skip
PREDECESSOR_MIX = Vocabulary.of(
    "predecessor_mix", "来源", "Origin",
    ("single", "单一前身", "One predecessor"),
    ("merged", "跨前身整合", "Several predecessors"),
    ("new", "新设", "New"),
)  # fmt: skip
BASIS = Vocabulary.of(
    "basis", "依据", "Basis",
    ("three_det", "三定条款", "Three-determinations clause", "“三定”条款"),
    ("document", "文件", "Document"),
    ("minutes", "会议纪要", "Minutes"),
    ("agreement", "协议", "Agreement"),
    ("none", "无", "None"),
)  # fmt: skip
BOUNDARY = Vocabulary.of(
    "boundary", "边界情况", "Boundary",
    ("clear", "清晰", "Clear"),
    ("mostly_clear", "基本清晰", "Mostly clear"),
    ("unclear", "不清晰", "Unclear"),
    ("disputed", "有争议", "Disputed"),
)  # fmt: skip
MATTER_KIND = Vocabulary.of(
    "matter_kind", "问题类型", "Kind of matter",
    ("overlap", "交叉", "Overlap"),
    ("gap", "空白", "Gap"),
    ("boundary", "边界", "Boundary"),
    ("vertical_mismatch", "上下不对应", "Mismatch with the city level"),
    ("unclear_lead", "牵头不明", "No clear lead"),
)  # fmt: skip
RESOLVER = Vocabulary.of(
    "resolver", "解决方式", "Resolved by",
    ("both_parties", "双方协商", "The two departments"),
    ("establishment_office", "编办协调", "Establishment office"),
    ("superior", "上级明确", "Higher level"),
)  # fmt: skip
BODY_LEVEL = Vocabulary.of(
    "body_level", "机构层级", "Level of the body",
    ("party_committee", "区委", "District Party committee"),
    ("government", "区政府", "District government"),
)  # fmt: skip
VISIT_METHOD = Vocabulary.of(
    "visit_method", "回访方式方法", "Method",
    ("briefing", "听取汇报", "Briefing"),
    ("meeting", "座谈", "Meeting"),
    ("interview", "个别访谈", "Interview"),
    ("documents", "查阅资料", "Documents"),
    ("site", "实地查看", "Site inspection"),
    ("questionnaire", "问卷", "Questionnaire"),
)  # fmt: skip
HALF_DAY = Vocabulary.of(
    "half_day", "时段", "Half-day",
    ("am", "上午", "Morning"),
    ("pm", "下午", "Afternoon"),
)  # fmt: skip
CATEGORY = Vocabulary.of(
    "category", "问题类别", "Problem category",
    ("COORD", "议事协调机制", "Coordination mechanisms", "议事协调"),
    ("DUTY", "职责调整衔接", "Duty adjustment", "职责调整"),
    ("STAFF", "力量配备", "Staffing", "人员力量"),
    ("IMPL", "“三定”落实与融合", "Three-determinations and integration", "三定落实与融合"),
    ("OTHER", "其他", "Other"),
)  # fmt: skip
STRAND = Vocabulary.of(
    "strand", "建议方面", "Strand of recommendations",
    ("leadership", "健全区委领导体制机制", "Strengthen Party leadership mechanisms"),
    ("duties", "理顺相关职责调整", "Settle the adjustment of duties"),
    ("functions", "推进部门职能转变", "Transform department functions"),
    ("establishment", "机构编制精细化管理", "Fine-grained management of the establishment"),
)  # fmt: skip
PROBLEM_SOURCE = Vocabulary.of(
    "problem_source", "来源", "Source",
    ("self", "自查", "Self-assessment"),
    ("visit", "回访", "Visit"),
    ("reconcile", "双方对碰", "Two-sided reconciliation"),
    ("superior", "上级反馈", "Higher level"),
    ("public", "群众或企业反映", "Public or firms"),
)  # fmt: skip
NATURE = Vocabulary.of(
    "nature", "性质", "Nature",
    ("common", "共性", "Common"),
    ("particular", "个性", "Particular"),
)  # fmt: skip
CAUSE = Vocabulary.of(
    "cause", "成因", "Cause",
    ("city_calibre", "市级口径", "City-level guidance"),
    ("duty_boundary", "职责边界", "Duty boundaries"),
    ("staffing", "人员力量", "Staffing"),
    ("mechanism", "制度机制", "Mechanisms"),
    ("legacy", "历史遗留", "Legacy"),
    ("other", "其他", "Other"),
)  # fmt: skip
RESOLUTION_LEVEL = Vocabulary.of(
    "resolution_level", "解决层级", "Resolution level",
    ("department", "本部门", "Department"),
    ("district", "区级统筹", "District", "区级"),
    ("city", "需市级明确", "City", "市级"),
)  # fmt: skip
SEVERITY_LEVEL = Vocabulary.of(
    "severity_level", "严重程度", "Severity",
    ("high", "高", "High"), ("medium", "中", "Medium"), ("low", "低", "Low"),
)  # fmt: skip
RECTIFICATION_TYPE = Vocabulary.of(
    "rectification_type", "整改类型", "Type of rectification",
    ("immediate", "立行立改", "Immediate", "立整立改"),
    ("deadline", "限期整改", "By deadline"),
    ("long_term", "长期推进", "Long-term", "长期坚持", "持续推进"),
)  # fmt: skip
LEDGER_STATUS = Vocabulary.of(
    "ledger_status", "状态", "Status",
    ("draft", "草稿", "Draft"),
    ("to_review", "待审核", "To be reviewed"),
    ("in_progress", "整改中", "In rectification"),
    ("to_close", "待销号", "To be closed"),
    ("rejected", "已驳回", "Rejected"),
    ("closed", "已销号", "Closed"),
    ("pending_city", "挂账", "Pending at city level", "挂账（需市级）", "待市级明确"),
)  # fmt: skip
FINDING_STATUS = Vocabulary.of(
    "finding_status", "归并状态", "Merge status",
    ("unmerged", "待归并", "To be merged"),
    ("merged", "已归并", "Merged"),
    ("declined", "不采纳", "Not adopted"),
)  # fmt: skip
RECOMMENDATION_STATUS = Vocabulary.of(
    "recommendation_status", "建议状态", "Status of recommendation",
    ("proposed", "拟提", "Proposed"),
    ("adopted", "已采纳", "Adopted"),
    ("amended", "修改采纳", "Adopted as amended"),
    ("declined", "未采纳", "Not adopted"),
    ("converted", "已转整改任务", "Turned into tasks"),
)  # fmt: skip
OPINION_TOPIC = Vocabulary.of(
    "opinion_topic", "主题", "Topic",
    ("structure", "机构", "Structure"),
    ("duties", "职责", "Duties"),
    ("establishment", "编制", "Establishment"),
    ("leadership_posts", "职数", "Leadership posts"),
    ("staff", "人员", "Staff"),
    ("coordination", "协调机制", "Coordination"),
    ("law", "法规依据", "Legal basis"),
    ("systems", "信息系统", "Information systems"),
    ("other", "其他", "Other"),
)  # fmt: skip
OPINION_HANDLING = Vocabulary.of(
    "opinion_handling", "处理方式", "Handling",
    ("adopted", "采纳转建议", "Adopted as a recommendation", "采纳"),
    ("merged", "并入", "Merged into another"),
    ("noted", "参考", "Noted"),
    ("declined", "不采纳", "Not adopted"),
)  # fmt: skip
DEPT_ROLE = Vocabulary.of(
    "dept_role", "角色", "Role",
    ("main", "主责", "Main"),
    ("support", "配合", "Supporting"),
)  # fmt: skip
CRITERION = Vocabulary.of(
    "criterion", "销号标准", "Closure criterion",
    ("met", "达到", "Met"), ("partly", "部分达到", "Partly met"), ("not_met", "未达到", "Not met"),
)  # fmt: skip
PROPOSAL_SOURCE = Vocabulary.of(
    "proposal_source", "线索来源", "Source of the proposal",
    ("self", "问题自查", "Self-reported problem"),
    ("visit", "回访发现", "Visit finding"),
    ("mismatch", "双方对碰", "Two-sided mismatch"),
    ("indicator", "指标低于提示线", "Indicator below its line"),
    ("section_heads", "科室负责人未到位", "Section heads not in place"),
    ("coordination", "议事协调机构要点不全", "Coordination body short of its points"),
)  # fmt: skip
QUESTION_KIND = Vocabulary.of(
    "question_kind", "待裁决类型", "Kind of question",
    ("conflict", "两处修改不一致", "Two edits disagree"),
    ("missing_row", "来件缺少该行", "Row missing from the copy"),
    ("id_taken", "编号已被占用", "Id already taken"),
    ("no_id", "缺少编号", "No id"),
    ("renumbered", "编号被改动", "Id changed"),
    ("row_gone", "该行已删除", "Row was deleted"),
    ("not_permitted", "不符合办理规则", "Not permitted by the rules"),
)  # fmt: skip
DECISION = Vocabulary.of(
    "decision", "裁决", "Decision",
    ("take", "采用来件", "Take the copy's"),
    ("keep", "保留现有", "Keep the present"),
    ("renumber", "另编新号", "Add under a new id"),
)  # fmt: skip
RATING_STAGE = Vocabulary.of(
    "rating_stage", "评分环节", "Stage of rating",
    ("self", "自评", "Self"),
    ("scorer_1", "评分人一", "Scorer 1"),
    ("scorer_2", "评分人二", "Scorer 2"),
    ("agreed", "组内商定", "Agreed"),
    ("moderated", "统筹校准", "Moderated"),
    ("challenged", "部门申辩", "Challenged"),
    ("final", "最终认定", "Final"),
)  # fmt: skip
BAND = Vocabulary.of(
    "band", "评定", "Band",
    ("green", "绿 落实到位", "Green: in place"),
    ("yellow", "黄 基本到位", "Yellow: largely in place"),
    ("red", "红 重点整改", "Red: priority rectification"),
    ("not_rated", "暂不评定", "Not rated yet"),
)  # fmt: skip
LIGHT = Vocabulary.of(
    "light", "红黄绿（灰）灯", "Light",
    ("red", "红灯", "Red"),
    ("yellow", "黄灯", "Yellow"),
    ("green", "绿灯", "Green"),
    ("grey", "灰灯", "Grey"),
)  # fmt: skip
SEVERITY = Vocabulary.of(
    "severity", "级别", "Severity",
    ("block", "拒收", "Block"),
    ("error", "错误", "Error"),
    ("warn", "提示", "Warning"),
    ("info", "说明", "Information"),
)  # fmt: skip
COUNT_ITEM = Vocabulary.of(
    "count_item", "计数项目", "Count",
    ("main_duties", "“三定”主要职责条数", "Main duties in the three-determinations regulation"),
    ("duties_performed", "主要职责：正常履行条数", "Main duties performed in full"),
    ("duties_partial", "主要职责：部分履行条数", "Main duties performed in part"),
    ("duties_pending_city", "主要职责：待市级明确条数", "Main duties pending at city level"),
    ("archives", "档案类目：已移交／应移交", "Record classes: handed over / due"),
    ("city_alignment", "市级衔接事项：已衔接／应衔接", "City-level matters: aligned / due"),
    ("city_alignment_pending", "市级衔接事项：待市级明确数", "City-level matters pending there"),
    ("disputes", "职责争议：已办结／提出", "Duty disputes: resolved / raised"),
    ("immediate", "立行立改：已完成／列入", "Immediate rectification: done / listed"),
    ("workload", "主要业务量（件）：本年／上年", "Main workload (cases): this year / last year"),
    ("age_under_35", "35岁以下人数／在编人数", "Staff under 35 / in post"),
    ("specialists", "专业对口人数／在编人数", "Staff with matching training / in post"),
)  # fmt: skip
COUNT_ITEM_INDICATOR = {
    "main_duties": "B01", "duties_performed": "C09", "duties_partial": "C09",
    "duties_pending_city": "C09", "archives": "A07", "city_alignment": "B03",
    "city_alignment_pending": "B03", "disputes": "B04", "immediate": "D05", "workload": "N01",
    "age_under_35": "N05", "specialists": "N05",
}  # fmt: skip
"""The indicator or diagnostic each count serves; printed on sheet 12."""
