"""Small ledgers by hand, and workbooks of them as a merge sees them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from reviewlib import schema
from reviewlib.ledger.books import Book, book_of
from reviewlib.ledger.log import Log
from reviewlib.ledger.merge import merge
from reviewlib.ledger.rows import TRACKED, State, plain_rows
from reviewlib.review import Review, Settings, empty_frames
from reviewlib.rubric import parse_rubric


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


def state_of(frames: dict[str, pd.DataFrame]) -> State:
    """Ledger frames as plain rows by key; of rows with one key the first counts."""
    state: State = {name: {} for name in TRACKED}
    for name in TRACKED.keys() & frames.keys():
        for copied in plain_rows(name, frames[name]):
            state[name].setdefault(copied.key, copied.row)
    return state


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



SETTINGS = {
    "title_zh": "回头看", "title_en": "Look-back review",
    "district_zh": "甲区", "district_en": "District A", "city_zh": "甲市", "city_en": "City A",
    "marking_zh": "内部", "marking_en": "Internal", "version_zh": "稿", "version_en": "Draft",
    "cutoff_on": "2025-06-30", "as_of": "2025-10-31", "establishment_office": "DP02",
    "plan": {"start_on": "2025-07-01", "visits_start_on": "2025-07-14",
             "visits_end_on": "2025-07-18", "end_on": "2025-07-31"},
    "deadlines": {"return_due_on": "2025-07-09", "reminder_due_on": "2025-07-21",
                  "first_progress_report_on": "2025-08-29", "feedback_reply_workdays": 10,
                  "immediate_workdays": 5},
    "groups": {"G1": {"zh": "一组", "en": "Group 1"}},
}  # fmt: skip
RUBRIC = {
    "edition": "T1", "dated_on": "2025-01-01", "status": "proposal", "zh": "评分表",
    "en": "Rubric", "source_zh": "试", "source_en": "test",
    "levels": [{"id": "A", "share": "1"}, {"id": "B", "share": "0.8"}, {"id": "D", "share": "0.3"}],
    "aspects": [{"id": "staff", "zh": "编制配备", "en": "Posts"}],
    "bands": [{"id": "green", "at_least": "90", "zh": "绿", "en": "Green"},
              {"id": "yellow", "at_least": "75", "zh": "黄", "en": "Yellow"},
              {"id": "red", "at_least": "0", "zh": "红", "en": "Red"}],
    "nodes": [{"id": "A", "zh": "落实方案", "en": "Plan", "weight": "100"}],
    "indicators": [
        {"id": "A02", "parent": "A", "aspect": "staff", "zh": "完成率", "en": "Completion",
         "weight": "60", "scale": {"kind": "ratio"}, "measure": "staff_transferred"},
        {"id": "C11", "parent": "A", "aspect": "staff", "zh": "人岗适配", "en": "Skills match",
         "weight": "40", "measure": "rated_level", "scale": {"kind": "level", "levels": [
             {"id": "A", "zh": "好", "en": "good"}, {"id": "B", "zh": "中", "en": "fair"},
             {"id": "D", "zh": "差", "en": "poor"}]}},
    ],
}  # fmt: skip
DEPARTMENTS = [
    {"dept_code": "DP02", "short_name": "编办", "full_name": "甲区编办", "protocol_order": 2,
     "mode": "self"},
    {"dept_code": "DP01", "short_name": "商务委", "full_name": "甲区商务委员会",
     "protocol_order": 1, "mode": "visit", "group_id": "G1"},
    {"dept_code": "DP03", "short_name": "交通委", "full_name": "甲区交通委员会",
     "protocol_order": 3, "mode": "visit", "group_id": "G1"},
]  # fmt: skip


def review_of(ledger=None, settings=None, **tables) -> Review:
    """A review with these rows, and a whole ledger where one is given as frames."""
    given = {"departments": DEPARTMENTS, **tables}
    filled = {name: schema.frame_of(name, rows) for name, rows in given.items()}
    return Review(
        name="hand", settings=Settings.model_validate({**SETTINGS, **(settings or {})}),
        rubric=parse_rubric(RUBRIC), frames={**empty_frames(), **(ledger or {}), **filled},
        inputs={},
    )  # fmt: skip
