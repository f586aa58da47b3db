"""Where a text refers to other articles of its own: 违反本条例第二十三条第二款、第二十四条第（一）项规定的; not to those of another law."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numbering import NUMBER, to_int

_ENTRIES = rf"第?\s?[(（]\s?{NUMBER}\s?[)）]\s?项?"
_ARTICLE = re.compile(
    rf"(?<![》\d])第\s?(?P<number>{NUMBER})\s?条(?:(?:至|到|-)第?\s?(?P<last>{NUMBER})\s?条)?"
    rf"(?:第\s?{NUMBER}\s?款)?(?P<entries>{_ENTRIES}(?:(?:[、和或及至到]|以及){_ENTRIES}){{0,12}})?"
)
_ENTRY = re.compile(rf"(?P<to>[至到]第?)?\s?[(（]\s?(?P<number>{NUMBER})\s?[)）]")
_OF_OTHERS = re.compile(r"》(?:[^。；;\n]{0,4}第[^。；;\n、]{1,24}[、和或及]){0,6}$")


@dataclass(frozen=True, slots=True)
class Referred:
    """The articles [first, last] that text[start:end] refers to, and their entries; all where it names none."""

    start: int
    end: int
    first: int
    last: int
    entries: frozenset[int] = frozenset()


def find_references(folded: str) -> Iterator[Referred]:
    """In order."""
    for found in _ARTICLE.finditer(folded):
        first = to_int(found["number"])
        if first and not _OF_OTHERS.search(folded, max(0, found.start() - 80), found.start()):
            last = to_int(found["last"]) if found["last"] else None
            yield Referred(*found.span(), first, last or first, frozenset(_entries(found["entries"] or "")))


def _entries(written: str) -> Iterator[int]:
    """第（一）至（三）项 -> 1, 2, 3."""
    before = 0
    for found in _ENTRY.finditer(written):
        number = to_int(found["number"]) or 0
        yield from range(before + 1, number + 1) if found["to"] and before else (number,)
        before = number
