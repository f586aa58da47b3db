"""The documents that a question may choose from: what each is called, who issued it, of which years it is."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from corpus import (
    Document,
    Joined,
    Shelf,
    fold,
    is_general,
    issuer_names,
    newest_first,
    short_titles,
    title_key,
    title_names,
    year_dated,
    years_said,
)

SHORTEST = 2  # letters of a title that may stand in a question by itself

_APART = re.compile(r"[\0,。;、?!:\n]")

Cut = Callable[[str], list[str]]
Key = TypeVar("Key", str, int)


class Catalogue:
    """`this_year` is the year in which it is asked: 今年."""

    def __init__(self, documents: Shelf, cut: Cut, this_year: int, aliases: Mapping[str, str]) -> None:
        self.documents, self.this_year = documents, this_year
        self._cut, self._aliases = cut, aliases

    @property
    def chooses(self) -> bool:
        """There are several to choose from."""
        return len(self.documents) > 1

    @cached_property
    def short(self) -> dict[str, str]:
        """The short title of each by its id."""
        return short_titles(self.documents)

    @cached_property
    def place(self) -> dict[str, int]:
        """Of each by its id, the newest first."""
        return {document.id: at for at, document in enumerate(newest_first(self.documents))}

    @cached_property
    def by_id(self) -> dict[str, Document]:
        return {document.id: document for document in self.documents}

    def newest(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The newest first."""
        return tuple(sorted(set(ids), key=self.place.__getitem__))

    # By title

    @cached_property
    def _exact(self) -> dict[str, tuple[str, ...]]:
        """Titles as they are written, and short ones -> ids."""
        return _many(
            (title_key(title), document.id)
            for document in self.documents
            for title in (document.title, self.short[document.id])
        )

    @cached_property
    def _loose(self) -> dict[str, tuple[str, ...]]:
        """Titles without the year, the issuer, 试行 and the like, and ends of them -> ids."""
        return _many(
            (name, document.id)
            for document in self.documents
            for name in title_names(document, self.short[document.id], self._cut)
        )

    @cached_property
    def _lengths(self) -> list[int]:
        lengths = {len(name) for name in (*self._exact, *self._loose)}
        return sorted((length for length in lengths if length >= SHORTEST), reverse=True)

    @cached_property
    def _joined(self) -> Joined:
        return Joined(title_key(document.title) for document in self.documents)

    def titled(self, title: str) -> tuple[str, ...]:
        """Those that are called so, or whose title holds it: their ids, the newest first."""
        key = title_key(title)
        found = self._exact.get(key) or self._loose.get(key)
        return self.newest(found or (self.documents[at].id for at in self._joined.holding(key)))

    def named_in(self, folded: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """[start, end) of each title that stands in the text, the longest first, none inside another; and the ids."""
        at = [place for place, letter in enumerate(folded) if letter.isalnum()]
        letters = "".join(folded[place] for place in at)
        found: list[tuple[int, int, tuple[str, ...]]] = []
        for length in self._lengths:
            for first in range(len(letters) - length + 1):
                name = letters[first : first + length]
                ids = not is_general(name) and (self._exact.get(name) or self._loose.get(name))
                start, end = at[first], at[first + length - 1] + 1
                if not ids or _APART.search(folded, start, end):
                    continue
                if not any(start < other and begin < end for begin, other, _ in found):
                    found.append((start, end, self.newest(ids)))
        return found

    # By year, by issuer

    def of_year(self, year: int) -> tuple[str, ...]:
        """Those of which the title says it, or that say no year and were issued in it; else those issued in it; else those
        whose title spans it."""
        return self.newest(self._by_year.get(year) or self._by_date.get(year) or self._by_span.get(year, ()))

    @cached_property
    def _by_year(self) -> dict[int, tuple[str, ...]]:
        return _many(
            (year, document.id)
            for document in self.documents
            for year in [span[0] for span in years_said(document)] or [year for year in [year_dated(document)] if year]
        )

    @cached_property
    def _by_span(self) -> dict[int, tuple[str, ...]]:
        spans = ((span, document.id) for document in self.documents for span in years_said(document))
        return _many((year, id) for span, id in spans for year in span)

    @cached_property
    def _by_date(self) -> dict[int, tuple[str, ...]]:
        return _many((year, document.id) for document in self.documents if (year := year_dated(document)))

    @property
    def has_years(self) -> bool:
        return bool(self._by_year)

    def issued_by(self, name: str) -> tuple[str, ...]:
        return self.newest(self._by_issuer.get(fold(name), ()))

    @cached_property
    def _by_issuer(self) -> dict[str, tuple[str, ...]]:
        issued = ((fold(document.issuer), document.id) for document in self.documents if document.issuer)
        found = _many(
            (name, id) for issuer, id in issued for one in (issuer, *issuer.split("、")) for name in issuer_names(one)
        )
        return {**{alias: found[name] for alias, name in self._aliases.items() if name in found}, **found}

    @cached_property
    def issuers(self) -> tuple[str, ...]:
        """The longest first."""
        return tuple(sorted(self._by_issuer, key=lambda name: (-len(name), name)))

    def of_kind(self, ids: Sequence[str], kind: str) -> tuple[str, ...]:
        """Those of them whose title has this word: 要点, 办法; all where none has."""
        return tuple(id for id in ids if kind in title_key(self.by_id[id].title)) or tuple(ids)


def _many(pairs: Iterable[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, dict[str, None]] = {}
    for key, id in pairs:
        found.setdefault(key, {})[id] = None
    return {key: tuple(ids) for key, ids in found.items()}
