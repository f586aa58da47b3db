"""What an answer is: statements, the items and quotes that they rest on, and the words that say them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal, overload

import numpy as np

from corpus import Document, Item, Span
from index import Items, Mask, Rows
from service.answering.changed import Changed
from service.understanding import Layout, Plan

Reason = Literal[
    "out_of_scope", "no_match", "no_such_item", "no_such_section", "no_such_department", "no_such_document",
    "which_document", "field_absent",
]  # fmt: skip
Matched = Literal["number", "words", "meaning", "section", "department"]
Script = Literal["hans", "hant"]
Via = Literal["collective", "alias"]
Grade = Literal["found", "perhaps", "outside"]

REMEMBERED = 1024  # matches of a set: they are shown, quoted and written one after the other


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the answer, or a related one, and why it is there."""

    item: Item
    matched: Matched
    score: float = 1.0  # 0 to 1
    via: Via | None = None
    highlights: tuple[tuple[int, int], ...] = ()  # [start, end) in item.text


class Matches(Sequence[Match]):
    """A set of any size: each match is made when it is looked at."""

    def __init__(self, items: Items, through_all: Mask, make: Callable[[int], Match]) -> None:
        """`through_all`, in the order of the items: only words for all departments make it so. `make` is given a row."""
        self.items, self.through_all, self._make = items, through_all, lru_cache(maxsize=REMEMBERED)(make)

    def named_first(self, rank: Rows) -> "Matches":
        """Of each document, by its rank, those that fulfil the conditions by their own words, then the others."""
        order = np.lexsort((self.through_all, rank))
        return Matches(self.items.at(self.items.rows[order]), self.through_all[order], self._make)

    def of_rows(self, rows: Rows) -> "Matches":
        """Those of these rows, in the order given."""
        through_all = np.isin(rows, self.items.rows[self.through_all])
        return Matches(self.items.at(rows), through_all, self._make)

    def marked(self, mark: Callable[[Match], Match]) -> "Matches":
        """The same, each with other marks."""
        return Matches(self.items, self.through_all, lambda row: mark(self._make(row)))

    def __len__(self) -> int:
        return len(self.items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))

    @overload
    def __getitem__(self, at: int) -> Match: ...
    @overload
    def __getitem__(self, at: slice) -> list[Match]: ...
    def __getitem__(self, at: int | slice) -> Match | list[Match]:
        rows = self.items.rows[at]
        return [self._make(row) for row in rows.tolist()] if isinstance(at, slice) else self._make(int(rows))


def items_of(matches: Sequence[Match]) -> Sequence[Item]:
    return matches.items if isinstance(matches, Matches) else tuple(match.item for match in matches)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: quote == document.text[span.start:span.end]. Without item it is of the head or a heading."""

    document: str  # the document's id
    span: Span
    quote: str
    item: Item | None = None
    section: int | None = None

    @classmethod
    def of(cls, document: Document, span: Span, item: Item | None = None, section: int | None = None) -> "Citation":
        return cls(document.id, span, document.text[span.start : span.end], item, section)


class Citations(Sequence[Citation]):
    """What is quoted of a set of any size, made when it is looked at."""

    def __init__(self, matches: Sequence[Match], cite: Callable[[Match], Sequence[Citation]]) -> None:
        self._matches, self._cite = matches, cite

    def of(self, matches: Sequence[Match]) -> list[Citation]:
        """Of these alone."""
        return [citation for match in matches for citation in self._cite(match)]

    @cached_property
    def _whole(self) -> list[Citation]:
        return self.of(self._matches)

    def __len__(self) -> int:
        return len(self._whole)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._whole == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._whole)

    @overload
    def __getitem__(self, at: int) -> Citation: ...
    @overload
    def __getitem__(self, at: slice) -> list[Citation]: ...
    def __getitem__(self, at: int | slice) -> Citation | list[Citation]:
        return self._whole[at]


@dataclass(frozen=True, slots=True)
class Row:
    """A department or a section and the items counted for it."""

    name: str
    items: Sequence[Item]
    document: str | None = None  # its id, where the row is one, or a part of one
    each: tuple[tuple[str, int], ...] = ()  # of each document, by its id, how many of the items are its own


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that the answer says: its kind and values are decided first, then worded."""

    kind: str
    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    items: Sequence[Item] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    plan: Plan
    statements: tuple[Statement, ...]
    script: Script  # of the text
    considered: int  # items looked at
    items: Sequence[Match] = ()  # the whole set, in document order
    related: tuple[Match, ...] = ()  # near, but not part of the answer; best first
    citations: Sequence[Citation] = ()
    table: tuple[Row, ...] | None = None
    count: int | None = None
    reason: Reason | None = None  # why it is declined
    departments: tuple[str, ...] = ()  # that it names as what was asked for
    meant: str | None = None  # what stands in some item and is spelt nearly like a topic that stands in none
    layout: Layout | None = None  # how the items are to be shown
    reading: str = ""  # how the question was read, in a sentence
    conditions: tuple[str, ...] = ()  # the same, condition by condition, as in `plan.where`
    perhaps: bool = False  # declined, but the nearest are worth showing
    changes: Sequence[Changed] = ()  # of two documents compared, one for each of `items`
    documents: tuple[tuple[Document, int], ...] = ()  # it is from, and how many items it has of each, the newest first
    parts: tuple["Answer", ...] = ()  # of several questions in one, in order

    @property
    def declined(self) -> bool:
        return self.reason is not None

    @property
    def text(self) -> str:
        return "\n".join(statement.text for statement in self.statements)

    @property
    def grade(self) -> Grade:
        return "found" if self.reason is None else "perhaps" if self.perhaps else "outside"
