"""Documents called by what was done to them: 2018年1月1日施行的电梯条例, 全国人大常委会通过的那部法, 市医保局牵头的那个办法. When it was done and
by whom the head of a document says, and an article that it comes into force."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from corpus.dates import find_date
from corpus.document import Document
from corpus.document_numbers import in_order
from corpus.script import fold
from corpus.titles import ANY_FILE, KINDS, and_others, place_of

LOOKED_AT = 4  # items at either end of a document, one of which may say when it comes into force
LONGEST = 30  # letters of who did it
SHORTEST = 2
MOST = 5  # places of a question that are looked at

_DONE = {  # as it is asked -> as documents write it
    "通过": "通过",
    "批准": "批准",
    **dict.fromkeys(("公布", "发布", "颁布", "印发", "下发", "出台", "联发"), "公布|发布|颁布|印发|令"),
    **dict.fromkeys(("修订", "修正", "修改"), "修订|修正|修改"),
    **dict.fromkeys(("施行", "实施", "生效", "执行"), "施行|实施|生效|执行"),
    "制定": "通过|公布|发布|印发|令",
    "牵头": "牵头",
}
_WHEN = r"(?P<year>(?:19|20)\d\d)年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})[日号])?)?"
_SAID = re.compile(
    rf"(?:{_WHEN})?(?:又|才|新|已|起|开始|正式|第?[一二三四五六七八九]次|最[新近后]|联合|共同|一起|首次|第[\d一二三四五六七八九十]+届)*"
    rf"(?P<done>{'|'.join(_DONE)})[了过]?的(?P<point>[那这][一几两二三四五六七八九十]?[个部份件项])?"
    r"(?P<asks>(?=[是有]哪[几些个]))?"
    rf"(?:(?P<level>[省市县区])级的?)?(?P<kind>[一-鿿]{{0,14}}?(?:{KINDS}|{ANY_FILE})(?=[里中第,，。;；?？的对、和与有是各共哪什怎规一二三四五六七八九十\d\s]|$))?"
)
_WHICH_WERE = re.compile(
    rf"哪[些几]?[部个份]?(?P<kind>[一-鿿]{{0,14}}?(?:{KINDS}|{ANY_FILE}))都?是(?:由|经)?(?P<said>(?:{_WHEN})?[一-鿿]{{0,{LONGEST}}}?(?:{'|'.join(_DONE)})[了过]?的)"
)
_BODY = re.compile("(?:[省市县区州局委会院部厅办]|政府)$")  # somebody, of whom no head says it
_DOING = re.compile("|".join(_DONE))
_WHO = re.compile(rf"[一-鿿、\d]{{{SHORTEST},{LONGEST}}}$")
_WHEN_FIRST = re.compile(rf"{_WHEN}$")
_SEVERAL = re.compile("、|以及|[和与及]")
_DATED = re.compile(r"(?:19|20)\d\d\s?[年.-]\s?\d{1,2}\s?[月.-]\s?\d{1,2}\s?日?")
_RUN = re.compile(r"\d+|\D")
_IN_FORCE = re.compile(  # not 2003年起施行的《…》同时废止
    rf"(?:(?:^|\n)|本[一-鿿]{{1,12}}?|[，,。])自?(?P<day>{_DATED.pattern})\s?起?(?:正式)?(?:施行|实施|生效|执行)(?!的)"
)
_DENIED = re.compile("(?:不是|不在|没有?在|并非|除了?|除去)$")
_ATTACHED = re.compile(r"[\s,，;；。?？、和与跟及比按在那对查问看下由的把请经据照]$|^$")

Place = tuple[int, int, tuple[str, ...]]  # [start, end) of the text, and the ids of the documents


@dataclass(frozen=True, slots=True)
class Event:
    """What was done to a document: the day, and what is said of it, folded: by whom, and what."""

    day: datetime.date | None
    said: str

    def is_of(self, when: Sequence[int]) -> bool:
        """Of this year, month and day, as far as these are told."""
        return not when or (self.day is not None and self.day.timetuple()[: len(when)] == tuple(when))


def events_of(document: Document) -> Iterator[Event]:
    """In the order in which the document tells them; last by whom it is issued."""
    head = fold(document.head_text)
    for line in head.split("\n"):
        dates = list(_DATED.finditer(line))
        ends = [*(one.start() for one in dates[1:]), len(line)]
        for date, end in zip(dates, ends, strict=False):
            if said := line[date.end() : end].strip():
                yield Event(find_date(date[0]), said)
    ends_of = dict.fromkeys((*document.items[:LOOKED_AT], *document.items[-LOOKED_AT:]))
    for text in (head, *(fold(item.text) for item in ends_of)):
        for found in _IN_FORCE.finditer(text):
            yield Event(find_date(found["day"]), "施行")
    for at, issuer in enumerate((document.issuer or "").split("、")):
        if issuer:
            yield Event(document.date, fold(issuer) + ("印发" if at else "印发牵头"))


def tells_of_all(folded: str, *, counted: bool = False) -> bool:
    """2016年通过的条例, 2016年通过的那几部: all that were; not 2016年通过的那部条例. `counted`: the last alone."""
    found = _SAID.search(folded)
    if found is None or not found["point"]:
        return found is not None and not counted
    return len(found["point"]) > len("那部")


def asks_which_were(folded: str) -> bool:
    """哪些养犬条例是某市人大常委会批准的."""
    return _WHICH_WERE.match(folded) is not None


def done_in(folded: str) -> re.Pattern[str] | None:
    """从哪天开始实施: what documents write for what is done last in it, 施行|实施|生效|执行; None where nothing such is."""
    said = list(_DOING.finditer(folded))
    return re.compile(_DONE[said[-1][0]]) if said else None


class Histories:
    """`documents`, each with its title in letters alone, folded. What was done to them is read when first asked for."""

    def __init__(self, documents: Iterable[tuple[str, Document]]) -> None:
        self._documents = list(documents)

    def named_in(self, folded: str) -> list[Place]:
        """Each description that some documents fit, and these."""
        if turned := _WHICH_WERE.match(folded):  # 哪些养犬条例是某市人大常委会批准的: …批准的养犬条例
            places = self.named_in(turned["said"] + turned["kind"])
            return [(0, turned.end(), ids) for _, _, ids in places[:1]]
        found: list[Place] = []
        end = 0
        for match in islice(_SAID.finditer(folded), MOST):
            described = match["kind"] or match["point"] or match["asks"] is not None
            described = described and match.start() >= end
            if described and (place := self._described(folded, match, end)):
                found.append(place)
                end = place[1]
        return found

    def _described(self, folded: str, match: re.Match[str], after: int) -> Place | None:
        """All that fit the most of the words before it, which say who did it, and when."""
        when = _when(match)
        run = _WHO.search(folded, max(after, match.start() - LONGEST), match.start())
        words = run[0] if run else ""
        fitting = list(self._fitting(match, when))
        reaches = [_reach(words, events) for _, events in fitting]
        most = max(reaches, default=0)
        start = match.start() - most
        begun = folded[after:start]
        whole = _ATTACHED.search(begun[-1:]) is not None or (_WHEN_FIRST.search(begun) is not None and bool(most))
        if (
            _DENIED.search(begun)
            or (most and not whole)
            or (not most and (_BODY.search(words) or not (when and fitting)))
        ):
            return None
        dated = None if when else _WHEN_FIRST.search(folded, after, start)
        told = _when(dated) if dated else None
        ids = tuple(
            id
            for reach, (id, events) in zip(reaches, fitting, strict=True)
            if reach == most and (not told or _reach(words, [one for one in events if one.is_of(told)]) == most)
        )
        return (
            (dated.start() if dated else start, match.end(), self._ending_so(ids, match["kind"] or "")) if ids else None
        )

    def _ending_so(self, ids: tuple[str, ...], kind: str) -> tuple[str, ...]:
        """保密法 is 保守国家秘密法, and not 保守国家秘密法实施条例, where there are both."""
        word = next((one for one in KINDS.split("|") if kind.endswith(one)), "")
        titles = {id: title for title, id, _ in self._events}
        return tuple(id for id in ids if word and titles[id].endswith(word)) or ids

    def _fitting(self, match: re.Match[str], when: Sequence[int]) -> Iterator[tuple[str, list[Event]]]:
        """The documents that are called so and to which this was done then, each with what its text says of it."""
        written = re.compile(_DONE[match["done"]])
        for title, id, events in self._events:
            called = _is_called(title, match["level"] or "", match["kind"] or "")
            if called and (fit := [one for one in events if written.search(one.said) and one.is_of(when)]):
                yield id, fit

    @cached_property
    def _events(self) -> list[tuple[str, str, tuple[Event, ...]]]:
        return [(title, one.id, tuple(events_of(one))) for title, one in self._documents]


def _when(match: re.Match[str]) -> tuple[int, ...]:
    """The year, the month, the day, as far as they are said."""
    return tuple(int(one) for one in match.group("year", "month", "day") if one)


def _reach(words: str, events: Sequence[Event]) -> int:
    """How many of the last letters say who did it, body by body: 某局|和|某委|等五部门."""
    end = next((at for at in range(len(words)) if and_others(words, at) > at), len(words))
    joints = [found.span() for found in _SEVERAL.finditer(words, 0, end)]
    starts, ends = [0, *(last for _, last in joints)], [*(first for first, _ in joints), end]
    reach = 0
    for first, last in reversed(list(zip(starts, ends, strict=True))):
        length = max((_length_of_end(words[first:last], one.said) for one in events), default=0)
        if length < SHORTEST:
            break
        reach = len(words) - last + length
        if length < last - first:
            break
    return reach


def _length_of_end(body: str, said: str) -> int:
    """How many of its last letters stand there, in their order; a number whole: 第31号 is not 第931号."""
    rest, length = iter(reversed(_RUN.findall(said))), 0
    for run in reversed(_RUN.findall(body)):
        if run not in rest:
            break
        length += len(run)
    return length


def _is_called(title: str, level: str, kind: str) -> bool:
    """某电梯安全条例 is a 电梯条例; any is a 文件; of a city, 市, its place is one."""
    if level and not (place_of(title) or "").endswith(level):
        return False
    return not kind or kind in ANY_FILE.split("|") or in_order(kind.replace("的", ""), title)
