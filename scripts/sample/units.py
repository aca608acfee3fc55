"""Internal units (内设机构): names, heads, people; the merged department is late."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .staffing import leaders, posts
from .tables import read_table, typed

SEED = 20250630

UNITS = """
dept_code | units
DP01 | 办公室 组织部 宣传部 党风政风监督室 信访室 案件监督管理室 第一纪检监察室 第二纪检监察室 案件审理室 干部监督室
DP02 | 秘书科 综合科 信息科 督查室 机要保密科 档案业务指导科 行政科
DP03 | 办公室 组织一科 组织二科 干部一科 干部二科 干部监督科 公务员科 人才工作科
DP04 | 办公室 理论科 新闻科 宣传文化科 文明创建科 新闻出版和电影科
DP05 | 办公室 党派和党外干部科 经济科 民族宗教科 侨务科
DP06 | 办公室 执法监督科 社会治安综合治理科 维护稳定科 队伍建设科
DP07 | 综合科 经济研究科 社会研究科 改革协调科
DP08 | 综合科 机关机构编制科 事业机构编制科 监督检查科
DP09 | 综合科 网络内容管理科 网络安全协调科 应急指挥科
DP10 | 办公室 组织科 宣传科
DP11 | 办公室 接访科 办信科 督查科
DP12 | 综合一科 综合二科 秘书科 信息公开科 政务数据科 督查室 建议提案科 外事科
DP13 | 办公室 综合规划科 固定资产投资科 产业发展科 社会发展科 能源科 信用建设科 粮食和物资储备科 营商环境科
DP14 | 办公室 工业发展科 中小企业科 信息化推进科 生产性服务业科 安全节能科
DP15 | 办公室 商贸流通科 市场运行科 外资管理科 对外贸易科
DP16 | 办公室 人事科 基础教育科 职业教育和终身教育科 校外培训监管科 计划财务科 安全稳定科 督导室
DP17 | 办公室 高新技术科 科技创新服务科 科学普及科 外国专家工作科
DP18 | 办公室 社会救助科 社会组织管理科 基层政权建设科 养老服务科 社会事务科
DP19 | 办公室 法治综合科 行政复议应诉科 合法性审查科 普法与依法治理科 人民参与和促进法治科 公共法律服务科 社区矫正科 律师公证工作科
DP20 | 办公室 预算科 国库科 行政政法科 教科文科 社会保障科 农业科 资产管理科 会计监督科
DP21 | 办公室 就业促进科 职业能力建设科 人才开发科 事业单位人事管理科 工资福利科 社会保险科 劳动关系科 调解仲裁科
DP22 | 办公室 详细规划科 总体规划科 土地利用科 耕地保护科 权籍管理科 建设项目管理科 地名和测绘科 执法监督科
DP23 | 办公室 综合规划科 水生态环境科 大气环境科 土壤和固废管理科 环境影响评价科 应对气候变化科
DP24 | 办公室 公共文化科 艺术科 文化遗产科 广播电视科 旅游行业管理科 市场推广科 产业发展科
DP25 | 办公室 建设市场科 工程质量安全科 市政设施科 燃气和地下管线科 村镇建设科 科技与标准科
DP26 | 办公室 综合计划科 道路运输科 公共交通科 路政设施科 静态交通科
DP27 | 办公室 秘书科 乡村振兴科 种植业管理科 畜牧水产科 农村经济管理科 农田建设管理科 社会事业促进科
DP28 | 办公室 水资源科 水利管理科 排水管理科 河长制工作科 建设管理科
DP29 | 办公室 规划发展科 疾病预防控制科 医政医管科 基层卫生科 妇幼健康科 人口监测与家庭发展科 综合监督科
DP30 | 办公室 思想政治和权益维护科 移交安置科 优抚褒扬科
DP31 | 办公室 应急指挥科 危险化学品监管科 工贸行业监管科 减灾救灾科 调查评估和统计科
DP32 | 办公室 政策法规科 登记许可科 信用监管科 价格监督检查科 反不正当竞争科 知识产权科 食品生产监管科 食品经营监管科 药品监管科
DP33 | 办公室 待遇保障科 医药服务和价格管理科 基金监管科
DP34 | 办公室 法制科 执法监督科 勤务指挥科 装备科
"""

STATES = """
dept_code | days | late_heads | no_duties | head_alone | not_set_up | extra | renamed
DP03 | 26 | 0 | 0 | 0 | 0 | |
DP04 | 34 | 0 | 0 | 0 | 0 | |
DP05 | 52 | 1 | 1 | 0 | 0 | |
DP06 | 28 | 0 | 0 | 0 | 0 | |
DP09 | 75 | 0 | 1 | 1 | 0 | |
DP12 | 44 | 0 | 1 | 0 | 0 | |
DP13 | 58 | 0 | 1 | 0 | 0 | |
DP14 | 29 | 0 | 0 | 0 | 0 | |
DP15 | 68 | 1 | 1 | 0 | 0 | |
DP17 | 48 | 0 | 1 | 0 | 0 | |
DP18 | 40 | 0 | 1 | 0 | 0 | |
DP19 | 30 | 0 | 0 | 0 | 0 | |
DP21 | 55 | 0 | 0 | 0 | 0 | |
DP22 | 57 | 1 | 1 | 0 | 0 | | 地名和测绘科
DP23 | 27 | 0 | 0 | 0 | 0 | |
DP24 | 99 | 4 | 5 | 2 | 0 | | 市场推广科
DP25 | 72 | 1 | 3 | 0 | 0 | |
DP26 | 88 | 2 | 2 | 1 | 0 | |
DP27 | 70 | 1 | 2 | 1 | 1 | |
DP28 | 51 | 0 | 1 | 0 | 0 | |
DP29 | 46 | 0 | 1 | 0 | 0 | |
DP30 | 80 | 1 | 1 | 1 | 0 | |
DP31 | 99 | 2 | 3 | 2 | 1 | |
DP32 | 36 | 0 | 0 | 0 | 0 | 网络交易监管科 |
DP33 | 29 | 0 | 0 | 0 | 0 | |
DP16 | 0 | 1 | 0 | 0 | 0 | |
DP20 | 0 | 1 | 0 | 0 | 0 | |
DP34 | 0 | 2 | 2 | 1 | 0 | 机动中队管理科 |
"""
"""days: from issue of the regulation to the last head in place; the others count units.
extra: a unit set up without approval; renamed: a unit that hangs another name."""

EARLIER_ON = pd.Timestamp("2019-03-18")
"""When the units of departments without a reissued regulation were set up."""

NOTHING_LATE = {
    "days": 0, "late_heads": 0, "no_duties": 0, "head_alone": 0, "not_set_up": 0,
    "extra": None, "renamed": None,
}  # fmt: skip


def internal_units(departments: pd.DataFrame) -> pd.DataFrame:
    """Return one row per internal unit of every department."""
    names = {row["dept_code"]: row["units"].split() for row in read_table(UNITS)}
    states = {row["dept_code"]: _state(row) for row in read_table(STATES)}
    rows = [
        row
        for department in departments.itertuples()
        for row in _units_of(
            department, names[department.dept_code], states.get(department.dept_code, NOTHING_LATE)
        )
    ]
    return typed("internal_units", rows)


def _state(row: dict) -> dict:
    return {key: int(value) if value and value.isdigit() else value for key, value in row.items()}


def _units_of(department, names: list[str], state: dict) -> list[dict]:
    """Fill the people first, then let the last units of the list be the late ones."""
    rng = np.random.default_rng([SEED, department.protocol_order])
    approved, actual = _people(posts()[department.dept_code], len(names), state, rng)
    rows = []
    for position, name in enumerate(names):
        from_last = len(names) - 1 - position
        is_set_up = from_last >= state["not_set_up"]
        has_head = is_set_up and from_last >= state["late_heads"]
        rows.append(
            {
                "dept_code": department.dept_code,
                "unit_name": name if name != state["renamed"] else f"{name[:-1]}中心",
                "approved_name": name, "is_in_three_det": True, "is_nameplate": False,
                "is_set_up": is_set_up, "approved_staff_count": approved[position],
                "actual_staff_count": actual[position], "head_posts_count": 1,
                "is_head_in_place": has_head,
                "is_duties_issued": from_last >= state["no_duties"],
                "predecessor_mix": _mix(department, position),
                "remark": _remark(is_set_up, has_head),
            }
            | _dates(department, state, is_set_up, has_head, position, rng)
        )  # fmt: skip
    return rows + _extra(department, state)


def _people(row: dict, count: int, state: dict, rng) -> tuple[list[int], list[int]]:
    """Share out the administrative posts below the department's leaders.

    Units not set up hold nobody; those with a head alone stand before the ones without a head.
    """
    leaders_approved, leaders_filled = leaders(row)
    approved = _share_out(row["approved"] - leaders_approved, count, rng)
    actual = list(approved)
    missing = sum(approved) - (row["filled"] - leaders_filled)
    closed = range(count - state["not_set_up"], count)
    first_late = count - max(state["late_heads"], state["not_set_up"])
    alone = range(first_late - state["head_alone"], first_late)
    for position in (*closed, *alone):
        kept = 1 if position in alone else 0
        missing -= actual[position] - kept
        actual[position] = kept
    position = 0
    while missing != 0:
        step = 1 if missing > 0 else -1
        if position not in (*closed, *alone) and (step < 0 or actual[position] > 2):
            actual[position] -= step
            missing -= step
        position = (position + 1) % count
    return approved, actual


def _share_out(total: int, count: int, rng) -> list[int]:
    base = [total // count] * count
    for position in range(total % count):
        base[position] += 1
    if count > 3 and base[-2] > 3:
        base[int(rng.integers(1, count - 2))] += 1
        base[-2] -= 1
    return base


def _mix(department, position: int) -> str:
    if department.change_type in ("merged", "rebuilt"):
        return "merged" if position % 3 != 1 else "single"
    if department.change_type == "new":
        return "new" if position % 2 else "merged"
    return "single"


def _remark(is_set_up: bool, has_head: bool) -> str | None:
    if not is_set_up:
        return "科室尚在筹建，业务由相关科室代管"
    return None if has_head else "负责人选正在酝酿"


def _dates(department, state: dict, is_set_up: bool, has_head: bool, position: int, rng) -> dict:
    if pd.isna(department.three_det_on):
        return {"set_up_on": EARLIER_ON, "head_on": EARLIER_ON if has_head else pd.NaT}
    issued = department.three_det_on
    set_up_on = issued + pd.Timedelta(days=int(rng.integers(8, 22))) if is_set_up else pd.NaT
    days = state["days"] if position == 0 else int(rng.integers(22, max(state["days"], 23)))
    return {
        "set_up_on": set_up_on,
        "head_on": issued + pd.Timedelta(days=days) if has_head else pd.NaT,
    }


def _extra(department, state: dict) -> list[dict]:
    if state["extra"] is None:
        return []
    return [
        {
            "dept_code": department.dept_code, "unit_name": state["extra"],
            "is_in_three_det": False, "is_nameplate": False, "is_set_up": True,
            "set_up_on": pd.Timestamp("2025-05-06"), "actual_staff_count": 0,
            "approved_staff_count": 0, "head_posts_count": 0, "is_head_in_place": False,
            "is_duties_issued": False, "predecessor_mix": "new",
            "remark": "因专项工作需要自行设立，人员由相关科室兼任",
        }
    ]  # fmt: skip
