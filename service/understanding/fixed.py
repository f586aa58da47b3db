"""What in a question is no word of asking, however it is written: departments, numbers, sections, titles, quotations, years."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from corpus import NUMBER, Item, Reference, Unit, find_items, find_pointed, find_section, to_int, with_days
from service.understanding.lexicon import lexicon
from service.understanding.spelling import names_by_sound
from service.understanding.stems import stems_in
from service.understanding.taking import bare
from service.understanding.taking_deadlines import TakingDeadlines
from service.understanding.taking_documents import TakingDocuments
from service.understanding.tokens import QUOTES, Token
from service.understanding.vocabulary import Vocabulary, answered_for, department_pattern, headings_in

_QUOTED = re.compile(
    "|".join(f"{opening}[^{opening}{closing}]{{1,200}}{closing}" for opening, closing in QUOTES.items())
)
_PLAIN = re.compile(rf"第\s?{NUMBER}\s?(?:大?部[分份]|章|编)[的中里]{{0,2}}第\s?{NUMBER}\s?[项条]")
_ID = re.compile(r"第?(\d{1,3}\.\d{1,3})[项条]?(?![\d.])")
_NUMBER = re.compile(NUMBER)
MANY = 20_000  # items, more than which are not all looked at for what a question points at


def fixed_tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """In order, of folded text; one never inside another, the first kind first."""
    return sorted(_Fixed(with_days(text), vocabulary).tokens(), key=lambda token: token.start)


class _Fixed(TakingDocuments, TakingDeadlines):
    """What is no word of asking however it is written; one never inside another, the first kind first."""

    def tokens(self) -> Iterator[Token]:
        yield from self._documents()
        yield from self._idioms()
        yield from self._headings()
        yield from self._open_dues()
        yield from self._quoted()
        yield from self._names()
        if self.vocabulary.catalogue.chooses:
            yield from self._issuers()  # 云泽|市教育局
        yield from self._periods()
        yield from self._days()
        yield from self._places()

    def _idioms(self) -> Iterator[Token]:
        """一条不漏列给我: words of asking that the segmenter would cut across."""
        for match in _idioms().finditer(self.rest):
            yield self.taken(lexicon().class_of[match[0]], *match.span())

    def _quoted(self) -> Iterator[Token]:
        yield from self._titles()  # more of them, beside those that were taken
        for match in _QUOTED.finditer(self.rest):
            known = self.vocabulary.departments.get(match[0][1:-1].strip())
            yield self.taken("dept" if known else "quote", *match.span(), known or match[0][1:-1])

    def _names(self) -> Iterator[Token]:
        """Departments, people who answer for items, those who issued the documents, and what sounds like a department."""
        names = self.vocabulary.departments
        for match in department_pattern(self.vocabulary).finditer(self.rest) if names else ():
            yield self.taken("dept", *match.span(), names[match[0]])
        for name in filter(self.rest.__contains__, answered_for(self.vocabulary)):
            for match in re.finditer(re.escape(name), self.rest):
                if self._names_somebody(*match.span()):
                    yield self.taken("leader", *match.span(), name)
        for name in sorted((one for one in self.vocabulary.issuers if one in self.rest), key=len, reverse=True):
            for match in re.finditer(re.escape(name), self.rest):
                yield self.taken("issuer", *match.span())
        yield from (self.taken("dept", *found) for found in stems_in(self.rest, self.vocabulary))
        for start, end, source in names_by_sound(self.rest, self.vocabulary):
            if not self.vocabulary.stands(self.rest[start:end]):
                yield self.taken("dept", start, end, source)

    def _names_somebody(self, start: int, end: int) -> bool:
        """Not 高峰 in 高峰期; what is an ordinary word, too, only where what it does is said of it, or it stands alone."""
        segmenter, at = self.vocabulary.index.segmenter, 0
        for word in segmenter.cut(self.rest):
            if at <= start and end <= at + len(word) and segmenter.frequency(word):
                return len(word) == end - start and _of_somebody().match(self.rest, end) is not None
            at += len(word)
        return True

    def _pointed_at(self) -> Sequence[Item]:
        """The items that numbers may point at; of very many only those that have one of the numbers."""
        every, numbers = self.vocabulary.every_item, self.vocabulary.index.columns.number
        if len(every) <= MANY:
            return every
        written = [number for one in _NUMBER.finditer(self.rest) if (number := to_int(one[0])) is not None]
        return every.at(every.rows[np.isin(numbers[every.rows], written)] if written else every.rows[:0])

    def _places(self) -> Iterator[Token]:
        """Items by id, sections, items by number, years."""
        for one in find_pointed(self.rest, self._pointed_at()):
            if one.places or not _PLAIN.fullmatch(
                self.rest[one.start : one.end]
            ):  # 第二部分第3项之前: a section, a number
                yield self.taken("ids", one.start, one.end, one)
        for match in _ID.finditer(self.rest):
            yield self.taken("text", *match.span())
        section = find_section(self.rest)
        if section and (self.vocabulary.has_sections or self.rest[section.start] == "第"):
            yield self.taken("sec", section.start, section.end, section)
        left = bare(self.rest)
        if reference := find_items(left):
            offset = self.rest.find(left)
            yield self.taken("ref", offset + reference.start, offset + reference.end, reference)
        yield from self._years()

    def _headings(self) -> Iterator[Token]:
        for units, match in headings_in(self.rest, self.vocabulary):
            if "\0" not in self.rest[slice(*match.span())]:
                yield self._heading(units, *match.span())

    def _heading(self, units: tuple[Unit, ...], start: int, end: int) -> Token:
        alone = len(self.vocabulary.documents) == 1  # else one's 第六章 is another's 附则
        if alone and all(unit.level == 1 and not unit.part.id for unit in units):
            numbers = tuple(dict.fromkeys(unit.number for unit in units))
            return self.taken("sec", start, end, Reference(numbers, start, end))
        return self.taken("under", start, end, units)


@cache
def _idioms() -> re.Pattern[str]:
    words = lexicon().words("all", "have", "say", "docnumber")
    return re.compile("|".join(re.escape(word) for word in words if len(word) >= 3 and not word.isascii()))


@cache
def _of_somebody() -> re.Pattern[str]:
    """What may stand behind the name of somebody whose name is a word, too."""
    words = lexicon().words("lead", "support", "join", "does", "manage", "related", "de", "be", "have", "with", "or")
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})|\W|$")
