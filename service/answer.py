"""What an answer is: the items, the quotes that support them, and the words that say so."""

from dataclasses import dataclass
from typing import Literal

from corpus import Document, Item, Span
from service.plan import Plan

Reason = Literal[
    "out_of_scope", "no_match", "no_such_item", "no_such_section", "no_such_department", "field_absent"
]  # fmt: skip
Matched = Literal["number", "words", "meaning", "section", "department"]
Script = Literal["hans", "hant"]
Via = Literal["collective", "alias"]


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the answer, or a related one, and why it is there."""

    item: Item
    matched: Matched
    score: float = 1.0  # 0 to 1
    via: Via | None = None
    highlights: tuple[tuple[int, int], ...] = ()  # [start, end) in item.text


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


@dataclass(frozen=True, slots=True)
class Row:
    """A department or a section and the items counted for it."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    plan: Plan
    text: str
    script: Script  # of the text
    considered: int  # items looked at
    items: tuple[Match, ...] = ()  # the whole set, in document order
    related: tuple[Match, ...] = ()  # near, but not part of the answer; best first
    citations: tuple[Citation, ...] = ()
    table: tuple[Row, ...] | None = None
    count: int | None = None
    reason: Reason | None = None  # why it is declined
    departments: tuple[str, ...] = ()  # that it names as what was asked for
    meant: str | None = None  # what stands in some item and is spelt nearly like a topic that stands in none

    @property
    def declined(self) -> bool:
        return self.reason is not None
