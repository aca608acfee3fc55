"""The ledger (台账): 4 categories and 11 problems, 4 strands and 11 recommendations, tasks."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

PROBLEMS = """
problem_id | category | title | sources | nature | cause | resolution_level | severity | rectification_type | owner | owner_role | due_on | status | returned_count | city_contacted_on | evidence_ref | verified_by_role | closed_on
P-01 | COORD | 区委议事协调机构工作机制需进一步优化完善 | visit;self | common | mechanism | district | high | deadline | DP02 | 区委办公室分管副主任 | 2025-12-31 | in_progress | 0 | | | |
P-02 | COORD | 办事机构统筹协调、牵头成员单位作用发挥不够 | visit;self | common | mechanism | district | medium | deadline | DP02 | 区委办公室分管副主任 | 2025-11-30 | in_progress | 0 | | | |
P-03 | COORD | 所在职能部门与办事机构定位区分不清 | visit;self | common | duty_boundary | district | medium | deadline | DP08 | 区委编办分管副主任 | 2025-10-20 | in_progress | 1 | | | |
P-04 | DUTY | 老龄工作职责和编制需按市级要求调整 | self;visit;reconcile | particular | city_calibre | city | high | deadline | DP08 | 区委编办分管副主任 | 2025-12-31 | pending_city | 0 | 2025-10-15 | | |
P-05 | DUTY | 外国专家管理职责和编制需按市级要求调整 | self;visit;reconcile | particular | city_calibre | city | medium | deadline | DP08 | 区委编办分管副主任 | 2025-12-31 | pending_city | 0 | 2025-09-22 | | |
P-06 | DUTY | 水旱灾害防治职责和编制需按市级要求调整 | self;visit;superior | particular | city_calibre | city | high | deadline | DP08 | 区委编办分管副主任 | 2025-12-31 | pending_city | 0 | 2025-10-15 | | |
P-07 | STAFF | 区交通委履行职能人员编制偏紧 | self;visit | particular | staffing | district | high | deadline | DP08 | 区委编办分管副主任 | 2025-12-15 | in_progress | 0 | | | |
P-08 | STAFF | 区商务委履行职能人员编制偏紧 | self;visit | particular | staffing | district | high | deadline | DP08 | 区委编办分管副主任 | 2025-12-15 | in_progress | 0 | | | |
P-09 | STAFF | 专业力量、能力素质与岗位需求不够匹配 | visit;self;public | common | staffing | district | medium | long_term | DP21 | 区人社局分管副局长 | 2026-06-30 | in_progress | 0 | | | |
P-10 | IMPL | 个别部门“三定”落实不够及时，科室配备迟滞 | visit;self | particular | legacy | department | high | immediate | DP24 | 区文旅局分管副局长 | 2025-07-31 | closed | 0 | | 科室负责人任职文件8份、科室职责印发件8份 | 区委编办监督检查科科长 | 2025-08-22
P-11 | IMPL | 整合后“物理相加”，业务融合不够 | visit;self | common | mechanism | department | medium | deadline | DP24 | 区文旅局主要负责人 | 2025-11-15 | in_progress | 0 | | | |
"""

DESCRIPTIONS = {
    "P-01": "党对重大工作的领导体制已搭建，但部分区委议事协调机构工作规则修订滞后，会议未按规则召开，成员单位分工不细，工作机制需进一步优化完善。",
    "P-02": "部分办事机构统筹协调力度不足，联络员名单更新不及时，议定事项缺少跟踪，牵头成员单位抓落实的作用发挥不够。",
    "P-03": "部分所在职能部门与办事机构职责混写、合署运转，办公室职责清单未单列，存在缺位、越位现象。",
    "P-04": "老龄工作职责需根据市级部门职责调整情况作适当调整，涉及区民政局、区卫生健康委，编制2名尚未划转。",
    "P-05": "外国专家管理职责需根据市级部门职责调整情况作适当调整，涉及区人力资源社会保障局、区科委，审批权限和编制2名尚未划转。",
    "P-06": "水旱灾害防治职责需根据市级部门职责调整情况作适当调整，涉及区水务局、区应急局，编制3名尚未划转，汛期为临时分工。",
    "P-07": "区交通委为新组建部门，核定行政编制26名已满编，借入7人，监管对象增加四成，履行职能中人员编制偏紧。",
    "P-08": "区商务委为新组建部门，核定行政编制22名已满编，借入5人，年办件量增长30%，履行职能中人员编制偏紧。",
    "P-09": "部分部门划入岗位专业人员不足、培训未跟上，人员素质与岗位需求不够匹配。",
    "P-10": "区文化和旅游局由两家部门整体合并，人员互不熟悉，基准日8个科室中4个负责人未到位、5个科室职责未印发；经立整立改，科室负责人和其他成员已配备到位。",
    "P-11": "个别部门整合后办公分散、流程和制度两套并行，“物理相加”的情况一定程度上仍然存在，内设机构整合和业务融合不够。",
}  # fmt: skip

CLOSURE = {"P-10": "met;met;met;met;partly"}
"""The five criteria of closure, in their order: leadership, capacity, plan, monitoring, result."""
CRITERIA = ("leadership", "capacity", "plan", "monitoring", "result")

CONCERNED = """
problem_id | main | support
P-01 | DP02 | DP03;DP04;DP13;DP19;DP27
P-02 | DP02 | DP06;DP09;DP32
P-03 | DP08 | DP06;DP09;DP13;DP28
P-04 | DP08 | DP18;DP29
P-05 | DP08 | DP17;DP21
P-06 | DP08 | DP28;DP31
P-07 | DP08 | DP26
P-08 | DP08 | DP15
P-09 | DP21 | DP03;DP05;DP09;DP14;DP18;DP23;DP27;DP29;DP30;DP31;DP33
P-10 | DP24 |
P-11 | DP24 | DP12;DP15;DP22;DP25;DP26;DP27;DP29
"""

RECOMMENDATIONS = """
rec_id | strand | text | lead_dept | support_depts | resolution_level | deliverable | due_on | priority | status | decision_needed | decision_ref
R-01 | leadership | 强化区委议事协调机构的顶层设计、总体布局、统筹协调和整体推进，逐家修订工作规则，完善对重大工作的科学领导和决策机制。 | DP02 | DP08;DP07 | district | 议事协调机构工作规则汇编 | 2025-12-31 | high | converted | |
R-02 | leadership | 增强区委议事协调机构办事机构统筹协调功能，建立成员单位联络员定期更新和议定事项督办通报机制，发挥“运转中枢”作用。 | DP02 | DP06;DP09;DP32 | district | 联络员和督办通报制度 | 2025-11-30 | high | converted | |
R-03 | leadership | 厘清议事协调机构所在职能部门与办事机构的定位，单独编制办事机构职责清单，既不缺位又不越位。 | DP08 | DP06;DP09;DP13;DP28 | district | 办事机构职责清单 | 2025-10-20 | medium | converted | |
R-04 | duties | 区委编办同市委编办加强沟通，及时了解老龄工作、外国专家管理、水旱灾害防治等职责的工作口径。 | DP08 | DP17;DP18;DP21;DP28;DP29;DP31 | city | 口径请示和沟通记录 | 2025-12-31 | high | converted | 是否以区委编委名义书面请示市委编办明确三项职责口径 |
R-05 | duties | 指导相关部门沟通对接，根据市级明确的要求，对职责划转等机构编制事项予以明确。 | DP08 | DP17;DP18;DP21;DP28;DP29;DP31 | city | 职责和编制调整文件 | 2025-12-31 | medium | adopted | |
R-06 | duties | 对职责调整事项跟踪问效、深入调研，确保不打折扣划转到位、履行到位，提升“三定”规定的权威性。 | DP08 | DP26;DP34 | district | 季度跟踪报告 | 2026-03-31 | medium | converted | |
R-07 | functions | 以推进机构职能优化协同高效为着力点，持续推进部门职能转变，压减重复环节。 | DP12 | DP15;DP22;DP25 | district | 流程优化事项清单 | 2025-11-30 | medium | converted | |
R-08 | functions | 推动合并、重组部门内设机构整合和业务融合，统一制度、流程和窗口，真正发生“化学反应”。 | DP24 | DP26;DP27;DP29 | department | 融合工作方案和统一制度目录 | 2025-11-15 | high | converted | 统筹调剂区文化和旅游局、区交通委集中办公用房 |
R-09 | functions | 进一步提升专业人员力量配备，加强人员履职能力培训，做到人员素质同岗位需求相匹配。 | DP21 | DP03;DP30;DP31 | district | 年度培训计划和专业人员补充计划 | 2026-06-30 | medium | converted | |
R-10 | establishment | 建立区级机关行政编制动态调整机制，结合业务量核增、核减编制。 | DP08 | DP15;DP20;DP26 | district | 行政编制动态调整办法 | 2025-12-15 | high | converted | 是否在总量内向区交通委、区商务委调剂行政编制 |
R-11 | establishment | 统筹各类编制使用，突出“瘦身”和“健身”相结合，优化部门机构编制配备，提高编制使用效益。 | DP08 | DP20 | district | 编制使用效益评估报告 | 2026-03-31 | low | amended | |
"""

LINKS = """
problem_id | recs
P-01 | R-01;R-02
P-02 | R-02
P-03 | R-03
P-04 | R-04;R-05;R-06
P-05 | R-04;R-05;R-06
P-06 | R-04;R-05;R-06
P-07 | R-09;R-10;R-11
P-08 | R-10;R-11
P-09 | R-09
P-10 | R-07
P-11 | R-07;R-08
"""

TASKS = """
task_id | problem_id | rec_id | measure | owner | support_depts | rectification_type | start_on | due_on | progress_share | status | returned_count | reopened_count | evidence_ref | verified_by_role | verified_by_dept | closed_on
T-001 | P-01 | R-01 | 逐家修订区委议事协调机构工作规则，明确会议频次和议事程序 | DP02 | DP07;DP13;DP27 | deadline | 2025-08-01 | 2025-12-31 | 0.65 | in_progress | 0 | 0 | | | |
T-002 | P-01 | R-01 | 出台区委财经委员会工作细则，印发成员单位分工 | DP13 | | deadline | 2025-08-01 | 2025-10-15 | 0.8 | in_progress | 1 | 0 | | | |
T-003 | P-01 | R-02 | 印发宣传思想工作领导小组成员单位任务分工 | DP04 | | deadline | 2025-08-01 | 2025-09-30 | 1.0 | closed | 0 | 0 | 示宣组〔2025〕6号 | 区委办公室综合科科长 | DP02 | 2025-09-28
T-004 | P-02 | R-02 | 建立成员单位联络员半年更新和议定事项督办通报制度 | DP02 | DP09;DP32 | deadline | 2025-08-01 | 2025-11-30 | 0.7 | in_progress | 0 | 0 | | | |
T-005 | P-02 | R-02 | 更新区委网信委成员单位联络员名单并开展一次联络员培训 | DP09 | | deadline | 2025-08-01 | 2025-09-15 | 1.0 | closed | 0 | 0 | 联络员名单（24家） | 区委办公室综合科科长 | DP02 | 2025-09-18
T-006 | P-03 | R-03 | 编制办事机构职责清单范本并指导4家部门单列清单 | DP08 | DP06;DP09;DP13;DP28 | deadline | 2025-08-01 | 2025-10-20 | 0.75 | in_progress | 1 | 0 | | | |
T-007 | P-03 | R-03 | 单列平安建设领导小组办公室职责清单，明确专人 | DP06 | | deadline | 2025-08-01 | 2025-10-31 | 0.95 | to_close | 0 | 0 | 办公室职责清单（送审稿） | | |
T-008 | P-04 | R-04 | 向市委编办请示老龄工作职责口径，口径明确后办理编制划转 | DP08 | DP18;DP29 | deadline | 2025-08-01 | 2025-12-31 | 0.3 | pending_city | 0 | 0 | | | |
T-009 | P-05 | R-04 | 向市委编办请示外国专家管理职责口径，过渡期实行联合受理 | DP08 | DP17;DP21 | deadline | 2025-08-01 | 2025-12-31 | 0.3 | pending_city | 0 | 0 | | | |
T-010 | P-06 | R-05 | 汛后会商水旱灾害防治职责划转方案，按市级要求明确 | DP08 | DP28;DP31 | deadline | 2025-08-01 | 2025-12-31 | 0.4 | pending_city | 0 | 0 | | | |
T-011 | P-07 | R-10 | 开展区交通委编制专题调研，提出行政编制调剂方案 | DP08 | DP26 | deadline | 2025-08-01 | 2025-12-15 | 0.45 | in_progress | 0 | 0 | | | |
T-012 | P-07 | R-11 | 清理规范区交通委借用人员，分批归还或按程序调任 | DP26 | DP08 | deadline | 2025-08-01 | 2025-10-31 | 0.5 | in_progress | 2 | 0 | | | |
T-013 | P-08 | R-10 | 开展区商务委业务量核算，提出行政编制调剂方案 | DP08 | DP15 | deadline | 2025-08-01 | 2025-12-15 | 0.6 | in_progress | 0 | 0 | | | |
T-014 | P-08 | R-10 | 制定区级机关行政编制动态调整办法 | DP08 | DP20 | deadline | 2025-08-15 | 2025-11-15 | 0.85 | in_progress | 0 | 0 | | | |
T-015 | P-09 | R-09 | 制定年度专业能力培训计划，分条线组织新划入岗位培训 | DP21 | DP03;DP31 | long_term | 2025-08-01 | 2026-06-30 | 0.35 | in_progress | 0 | 0 | | | |
T-016 | P-09 | R-09 | 面向专业单位选调安全监管人员，补充注册安全工程师 | DP31 | DP03 | deadline | 2025-08-15 | 2025-12-31 | 0.2 | in_progress | 0 | 0 | | | |
T-017 | P-10 | R-07 | 配备区文化和旅游局科室负责人和工作人员，印发科室职责 | DP24 | DP03 | immediate | 2025-07-17 | 2025-07-31 | 1.0 | closed | 0 | 0 | 任职文件8份、科室职责印发件8份 | 区委编办监督检查科科长 | DP08 | 2025-08-22
T-018 | P-11 | R-08 | 统一文化、旅游、广电审批流程和受理窗口 | DP24 | | deadline | 2025-08-01 | 2025-11-15 | 0.7 | in_progress | 0 | 1 | | | |
T-019 | P-11 | R-08 | 统一农业农村项目管理制度，取消分片管理 | DP27 | | deadline | 2025-08-01 | 2025-10-31 | 1.0 | closed | 0 | 0 | 示农委〔2025〕41号 | 区委编办监督检查科科长 | DP08 | 2025-10-27
T-020 | P-11 | R-07 | 梳理重复提交材料和登记环节，形成流程优化清单 | DP12 | DP22;DP25 | deadline | 2025-08-01 | 2025-11-30 | 0.8 | in_progress | 0 | 0 | | | |
"""

FOUND_ON = {"P-07": "2025-07-15", "P-08": "2025-07-14", "P-10": "2025-07-14"}


def problems() -> pd.DataFrame:
    """Return the eleven problems of the ledger."""
    return typed("problems", [_problem(row) for row in read_table(PROBLEMS)])


def _problem(row: dict) -> dict:
    code = row["problem_id"]
    closure = CLOSURE.get(code, "").split(";") if code in CLOSURE else [None] * len(CRITERIA)
    return (
        row
        | {"description": DESCRIPTIONS[code], "found_on": FOUND_ON.get(code, "2025-07-18")}
        | {"verified_by_dept": "DP08" if row["status"] == "closed" else None}
        | {f"closure_{name}": value for name, value in zip(CRITERIA, closure, strict=True)}
    )


def problem_depts() -> pd.DataFrame:
    """Return the departments each problem concerns, the one mainly responsible first."""
    rows = []
    for row in read_table(CONCERNED):
        pairs = [(row["main"], "main")]
        pairs += [(code, "support") for code in (row["support"] or "").split(";") if code]
        rows += [
            {"problem_id": row["problem_id"], "dept_code": code, "role": role}
            for code, role in pairs
        ]
    return typed("problem_depts", rows)


def recommendations() -> pd.DataFrame:
    """Return the eleven recommendations; three of them ask for a decision."""
    return typed("recommendations", read_table(RECOMMENDATIONS))


def problem_recs() -> pd.DataFrame:
    """Return which recommendation answers which problem."""
    rows = [
        {"problem_id": row["problem_id"], "rec_id": rec_id}
        for row in read_table(LINKS)
        for rec_id in row["recs"].split(";")
    ]
    return typed("problem_recs", rows)


def tasks() -> pd.DataFrame:
    """Return the rectification tasks as they stand at the date of reckoning."""
    return typed("tasks", read_table(TASKS))
