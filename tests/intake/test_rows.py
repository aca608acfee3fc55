"""Rows below the headings: which are data, which are not, and that none is lost."""

from __future__ import annotations

import pytest
from sheets_by_hand import sheets_of

from reviewlib.intake.accounting import account
from reviewlib.intake.interpret import interpret
from reviewlib.intake.issues import Place
from reviewlib.intake.locate import locate
from reviewlib.intake.refusal import Refusal
from reviewlib.intake.tables import TableRead, read_table
from reviewlib.intake.workbook import Workbook
from reviewlib.schema import tables_of
from reviewlib.schema import vocabularies as v

HEADINGS = ["转出部门", "转入部门", "填报方", "编制类型", "应转隶人数（人）", "已转隶人数（人）",
            "未转隶人数（人）"]  # fmt: skip
ONE = ["区民政局", "区卫健委", "划出方", "行政编制", 5, 4, 1]
TWO = ["区民政局", "区卫健委", "划出方", "工勤编制", 3, 3, 0]


def _read(grid: list[list], reading, merges: tuple[str, ...] = ()) -> TableRead:
    sheets = sheets_of([HEADINGS, *grid], merges=merges, names=["04 人员转隶"])
    (located,) = locate(sheets, tables_of("return"))
    return read_table(located, reading, Place(dept_code="DP18", file="returns/a.xlsx"))


def _told(read: TableRead) -> list[tuple[str, str]]:
    issues = [*read.issues, *(one for record in read.records for one in record.issues)]
    return [(one["code"], one["cell"]) for one in issues if one["code"] != "label.missing"]


KINDS = [
    # what, rows, kinds, codes with their cells
    ("data", [ONE, TWO], ["clean", "clean"], []),
    ("a total that adds up", [ONE, TWO, ["合计", None, None, None, 8, 7, 1]],
     ["clean", "clean", "excluded"], [("row.footer", "A4")]),
    ("a spaced total that does not", [ONE, TWO, [None, "总 计", None, None, 9, 7, 1]],
     ["clean", "clean", "excluded"], [("row.footer", "B4"), ("cell.constraint", "E4")]),
    ("a subtotal of the rows since the last", [ONE, ["小计", "", "", "", 5, 4, 1], TWO,
                                               ["小计", "", "", "", 3, 3, 0]],
     ["clean", "excluded", "clean", "excluded"], [("row.footer", "A3"), ("row.footer", "A5")]),
    ("a total that is a formula without result", [ONE, ["合计", "", "", "", "=SUM(E2:E2)", 4, 1]],
     ["clean", "excluded"], [("row.footer", "A3")]),
    ("a named total", [ONE, ["行政编制小计", None, None, None, 5, 4, 1]], ["clean", "excluded"],
     [("row.footer", "A3")]),
    ("a row that ends in 总计 and says more", [["资金总计", *ONE[1:]]], ["clean"],
     [("cell.not-in-list", "A2")]),
    ("dashes all along: no such case", [["/"] * 7], ["excluded"], [("row.blank", "A2")]),
    ("无 alone: no such case", [["无"]], ["excluded"], [("row.blank", "A2")]),
    ("a dash where a name is required", [["/", *ONE[1:]]], ["clean"], [("cell.required", "A2")]),
    ("不适用 where a number is required", [[*ONE[:4], "不适用", 4, 1]], ["clean"],
     [("cell.required", "E2")]),
    ("a note below", [ONE, ["备注：1.数据截至2019年6月。"]], ["clean", "excluded"],
     [("row.footer", "A3")]),
    ("a line of signatures", [ONE, ["填表人：张三　联系电话：13800138000"]], ["clean", "excluded"],
     [("row.footer", "A3")]),
    ("an example left in", [["例：区民政局", "区卫健委", "划出方", "行政编制", 9, 9, 0], ONE],
     ["excluded", "clean"], [("row.footer", "A2")]),
    ("the district's own name is no example", [["示例区民政局", *ONE[1:]]], ["clean"], []),
    ("the headings again half-way", [ONE, HEADINGS, TWO], ["clean", "excluded", "clean"],
     [("row.repeated-header", "A3")]),
    ("spaces only", [ONE, ["  ", None, "　"], TWO], ["clean", "blank", "clean"],
     [("row.blank", "")]),
    ("the end of a page", [ONE, ["以下空白"]], ["clean", "excluded"], [("row.footer", "A3")]),
    ("the end in brackets", [ONE, ["（此页无正文）"]], ["clean", "excluded"],
     [("row.footer", "A3")]),
    ("the number of a page", [ONE, ["第1页 共2页"], TWO], ["clean", "excluded", "clean"],
     [("row.footer", "A3")]),
    ("the title on the next page", [ONE, ["人员转隶"], TWO], ["clean", "excluded", "clean"],
     [("row.footer", "A3")]),
    ("a note with a star", [ONE, ["*注：含借调"]], ["clean", "excluded"], [("row.footer", "A3")]),
    ("the next sentence of a note", [ONE, ["注：1.截至6月。"], ["2.含挂职干部。"]],
     ["clean", "excluded", "excluded"], [("row.footer", "A3"), ("row.footer", "A4")]),
    ("the place of a seal", [ONE, ["（盖章）"]], ["clean", "excluded"], [("row.footer", "A3")]),
    ("the date below", [ONE, ["2025年7月4日"]], ["clean", "excluded"], [("row.footer", "A3")]),
    ("who looked it over", [ONE, ["审核：李四"]], ["clean", "excluded"], [("row.footer", "A3")]),
    ("a name that begins with a number", [["1.区民政局", *ONE[1:]]], ["clean"],
     [("cell.not-in-list", "A2")]),
    ("the same row twice", [ONE, ONE], ["clean", "excluded"], [("row.duplicate", "A3")]),
    ("the same key with other numbers", [ONE, [*ONE[:4], 6, 6, 0]], ["clean", "quarantined"],
     [("row.duplicate-key", "A3")]),
    ("rows alike but for a name that nobody knows",
     [["区民正局", *ONE[1:]], ["区发改革局", *ONE[1:]]],
     ["clean", "clean"], [("cell.not-in-list", "A2"), ("cell.not-in-list", "A3")]),
    ("a subtotal after the department", [ONE, ["区民政局", None, None, "小计", 5, 4, 1]],
     ["clean", "excluded"], [("row.footer", "A3")]),
    ("signatures with names beside them", [ONE, ["填表人：", "张三", "审核人（签字）：", "李四",
                                                 "日期：", "2019.7.5"]],
     ["clean", "excluded"], [("row.footer", "A3")]),
    ("a note with its text beside it", [ONE, ["备注：", "数据截至2019年6月"]],
     ["clean", "excluded"], [("row.footer", "A3")]),
    ("a word of signers in a row of data", [["负责人办公室：区民政局", *ONE[1:]]], ["clean"],
     [("cell.not-in-list", "A2")]),
    ("a word of notes in a row of data", [["注：区民政局", *ONE[1:3]]], ["clean"],
     [("cell.not-in-list", "A2"), ("cell.required", "D2"), ("cell.required", "E2"),
      ("cell.required", "F2")]),
    ("a required cell left blank", [[*ONE[:4], None, 4, 1]], ["clean"], [("cell.required", "E2")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "grid", "kinds", "codes"), KINDS, ids=[c[0] for c in KINDS])
def test_what_each_row_is(reading, what, grid, kinds, codes):
    """Data is used, everything else is named with its code and its cell."""
    read = _read(grid, reading)

    assert [read.kinds[row] for row in sorted(read.kinds)] == ["header", *kinds]
    assert sorted(_told(read)) == sorted(codes)


ABOVE = [
    # what, rows above the headings, kinds of these and of the row below, codes with their cells
    ("nothing", [], ["clean"], []),
    ("title, department and box", [["人员转隶"], ["填报单位：区民政局（DP18）"], ["□ 无此类情形"]],
     ["clean"], []),
    ("a line of labels", [["填报单位：区民政局", "填报人：张三", "电话：1", "日期：7月"]],
     ["clean"], []),
    ("headings in two rows, not merged", [["部门", None, "类别", None, "人数"]], ["clean"], []),
    ("rows that were sorted with their headings", [TWO, ["区民政局", None, "划入方", None, 2]],
     ["excluded", "excluded", "clean"], [("sheet.far-cell", "A1"), ("sheet.far-cell", "A2")]),
    ("a first page with a heading misspelt", [[*HEADINGS[:3], "身份", *HEADINGS[4:]], TWO],
     ["clean", "excluded", "clean"], [("label.normalised", "D1"), ("row.repeated-header", "A3")]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "grid", "kinds", "codes"), ABOVE, ids=[c[0] for c in ABOVE])
def test_rows_above_the_headings_are_not_lost(reading, what, grid, kinds, codes):
    """What is filled in as rows are is told, or read where headings come twice."""
    sheets = sheets_of([*grid, HEADINGS, ONE], names=["04 人员转隶"])
    (located,) = locate(sheets, tables_of("return"))
    read = read_table(located, reading, Place(dept_code="DP18", file="returns/a.xlsx"))

    found = [read.kinds[row] for row in sorted(read.kinds)]
    assert [kind for kind in found if kind != "header"] == kinds
    assert sorted(_told(read)) == sorted(codes)


def test_lone_texts_beside_a_merged_cell_are_rows(reading):
    """One category for three problems, each merged across: three records, no remarks."""
    headings = ["类别", "问题描述", "具体表现", "原因"]
    duty = v.CATEGORY.label("DUTY")
    grid = [headings, [duty, "衔接期较长"], [None, "系统尚未移交"], [None, "业务骨干不足"]]
    sheets = sheets_of(grid, names=["09 问题自查"], merges=("A2:A4", "B2:D2", "B3:D3", "B4:D4"))
    (located,) = locate(sheets, tables_of("return"))

    read = read_table(located, reading, Place(dept_code="DP18", file="returns/a.xlsx"))

    assert len(read.records) == 3
    assert {record.values["category"] for record in read.records} == {"DUTY"}


def test_headings_twice_side_by_side_and_a_lone_text_below_cost_no_file(reading):
    """Which of two columns is meant is not guessed; what stands below is looked at all the same."""
    sheets = sheets_of([[*HEADINGS, *HEADINGS], [*ONE, *ONE], ["见附表"]], names=["04 人员转隶"])
    (located,) = locate(sheets, tables_of("return"))

    read = read_table(located, reading, Place(dept_code="DP18", file="returns/a.xlsx"))

    assert "label.duplicate" in {code for code, _ in _told(read)}


def test_names_and_numbers_of_signers_are_not_kept(reading):
    """The record of a line of signatures holds neither name nor telephone number."""
    read = _read([ONE, ["填表人：张三　联系电话：13800138000"]], reading)

    (raw,) = [found["raw"] for found in read.issues if found["code"] == "row.footer"]
    assert raw == "填表人：***　联系电话：138******00"


def test_a_merged_cell_fills_downwards_a_blank_one_does_not(reading):
    """转出部门 merged over two rows holds for both; the blank 转入部门 stays blank."""
    grid = [ONE, [None, None, *TWO[2:]], [None, *TWO[1:]]]

    read = _read(grid, reading, merges=("A2:A3",))

    assert [record.values["from_dept"] for record in read.records] == ["DP18", "DP18", None]
    assert [record.values["to_dept"] for record in read.records] == ["DP29", None, "DP29"]


def test_a_figure_merged_over_rows_counts_once(reading):
    """5 over two rows is not 5 for each: the second is asked for."""
    read = _read([ONE, [*TWO[:4], None, *TWO[5:]]], reading, merges=("E2:E3",))

    assert [record.values["due_count"] for record in read.records] == [5, None]
    assert ("cell.required", "E3") in _told(read)


BOXES = [
    ("ticked", "☑ 无此类情形", []),
    ("ticked by hand", "（√）无此类情形", []),
    ("ticked with a coloured box", "☑\ufe0f 无此类情形", []),
    ("not ticked", "□ 无此类情形", ["sheet.no-rows"]),
    ("taken away", None, ["sheet.no-rows"]),
]


@pytest.mark.parametrize(("what", "box", "codes"), BOXES, ids=[case[0] for case in BOXES])
def test_an_empty_list_must_say_so(reading, what, box, codes):
    """Nothing to report is ticked; a list left blank is asked about."""
    result = _interpreted([["人员转隶"], [box], HEADINGS], reading)

    assert [f["code"] for f in result.issues if f["code"].startswith("sheet.no")] == codes


def test_a_ticked_box_over_filled_rows_is_pointed_out(reading):
    """The rows count, and somebody must say which is meant."""
    result = _interpreted([["☑ 无此类情形"], HEADINGS, ONE], reading)

    assert len(result.rows["staff_transfers"]) == 1
    assert "none-ticked-with-rows" in [found["rule"] for found in result.issues]


def _interpreted(grid: list[list], reading):
    cover = [["部门代码", "DP18"], ["部门名称", "区民政局"], ["填报日期", "2019-07-05"]]
    sheets = sheets_of(cover, grid, names=["01 封面", "04 人员转隶"])
    return interpret(Workbook("returns/区民政局.xlsx", "0" * 64, "xlsx", sheets), "return", reading)


def test_every_row_is_accounted_for(reading):
    """Seen by the counter = header + blank + excluded + clean + quarantined, by the reader."""
    grid = [["人员转隶"], HEADINGS, ONE, [" "], ["合计", None, None, None, 5, 4, 1],
            [*ONE[:4], 6, 6, 0]]  # fmt: skip
    result = _interpreted(grid, reading)

    row = next(sheet for sheet in result.sheets if sheet["sheet"] == "04 人员转隶")
    counts = {name.removesuffix("_count"): n for name, n in row.items() if name.endswith("_count")}
    assert counts == {"seen": 6, "header": 2, "blank": 1, "excluded": 1, "clean": 1,
                      "quarantined": 1}  # fmt: skip


def test_rows_that_the_reader_lost_are_noticed(reading):
    """A sheet of which the counter saw a filled row more is not believed."""
    (sheet,) = sheets_of([HEADINGS, ONE, TWO])
    del sheet.rows[3]

    with pytest.raises(Refusal, match="工作表“Sheet1”读出的行与独立计数不符") as caught:
        account(sheet, [], Place(), is_own=False)

    assert caught.value.code == "file.corrupt-file"


FIXED = ["编制类型", "核定编制（名）", "实有在编（名）"]


def test_a_printed_table_is_known_by_its_rows(reading):
    """Rows may come in any order; a missing and an unknown one are named."""
    grid = [FIXED, ["工勤编制", 2, 2], ["行政编制", 20, 18], ["临时编制", 3, 3]]
    (located,) = locate(sheets_of(grid, names=["05 编制职数"]), tables_of("return"))

    read = read_table(located, reading, Place(dept_code="DP18"))

    assert [one.values["estab_type"] for one in read.records] == ["workers", "administrative"]
    told = [(one["code"], one["severity"], one["message_zh"]) for one in read.issues]
    assert ("label.missing", "error", "找不到“政法专项编制”") in told
    assert "label.extra" in [code for code, severity, _ in told if severity == "error"]
    assert read.kinds[4] == "quarantined"
