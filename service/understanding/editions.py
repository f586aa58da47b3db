"""Documents of one kind, year by year: 2016年…要点, 2017年…要点; a regulation and what it was revised to."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Document, edition_day, fold, short_title, year_dated, years_said
from service.kept import kept
from service.understanding.vocabulary import Vocabulary

_YEAR = re.compile(r"(?:19|20)\d\d(?:[-至到]\d{4})?(?:年度?)?")
_COUNT = re.compile(r"\d+(?=[件项条])")  # 20件民生实事
_STAGE = re.compile(r"\((?![一二三四五六七八九十]+\))[^()]{0,12}\)$")  # (试行), (2019年修订); (二) is another


@dataclass(frozen=True, slots=True)
class Edition:
    """A document as one of its kind."""

    document: Document
    year: int | None  # that its title names, else in which it was issued or most is due
    annual: bool  # its title names it, or most of its deadlines lie in it

    @property
    def order(self) -> tuple[int, datetime.date]:
        return self.year or 0, self.document.date or datetime.date.min


@dataclass(frozen=True, slots=True)
class Kind:
    """Documents whose titles differ by the year alone and that the same body issued, the oldest first."""

    title: str  # folded, without the year
    issuer: str  # folded
    editions: tuple[Edition, ...]

    @property
    def annual(self) -> bool:
        return all(one.annual for one in self.editions)

    def of(self, year: int) -> Edition | None:
        """The last of that year."""
        return next((one for one in reversed(self.editions) if one.year == year), None)

    def before(self, edition: Edition) -> Edition | None:
        at = self.editions.index(edition)
        return self.editions[at - 1] if at else None


def edition_of(document: Document) -> Edition:
    named = years_said(document)
    day = edition_day(document)
    year = named[0][0] if named else day.year if day else year_dated(document)
    return Edition(document, year, bool(named) or (year is not None and year == document.due_year))


@kept()
def kinds_of(vocabulary: Vocabulary) -> tuple[Kind, ...]:
    """Of the documents asked, in the order of their first."""
    return tuple(kinds_among(vocabulary.documents))


def kinds_among(documents: Iterable[Document]) -> list[Kind]:
    several: dict[tuple[str, str], list[Edition]] = {}
    for document in documents:
        title = _COUNT.sub("", _STAGE.sub("", _YEAR.sub("", fold(short_title(document.title)))))
        several.setdefault((title, fold(document.issuer or "")), []).append(edition_of(document))
    for title, issuer in [key for key in several if not key[1]]:  # who issued it is not said
        others = [key for key in several if key[0] == title and key[1]]
        if len(others) == 1:
            several[others[0]] += several.pop((title, issuer))
    return [
        Kind(title, issuer, tuple(sorted(own, key=lambda one: one.order))) for (title, issuer), own in several.items()
    ]


@kept()
def years_of(vocabulary: Vocabulary) -> dict[str, int | None]:
    """Of each document by its id."""
    return {one.document.id: one.year for kind in kinds_of(vocabulary) for one in kind.editions}
