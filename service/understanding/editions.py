"""Documents of one kind, year by year: 2016年…要点, 2017年…要点; a regulation and what it was revised to."""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import Document, edition_day, fold, short_title, without_body, without_plan, year_dated, years_said
from service.kept import kept
from service.understanding.naming import many
from service.understanding.vocabulary import Vocabulary

_YEAR = re.compile(r"(?:19|20)\d\d(?:[-至到]\d{4})?(?:年度?)?")
_COUNT = re.compile(r"\d+(?=[件项条])")  # 20件民生实事
_STAGE = re.compile(r"\((?![一二三四五六七八九十]+\))[^()]{0,12}\)$")  # (试行), (2019年修订); (二) is another
ALIKE = 0.7  # of two titles of one body and two years, from which they are of one kind


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
    """Documents that the same body issued and whose titles differ by the year alone, or, where each names another year, say
    nearly the same; the oldest first."""

    title: str  # folded, without the year; of each one that is called otherwise
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
        several.setdefault((_without_year(document), fold(document.issuer or "")), []).append(edition_of(document))
    for title, issuer in [key for key in several if not key[1]]:  # who issued it is not said
        others = [key for key in several if key[0] == title and key[1]]
        if len(others) == 1:
            several[others[0]] += several.pop((title, issuer))
    kinds = [
        Kind(title, issuer, tuple(sorted(own, key=lambda one: one.order))) for (title, issuer), own in several.items()
    ]
    return _year_by_year(kinds)


def _without_year(document: Document) -> str:
    return _COUNT.sub("", _STAGE.sub("", _YEAR.sub("", fold(short_title(document.title)))))


def _year_by_year(kinds: Sequence[Kind]) -> list[Kind]:
    """2025年工作要点 and 2026年全区市场监管工作要点, of one bureau: where each is the likest of the other, one kind."""
    by_issuer: dict[str, list[int]] = {}
    for at, kind in enumerate(kinds):
        if kind.issuer and kind.annual:
            by_issuer.setdefault(kind.issuer, []).append(at)
    likest: dict[int, int] = {}
    for some in by_issuer.values():
        likest |= _likest({at: kinds[at] for at in some}) if len(some) > 1 else {}
    merged, taken = [], set()
    for at, kind in enumerate(kinds):
        other = likest.get(at)
        if other is not None and likest.get(other) == at:
            if at < other:
                editions = sorted((*kind.editions, *kinds[other].editions), key=lambda one: one.order)
                merged.append(Kind(f"{kind.title}\0{kinds[other].title}", kind.issuer, tuple(editions)))
            taken.add(at)
        elif at not in taken:
            merged.append(kind)
    return merged


def _apart(one: Kind, other: Kind) -> bool:
    """Of no year both."""
    return not {edition.year for edition in one.editions} & {edition.year for edition in other.editions}


def _likest(kinds: Mapping[int, Kind]) -> dict[int, int]:
    """Of each the other that is likest it, where one alone is and both say nearly the same."""
    names = {at: without_body(kind.title, kind.issuer) for at, kind in kinds.items()}
    pairs = {at: _pairs(without_plan(name)) for at, name in names.items()}
    saying, called = many((pair, at) for at in kinds for pair in pairs[at]), many((names[at], at) for at in kinds)
    likest = {}
    for at, kind in kinds.items():
        common = Counter(other for pair in pairs[at] for other in saying[pair])
        scores = {other: 2 * count / (len(pairs[at]) + len(pairs[other])) for other, count in common.items()}
        scores |= dict.fromkeys(called[names[at]], 1.0)
        scores = {other: score for other, score in scores.items() if other != at and _apart(kind, kinds[other])}
        best = max(scores.values(), default=0.0)
        own = [other for other, score in scores.items() if score == best]
        if best >= ALIKE and len(own) == 1:
            likest[at] = own[0]
    return likest


def _pairs(name: str) -> frozenset[str]:
    """Of letters side by side. Two names are alike by twice those that both have over those of either (Dice)."""
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))


@kept()
def years_of(vocabulary: Vocabulary) -> dict[str, int | None]:
    """Of each document by its id."""
    return {one.document.id: one.year for kind in kinds_of(vocabulary) for one in kind.editions}
