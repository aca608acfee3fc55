"""Small ledgers by hand, and workbooks of them as a merge sees them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from reviewlib import schema
from reviewlib.ledger.books import Book, book_of
from reviewlib.ledger.log import Log
from reviewlib.ledger.merge import merge


def problem(number: int, **fields) -> dict:
    """One problem in rectification, for changing a few fields of."""
    return {
        "problem_id": f"P-{number:02}", "category": "STAFF", "title": f"问题{number}",
        "description": f"问题{number}的表现", "nature": "particular", "severity": "medium",
        "resolution_level": "department", "rectification_type": "deadline", "owner": "DP01",
        "owner_role": "综合科科长", "found_on": pd.Timestamp("2025-07-16"),
        "found_on_precision": "day", "due_on": pd.Timestamp("2025-12-31"),
        "due_on_precision": "day", "status": "in_progress",
    } | fields  # fmt: skip


def task(number: int, **fields) -> dict:
    """One task of the first problem."""
    return {
        "task_id": f"T-{number:03}", "problem_id": "P-01", "measure": f"措施{number}",
        "owner": "DP01", "rectification_type": "deadline", "status": "in_progress",
        "start_on": pd.Timestamp("2025-08-01"), "start_on_precision": "day",
        "due_on": pd.Timestamp("2025-11-30"), "due_on_precision": "day", "progress_share": 0.3,
    } | fields  # fmt: skip


def frames(**rows: list[dict]) -> dict[str, pd.DataFrame]:
    """Ledger frames of rows given by table."""
    return {name: schema.frame_of(name, listed) for name, listed in rows.items()}


class Desk:
    """A ledger under way: `begin`, then copies of it, then `merge` them."""

    def __init__(self):
        self.log, self.frames, self.result, self.files = Log(), {}, None, 0

    def begin(self, **rows: list[dict]) -> Desk:
        return self.merge(self.book(frames(**rows), "ledger.xlsx", is_own=True))

    def book(self, changed: dict[str, pd.DataFrame], name: str = "copy.xlsx", **more) -> Book:
        self.files += 1
        return book_of(name, f"sha-{self.files}", changed, **more)

    def copy(self) -> dict[str, pd.DataFrame]:
        return {name: frame.copy() for name, frame in self.frames.items()}

    def merge(self, *books: Book, as_of: str = "2025-08-01", **more) -> Desk:
        self.result = merge(self.log, books, date.fromisoformat(as_of), "编办督查岗", **more)
        self.log, self.frames = self.result.log, self.result.frames
        return self

    def value(self, table: str, row: int, column: str):
        return self.frames[table].loc[row, column]

