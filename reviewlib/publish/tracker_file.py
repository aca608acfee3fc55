"""`tracker.xlsx`: the ledger as the tracker shows it, in words, for those who sort and filter."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from reviewlib import findings as find
from reviewlib import schema
from reviewlib.findings.meanings import meanings
from reviewlib.findings.vocabularies import LIGHT_REASON
from reviewlib.publish.workbook import write_workbook
from reviewlib.review import Review
from reviewlib.schema.vocabularies import LIGHT
from reviewlib.show.words import Names

FOUND = {
    "light": "亮灯 Light", "reasons": "亮灯原因 Why", "reason": "亮灯原因 Why",
    "days_left": "剩余天数 Days left", "elapsed_share": "时间进度 Time elapsed",
    "last_reported_on": "最近报告日期 Last report", "last_progress_text": "最近进展 Last progress",
    "obstacle": "存在障碍 Obstacle", "can_unblock": "需谁协调 Who can unblock",
    "dept_codes": "涉及部门 Departments", "task_ids": "任务 Tasks",
    "rec_ids": "建议 Recommendations",
    "problem_ids": "对应问题 Problems", "tasks_closed": "已销号任务 Tasks closed",
    "task_count": "任务数 Tasks", "source_file": "来源文件 File", "source_sheet": "工作表 Sheet",
    "source_cell": "单元格 Cell",
}  # fmt: skip
"""Headings of what findings add to the columns of the ledger."""

SHEETS = {
    "问题 Problems": ("problems", find.problems, (
        "problem_id", "category", "title", "description", "nature", "cause", "resolution_level",
        "severity", "rectification_type", "owner", "dept_codes", "found_on", "due_on", "days_left",
        "status", "light", "reason", "task_ids", "rec_ids", "city_contacted_on", "evidence_ref",
        "verified_by_role", "closed_on", "source_file", "source_sheet", "source_cell",
    )),
    "任务 Tasks": ("tasks", find.rectification, (
        "task_id", "problem_id", "rec_id", "measure", "owner", "support_depts",
        "rectification_type", "start_on", "due_on", "days_left", "progress_share",
        "elapsed_share", "status", "light", "reasons", "last_reported_on", "last_progress_text",
        "obstacle", "can_unblock", "returned_count", "reopened_count", "evidence_ref",
        "verified_by_role", "verified_by_dept", "closed_on", "source_file", "source_sheet",
        "source_cell",
    )),
    "建议 Recommendations": ("recommendations", find.recommendations, (
        "rec_id", "strand", "text", "lead_dept", "support_depts", "deliverable", "due_on",
        "priority", "status", "problem_ids", "task_count", "tasks_closed", "light", "source_file",
        "source_sheet", "source_cell",
    )),
}  # fmt: skip
"""Sheet → the table its columns are declared in, the finding that fills it, its columns."""


def tracker_sheets(review: Review) -> dict[str, pd.DataFrame]:
    """Return the ledger at `review.as_of`, codes in words, every row with its place, by sheet."""
    return {
        title: worded(question(review)[list(columns)], table, review)
        for title, (table, question, columns) in SHEETS.items()
    }


def write_tracker(sheets: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write the sheets of the tracker as one workbook."""
    labels = {
        column.name: f"{column.zh} {column.en}"
        for table, *_ in SHEETS.values()
        for column in schema.TABLES[table].columns
    }
    write_workbook(path, sheets, labels | FOUND)


def worded(frame: pd.DataFrame, table: str, review: Review) -> pd.DataFrame:
    """Return a frame of a finding with its codes in the words of the form."""
    declared = schema.TABLES[table]
    coded = [
        name for name in frame.columns if name in declared.names
        and (declared[name].vocabulary or declared[name].kind.startswith("department"))
    ]  # fmt: skip
    words = {
        name: meanings(review, pd.DataFrame(
            {"table": table, "column": name, "value": frame[name]}, index=frame.index
        ))
        for name in coded
    }  # fmt: skip
    names = Names(review.departments)
    for name, word in (
        ("light", LIGHT.label), ("reason", LIGHT_REASON.label), ("reasons", _reasons),
        ("dept_codes", names.plain),
    ):  # fmt: skip
        if name in frame:
            words[name] = frame[name].map(word, na_action="ignore").astype("str")
    return frame.assign(**words)


def _reasons(codes: str) -> str:
    return "；".join(LIGHT_REASON.label(code) for code in codes.split(";"))
