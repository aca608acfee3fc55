"""What the office keeps: the roster with its aliases, the receipts, the moderated ratings."""

from __future__ import annotations

from reviewlib.schema import vocabularies as v
from reviewlib.schema.model import Column, Kind, Table

DEPARTMENTS = Table(
    "departments", "涉改部门名册", "Roster of departments", "roster", "部门名册", "one department",
    (
        Column("dept_code", "部门代码", "Code", Kind.CODE, required=True, width=10,
               help_zh="DP 加两位数字", help_en="DP and two digits"),
        Column("short_name", "规范简称", "Short name", required=True),
        Column("full_name", "全称", "Full name", required=True, width=26),
        Column("name_en", "英文名", "English name", width=30),
        Column("protocol_order", "机构序列", "Protocol order", Kind.COUNT, required=True),
        Column("side", "序列类别", "Side", Kind.CHOICE, required=True, vocabulary=v.SIDE),
        Column("change_type", "涉改类型", "Type of change", Kind.CHOICE, required=True,
               vocabulary=v.CHANGE_TYPE),
        Column("predecessors", "前身单位", "Predecessors", width=26,
               help_zh="多个用“、”分隔", help_en="Separated by 、"),
        Column("nameplates", "挂牌", "Nameplates", width=20),
        Column("colocated", "合署", "Co-located with", width=20),
        Column("is_three_det_reissued", "重新制定三定", "Regulation reissued", Kind.YES_NO,
               required=True, synonyms=("重新制定“三定”",)),
        Column("three_det_no", "三定文号", "Regulation number", Kind.DOC_NO, width=20),
        Column("three_det_on", "三定印发日", "Regulation issued on", Kind.DATE),
        Column("has_subordinates_in_plan", "方案涉及所属单位调整",
               "Plan realigns subordinate institutions", Kind.YES_NO),
        Column("has_power_list", "有权责清单", "Keeps an authority list", Kind.YES_NO),
        Column("mode", "回访方式", "Mode", Kind.CHOICE, required=True, vocabulary=v.MODE),
        Column("group_id", "回访组", "Visit group", Kind.CODE),
        Column("municipal_counterpart", "对口市级部门", "City counterpart", width=20),
        Column("contact_role", "联络人岗位", "Contact (role)"),
        Column("remark", "备注", "Remark", width=24),
    ),
    key=("dept_code",),
)  # fmt: skip

DEPT_ALIASES = Table(
    "dept_aliases", "别名", "Aliases", "roster", "别名", "one name by which a department is met",
    (
        Column("alias", "别名", "Alias", required=True, width=24),
        Column("dept_code", "部门代码", "Code", Kind.CODE, required=True,
               help_zh="历史单位可填多个部门的多行，由人工选定",
               help_en="An old name may have a row for each successor; a person then chooses"),
        Column("alias_kind", "别名类型", "Kind", Kind.CHOICE, required=True,
               vocabulary=v.ALIAS_KIND),
        Column("valid_from_on", "启用日期", "Valid from", Kind.DATE),
        Column("valid_to_on", "停用日期", "Valid to", Kind.DATE),
    ),
    key=("alias", "dept_code"),
)  # fmt: skip

RECEIPTS = Table(
    "receipts", "接收登记", "Receipts", "receipts", "received", "one file as it arrived",
    (
        Column("file", "file", "File", required=True, help_en="Name within returns/"),
        Column("received_on", "received_on", "Received on", Kind.DATE, required=True),
    ),
    key=("file",),
)  # fmt: skip

MODERATIONS = Table(
    "moderations", "评分认定", "Moderated ratings", "moderation", "评分认定",
    "one rating at one stage after the visit",
    (
        Column("dept_code", "部门代码", "Department", Kind.CODE, required=True),
        Column("indicator_id", "指标编号", "Indicator", Kind.CODE, required=True),
        Column("stage", "评分环节", "Stage", Kind.CHOICE, required=True, vocabulary=v.RATING_STAGE),
        Column("answer", "填报情况", "Answer", Kind.CHOICE, required=True, vocabulary=v.ANSWER),
        Column("level", "等次", "Level", Kind.LEVEL, vocabulary=v.LEVEL),
        Column("num", "分子", "Numerator", Kind.NUMBER),
        Column("den", "分母", "Denominator", Kind.NUMBER),
        Column("raw_value", "数值", "Value", Kind.NUMBER),
        Column("role", "认定岗位", "By (role)", required=True),
        Column("reason", "理由", "Reason", required=True, width=36, max_length=300),
        Column("evidence_ref", "佐证", "Evidence", width=24),
        Column("dated_on", "日期", "Date", Kind.DATE, required=True),
    ),
    key=("dept_code", "indicator_id", "stage"),
)  # fmt: skip

OFFICE_TABLES = (DEPARTMENTS, DEPT_ALIASES, RECEIPTS, MODERATIONS)
