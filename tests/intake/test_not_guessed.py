"""What may be meant in two ways is asked back, never decided for the department (不作猜测)."""

from __future__ import annotations

from datetime import date

import pytest

from reviewlib.intake.values import parse
from reviewlib.intake.workbook import NUMBER, TEXT, Cell
from reviewlib.schema import TABLES

DUTIES, UNITS, BODIES = "duty_transfers", "internal_units", "coordination_bodies"
MATTERS = "cross_dept_matters"
CELLS = [
    # what, table, column, what stands in the cell, value, main rule
    ("a time of day behind the day", DUTIES, "due_on", "2019-3-1 9:00", date(2019, 3, 1),
     "date-text"),
    ("a full-width colon in it", DUTIES, "due_on", "2019-3-15 9：00", date(2019, 3, 15),
     "date-text"),
    ("midnight, as Excel shows it", DUTIES, "due_on", "2019/3/1 0:00:00", date(2019, 3, 1),
     "date-text"),
    ("a time behind 日", DUTIES, "due_on", "2019年3月1日9:00", date(2019, 3, 1), "date-text"),
    ("spaces about 年月日", DUTIES, "due_on", "2019 年 3 月 15 日", date(2019, 3, 15), "date-text"),
    ("a circle for nought", DUTIES, "due_on", "二○一九年三月一日", date(2019, 3, 1), "date-text"),
    ("a letter for nought", DUTIES, "due_on", "二O一九年三月一日", date(2019, 3, 1), "date-text"),
    ("long dashes", DUTIES, "due_on", "2019—3—15", date(2019, 3, 15), "date-text"),
    ("short dashes", DUTIES, "due_on", "2019–3", date(2019, 3, 31), "month-only"),
    ("two digits of a year and a month", DUTIES, "due_on", "19年3月", date(2019, 3, 31),
     "two-digit-year"),
    ("the end of a year", DUTIES, "due_on", "2019年末", date(2019, 12, 31), "period-end"),
    ("before the end of a year", DUTIES, "due_on", "2019年终前", date(2019, 12, 31), "period-end"),
    ("from one day to another", DUTIES, "due_on", "2019.3.1—2019.5.1", None, "two-dates"),
    ("from month to month", DUTIES, "due_on", "2019.3—5", None, "not-a-date"),
    ("figures with a space between", DUTIES, "due_on", "2019-3-1 5", None, "not-a-date"),
    ("January and February", DUTIES, "due_on", "一二月", None, "not-a-date"),
    ("seven or eight", DUTIES, "posts_count", "七八", None, "vague-number"),
    ("two or three people", DUTIES, "posts_count", "两三名", None, "vague-number"),
    ("a numeral by its figures", DUTIES, "posts_count", "一〇五", 105, "chinese-numeral"),
    ("a number of 16 places", DUTIES, "posts_count", 10**15, None, "too-large"),
    ("the same in a document number", DUTIES, "basis_no", 10**15, "1000000000000000",
     "precision-lost"),
    ("two values of a list", DUTIES, "status", "到位，未到位", None, "not-in-list"),
    ("a value and another in brackets", DUTIES, "status", "到位（有争议）", None, "not-in-list"),
    ("a value and no", DUTIES, "status", "到位：否", None, "not-in-list"),
    ("a value taken back in part", DUTIES, "status", "完成，但系统未移交", "done", "choice-partly"),
    ("a value with a note", DUTIES, "status", "完成（见附件）", "done", "choice-word"),
    ("a note that holds a value", DUTIES, "status", "未到位（预计年底到位）", "not_done",
     "choice-word"),
    ("several values, one of them unknown", "visits", "methods", "座谈、喝茶", None, "not-in-list"),
    ("a note with several words", "visits", "methods", "座谈（含街道、村居）", "meeting",
     "choice-word"),
    ("both answers, as the heading has them", BODIES, "has_rules", "有无", None, "not-yes-no"),
    ("是否", UNITS, "is_set_up", "是否", None, "not-yes-no"),
    ("a state, where a need is asked for", "self_problems", "is_city_needed", "未明确", None,
     "not-yes-no"),
    ("no need", "self_problems", "is_city_needed", "无需", False, "yes-no-word"),
    ("yes, but", UNITS, "is_duties_issued", "是，但未全部印发", True, "choice-partly"),
    ("yes, with a note", UNITS, "is_duties_issued", "是（见附件）", True, "yes-no-word"),
    ("已有", BODIES, "has_rules", "已有", True, "yes-no-word"),
    ("code of one, name of another", DUTIES, "to_dept", "DP18 区委组织部", None, "dept-ambiguous"),
    ("a character that cannot be read", DUTIES, "remark", "\ue000乙", "\ue000乙",
     "lost-characters"),
    ("a term where a plan is asked for", DUTIES, "due_on", "长期", None, "not-a-date"),
    ("a term without a type of rectification", "recommendations", "due_on", "立行立改", None,
     "not-a-date"),
    ("a term where one may stand", "tasks", "due_on", "长期推进", None, "term-long"),
    ("before a day that is none", DUTIES, "due_on", "2019年2月30日前", None, "no-such-day"),
    ("the first third of a month", DUTIES, "due_on", "2019年6月上旬", date(2019, 6, 10),
     "period-end"),
    ("sixty years back", DUTIES, "due_on", "1959-03-01", date(1959, 3, 1), "date-text"),
    ("further back than anybody plans", DUTIES, "due_on", "1958-12-31", None, "year-far-off"),
    ("twenty years on", DUTIES, "due_on", "2039-12-31", date(2039, 12, 31), "date-text"),
    ("further than anybody plans", DUTIES, "due_on", "2040-01-01", None, "year-far-off"),
    ("as much as may be", DUTIES, "posts_count", 10**12 - 1, 10**12 - 1, "as-is"),
    ("more than may be", DUTIES, "posts_count", 10**12, None, "too-large"),
    ("as a word", "staffing", "posts_over_count", "超编99999999999999999999", None,
     "too-large"),
    ("of thousands of digits", "staffing", "posts_over_count", "超编" + "9" * 5_000, None,
     "too-large"),
    ("no number at all, as ODS has it", DUTIES, "posts_count", float("nan"), None, "not-a-number"),
    ("the same for a share", "self_ratings", "stated_share", float("inf"), None, "not-a-number"),
    ("what a formula leaves of 29", DUTIES, "posts_count", 28.999999999999996, 29, "as-is"),
    ("what it leaves of 3", DUTIES, "posts_count", 3.0000000000000004, 3, "as-is"),
    ("truly no whole number", DUTIES, "posts_count", 28.99999, None, "not-whole"),
    ("marks without end", DUTIES, "posts_count", "约" * 1_000 + "12", None, "not-a-number"),
    ("marks within marks", DUTIES, "posts_count", "约12（其中借调3）", 12, "side-note"),
    ("a note of endless figures", DUTIES, "status", f"到位（{'9' * 5_000}/1）", "done",
     "choice-word"),
    ("brackets in brackets without end", DUTIES, "to_dept", "(" * 1_000 + "民" + ")" * 1_000, None,
     "dept-unknown"),
    ("brackets in brackets", DUTIES, "to_dept", "区民政局（老龄办（筹））", "DP18", "dept-name"),
    ("a measure word that stands for the column's", "profiles", "subordinates_due_count", "3家", 3,
     "number-cleaned"),
    ("a measure word of something else", "profiles", "subordinates_due_count", "3人", 3,
     "unit-differs"),
    ("a day with commas", DUTIES, "due_on", "2019,6,30", None, "not-a-date"),
    ("a numeral that nobody says", DUTIES, "posts_count", "一百零十五", None, "not-a-number"),
    ("over one, under two", "self_ratings", "stated_share", 1.2, None, "one-or-hundred"),
    ("the same as text", "self_ratings", "stated_share", "1.02", None, "one-or-hundred"),
    ("two of a hundred", "self_ratings", "stated_share", 2, 0.02, "hundredths"),
    ("a plan, no fact", DUTIES, "status", "到位（计划）", "done", "choice-partly"),
    ("as planned", DUTIES, "status", "到位（按计划）", "done", "choice-word"),
    ("no longer", UNITS, "is_set_up", "是（已撤销）", True, "choice-partly"),
    ("none, where nothing need stand", DUTIES, "obstacle", "无", None, "said-none"),
    ("none, where an answer is required", DUTIES, "status", "无", None, "not-in-list"),
    ("a code and another's name", DUTIES, "to_dept", "DP18 区公安局", None, "dept-ambiguous"),
    ("a code and a slip in its name", DUTIES, "to_dept", "DP18 区民攻局", "DP18", "dept-name"),
    ("a code with a note", DUTIES, "to_dept", "DP18（牵头）", "DP18", "dept-name"),
    ("two codes", DUTIES, "to_dept", "DP18;DP24", "DP18", "dept-several"),
    ("a code with its name, and a name", MATTERS, "support_depts", "DP18 区民政局，区水务局",
     "DP18;DP28", "dept-name"),
    ("no number of a matter", DUTIES, "matter_id", "见附件", None, "see-attachment"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "table", "column", "written", "value", "rule"), CELLS, ids=[c[0] for c in CELLS]
)
def test_what_may_be_meant_in_two_ways_is_no_value(
    reading, what, table, column, written, value, rule
):
    """The value that stands there beyond doubt, or none and the rule that says why."""
    cell = Cell(5, 2, written, TEXT if isinstance(written, str) else NUMBER)

    parsed = parse(cell, TABLES[table][column], reading)

    assert (parsed.value, parsed.rules[0]) == (value, rule)


@pytest.mark.parametrize(
    ("what", "column", "written", "suggestion"),
    [
        ("not the opposite", "status", "不到位", "未到位"),
        ("what stands in it", "status", "全部到位", "到位"),
        ("month first", "due_on", "6/30/2019", "2019-06-30?"),
        ("day first", "due_on", "30/6/2019", "2019-06-30?"),
        ("commas", "due_on", "2019,6,30", "2019-6-30?"),
        ("the code's department", "to_dept", "DP18 区公安局", "区民政局"),
    ],
)
def test_what_is_suggested_may_be_meant(reading, what, column, written, suggestion):
    """A suggestion is a value that the words may stand for, never their contrary."""
    parsed = parse(Cell(5, 2, written, TEXT), TABLES[DUTIES][column], reading)

    assert (parsed.value, parsed.words["suggestion"]) == (None, suggestion)


def test_a_month_without_a_year_is_known_to_the_month(reading):
    """As one with its year is; the end of a month is a day."""
    month, end = (
        parse(Cell(5, 2, written, TEXT), TABLES[DUTIES]["due_on"], reading)
        for written in ("6月", "6月底")
    )

    assert (month.value, month.precision) == (date(2019, 6, 30), "month")
    assert (end.value, end.precision) == (date(2019, 6, 30), "day")
