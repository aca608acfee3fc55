"""Dimension A: how the lists of a return become the indicators of the reform plan."""

import pandas as pd
import pytest
from reviews_by_hand import OTHER, OWN, VISITED, fraction, told

STEPS = ("nameplate", "seal", "leaders", "office")


def profile(**days):
    """Return a profile: each step due on 1 March, done so many days later; None for not done."""
    due = pd.Timestamp("2030-02-01")
    row = {}
    for step in STEPS:
        row[f"{step}_due_on"] = due
        late = days.get(step, 0)
        row[f"{step}_done_on"] = None if late is None else due + pd.Timedelta(days=late)
    return row | {k: v for k, v in days.items() if k not in STEPS}


@pytest.mark.parametrize(
    "words, row, expected",
    [
        ("all four on time", profile(), (4, 4)),
        ("early is on time", profile(office=-20), (4, 4)),
        ("one 1 day late counts half", profile(seal=1), (3.5, 4)),
        ("one 30 days late counts half", profile(seal=30), (3.5, 4)),
        ("one 31 days late counts nothing", profile(seal=31), (3, 4)),
        ("one not done", profile(office=None), (3, 4)),
        ("done after the cut-off date is not done yet", profile(office=59), (3, 4)),
        ("no planned date cannot be late", profile(office_due_on=None), (4, 4)),
    ],
)
def test_a01_stand_up(words, row, expected):
    """挂牌运行：每项按期 1，逾期 30 天内 0.5，其余 0。"""
    assert fraction(told("A01", profiles=[row])) == expected


def test_a01_asks_the_renamed_for_two_steps_only():
    """更名部门只考挂牌和印章。"""
    departments = [VISITED | {"change_type": "renamed"}, OTHER, OWN]
    row = profile(leaders=None, office=None)
    assert fraction(told("A01", profiles=[row], departments=departments)) == (2, 2)


def test_a01_left_wholly_blank_was_not_reported():
    """四项全空是未填，不是零分。"""
    assert told("A01", profiles=[{"stated_change_type": "merged"}])["answer"] == "not_reported"


def test_a01_left_partly_blank_is_provisional():
    """部分未填：该项不得分，结果暂用。"""
    row = profile(office_due_on=None, office=None)
    result = told("A01", profiles=[row])
    assert fraction(result) == (3, 4)
    assert result["is_provisional"]
    assert result["note_zh"] == "未填 1 项，按未完成计"


def staff(due, done, side="gaining", formalities=(0, 0, 0, 0), **more):
    names = ("realname", "payroll", "party", "file")
    counts = {f"{n}_done_count": v for n, v in zip(names, formalities, strict=True)}
    return {"from_dept": "DP02", "to_dept": "DP01", "reported_by": side, "due_count": due,
            "done_count": done, "estab_type": "administrative"} | counts | more  # fmt: skip


@pytest.mark.parametrize(
    "words, rows, expected",
    [
        ("46 of 50", [staff(50, 46)], (46, 50)),
        ("several rows are added", [staff(30, 30), staff(20, 16)], (46, 50)),
        ("what one lost does not count for oneself", [staff(50, 46), staff(9, 0, "losing")],
         (46, 50)),
        ("a row without its number is left out", [staff(50, 46), staff(9, None)], (46, 50)),
        ("none gained, none due", [staff(9, 9, "losing")], (0, 0)),
    ],
)  # fmt: skip
def test_a02_staff_transferred(words, rows, expected):
    """人员转隶：已转隶÷应转隶，由划入方填报。"""
    assert fraction(told("A02", staff_transfers=rows)) == expected


@pytest.mark.parametrize(
    "words, rows, expected",
    [
        ("all four for each", [staff(10, 10, formalities=(10, 10, 10, 10))], (40, 40)),
        ("files lag behind", [staff(10, 10, formalities=(10, 10, 10, 5))], (35, 40)),
        ("a formality left blank is left out", [staff(10, 10, formalities=(10, 10, 10, None))],
         (30, 30)),
        ("counted over those due, not those done", [staff(10, 5, formalities=(5, 5, 5, 5))],
         (20, 40)),
    ],
)
def test_a03_formalities(words, rows, expected):
    """转隶手续：四项手续办结件数÷应办件数。"""
    assert fraction(told("A03", staff_transfers=rows)) == expected


def test_a_row_left_out_is_said():
    """缺数的行不计入，说明里写明，结果暂用。"""
    result = told("A02", staff_transfers=[staff(50, 46), staff(9, None)])
    assert result["is_provisional"]
    assert result["note_zh"] == "1 行缺数，未计入"
    assert result["note_en"] == "1 row(s) without a usable value, left out"


def test_where_no_row_can_be_used_nothing_was_reported():
    """所有行都缺数，是未填，不是不适用。"""
    assert told("A02", staff_transfers=[staff(50, None)])["answer"] == "not_reported"


def duty(status, side="gaining", posts=0, posts_done=0, matter_id="DT-01"):
    return {"matter_id": matter_id, "matter": "事项", "from_dept": "DP02", "to_dept": "DP01",
            "reported_by": side, "status": status, "posts_count": posts,
            "posts_done_count": posts_done}  # fmt: skip


NINE = [*["done"] * 5, "partial", "partial", "not_done", "pending_city"]


@pytest.mark.parametrize(
    "words, statuses, expected",
    [
        ("the worked example: 5 + 0.5 × 2 of 9 − 1", NINE, (6, 8)),
        ("disputed is not in place", ["done", "disputed"], (1, 2)),
        ("all in place", ["done", "done"], (2, 2)),
    ],
)
def test_a04_duties_transferred(words, statuses, expected):
    """职责划转：部分到位计 0.5，待市级明确不进分母。"""
    assert fraction(told("A04", duty_transfers=[duty(s) for s in statuses])) == expected


def test_a04_waits_for_the_city_where_everything_does():
    """全部待市级明确：既不得分也不扣分。"""
    result = told("A04", duty_transfers=[duty("pending_city")])
    assert result["answer"] == "pending_city"
    assert result["note_zh"] == "待市级明确 1 项，不计入"


def test_a04_is_told_by_the_gaining_side():
    """划出方填报的不算划入方的到位率。"""
    rows = [duty("done"), duty("not_done", "losing", matter_id="DT-02")]
    assert fraction(told("A04", duty_transfers=rows)) == (1, 1)


def test_a05_posts_followed():
    """编制随职责划转：已划转÷应划转，由划入方填报。"""
    rows = [duty("done", posts=3, posts_done=3), duty("partial", posts=2, posts_done=1),
            duty("done", "losing", posts=9, posts_done=0, matter_id="DT-02")]  # fmt: skip
    assert fraction(told("A05", duty_transfers=rows)) == (4, 5)


@pytest.mark.parametrize(
    "words, states, expected",
    [
        ("all done", ("done", "done", "done"), (3, 3)),
        ("one in progress counts half", ("done", "done", "in_progress"), (2.5, 3)),
        ("one not started", ("done", "done", "not_started"), (2, 3)),
        ("one does not apply", ("done", "in_progress", "not_applicable"), (1.5, 2)),
        ("none applies", ("not_applicable",) * 3, (0, 0)),
    ],
)
def test_a06_assets(words, states, expected):
    """经费、资产、办公用房：完成 1，办理中 0.5，不适用的不计。"""
    row = dict(zip(("funds_state", "assets_state", "offices_state"), states, strict=True))
    assert fraction(told("A06", profiles=[row])) == expected


def test_a07_archives():
    """档案：已移交类目÷应移交类目。"""
    counts = [{"count_item": "archives", "num": 9, "den": 10}]
    assert fraction(told("A07", other_counts=counts)) == (9, 10)


@pytest.mark.parametrize(
    "words, due, done, expected",
    [
        ("3 of 4", 4, 3, (3, 4)),
        ("none due", 0, None, (0, 0)),
    ],
)
def test_a08_subordinates(words, due, done, expected):
    """所属事业单位：已到位÷应调整。"""
    row = {"subordinates_due_count": due, "subordinates_done_count": done}
    assert fraction(told("A08", profiles=[row])) == expected


def test_a09_own_level():
    """等次指标：部门自评取第 11 表。"""
    assert told("A09", self_ratings=[{"indicator_id": "A09", "level": "B"}])["level"] == "B"


@pytest.mark.parametrize("indicator_id", ["A01", "A02", "A04", "A06", "A07", "A08", "A09"])
def test_a_return_that_does_not_say_was_not_reported(indicator_id):
    """未填与零不同：什么都没有的部门是未填。"""
    assert told(indicator_id, "DP02")["answer"] == "not_reported"


def test_an_empty_list_that_was_ticked_is_none():
    """勾选“无此类情形”的空表是零，不是未填。"""
    assert fraction(told("A02")) == (0, 0)


def test_an_empty_list_that_was_not_ticked_was_not_reported():
    """没有勾选的空表是未填。"""
    issue = {"code": "sheet.no-rows", "dept_code": "DP01", "sheet": "04 人员转隶",
             "expected": "04 人员转隶"}  # fmt: skip
    assert told("A02", issues=[issue])["answer"] == "not_reported"


def test_the_address_of_the_main_input():
    """每个数能回到文件、工作表和单元格。"""
    rows = [staff(30, 30), staff(20, 16)]
    cells = [{"table": "staff_transfers", "dept_code": "DP01", "column": "done_count",
              "file": "staff_transfers.xlsx", "sheet": "04 人员转隶", "cell": "F6", "row": 6}]
    result = told("A02", staff_transfers=rows, cells=cells)
    place = tuple(result[["source_file", "source_sheet", "source_cell"]])
    assert place == ("staff_transfers.xlsx", "04 人员转隶", "F6:F7")


def test_a_value_used_with_a_warning_is_provisional():
    """带提示采用的数值，结果标为暂用。"""
    warning = {"code": "cell.number-normalised", "severity": "warn", "dept_code": "DP01",
               "file": "staff_transfers.xlsx", "sheet": "04 人员转隶", "row": 6}  # fmt: skip
    assert told("A02", staff_transfers=[staff(50, 46)], issues=[warning])["is_provisional"]
    assert not told("A02", staff_transfers=[staff(50, 46)])["is_provisional"]
