"""Dates: to the day or to the month, never guessed by pandas, never rounded (日期)."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from reviewlib.intake.values.base import AS_IS, Parsed, Reading, bad, common, plain, squeeze
from reviewlib.intake.values.formats import parts_shown
from reviewlib.intake.values.numbers import from_chinese
from reviewlib.intake.workbook import BOOL, DATE, NUMBER, Cell
from reviewlib.schema.model import Column

IMMEDIATE = frozenset(("立行立改", "立整立改", "即知即改", "立即整改", "立查立改"))
LONG_TERM = frozenset(
    ("长期坚持", "持续推进", "长期推进", "长期", "持续", "常态化推进", "长期整改")
)
SERIALS = range(20_000, 60_001)
"""Serial numbers that may be dates: 1954 to 2064."""

SEP = r"[-./年]"
YMD = re.compile(rf"^(\d{{4}}|\d{{2}}){SEP}(\d{{1,2}})[-./月](\d{{1,2}})[日号]?$")
YM = re.compile(r"^(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月)$")
SHORT_YM = re.compile(r"^(\d{2})年(\d{1,2})月$")
EIGHT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
SIX = re.compile(r"^(\d{4})(\d{2})$")
YEAR = re.compile(r"^(\d{4})年?$")
MD = re.compile(r"^(\d{1,2})月(\d{1,2})[日号]?$")
DAY_FIRST = re.compile(r"^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$")
COMMAS = re.compile(r"^\d{4},\d{1,2},\d{1,2}$")
PERIOD = re.compile(r"^(?:(\d{4})年?|今年|本年度?|当年)?(.+)$")
TIME = re.compile(r"(?:T|\s+|(?<=[日号]))\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})?$")
"""A time of day, after what sets it off from the day: in 2025-3-1 9:00 the day is the first."""
PARTED = re.compile(r"\d\s+\d")
"""Figures with a space between: two numbers, however they would look as one."""
WEEKDAY = re.compile(r"\(?(星期|周|礼拜)[一二三四五六日天]\)?$")
BEFORE = re.compile(r"(之?前|以前|前完成|前到位|为止|止|完成|到位)$")
DASHED = re.compile(r"^(\d{2,4})([‐-―−]{1,2})(\d{1,2})(?:\2(\d{1,2}))?(?![\d.‐-―−-])")
"""A date set with long dashes throughout; one dash alone in it joins two dates."""
CHINESE_DIGITS = str.maketrans("〇○Oo零一二三四五六七八九", "00000123456789")
CHINESE_PART = re.compile(r"(?<![一二三四五六七八九十])[一二三四五六七八九十]{1,3}(?=[月日号])")
CHINESE_YEAR = re.compile(r"[〇○Oo零一二三四五六七八九0]{4}(?=年)")
LAST_MONTHS = {
    "上半年": 6, "下半年": 12, "年内": 12, "年底": 12, "年末": 12, "年终": 12,
    "底": 12, "末": 12, "终": 12, "内": 12,
    "一季度": 3, "二季度": 6, "三季度": 9, "四季度": 12,
    "1季度": 3, "2季度": 6, "3季度": 9, "4季度": 12,
}  # fmt: skip
"""The month in which a period ends."""
MONTH_PART = re.compile(r"^(\d{1,2})月份?(底|末|初|上旬|中旬|下旬|中|内)?$")
LAST_DAY_OF_PART = {"初": 10, "上旬": 10, "中旬": 20, "中": 20}


def parse_date(cell: Cell, column: Column, reading: Reading) -> Parsed:
    """Read a date, to the day or (as its last day) to the month.

    A date without a year takes the year of the review's facts, and says so.
    """
    if cell.type == DATE:
        return _from_cell(cell, reading)
    if cell.type == BOOL:
        return bad("not-a-date")
    if cell.type == NUMBER:
        return _from_number(cell, reading)
    written = TIME.sub("", plain(cell.text))
    text = squeeze(written)
    if column.is_term and text in IMMEDIATE:
        return Parsed(None, ("term-immediate",))
    if column.is_term and text in LONG_TERM:
        return Parsed(None, ("term-long",))
    nothing = common(text) or (bad("not-a-date") if PARTED.search(written) else None)
    return nothing or _from_text(_figures(text), reading)


def _from_cell(cell: Cell, reading: Reading) -> Parsed:
    """Read a date as exactly as it is shown; a year that is not shown is told, if unexpected."""
    found = cell.value
    if isinstance(found, datetime):
        found = found.date()
    if not isinstance(found, date):
        return bad("not-a-date")
    shown = parts_shown(cell.number_format)
    if shown == {"year", "month"}:
        return _month(found.year, found.month, reading)
    is_year_hidden = shown == {"month", "day"} and found.year != reading.cutoff_on.year
    rules = ("year-hidden",) if is_year_hidden else AS_IS
    return _day(found.year, found.month, found.day, reading, rules)


def _from_number(cell: Cell, reading: Reading) -> Parsed:
    """Read 20190315, 201903, 43539 and 2019.10, by size and by the format they are shown in."""
    number = cell.value
    text = cell.text
    if text.isdigit():
        if EIGHT.match(text):
            return _day(*map(int, EIGHT.match(text).groups()), reading, ("date-text",))
        if int(text) in SERIALS:
            found = cell.day_nought + timedelta(days=int(text))
            return _day(found.year, found.month, found.day, reading, ("excel-serial",))
        if SIX.match(text):
            return _month(*map(int, SIX.match(text).groups()), reading)
        return bad("year-only") if YEAR.match(text) else bad("not-a-date")
    if isinstance(number, float) and 1900 <= number < 2200:
        return _from_decimal(number, cell.number_format, reading)
    return bad("not-a-date")


def _from_decimal(number: float, number_format: str, reading: Reading) -> Parsed:
    """Read 2019.1: its format tells January from October, where it shows two decimals."""
    year, part = f"{number:.2f}".split(".")
    if abs(number - round(number, 2)) > 1e-6:
        return bad("not-a-date")
    if number_format.startswith("0.00") or part != "10":
        month = int(part) if part[1] != "0" or number_format.startswith("0.00") else int(part[0])
        return _month(int(year), month, reading)
    return bad("january-or-october", suggestion=f"{year}-10")


def _figures(text: str) -> str:
    """Return a written date in figures, without weekday."""
    text = DASHED.sub(lambda m: "-".join(filter(None, m.group(1, 3, 4))), text.strip("。,;"))
    text = CHINESE_YEAR.sub(lambda m: m[0].translate(CHINESE_DIGITS), text)
    text = CHINESE_PART.sub(lambda m: str(from_chinese(m[0]) or m[0]), text)
    text = WEEKDAY.sub("", text)
    return text.removesuffix("-").removesuffix(".")


def _from_text(text: str, reading: Reading) -> Parsed:
    parsed = _exact(text, reading)
    if parsed is not None:
        return parsed
    shorter = BEFORE.sub("", text)
    if shorter != text:
        inner = _exact(shorter, reading)
        if inner is not None and inner.is_usable:
            return Parsed(inner.value, ("by-date",), inner.precision, inner.words)
        return inner or _period(shorter, reading) or _refused(text)
    return _period(text, reading) or _refused(text)


def _exact(text: str, reading: Reading) -> Parsed | None:
    """Read a date that states day or month in full."""
    found = YMD.match(text)
    if found and len(found[1]) == 2:
        return _day(2000 + int(found[1]), int(found[2]), int(found[3]), reading,
                    ("two-digit-year",))  # fmt: skip
    found = found or EIGHT.match(text)
    if found:
        return _day(*map(int, found.groups()), reading, ("date-text",))
    short = SHORT_YM.match(text)
    if short:
        return _month(2000 + int(short[1]), int(short[2]), reading, ("two-digit-year",))
    month = YM.match(text) or SIX.match(text)
    if month:
        year, *parts = month.groups()
        return _month(int(year), int(next(filter(None, parts))), reading)
    if YEAR.match(text):
        return bad("year-only")
    return None


def _period(text: str, reading: Reading) -> Parsed | None:
    """Read 3月15日, 6月底, 上半年 and the like: the year of the facts, the end of the period."""
    year, rest = PERIOD.match(text).groups() if PERIOD.match(text) else (None, text)
    rule = "period-end" if year else "year-added"
    year = int(year) if year else reading.cutoff_on.year
    rest = rest.removeprefix("第")
    day, part = MD.match(rest), MONTH_PART.match(rest)
    if day:
        return _day(year, int(day[1]), int(day[2]), reading, (rule,))
    if part and not part[2]:
        return _month(year, int(part[1]), reading, (rule,))
    if part and 1 <= int(part[1]) <= 12:
        last = calendar.monthrange(year, int(part[1]))[1]
        return _day(year, int(part[1]), LAST_DAY_OF_PART.get(part[2], last), reading, (rule,))
    month = LAST_MONTHS.get(rest)
    if month:
        return _day(year, month, calendar.monthrange(year, month)[1], reading, (rule,))
    return None


def _refused(text: str) -> Parsed:
    if DAY_FIRST.match(text):
        *parts, year = map(int, DAY_FIRST.match(text).groups())
        day, month = parts if parts[1] <= 12 else parts[::-1]
        return bad("not-a-date", suggestion=f"{year}-{month:02}-{day:02}?")
    if COMMAS.match(text):
        return bad("not-a-date", suggestion=text.replace(",", "-") + "?")
    if len(re.findall(r"\d{4}[-./年]\d{1,2}", text)) > 1 or re.search(r"\d日?[~至、,].*\d", text):
        return bad("two-dates")
    return bad("not-a-date")


def _month(
    year: int, month: int, reading: Reading, rules: tuple[str, ...] = ("month-only",)
) -> Parsed:
    """Return the last day of a month, of month precision."""
    if not 1 <= month <= 12:
        return bad("no-such-day")
    parsed = _day(year, month, calendar.monthrange(year, month)[1], reading, rules)
    return Parsed(parsed.value, parsed.rules, "month" if parsed.value else "", parsed.words)


def _day(year: int, month: int, day: int, reading: Reading, rules: tuple[str, ...]) -> Parsed:
    if not reading.cutoff_on.year - 60 <= year <= reading.cutoff_on.year + 20:
        return bad("year-far-off")
    try:
        found = date(year, month, day)
    except ValueError:
        return bad("no-such-day")
    return Parsed(found, rules, "day", {"value": found.isoformat()})
