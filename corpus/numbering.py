"""Numbers of official documents: 第十二条, 一、, （三）, 1.; Chinese and Arabic, and how readers point at items.

Every pattern here expects folded text (`corpus.fold`) and is bounded, so that no input makes it slow.
"""

import dataclasses
import re
from dataclasses import dataclass
from typing import Literal

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "[〇零一二两三四五六七八九十百千廿卅卌]{1,9}"
NUMBER = rf"(?:\d{{1,4}}|{_CHINESE})"

Style = Literal["编", "章", "部分", "节", "条", "一、", "（一）", "1.", "（1）"]

_HEADING = re.compile(rf"第({NUMBER})(编|章|部分|节)(?![\d的])[\s:、.]*")
_ARTICLE = re.compile(rf"第({NUMBER})条(?:[\s:.]+|$|(?!之|第|规定|所|的|至|到|和|或|及|与|中|内|要求|确定|款|、|,))")
_LISTED: list[tuple[Style, re.Pattern[str]]] = [
    ("一、", re.compile(rf"({_CHINESE})[、.]\s*")),
    ("（一）", re.compile(rf"\(({_CHINESE})\)[、.]?\s*")),
    ("1.", re.compile(r"(\d{1,3})(?:\.(?!\d)|、)\s*")),
    ("（1）", re.compile(r"\((\d{1,3})\)[、.]?\s*")),
]


@dataclass(frozen=True, slots=True)
class Marker:
    """The number a line opens with; its text begins at `end`, counted from the line's start."""

    style: Style
    number: int
    end: int


def to_int(number: str) -> int | None:
    """十二 -> 12, 一百零三 -> 103, 卅一 -> 31, 二〇一七 -> 2017, 31 -> 31; None when it is no number (十十)."""
    if number.isdecimal():
        return int(number)
    if number and all(character in _DIGITS for character in number):
        return int("".join(str(_DIGITS[character]) for character in number))
    total, digit, limit = 0, 0, 10_000
    for character in number:
        if character in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[character]
            continue
        value, size = (_TENS[character], 10) if character in _TENS else (0, _UNITS.get(character, limit))
        if size >= limit or (value and digit):
            return None
        total, digit, limit = total + (value or (digit or 1) * size), 0, size
    return total + digit if number else None


def to_chinese(number: int) -> str:
    """12 -> 十二, 103 -> 一百零三; 0 to 9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"expected 0 to 9999, got {number}")
    written, zero = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            written += ("零" if zero else "") + "〇一二三四五六七八九"[digit] + unit
            zero = False
        else:
            zero = bool(written)
    return written.removeprefix("一") if written.startswith("一十") else written or "〇"


def line_marker(line: str) -> Marker | None:
    """The marker a folded line begins with: 「第十二条 …」, 「一、…」, 「(三)…」, 「1.…」. A year, a decimal (3.5) or a
    reference (「第三条规定的…」) opens nothing."""
    indent = len(line) - len(line.lstrip())
    content = line[indent:]
    if match := _HEADING.match(content):
        return _marker(match[2], match, indent)
    if match := _ARTICLE.match(content):
        return _marker("条", match, indent)
    for style, pattern in _LISTED:
        if match := pattern.match(content):
            return _marker(style, match, indent)
    return None


def _marker(style: str, match: re.Match[str], indent: int) -> Marker | None:
    number = to_int(match[1])
    return None if number is None else Marker(style, number, indent + match.end())  # type: ignore[arg-type]


_POINTED = r"(?:项|条|号)"
_JOIN = r"(?:、|,|和|与|及|跟|以及)"
_TO = r"(?:至|到|-|—|–|~|～)"
_ONE = rf"第?{NUMBER}{_POINTED}?"
# Either 第 or 号 must show that a number names an item: 「有9项任务」 and 「三项制度」 do not.
_REFERENCE = re.compile(
    rf"第{NUMBER}{_POINTED}?(?:{_TO}{_ONE}|(?:{_JOIN}{_ONE}){{1,20}})(?<=[项条号])(?!线)"
    rf"|第{NUMBER}{_POINTED}"
    rf"|{NUMBER}(?:{_TO}{NUMBER})?号(?!线|楼|文|院|令)(?:任务|条款|工作)?"
    rf"|{NUMBER}{_TO}{NUMBER}[项条]"
)
_WHOLE = re.compile(rf"第?({NUMBER})[项条号]?(?:任务|条款)?")
_FROM_END = re.compile(rf"(前|后|最后|最末|倒数第)({NUMBER})?(?:项|条|个任务)(?:任务|条款)?")
_SECTION = re.compile(rf"第({NUMBER})(?:大?部分|章|编)")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question points at, and where in it. Where `by_position`, the numbers count items in reading order, from
    the end if negative; else they are the document's own. `relation` tells 第9项 from 第9项之后 and 除第9项外."""

    numbers: tuple[int, ...]
    start: int
    end: int
    by_position: bool = False
    relation: Literal["at", "after", "before", "except"] = "at"


_AFTERWARDS = re.compile(
    r"(?:任务|条款)?的?(?:(?P<after>之后|以后|后面)|(?P<before>之前|以前|前面)|(?P<except>之外|以外|外))"
)
_EXCEPT = re.compile(r"(?:除去|除了|除|不含|不包括)$")


def find_items(question: str) -> Reference | None:
    """The items that a folded question points at, as `_find` gives them, and how: 第9项之后, 除第9项外."""
    found = _find(question)
    if found is None:
        return None
    after, before = (
        _AFTERWARDS.match(question, found.end),
        _EXCEPT.search(question, max(0, found.start - 4), found.start),
    )
    start, end = before.start() if before else found.start, after.end() if after else found.end
    relation = "except" if before else after.lastgroup if after else "at"
    return dataclasses.replace(found, start=start, end=end, relation=relation)  # type: ignore[arg-type]


def _find(question: str) -> Reference | None:
    """第25条 -> 25; 第31至33项 -> 31, 32, 33; 第3、5项 -> 3, 5; 28号任务 -> 28; 31 -> 31; 最后一项 -> -1 by position.

    Words that only look like numbers point at nothing: 第三方, 十三五, 三位一体, 2017年, 1-2家.
    """
    if match := _WHOLE.fullmatch(question):
        number = to_int(match[1])
        return None if number is None else Reference((number,), *match.span())
    if match := _FROM_END.search(question):
        count = to_int(match[2] or "一")
        return None if count is None else Reference(_positions(match[1], count), *match.span(), True)
    if match := _REFERENCE.search(question):
        values = [to_int(number) for number in re.findall(NUMBER, match[0])]
        numbers = [value for value in values if value is not None]
        if re.search(_TO, match[0]) and len(numbers) == 2:
            numbers = list(range(numbers[0], min(numbers[1], numbers[0] + 999) + 1))
        return Reference(tuple(dict.fromkeys(numbers)), *match.span()) if numbers else None
    return None


def _positions(word: str, count: int) -> tuple[int, ...]:
    if word == "倒数第":
        return (-count,)
    return tuple(range(1, count + 1)) if word == "前" else tuple(range(-count, 0))


def find_section(question: str) -> Reference | None:
    """第三部分, 第三章 -> 3."""
    match = _SECTION.search(question)
    number = match and to_int(match[1])
    return Reference((number,), *match.span()) if match and number is not None else None
