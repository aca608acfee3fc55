"""Working days: Monday to Friday, less holidays, plus the weekend days worked instead."""

from __future__ import annotations

from datetime import date

import numpy as np

from reviewlib.review.settings import Settings


def _calendar(settings: Settings) -> np.busdaycalendar:
    holidays = [day for day in settings.holidays if day not in settings.extra_workdays]
    return np.busdaycalendar(holidays=np.array(holidays, dtype="datetime64[D]"))


def workdays_between(start: date, end: date, settings: Settings) -> int:
    """Count working days after `start` up to and with `end`; 0 when `end` is not later."""
    if end <= start:
        return 0
    first, last = np.datetime64(start) + 1, np.datetime64(end) + 1
    regular = int(np.busday_count(first, last, busdaycal=_calendar(settings)))
    extra = sum(start < day <= end and day.weekday() >= 5 for day in settings.extra_workdays)
    return regular + extra


def add_workdays(start: date, days: int, settings: Settings) -> date:
    """Return the day on which `days` working days after `start` have passed."""
    day = np.datetime64(start)
    while workdays_between(start, day.astype(date), settings) < days:
        day += 1
    return day.astype(date)
