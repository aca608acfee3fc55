"""The 34 departments of the fictional 示例区, and the names by which they are met."""

from __future__ import annotations

import pandas as pd

from .tables import read_table, typed

ROSTER = """
dept_code | short_name | full_name | name_en | side | change_type | three_det_on | group_id | municipal_counterpart
DP01 | 区纪委监委 | 中共示例区纪律检查委员会、示例区监察委员会 | Commission for Discipline Inspection | party | nameplate | | | 市纪委监委
DP02 | 区委办公室 | 中共示例区委员会办公室 | Office of the District Party Committee | party | duties_in | | | 市委办公厅
DP03 | 区委组织部 | 中共示例区委员会组织部 | Organisation Department | party | duties_in | 2025-03-03 | G1 | 市委组织部
DP04 | 区委宣传部 | 中共示例区委员会宣传部 | Publicity Department | party | duties_in | 2025-03-03 | G1 | 市委宣传部
DP05 | 区委统战部 | 中共示例区委员会统一战线工作部 | United Front Work Department | party | duties_in | 2025-03-05 | G1 | 市委统战部
DP06 | 区委政法委 | 中共示例区委员会政法委员会 | Political and Legal Affairs Commission | party | duties_in | 2025-03-05 | G1 | 市委政法委
DP07 | 区委研究室 | 中共示例区委员会研究室 | Policy Research Office | party | nameplate | | | 市委研究室
DP08 | 区委编办 | 中共示例区委机构编制委员会办公室 | Establishment Office | party | realigned | | | 市委编办
DP09 | 区委网信办 | 中共示例区委网络安全和信息化委员会办公室 | Cyberspace Affairs Office | party | new | 2025-03-07 | G1 | 市委网信办
DP10 | 区级机关工作党委 | 中共示例区区级机关工作委员会 | Party Committee of District Bodies | party | realigned | | | 市级机关工作党委
DP11 | 区信访办 | 示例区信访办公室 | Office for Letters and Visits | party | realigned | | | 市信访办
DP12 | 区政府办公室 | 示例区人民政府办公室 | General Office of the District Government | government | duties_both | 2025-03-10 | G1 | 市政府办公厅
DP13 | 区发展改革委 | 示例区发展和改革委员会 | Development and Reform Commission | government | duties_both | 2025-03-10 | G1 | 市发展改革委
DP14 | 区经济信息化委 | 示例区经济和信息化委员会 | Economy and Information Commission | government | renamed | 2025-03-12 | G2 | 市经济信息化委
DP15 | 区商务委 | 示例区商务委员会 | Commerce Commission | government | new | 2025-03-12 | G2 | 市商务委
DP16 | 区教育局 | 示例区教育局 | Education Bureau | government | duties_in | | | 市教委
DP17 | 区科委 | 示例区科学技术委员会 | Science and Technology Commission | government | duties_both | 2025-03-12 | G2 | 市科委
DP18 | 区民政局 | 示例区民政局 | Civil Affairs Bureau | government | duties_both | 2025-03-14 | G3 | 市民政局
DP19 | 区司法局 | 示例区司法局 | Justice Bureau | government | merged | 2025-03-10 | G1 | 市司法局
DP20 | 区财政局 | 示例区财政局 | Finance Bureau | government | duties_out | | | 市财政局
DP21 | 区人力资源社会保障局 | 示例区人力资源和社会保障局 | Human Resources and Social Security Bureau | government | duties_both | 2025-03-14 | G1 | 市人力资源社会保障局
DP22 | 区规划资源局 | 示例区规划和自然资源局 | Planning and Natural Resources Bureau | government | rebuilt | 2025-03-17 | G2 | 市规划资源局
DP23 | 区生态环境局 | 示例区生态环境局 | Ecology and Environment Bureau | government | rebuilt | 2025-03-17 | G2 | 市生态环境局
DP24 | 区文化和旅游局 | 示例区文化和旅游局 | Culture and Tourism Bureau | government | merged | 2025-03-14 | G3 | 市文化旅游局
DP25 | 区建设管理委 | 示例区建设和管理委员会 | Construction and Management Commission | government | rebuilt | 2025-03-19 | G2 | 市住房城乡建设管理委
DP26 | 区交通委 | 示例区交通委员会 | Transport Commission | government | new | 2025-03-19 | G2 | 市交通委
DP27 | 区农业农村委 | 示例区农业农村委员会 | Agriculture and Rural Affairs Commission | government | rebuilt | 2025-03-21 | G3 | 市农业农村委
DP28 | 区水务局 | 示例区水务局 | Water Bureau | government | duties_both | 2025-03-19 | G2 | 市水务局
DP29 | 区卫生健康委 | 示例区卫生健康委员会 | Health Commission | government | rebuilt | 2025-03-21 | G3 | 市卫生健康委
DP30 | 区退役军人局 | 示例区退役军人事务局 | Veterans Affairs Bureau | government | new | 2025-03-24 | G3 | 市退役军人局
DP31 | 区应急局 | 示例区应急管理局 | Emergency Management Bureau | government | new | 2025-03-24 | G3 | 市应急局
DP32 | 区市场监管局 | 示例区市场监督管理局 | Market Regulation Bureau | government | rebuilt | 2025-03-21 | G3 | 市市场监管局
DP33 | 区医保局 | 示例区医疗保障局 | Healthcare Security Bureau | government | new | 2025-03-24 | G3 | 市医保局
DP34 | 区城管执法局 | 示例区城市管理行政执法局 | Urban Management Enforcement Bureau | government | duties_out | | | 市城管执法局
"""

PREDECESSORS = {
    "DP14": "区经委", "DP15": "区经委", "DP19": "区司法局、区法制办", "DP22": "区规土局",
    "DP23": "区环保局", "DP24": "区文广局、区旅游局", "DP25": "区建管委", "DP26": "区建管委",
    "DP27": "区农委", "DP29": "区卫计委", "DP31": "区安监局", "DP32": "区市场监管局、区物价局",
}  # fmt: skip
NAMEPLATES = {
    "DP02": "区档案局", "DP04": "区新闻出版局（区版权局）", "DP05": "区民族宗教办、区侨务办",
    "DP07": "区委全面深化改革办", "DP17": "区外国专家局", "DP32": "区知识产权局",
    "DP34": "区综合执法指挥中心",
}  # fmt: skip
COLOCATED = {"DP01": "区纪委机关与区监委机关合署办公", "DP05": "区委台办"}
WITH_SUBORDINATES = ("DP15", "DP18", "DP22", "DP24", "DP25", "DP26", "DP27", "DP29", "DP31", "DP33")
"""Departments whose subordinate institutions the reform plan realigns."""
WITHOUT_POWER_LIST = ("DP12",)
"""Government bodies that exercise no power towards the public, and so keep no list."""

ALIASES = """
alias | dept_code | alias_kind | valid_from_on | valid_to_on
组织部 | DP03 | short | |
中共示例区委组织部 | DP03 | short | |
宣传部 | DP04 | short | |
统战部 | DP05 | short | |
政法委 | DP06 | short | |
编办 | DP08 | short | |
区编办 | DP08 | short | |
网信办 | DP09 | short | |
机关党工委 | DP10 | spoken | |
府办 | DP12 | spoken | |
区府办 | DP12 | short | |
发改委 | DP13 | short | |
区发改委 | DP13 | short | |
区经信委 | DP14 | short | |
区经委 | DP14 | former | | 2025-02-28
商务委 | DP15 | short | |
科委 | DP17 | short | |
民政局 | DP18 | short | |
区法制办 | DP19 | former | | 2025-02-28
人社局 | DP21 | short | |
区人社局 | DP21 | short | |
区人保局 | DP21 | spoken | |
区规土局 | DP22 | former | | 2025-02-28
区规资局 | DP22 | short | |
区环保局 | DP23 | former | | 2025-02-28
区文旅局 | DP24 | short | |
区文化旅游局 | DP24 | misspelt | |
文旅局 | DP24 | short | |
区文广局 | DP24 | former | | 2025-02-28
区旅游局 | DP24 | former | | 2025-02-28
区建委 | DP25 | spoken | |
区建管委 | DP25 | former | | 2025-02-28
区建管委 | DP26 | former | | 2025-02-28
交通委 | DP26 | short | |
区农委 | DP27 | former | | 2025-02-28
区农业委 | DP27 | misspelt | |
水务局 | DP28 | short | |
区卫健委 | DP29 | short | |
区卫计委 | DP29 | former | | 2025-02-28
区退役军人事务局 | DP30 | short | |
应急局 | DP31 | short | |
区安监局 | DP31 | former | | 2025-02-28
区市场局 | DP32 | spoken | |
区物价局 | DP32 | former | | 2025-02-28
医保局 | DP33 | short | |
城管局 | DP34 | spoken | |
区城管局 | DP34 | short | |
"""


def departments() -> pd.DataFrame:
    """Return the roster in protocol order, one row per department."""
    rows = [
        row
        | {
            "protocol_order": order,
            "predecessors": PREDECESSORS.get(row["dept_code"]),
            "nameplates": NAMEPLATES.get(row["dept_code"]),
            "colocated": COLOCATED.get(row["dept_code"]),
            "is_three_det_reissued": row["three_det_on"] is not None,
            "three_det_no": _three_det_no(row, order),
            "has_subordinates_in_plan": row["dept_code"] in WITH_SUBORDINATES,
            "has_power_list": _has_power_list(row),
            "mode": "visit" if row["group_id"] else "self",
            "contact_role": "办公室主任",
        }
        for order, row in enumerate(read_table(ROSTER), start=1)
    ]
    return typed("departments", rows)


def dept_aliases() -> pd.DataFrame:
    """Return the aliases; 区建管委 has two successors, so a person has to choose."""
    return typed("dept_aliases", read_table(ALIASES))


def _three_det_no(row: dict, order: int) -> str | None:
    if row["three_det_on"] is None:
        return None
    issuer = "示委办发" if row["side"] == "party" else "示府办发"
    return f"{issuer}〔2025〕{order + 9}号"


def _has_power_list(row: dict) -> bool:
    return row["side"] == "government" and row["dept_code"] not in WITHOUT_POWER_LIST
