"""Tables are found by their headings, wherever they stand and however they are written."""

from __future__ import annotations

import pytest
from sheets_by_hand import sheets_of

from reviewlib.intake.locate import Located, locate
from reviewlib.intake.rows import rows_of
from reviewlib.schema import TABLES, tables_of

RETURN = tables_of("return")
MATTERS = ["事项编号", "事项", "牵头单位", "配合单位", "依据", "是否书面明确", "边界情况",
           "问题类型",
           "提出日期", "解决日期", "解决方式", "说明"]  # fmt: skip
ROW = ["XM-01", "河道保洁", "区水务局", "区交通委", "文件", "是", "清晰", None, None, None, None,
       "无"]
FILLED = [MATTERS, ROW]


def _found(sheets, name: str) -> Located:
    return next(one for one in locate(sheets, RETURN) if one.table.name == name)


def _flaws(located: Located) -> set[tuple[str, str]]:
    return {(code, words.get("expected", cell.text if cell else ""))
            for code, cell, words in located.flaws}  # fmt: skip


PLACES = [
    ("at the top of its own sheet", [FILLED], ["07 职责关系"], (), (1,)),
    ("below titles, a unit line and a box",
     [[["部门间职责关系表"], ["填报单位：区水务局", None, "单位：项"], ["□ 无此类情形"], *FILLED]],
     ["07 职责关系"], ("A1:L1",), (4,)),
    ("on a sheet of another name, behind another", [[["随手记的"]], FILLED], ["Sheet1", "副本"], (),
     (1,)),
    ("moved to the right and down", [[[], [], *([None, None, *row] for row in FILLED)]], ["x"], (),
     (3,)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "grids", "names", "merges", "rows"), PLACES,
                         ids=[case[0] for case in PLACES])  # fmt: skip
def test_a_table_is_where_its_headings_are(what, grids, names, merges, rows):
    """Neither the sheet's name nor its place on the sheet matters."""
    located = _found(sheets_of(*grids, names=names, merges=merges), "cross_dept_matters")

    assert located.heading_rows == rows
    assert set(located.columns) == set(TABLES["cross_dept_matters"].names)
    assert located.flaws == ()


HEADINGS = [
    # what, heading as written, column, code of the data issue if any
    ("spaces", "牵 头 单 位", "lead_dept", None),
    ("a line break", "牵头\n单位", "lead_dept", None),
    ("a trailing space and a star", "*牵头单位 ", "lead_dept", None),
    ("a unit in brackets", "牵头单位（全称）", "lead_dept", None),
    ("a number in front", "3.牵头单位", "lead_dept", None),
    ("full-width brackets and colon", "边界情况（单选）：", "boundary", None),
    ("a declared synonym", "牵头部门", "lead_dept", "label.normalised"),
    ("a near heading is only suggested", "牵头的单位", None, "label.guessed"),
    ("an unknown heading", "经办科室", None, "label.extra"),
]


@pytest.mark.parametrize(("what", "heading", "column", "code"), HEADINGS,
                         ids=[case[0] for case in HEADINGS])  # fmt: skip
def test_a_heading_is_known_by_its_words(what, heading, column, code):
    """Spaces, breaks, brackets and declared synonyms do not matter; likeness does not count."""
    place = MATTERS.index("边界情况" if column == "boundary" else "牵头单位")
    headings = [*MATTERS[:place], heading, *MATTERS[place + 1:]]

    located = _found(sheets_of([headings, ROW]), "cross_dept_matters")

    assert (located.columns.get(column) == place + 1) == (column is not None)
    codes = {found for found, _ in _flaws(located)}
    assert codes == {code} - {None} | ({"label.missing"} if code == "label.extra" else set())


def test_columns_may_stand_in_any_order():
    """Each column is read under its own heading."""
    located = _found(sheets_of([MATTERS[::-1], ROW[::-1]]), "cross_dept_matters")

    assert located.columns["cross_matter_id"] == len(MATTERS)
    assert located.columns["remark"] == 1


TWO_ROWS = [
    ["编制类型", "编制", None, "借调", None, "编外用工", "空编", "超编", "超编批准文号"],
    [None, "核定", "实有在编", "借入", "借出", None, None, None, None],
    ["行政编制", 20, 18, 1, 0, 2, 2, 0, None],
]
MERGES = ("A1:A2", "B1:C1", "D1:E1", "F1:F2", "G1:G2", "H1:H2", "I1:I2")


def test_two_rows_of_headings_are_flattened():
    """核定 below 编制 is 核定编制; a heading merged downwards does not become two."""
    located = _found(sheets_of(TWO_ROWS, merges=MERGES), "staffing")

    assert located.heading_rows == (1, 2)
    assert [located.columns[name] for name in (
        "estab_type", "posts_approved_count", "posts_filled_count", "seconded_in_count",
        "off_estab_count", "over_approval_no")] == [1, 2, 3, 4, 6, 9]  # fmt: skip
    assert {code for code, _ in _flaws(located)} <= {"label.normalised"}


def test_the_same_heading_twice_is_no_guess():
    """Two columns that look alike are an error, and neither is used."""
    headings = ["编制类型", "核定编制", "实有人数", "在编人数", "借入", "借出"]

    located = _found(sheets_of([headings, ["行政编制", 20, 18, 17, 0, 0]]), "staffing")

    assert "posts_filled_count" not in located.columns
    assert ("label.duplicate", "实有在编") in _flaws(located)


def test_the_same_heading_twice_is_told_apart_by_the_one_above():
    """核定 and 实有, 核定 and 实配 on one sheet are the columns of two tables, not doubles."""
    grid = [["编制类型", "核定编制", "实有在编"], ["行政编制", 20, 18], [],
            ["职数类型", "核定", "实配"], ["部门正职", 1, 1]]  # fmt: skip

    sheets = sheets_of(grid, names=["05 编制职数"])

    assert _found(sheets, "staffing").columns["posts_approved_count"] == 2
    posts = _found(sheets, "leadership_posts")
    assert posts.heading_rows == (4,)
    assert posts.columns["leadership_posts_approved_count"] == 2


def test_a_table_that_stands_twice_is_told():
    """The fuller one is read, the other is named; they are not merged."""
    sheets = sheets_of(FILLED, FILLED, names=["07 职责关系", "07 职责关系 (2)"])

    located = _found(sheets, "cross_dept_matters")

    assert located.sheet.name == "07 职责关系"
    assert [(code, words["detail"]) for code, _, words in located.flaws] == [
        ("sheet.second-table", "“07 职责关系 (2)”")
    ]


def test_a_record_of_which_two_labels_are_left_is_still_one():
    """Labels that were written over are missing; the two that are left are read."""
    grid = [["封面"], ["部门代码", "DP28"], ["填报日期", "2019-07-05"]]

    located = _found(sheets_of(grid, names=["01 封面"]), "covers")

    assert located.is_record
    assert set(located.labels) == {"declared_code", "declared_on"}
    assert ("label.missing", "部门名称") in _flaws(located)


def test_a_record_is_found_by_its_labels():
    """Labels below one another, values beside them, also where a label is merged over two cells."""
    grid = [["封面"], ["部门代码", None, "DP28"], ["部门名称：", None, "区水务局"],
            ["填报日期", None, "2019-07-05"], ["数据真实性承诺", None, "是"]]  # fmt: skip

    located = _found(sheets_of(grid, merges=("A2:B2", "A3:B3", "A4:B4", "A5:B5")), "covers")

    assert located.is_record
    assert {name: label.row for name, label in located.labels.items()} == {
        "declared_code": 2, "declared_name": 3, "declared_on": 4, "is_committed": 5,
    }  # fmt: skip


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u00ad"])
def test_what_nobody_sees_in_a_heading_does_not_count(mark):
    """Zero-width marks come along when text is copied from a page."""
    sheets = sheets_of([[f"{mark}{text}{mark}" for text in FILLED[0]], *FILLED[1:]])

    assert _found(sheets, "cross_dept_matters").columns.keys() == _found(
        sheets_of(FILLED), "cross_dept_matters"
    ).columns.keys()


OPINIONS = [["意见编号", "主题", "意见内容", "依据", "解决层级"],
            ["O-01", "职责", "明确管护经费渠道", "文件", "区级"]]  # fmt: skip
HEAD = [["意见建议"], ["填报单位：区水务局（DP28）　　数据截至：2019年6月30日"],
        ["□ 无此类情形", "← 如没有需要填报的事项，请在左侧勾选"]]  # fmt: skip


def test_titles_and_box_between_two_tables_belong_to_the_lower():
    """Two sheets of the form pasted one below the other: no title becomes a record of the upper."""
    (sheet,) = sheets_of([*FILLED, [], *HEAD, *OPINIONS])

    upper, lower = locate((sheet,), RETURN)

    assert (upper.table.name, upper.first_row, upper.last_row) == ("cross_dept_matters", 1, 3)
    assert (lower.table.name, lower.first_row, lower.last_row) == ("opinions", 4, 8)


def test_a_table_pasted_below_another_is_not_read_as_part_of_it():
    """Its headings are known, and that it stands on its own sheet as well."""
    grids = [*FILLED, [], *HEAD, *OPINIONS], OPINIONS
    sheets = sheets_of(*grids, names=["07 职责关系", "10 意见建议"])

    upper = _found(sheets, "cross_dept_matters")

    assert upper.other_from == 4
    assert [row.rule for row in rows_of(upper) if row.number >= 4] == ["other-table-row"] * 5


@pytest.mark.parametrize(
    ("heading", "told"),
    [("核定编制（名）", False), ("核定编制", False), ("核 定 编 制 (名)", False),
     ("核定编制（万元）", True), ("核定编制（2024年底）", True), ("核定编制（含编外）", True)],
)  # fmt: skip
def test_another_unit_or_measure_in_a_heading_of_figures_is_told(heading, told):
    """The figures are read, and the address says where the heading is not the form's."""
    grid = [["编制类型", heading, "实有在编（名）"], ["行政编制", 5, 4]]

    located = _found(sheets_of(grid, names=["05 编制职数"]), "staffing")

    assert located.columns["posts_approved_count"] == 2
    assert (("label.normalised", "核定编制") in _flaws(located)) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("填报单位：区水务局　单位：人", None),
        ("单位：见各列表头", None),
        ("填报单位：区千山镇", None),
        ("单位：百人", "百人"),
        ("填报单位：区水务局　　计量单位：万人", "万人"),
        ("（单位：万元）", "万元"),
    ],
)
def test_a_larger_unit_above_the_table_is_told(line, told):
    """Figures in hundreds would be read as they stand; nobody is to find that out later."""
    sheets = sheets_of([["编制配备"], [line], ["编制类型", "核定编制", "实有在编"]])

    flaws = _found(sheets, "staffing").flaws

    assert [words["found"] for code, _, words in flaws if code == "large-unit"] == (
        [told] if told else []
    )
