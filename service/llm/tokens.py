"""A text in tokens that are the same however it is written: Traditional or Simplified, full or half width, 三十 or 30."""

import re

from corpus import spelling_key, to_int

COMMA, JOINT = ",", "、"  # between clauses, between what is listed
PART, STOP = ";", "。"  # between the parts of a statement, between statements

Tokens = tuple[str, ...]

_CHINESE = "[〇○零一二两三四五六七八九十百千]+"
_JOINTS = r"以及|(?<![参赋给])与(?!会)|和(?![平谐解])|(?<![涉普以企危])及(?![时格])"
_TOKEN = re.compile(
    rf"百分之(?P<share>{_CHINESE}|\d+(?:\.\d+)?)"
    rf"|(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?%?)|(?P<chinese>{_CHINESE})"
    rf"|(?P<joint>{_JOINTS}|[、])|(?P<mark>[,:])|(?P<part>[;\n])|(?P<stop>[。!?])|(?P<letters>[a-z]+)|(?P<other>[^\s\W])|(?P<sign>[+‰·°/])"
)
NUMBER = re.compile(r"\d")


def tokens(text: str) -> Tokens:
    """百分之八十的企业，共三十家 -> 80% 的 企 业 , 共 30 家. Quotation marks, brackets and spaces are left out."""
    return tuple(_token(found) for found in _TOKEN.finditer(spelling_key(text)))


def is_number(token: str) -> bool:
    return NUMBER.match(token) is not None


def _token(found: re.Match[str]) -> str:
    kind = str(found.lastgroup)
    text = found[kind]
    match kind:
        case "share":
            return f"{_value(text)}%"
        case "number":
            return _plain(text)
        case "chinese":
            return _value(text)
        case "joint":
            return JOINT
        case "part":
            return PART
        case "stop":
            return STOP
    return text


def _plain(number: str) -> str:
    """1,200 -> 1200, 010 -> 10, 3.50% -> 3.5%."""
    share = "%" if number.endswith("%") else ""
    whole, point, part = number.removesuffix("%").replace(",", "").partition(".")
    part = part.rstrip("0") if point else ""
    return (whole.lstrip("0") or "0") + (f".{part}" if part else "") + share


def _value(chinese: str) -> str:
    """三十 -> 30; what is no number stays as it is: 十三五."""
    if chinese[:1].isdigit():
        return _plain(chinese)
    value = to_int(chinese)
    return chinese if value is None else str(value)
