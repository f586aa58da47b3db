"""Periods in which something is due, told from the day on which it is asked: 这个月, 下半年, 2025年第三季度, 本周."""

import calendar
import datetime
import re
from collections.abc import Iterator
from contextlib import suppress

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<near>今|本|去|上|明|前)(?:一)?年度?的?)?"
_STEP = r"(?P<{0}>这个?|本个?|当|上个?|下个?)"
_PERIOD = re.compile(
    rf"{_YEAR}(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度)(?![前底末内之以中])"
    rf"|{_STEP.format('month')}月份?(?![前底末初上中下内之以])"
    rf"|{_STEP.format('season')}季度?(?![前底末内之以])"
    rf"|{_STEP.format('week')}(?:周(?![期年边密岁])|星期|礼拜)"
)
_YEARS = {"去": -1, "上": -1, "前": -2, "明": 1}
_STEPS = {"上": -1, "下": 1}
_QUARTERS = {name: number for number, names in enumerate(("一1", "二2", "三3", "四4"), start=1) for name in names}

_DAYS = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日[至到]((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")

Period = tuple[datetime.date, datetime.date]  # its first and its last day


def find_periods(folded: str, today: datetime.date, year: int) -> Iterator[tuple[int, int, Period]]:
    """[start, end) of each; halves and quarters of which the year is not said are of `year`."""
    for match in _DAYS.finditer(folded):
        numbers = [int(number) for number in match.groups()]
        with suppress(ValueError):
            yield match.start(), match.end(), (datetime.date(*numbers[:3]), datetime.date(*numbers[3:]))
    for match in _PERIOD.finditer(folded):
        said = (
            int(match["year"])
            if match["year"]
            else today.year + _YEARS.get(match["near"], 0)
            if match["near"]
            else year
        )
        if match["half"]:
            period = _months(said, 1, 6) if match["half"] == "上" else _months(said, 7, 12)
        elif match["quarter"]:
            last = 3 * _QUARTERS[match["quarter"]]
            period = _months(said, last - 2, last)
        elif match["month"]:
            period = month_of(today.year, today.month + _step(match["month"]))
        elif match["season"]:
            last = (today.month + 2) // 3 * 3 + 3 * _step(match["season"])
            period = month_of(today.year, last - 2)[0], month_of(today.year, last)[1]
        else:
            monday = today - datetime.timedelta(days=today.weekday() - 7 * _step(match["week"]))
            period = monday, monday + datetime.timedelta(days=6)
        yield match.start(), match.end(), period


def period_told(first: datetime.date, last: datetime.date) -> str:
    """2025年, 2025年上半年, 2025年第三季度, 2025年6月, or from day to day."""
    for name, months in (("", (1, 12)), ("上半年", (1, 6)), ("下半年", (7, 12)), *_quarters()):
        if (first, last) == _months(first.year, *months):
            return f"{first.year}年{name}"
    if (first, last) == month_of(first.year, first.month):
        return f"{first.year}年{first.month}月"
    return f"{_day(first)}至{_day(last)}"


def _quarters() -> Iterator[tuple[str, tuple[int, int]]]:
    yield from ((f"第{name}季度", (3 * at + 1, 3 * at + 3)) for at, name in enumerate("一二三四"))


def _step(said: str) -> int:
    return _STEPS.get(said[0], 0)


def month_of(year: int, month: int) -> Period:
    """Month 0 is the last of the year before."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime.date(year, month, 1), datetime.date(year, month, calendar.monthrange(year, month)[1])


def _months(year: int, first: int, last: int) -> Period:
    return month_of(year, first)[0], month_of(year, last)[1]


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
