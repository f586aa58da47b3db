"""What stands numbered inside an item: its paragraphs (款) and what it lists, （一） or 1. (项, 目)."""

import re

from corpus.document import Place
from corpus.markers import line_marker
from corpus.numbering import CHINESE, to_int
from corpus.span import Span

_INLINE = re.compile(rf"(?:^|(?<=[。;:,，\n\s]))\(({CHINESE})\)")
MOST = 400  # places of an item


def places_in(folded: str, offset: int, *, articles: bool) -> tuple[Place, ...]:
    """Of an item's folded text that begins at `offset` of the document."""
    found = _listed(folded, offset)
    if articles:
        found += _paragraphs(folded, offset)
    return tuple(sorted(found[:MOST], key=lambda place: (place.span.start, place.kind)))


def _listed(folded: str, offset: int) -> list[Place]:
    """（一）…；（二）…, in one line or in several, as far as they are counted one after the other."""
    starts: list[int] = []
    for match in _INLINE.finditer(folded):
        number = to_int(match[1])
        if number == len(starts) + 1:
            starts.append(match.start())
    ends = [*starts[1:], len(folded)]
    places = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1):
        if number == len(starts):
            end = _line_end(folded, start)
        stripped = Span(start, end).stripped(folded)
        places.append(Place("项", number, Span(offset + stripped.start, offset + stripped.end)))
    return places if len(places) > 1 else []


def _paragraphs(folded: str, offset: int) -> list[Place]:
    """第二款 is the second paragraph that is no entry of a list."""
    places: list[Place] = []
    for match in re.finditer(r"[^\n]+", folded):
        if not match[0].strip():
            continue
        if line_marker(match[0]) and places:
            last = places[-1]
            places[-1] = Place("款", last.number, Span(last.span.start, offset + match.end()))
        else:
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            places.append(Place("款", len(places) + 1, Span(offset + start, offset + match.end())))
    return places if len(places) > 1 else []


def _line_end(folded: str, start: int) -> int:
    end = folded.find("\n", start)
    return len(folded) if end < 0 else end
