"""The number a line opens with: 第十二条之一, 一、, （三）, 1., ①; in either script, half or full width.

Every pattern expects folded text (`corpus.fold`) and is bounded, so that no input makes it slow.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from corpus.numbering import CHINESE, NUMBER, to_int

Style = Literal["编", "部分", "章", "节", "条", "壹、", "一、", "（一）", "1.", "1）", "（1）", "①"]
STYLES: tuple[Style, ...] = (
    "编",
    "部分",
    "章",
    "节",
    "条",
    "壹、",
    "一、",
    "（一）",
    "1.",
    "1）",
    "（1）",
    "①",
)  # outermost first
NAMED: tuple[Style, ...] = ("编", "部分", "章", "节")  # those that say what they number

_FORMAL = "[壹贰叁肆伍陆柒捌玖拾]{1,3}"
_RING = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"

_HEADING = re.compile(rf"第\s?({NUMBER})\s?(编|章|部分|节)(?![\d的])[\s:、.]{{0,4}}")
_ARTICLE = re.compile(
    rf"第\s?({NUMBER})(?:\s?-\s?(?P<dash>\d{{1,2}}))?\s?条(?:之(?P<suffix>{NUMBER})(?=[\s:.,]|$|[^\d款项]))?(?P<separator>[\s:.]{{1,8}}|$)?"
)
# 第三条规定的…, 第二条与…: may refer to an article instead of opening one
_REFERRING = re.compile(r"之|第|规定|所|的|至|到|和|或|及|与|中|内|要求|确定|款|、|,|》|\)|”")
_ON = r"(?!\s?(?:至|到|款|项|条|[、和及或]\s?(?:第|\()))"  # （一）至（三）项 refers
_LISTED: list[tuple[Style, re.Pattern[str]]] = [
    ("壹、", re.compile(rf"({_FORMAL})\s?[、.]\s{{0,4}}")),
    ("一、", re.compile(rf"({CHINESE})\s?(?:[、.](?!\s?{CHINESE}(?:[、.]|等))|:)\s{{0,4}}")),
    ("（一）", re.compile(rf"\(\s?({CHINESE})\s?\){_ON}[、.]?\s{{0,4}}")),
    ("（一）", re.compile(rf"([{_BRACKETED}])[、.]?\s{{0,4}}")),
    ("1.", re.compile(r"((?!19\d\d|20\d\d)\d{1,4})\s?(?:\.(?!\d)|、(?!\d{1,4}[、项条号日]))\s{0,4}")),
    ("（1）", re.compile(rf"\(\s?(\d{{1,3}})\s?\){_ON}[、.]?\s{{0,4}}")),
    ("1）", re.compile(r"(\d{1,3})\s?\)[、.]?\s{0,4}")),
    ("①", re.compile(rf"([{_RING}])[、.]?\s{{0,4}}")),
]
_GLUED = re.compile(
    r"(\d{1,3})\.(?=\d{2,4}[^\d.%亿万元年月日个项倍\s])"
)  # 11.121人才: 11. and 121人才, where 11 is the next


@dataclass(frozen=True, slots=True)
class Marker:
    """The number a line opens with; its text begins at `end`, counted from the line's start."""

    style: Style
    number: int
    end: int
    suffix: int = 0  # 之一, or 1 of 第 3-1 条
    dashed: bool = False  # written 第 3-1 条, not 第三条之一
    sure: bool = True  # False where it opens a unit only if it is the number that comes next


def line_marker(line: str) -> Marker | None:
    """The marker a folded line begins with. A year or a decimal (3.5) opens nothing."""
    indent = len(line) - len(line.lstrip())
    content = line[indent : indent + 60]
    if match := _HEADING.match(content):
        return _marker(match[2], match[1], indent + match.end())  # type: ignore[arg-type]
    if match := _ARTICLE.match(content):
        refers = match["separator"] is None and _REFERRING.match(content, match.end())
        suffix = to_int(match["suffix"] or match["dash"] or "0") or 0
        found = _marker("条", match[1], indent + match.end(), sure=not refers)
        return found and replace(found, suffix=suffix, dashed=match["dash"] is not None)
    for style, pattern in _LISTED:
        if match := pattern.match(content):
            return _marker(style, match[1], indent + match.end(), sure=not (style == "一、" and ":" in match[0]))
    if match := _GLUED.match(content):
        return _marker("1.", match[1], indent + match.end(), sure=False)
    return None


def _marker(style: Style, written: str, end: int, *, sure: bool = True) -> Marker | None:
    for signs in (_RING, _BRACKETED):
        if written in signs:
            return Marker(style, signs.index(written) + 1, end)
    number = to_int(written)
    return None if number is None else Marker(style, number, end, sure=sure)
