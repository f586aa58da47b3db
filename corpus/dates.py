"""Dates as documents write them: 2017年2月15日, 二○○八年六月三日, 20191218, 2016-04-06."""

import datetime
import re

from corpus.numbering import NUMBER, to_int
from corpus.script import fold

_ZERO = str.maketrans("oО○", "〇〇〇")
_WRITTEN = r"(?P<year>\d{4}|[〇零一二三四五六七八九]{4})\s?年\s?(?P<month>NUMBER)\s?月\s?(?P<day>NUMBER)\s?日".replace(
    "NUMBER", NUMBER
)
_ANY = re.compile(
    rf"{_WRITTEN}|(?<!\d)(?P<y>(?:19|20)\d\d)(?:[-./](?P<m>\d{{1,2}})[-./](?P<d>\d{{1,2}})|(?P<md>[01]\d[0-3]\d))(?!\d)"
    rf"|民国(?P<roc>{NUMBER})\s?年\s?(?P<rm>{NUMBER})\s?月\s?(?P<rd>{NUMBER})\s?日"
)


_SPOKEN_DAY = re.compile(r"(?<=\d月\d)号|(?<=\d月\d\d)号")


def with_days(folded: str) -> str:
    """12月31号 -> 12月31日, as long as it was."""
    return _SPOKEN_DAY.sub("日", folded)


def parse_date(folded: str) -> datetime.date | None:
    """二〇一七年二月十五日 -> 2017-02-15; None where the line is not a date alone."""
    text = _spelt(folded.strip())
    found = _ANY.fullmatch(text) if len(text) < 30 else None
    return _date(found) if found else None


def find_date(folded: str) -> datetime.date | None:
    """The first date in a line."""
    return next((date for found in _ANY.finditer(_spelt(folded[:400])) if (date := _date(found))), None)


def day_in_name(id: str) -> datetime.date | None:
    """某条例(2023-12-04): the day in the name of a file."""
    return find_date(fold(id))


def _spelt(folded: str) -> str:
    """Zeros in one spelling, and digits set apart brought together: 2 0 2 5 年."""
    return re.sub(r"(?<=[\d年月])\s{1,3}(?=[\d年月日])", "", folded.translate(_ZERO))


def _date(found: re.Match[str]) -> datetime.date | None:
    if found["md"]:
        parts = (found["y"], found["md"][:2], found["md"][2:])
    elif found["roc"]:
        parts = (str((to_int(found["roc"]) or 0) + 1911), found["rm"], found["rd"])
    else:
        parts = tuple(found[one] or found[other] for one, other in (("year", "y"), ("month", "m"), ("day", "d")))  # type: ignore[assignment]
    try:
        return datetime.date(*(to_int(part) or 0 for part in parts))
    except ValueError:
        return None
