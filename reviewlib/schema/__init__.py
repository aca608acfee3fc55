"""Every table declared once: columns, labels, kinds, units, allowed values.

pandas is loaded when a frame or a check is first asked for: the processes that read untrusted
workbooks need neither.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from reviewlib.schema.ledger import LEDGER_TABLES
from reviewlib.schema.model import (
    PROVENANCE,
    Choice,
    Column,
    Kind,
    Layout,
    Table,
    Vocabulary,
)
from reviewlib.schema.office import OFFICE_TABLES
from reviewlib.schema.records import (
    CELL_COLUMNS,
    CELL_NAMES,
    ISSUE_COLUMNS,
    LEDGER_EVENT_COLUMNS,
    SHEET_COLUMNS,
)
from reviewlib.schema.returns import RETURN_TABLES
from reviewlib.schema.visits import VISIT_TABLES

if TYPE_CHECKING:
    import pandas as pd

    from reviewlib.schema.checks import CHECKS

TABLES: dict[str, Table] = {
    table.name: table for table in (*OFFICE_TABLES, *RETURN_TABLES, *VISIT_TABLES, *LEDGER_TABLES)
}
"""Every table by its name, in the order data meets them."""

RECORDS: dict[str, tuple[Column, ...]] = {
    "issues": ISSUE_COLUMNS,
    "cells": CELL_COLUMNS,
    "sheets": SHEET_COLUMNS,
    "ledger_events": LEDGER_EVENT_COLUMNS,
}
"""What is written down beside the tables: intake's own record, and the ledger's log."""


def dtypes_of(name: str) -> dict[str, str]:
    """Return column → dtype of a frame of the review, in order."""
    if name in TABLES:
        return TABLES[name].dtypes
    return {column.name: column.dtype for column in RECORDS[name]}


def frame_of(name: str, rows: list[dict] | pd.DataFrame = ()) -> pd.DataFrame:
    """Return rows as the frame `name`: every declared column, in order, with its dtype."""
    from reviewlib.schema.frames import frame_from

    return frame_from(rows, dtypes_of(name)) if len(rows) else _empty(name).copy()


@cache
def _empty(name: str) -> pd.DataFrame:
    """Give every column its dtype once: most tables of most ledgers and tests have no rows."""
    from reviewlib.schema.frames import frame_from

    return frame_from((), dtypes_of(name))


def in_roster_order(departments: pd.DataFrame) -> pd.DataFrame:
    """Return departments in protocol order (机构序列), those of one number by their code."""
    return departments.sort_values(
        ["protocol_order", "dept_code"], kind="stable", ignore_index=True
    )


def tables_of(workbook: str) -> tuple[Table, ...]:
    """Return the tables of one kind of workbook: roster, return, visit, ledger, moderation."""
    return tuple(table for table in TABLES.values() if table.workbook == workbook)


def template_version(workbook: str) -> str:
    """Return the version of a form: it changes by itself with any heading, table or option."""
    parts = [
        f"{table.sheet}/{column.name}/{column.heading}/{column.kind}/"
        + "|".join(choice.zh for choice in column.vocabulary or ())
        for table in tables_of(workbook)
        for column in table.columns
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def __getattr__(name: str):
    if name != "CHECKS":
        raise AttributeError(f"reviewlib.schema has no {name!r}")
    from reviewlib.schema.checks import CHECKS

    return CHECKS


__all__ = [
    "CELL_NAMES",
    "CHECKS",
    "PROVENANCE",
    "RECORDS",
    "TABLES",
    "Choice",
    "Column",
    "Kind",
    "Layout",
    "Table",
    "Vocabulary",
    "dtypes_of",
    "frame_of",
    "in_roster_order",
    "tables_of",
    "template_version",
]
