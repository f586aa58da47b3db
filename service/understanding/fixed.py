"""What in a question is no word of asking, however it is written: departments, numbers, sections, titles, quotations, years."""

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from corpus import (
    KINDS,
    NUMBER,
    Item,
    Reference,
    Unit,
    find_dues,
    find_items,
    find_laws,
    find_numbers,
    find_periods,
    find_pointed,
    find_section,
    find_titles,
    month_of,
    spoken_numbers,
    to_int,
    with_days,
)
from service.understanding.lexicon import endings, lexicon
from service.understanding.spelling import names_by_sound
from service.understanding.stems import stems_in
from service.understanding.tokens import COMMAS, QUOTES, STOPS, Token
from service.understanding.vocabulary import Vocabulary, department_pattern, due_months, headings_in, open_dues

_QUOTED = re.compile(
    "|".join(f"{opening}[^{opening}{closing}]{{1,200}}{closing}" for opening, closing in QUOTES.items())
)
_TITLE = re.compile(r"《(?:[^《》]|《[^《》]{1,100}》){1,150}》")
_PLAIN = re.compile(rf"第\s?{NUMBER}\s?(?:大?部[分份]|章|编)[的中里]{{0,2}}第\s?{NUMBER}\s?[项条]")
_ID = re.compile(r"第?(\d{1,3}\.\d{1,3})[项条]?(?![\d.])")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?=年|年度|$|[^\d])(?:年度?)?")
_YEARS = re.compile(r"\(?(?P<first>(?:19|20)\d\d)年?\s?[-—–~至到]{1,2}\s?(?P<last>(?:19|20)\d\d)年?度?\)?")
_SHORT_YEAR = re.compile(
    r"(?<![\d.〔\[(])(\d\d)(?=年(?![内期前以中满限来多后]|\d{1,2}月|[一二三四五六七八九十]月)|[、,和与跟及到至比对]\d\d年)年?度?"
)
_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月份?(?![\d前底末初上中下内之以])")
_BARE_MONTH = re.compile(r"(?<![\d至到])(?<!\d年)(1[0-2]|[1-9])月份?(?![\d前底末初上中下内之以日])")
_NUMBER = re.compile(NUMBER)
_MOMENT = re.compile("[前底末旬内月季]")
_ASKS_ITEMS = re.compile(rf"[哪那]几?[条项]|第\s?{NUMBER}\s?[条项款点]")  # beside 38号: of that document
CENTURY = 2000  # of a year that is told by two digits
MANY = 20_000  # items, more than which are not all looked at for what a question points at
_EDGES = "\"'()[]{}<>·“”‘’「」『』《》〈〉【】#.-—~"


def fixed_tokens(text: str, vocabulary: Vocabulary) -> list[Token]:
    """In order, of folded text; one never inside another, the first kind first."""
    return sorted(_Fixed(with_days(text), vocabulary).tokens(), key=lambda token: token.start)


class _Fixed:
    """What is no word of asking however it is written; one never inside another, the first kind first."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.rest, self.vocabulary = text, text, vocabulary

    def taken(self, kind: str, start: int, end: int, value: object = None) -> Token:
        self.rest = self.rest[:start] + "\0" * (end - start) + self.rest[end:]
        return Token(kind, self.text[start:end], start, end, value)

    def tokens(self) -> Iterator[Token]:
        if self.vocabulary.catalogue.chooses:
            yield from self._marked_titles()  # a number inside one is the title's
            numbers = list(self._numbers())
            yield from numbers
            yield from self._spoken_numbers(beside=bool(numbers))
            yield from self._titles()
            yield from self._issuers()
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
        yield from self._titles()
        for match in _QUOTED.finditer(self.rest):
            known = self.vocabulary.departments.get(match[0][1:-1].strip())
            yield self.taken("dept" if known else "quote", *match.span(), known or match[0][1:-1])

    def _titles(self) -> Iterator[Token]:
        """Between marks, and by themselves where there are several documents to choose from."""
        yield from self._marked_titles()
        catalogue = self.vocabulary.catalogue
        for start, end, ids in catalogue.named_in(self.rest, self._year_ends()) if catalogue.chooses else ():
            yield self.taken("title", *self._with_marks(start, end), ids)
        yield from self._parts_of_titles()
        for start, end in find_titles(self.rest) if catalogue.chooses else ():
            yield self.taken("title", start, end, catalogue.titled(self.rest[start:end]))
        for start, end in find_laws(self.rest) if catalogue.chooses else ():
            if not catalogue.titled(self.rest[start:end]):
                yield self.taken("title", start, end, ())

    def _parts_of_titles(self) -> Iterator[Token]:
        """科研自主权 财政部的任务: a part of one title, of which no other document's item speaks, beside what is asked."""
        catalogue, index = self.vocabulary.catalogue, self.vocabulary.index
        for start, end, ids in catalogue.parts_of_titles(self.rest) if catalogue.chooses else ():
            others = [document.id for document in self.vocabulary.documents if document.id not in ids]
            words = self.text[start:end]
            if len(words.strip()) < len(self.text.strip()) and not index.stands(words, others):
                yield self.taken("title", start, end, ids)

    def _marked_titles(self) -> Iterator[Token]:
        for match in _TITLE.finditer(self.rest):
            yield self.taken("title", *match.span(), self.vocabulary.catalogue.titled(match[0]))

    def _with_marks(self, start: int, end: int) -> tuple[int, int]:
        """With the quotation marks around it."""
        quoted = QUOTES.get(self.rest[start - 1 : start]) == self.rest[end : end + 1]
        return start - quoted, end + quoted

    def _numbers(self) -> Iterator[Token]:
        """国发〔2018〕39号, 38号文: the documents that have such a number; none where it is whole and of none."""
        catalogue = self.vocabulary.catalogue
        for start, end, number in list(find_numbers(self.rest, catalogue.number_bodies)):
            ids = catalogue.numbered(number)
            if ids:
                place = catalogue.beside(self.rest, start, end, ids)
                yield self.taken("title", *self._with_marks(*place), ids)
            elif number.is_whole and not self.vocabulary.stands(self.text[start:end]):
                yield self.taken("title", *self._with_marks(start, end), ())

    def _spoken_numbers(self, *, beside: bool) -> Iterator[Token]:
        """自贸区38号, 38、39和42号: documents, where all are theirs and what stands beside them, or how many they are, says
        that no items are meant; those `beside` other documents' numbers are."""
        catalogue = self.vocabulary.catalogue
        spoken = [(start, end, catalogue.numbered(number)) for start, end, number in spoken_numbers(self.rest)]
        if not spoken or not all(ids for *_, ids in spoken):
            return
        places = [catalogue.beside(self.rest, *one) for one in spoken]
        titled = any(place != one[:2] for place, one in zip(places, spoken, strict=True))
        if titled or beside or len(spoken) > 1 or _ASKS_ITEMS.search(self.rest) or not self._is_number(spoken[0][0]):
            for place, (*_, ids) in zip(places, spoken, strict=True):
                yield self.taken("title", *self._with_marks(*place), ids)

    def _is_number(self, at: int) -> bool:
        """Some item has the number that begins there."""
        own, rows = self.vocabulary.index.columns.number, self.vocabulary.rows
        written = _NUMBER.match(self.rest, at)
        return written is not None and bool((own[rows] == (to_int(written[0]) or 0)).any())

    def _issuers(self) -> Iterator[Token]:
        """某局印发的, 某局2017年的要点: of whom a document is meant."""
        for name in self.vocabulary.catalogue.issuers:
            at = self.rest.find(name)
            while at >= 0:
                if _whose().match(self.rest, at + len(name)):
                    yield self.taken("issuer", at, at + len(name))
                at = self.rest.find(name, at + len(name))

    def _names(self) -> Iterator[Token]:
        """Departments, those who issued the documents, and what sounds like a department."""
        names = self.vocabulary.departments
        for match in department_pattern(self.vocabulary).finditer(self.rest) if names else ():
            yield self.taken("dept", *match.span(), names[match[0]])
        for name in sorted((one for one in self.vocabulary.issuers if one in self.rest), key=len, reverse=True):
            for match in re.finditer(re.escape(name), self.rest):
                yield self.taken("issuer", *match.span())
        yield from (self.taken("dept", *found) for found in stems_in(self.rest, self.vocabulary))
        for start, end, source in names_by_sound(self.rest, self.vocabulary):
            if not self.vocabulary.stands(self.rest[start:end]):
                yield self.taken("dept", start, end, source)

    def _periods(self) -> Iterator[Token]:
        """这个月要完成的, 下半年到期的; not 提到下半年的, nor what an item says."""
        today, mentions = self.vocabulary.catalogue.today, tuple(lexicon().words("mention", "concern"))
        running = any(year == today.year for year, _ in due_months(self.vocabulary))
        year = (today if running else self._issued() or today).year
        for start, end, period in list(find_periods(self.rest, today, year)):
            words = lexicon().words("item", "does")
            as_end = self._speaks_of_end(end) or any(word in self.rest for word in words) or self._is_all(start, end)
            if as_end and not self.rest.endswith(mentions, 0, start):
                yield self.taken("period", start, end, period)

    def _days(self) -> Iterator[Token]:
        for due in find_dues(self.rest, self._issued()) if _MOMENT.search(self.rest) else ():
            if due.by and _MOMENT.search(due.text) and not _MONTH.fullmatch(due.text):
                yield self.taken("due", due.start, due.end, self._next(due.by, self.text[due.start : due.end]))
        known = due_months(self.vocabulary)
        for match in _MONTH.finditer(self.rest) if known else ():
            if 1 <= int(match[2]) <= 12:
                yield self.taken("month", *match.span(), ((int(match[1]), int(match[2])),))
        for match in _BARE_MONTH.finditer(self.rest) if known else ():
            months = tuple(one for one in known if one[1] == int(match[1]))
            if months and (self._speaks_of_end(match.end()) or self._is_all(*match.span())):
                yield self.taken("month", *match.span(), months)

    def _next(self, day: datetime.date, said: str) -> datetime.date:
        """2月底前, of a document of December: in the year in which something is due then."""
        known = due_months(self.vocabulary)
        year = (day.year + 1, day.month)
        said_year = str(day.year) in said or (day.year, day.month) in known or year not in known
        return (
            day
            if said_year
            else min(day.replace(day=1, year=day.year + 1) + (day - day.replace(day=1)), month_of(*year)[1])
        )

    def _open_dues(self) -> Iterator[Token]:
        """持续推进的任务, 哪些是持续推进的, 时限为“持续推进”; not 提到持续推进的任务."""
        for words in open_dues(self.vocabulary):
            at = self.rest.find(words) if len(words) > 1 else -1
            if at >= 0 and self._is_said_as_end(at, at + len(words)):
                yield self.taken("opendue", *self._with_marks(at, at + len(words)), words)

    def _is_said_as_end(self, start: int, end: int) -> bool:
        words = lexicon().words
        if self.rest.endswith(tuple(words("mention", "concern")), 0, start):
            return False
        after = _bare(self.rest[end:])
        after = next((after.removeprefix(de) for de in words("de") if after.startswith(de)), after)
        return not after or after.startswith(tuple(words("item"))) or self._speaks_of_end(end)

    def _speaks_of_end(self, at: int) -> bool:
        """期限是6月, 9月完成, 6月要完成: of a deadline."""
        words = lexicon().words
        at += max((len(word) for word in words("modal") if self.rest.startswith(word, at)), default=0)
        return self.rest.startswith(tuple(words("lightverb")), at) or any(word in self.rest for word in words("finish"))

    def _is_all(self, start: int, end: int) -> bool:
        """那7月的呢: nothing else is said."""
        left = _bare(self.rest[:start] + self.rest[end:])
        for word in lexicon().words("then", "de", "ne", "tone"):
            left = left.replace(word, "")
        return not left

    def _issued(self) -> datetime.date | None:
        """The day from which 6月底前 counts: of the newest document, else the first year in which something is due."""
        dated = max((document.date for document in self.vocabulary.documents if document.date), default=None)
        known = due_months(self.vocabulary)
        return dated or (datetime.date(known[0][0], 1, 1) if known else None)

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
        bare = _bare(self.rest)
        if reference := find_items(bare):
            offset = self.rest.find(bare)
            yield self.taken("ref", offset + reference.start, offset + reference.end, reference)
        yield from self._years()

    def _years(self) -> Iterator[Token]:
        for start, end, year in self._calendar_years():
            yield from self._year(start, end, year)
        catalogue = self.vocabulary.catalogue
        for match in _from_now().finditer(self.rest) if catalogue.chooses and catalogue.has_years else ():
            yield from self._year(*match.span(), catalogue.this_year + _FROM_NOW[str(match.lastgroup)])

    def _calendar_years(self) -> list[tuple[int, int, int]]:
        """[start, end) of 2025年, and of 25年 where there is a document of that year."""
        catalogue = self.vocabulary.catalogue
        found, rest = [], self.rest
        for match in _YEARS.finditer(rest) if catalogue.chooses else ():
            if catalogue.spans(int(match["first"]), int(match["last"])):
                found.append((*match.span(), int(match["first"])))
                rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
        found += [(*match.span(), int(match[0][:4])) for match in _YEAR.finditer(rest)]
        for match in _SHORT_YEAR.finditer(self.rest) if catalogue.chooses else ():
            year = CENTURY + int(match[1])
            if catalogue.of_year(year):
                found.append((*match.span(), year))
        return found

    def _year_ends(self) -> frozenset[int]:
        relative = (match.end() for match in _from_now().finditer(self.rest))
        return frozenset((*(end for _, end, _ in self._calendar_years()), *relative))

    def _year(self, start: int, end: int, year: int) -> Iterator[Token]:
        """去年的措施: with the word for a kind of document, where the year has one whose title holds it."""
        catalogue = self.vocabulary.catalogue
        kind = _kind_of_year().match(self.rest, end) if catalogue.chooses else None
        yield self.taken("yearno", start, end, year)
        if kind and catalogue.has_kind(catalogue.of_year(year), kind["kind"]):
            yield self.taken("doc", *kind.span("kind"))

    def _headings(self) -> Iterator[Token]:
        for units, match in headings_in(self.rest, self.vocabulary):
            if "\0" not in self.rest[slice(*match.span())]:
                yield self._heading(units, *match.span())

    def _heading(self, units: tuple[Unit, ...], start: int, end: int) -> Token:
        if all(unit.level == 1 and not unit.part.id for unit in units):
            numbers = tuple(dict.fromkeys(unit.number for unit in units))
            return self.taken("sec", start, end, Reference(numbers, start, end))
        return self.taken("under", start, end, units)


_FROM_NOW = {"lastyear": -1, "twoyearsago": -2, "nextyear": 1, "inyears": 2, "thisyear": 0}


@cache
def _from_now() -> re.Pattern[str]:
    """Years told from the one in which it is asked: 去年."""
    words = {name: sorted(endings(name), key=len, reverse=True) for name in _FROM_NOW}
    return re.compile("|".join(f"(?P<{name}>{'|'.join(some)})度?" for name, some in words.items()))


@cache
def _idioms() -> re.Pattern[str]:
    words = lexicon().words("all", "have", "say")
    return re.compile("|".join(re.escape(word) for word in words if len(word) >= 3 and not word.isascii()))


@cache
def _kind_of_year() -> re.Pattern[str]:
    de = "|".join(re.escape(word) for word in lexicon().words("de"))
    return re.compile(rf"(?:{de})?(?P<kind>{KINDS})")


@cache
def _whose() -> re.Pattern[str]:
    """What after a name says that a document of theirs is meant."""
    words = {
        name: "|".join(re.escape(word) for word in lexicon().words(name) if not word.isascii())
        for name in ("issue", "doc", "notice", "de", "item")
    }
    years = "|".join(re.escape(word) for name in _FROM_NOW for word in endings(name))
    kinds = rf"(?:{words['item']})?(?:{words['doc']}|{words['notice']})"
    issued, de = f"(?:{words['issue']})", f"(?:{words['de']})?"
    year = rf"(?:(?:19|20)\d\d年?度?|{years})"
    return re.compile(rf"{de}(?:(?:{year}{de})?(?:{issued}|{kinds}|\0)|{year}|[历各每]年)")


def _bare(text: str) -> str:
    return text.strip("\0" + STOPS + COMMAS + _EDGES + " \t\r\u3000")
