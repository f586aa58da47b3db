"""Where a text refers to other articles of its own: 违反本条例第二十三条第二款、第二十四条第（一）项规定的, 违反前条规定的; not to those of
another law, whether or not its title stands between marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Item
from corpus.numbering import NUMBER, to_int

_ENTRIES = rf"(?:第\s?{NUMBER}\s?[至到]\s?{NUMBER}\s?项|第?\s?[(（]\s?{NUMBER}\s?[)）]\s?项?|第\s?{NUMBER}\s?项)"
_LIST = rf"{_ENTRIES}(?:(?:[、和或及至到]|以及)?{_ENTRIES}){{0,12}}"
_ARTICLE = re.compile(
    rf"第\s?(?P<number>{NUMBER})\s?条(?:(?:至|到|-)第?\s?(?P<last>{NUMBER})\s?条)?"
    rf"(?:第\s?{NUMBER}\s?款)?(?P<entries>{_LIST})?"
    rf"|前(?P<before>[两三四]?)条|(?<=违反)(?P<only>第?\s?{_LIST})"
)
_ENTRY = re.compile(rf"(?P<to>[至到])?第?\s?[(（]?\s?(?P<number>{NUMBER})\s?(?:[)）]|项|(?=[至到]))")
_ALONE = re.compile(rf"第\s?[(（]?\s?(?P<number>{NUMBER})\s?[)）]?\s?项")
_OWN = re.compile(r"(?:本[一-鿿]{1,5}|违反|违背|依照|按照|根据|依据|符合|适用|[有除]|[，,；;。：:（(\s]|^)$")
_JOINED = re.compile(r"(?:规定)?(?:[、,，]|和|或者?|以?及|与)")
BEFORE = 6  # characters that say whose article it is


@dataclass(frozen=True, slots=True)
class Referred:
    """The articles [first, last] that text[start:end] refers to, and their entries; all where it names none."""

    start: int
    end: int
    first: int
    last: int
    entries: frozenset[int] = frozenset()


def find_references(folded: str, own: int = 0) -> Iterator[Referred]:
    """In order; `own` is the number of the article whose text it is, of which 前条 is the one before."""
    end, known = 0, False
    article: tuple[int, int] | None = None
    for found in _ARTICLE.finditer(folded):
        goes_on = bool(end) and _JOINED.fullmatch(folded, end, found.start()) is not None
        begun = folded[max(0, found.start() - BEFORE) : found.start()]
        known, end = known if goes_on else _OWN.search(begun) is not None, found.end()
        if found["only"]:  # 违反第（四）项规定的: of the article that was named before
            if article:
                yield Referred(*found.span(), *article, frozenset(_entries(found["only"])))
        elif found["number"] is None:
            count = to_int(found["before"]) if found["before"] else 1
            if own > 1:
                yield Referred(*found.span(), max(1, own - (count or 1)), own - 1)
        elif known and (first := to_int(found["number"])):
            last = to_int(found["last"]) if found["last"] else None
            article = (first, last or first)
            yield Referred(*found.span(), *article, frozenset(_entries(found["entries"] or "")))


def _entries(written: str) -> Iterator[int]:
    """第（一）至（三）项 -> 1, 2, 3."""
    before = 0
    for found in _ENTRY.finditer(written):
        number = to_int(found["number"]) or 0
        yield from range(before + 1, number + 1) if found["to"] and before else (number,)
        before = number


@dataclass(frozen=True, slots=True)
class Entry:
    """第四项, without its article: where it begins, and its number."""

    start: int
    number: int

    def is_of(self, article: Item) -> bool:
        return any(place.kind == "项" and place.number == self.number for place in article.places)


def entry_alone(folded: str) -> Entry | None:
    """违反第四项怎么罚; None where an article, a chapter or a second number stands beside it."""
    found = list(_ALONE.finditer(folded))
    number = to_int(found[0]["number"]) if len(found) == 1 else None
    beside = re.search(rf"第\s?{NUMBER}\s?[条章款]|[至到]", folded)
    return Entry(found[0].start(), number) if number and not beside else None
