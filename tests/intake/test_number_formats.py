"""What a cell shows counts, where its number format makes it another thing (数字格式)."""

from __future__ import annotations

import io
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH
from sheets_by_hand import with_parts, workbook_bytes

from reviewlib.intake.limits import STANDARD
from reviewlib.intake.read_xlsx import read_xlsx
from reviewlib.intake.values import parse
from reviewlib.intake.workbook import DATE, NUMBER, Cell
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


SHARE, COUNT = ("staff_transfers", "stated_done_share"), ("staff_transfers", "due_count")
MATTER, FACTS = ("duty_transfers", "matter_id"), ("self_problems", "facts")
OTHERWISE = [
    # what, table and column, number, format, value, main rule
    ("a per cent sign in quotes", SHARE, 95, '0"%"', 0.95, "percent"),
    ("one per cent", SHARE, 1, '0"%"', 0.01, "percent"),
    ("an escaped per cent sign", SHARE, 95.5, "0.0\\%", 0.955, "percent"),
    ("letters before a code", MATTER, 13, '"DT-"00', "DT-13", "as-is"),
    ("letters and zeros", MATTER, 3, '"dt"000;@', "DT003", "code-cleaned"),
    ("a dash within a code", MATTER, 1203, "00-00", "12-03", "as-is"),
    ("a sum", COUNT, 5, '0"+2"', None, "sum-in-cell"),
    ("one of two", COUNT, 5, '0"/8"', None, "two-numbers"),
    ("about", COUNT, 1234, '"约"#,##0', 1234, "approximate"),
    ("ten thousands that are none", COUNT, 5, '0"万"', None, "not-a-number"),
    ("no number at all", COUNT, 5, '"A12"', None, "not-a-number"),
    ("text with figures", FACTS, 3, '"共"0"项，完成2项"', "共3项，完成2项", "as-is"),
]  # fmt: skip
ALIKE = [
    ("general", COUNT, 5, "General", 5),
    ("a measure word", COUNT, 5, '0"人"', 5),
    ("a measure word after general", COUNT, 5, 'General"名"', 5),
    ("separators", COUNT, 1234, "#,##0", 1234),
    ("accounting", COUNT, 1234, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', 1234),
    ("a dash for nought", COUNT, 0, '0;-0;"-"', 0),
    ("colours", COUNT, 5, "0_);[Red]\\(0\\)", 5),
    ("thousands cut off", COUNT, 12000, '0!.0,"万"', 12000),
    ("a real per cent format", SHARE, 0.95, "0.00%", 0.95),
    ("a currency", COUNT, 5, '"¥"#,##0', 5),
    ("a format of endless length", COUNT, 5, "[" * 50_000 + '"%"0', 5),
    ("a format half written", COUNT, 5, '0"', 5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "at", "number", "shown_as", "value", "rule"), OTHERWISE, ids=[c[0] for c in OTHERWISE]
)
def test_what_the_format_adds_to_a_number_is_read_with_it(
    reading, what, at, number, shown_as, value, rule
):
    """The value is that of the text on the screen, or none; the log says that it was shown so."""
    parsed = parse(Cell(5, 2, number, NUMBER, shown_as), TABLES[at[0]][at[1]], reading)

    assert (parsed.value, parsed.rules[0], parsed.rules[-1]) == (
        value, "as-shown" if rule == "as-is" else rule, "as-shown",
    )  # fmt: skip


@pytest.mark.parametrize(("what", "at", "number", "shown_as", "value"), ALIKE,
                         ids=[c[0] for c in ALIKE])  # fmt: skip
def test_a_format_that_only_dresses_a_number_changes_nothing(
    reading, what, at, number, shown_as, value
):
    """Measure words, separators, colours and spacing leave the number what it is."""
    parsed = parse(Cell(5, 2, number, NUMBER, shown_as), TABLES[at[0]][at[1]], reading)

    assert (parsed.value, parsed.rules) == (value, ("as-is",))


@pytest.mark.parametrize(
    ("what", "epoch", "serial"),
    [("of 1899", WINDOWS_EPOCH, 43539), ("of 1904", CALENDAR_MAC_1904, 42077)],
)
def test_a_serial_number_is_counted_from_the_day_nought_of_its_file(reading, what, epoch, serial):
    """Read from a real workbook, a serial number and a date are the same day."""
    book = openpyxl.Workbook()
    book.epoch = epoch
    book.active.append([serial, datetime(2019, 3, 15)])

    (sheet,) = read_xlsx(workbook_bytes(book), STANDARD)

    found = [parse(cell, TABLES[DUE[0]][DUE[1]], reading) for cell in sheet.rows[1].values()]
    assert [one.value for one in found] == [date(2019, 3, 15)] * 2


@pytest.mark.parametrize("serial", [43525, 43525.6123], ids=["a day", "now"])
def test_formats_that_a_file_names_by_number_alone_are_known(reading, serial):
    """Chinese programs store 2019年3月 as format 57, of which the file says no more."""
    book = openpyxl.Workbook()
    book.active.append([serial])
    data = workbook_bytes(book)
    with ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("xl/styles.xml")
    head, cells = styles.split(b"<cellXfs", 1)
    styles = head + b"<cellXfs" + cells.replace(b'numFmtId="0"', b'numFmtId="57"', 1)

    (sheet,) = read_xlsx(with_parts(data, {"xl/styles.xml": styles}), STANDARD)

    parsed = parse(sheet.rows[1][1], TABLES[DUE[0]][DUE[1]], reading)
    assert (parsed.value, parsed.precision) == (date(2019, 3, 31), "month")
