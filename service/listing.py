"""The documents as a list to choose from: the newest first, found by title, year, number or who issued them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus import Document, newest_first, short_titles, title_key, to_simplified
from service.understanding import Between
from service.understanding.editions import Edition as Dated
from service.understanding.editions import kinds_among
from service.understanding.writing import compared
from service.welcome import outlined

_END = "\0"  # between what a document is found by: no word of a query reaches over it


@dataclass(frozen=True, slots=True)
class Edition:
    """Another document of the same kind."""

    document: Document
    said: str  # 2016年, or its short title where the year does not tell it apart
    question: str  # what is different between the two


class Listing:
    """What is asked of it is worked out when it is first asked."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.outlined = lru_cache(maxsize=64)(outlined)

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def newest(self) -> list[Document]:
        return newest_first(self.documents)

    @cached_property
    def short_titles(self) -> dict[str, str]:
        """By id."""
        return short_titles(self.documents)

    def find(self, query: str = "", ids: Iterable[str] | None = None) -> list[Document]:
        """Those in which every word of the query stands, the newest first; where there are none, those that hold the
        letters of each in their order: 认证要点 finds 2017年认证认可工作要点."""
        chosen = None if ids is None else set(ids)
        asked = [one for one in self.newest if chosen is None or one.id in chosen]
        words = [word for word in map(title_key, query.split()) if word]
        literal = [one for one in asked if all(word in self._keys[one.id] for word in words)]
        return literal or [one for one in asked if all(_in_order(word, self._keys[one.id]) for word in words)]

    def of_id(self, id: str) -> Document | None:
        return self._by_id.get(id)

    def editions(self, document: Document, each_way: int | None = None) -> list[Edition]:
        """The other years of the same plan, the other versions of the same regulation; the newest first. `each_way`: so
        many at most that are newer, and so many older."""
        own, place = self._kinds[document.id], self._place(document)
        near = own if each_way is None else own[max(0, place - each_way) : place + each_way + 1]
        return [self._beside(document, one) for one in near if one.document is not document]

    def earlier(self, document: Document) -> Edition | None:
        """The one before it."""
        own = self._kinds[document.id]
        after = self._place(document) + 1
        return self._beside(document, own[after]) if after < len(own) else None

    def _beside(self, document: Document, other: Dated) -> Edition:
        same = sum(one.year == other.year for one in self._kinds[document.id])
        said = f"{other.year}年" if other.year and same == 1 else f"《{self.short_titles[other.document.id]}》"
        older, newer = (one.id for one in sorted((document, other.document), key=self._place, reverse=True))
        named = (to_simplified(self.short_titles[older]), to_simplified(self.short_titles[newer]))
        return Edition(other.document, said, compared(Between(older, newer, named=named)))

    def _place(self, document: Document) -> int:
        return next(at for at, one in enumerate(self._kinds[document.id]) if one.document is document)

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {one.id: one for one in self.documents}

    @cached_property
    def _keys(self) -> dict[str, str]:
        """What each document is found by."""
        return {one.id: _END.join(map(title_key, self._said_of(one))) for one in self.documents}

    def _said_of(self, document: Document) -> tuple[str, ...]:
        day = document.date
        dated = f"{day.year}年{day.month}月{day.day}日" if day else ""
        iso = day.isoformat() if day else ""
        short = self.short_titles[document.id]
        return document.title, short, document.issuer or "", dated, iso, document.number or "", document.id

    @cached_property
    def _kinds(self) -> dict[str, list[Dated]]:
        """All of a document's kind, itself among them, the newest first."""
        kinds = [list(reversed(kind.editions)) for kind in kinds_among(self.documents)]
        return {one.document.id: kind for kind in kinds for one in kind}


def _in_order(word: str, key: str) -> bool:
    letters = iter(key)
    return all(letter in letters for letter in word)
