"""A spreadsheet's value as the sheet shows it: 1 not 1.0, 2026年12月 not a number of days."""

import datetime
import re

DATE_PART = re.compile(
    r"\[\$[^\]]*\]|\[[hms]+\]|\"([^\"]*)\"|\\(.)|yyyy|yy|y|mmmm|mmm|mm|m|dd?|hh?|ss?|AM/PM|上午/下午|[^;]", re.I
)
QUOTED = re.compile(r"\"([^\"]*)\"|\\(.)")
PICTURE = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?")
ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")  # colours, conditions, padding
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
    """Digits as the format's picture asks, between the words that it quotes."""
    sections = ASIDE.sub("", format).split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    picture = PICTURE.search(QUOTED.sub(lambda quoted: "\x00" * len(quoted[0]), section))
    if picture is None or "E" in section.upper().replace("GENERAL", "") or "/" in section:
        return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.12g}"
    value = abs(value) if len(sections) > 1 and value < 0 else value
    whole, _, fraction = picture[0].partition(".")
    fixed, most = fraction.count("0"), len(fraction)
    digits = f"{value * 100 if '%' in section else value:{',' if ',' in whole else ''}.{most}f}"
    if most > fixed:
        digits = digits[: len(digits) - most + fixed] + digits[len(digits) - most + fixed :].rstrip("0")
    digits = digits.rstrip(".").zfill(whole.count("0"))
    return f"{_words(section[: picture.start()])}{digits}{_words(section[picture.end() :])}".strip()


def _words(format: str) -> str:
    return QUOTED.sub(lambda quoted: quoted[1] if quoted[1] is not None else quoted[2], format)


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
