"""Automatic numbers of Word paragraphs, counted as Word counts: they stand nowhere in the file's text."""

import re
import unicodedata
from xml.etree.ElementTree import Element

from corpus.readers.word_formats import formatted
from corpus.readers.word_lists import Level, NumberedList
from corpus.readers.word_styles import Style
from corpus.readers.word_xml import number, setting

Place = tuple[str, int]  # a list's id and a level of it
WORDS = ("Lo", "Lu", "Ll", "Nd", "Nl")  # characters after which a gap is seen: 第一条, not 一、 or ①
NONE = "0"  # the id that takes a number away


class Numbers:
    """Counts the numbered paragraphs of one text, in order."""

    def __init__(self, lists: dict[str, NumberedList]) -> None:
        self._lists = lists
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[Place] = set()

    def place(self, properties: Element | None, chain: tuple[Style, ...]) -> Place | None:
        """List and level: what the paragraph says itself, then what its styles say. None for text without a number."""
        own = setting(properties, "numPr/numId")
        identity = own if own is not None else next((style.list for style in chain if style.list is not None), None)
        numbered = self._lists.get(identity or NONE)
        if numbered is None or identity is None or identity == NONE:
            return None
        said = setting(properties, "numPr/ilvl")
        level = number(said, 0) if said is not None else _inherited(numbered, chain)
        return (identity, level) if level in numbered.levels else None

    def next(self, place: Place) -> str:
        """Counts a paragraph and gives its number as it is shown: 第一条, （一）; "" for a bullet."""
        numbered = self._lists[place[0]]
        counters = self._counters.setdefault(numbered.definition, {})
        self._count(counters, numbered, place)
        return _shown(counters, numbered, place[1])

    def _count(self, counters: dict[int, int], numbered: NumberedList, place: Place) -> None:
        level = place[1]
        for above in range(level):  # a level that was left out counts as begun
            counters.setdefault(above, numbered.start(above))
        anew = level in numbered.starts and place not in self._begun
        counters[level] = counters[level] + 1 if level in counters and not anew else numbered.start(level)
        self._begun.add(place)
        for deeper in [at for at in counters if at > level]:
            restart = numbered.levels.get(deeper, Level()).restart
            if restart is None or level < restart:
                del counters[deeper]

    def spaced(self, shown: str, place: Place, text: str) -> str:
        """The number before the text. Word's tab is a gap after 第一条, no more than looks after a mark."""
        after = self._lists[place[0]].levels[place[1]].after
        if not shown or not text or after == "nothing":
            return shown + text
        # 1. before 2015级 must not read 1.2015级.
        seen = unicodedata.category(shown[-1]) in WORDS or (shown[-1] in ".)" and text[0].isascii())
        return f"{shown} {text}" if seen else shown + text


def _inherited(numbered: NumberedList, chain: tuple[Style, ...]) -> int:
    """The level that belongs to the style, or that the style names."""
    for style in chain:
        bound = numbered.bound(style.id)
        if bound is not None:
            return bound
        if style.level is not None:
            return number(style.level, 0)
    return 0


def _shown(counters: dict[int, int], numbered: NumberedList, level: int) -> str:
    shape = numbered.levels[level]
    if shape.form == "bullet" or shape.hidden:
        return ""

    def value(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        if at > level or at not in numbered.levels:
            return ""
        form = numbered.levels[at].form
        plain = shape.legal and form not in ("none", "bullet")
        return formatted(counters[at], "decimal" if plain else form)

    return re.sub("%([1-9])", value, shape.text)
