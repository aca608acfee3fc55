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


@pytest.mark.parametrize(
    ("what", "line", "zh", "en"),
    [
        ("a date that is none", 'as_of = "下月"', "as_of：应为日期，如 2025-07-01（现为 下月）",
         "as_of: must be a date such as 2025-07-01 (found 下月)"),
        ("a misspelt key", "as_off = 2025-10-31",
         "as_off：没有这一项，请核对写法（现为 2025-10-31）",
         "as_off: unknown key; check its spelling (found 2025-10-31)"),
        ("a number where a text belongs", "title_zh = 5", "title_zh：应为文字（加引号）（现为 5）",
         "title_zh: must be text, in quotes (found 5)"),
        ("too few", "feedback_reply_workdays = 0",
         "deadlines.feedback_reply_workdays：应大于 0（现为 0）",
         "deadlines.feedback_reply_workdays: must be above its lower limit 0 (found 0)"),
        ("dates that contradict one another", "as_of = 2025-06-29",
         "as_of 2025-06-29 早于 cutoff_on 2025-06-30",
         "as_of 2025-06-29 is before cutoff_on 2025-06-30"),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_the_language_of_its_reader(what, line, zh, en, tmp_path):
    """Words of libraries are English; a Chinese sentence has ours."""
    text = (SAMPLE / "review.toml").read_text(encoding="utf-8")
    key = line.partition(" ")[0]
    changed = re.sub(rf"^{key} = .+", line, text, flags=re.MULTILINE)
    if changed == text:
        changed = re.sub(r"^as_of = .+", r"\g<0>\n" + line, text, flags=re.MULTILINE)
    (tmp_path / "review.toml").write_text(changed, encoding="utf-8")

    with pytest.raises(ConfigError) as told:
        read_settings(tmp_path)
    assert told.value.zh == f"review.toml 有 1 处不符合要求：{zh}"
    assert told.value.en == f"review.toml has 1 fault(s): {en}"


def test_settings_that_are_no_toml_are_told_with_the_line(tmp_path):
    """Where the parser stopped, not its English."""
    (tmp_path / "review.toml").write_text("as_of = 2025-10-31\ntitle_zh = “题”", encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        read_settings(tmp_path)
    assert "第 2 行第 12 列附近写法有误" in told.value.zh
    assert "line 2, column 12" in told.value.en
