"""A record sheet: the value of each label, and not a word on it lost in silence."""

from __future__ import annotations

from datetime import date

import pytest
from sheets_by_hand import sheets_of

from reviewlib.intake.interpret import interpret
from reviewlib.intake.workbook import Workbook

COVER = [["封面"], ["填报单位：区水务局（DP28）"], [], ["部门代码", "DP28"],
         ["部门名称", "区水务局"], ["填报日期", "2019-07-05"]]  # fmt: skip
PROFILE = [["基本情况"], [], [], ["涉改类型", "重新组建"], ["挂牌计划日期", "2019-03-31"],
           ["科室和负责人全部到位日期", None, "尚未全部到位的留空"], ["挂牌实际日期", "2019-04-02"],
           ["集中办公计划日期", "2019-05-01"], ["集中办公实际日期", "2019-05-06"],
           ["所属事业单位应调整数", 6], ["编制紧张程度佐证", "无"]]  # fmt: skip
BELOW_IT = len(PROFILE) + 1
NOTES = ("label.dup", "label.ext", "label.norm", "sheet.far", "row.foot")


def _read(reading, *, cover=COVER, profile=PROFILE):
    sheets = sheets_of(cover, profile, names=("01 封面", "02 基本情况"))
    return interpret(Workbook("returns/自评.xlsx", "0" * 64, "xlsx", sheets), "return", reading)


def _told(result) -> list[tuple[str, str, str]]:
    return [(i["code"], i["severity"], i["cell"]) for i in result.issues
            if i["code"].startswith(NOTES)]  # fmt: skip


def _with(grid: list[list], row: int, *cells) -> list[list]:
    """Return a grid with one row (from 1) replaced, or added below."""
    return [*grid[: row - 1], list(cells), *grid[row:]]


def _counts(result, sheet: str) -> dict[str, int]:
    (row,) = [row for row in result.sheets if row["sheet"] == sheet]
    parts = {name: row[f"{name}_count"] for name in
             ("header", "blank", "excluded", "clean", "quarantined")}  # fmt: skip
    assert sum(parts.values()) == row["seen_count"]
    return parts


def test_the_form_as_it_is_calls_for_nothing(reading):
    """Title, unit line and the form's own hints are no content; every row is accounted for."""
    result = _read(reading)

    assert _told(result) == []
    (profile,) = result.rows["profiles"]
    assert profile["three_det_complete_on"] is None
    assert _counts(result, "02 基本情况")["excluded"] == 0


def test_the_title_of_a_record_below_another_is_no_content(reading):
    """Both sheets of the form pasted onto one: nothing is called stray."""
    sheets = sheets_of([*COVER, [], *PROFILE], names=("Sheet1",))

    result = interpret(Workbook("returns/自评.xlsx", "0" * 64, "xlsx", sheets), "return", reading)

    assert _told(result) == []
    assert result.rows["covers"] and result.rows["profiles"]


def test_values_one_column_on_are_read_and_told(reading):
    """A column inserted behind the labels: every value is read from where it stands."""
    moved = [[row[0], None, *row[1:]] if row else [] for row in PROFILE]

    result = _read(reading, profile=moved)

    (before,), (after,) = _read(reading).rows["profiles"], result.rows["profiles"]
    assert {k: v for k, v in after.items() if k != "dq_flags"} == {
        k: v for k, v in before.items() if k != "dq_flags"
    }
    assert _told(result) == [
        ("label.normalised", "warn", f"C{row}") for row in (4, 5, 7, 8, 9, 10, 11)
    ]
    assert "无需处理" not in {i["fix"] for i in result.issues if i["severity"] == "warn"}


BESIDE = [
    # what, cells of row 5, value read, what is told
    ("right beside", ["挂牌计划日期", "2019-03-31"], date(2019, 3, 31), []),
    ("one cell on", ["挂牌计划日期", None, "2019-03-31"], date(2019, 3, 31),
     [("label.normalised", "warn", "C5")]),
    ("far to the right, spaces between", ["挂牌计划日期", " ", None, "2019-03-31"],
     date(2019, 3, 31), [("label.normalised", "warn", "D5")]),
    ("two cells on the right are no guess",
     ["挂牌计划日期", None, "2019-03-31", "2019-04-01"], None,
     [("sheet.far-cell", "warn", "C5"), ("sheet.far-cell", "warn", "D5")]),
    ("notes beside a value", ["挂牌计划日期", "2019-03-31", "暂定", "待核"], date(2019, 3, 31),
     [("sheet.far-cell", "info", "C5"), ("sheet.far-cell", "info", "D5")]),
    ("a number in front", ["（2）", "挂牌计划日期", "2019-03-31"], date(2019, 3, 31), []),
    ("another label beside an empty one", ["挂牌计划日期", None, "印章启用计划日期", "2019-05-01"],
     None, []),
]  # fmt: skip


@pytest.mark.parametrize(("what", "cells", "value", "told"), BESIDE, ids=[c[0] for c in BESIDE])
def test_where_the_value_of_a_label_may_stand(reading, what, cells, value, told):
    """One cell right of a label is its value; of more, what no label claims is told."""
    result = _read(reading, profile=_with(PROFILE, 5, *cells))

    assert result.rows["profiles"][0]["nameplate_due_on"] == value
    assert _told(result) == told


AGAIN = [
    # what, value of the second 挂牌实际日期, value used, what is told
    ("another value: neither", "2019-05-20", None, [("label.duplicate", "error", "B12")]),
    ("the same value", "2019.4.2", date(2019, 4, 2), [("label.duplicate", "info", "B12")]),
    ("no value", None, date(2019, 4, 2), [("sheet.far-cell", "info", "A12")]),
]


@pytest.mark.parametrize(("what", "second", "value", "told"), AGAIN, ids=[c[0] for c in AGAIN])
def test_a_label_that_stands_twice(reading, what, second, value, told):
    """Two values for one label are no guess; both are named with their addresses."""
    result = _read(reading, profile=_with(PROFILE, BELOW_IT, "挂牌实际日期", second))

    assert result.rows["profiles"][0]["nameplate_done_on"] == value
    assert _told(result) == told
    for found in result.issues:
        if found["code"] == "label.duplicate":
            assert "B7“2019-04-02” 与 B12“" in found["message_zh"]
            assert "B7“2019-04-02” and B12“" in found["message_en"]
    assert _counts(result, "02 基本情况")["excluded"] == 1


def test_a_label_left_blank_and_filled_in_below_has_that_value(reading):
    """Only one of the two says anything: it counts, and is told as moved."""
    grid = _with(_with(PROFILE, 7, "挂牌实际日期"), BELOW_IT, "挂牌实际日期", "2019-05-20")

    result = _read(reading, profile=grid)

    assert result.rows["profiles"][0]["nameplate_done_on"] == date(2019, 5, 20)
    assert _told(result) == [("label.normalised", "warn", "B12")]


def test_a_second_cover_below_the_first_is_told(reading):
    """Whose return it is stays; what the two covers say otherwise is used of neither."""
    second = [["部门代码", "DP26"], ["部门名称", "区交通委"], ["填报日期", "2019-07-05"]]

    result = _read(reading, cover=[*COVER, *second])

    assert result.dept_code == "DP28"
    assert _told(result) == [
        ("label.duplicate", "error", "B7"), ("label.duplicate", "error", "B8"),
        ("label.duplicate", "info", "B9"),
    ]  # fmt: skip
    assert _counts(result, "01 封面") == {
        "header": 2, "blank": 0, "excluded": 3, "clean": 3, "quarantined": 0,
    }  # fmt: skip


BELOW = [
    # what, cells below the labels, code, what is kept of them
    ("a remark", ["补充：3名人员未定岗"], "sheet.far-cell", "补充：3名人员未定岗"),
    ("a label nobody asked for", ["其他情况", "新牌子未挂"], "label.extra", "其他情况｜新牌子未挂"),
    ("a note", ["备注：以文件为准"], "row.footer", "备注：以文件为准"),
    ("signatures, without the name", ["填表人：张三丰"], "row.footer", "填表人：***"),
    ("a signature in two cells", ["填表人", "张三丰"], "row.footer", "填表人"),
]


@pytest.mark.parametrize(("what", "cells", "code", "raw"), BELOW, ids=[c[0] for c in BELOW])
def test_what_stands_below_the_labels_is_told(reading, what, cells, code, raw):
    """A row that holds no label is not used, and said so with what it holds."""
    result = _read(reading, profile=_with(PROFILE, BELOW_IT, *cells))

    assert [(i["code"], i["cell"], i["raw"]) for i in result.issues
            if i["code"].startswith(NOTES)] == [(code, "A12", raw)]  # fmt: skip
    assert _counts(result, "02 基本情况") == {
        "header": 1, "blank": 0, "excluded": 1, "clean": 8, "quarantined": 0,
    }  # fmt: skip


def test_tables_below_a_record_are_not_told_as_strays(reading):
    """On one sheet with a list: its title, box, headings and rows belong to the list."""
    table = [["部门间职责关系"], ["□ 无此类情形"],
             ["事项编号", "事项", "牵头单位", "配合单位", "依据", "是否书面明确", "边界情况"],
             ["XM-01", "甲", "区水务局", "区交通委", "文件", "是", "清晰"]]  # fmt: skip

    result = _read(reading, cover=[*COVER, [], *table])

    assert _told(result) == []
    assert len(result.rows["cross_dept_matters"]) == 1
    assert _counts(result, "01 封面")["clean"] == 4
