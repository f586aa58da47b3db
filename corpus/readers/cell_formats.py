"""A spreadsheet's value as the sheet shows it: 1 not 1.0, 2026年12月 not a number of days."""

import datetime
import re

DATE_PART = re.compile(
    r"\[\$[^\]]*\]|\[[hms]+\]|\"([^\"]*)\"|\\(.)|yyyy|yy|y|mmmm|mmm|mm|m|dd?|hh?|ss?|AM/PM|上午/下午|[^;]", re.I
)
NUMBER = re.compile(r"(?:\"[^\"]*\"|\\.|[^#0?;])*?(#,##)?[#0?,]*?0?(?:\.([0?]+))?(%)?(?:[^0#?].*)?", re.DOTALL)
SHORT_DATE = ("mm-dd-yy", "m/d/yyyy", "mm/dd/yyyy")  # what Excel writes for "the country's short date"


def shown(value: object, format: str) -> str:
    """(1.0, "General") -> 1; (0.05, "0%") -> 5%; (2026-12-31, "yyyy年m月") -> 2026年12月."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, format)
    if isinstance(value, int | float):
        return _number(value, format)
    return str(value).replace("_x000D_", "")


def _number(value: float, format: str) -> str:
    match = NUMBER.match(format) if re.search(r"[0#]", format) else None
    if match is None or "E" in format.upper():
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.12g}"
    decimals = len(match[2] or "")
    grouping = "," if match[1] or "#,##0" in format else ""
    if "%" in format:
        return f"{value * 100:{grouping}.{decimals}f}%"
    return f"{value:{grouping}.{decimals}f}"


def _date(value: datetime.datetime | datetime.date | datetime.time, format: str) -> str:
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    pattern = format.split(";")[0]
    if pattern.lower() in SHORT_DATE or not re.search(r"[yd]|m", pattern, re.I):
        pattern = "yyyy/m/d"
    return "".join(_part(match, value) for match in DATE_PART.finditer(pattern)).strip()


def _part(match: re.Match[str], value: datetime.date) -> str:
    literal = match[1] if match[1] is not None else match[2]
    if literal is not None:
        return str(literal)
    token = match[0].lower()
    hour, minute, second = (getattr(value, name, 0) for name in ("hour", "minute", "second"))
    before = match.string[: match.start()].lower()
    if token in ("m", "mm") and re.search(r"h[^ymd]*$", before):
        return f"{minute:02d}"
    shown = {
        "yyyy": str(value.year), "yy": f"{value.year % 100:02d}", "y": f"{value.year % 100:02d}",
        "mmmm": str(value.month), "mmm": str(value.month), "mm": f"{value.month:02d}", "m": str(value.month),
        "dd": f"{value.day:02d}", "d": str(value.day),
        "hh": f"{hour:02d}", "h": str(hour), "ss": f"{second:02d}", "s": str(second),
    }  # fmt: skip
    if token.startswith("["):
        return ""
    return shown.get(token, match[0])
