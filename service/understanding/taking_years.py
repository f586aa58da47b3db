"""Years in a question: 2025年, 25年 where there is a document of it, 2025—2027年, 去年."""

import re
from collections.abc import Iterator
from functools import cache

from corpus import ANY_FILE, KINDS, words_of_title
from service.understanding.lexicon import endings, lexicon
from service.understanding.taking import Taking
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary

_YEAR = re.compile(r"(?:19|20)\d\d年?(?=年|年度|$|[^\d])(?:年度?)?")
_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")
_YEARS = re.compile(r"\(?(?P<first>(?:19|20)\d\d)年?\s?[-—–~至到]{1,2}\s?(?P<last>(?:19|20)\d\d)年?度?\)?")
_SHORT_YEAR = re.compile(
    r"(?<![\d.〔\[(])(\d\d)(?=年(?![内期前以中满限来多后]|\d{1,2}月|[一二三四五六七八九十]月)|[、,和与跟及到至比对]\d\d年)年?度?"
)
BETWEEN = 6  # letters between a year and the word for a kind of document
CENTURY = 2000  # of a year that is told by two digits
FROM_NOW = {"lastyear": -1, "twoyearsago": -2, "nextyear": 1, "inyears": 2, "thisyear": 0}


class TakingYears(Taking):
    def _years(self) -> Iterator[Token]:
        for match in list(_DAY.finditer(self.rest)):
            if self.vocabulary.stands(self.text[slice(*match.span())]):  # 2020年1月1日起施行的: as an item writes it
                yield self.taken("text", *match.span())
        for start, end, year in self.calendar_years():
            yield from self._year(start, end, year)
        catalogue = self.vocabulary.catalogue
        for match in _from_now().finditer(self.rest) if catalogue.chooses and catalogue.has_years else ():
            yield from self._year(*match.span(), catalogue.this_year + FROM_NOW[str(match.lastgroup)])

    def calendar_years(self) -> list[tuple[int, int, int]]:
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
        """Of those that are of documents; 到2027年 is a time."""
        until = tuple(lexicon().words("le"))
        told = (end for start, end, _ in self.calendar_years() if not self.rest[:start].endswith(until))
        relative = (match.end() for match in _from_now().finditer(self.rest))
        return frozenset((*told, *relative))

    def _year(self, start: int, end: int, year: int) -> Iterator[Token]:
        """去年的措施: with the word for a kind of document, where the year has one whose title holds it."""
        catalogue = self.vocabulary.catalogue
        if catalogue.chooses and catalogue.of_year(year) and (made := made_anew().match(self.rest, end)):
            end = made.end()
        kind = _kind_of_year().match(self.rest, end) if catalogue.chooses else None
        words = words_of_title(self.rest, end) if catalogue.chooses and not kind else None
        yield self.taken("yearno", start, end, year)
        if kind and catalogue.has_kind(catalogue.of_year(year), kind["kind"]):
            yield self.taken("doc", *kind.span("kind"))
        elif words and catalogue.has_kind(catalogue.of_year(year), self.rest[slice(*words)]):
            yield self.taken("doc", *words)  # 2025年|重点工作|里


@cache
def _from_now() -> re.Pattern[str]:
    """Years told from the one in which it is asked: 去年."""
    words = {name: sorted(endings(name), key=len, reverse=True) for name in FROM_NOW}
    return re.compile("|".join(f"(?P<{name}>{'|'.join(some)})度?" for name, some in words.items()))


@cache
def made_anew() -> re.Pattern[str]:
    """What a year's text is called where it is told from an older one: 2024年|修订后, and before its title 2024年|修订."""
    altered, remade, published = ("|".join(endings(name)) for name in ("altered", "remade", "published"))
    de = "|".join(re.escape(word) for word in lexicon().words("de"))
    this = "|".join(re.escape(word) for word in lexicon().words("this"))
    named = rf"(?:{de})?(?:\0|(?:{this})?(?:{KINDS}|{ANY_FILE}))"
    return re.compile(rf"(?:{de})?(?:{remade}|(?:{altered})(?=(?:{de})?\0)|(?:{published})(?={named}))")


@cache
def _kind_of_year() -> re.Pattern[str]:
    de = "|".join(re.escape(word) for word in lexicon().words("de"))
    return re.compile(rf"(?:{de})?(?P<kind>{KINDS})")


def named_by_year(folded: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """[start, end) of each 2024年要点, 25年工作要点, in order."""
    years = TakingYears(folded, vocabulary).calendar_years()
    kinds = (re.match(rf"[一-鿿]{{0,{BETWEEN}}}?(?:{KINDS})", folded[end:]) for _, end, _ in years)
    return sorted((start, end + kind.end()) for (start, end, _), kind in zip(years, kinds, strict=True) if kind)
