"""The visit workbook (实地回访评分表): what one visit group fills in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reviewlib.forms.book import new_form, save_form
from reviewlib.forms.instructions import add_instructions
from reviewlib.forms.rated import RATED_HINT, visit_score_row
from reviewlib.forms.records import Records, by_key, rows_of
from reviewlib.forms.scoring_sheet import add_scoring_table
from reviewlib.forms.sheets import add_list, add_printed
from reviewlib.review import Settings
from reviewlib.rubric import Rubric
from reviewlib.schema import in_roster_order
from reviewlib.schema.visits import VISIT_SCORES, VISIT_TABLES

SPARE_ROWS = 60
FROZEN_COLUMNS = 6  # group, code, department, indicator and its text stay in sight


def write_visit(
    path: str | Path,
    settings: Settings,
    rubric: Rubric,
    group_id: str,
    departments: pd.DataFrame,
    records: Records | None = None,
) -> Path:
    """Write the scoring workbook of one visit group.

    Parameters
    ----------
    group_id : str
        A group of `settings.groups`.
    departments : DataFrame
        The whole roster; the group's departments are printed in protocol order, after them those
        that the settings have every group rate (共同评定).
    records : mapping of str to DataFrame, optional
        Frames of this group, to be filled in.
    """
    members = in_roster_order(departments[departments["group_id"] == group_id])
    rated = pd.concat([members, _in_common(settings, departments, group_id)])
    owner = f"回访组：{settings.groups[group_id].zh}（{group_id}）"
    form = new_form("visit", settings, members, owner, {"group_id": group_id})
    add_instructions(form, VISIT_TABLES, settings)
    known = by_key(records, VISIT_SCORES, "dept_code", "indicator_id")
    rows = [
        visit_score_row(rubric, item, department, known.get((department["dept_code"], item.id)))
        for department in rated.assign(group_id=group_id).to_dict("records")
        for item in rubric.indicators
    ]
    add_printed(form, [(VISIT_SCORES, rows)], FROZEN_COLUMNS, RATED_HINT)
    for table in VISIT_TABLES:
        if table is not VISIT_SCORES:
            add_list(form, table, rows_of(records, table), SPARE_ROWS)
    add_scoring_table(form, rubric)
    return save_form(form, path)


def _in_common(settings: Settings, departments: pd.DataFrame, group_id: str) -> pd.DataFrame:
    """Return the departments of other groups that this one rates too, by desk review."""
    is_common = departments["dept_code"].isin(settings.fairness.common_departments)
    is_others = departments["group_id"].notna() & (departments["group_id"] != group_id)
    return in_roster_order(departments[is_common & is_others])
