"""`review.toml`: what contradicts itself is told, all of it at once, before anything is read."""

import re

import pytest
from command_runs import SAMPLE

from reviewlib.errors import ConfigError
from reviewlib.review import read_settings


@pytest.mark.parametrize(
    ("case", "changes", "told"),
    [
        ("the review ends before it starts", {"end_on": "2020-01-01"},
         ["plan.end_on 2020-01-01 is before plan.visits_end_on 2025-07-18"]),
        ("it ends while visits go on", {"visits_end_on": "2025-08-01"},
         ["plan.end_on 2025-07-31 is before plan.visits_end_on 2025-08-01"]),
        ("visits end before they start", {"visits_end_on": "2025-07-13"},
         ["plan.visits_end_on 2025-07-13 is before plan.visits_start_on 2025-07-14"]),
        ("reminders before returns are due", {"reminder_due_on": "2025-07-08"},
         ["deadlines.reminder_due_on 2025-07-08 is before deadlines.return_due_on 2025-07-09"]),
        ("the plan of another year", {"return_due_on": "2024-07-09",
                                      "first_progress_report_on": "2024-08-29"},
         ["deadlines.return_due_on 2024-07-09 is before plan.start_on 2025-07-01",
          "deadlines.first_progress_report_on 2024-08-29 is before plan.start_on 2025-07-01"]),
        ("reckoned before the facts, and no order in the plan",
         {"as_of": "2025-06-29", "start_on": "2025-07-15"},
         ["as_of 2025-06-29 is before cutoff_on 2025-06-30",
          "plan.visits_start_on 2025-07-14 is before plan.start_on 2025-07-15",
          "deadlines.return_due_on 2025-07-09 is before plan.start_on 2025-07-15"]),
        ("all on one day", dict.fromkeys(
            ("start_on", "visits_start_on", "visits_end_on", "end_on", "return_due_on",
             "reminder_due_on", "first_progress_report_on"), "2025-07-01"), []),
    ],
)  # fmt: skip
def test_dates_that_contradict_one_another_are_told_at_once(case, changes, told, tmp_path):
    """Each with the date it contradicts; a day may serve twice."""
    text = (SAMPLE / "review.toml").read_text(encoding="utf-8")
    for key, day in changes.items():
        text = re.sub(rf"^{key} = \S+", f"{key} = {day}", text, flags=re.MULTILINE)
    (tmp_path / "review.toml").write_text(text, encoding="utf-8")

    said = ""
    try:
        read_settings(tmp_path)
    except ConfigError as error:
        said = error.message("en")
    assert re.findall(r"\S+ \S+ is before \S+ [\d-]+", said) == told
