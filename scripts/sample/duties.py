"""Transfers of duties and of staff; every matter is reported by both sides, with planted disputes."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

DUE_ON = "2025-05-31"

MATTERS = """
matter_id | matter | from_dept | to_dept | basis_no | status | done_on | posts_count | posts_done_count | staff_count | staff_done_count | handover | obstacle | remark
DT-01 | 老龄工作职责 | DP18 | DP29 | 示委编〔2025〕21号 | pending_city | | 2 | 0 | 2 | 0 | none | city_calibre | 市级老龄工作职责调整口径未明，编制暂未划转
DT-02 | 外国专家管理职责 | DP21 | DP17 | 示委编〔2025〕22号 | pending_city | | 2 | 0 | 1 | 0 | none | city_calibre | 市级外国专家管理口径未明，人员编制待定
DT-03 | 水旱灾害防治职责 | DP28 | DP31 | 示委编〔2025〕23号 | pending_city | | 3 | 0 | 2 | 0 | none | city_calibre | 市级防汛防旱指挥体系调整未定，暂由区水务局继续承担
DT-04 | 道路运输与公共交通管理职责 | DP25 | DP26 | 示委编〔2025〕12号 | done | 2025-04-18 | 14 | 14 | 14 | 14 | both | | 执法队伍同步划转
DT-05 | 商贸流通与外资管理职责 | DP14 | DP15 | 示委编〔2025〕13号 | done | 2025-04-16 | 12 | 12 | 11 | 11 | both | | 一次性整体划转
DT-06 | 基本医疗保险管理职责 | DP21 | DP33 | 示委编〔2025〕14号 | done | 2025-04-25 | 6 | 6 | 6 | 6 | both | |
DT-07 | 医疗服务价格管理职责 | DP13 | DP33 | 示委编〔2025〕14号 | done | 2025-04-28 | 2 | 2 | 1 | 1 | both | |
DT-08 | 医疗救助职责 | DP18 | DP33 | 示委编〔2025〕14号 | partial | | 2 | 2 | 2 | 1 | single | systems | 救助信息系统未移交，业务暂由双方联合受理
DT-09 | 退役士兵安置和优抚职责 | DP18 | DP30 | 示委编〔2025〕15号 | done | 2025-04-22 | 5 | 5 | 5 | 5 | both | |
DT-10 | 军队转业干部安置职责 | DP21 | DP30 | 示委编〔2025〕15号 | done | 2025-04-30 | 2 | 2 | 2 | 2 | both | |
DT-11 | 救灾职责 | DP18 | DP31 | 示委编〔2025〕16号 | done | 2025-05-08 | 2 | 2 | 2 | 2 | both | | 救灾物资仓库一并移交
DT-12 | 农田水利建设管理职责 | DP28 | DP27 | 示委编〔2025〕17号 | partial | | 3 | 2 | 3 | 2 | single | staff | 一名技术人员因在建项目未完暂缓转隶
DT-13 | 农业投资项目管理职责 | DP13 | DP27 | 示委编〔2025〕17号 | done | 2025-05-12 | 1 | 1 | 1 | 1 | both | |
DT-14 | 农业综合开发项目管理职责 | DP20 | DP27 | 示委编〔2025〕17号 | done | 2025-05-15 | 2 | 2 | 2 | 2 | both | |
DT-15 | 入河排污口设置管理职责 | DP28 | DP23 | 示委编〔2025〕18号 | done | 2025-05-09 | 1 | 1 | 1 | 1 | both | |
DT-16 | 应对气候变化和减排职责 | DP13 | DP23 | 示委编〔2025〕18号 | done | 2025-05-06 | 1 | 1 | 0 | 0 | both | | 不涉及人员
DT-17 | 公务员管理职责 | DP21 | DP03 | 示委编〔2025〕8号 | done | 2025-04-11 | 4 | 4 | 4 | 4 | both | |
DT-18 | 新闻出版和电影管理职责 | DP24 | DP04 | 示委编〔2025〕9号 | done | 2025-04-15 | 3 | 3 | 3 | 3 | both | |
DT-19 | 民族宗教和侨务管理职责 | DP12 | DP05 | 示委编〔2025〕10号 | done | 2025-04-14 | 4 | 4 | 4 | 4 | both | |
DT-20 | 价格监督检查和反垄断职责 | DP13 | DP32 | 示委编〔2025〕19号 | done | 2025-05-16 | 4 | 4 | 4 | 4 | both | |
DT-21 | 知识产权管理职责 | DP17 | DP32 | 示委编〔2025〕19号 | partial | | 3 | 2 | 2 | 2 | both | understanding | 专利导航工作双方理解不一，尚余一名编制未划
DT-22 | 地名管理职责 | DP18 | DP22 | 示委编〔2025〕20号 | disputed | | 1 | 0 | 1 | 0 | none | understanding | 门弄号管理是否一并划转，双方意见不一
DT-23 | 网络信息内容管理职责 | DP04 | DP09 | 示委编〔2025〕11号 | done | 2025-04-10 | 5 | 5 | 5 | 5 | both | |
DT-24 | 行政复议和应诉职责 | DP12 | DP19 | 示委编〔2025〕11号 | done | 2025-04-08 | 4 | 4 | 4 | 4 | both | |
DT-25 | 反邪教和社会治安综合治理职责 | DP02 | DP06 | 示委编〔2025〕8号 | done | 2025-04-17 | 3 | 3 | 3 | 3 | both | |
DT-26 | 建筑渣土运输执法职责 | DP34 | DP26 | 示委编〔2025〕12号 | not_done | | 2 | 0 | 2 | 0 | single | staff | 人员名册未确认，案件卷宗未移交
DT-27 | 政务数据和电子政务管理职责 | DP14 | DP12 | 示委编〔2025〕24号 | done | 2025-05-20 | 3 | 3 | 3 | 3 | both | |
DT-28 | 档案行政管理职责 | DP12 | DP02 | 示委编〔2025〕8号 | done | 2025-04-21 | 2 | 2 | 2 | 2 | both | |
DT-29 | 校外教育培训机构管理职责 | DP21 | DP16 | 示委编〔2025〕25号 | done | 2025-05-22 | 1 | 1 | 1 | 1 | both | |
DT-30 | 科技金融和创业投资引导职责 | DP13 | DP17 | 示委编〔2025〕22号 | done | 2025-05-19 | 2 | 2 | 2 | 2 | both | |
DT-31 | 养老机构医养结合指导职责 | DP29 | DP18 | 示委编〔2025〕21号 | done | 2025-05-23 | 1 | 1 | 1 | 1 | both | |
DT-32 | 农民工工作统筹职责 | DP27 | DP21 | 示委编〔2025〕25号 | done | 2025-05-13 | 1 | 1 | 1 | 1 | both | |
DT-33 | 排水设施建设项目管理职责 | DP25 | DP28 | 示委编〔2025〕23号 | done | 2025-05-21 | 2 | 2 | 2 | 2 | both | |
DT-34 | 能源运行协调职责 | DP14 | DP13 | 示委编〔2025〕24号 | done | 2025-05-14 | 1 | 1 | 1 | 1 | both | |
"""

LOSING_SAYS = {
    "DT-02": {"status": "partial", "posts_done_count": "1", "obstacle": "understanding",
              "remark": "日常服务已移交区科委，审批权限待市级口径"},
    "DT-08": {"status": "done", "done_on": "2025-05-26", "staff_done_count": "2",
              "handover": "both", "obstacle": None, "remark": "我局已完成移交"},
    "DT-21": {"posts_done_count": "3", "remark": "我委已按编办文件足额划出"},
    "DT-26": {"status": "done", "done_on": "2025-05-30", "posts_done_count": "2",
              "staff_done_count": "2", "obstacle": None, "remark": "已完成移交，名册已送区交通委"},
}  # fmt: skip
"""Where the losing department sees it otherwise: planted disagreements."""

SILENT = ("DT-12",)
"""Matters the losing department did not list at all: a planted silent side."""

LOSING_SAYS_ALL_MOVED = (("DP18", "DP33"), ("DP34", "DP26"))
"""Pairs whose losing department reports every person as moved; the gaining one does not."""

FORMALITIES_BEHIND = {
    ("DP18", "DP33"): (0, 0, 0, 1), ("DP28", "DP27"): (0, 0, 1, 1), ("DP25", "DP26"): (0, 2, 1, 4),
    ("DP14", "DP15"): (0, 0, 0, 3), ("DP21", "DP33"): (0, 1, 0, 2), ("DP13", "DP32"): (0, 0, 0, 1),
    ("DP17", "DP32"): (1, 1, 0, 1), ("DP18", "DP31"): (0, 0, 0, 1), ("DP04", "DP09"): (0, 0, 0, 1),
    ("DP24", "DP04"): (0, 0, 0, 1),
}  # fmt: skip
"""People moved whose register, payroll, Party membership or file has not followed yet."""

PENDING_REASONS = {
    "pending_city": "待市级明确职责口径后一并转隶",
    "partial": "在办业务未了结，个别人员暂缓转隶",
    "not_done": "转隶人员名册尚未确认",
    "disputed": "职责边界尚未商定，人员暂未转隶",
}


def duty_transfers() -> pd.DataFrame:
    """Return both reports of every matter: gaining side first, then losing where it spoke."""
    matters = [row | {"due_on": DUE_ON} for row in read_table(MATTERS)]
    gaining = [row | {"dept_code": row["to_dept"], "reported_by": "gaining"} for row in matters]
    losing = [
        row
        | {"dept_code": row["from_dept"], "reported_by": "losing"}
        | LOSING_SAYS.get(row["matter_id"], {})
        for row in matters
        if row["matter_id"] not in SILENT
    ]
    frame = typed("duty_transfers", gaining + losing)
    return frame.sort_values(["matter_id", "reported_by"], ignore_index=True)


def staff_transfers() -> pd.DataFrame:
    """Return the people who move with the duties: one row per pair of departments and side."""
    duties = duty_transfers()
    duties = duties[duties["reported_by"] == "gaining"]
    moving = duties[duties["staff_count"] > 0]
    rows = []
    for pair, matters in moving.groupby(["from_dept", "to_dept"], sort=False):
        row = _people_of(pair, matters)
        rows.append(row | {"dept_code": pair[1], "reported_by": "gaining"})
        says = _all_moved(row) if pair in LOSING_SAYS_ALL_MOVED else {}
        rows.append(row | {"dept_code": pair[0], "reported_by": "losing"} | says)
    return typed("staff_transfers", rows)


def _people_of(pair: tuple[str, str], matters: pd.DataFrame) -> dict:
    due, done = int(matters["staff_count"].sum()), int(matters["staff_done_count"].sum())
    behind = FORMALITIES_BEHIND.get(pair, (0, 0, 0, 0))
    realname, payroll, party, file = (done - missing for missing in behind)
    open_status = matters.loc[matters["status"] != "done", "status"]
    is_complete = done == due
    return {
        "from_dept": pair[0], "to_dept": pair[1], "estab_type": "administrative",
        "due_count": due, "done_count": done, "pending_count": due - done,
        "pending_reason": None if is_complete else PENDING_REASONS[open_status.iloc[0]],
        "realname_done_count": realname, "payroll_done_count": payroll,
        "party_done_count": party, "file_done_count": file, "due_on": DUE_ON,
        "done_on": matters["done_on"].max() if is_complete else pd.NaT,
        "stated_done_share": round(done / due, 3),
    }  # fmt: skip


def _all_moved(row: dict) -> dict:
    due = row["due_count"]
    return {
        "done_count": due, "pending_count": 0, "pending_reason": None, "stated_done_share": 1.0,
        "realname_done_count": due, "payroll_done_count": due, "party_done_count": due,
        "file_done_count": due, "done_on": pd.Timestamp(DUE_ON),
    }  # fmt: skip
