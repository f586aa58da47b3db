"""Numbers, Chinese and Arabic, and how readers point at items: 第25条, 第31至33项, 最后一项.

Every pattern here expects folded text (`corpus.fold`) and is bounded, so that no input makes it slow.
"""

import re
from dataclasses import dataclass
from typing import Literal

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_DIGITS |= {character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}
CHINESE = "[〇○零一二两三四五六七八九十百千廿卅卌壹贰叁肆伍陆柒捌玖拾]{1,9}"
NUMBER = rf"(?:\d{{1,4}}|{CHINESE})"


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


_UNIT = r"(?=\s?(?:[个日天年月元万千百倍周岁人家名项条户位件所吨米]|平方|公[里斤顷]|次(?![供污爆生元级要])))"
_ARABIC = re.compile(rf"(?<![\d.第])[1-9]\d{{0,3}}(?![\d.,]){_UNIT}(?!(?<=\d{{4}})年)")
_ANY_NUMERAL = re.compile(r"[\d一二三四五六七八九十百千两]")
_TWO = re.compile(rf"(?<![第零一二三四五六七八九十百千])[二两](?![零一二三四五六七八九十百千]){_UNIT}")
_HAN = re.compile(rf"(?<![第零一二三四五六七八九十百千]){CHINESE}(?![零一二三四五六七八九十百千]){_UNIT}")


def to_chinese(number: int) -> str:
    """15 -> 十五, 103 -> 一百零三; of 1 to 9999."""
    said, gap = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            said += ("零" if gap and said else "") + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return said.removeprefix("一") if said.startswith("一十") else said


def in_other_numerals(folded: str) -> list[str]:
    """5个工作日 -> 五个工作日, 十五日 -> 15日, 两年 -> 2年 and 二年: its amounts as documents may write them, too."""
    if not _ANY_NUMERAL.search(folded):
        return []
    if _ARABIC.search(folded):
        every = [_ARABIC.sub(lambda found: to_chinese(int(found[0])), folded)]
    else:
        every = [_HAN.sub(lambda found: str(to_int(found[0]) or found[0]), folded)]
        every += [_TWO.sub(lambda found: "二" if found[0] == "两" else "两", folded)]
    every += [_TWO.sub("两", one) for one in every]
    return [one for one in dict.fromkeys(every) if one != folded]


def begins_with_amount(folded: str) -> bool:
    """5个工作日, 五年."""
    return folded[:1].isdecimal() or _HAN.match(folded) is not None


_POINTED = r"\s?(?:项|条|号)"
JOIN = r"\s?(?:、|,|和|与|及|同|跟|以及)\s?"
TO = r"\s?(?:至|到|看到|开始到|开始一直到|一直到|-|—|–|~|～)\s?"
_NTH = rf"第\s?{NUMBER}"
_ONE = rf"(?:第\s?)?{NUMBER}(?:{_POINTED})?"
# Either 第 or 号, or a list or range of digits, must show that numbers name items: 「有9项任务」 and 「三项制度」 do not.
_REFERENCE = re.compile(
    rf"{_NTH}(?:{_POINTED})?(?:(?:{TO}|{JOIN}){_ONE}){{1,60}}(?<=[项条号])(?!线)"
    rf"|第\s?\(?{NUMBER}\)?\s?(?:项|条|点(?!名)|步|件(?![事套中])|号(?!令|文|公告|线|楼|院)|个(?:任务|条款|项目))"
    rf"|(?:\d{{1,3}}(?:{JOIN}|{TO})){{1,60}}\d{{1,3}}{_POINTED}"
    rf"|(?:任务|条款|编号|序号|no\.?|#)\s?(?:为|是|:)?\s?{NUMBER}(?=$|[项条号的讲是由那,?\s])[项条号]?"
    rf"|(?<![〔〕)\]\d第发函字令]){NUMBER}(?:{TO}{NUMBER})?\s?号(?!线|楼|文|院|令|工程|公告)(?:任务|条款|工作)?"
    rf"|{NUMBER}\s?[项条]?{TO}{NUMBER}\s?[项条]"
    rf"|(?<![\d有共])\d{{1,3}}\s?[项条](?:{JOIN}\d{{1,3}}\s?[项条]){{1,20}}"
    rf"|^{NUMBER}\s?[项条](?=$|[的讲说由是归谁哪])|^{NUMBER}(?=讲|说的|写的|是什么|是啥)"
)
_RANGE = re.compile(TO)
_ON = re.compile(rf"第\s?({NUMBER})\s?[项条号]?{TO}最后(?:一[项条])?")
_WHOLE_LIST = re.compile(rf"第?\d{{1,3}}(?:(?:{TO}|{JOIN}|\s)第?\d{{1,3}}){{1,60}}")
_WHOLE = re.compile(rf"第?\s?({NUMBER})\s?[项条号]?(?:任务|条款)?")
_PLACE = re.compile(
    rf"((?<![目以之今])前|开头|打头|(?<![牵打开])头|首|(?<![以之今])后|最后|最末|末尾|末|倒数第)的?(?:那|是哪|(?<=头)第)?({NUMBER})?(?:项|条|个任务)(?:任务|条款)?"
)
_FRONT = ("前", "开头", "打头", "头", "首")
_PART = r"\s?(?:个?大?部[分份]|大?块|章|编)"
_SECTION = re.compile(
    rf"第\s?{NUMBER}(?:{_PART})?(?:(?:{TO}|{JOIN})(?:第\s?)?{NUMBER}(?:{_PART})?){{0,20}}(?<=[分份块章编])"
)
_SECTION_PLACE = re.compile(rf"(?P<place>最后|最末|末|首|倒数第(?P<nth>{NUMBER}))一?{_PART}")
_SECTION_BRACKETED = re.compile(rf"(?<![第条款项])\(({CHINESE})\)(?:部分|(?=[里中下]|的第))")
_SECTION_LISTED = re.compile(rf"({CHINESE})、(?:部[分份])?(?=$|[里中内有的都下?。])")
_AFTERWARDS = re.compile(
    r"(?:任务|条款)?的?(?:(?P<after>之后|以后|后面)|(?P<before>之前|以前|前面)|(?P<except>之外|以外|外|除外)|(?P<within>里面|里|中|之间|之内|以内|内(?!容)))"
)
_EXCEPT = re.compile(r"(?:除去|除了|除|不含|不包括)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question points at, and where in it. `numbers` are the document's own; `places` count items in reading
    order from 1, or from the end if negative. `relation` tells 第9项 from 第9项之后, 除第9项外, 第1至9项中 and 第9项到最后."""

    numbers: tuple[int, ...]
    start: int
    end: int
    places: tuple[int, ...] = ()
    relation: Literal["at", "after", "before", "except", "within", "on"] = "at"


def find_items(question: str) -> Reference | None:
    """第25条 -> 25; 第31至33项 -> 31, 32, 33; 第3、5项 -> 3, 5; 28号任务 -> 28; 31 -> 31; 最后一项 -> place -1.

    Words that only look like numbers point at nothing: 第三方, 三位一体, 2017年, 1-2家.
    """
    if match := _WHOLE.fullmatch(question):
        number = to_int(match[1])
        return None if number is None else Reference((number,), *match.span())
    if match := _ON.search(question):
        return Reference((to_int(match[1]) or 0,), *match.span(), relation="on")
    if _WHOLE_LIST.fullmatch(question):
        return Reference(tuple(_numbers(question)), 0, len(question))
    places = [match for match in _PLACE.finditer(question) if to_int(match[2] or "一")]
    named = [match for match in _REFERENCE.finditer(question) if not any(_overlap(match, place) for place in places)]
    if not places and not named:
        return None
    start = min(match.start() for match in (*places, *named))
    end = max(match.end() for match in (*places, *named))
    after, before = _AFTERWARDS.match(question, end), _EXCEPT.search(question, max(0, start - 4), start)
    return Reference(
        tuple(dict.fromkeys(number for match in named for number in _numbers(match[0]))),
        before.start() if before else start,
        after.end() if after else end,
        tuple(dict.fromkeys(place for match in places for place in _places(match[1], to_int(match[2] or "一") or 1))),
        "except" if before else after.lastgroup if after else "at",  # type: ignore[arg-type]
    )


def _overlap(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _numbers(written: str) -> list[int]:
    """第3、31至33项 -> 3, 31, 32, 33; either end of a range may come first."""
    numbers: list[int] = []
    end = 0
    for match in re.finditer(NUMBER, written):
        number = to_int(match[0])
        if number is not None:
            if numbers and _RANGE.search(written, end, match.start()):
                low, high = sorted((numbers.pop(), number))
                numbers += range(low, min(high, low + 999) + 1)
            else:
                numbers.append(number)
        end = match.end()
    return numbers


def _places(word: str, count: int) -> tuple[int, ...]:
    if word == "倒数第":
        return (-count,)
    return tuple(range(1, count + 1)) if word in _FRONT else tuple(range(-count, 0))


def find_section(question: str) -> Reference | None:
    """第三部分, 第三章, 三、, （三）里 -> 3; 第一、三部分 -> 1, 3; 最后一章 -> place -1."""
    if match := _SECTION_PLACE.search(question):
        nth = to_int(match["nth"] or "一") or 1
        return Reference((), *match.span(), places=(1 if match["place"] == "首" else -nth,))
    if (match := _SECTION.search(question)) and (numbers := _numbers(match[0])):
        return Reference(tuple(dict.fromkeys(numbers)), *match.span())
    if (match := _SECTION_BRACKETED.search(question)) and (number := to_int(match[1])) is not None:
        return Reference((number,), *match.span())
    if (match := _SECTION_LISTED.match(question)) and (number := to_int(match[1])) is not None:
        return Reference((number,), *match.span())
    return None
