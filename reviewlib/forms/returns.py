"""The return workbook (部门自评工作簿): what one department fills in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path

import pandas as pd

from reviewlib import schema
from reviewlib.forms.book import new_form, save_form
from reviewlib.forms.instructions import add_instructions
from reviewlib.forms.rated import RATED_HINT, self_rating_row
from reviewlib.forms.records import Records, by_key, rows_of
from reviewlib.forms.scoring_sheet import add_scoring_table
from reviewlib.forms.sheets import Form, Row, add_list, add_printed, add_record
from reviewlib.review import Settings
from reviewlib.rubric import Rubric
from reviewlib.schema import Layout, Table
from reviewlib.schema.vocabularies import COUNT_ITEM_INDICATOR

SPARE_ROWS = 40

AIDS = {
    "staffing": {
        "posts_vacant_count": "=MAX(N({posts_approved_count})-N({posts_filled_count}),0)",
        "posts_over_count": "=MAX(N({posts_filled_count})-N({posts_approved_count}),0)",
    },
    "leadership_posts": {
        "leadership_posts_over_count": "=MAX(N({leadership_posts_filled_count})"
        "-N({leadership_posts_approved_count}),0)",
    },
}
"""Formulas on the form, by table and column: they help to fill in and are never relied upon."""


def write_return(
    path: str | Path,
    settings: Settings,
    rubric: Rubric,
    department: Mapping[str, object],
    departments: pd.DataFrame,
    records: Records | None = None,
) -> Path:
    """Write the return workbook of one department.

    Parameters
    ----------
    path : path
        Where to write it.
    settings, rubric :
        Of the review.
    department : mapping or Series
        The department's row of the roster; its facts decide which indicators are locked.
    departments : DataFrame
        The whole roster, for the drop-downs.
    records : mapping of str to DataFrame, optional
        Frames of this department, to be filled in. Without, the form is blank.
    """
    return save_form(return_form(settings, rubric, department, departments, records), path)


def return_form(
    settings: Settings, rubric: Rubric, department: Mapping[str, object], departments: pd.DataFrame,
    records: Records | None = None,
) -> Form:  # fmt: skip
    """Return the form of one department before it is saved; see `write_return`."""
    department = dict(department)
    owner = f"填报单位：{department['short_name']}（{department['dept_code']}）"
    facts = {"dept_code": str(department["dept_code"])}
    form = new_form("return", settings, departments, owner, facts)
    add_instructions(form, schema.tables_of("return"), settings)
    for tables in _by_sheet():
        _add_sheet(form, tables, department, rubric, records)
    add_scoring_table(form, rubric)
    return form


def _by_sheet() -> list[list[Table]]:
    """Tables that share a sheet stand next to one another in the schema."""
    tables = schema.tables_of("return")
    return [list(group) for _, group in groupby(tables, key=lambda table: table.sheet)]


def _add_sheet(form, tables: list[Table], department, rubric: Rubric, records) -> None:
    first = tables[0]
    match first.layout:
        case Layout.RECORD:
            add_record(form, first, _record_row(first, department, records))
        case Layout.LIST:
            add_list(form, first, rows_of(records, first), SPARE_ROWS)
        case Layout.FIXED:
            blocks = [(table, _printed(table, department, rubric, records)) for table in tables]
            add_printed(form, blocks, hint=RATED_HINT if first.row_keys is None else "")


def _record_row(table: Table, department: Mapping, records: Records | None) -> Row:
    """The one record of a table; what the office knows already is filled in."""
    known = by_key(records, table)
    if known:
        return Row(known[()])
    return Row({
        "declared_code": department["dept_code"], "declared_name": department["short_name"],
        "stated_change_type": department["change_type"],
        "stated_three_det_no": department["three_det_no"],
        "stated_three_det_on": department["three_det_on"],
    })  # fmt: skip


def _printed(table: Table, department: Mapping, rubric: Rubric, records) -> list[Row]:
    """Rows printed beforehand: the indicators of the rubric, or the values of a vocabulary."""
    key = table.columns[0].name
    known = by_key(records, table, key)
    if table.row_keys is None:
        return [
            self_rating_row(rubric, indicator, department, known.get((indicator.id,)))
            for indicator in rubric.indicators
        ]
    return [
        Row(_key_values(key, choice.code) | known.get((choice.code,), {}),
            _closed(choice), AIDS.get(table.name, {}))
        for choice in table.row_keys
    ]  # fmt: skip


def _key_values(key: str, code: str) -> dict:
    return {key: code, "indicator_id": COUNT_ITEM_INDICATOR.get(code)}


def _closed(choice: schema.Choice) -> tuple[str, ...]:
    """A single count has no denominator; one whose words name both (“已移交／应移交”) has."""
    is_single_count = choice.code in COUNT_ITEM_INDICATOR and "／" not in choice.zh
    return ("den",) if is_single_count else ()
