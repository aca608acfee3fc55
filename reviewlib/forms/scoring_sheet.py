"""The scoring table on a sheet (评分标准): what an indicator is worth, and how it is rated.

Departments rate themselves by it and visit groups score by it; it asks for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reviewlib.forms import styles
from reviewlib.forms.layout import row_height, set_up_page
from reviewlib.forms.sheets import HEADING_ROW, NONE_ROW, Form, put
from reviewlib.rubric import Rubric, adjustment_rule, scoring_table
from reviewlib.rubric.printed import plain_number
from reviewlib.schema.returns import RUBRIC_SHEET

COLUMNS = (("编号", 8), ("指标", 24), ("分值", 8), ("类型", 12), ("评分规则、等次或分段", 62),
           ("适用范围", 30), ("佐证材料", 30))  # fmt: skip
WIDTHS = [width for _, width in COLUMNS]
STANDING = {"proposal": "建议稿，未正式印发", "official": "正式印发"}


def add_scoring_table(form: Form, rubric: Rubric) -> Worksheet:
    """Add the printed scoring table: indicators by dimension, deductions and bonuses, bands."""
    sheet = form.sheet(rubric.zh, RUBRIC_SHEET)
    put(sheet.cell(NONE_ROW, 1), _edition(rubric), styles.LINE)
    is_relative = rubric.weights == "relative"  # then a weight is no number of points
    for position, (heading, width) in enumerate(COLUMNS, start=1):
        word = "权重" if is_relative and heading == "分值" else heading
        put(sheet.cell(HEADING_ROW, position), word, styles.HEADING)
        sheet.column_dimensions[get_column_letter(position)].width = width
    row = HEADING_ROW
    table = scoring_table(rubric)
    for node in rubric.dimensions:
        row += 1
        weight = plain_number(node.weight)
        worth = f"权重 {weight}" if is_relative else f"{weight}分"
        put(sheet.cell(row, 1), f"{node.id} {node.zh}（{worth}）", styles.SUBTITLE)
        for item in table[table["dimension_id"] == node.id].itertuples():
            row += 1
            _add_row(sheet, row, (item.id, item.name, float(item.weight), item.scale, item.rule,
                                  item.applies, item.evidence))  # fmt: skip
    row = _add_adjustments(sheet, rubric, row + 1)
    put(sheet.cell(row + 2, 1), _bands(rubric), styles.LINE)
    set_up_page(sheet, is_landscape=True, heading_row=HEADING_ROW)
    sheet.freeze_panes = sheet.cell(HEADING_ROW + 1, 3)
    return sheet


def _add_adjustments(sheet: Worksheet, rubric: Rubric, row: int) -> int:
    """Write deductions and bonuses below the indicators; return the last row."""
    bands = {band.id: band.zh for band in rubric.bands}
    for title, parts in (("扣分", rubric.deductions), ("加分", rubric.bonuses)):
        if parts:
            put(sheet.cell(row, 1), title, styles.SUBTITLE)
        for part in parts:
            row += 1
            bar = f"；最高评为“{bands[part.bars_above]}”" if part.bars_above else ""
            waived = "有批准文号的不扣" if part.is_waived_by_approval else ""
            rule = adjustment_rule(rubric, part) + bar
            _add_row(sheet, row, (part.id, part.zh, None, title, rule, waived, None))
        row += bool(parts)
    return row


def _add_row(sheet: Worksheet, row: int, values: Sequence[object]) -> None:
    for position, value in enumerate(values, start=1):
        number_format = "0.##" if isinstance(value, float) and value % 1 else None
        put(sheet.cell(row, position), value or None, styles.PRINTED, number_format)
    texts = ["" if value is None else value for value in values]
    sheet.row_dimensions[row].height = row_height(texts, WIDTHS)


def _edition(rubric: Rubric) -> str:
    day = rubric.dated_on.isoformat()
    return (f"版次：{rubric.edition}（{day}，{STANDING[rubric.status]}）　　"
            f"满分 {plain_number(rubric.total.scale)} 分　　{rubric.source_zh}")  # fmt: skip


def _bands(rubric: Rubric) -> str:
    """Return the bands, best first, each with the score it begins at."""
    told = [f"“{band.zh}”{plain_number(band.at_least)}分及以上" for band in rubric.bands]
    return f"评定（按显示的总分）：{'；'.join(told)}。" if told else ""
