"""Until when: the words of a deadline in a text, and the day they come to where that can be computed."""

import calendar
import datetime
import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numbering import to_int
from corpus.script import fold


@dataclass(frozen=True, slots=True)
class Due:
    """`text` is what text[start:end] says (2025年12月底前); `by` its last day, None where there is none (长期)."""

    text: str
    by: datetime.date | None
    start: int
    end: int


_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_RANGE = r"(?<!\d)20\d\d(?:\s?年)?\s?[-—–~至到]{1,2}\s?(?P<last>20\d\d)"
_YEAR = (
    r"(?:(?:中华)?民国\s?(?P<roc>\d{2,3})|(?<!\d)(?P<short>1[0-2]\d)(?=\s?年\s?(?:\d|底|末|上半|下半|第))"
    r"|(?:公元|西元)?(?P<year>(?<!\d)(?:19|20)\d\d|[〇○零一二三四五六七八九]{4})|(?P<near>[今本当明次后]))\s?年度?\s?"
)
_WHEN = rf"(?P<month>(?<![\d.]){_N})\s?月份?(?:\s?(?P<day>{_N})\s?[日号])?|(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度"
_ENDING = (
    r"年?(?:底|末|终)|年内(?:持续推进)?|月?(?:底|末)|内(?!容|部|外|涵)|[上中下]旬|中(?=完成|之?前|[,。;、)]|\s?$)|全年"
)
_MOMENT = re.compile(
    rf"(?P<range>{_RANGE}\s?(?P<years>年)?)|(?P<iso>(?<!\d)20\d\d[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?(?!\d))"
    rf"|(?P<until>(?<!截)[到至]\s?)?(?P<at>(?:于|力争|争取)\s?)?"
    rf"(?:{_YEAR})?(?:{_WHEN})?\s?(?P<ending>{_ENDING})?\s?(?P<before>之前|以前|前(?!期|后|置|沿|列|提)|止)?"
)
# what a moment can begin with: looking no further elsewhere halves the time that reading a document takes
_MAY_BEGIN = re.compile(r"[\s\d到至于力争中民公西〇○零一二三四五六七八九十今本当明次后上下第年底末终月内全之以前止]")
_MAY_STAND = re.compile(r"[年月季]|20\d\d")  # one of these is in every date that is a deadline
_EVERY = re.compile(
    rf"每(?:隔|个)?(?:半年|[两三]年|年度?|季度|季|月份?|周(?!期|边|密)|旬|学期)(?:\s?{_N}月份?)?(?:\s?{_N}[日号])?(?:底|末)?(?:之?前)?|(?<!不)定期(?![存债限])"
)
_OPEN = "(?:长期|持续|常态化|常态长效|滚动)(?:坚持|推进|跟踪|实施|开展|深化|落实|任务)"
_OPEN_IN_TEXT = re.compile(rf"{_OPEN}(?=\s{{0,3}}(?:[,。;)]|$))")
_OPEN_ALONE = re.compile(rf"{_OPEN}|长期|持续|常态化|立即[^、,;。\s]{{0,4}}|立行立改|即知即改|即日起?|随时|实时")

# before and after a date that is none to keep: 自…起施行, 截至…, 有效期至…, 2015年印发的, 7月至9月伏旱期间
_NO_BEFORE = re.compile(
    r"(?:(?:自|从)[^。;,]{0,16}|\d日|截至|截止到?|有效期限?|期限|延长|执行|顺延|较|比|《[^》]{0,60})\s?$"
)
_PLAN = re.compile(r"(?:方案|计划|规划|行动|纲要|要点|措施)\s?[(〔]\s?$")
_PERIOD = re.compile(r"[^。;,、:]{0,6}期间")
_NO_AFTER = re.compile(r"\s?(?:起|以来|以后|之后|后|已|施行|(?:印发|发布|公布|颁布|出台|制定|修订|通过)的|《|的?《)")


# 2026年6月—2027年3月 ends with the second
_BEGUN = re.compile(r"(?<!\d)20\d\d\s?年(?:\s?\d{1,2}\s?月)?\s?[-—–~]{1,2}\s?(?=20\d\d\s?年\s?\d{1,2}\s?月)")


_Found = tuple[int, int, datetime.date | None]


def find_dues(text: str, issued: datetime.date | None, *, alone: bool = False) -> list[Due]:
    """The deadlines in a text, in order: 「年底前建成，每季度通报」 of 2025 -> 年底前 (2025-12-31), 每季度 (None).

    `alone`: the text is a cell or clause that says only when; there 6月 and 长期 are deadlines too. A text of
    nothing else is taken so in any case. 前 includes the day, month or year it names. A date without its year has
    that of the deadline before it in the sentence, or of `issued`.
    """
    folded = _BEGUN.sub(lambda begun: " " * len(begun[0]), fold(text))
    found = _found(folded, issued, alone=True)
    if not alone and _left_over(folded, found):
        found = _found(folded, issued, alone=False)
    unique = {(by, text[start:end]): Due(text[start:end], by, start, end) for start, end, by in reversed(found)}
    return sorted(unique.values(), key=lambda due: due.start)


def _left_over(folded: str, found: list[_Found]) -> str:
    """What the text says beside its deadlines, the words for finishing apart."""
    ends = [0, *(end for _, end, _ in found)]
    starts = [*(start for start, _, _ in found), len(folded)]
    kept = "".join(folded[end:start] for end, start in zip(ends, starts, strict=True))
    return re.sub(r"[\s、,;。.:()并]|完成|启动|前", "", kept)


def _found(folded: str, issued: datetime.date | None, *, alone: bool) -> list[_Found]:
    """In order and apart; where two begin in the same words, 每年 before a date and a date before 长期."""
    every: list[_Found] = [(*match.span(), None) for match in _EVERY.finditer(folded)]
    open_ended = _OPEN_ALONE if alone else _OPEN_IN_TEXT
    open_: list[_Found] = [(*match.span(), None) for match in open_ended.finditer(folded)]
    found: list[_Found] = []
    reached = 0
    for _, _, one in heapq.merge(
        *(
            [(one[0], rank, one) for one in several]
            for rank, several in enumerate((every, [*_moments(folded, issued, alone=alone)], open_))
        ),
        key=lambda ranked: ranked[:2],
    ):
        if one[0] >= reached:
            found.append(one)
            reached = one[1]
    return found


def _moments(folded: str, issued: datetime.date | None, *, alone: bool) -> Iterator[_Found]:
    """Dates that are deadlines, with the day they come to."""
    year: int | None = None
    sentence_year: int | None = None
    reached = 0
    for match in _matches(folded) if _MAY_STAND.search(folded) else ():
        if any(stop in folded[reached : match.start()] for stop in "。;"):
            sentence_year = None
        if not _is_deadline(match, alone=alone) or (not alone and _is_cited(folded, match)):
            continue
        named = _named_year(match, issued)
        within = sentence_year if match["month"] or match["quarter"] or match["half"] else None
        chosen = named or within or (issued.year if issued else year)
        by = _day(match, chosen) if chosen else None
        if by and issued and not alone and named and by < issued:
            continue
        year = sentence_year = named or chosen
        reached = match.end()
        lead = len(match[0]) - len(match[0].lstrip())
        at = match.end("at") if match["at"] and (match["ending"] or match["before"]) else match.start() + lead
        yield at, match.start() + len(match[0].rstrip()), by


def _matches(folded: str) -> Iterator[re.Match[str]]:
    """Every date or end of one, in order and apart."""
    at = 0
    while begun := _MAY_BEGIN.search(folded, at):
        match = _MOMENT.match(folded, begun.start())
        at = match.end() if match and match.end() > begun.start() else begun.start() + 1
        if match and match[0].strip():
            yield match


def _is_deadline(match: re.Match[str], *, alone: bool) -> bool:
    """Whether the date is said as an end: 12月底前, 到2027年, but 12月 only where it stands alone."""
    if match["iso"]:
        return alone
    if match["range"]:
        return alone or match["years"] is not None
    dated = match["year"] or match["roc"] or match["short"] or match["near"]
    within = match["month"] or match["half"] or match["quarter"]
    ending = match["ending"] or ""
    if not (dated or within):
        # 年底, 年内 stand by themselves; 5年内, 成年 do not
        before = match.string[max(0, match.start() - 1) : match.start()]
        return (ending.startswith("年") and not re.search(r"[\d一二两三四五六七八九十几多数每去上近半周]", before)) or (
            alone and ending == "全年"
        )
    if ending.startswith("年") and not dated:
        return False
    if alone or match["half"] or match["quarter"]:
        return not re.search("每$", match.string[max(0, match.start() - 1) : match.start()])
    if match["near"] and not (within or ending or match["before"]):
        return False
    return bool(ending or match["before"] or match["until"] or match["at"])


def _is_cited(folded: str, match: re.Match[str]) -> bool:
    """自2023年8月15日起施行, 2015年印发的, 《…(2025—2027年)》: a date that asks for nothing."""
    before = folded[max(0, match.start() - 64) : match.start()]
    after = folded[match.end() : match.end() + 8]
    in_plan = match["range"] and (_PLAN.search(before) or (after.lstrip()[:1] in ("《", ")") and "《" in before))
    period = not (match["ending"] or match["before"]) and _PERIOD.match(after)
    return bool(_NO_BEFORE.search(before) or _NO_AFTER.match(after) or in_plan or period)


def _named_year(match: re.Match[str], issued: datetime.date | None) -> int | None:
    if match["range"]:
        return int(match["last"])
    if match["iso"]:
        return int(match["iso"][:4])
    if match["roc"] or match["short"]:
        return 1911 + int(match["roc"] or match["short"])
    if match["year"]:
        return to_int(match["year"].replace("○", "〇"))
    if match["near"] and issued:
        return issued.year + {"明": 1, "后": 2}.get(match["near"], 0)
    return None


def _day(match: re.Match[str], year: int) -> datetime.date | None:
    """The last day that the words leave in that year; None for a day that no calendar has."""
    ending = (match["ending"] or "").strip()
    month, day = 12, None
    if match["iso"]:
        numbers = [int(number) for number in re.findall(r"\d+", match["iso"])]
        month, day = numbers[1], numbers[2] if len(numbers) > 2 else None
    elif match["month"]:
        month = to_int(match["month"]) or 0
        day = to_int(match["day"]) if match["day"] else {"上旬": 10, "中旬": 20}.get(ending)
    elif match["quarter"]:
        month = 3 * (to_int(match["quarter"]) or 0)
    elif match["half"] == "上" or ending == "中":
        month = 6
    try:
        return datetime.date(year, month, calendar.monthrange(year, month)[1] if day is None else day)
    except (ValueError, calendar.IllegalMonthError):
        return None
