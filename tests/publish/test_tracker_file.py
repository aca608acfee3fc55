"""`tracker.xlsx`: the ledger in words, with lights, beside the tracker page."""

from openpyxl import load_workbook
from review_by_hand import make_review

from reviewlib.publish.tracker_file import SHEETS, tracker_sheets, write_tracker

PROBLEM = {"problem_id": "P-01", "category": "DUTY", "title": "老龄工作", "description": "描述",
           "nature": "particular", "resolution_level": "department", "severity": "high",
           "rectification_type": "deadline", "owner": "DP01", "found_on": "2030-04-10",
           "due_on": "2030-06-08", "status": "in_progress"}  # fmt: skip
TASK = {"task_id": "T-001", "problem_id": "P-01", "measure": "=整改", "owner": "DP01",
        "support_depts": "DP02;DP03", "rectification_type": "deadline", "start_on": "2030-05-31",
        "due_on": "2030-06-19", "status": "in_progress"}  # fmt: skip


def rows_of(path, title):
    """Return the rows of one sheet by heading."""
    sheet = load_workbook(path)[title]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_codes_stand_in_words_and_every_task_has_its_light(tmp_path):
    """Departments by name, choices in words, the light with its reasons, text never a formula."""
    path = tmp_path / "tracker.xlsx"
    write_tracker(tracker_sheets(make_review(problems=[PROBLEM], tasks=[TASK])), path)

    (task,) = rows_of(path, "任务 Tasks")
    assert task["责任单位 Responsible department"] == "甲局"
    assert task["配合单位 Supporting"] == "乙局、丙局"
    assert task["亮灯 Light"] == "红灯" and task["亮灯原因 Why"] == "已超期；久未报告进展"
    assert task["剩余天数 Days left"] == -11
    assert task["整改措施 Measure"] == "=整改"
    assert load_workbook(path)["任务 Tasks"]["D2"].data_type == "s"


def test_empty_ledger_gives_a_workbook_with_headings_only(tmp_path):
    """Nothing to rectify is a workbook too."""
    path = tmp_path / "tracker.xlsx"
    write_tracker(tracker_sheets(make_review()), path)

    assert all(rows_of(path, title) == [] for title in SHEETS)
