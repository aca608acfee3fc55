"""What the office keeps: ledger (台账), roster (部门名册), moderated ratings (评分认定)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from reviewlib import schema
from reviewlib.forms.book import new_form, save_form
from reviewlib.forms.instructions import add_instructions
from reviewlib.forms.records import Records, rows_of
from reviewlib.forms.sheets import add_list
from reviewlib.review import Settings

SPARE_ROWS = 60


def write_ledger(
    path: str | Path, settings: Settings, departments: pd.DataFrame, records: Records | None = None,
    facts: Mapping[str, str] | None = None,
) -> Path:  # fmt: skip
    """Write the ledger workbook: problems, recommendations, tasks, follow-ups, opinions.

    `facts` are written into the hidden `_meta` sheet beside the form's own.
    """
    return _write("ledger", path, settings, departments, records, facts)


def write_roster(path: str | Path, settings: Settings, records: Records | None = None) -> Path:
    """Write the roster of departments and their aliases; `records` holds both frames."""
    departments = (records or {}).get("departments", schema.frame_of("departments"))
    return _write("roster", path, settings, departments, records)


def write_moderation(
    path: str | Path, settings: Settings, departments: pd.DataFrame, records: Records | None = None
) -> Path:
    """Write the workbook of moderated, challenged and final ratings."""
    return _write("moderation", path, settings, departments, records)


def _write(workbook: str, path, settings: Settings, departments, records, facts=None) -> Path:
    owner = f"{settings.district_zh}回访工作办公室"
    form = new_form(workbook, settings, departments, owner, facts or {})
    tables = schema.tables_of(workbook)
    add_instructions(form, tables, settings)
    for table in tables:
        add_list(form, table, rows_of(records, table), SPARE_ROWS)
    return save_form(form, path)
