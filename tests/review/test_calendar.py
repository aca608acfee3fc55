"""Working days: holidays left out, weekend days that are worked counted (工作日)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from reviewlib.review import read_settings
from reviewlib.review.calendar import add_workdays, workdays_between

SAMPLE = read_settings(Path(__file__).parents[2] / "data" / "sample")
SETTINGS = SAMPLE.model_copy(update={
    "holidays": (date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 3), date(2025, 10, 9)),
    "extra_workdays": (date(2025, 9, 28), date(2025, 10, 9), date(2025, 10, 11)),
})  # fmt: skip
DAYS = [
    # what, from, to, working days after the first up to the last
    ("the same day", "2025-09-22", "2025-09-22", 0),
    ("backwards", "2025-09-23", "2025-09-22", 0),
    ("Monday to Friday", "2025-09-22", "2025-09-26", 4),
    ("over a weekend", "2025-09-19", "2025-09-22", 1),
    ("over a Sunday that is worked", "2025-09-26", "2025-09-29", 2),
    ("over holidays", "2025-09-30", "2025-10-06", 1),
    ("a holiday that is worked after all", "2025-10-08", "2025-10-09", 1),
    ("over a Saturday that is worked", "2025-10-10", "2025-10-12", 1),
]


@pytest.mark.parametrize(("what", "start", "end", "days"), DAYS, ids=[case[0] for case in DAYS])
def test_working_days_between(what, start, end, days):
    """Counted after the first day, up to and with the last."""
    start, end = date.fromisoformat(start), date.fromisoformat(end)

    assert workdays_between(start, end, SETTINGS) == days


@pytest.mark.parametrize(
    ("what", "days", "end"),
    [
        ("none", 0, "2025-09-26"),
        ("the Sunday that is worked", 1, "2025-09-28"),
        ("over it and the holidays", 4, "2025-10-06"),
    ],
)
def test_a_day_so_many_working_days_on(what, days, end):
    """The first day on which that many have passed."""
    assert add_workdays(date(2025, 9, 26), days, SETTINGS) == date.fromisoformat(end)
