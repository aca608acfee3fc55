"""One Chinese term, one English term, one identifier (术语表): the shelf every room names from.

`docs/glossary.md` is written from here by `glossary()`; a test holds the two equal. An identifier
that ends in `*` is the beginning of several names.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One term of the trade (术语).

    Parameters
    ----------
    zh : str
        Chinese term, as pages print it.
    en : str
        English in prose.
    identifier : str
        Name in code, data and files; several are joined by ", ".
    care_zh, care_en : str
        What to take care of; empty where nothing needs saying.
    """

    zh: str
    en: str
    identifier: str
    care_zh: str = ""
    care_en: str = ""

    def text(self, lang: str = "zh") -> str:
        """Return the term in one language."""
        return self.en if lang == "en" else self.zh

    def care(self, lang: str = "zh") -> str:
        """Return what to take care of, in one language."""
        return self.care_en if lang == "en" else self.care_zh


TERMS: tuple[Term, ...] = (
    # The review
    Term("机构改革", "reorganisation (machinery-of-government change)", "reform"),
    Term("机构改革“回头看”", "look-back review (post-reorganisation review)", "review",
         "不译作 retrospective", 'never "retrospective"'),
    Term("改革方案", "reform plan", "reform_plan"),
    Term("部门（机关、单位）", "department", "department, dept_code",
         "“单位”单用时指评分单位或计量单位",
         '"unit" alone is kept for scoring units and units of measure'),
    Term("回访组", "visit group", "visit_group, group_id"),
    Term("回访方式", "mode", "mode", "两种方式不在同一图表中混用",
         "the two are never mixed in one figure"),
    Term("实地回访", "on-site visit", "visit", "回访方式之一", "one of the two modes"),
    Term("单位自评", "self-assessment", "self", "回访方式之一", "one of the two modes"),
    # The rubric
    Term("评分表", "rubric", "rubric"),
    Term("指标", "indicator", "indicator_id"),
    Term("等次", "level", "level"),
    # Establishment
    Term("“三定”规定", "three-determinations regulation (functions, internal units, posts)",
         "three_det_*", "首次出现写明“三定”", "三定 at first mention"),
    Term("编制", "establishment", "staffing", "不与职数合为一栏",
         "never in one column with leadership posts"),
    Term("核定编制", "approved establishment", "posts_approved"),
    Term("实有在编", "in post", "posts_filled", "只计在编人员",
         "counts those within the establishment only"),
    Term("空编", "vacant", "posts_vacant", "与超编分列，均不为负，不相互抵扣",
         "a column of its own, never negative, never netted against over"),
    Term("超编", "over", "posts_over", "与空编分列，均不为负，不相互抵扣",
         "a column of its own, never negative, never netted against vacant"),
    Term("领导职数", "leadership posts", "leadership_posts_*",
         "正职、副职分列，不与编制合为一栏",
         "正职 and 副职 apart; never in one column with 编制"),
    Term("内设机构（科室）", "internal unit (section)", "internal_unit"),
    # Transfers
    Term("人员转隶", "staff transfer", "staff_transfer", "指人",
         'people; never bare "transfer"'),
    Term("职责划转", "duty transfer (transfer of functions)", "duty_transfer", "指职责", "duties"),
    Term("划出部门", "losing department", "from_dept"),
    Term("划入部门", "gaining department", "to_dept"),
    Term("双方对碰", "two-sided reconciliation", "reconcile, mismatch"),
    # Who
    Term("议事协调机构", "(deliberation and) coordination body", "coordination_body"),
    Term("编办", "establishment office", "establishment_office"),
    Term("牵头单位", "lead department", "lead_dept", "只有一个", "one lead"),
    Term("配合单位", "supporting department", "support_depts"),
    Term("责任单位", "responsible department", "owner", "只有一个", "one owner"),
    # What was found
    Term("原始发现", "finding", "finding", "对一个部门的一次观察",
         "a raw observation of one department"),
    Term("问题（台账）", "problem (ledger)", "problem, ledger", "经审定列入台账的一行",
         "an agreed row of the ledger"),
    Term("数据质量问题", "data issue", "data_issue",
         "所收材料的瑕疵；原始发现、问题、数据质量问题三者不混用",
         "a flaw in what was received; finding, problem and data issue never stand for each "
         "other"),
    Term("共性", "common", "nature", "与个性相对", "as against particular"),
    Term("个性", "particular", "nature", "与共性相对", "as against common"),
    Term("意见建议", "opinion (of a department)", "opinion", "件件有处理", "each gets a handling"),
    Term("工作建议", "recommendation (of the review)", "recommendation"),
    # What comes of it
    Term("整改", "rectification", "rectification", "不译作 fix", 'not "fix"'),
    Term("整改任务", "rectification task", "rectification_task"),
    Term("时限", "due date", "due_on"),
    Term("立行立改、立整立改", "immediate rectification", "immediate", "写法归一，原文保留",
         "variants mapped, the original kept"),
    Term("销号", "closure", "closed_on, is_closed", "销号是审定，不是改完",
         "closure is the approval, not the repair"),
    Term("挂账、待市级明确", "pending at city level", "pending_city", "不计入分子和分母",
         "leaves numerator and denominator"),
    Term("红黄绿（灰）灯", "light", "light", "颜色必配文字和形状",
         "colour always with a word and a shape"),
    Term("物理相加、化学反应", "integration depth", "integration"),
    Term("“瘦身”与“健身”", "rebalancing of posts within a fixed total", "rebalance"),
    # Dates
    Term("数据基准日", "date of the facts", "cutoff_on", "各项数据截至这一天",
         "all counts are as of it"),
    Term("核算日", "date of reckoning", "as_of", "亮灯、超期、时长按这一天计算",
         "lights, deadlines and ages are reckoned at it"),
)  # fmt: skip
"""Every term, in the order data meets it."""

SUFFIXES: tuple[tuple[str, str, str], ...] = (
    ("_on", "日期", "date"),
    ("_count", "数量", "count"),
    ("_share", "比例（0–1，展示时用百分比）", "share 0–1; per cent only when shown"),
    ("_days", "天数", "days"),
    ("_zh, _en", "中文、英文显示文字", "display text in Chinese, in English"),
    ("_raw", "单元格原文", "the cell's text"),
    ("is_, has_", "是否、有无（词首）", "booleans, at the beginning"),
)
"""How the ending (or beginning) of a name tells what it holds."""


def term(identifier: str) -> Term:
    """Return the first term that carries an identifier.

    Raises
    ------
    KeyError
        No term does; the message lists those there are.
    """
    for one in TERMS:
        if identifier in one.identifier.split(", "):
            return one
    known = ", ".join(one.identifier for one in TERMS)
    raise KeyError(f"no term is identified by {identifier!r}; there are {known}")


def glossary() -> str:
    """Return `docs/glossary.md`: every term and the endings of names, in both languages."""
    head = (
        "# 术语表 · Glossary\n\n"
        "由 `reviewlib/terms.py` 生成，请勿手改："
        "`python -m reviewlib.terms > docs/glossary.md`。\n"
        "Written from `reviewlib/terms.py`; do not edit by hand.\n\n"
    )
    rows = [(one.zh, one.en, _code(one.identifier), one.care_zh, one.care_en) for one in TERMS]
    terms = _markdown(("中文", "English", "标识 Identifier", "注意", "Care"), rows)
    endings = [(_code(ending), zh, en) for ending, zh, en in SUFFIXES]
    return f"{head}{terms}\n## 名称的词尾 · Endings of names\n\n" + _markdown(
        ("标识 Name", "中文", "English"), endings
    )


def _code(names: str) -> str:
    return ", ".join(f"`{name}`" for name in names.split(", "))


def _markdown(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


if __name__ == "__main__":
    print(glossary(), end="")
