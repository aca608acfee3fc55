"""The visits (回访记录), what they found (发现) and deductions and bonuses (加减分)."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

VISIT_DAYS = pd.to_datetime(
    ["2025-07-14", "2025-07-15", "2025-07-16", "2025-07-17", "2025-07-18"]
).as_unit("us")
METHODS = (
    "briefing;meeting;documents;site", "briefing;meeting;interview;documents",
    "briefing;documents;site;questionnaire", "briefing;meeting;interview;documents;site",
)  # fmt: skip

FINDINGS = """
dept_code | indicator_id | category | text | immediate_done_on | suggestion | becomes
DP03 | C11 | STAFF | 公务员科统计分析岗位2人均无数据分析背景，靠加班核对报表 | | 组织业务数据培训 | P-09
DP03 | B06 | COORD | 人才工作领导小组议定事项办结及时，督办台账可供其他部门借鉴 | | 推广督办台账做法 | 经验类，不列入问题台账
DP03 | A07 | DUTY | 公务员历史档案136卷未数字化 | 2025-07-23 | 限期完成 | 已立行立改
DP04 | B06 | COORD | 宣传思想工作领导小组6家成员单位未明确责任科室 | | 印发成员单位分工方案 | P-01
DP04 | C05 | IMPL | 科室负责人到位用时34天，略超一个月 | | 优化选任程序 | 已按指标计分，不单列问题
DP05 | C03 | IMPL | 侨务科负责人空缺，由民族宗教科代管 | 2025-07-24 | 尽快配备 | 已立行立改
DP05 | C11 | STAFF | 划入民族宗教岗位的3名干部首次从事该项工作 | | 安排跟班学习 | P-09
DP05 | B06 | COORD | 统战工作领导小组会议按期召开，议定事项全部落实 | | 坚持好的做法 | 经验类，不列入问题台账
DP06 | B06 | COORD | 平安建设领导小组办公室与综治科合并运转，未单列办公室职责清单 | | 厘清办公室与科室定位 | P-03
DP06 | B06 | COORD | 领导小组议定事项由成员单位自行销账，办公室缺少跟踪 | | 办公室按月通报 | P-02
DP06 | C09 | OTHER | 反邪教职责划入后宣传阵地未更新 | 2025-07-22 | 立即更换 | 已立行立改
DP09 | B06 | COORD | 网信委成员单位联络员名单自2023年起未更新，办公室催办无对象 | | 建立联络员更新机制 | P-02
DP09 | B06 | COORD | 网信委办事机构职责与机关科室职责混写在一份文件中 | | 单独编制职责清单 | P-03
DP09 | C04 | STAFF | 应急指挥科除负责人外无人到岗，全天候值守难以为继 | | 调剂人员充实值守 | P-09
DP12 | D05 | OTHER | 政务数据平台2个管理员权限仍在原部门 | 2025-07-25 | 协调变更权限 | 已立行立改
DP12 | C01 | IMPL | 外事科科室职责未印发 | 2025-07-23 | 限期印发 | 已立行立改
DP12 | A09 | IMPL | 复议人员划出后公文流转仍经两道登记 | | 精简流程 | P-11
DP13 | B06 | COORD | 区委财经委员会工作细则未出台，应开会议2次实开1次 | | 年内印发工作细则 | P-01
DP13 | B06 | COORD | 财经委办公室职责由综合规划科兼办，与机关职责不分 | | 单列办公室职责清单 | P-03
DP13 | B01 | DUTY | 节能监察牵头单位不明，与区经济信息化委条款交叉 | | 编办协调明确牵头 | 待归并
DP14 | C11 | STAFF | 信息化推进科专业人员随职责划出后仅余2人 | | 组织业务培训 | P-09
DP14 | C10 | OTHER | 权责清单已按新“三定”公布，更新及时 | | 坚持好的做法 | 经验类，不列入问题台账
DP15 | C06 | STAFF | 核定22名已满编，借入5人，人均年办件180件，力量偏紧突出 | | 动态核增行政编制 | P-08
DP15 | C03 | STAFF | 对外贸易科负责人空缺，外资与外贸两条线一人兼管 | | 支持跨部门交流任职 | P-08
DP15 | A01 | IMPL | 集中办公晚于计划26天，服务窗口仍在两处 | | 统筹办公用房 | P-11
DP17 | A04 | DUTY | 外国专家管理审批权限仍在区人社局，区科委仅承担日常服务 | | 明确市级口径 | P-05
DP17 | C10 | DUTY | 外国人工作许可事项未列入两家任何一方的权责清单 | | 口径明确后同步调整 | P-05
DP17 | C01 | IMPL | 外国专家工作科科室职责未印发 | 2025-07-25 | 限期印发 | 已立行立改
DP18 | A04 | DUTY | 老龄工作2名编制未划转，养老与老龄工作仍由同一科室承担 | | 按市级要求一并明确 | P-04
DP18 | A04 | DUTY | 医疗救助移交状态与区医保局填报不一致 | | 双方现场确认 | 由双方对碰清单跟踪
DP18 | C11 | STAFF | 社会救助科对口专业人员不足 | | 加强业务培训 | P-09
DP19 | A09 | IMPL | 合并后64件制度修订61件，流程已并轨，融合成效较好 | | 推广做法 | 经验类，不列入问题台账
DP19 | B06 | COORD | 依法治区委成员单位报送材料口径不一 | | 统一报送模板 | P-01
DP19 | D05 | OTHER | 原法制办网页链接未迁移 | 2025-07-21 | 立即整改 | 已立行立改
DP21 | A04 | DUTY | 外国专家管理职责状态两家填报不一致，办件仍在本局窗口 | | 明确市级口径 | P-05
DP21 | C09 | DUTY | 转出6项职责的过渡期联络人未公布 | 2025-07-24 | 立即公布 | 已立行立改
DP21 | C11 | STAFF | 农民工工作划入后缺少统计专业人员 | | 组织培训 | P-09
DP22 | C02 | IMPL | 地名和测绘科门牌为“地名和测绘中心”，与核定名称不一致 | 2025-07-21 | 立即更换门牌 | 已立行立改
DP22 | B04 | DUTY | 门弄号管理是否随地名划转，双方意见不一 | | 编办协调明确 | 待归并
DP22 | A09 | IMPL | 规划与土地审批仍有3项材料重复提交 | | 推进多审合一 | P-11
DP23 | A09 | IMPL | 应对气候变化职责划入后统计、审批、执法已按新流程运转 | | 推广做法 | 经验类，不列入问题台账
DP23 | C11 | STAFF | 土壤和固废管理专业人员年龄偏大 | | 引进青年专业人才 | P-09
DP24 | C03 | IMPL | 核定科室8个，基准日4个科室负责人未到位，回访期间已全部配备 | 2025-07-25 | 立整立改，限期到位 | P-10
DP24 | C01 | IMPL | 5个科室职责未印发，回访期间已印发 | 2025-07-28 | 立即印发科室职责 | P-10
DP24 | C04 | IMPL | 2个科室除负责人外无人到岗，已从内部调剂到位 | 2025-07-25 | 内部调剂 | P-10
DP24 | A09 | IMPL | 审批仍在原两处窗口受理，合并呈“物理相加” | | 统一流程和窗口 | P-11
DP25 | C07 | STAFF | 核定副职5名、实配6名，未见批准文件 | | 限期消化 | 按职数管理规定另行处理
DP25 | C01 | IMPL | 3个科室职责未随交通职责划出而修订 | | 限期印发 | P-11
DP25 | A06 | DUTY | 61条道路养护资产移交手续办理中 | | 明确移交时点 | 由双方对碰清单跟踪
DP26 | C06 | STAFF | 核定26名满编，借入7人，监管对象增加四成，一名科员承担三条业务线 | | 研究增核行政编制 | P-07
DP26 | C04 | STAFF | 公共交通科除负责人外无人到岗，值守靠借用人员 | | 规范借用并逐步充实 | P-07
DP26 | A04 | DUTY | 渣土运输执法未移交到位，与区城管执法局填报不一致 | | 明确移交时点 | 由双方对碰清单跟踪
DP26 | A09 | IMPL | 分3处办公，道路运输与公交审批流程各自运行 | | 统筹用房、并轨流程 | P-11
DP27 | B06 | COORD | 农村工作领导小组应开会议2次实开1次，无督办台账 | | 修订规则、建立台账 | P-01
DP27 | A09 | IMPL | 五类划入业务分片管理，项目管理制度两套并行 | | 统一项目管理制度 | P-11
DP27 | C11 | STAFF | 农田建设管理对口专业人员4名，低于业务需求 | | 补充专业人员 | P-09
DP28 | A04 | DUTY | 水旱灾害防治职责待市级明确，汛期按会议纪要继续承担 | | 汛后一并明确 | P-06
DP28 | B06 | COORD | 防汛指挥部办公室职责与水利管理科职责未区分 | | 明确办公室定位 | P-03
DP28 | C06 | STAFF | 行政编制超编1名，未见消化计划 | | 限期报送消化计划 | 按编制管理规定另行处理
DP29 | A04 | DUTY | 老龄健康职责已履行但编制、人员未随转，两部门重复检查医养机构 | | 建立联合检查机制 | P-04
DP29 | C11 | STAFF | 人口监测岗位专业人员不足 | | 组织培训 | P-09
DP29 | A09 | IMPL | 原卫生、计生两套信息报表并行 | | 统一报表 | P-11
DP30 | C11 | STAFF | 优抚褒扬科岗位培训计划未实施，政策解答口径不一 | | 开展政策培训 | P-09
DP30 | C03 | IMPL | 优抚褒扬科负责人未到位 | 2025-07-25 | 限期配备 | 已立行立改
DP30 | C06 | STAFF | 核定18名实有14名，军休服务力量不足 | | 优先调剂军转干部 | P-09
DP31 | A04 | DUTY | 水旱灾害防治职责未划入，应急抢险与日常防汛分工为临时安排 | | 明确市级口径 | P-06
DP31 | C11 | STAFF | 注册安全工程师仅3名，高危行业监管专业力量缺口明显且无补充方案 | | 面向专业单位调任 | P-09
DP31 | C02 | IMPL | 调查评估和统计科尚未设置，2个科室负责人未到位 | | 限期配齐 | 待归并
DP32 | C02 | IMPL | 自行设立网络交易监管科，未报批 | | 限期撤并或报批 | 按机构管理规定另行处理
DP32 | B06 | COORD | 食药安委会成员单位反映任务分解较粗 | | 细化年度任务 | P-02
DP32 | A09 | IMPL | 价格检查与市场执法已合并派单 | | 推广做法 | 经验类，不列入问题台账
DP33 | A03 | DUTY | 医保经办转隶人员2人档案未转 | 2025-07-24 | 限期转递 | 已立行立改
DP33 | A04 | DUTY | 医疗救助系统未移交，每月人工核对约1300人次 | | 区级统筹系统移交 | 由双方对碰清单跟踪
DP33 | C11 | STAFF | 基金监管科专业培训需加强 | | 开展专题培训 | P-09
"""
"""becomes: the problem it is merged into, 待归并, or why it is not adopted."""

ADJUSTMENTS = """
dept_code | item_id | count | reason | evidence_ref | approval_no
DP32 | K01 | 1 | 未经批准设立网络交易监管科 | 门牌照片、内部发文 |
DP25 | K03 | 1 | 部门副职超核定职数1名，无批准文件 | 任职文件 |
DP28 | K02 | 1 | 行政编制超编1名，无消化计划 | 实名制台账 |
DP26 | K04 | 3 | 长期借用下属事业单位人员占岗，超过一年 | 借用名册（仅人数） |
DP19 | E01 | 1 | 合并单位制度清单化修订做法经编办认定可复制 | 工作简报 | 示编办〔2025〕31号
DP23 | E01 | 1 | 职责划入与流程再造同步做法经编办认定可复制 | 工作简报 | 示编办〔2025〕31号
DP24 | E02 | 1 | 回访前主动报告并提前完成科室负责人配备 | 任职文件 |
DP03 | E02 | 1 | 主动发现系统数据不一致并提前整改 | 核对报告 |
"""


def visits(departments: pd.DataFrame) -> pd.DataFrame:
    """Return one visit per visited department: two a day for each group, in protocol order."""
    visited = departments[departments["mode"] == "visit"]
    rows = []
    for group_id, members in visited.groupby("group_id"):
        for turn, code in enumerate(members["dept_code"]):
            rows.append(_visit(group_id, code, turn))
    return typed("visits", rows)


def _visit(group_id: str, code: str, turn: int) -> dict:
    return {
        "group_id": group_id, "dept_code": code, "visit_on": VISIT_DAYS[turn // 2],
        "half_day": "am" if turn % 2 == 0 else "pm", "methods": METHODS[turn % len(METHODS)],
        "participants_count": 8 + 3 * (int(code[2:]) % 4),
        "minutes_ref": f"回访纪要{group_id}-{turn + 1:02d}",
    }  # fmt: skip


def findings(departments: pd.DataFrame) -> pd.DataFrame:
    """Return the raw findings, numbered in protocol order."""
    group_of = departments.set_index("dept_code")["group_id"]
    rows = [
        {
            "finding_id": finding_id, "dept_code": row["dept_code"],
            "group_id": group_of[row["dept_code"]], "indicator_id": row["indicator_id"],
            "category": row["category"], "text": row["text"],
            "quote_ref": "座谈记录" if row["category"] in ("STAFF", "COORD") else "查阅资料",
            "is_immediate": row["immediate_done_on"] is not None,
            "immediate_done_on": row["immediate_done_on"], "suggestion": row["suggestion"],
        }
        for finding_id, row in numbered()
    ]  # fmt: skip
    return typed("findings", rows)


def numbered() -> list[tuple[str, dict]]:
    """Return the findings with their numbers, as the groups issued them."""
    return [(f"F-{number:03d}", row) for number, row in enumerate(read_table(FINDINGS), start=1)]


def problem_findings() -> pd.DataFrame:
    """Return what became of every finding: merged, to be merged, or not adopted with a reason."""
    return typed(
        "problem_findings",
        [{"finding_id": finding_id} | _fate(row["becomes"]) for finding_id, row in numbered()],
    )


def _fate(becomes: str) -> dict:
    if becomes.startswith("P-"):
        return {"status": "merged", "problem_id": becomes}
    if becomes == "待归并":
        return {"status": "unmerged"}
    return {"status": "declined", "reason": becomes}


def adjustments() -> pd.DataFrame:
    """Return the deductions and bonuses the groups entered."""
    return typed("adjustments", read_table(ADJUSTMENTS))
