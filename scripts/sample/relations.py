"""Matters between departments (部门间职责关系) and coordination bodies (议事协调机构)."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

MATTERS = """
id | matter | lead | support | basis | boundary | kind | raised_on | resolved_on | resolver | remark
XM-01 | 养老服务与老龄事业统筹 | DP18 | DP29;DP33;DP13 | none | unclear | vertical_mismatch | 2025-04-25 | | | 等待市级老龄工作口径
XM-02 | 外籍人才来区工作许可与服务 | DP17 | DP21;DP03 | none | unclear | vertical_mismatch | 2025-05-12 | | | 审批与日常服务分处两家
XM-03 | 防汛防台指挥与应急抢险衔接 | DP28 | DP31;DP25;DP26 | minutes | mostly_clear | boundary | 2025-05-20 | 2025-06-06 | establishment_office | 汛期按会议纪要临时分工
XM-04 | 城市道路与公路管养分界 | DP25 | DP26 | agreement | clear | boundary | 2025-04-30 | 2025-05-22 | both_parties |
XM-05 | 建筑渣土运输全过程监管 | DP34 | DP26;DP25;DP23 | none | disputed | overlap | 2025-05-08 | | | 运输环节执法主体意见不一
XM-06 | 河长制与水环境质量考核 | DP28 | DP23;DP27 | document | clear | | | | |
XM-07 | 应对气候变化统计核算 | DP23 | DP13;DP14 | document | clear | | | | |
XM-08 | 农产品质量安全全程监管 | DP27 | DP32 | three_det | clear | | | | |
XM-09 | 食品安全综合协调 | DP32 | DP27;DP29;DP15 | three_det | clear | | | | |
XM-10 | 单用途预付卡监管 | DP15 | DP32;DP24;DP16 | document | mostly_clear | overlap | 2025-05-15 | 2025-06-18 | establishment_office |
XM-11 | 知识产权保护与专利转化 | DP32 | DP17;DP15 | none | disputed | overlap | 2025-05-19 | | | 专利导航由谁牵头未定
XM-12 | 医保医疗医药协同 | DP33 | DP29;DP32 | minutes | clear | | | | |
XM-13 | 医疗救助对象认定与资金结算 | DP33 | DP18;DP20 | none | unclear | boundary | 2025-05-27 | | | 系统移交前双方联合受理
XM-14 | 地名命名与门弄号管理 | DP22 | DP18;DP06 | none | disputed | boundary | 2025-05-14 | | | 门弄号是否随地名划转
XM-15 | 规划实施与违法建设查处衔接 | DP22 | DP34;DP25 | agreement | clear | | | | |
XM-16 | 工业园区安全生产监管 | DP31 | DP14;DP23;DP32 | document | mostly_clear | overlap | 2025-04-28 | 2025-06-11 | establishment_office |
XM-17 | 危险化学品道路运输安全 | DP26 | DP31;DP23 | three_det | clear | | | | |
XM-18 | 能源运行与节能监察 | DP13 | DP14;DP25 | none | unclear | unclear_lead | 2025-06-03 | | | 节能监察牵头单位未明
XM-19 | 政务数据共享与公共数据开放 | DP12 | DP09;DP14;DP13 | document | clear | | | | |
XM-20 | 网络舆情处置联动 | DP09 | DP04;DP06;DP12 | document | clear | | | | |
XM-21 | 文化市场与网络文化监管 | DP24 | DP04;DP09;DP32 | none | unclear | overlap | 2025-05-21 | | | 合并后执法协作机制未重新明确
XM-22 | 旅游市场综合监管 | DP24 | DP32;DP26;DP15 | minutes | mostly_clear | | | | |
XM-23 | 退役军人就业创业扶持 | DP30 | DP21;DP18 | document | clear | | | | |
XM-24 | 烈士纪念设施管理保护 | DP30 | DP18 | agreement | clear | boundary | 2025-04-24 | 2025-05-16 | both_parties |
XM-25 | 行政复议体制改革衔接 | DP19 | DP12 | document | clear | | | | |
XM-26 | 法治政府建设考核 | DP19 | DP12;DP06;DP03 | three_det | clear | | | | |
XM-27 | 社会治安综合治理网格 | DP06 | DP02;DP18;DP11 | document | clear | | | | |
XM-28 | 信访矛盾多元化解 | DP11 | DP06;DP19 | document | clear | | | | |
XM-29 | 公务员招录调配与工资管理 | DP03 | DP21;DP08 | three_det | clear | | | | |
XM-30 | 人才引进落户与服务 | DP21 | DP03;DP17 | document | mostly_clear | overlap | 2025-05-09 | 2025-06-13 | both_parties |
XM-31 | 宗教场所安全与民族工作 | DP05 | DP06;DP31 | document | clear | | | | |
XM-32 | 侨务公共服务 | DP05 | DP12;DP15 | agreement | clear | | | | |
XM-33 | 新闻出版行政审批衔接 | DP04 | DP24 | three_det | clear | boundary | 2025-04-22 | 2025-05-20 | both_parties |
XM-34 | 校外培训机构综合治理 | DP16 | DP21;DP32;DP31 | document | mostly_clear | overlap | 2025-05-16 | | | 培训机构消防安全责任分工待明确
XM-35 | 机关党建与编制实名制核对 | DP10 | DP08;DP20 | minutes | clear | | | | |
XM-36 | 预算绩效与编制经费挂钩 | DP20 | DP08;DP13 | document | clear | | | | |
XM-37 | 派驻监督与日常监督贯通 | DP01 | DP03;DP10 | document | clear | | | | |
XM-38 | 改革督察与督查工作统筹 | DP07 | DP02;DP12 | minutes | clear | | | | |
XM-39 | 档案移交与进馆 | DP02 | DP12;DP08 | document | clear | | | | |
XM-40 | 高标准农田建设与农田水利管护 | DP27 | DP28;DP22 | none | unclear | boundary | 2025-05-29 | | | 管护经费渠道未划清
"""

SUPPORT_SEES = {
    ("XM-04", "DP26"): {"boundary": "mostly_clear"},
    ("XM-03", "DP31"): {"boundary": "unclear"},
    ("XM-22", "DP26"): {"boundary": "unclear", "matter_kind": "unclear_lead"},
    ("XM-16", "DP23"): {"boundary": "clear"},
}
"""Where a supporting department judges the boundary otherwise than the lead."""

BODIES = """
body_id | body_name | body_level | office_dept | has_rules | has_office_duty_list | members_count | has_member_duties | has_liaison | meetings_required_count | meetings_held_count | decisions_count | decisions_done_count | has_decision_ledger | last_meeting_on | issue_text
CB-01 | 区委全面深化改革委员会 | party_committee | DP07 | yes | yes | 28 | yes | yes | 2 | 2 | 14 | 12 | yes | 2025-06-10 |
CB-02 | 区委网络安全和信息化委员会 | party_committee | DP09 | yes | no | 24 | yes | no | 1 | 1 | 6 | 4 | yes | 2025-05-28 | 办事机构与机关职责界限不清，成员单位联络员未更新
CB-03 | 区委全面依法治区委员会 | party_committee | DP19 | yes | yes | 26 | yes | yes | 1 | 1 | 9 | 8 | yes | 2025-05-15 |
CB-04 | 区委教育工作领导小组 | party_committee | DP16 | yes | no | 18 | no | yes | 1 | 1 | 5 | 3 | no | 2025-04-29 | 秘书组与局机关党政办混同，议定事项无专门台账
CB-05 | 区委农村工作领导小组 | party_committee | DP27 | no | no | 22 | yes | yes | 2 | 1 | 8 | 5 | no | 2025-03-26 | 工作规则尚未修订，会议未按季召开
CB-06 | 区委统一战线工作领导小组 | party_committee | DP05 | yes | yes | 20 | yes | yes | 1 | 1 | 4 | 4 | yes | 2025-06-05 |
CB-07 | 区委财经委员会 | party_committee | DP13 | no | no | 16 | no | yes | 2 | 1 | 7 | 6 | yes | 2025-04-18 | 工作细则仍在起草，成员单位分工未印发
CB-08 | 区委人才工作领导小组 | party_committee | DP03 | yes | yes | 19 | yes | yes | 1 | 1 | 6 | 6 | yes | 2025-05-22 |
CB-09 | 区委平安建设领导小组 | party_committee | DP06 | yes | no | 30 | yes | yes | 2 | 2 | 11 | 10 | yes | 2025-06-12 | 办公室与机关综治科合并运转，职责清单待单列
CB-10 | 区委机构编制委员会 | party_committee | DP08 | yes | yes | 12 | yes | yes | 2 | 2 | 21 | 20 | yes | 2025-06-20 |
CB-11 | 区防汛防台指挥部 | government | DP28 | yes | no | 32 | yes | yes | 2 | 2 | 10 | 8 | yes | 2025-06-17 | 指挥部办公室设置待市级明确
CB-12 | 区安全生产委员会 | government | DP31 | yes | yes | 34 | yes | yes | 2 | 2 | 12 | 9 | yes | 2025-06-19 |
CB-13 | 区食品药品安全委员会 | government | DP32 | yes | yes | 23 | yes | yes | 2 | 2 | 8 | 8 | yes | 2025-06-06 |
CB-14 | 区委宣传思想工作领导小组 | party_committee | DP04 | yes | yes | 21 | no | yes | 2 | 2 | 7 | 6 | yes | 2025-06-11 | 成员单位任务分工尚未细化
"""


def cross_dept_matters() -> pd.DataFrame:
    """Return each matter once for every department that takes part in it and reports it."""
    rows = [row for matter in read_table(MATTERS) for row in _reports_of(matter)]
    return typed("cross_dept_matters", rows)


def _reports_of(matter: dict) -> list[dict]:
    row = {
        "cross_matter_id": matter["id"], "matter": matter["matter"], "lead_dept": matter["lead"],
        "support_depts": matter["support"], "basis": matter["basis"],
        "is_written": matter["basis"] != "none", "boundary": matter["boundary"],
        "matter_kind": matter["kind"], "raised_on": matter["raised_on"],
        "resolved_on": matter["resolved_on"], "resolver": matter["resolver"],
        "remark": matter["remark"],
    }  # fmt: skip
    departments = [matter["lead"], *matter["support"].split(";")]
    return [
        row | {"dept_code": code} | SUPPORT_SEES.get((matter["id"], code), {})
        for code in departments
    ]


def coordination_bodies() -> pd.DataFrame:
    """Return one row per coordination body; the department that hosts its office reports it."""
    rows = [row | {"dept_code": row["office_dept"]} for row in read_table(BODIES)]
    return typed("coordination_bodies", rows)
