"""The paragraphs of an item's text: which of them is the lead of a list, and which are its entries. Reads each line once."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from index import merged
from service.answering.answer import Match

LONGEST = 1500  # characters of a list that is quoted whole
_ENTRY = re.compile(r"\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）.．、]")
_LEADS = ("：", ":")
_OF_BEFORE = re.compile(r"前[款项]|前两款|上述")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """text[start:end], one line."""

    start: int
    end: int
    entry: bool
    lead: int | None  # the place of the paragraph that leads the list in which this one is an entry


@lru_cache(maxsize=1024)
def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """In order, without those that are empty."""
    made: list[Paragraph] = []
    lead: int | None = None
    at = 0
    for line in text.split("\n"):
        start, at = at, at + len(line) + 1
        if not line.strip():
            continue
        entry = _ENTRY.match(line) is not None
        made.append(Paragraph(start, start + len(line), entry, lead if entry else None))
        if line.rstrip().endswith(_LEADS):
            lead = len(made) - 1
        elif not entry:
            lead = None
    return tuple(made)


def place_of_paragraph(every: Sequence[Paragraph], start: int) -> int:
    """The place among these of the one in which this letter stands; -1 where it stands before them all."""
    return bisect_right(every, start, key=lambda one: one.start) - 1


def entries_of(text: str, place: int) -> list[Paragraph]:
    """Those of the list that this paragraph leads."""
    return [one for one in paragraphs_of(text)[place + 1 :] if one.lead == place]


def saying_together(text: str) -> Iterator[str]:
    """What says one thing: a paragraph; an entry with the lead of its list."""
    every = paragraphs_of(text)
    for one in every:
        own = text[one.start : one.end]
        yield own if one.lead is None else text[every[one.lead].start : every[one.lead].end] + own


def around(text: str, start: int) -> list[tuple[int, int]]:
    """From this place to the end of its paragraph; the lead of its list; and what later speaks of 前款."""
    every = paragraphs_of(text)
    at = place_of_paragraph(every, start)
    if at < 0:
        return [(start, len(text))]
    own = every[at]
    leads = [every[own.lead]] if own.lead is not None else []
    after = [one for one in every[at + 1 : at + 3] if _OF_BEFORE.search(text, one.start, one.end)]
    return [*((one.start, one.end) for one in leads), (start, own.end), *((one.start, one.end) for one in after)]


def with_list(match: Match) -> Match:
    """应当遵守下列规定：|（一）…（二）…: with the entries of the lists in whose lead alone it was found."""
    text = match.item.text
    every = paragraphs_of(text)
    marked = {place_of_paragraph(every, start) for start, _ in match.highlights}
    led: dict[int, list[int]] = {}  # the place of each lead that is marked -> those of its entries
    for at, one in enumerate(every):
        if one.lead is not None and one.lead in marked:
            led.setdefault(one.lead, []).append(at)
    spans = [
        (every[entries[0]].start, every[entries[-1]].end)
        for entries in led.values()
        if marked.isdisjoint(entries) and every[entries[-1]].end - every[entries[0]].start <= LONGEST
    ]
    return replace(match, highlights=merged((*match.highlights, *spans))) if spans else match
