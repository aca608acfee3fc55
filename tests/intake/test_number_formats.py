"""What a cell shows counts, where its number format makes it another thing (数字格式)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from reviewlib.intake.values import parse
from reviewlib.intake.workbook import DATE, Cell
from reviewlib.schema import TABLES

DUE = ("staff_transfers", "due_on")
DATES = [
    # what, date, format, date read, precision, rules
    ("year and month in words", date(2019, 3, 1), 'yyyy"年"m"月"', date(2019, 3, 31), "month",
     ("month-only",)),
    ("a month by its name", date(2019, 3, 1), "mmm-yy", date(2019, 3, 31), "month",
     ("month-only",)),
    ("with a dash", date(2019, 3, 15), "yyyy-mm", date(2019, 3, 31), "month", ("month-only",)),
    ("with a dot", date(2019, 10, 1), "yyyy.m", date(2019, 10, 31), "month", ("month-only",)),
    ("a locale before it", date(2019, 3, 1), '[$-804]yyyy"年"m"月";@', date(2019, 3, 31), "month",
     ("month-only",)),
    ("a whole date", date(2019, 3, 1), 'yyyy"年"m"月"d"日"', date(2019, 3, 1), "day", ("as-is",)),
    ("American", date(2019, 3, 1), "mm-dd-yy", date(2019, 3, 1), "day", ("as-is",)),
    ("with a time", datetime(2019, 3, 1, 9, 5), "yyyy-mm-dd hh:mm", date(2019, 3, 1), "day",
     ("as-is",)),
    ("a day and a time", date(2020, 3, 1), "d h:mm", date(2020, 3, 1), "day", ("as-is",)),
    ("a format that cannot be seen", date(2019, 3, 1), "General", date(2019, 3, 1), "day",
     ("as-is",)),
    ("an empty format", date(2019, 3, 1), "", date(2019, 3, 1), "day", ("as-is",)),
    ("month and day of the year of the facts", date(2019, 5, 12), 'm"月"d"日"',
     date(2019, 5, 12), "day", ("as-is",)),
    ("month and day of another year", date(2020, 5, 12), 'm"月"d"日"', date(2020, 5, 12), "day",
     ("year-hidden",)),
    ("the same in English", date(2018, 5, 12), "d-mmm", date(2018, 5, 12), "day",
     ("year-hidden",)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "found", "shown_as", "value", "precision", "rules"), DATES, ids=[c[0] for c in DATES]
)
def test_a_date_is_as_exact_as_it_is_shown(
    reading, what, found, shown_as, value, precision, rules
):
    """A month that is shown as a month is a month; a year that nobody sees is told."""
    cell = Cell(5, 2, found, DATE, shown_as)

    parsed = parse(cell, TABLES[DUE[0]][DUE[1]], reading)

    assert (parsed.value, parsed.precision, parsed.rules) == (value, precision, rules)
