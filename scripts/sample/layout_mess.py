"""Mess of whole sheets and files: rows above and below, headings, merges, files sent twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from reviewlib.forms.saving import without_times
from reviewlib.schema import TABLES

from .receipts import SENT_AGAIN
from .sheets import Book


@dataclass(frozen=True)
class Flaw:
    """One flaw of a sheet: how to plant it (returning its address), and what must come of it."""

    case: str
    workbook: str
    table: str
    plant: Callable[[Book], str]
    wrong_zh: str
    outcome_zh: str
    code: str = ""


def _title_rows(table: str, *lines: str) -> Callable[[Book], str]:
    def plant(book: Book) -> str:
        sheet = book.sheet(table)
        sheet.insert_rows(1, len(lines))
        for row, line in enumerate(lines, start=1):
            sheet.cell(row, 1, line)
        return "A1"

    return plant


def _two_row_heading(table: str, first: str, last: str, upper: str) -> Callable[[Book], str]:
    """Put a group heading above some columns and merge the others over both rows."""

    def plant(book: Book) -> str:
        sheet, row = book.sheet(table), book.heading_row(table)
        names = TABLES[table].names
        group = range(names.index(first) + 1, names.index(last) + 2)
        sheet.insert_rows(row)
        for column in range(1, len(names) + 1):
            below, above = sheet.cell(row + 1, column), sheet.cell(row, column)
            above._style = copy(below._style)
            if column not in group:
                above.value, below.value = below.value, None
                sheet.merge_cells(None, row, column, row + 1, column)
        sheet.cell(row, group[0]).value = upper
        sheet.merge_cells(None, row, group[0], row, group[-1])
        return sheet.cell(row, group[0]).coordinate

    return plant


def _rename(table: str, **headings: str) -> Callable[[Book], str]:
    """Write other headings over the printed ones; returns the first that was changed."""

    def plant(book: Book) -> str:
        sheet, row = book.sheet(table), book.heading_row(table)
        cells = [sheet.cell(row, TABLES[table].names.index(name) + 1) for name in headings]
        for cell, text in zip(cells, headings.values(), strict=True):
            cell.value = text
        return cells[0].coordinate

    return plant


def _add_row(table: str, values: dict[str, object]) -> Callable[[Book], str]:
    def plant(book: Book) -> str:
        row = book.rows(table)[-1] + 1
        cells = [
            book.sheet(table).cell(row, TABLES[table].names.index(name) + 1) for name in values
        ]
        for cell, value in zip(cells, values.values(), strict=True):
            cell.value = value
        return cells[0].coordinate

    return plant


def _add_total(table: str, label: str, *columns: str, off: int = 0, is_formula: bool = False):
    """Add a row of totals; `off` makes it wrong, a formula has no stored result."""

    def plant(book: Book) -> str:
        sheet, rows = book.sheet(table), book.rows(table)
        sheet.cell(rows[-1] + 1, 1).value = label
        for name in columns:
            column = TABLES[table].names.index(name) + 1
            cells = [sheet.cell(row, column) for row in rows]
            total = sum(int(cell.value or 0) for cell in cells) + off
            area = f"{cells[0].coordinate}:{cells[-1].coordinate}"
            sheet.cell(rows[-1] + 1, column).value = f"=SUM({area})" if is_formula else total
        return sheet.cell(rows[-1] + 1, 1).coordinate

    return plant


def _add_note(table: str, text: str) -> Callable[[Book], str]:
    def plant(book: Book) -> str:
        cell = book.sheet(table).cell(book.rows(table)[-1] + 2, 1)
        cell.value = text
        return cell.coordinate

    return plant


def _merge_down(table: str, column: str, first: int, last: int) -> Callable[[Book], str]:
    """Merge a column over some rows that say the same; only the first keeps its value."""

    def plant(book: Book) -> str:
        sheet, rows = book.sheet(table), book.rows(table)
        position = TABLES[table].names.index(column) + 1
        sheet.merge_cells(None, rows[first - 1], position, rows[last - 1], position)
        return sheet.cell(rows[last - 1], position).coordinate

    return plant


def _untick(table: str) -> Callable[[Book], str]:
    def plant(book: Book) -> str:
        cell = book.sheet(table).cell(book.heading_row(table) - 1, 1)
        cell.value = "□ 无此类情形"
        return cell.coordinate

    return plant


def _as_it_stands(table: str, row: str, column: str) -> Callable[[Book], str]:
    """The flaw is in the truth itself: only say where."""
    return lambda book: book.cell(table, row, column).coordinate


def send_twice(folder: Path, files: dict[str, str]) -> list[dict]:
    """Let a department send its workbook again, a day later, with two cells changed."""
    rows = []
    for again in SENT_AGAIN:
        first = folder / files["DP28"]
        later = folder / "returns" / again
        later.write_bytes(first.read_bytes())
        _make_earlier(Book.open(first))
        rows.append(
            {
                "file": files["DP28"], "sheet": "", "cell": "", "case": "X10",
                "what_is_wrong_zh": f"同一部门报送两份，另一份为 {again}，填报日期较新",
                "what_must_come_of_it": "采用较新的一份，列出两份差异，绝不相加",
                "code": "file.duplicate-file",
            }
        )  # fmt: skip
    return rows


def _make_earlier(book: Book) -> None:
    """Turn a workbook into the version sent before: an earlier date and two other values."""
    declared = book.cell("covers", "", "declared_on")
    declared.value = declared.value.replace(day=declared.value.day - 4)
    book.cell("staffing", "estab_type=行政编制", "seconded_out_count").value = 3
    book.cell("other_counts", "count_item=主要职责：正常履行条数", "num").value = 13
    book.save()


def distrust_dimension(folder: Path, files: dict[str, str]) -> dict:
    """Write `dimension="A1"` into every sheet of a workbook, as WPS does."""
    path = folder / files["DP07"]
    spoilt = path.with_suffix(".tmp")
    with ZipFile(path) as source, ZipFile(spoilt, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                content = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
            target.writestr(entry.filename, content)
    path.write_bytes(without_times(spoilt.read_bytes()))
    spoilt.unlink()
    return {
        "file": files["DP07"], "sheet": "", "cell": "", "case": "X06",
        "what_is_wrong_zh": "WPS 写的 dimension=\"A1\"", "what_must_come_of_it": "全表读出",
        "code": "",
    }  # fmt: skip


REARRANGED = (
    Flaw("X16", "DP17", "duty_transfers",
         _title_rows("duty_transfers", "附件2", "示例区机构改革“回头看”职责划转情况表"),
         "表前多了两行标题", "跳过标题行，按表头定位"),
    Flaw("X15", "DP13", "staff_transfers",
         _two_row_heading("staff_transfers", "realname_done_count", "file_done_count",
                          "手续办理情况（人）"),
         "两行表头，有合并单元格", "展平后按下层表头读取"),
)  # fmt: skip
"""What moves rows or headings, before any cell is spoilt."""

ADDED = (
    Flaw("X17", "DP20", "internal_units",
         _rename("internal_units", unit_name="内设机构 名 称", is_head_in_place="负责人\n是否到位"),
         "表头有空格和换行", "去空白后匹配"),
    Flaw("X17", "DP30", "staffing", _rename("staffing", posts_approved_count="核定编制\n（名）",
                                            posts_filled_count="实有在编 （名） "),
         "表头有换行和尾空格", "去空白、括注后匹配"),
    Flaw("X18", "DP05", "staffing", _rename("staffing", posts_filled_count="在编人数"),
         "表头变体“在编人数”", "按同义词读作“实有在编”"),
    Flaw("X18", "DP22", "staffing", _rename("staffing", posts_filled_count="现有人数（名）"),
         "表头变体“现有人数”", "按同义词读作“实有在编”"),
    Flaw("X20", "DP26", "staff_transfers",
         _add_total("staff_transfers", "合计", "due_count", "done_count"),
         "表中有合计行", "剔除出明细并用来核对", "row.footer"),
    Flaw("X20", "DP32", "internal_units",
         _add_total("internal_units", "总 计", "approved_staff_count", off=1),
         "总计比明细之和多 1", "剔除出明细，提示差额", "cell.constraint"),
    Flaw("X21", "DP15", "staff_transfers",
         _add_total("staff_transfers", "合计", "due_count", "done_count", is_formula=True),
         "合计是没有缓存值的公式", "按明细重算，不取 0", "row.footer"),
    Flaw("X22", "DP14", "internal_units",
         _add_note("internal_units", "备注：1.数据截至2025年6月30日。2.不含事业单位人员。"),
         "表尾有备注", "剔除出明细", "row.footer"),
    Flaw("X22", "DP29", "internal_units",
         _add_note("internal_units", "填表人：张某　联系电话：00000000　审核人：李某"),
         "表尾有填表人、联系电话", "剔除，姓名电话不入库", "row.footer"),
    Flaw("X24", "DP19", "cross_dept_matters",
         _merge_down("cross_dept_matters", "lead_dept", 1, 2),
         "牵头单位纵向合并", "合并区域内向下填充"),
    Flaw("X25", "DP29", "duty_transfers",
         _add_row("duty_transfers", {"matter_id": "DT-01", "matter": "例：老龄工作职责",
                                     "from_dept": "区纪委监委", "to_dept": "区委办公室",
                                     "reported_by": "划出方", "status": "到位"}),
         "示例行没有删除", "按示例剔除", "row.footer"),
    Flaw("X26", "DP14", "coordination_bodies", _untick("coordination_bodies"),
         "空表，未勾选“无此类情形”", "请确认无此类情形；不当作 0 分", "sheet.no-rows"),
    Flaw("X44", "DP23", "staff_transfers",
         _add_row("staff_transfers", {"from_dept": "区发展改革委", "to_dept": "区生态环境局",
                                      "reported_by": "划入方", "estab_type": "行政编制",
                                      "due_count": 0, "done_count": 0, "pending_count": 0}),
         "应转隶 0 人", "不显示 0% 或无穷大"),
    Flaw("X82", "G1", "visit_scores",
         _add_row("visit_scores", {"group_id": "G1", "dept_code": "DP35", "dept_name": "区体育局",
                                   "indicator_id": "C11", "answer": "已填", "agreed": "B"}),
         "评分表里有名册以外的单位", "不采用，列为错误", "row.foreign-key"),
    Flaw("X83", "G3", "visit_scores",
         _add_row("visit_scores", {"group_id": "G3", "dept_code": "DP16", "dept_name": "区教育局",
                                   "indicator_id": "C11", "answer": "已填", "agreed": "A"}),
         "自评单位出现在组评分表", "不采用，列为错误", "row.foreign-key"),
    Flaw("X77", "DP26", "duty_transfers",
         _as_it_stands("duty_transfers", "matter_id=DT-26", "status"),
         "划入方报“未到位”，划出方报“到位”", "列入双方不一致清单，B05 计不一致", "cell.constraint"),
    Flaw("X77", "DP27", "duty_transfers",
         _as_it_stands("duty_transfers", "matter_id=DT-12", "matter_id"),
         "划出方没有填报该事项", "列入双方不一致清单，B05 计不一致", "row.foreign-key"),
    Flaw("X81", "DP21", "leadership_posts",
         _as_it_stands("leadership_posts", "post_type=科级正职", "leadership_posts_filled_count"),
         "科级正职超配、副职空缺，合计相等", "仍判正职超配，不相抵"),
    Flaw("X11", "DP24", "covers", _as_it_stands("covers", "", "declared_name"),
         "文件名写区文旅局，封面写区文化和旅游局", "别名归一后一致，通过"),
)  # fmt: skip
"""What is added below or beside the tables, and what stands in the truth itself."""
