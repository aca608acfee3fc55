"""The codes findings speak in, with their words: why a light, which mismatch, which count."""

from __future__ import annotations

from reviewlib.schema.model import Vocabulary

LIGHT_REASON = Vocabulary.of(
    "light_reason", "亮灯原因", "Reason for the light",
    ("closed", "已销号", "closed"),
    ("pending_city", "挂账，待市级明确", "pending at city level"),
    ("long_term", "长期推进", "long-term work"),
    ("overdue", "已超期", "overdue"),
    ("returned", "多次退回", "returned repeatedly"),
    ("closure_incomplete", "销号要件不全", "closure incomplete"),
    ("due_soon", "临近期限", "due soon"),
    ("behind", "进度滞后", "behind schedule"),
    ("silent", "久未报告进展", "no recent report"),
    ("obstacle", "存在障碍", "open obstacle"),
    ("on_track", "按期推进", "on track"),
)  # fmt: skip
"""Why a task or problem has its light, in the order the rules are tried."""

MISMATCH_KIND = Vocabulary.of(
    "mismatch_kind", "不一致类型", "Kind of mismatch",
    ("duty", "职责状态", "duty status"),
    ("posts", "编制", "posts"),
    ("staff", "人员", "staff"),
)  # fmt: skip
MISMATCH_FIELD = Vocabulary.of(
    "mismatch_field", "不一致内容", "What differs",
    ("status", "划转状态", "transfer status"),
    ("posts_count", "涉及编制数", "posts due"),
    ("posts_done_count", "已划转编制数", "posts moved"),
    ("staff_count", "涉及人数", "staff due"),
    ("staff_done_count", "已划转人数", "staff moved"),
    ("due_count", "应转隶人数", "staff transfers due"),
    ("done_count", "已转隶人数", "staff transfers done"),
)  # fmt: skip
MISSING = Vocabulary.of(
    "missing", "缺什么", "What is missing",
    ("return", "未报送自评", "no return"),
    ("visit", "未回访", "not visited"),
    ("scores", "回访评分未录", "visit not scored"),
)  # fmt: skip
CITY_SOURCE = Vocabulary.of(
    "city_source", "事项来源", "Where it comes from",
    ("problem", "问题台账", "problem ledger"),
    ("duty", "职责划转", "duty transfers"),
    ("cross_matter", "部门间职责关系", "cross-department matters"),
    ("self_problem", "问题自查", "self-reported problems"),
)  # fmt: skip
IMMEDIATE_SOURCE = Vocabulary.of(
    "immediate_source", "来源", "Source",
    ("finding", "回访发现", "visit finding"),
    ("task", "整改任务", "rectification task"),
)  # fmt: skip
ASPECT_COUNT = Vocabulary.of(
    "aspect_count", "计数项目", "Count",
    ("staff_transferred", "已转隶／应转隶人数", "staff transferred / due"),
    ("formalities_done", "转隶手续已办／应办件数", "transfer formalities done / due"),
    ("duties_in_place", "职责已到位／应划转事项", "duties in place / due"),
    ("duties_partial", "职责部分到位／应划转事项", "duties partly in place / due"),
    ("posts_moved", "编制已划转／应划转数", "posts moved / due"),
    ("matters_written", "书面明确牵头配合／跨部门事项", "matters settled in writing / raised"),
    ("boundary_unclear", "边界不清或有争议／跨部门事项", "unclear or disputed / raised"),
    ("units_set_up", "已设置／核定内设机构", "internal units set up / approved"),
    ("duties_issued", "科室职责已印发／核定内设机构", "section duties issued / approved units"),
    ("heads_in_place", "科室负责人到位／核定内设机构", "section heads in place / approved units"),
    ("posts_filled", "实有在编／核定编制", "in post / approved establishment"),
    ("posts_vacant", "空编／核定编制", "vacant / approved establishment"),
    ("posts_over", "超编／核定编制", "over / approved establishment"),
    ("answers_given", "已答／应答指标", "indicators answered / asked"),
    ("immediate_done", "立行立改已完成／列入件数", "immediate rectification done / listed"),
)  # fmt: skip
"""The counts that stand before the rates of the four aspects."""

CLAIM = Vocabulary.of(
    "claim", "疑似情形", "What it looks like",
    ("twice", "疑似重复", "claimed twice"),
    ("nobody", "疑似空白", "claimed by nobody"),
)  # fmt: skip
CLAIM_BASIS = Vocabulary.of(
    "claim_basis", "依据", "Why it looks so",
    ("kept_and_taken", "划出方称未划出，划入方称已到位",
     "the losing side says it has not gone, the gaining side that it has come"),
    ("two_gain", "两家部门划入的职责名称相近", "two departments gain a duty of like wording"),
    ("two_lead", "两家部门均称由本部门牵头", "two departments say that they lead"),
    ("two_host", "两家部门均称办公室设在本部门", "two departments say that they host its office"),
    ("left_not_arrived", "划出方称已划出，划入方称未收到",
     "the losing side says it has gone, the gaining side that it has not come"),
    ("lead_unlisted", "被指为牵头的部门未列此事项", "who is named as lead does not list it"),
    ("lead_elsewhere", "被指为牵头的部门另指别家", "who is named as lead names another"),
    ("said_by_them", "部门自报为空白或牵头不明，尚未解决",
     "the departments report a gap or no clear lead, unresolved"),
)  # fmt: skip
CLAIM_ROLE = Vocabulary.of(
    "claim_role", "身份", "As what",
    ("losing", "划出方", "losing side"),
    ("gaining", "划入方", "gaining side"),
    ("lead", "称由本部门牵头", "says it leads"),
    ("names_lead", "指由他部门牵头", "names another as lead"),
    ("named_lead", "被指为牵头", "is named as lead"),
    ("host", "称办公室设在本部门", "says it hosts the office"),
)  # fmt: skip

LIMIT = Vocabulary.of(
    "limit", "不能满足的约束", "Limit that cannot be met",
    ("both", "下限高于上限", "its lowest is above its highest"),
    ("lowest", "下限高于可能达到的数", "its lowest is out of reach"),
    ("highest", "上限低于可能降到的数", "its highest is out of reach"),
    ("total_lowest", "各部门下限之和超过总数", "the lowest add up to more than there is"),
    ("total_highest", "各部门上限之和不足总数", "the highest add up to less than there is"),
    ("together", "各项约束合起来无法满足", "the limits rule each other out"),
)  # fmt: skip
LEFT_OUT = Vocabulary.of(
    "left_out", "未列入推演的原因", "Why not considered",
    ("no_posts", "未报编制数", "posts not reported"),
    ("no_workload", "未报两年业务量，或上年为零",
     "cases of both years not reported, or none last year"),
    ("no_need", "未给出需求", "no need given"),
)  # fmt: skip
