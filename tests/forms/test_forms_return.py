"""The return workbook: what stands on its sheets, what is open, what may be entered."""

from __future__ import annotations

import pytest
from openpyxl.utils import range_boundaries

from reviewlib import schema
from reviewlib.forms import styles
from reviewlib.forms.layout import LINE_HEIGHT, row_height
from reviewlib.forms.lists import template_version
from reviewlib.forms.sheets import HEADING_ROW, LINE_ROW, NONE_ROW
from reviewlib.schema import Kind, Layout

RETURN = schema.tables_of("return")
LISTS = [table for table in RETURN if table.layout is Layout.LIST]
ROWS = [table for table in RETURN if table.layout is not Layout.RECORD]
A4 = 9  # as the file format numbers paper
OPEN, LOCKED = False, True


def _headings(book, table) -> dict[str, object]:
    """Return the heading cells of a table by their text."""
    headings = {column.heading for column in table.columns}
    rows = book[table.sheet].iter_rows()
    best = max(rows, key=lambda row: sum(cell.value in headings for cell in row))
    return {cell.value: cell for cell in best}


def _cell(book, table_name: str, row_key: str, column: str):
    """Return the cell of one printed row, found by what stands in the first column."""
    table = schema.TABLES[table_name]
    cells = _headings(book, table)
    position = cells[table[column].heading].column
    first = cells[table.columns[0].heading].column
    for row in book[table.sheet].iter_rows():
        if row[first - 1].value == row_key:
            return row[position - 1]
    raise AssertionError(f"{table_name} has no row {row_key!r}")


def _rules_at(sheet, cell) -> list:
    """Return the validations that hold for a cell."""
    found = []
    for rule in sheet.data_validations.dataValidation:
        for area in rule.sqref.ranges:
            left, top, right, bottom = range_boundaries(str(area))
            if left <= cell.column <= right and top <= cell.row <= bottom:
                found.append(rule)
    return found


def test_every_table_of_the_schema_has_its_sheet(blank):
    """Sheet 00, one sheet for every table, the scoring table, and the two hidden sheets last."""
    names = list(dict.fromkeys(table.sheet for table in RETURN))
    assert blank.sheetnames == ["00 填表说明", *names, "评分标准", "_lists", "_meta"]
    hidden = [sheet.title for sheet in blank if sheet.sheet_state != "visible"]
    assert hidden == ["_lists", "_meta"]


@pytest.mark.parametrize("table", RETURN, ids=lambda table: table.name)
def test_headings_are_those_of_the_schema(blank, table):
    """Every column stands on its sheet under its heading, in the order of the schema."""
    if table.layout is Layout.RECORD:
        labels = [row[0].value for row in blank[table.sheet].iter_rows(min_row=HEADING_ROW)]
        assert labels == [column.heading for column in table.columns]
    else:
        found = [cell for cell in _headings(blank, table) if cell is not None]
        assert found == [column.heading for column in table.columns]


@pytest.mark.parametrize("table", RETURN, ids=lambda table: table.name)
def test_every_sheet_names_the_department(blank, table):
    """The line below the title says whose return it is and of which day."""
    line = blank[table.sheet].cell(LINE_ROW, 1).value
    assert line.startswith("填报单位：区甲局（DP01）")
    assert "数据截至：2025年6月30日" in line


@pytest.mark.parametrize("table", LISTS, ids=lambda table: table.name)
def test_every_list_starts_with_the_box(blank, table):
    """“□ 无此类情形” can be ticked by a drop-down of two values."""
    box = blank[table.sheet].cell(NONE_ROW, 1)
    assert box.value == "□ 无此类情形"
    assert box.protection.locked is OPEN
    (rule,) = _rules_at(blank[table.sheet], box)
    assert rule.type == "list"
    assert _listed(blank, rule) == ["□ 无此类情形", "☑ 无此类情形"]


def _listed(book, rule) -> list[str]:
    sheet, area = rule.formula1.split("!")
    return [row[0].value for row in book[sheet][area.replace("$", "")]]


def test_drop_downs_are_ranges_of_the_hidden_sheet(blank):
    """No list stands in a formula, and no formula begins with a sign of equality."""
    rules = [
        rule
        for sheet in blank
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    ]
    assert len(rules) > 30
    assert all(rule.formula1.startswith("_lists!$") for rule in rules)
    assert all(None not in _listed(blank, rule) for rule in rules)


@pytest.mark.parametrize("table", ROWS, ids=lambda table: table.name)
def test_choices_are_the_words_of_the_vocabulary(blank, table):
    """A column with allowed values offers exactly their Chinese words."""
    cells = _headings(blank, table)
    for column in table.columns:
        if column.is_input and column.kind in (Kind.CHOICE, Kind.LEVEL):
            below = cells[column.heading].offset(row=1)
            (rule,) = _rules_at(blank[table.sheet], below)
            assert _listed(blank, rule) == [choice.zh for choice in column.vocabulary]


@pytest.mark.parametrize(
    ("what", "column", "rule_type", "operator", "words"),
    [
        ("a number of people is whole", "staff_count", "whole", "greaterThanOrEqual", "请填整数"),
        ("a day is a date", "due_on", "date", "between", "请填日期"),
        ("a long text is limited", "remark", "textLength", "lessThanOrEqual", "300 字以内"),
        ("a department comes from the roster", "from_dept", "list", None, "下拉列表"),
    ],
)  # fmt: skip
def test_what_may_be_entered(blank, what, column, rule_type, operator, words):
    """A wrong entry is stopped with a Chinese message that names the column."""
    table = schema.TABLES["duty_transfers"]
    below = _headings(blank, table)[table[column].heading].offset(row=1)
    (rule,) = _rules_at(blank[table.sheet], below)
    assert (rule.type, rule.operator) == (rule_type, operator)
    assert rule.showErrorMessage
    assert rule.error.startswith(f"“{table[column].zh}”")
    assert words in rule.error


@pytest.mark.parametrize(
    ("what", "table", "column", "style"),
    [
        ("a number that may not apply", "duty_transfers", "staff_count", "warning"),
        ("a day that may not apply", "duty_transfers", "done_on", "warning"),
        ("a number that must be there", "staff_transfers", "due_count", "stop"),
        ("a choice from a list", "duty_transfers", "status", "stop"),
    ],
)
def test_what_does_not_apply_can_be_said(blank, what, table, column, style):
    """A number or a day that may be left out takes 不适用: the program asks, and says how."""
    table = schema.TABLES[table]
    below = _headings(blank, table)[table[column].heading].offset(row=1)
    (rule,) = _rules_at(blank[table.sheet], below)
    assert (rule.errorStyle or "stop") == style
    assert ("不适用的填“不适用”，并选“是”" in rule.error) is (style == "warning")


@pytest.mark.parametrize("table", RETURN, ids=lambda table: table.name)
def test_input_is_yellow_and_open_and_the_rest_is_locked(blank, table):
    """Sheets are protected without a password; only yellow cells can be written in."""
    sheet = blank[table.sheet]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.has_style]
    opened = [cell for cell in cells if not cell.protection.locked]
    assert opened
    assert {cell.style for cell in opened} == {styles.INPUT}
    assert {cell.fill.start_color.rgb[-6:] for cell in opened} == {styles.YELLOW}
    grey = [cell for cell in cells if cell.style == styles.LOCKED]
    assert {cell.fill.start_color.rgb[-6:] for cell in grey} <= {styles.GREY}


@pytest.mark.parametrize(
    ("what", "code", "indicator", "answer", "is_locked"),
    [
        ("merged: integration is rated", "DP01", "A09", None, OPEN),
        ("only gained duties: no integration", "DP02", "A09", "不适用", LOCKED),
        ("no institutions in the plan", "DP02", "A08", "不适用", LOCKED),
        ("institutions in the plan", "DP01", "A08", None, OPEN),
        ("party body keeps no authority list", "DP03", "C10", "不适用", LOCKED),
        ("regulation not reissued", "DP03", "C05", "不适用", LOCKED),
        ("regulation reissued", "DP02", "C05", None, OPEN),
        ("hosting a body is not known from the roster", "DP03", "B06", None, OPEN),
        ("both sides are compared by the system", "DP01", "B05", "已填", LOCKED),
        ("timeliness is computed", "DP03", "D01", "已填", LOCKED),
        ("consistency is computed", "DP02", "D02", "已填", LOCKED),
    ],
)  # fmt: skip
def test_roster_facts_close_indicators(write, what, code, indicator, answer, is_locked):
    """What the roster excludes is filled in 不适用 and locked; so is what the system computes."""
    cell = _cell(write(code), "self_ratings", indicator, "answer")
    assert cell.value == answer
    assert cell.protection.locked is is_locked


def test_every_indicator_of_the_rubric_has_its_row(blank, rubric):
    """Sheet 11 lists the indicators in the order of the rubric."""
    sheet = blank["11 自评打分"]
    ids = [row[0].value for row in sheet.iter_rows(min_row=HEADING_ROW + 1)]
    assert ids == [indicator.id for indicator in rubric.indicators]


@pytest.mark.parametrize(
    ("indicator", "is_level"), [("A09", True), ("C11", True), ("A02", False), ("C06", False)]
)
def test_levels_and_rates_are_asked_apart(blank, indicator, is_level):
    """A level item takes a level only, the others a rate only."""
    assert _cell(blank, "self_ratings", indicator, "level").protection.locked is not is_level
    assert _cell(blank, "self_ratings", indicator, "stated_share").protection.locked is is_level


def test_formulas_stand_in_locked_cells_only(blank):
    """A formula is an aid; nobody writes over it, and no required input depends on it."""
    formulas = [
        cell for sheet in blank for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f"
    ]  # fmt: skip
    assert formulas
    assert all(cell.protection.locked for cell in formulas)


def test_counts_without_a_total_take_one_number(blank):
    """Sheet 12 asks for a denominator only where the count has one."""
    single = _cell(blank, "other_counts", "“三定”主要职责条数", "den")
    pair = _cell(blank, "other_counts", "档案类目：已移交／应移交", "den")
    assert (single.protection.locked, pair.protection.locked) == (LOCKED, OPEN)


def test_meta_says_which_form_it_is(blank):
    """The hidden sheet carries kind, version, cycle and department."""
    meta = dict(blank["_meta"].values)
    assert meta == {
        "workbook": "return", "template_version": template_version("return"),
        "cycle": "示例区 2025-06-30", "dept_code": "DP01",
    }  # fmt: skip


def test_version_differs_by_workbook():
    """Two kinds of workbook never share a version."""
    kinds = ("roster", "return", "visit", "ledger", "moderation")
    assert len({template_version(kind) for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("table", RETURN, ids=lambda table: table.name)
def test_prints_on_a4(blank, table):
    """One page wide on A4, long lists repeat their headings, headings stay in sight."""
    sheet = blank[table.sheet]
    assert sheet.page_setup.paperSize == A4
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes is not None
    is_record = table.layout is Layout.RECORD
    assert sheet.page_setup.orientation == ("portrait" if is_record else "landscape")
    assert bool(sheet.print_title_rows) is not is_record


def test_columns_are_wide_enough_for_their_headings(blank):
    """A heading fits its column in two lines; a Chinese character takes two figures' width."""
    for table in ROWS:
        for heading, cell in _headings(blank, table).items():
            if heading:
                width = blank[table.sheet].column_dimensions[cell.column_letter].width
                assert 2 * width >= sum(1 if char.isascii() else 2 for char in heading), heading


@pytest.mark.parametrize(
    ("what", "values", "widths", "lines"),
    [
        ("a short text", ["办公室"], [20], None),
        ("Chinese characters are wide", ["一二三四五六七八九十"], [11], 2),
        ("the longest text counts", ["短", "一二三四五六七八九十" * 3], [11, 21], 3),
        ("line breaks are kept", ["1、甲\n2、乙\n3、丙"], [30], 3),
    ],
)
def test_rows_are_high_enough_for_their_text(what, values, widths, lines):
    """No text is cut off, whichever program opens the form."""
    assert row_height(values, widths) == (None if lines is None else lines * LINE_HEIGHT + 2)


def test_instructions_explain_every_column(blank):
    """Sheet 00 names the sheets and says of each column how to fill it in, with an example."""
    sheet = blank["00 填表说明"]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows()]
    assert {table.sheet for table in RETURN} <= {row[0] for row in rows}
    asked = {column.heading for table in ROWS for column in table.columns if column.is_input}
    assert asked <= {row[0] for row in rows}
    assert ["职责事项", "必填；请控制在 100 字以内", "例：老龄工作职责"] in rows
    assert ["状态", "必填；请从下拉列表中选择", "到位"] in rows
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)


def test_instructions_print_large_enough_to_be_read(blank):
    """Three columns on a standing A4 page: nothing is made smaller than four fifths."""
    sheet = blank["00 填表说明"]
    assert {cell.column for row in sheet.iter_rows() for cell in row if cell.value} <= {1, 2, 3}
    assert sum(sheet.column_dimensions[letter].width for letter in "ABC") <= 110
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (A4, "portrait")


def test_the_scoring_table_stands_in_the_form(blank, rubric):
    """Every indicator with points, rule, levels, scope and evidence, in the order of the rubric."""
    sheet = blank["评分标准"]
    rows = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows(min_row=5)}
    listed = [item.id for item in (*rubric.indicators, *rubric.deductions, *rubric.bonuses)]
    assert [key for key in rows if key in listed] == listed
    for item in rubric.indicators:
        _, name, weight, _, rule, applies, evidence = rows[item.id][:7]
        assert (name, weight, applies) == (item.zh, item.weight, item.applies_zh)
        assert evidence == item.evidence_zh
        assert item.formula_zh in rule
        assert all(level.zh in rule for level in getattr(item.scale, "levels", ()))
    assert all(cell.protection.locked for row in sheet.iter_rows() for cell in row)
    assert sheet.page_setup.paperSize == A4
